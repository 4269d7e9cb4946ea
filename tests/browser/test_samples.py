"""A sample of each kind of page in a real browser: accessible, quiet, self-contained, whole at every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import samples
from tests.browser.checks import Setting, axe, change, faults, opened, overflow, small_targets

pytestmark = pytest.mark.browser

PATHS = sorted(samples.pages())
PAPERS = tuple(
    path for path, page in samples.pages().items() if page.template in ("scorecard", "board", "pack", "document")
)
WIDE = Setting(1280, "light")


@pytest.mark.parametrize("path", PATHS)
def test_a_sample_is_quiet_small_fits_and_axe_finds_nothing(browser: Browser, sample_site: Path, path: str) -> None:
    with opened(browser, sample_site, path, WIDE, script=True) as at:
        assert [url for url in at.requests if not url.startswith(sample_site.as_uri())] == []
        more = 2 if path in ("compare/boroughs.html", "search/index.html") else path in PAPERS
        assert len(at.requests) <= 4 + more
        assert at.page.evaluate("getComputedStyle(document.body).fontSize") == "18px"  # the style sheet was read
        for width in (1280, 375, 320):
            change(at.page, Setting(width, "light"))
            assert overflow(at.page) == 0
            assert small_targets(at.page) == []
        assert (
            faults(axe(at.page, [Setting(320, "light")])) == []
        )  # contrast is that of the components and of built pages
        assert at.messages == []


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
