"""Options of the test run, shared by all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.building import build_once

# Speed is measured elsewhere: a busy machine fails no test. In a pipeline this adds to the library's own profile.
settings.register_profile(
    "patient",
    parent=settings(),
    deadline=None,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.too_slow],
)
settings.load_profile("patient")

# What takes longest, so that it is begun first and two processes end together. A module is run by one process. The site is
# built by the first that asks for it; meanwhile the other begins with what needs none.
LONGEST = (
    "browser/test_built", "promises/test_standing", "promises/test_made_again", "cli/test_init_returns", "browser/test_reading", "promises/test_swept",
    "promises/test_same_bytes", "browser/test_samples", "published/test_compose_lists", "published/test_read_back",
    "promises/test_sentences", "promises/test_no_leak", "promises/test_no_echo",
    "promises/test_planes", "promises/test_correction", "sites/test_golden", "sites/test_second_instance",
    "sites/test_open_sdg", "published/test_predictions", "oracles/test_methods", "rules/test_cases", "fuzz/test_fuzz",
    "promises/test_html",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first; all others as they were found."""
    places = {f"tests/{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


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
