"""Options of the test run, shared by all."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--national-files DIR``: where the publishers' own files lie; they are no part of the repository."""
    parser.addoption("--national-files", type=Path, default=None, help="folder with the publishers' own files")


@pytest.fixture(scope="session")
def national_files(request: pytest.FixtureRequest) -> Path:
    """The folder of the publishers' files; skips the test when none was given."""
    folder = request.config.getoption("--national-files")
    if folder is None:
        pytest.skip("needs the publishers' own files: --national-files DIR")
    assert isinstance(folder, Path)
    return folder
