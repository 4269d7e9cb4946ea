"""A page of each kind in a real browser: accessible, quiet, self-contained, whole at every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import samples
from tests.browser.checks import Setting, opened, overflow, small_targets, violations

pytestmark = pytest.mark.browser

PATHS = sorted(samples.pages())
MAIN = (
    "index.html",
    "indicators/sg08.html",
    "boroughs/camden.html",
    "boroughs/camden/sg08.html",
    "compare/t1.html",
    "compare/boroughs.html",
)
PAPERS = tuple(
    path for path, page in samples.pages().items() if page.template in ("scorecard", "board", "pack", "document")
)
BOTH = [Setting(width, scheme) for width in (1280, 375) for scheme in ("light", "dark")]
CASES = [(path, setting) for path in PATHS for setting in (BOTH if path in MAIN else (BOTH[0], BOTH[3]))]


@pytest.mark.parametrize(("path", "setting"), CASES, ids=str)
def test_axe_finds_nothing(browser: Browser, sample_site: Path, path: str, setting: Setting) -> None:
    assert violations(browser, sample_site, path, setting) == []


@pytest.mark.parametrize("path", PATHS)
def test_page_is_quiet_and_asks_only_for_its_own_files(browser: Browser, sample_site: Path, path: str) -> None:
    with opened(browser, sample_site, path, Setting(1280, "light"), script=True) as at:
        assert at.messages == []
        assert [url for url in at.requests if not url.startswith(sample_site.as_uri())] == []
        more = 2 if path in ("compare/boroughs.html", "search/index.html") else path in PAPERS
        assert len(at.requests) <= 4 + more
        assert at.page.evaluate("getComputedStyle(document.body).fontSize") == "18px"  # the style sheet was read


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off_on_a_small_phone(browser: Browser, sample_site: Path, path: str) -> None:
    assert overflow(browser, sample_site, path, 320) == 0


@pytest.mark.parametrize("path", MAIN)
@pytest.mark.parametrize("width", [1280, 375])
def test_links_and_controls_are_large_enough(browser: Browser, sample_site: Path, path: str, width: int) -> None:
    assert small_targets(browser, sample_site, path, width) == []


def test_a_figure_is_readable_without_script(browser: Browser, sample_site: Path) -> None:
    with opened(browser, sample_site, "indicators/sg08.html", Setting(1280, "light")) as at:
        rows = at.page.locator("table.rank tbody tr")
        assert rows.count() == 35
        hidden = at.page.locator("#city-of-london")
        assert "Hidden to protect children" in hidden.inner_text()
        assert at.page.locator("#trend .fig svg.wide").is_visible()
        assert not at.page.locator("#trend .fig svg.narrow").is_visible()


def test_a_phone_shows_the_narrow_drawings_and_the_checkbox_shows_intervals(
    browser: Browser, sample_site: Path
) -> None:
    with opened(browser, sample_site, "indicators/sg08.html", Setting(375, "light")) as at:
        assert at.page.locator("#trend .fig svg.narrow").is_visible()
        interval = at.page.locator("#camden td.ci")
        assert not interval.is_visible()
        at.page.check("#more")
        assert interval.is_visible()


def test_the_first_stop_of_the_keyboard_is_the_skip_link(browser: Browser, sample_site: Path) -> None:
    with opened(browser, sample_site, "indicators/sg08.html", Setting(1280, "light"), script=True) as at:
        at.page.keyboard.press("Tab")
        assert at.page.evaluate("document.activeElement.className") == "skip"


def test_tables_stay_tables_on_a_phone(browser: Browser, sample_site: Path) -> None:
    for path, table in (("indicators/sg08.html", "table.rank"), ("boroughs/camden.html", "table.spines >> nth=0")):
        with opened(browser, sample_site, path, Setting(375, "light"), script=True) as at:
            tree = at.page.locator(table).aria_snapshot()
            assert "- row" in tree
            assert "- rowheader" in tree
            assert "- cell" in tree
