"""A browser of the system, a site of sample pages, the built site by kinds of page, and the record of a run."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import samples
from tests.browser.checks import AXE
from tests.browser.kinds import KINDS, MOVED, by_kind
from tests.browser.recording import Record

_ROOT = Path(__file__).parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_RECORD = pytest.StashKey[Record]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--record-accessibility YYYY-MM-DD``: write what axe found into the site; only for ``pytest tests/browser``."""
    parser.addoption("--record-accessibility", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")


def find_chromium() -> str | None:
    """The browser named by SITE_BUILDER_CHROMIUM, else the first known name on the path."""
    return os.environ.get("SITE_BUILDER_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="session")
def browser(record: Record) -> Iterator[Browser]:
    """An installed Chromium. Without one: skipped by hand, failed where CI=true."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium found; install your system's chromium package"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        record.version = running.version
        yield running
        running.close()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of each kind."""
    return samples.write(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def kinds(built_site: Path) -> Mapping[str, list[str]]:
    """Every built page by its kind, the heaviest last. Fails when a kind of page is nowhere in the site."""
    found = by_kind(built_site)
    assert set(found) - {MOVED} == set(KINDS), "kinds of pages without a built page, or built pages of no kind"
    return found


@pytest.fixture(scope="session")
def heaviest(kinds: Mapping[str, list[str]]) -> Mapping[str, str]:
    """The heaviest built page of each kind."""
    return {kind: paths[-1] for kind, paths in kinds.items()}


@pytest.fixture(scope="session")
def record(request: pytest.FixtureRequest) -> Record:
    """What this run finds, kept for ``--record-accessibility``."""
    made = Record(request.config.getoption("--record-accessibility", default=None))
    request.config.stash[_RECORD] = made
    return made


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record where it was asked for. Raises UsageError when not every kind of page was tested here."""
    record = session.config.stash.get(_RECORD, None)
    if record is None or not record.wanted:
        return
    axe = re.search(r"axe v([\d.]+)", AXE.read_text(encoding="utf-8")[:200])
    assert axe is not None
    tools = {"Chromium": record.version, "axe-core": axe[1], "Playwright": version("playwright")}
    stats = session.config.pluginmanager.getplugin("terminalreporter").stats
    try:
        record.write(_ROOT, tools, len(stats.get("passed", ())), session.testsfailed)
    except ValueError as error:
        raise pytest.UsageError(f"{error}; run pytest tests/browser in one process") from error
