"""Options of the test run, shared by all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import build_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--national-files DIR``: where the publishers' own files lie; they are no part of the repository."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected sites anew; refused where CI is set"
    )
    parser.addoption("--national-files", type=Path, default=None, help="folder with the publishers' own files")


@pytest.fixture(scope="session")
def national_files(request: pytest.FixtureRequest) -> Path:
    """The folder of the publishers' files; skips the test when none was given."""
    folder = request.config.getoption("--national-files")
    if folder is None:
        pytest.skip("needs the publishers' own files: --national-files DIR")
    assert isinstance(folder, Path)
    return folder


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the committed packages, built once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    return build_once(base if worker_id == "master" else base.parent)
