"""One page of each kind of the site as it is built from the committed packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import Setting, opened, overflow, violations

pytestmark = pytest.mark.browser

PATHS = (
    "index.html",
    "indicators/index.html",
    "indicators/sg08.html",
    "indicators/n09c.html",
    "boroughs/index.html",
    "boroughs/camden.html",
    "boroughs/city-of-london.html",
    "boroughs/camden/sg08.html",
    "predicted.html",
    "boroughs/camden/challenge.html",
    "boroughs/camden/scorecards/young-and-safe.html",
    "boroughs/camden/boards/operational.html",
    "boroughs/camden/pack.html",
    "questions.html",
    "map.html",
    "coverage.html",
    "calendar.html",
    "readiness.html",
    "challenges.html",
    "model.html",
    "themes/t1.html",
    "compare/index.html",
    "compare/t1.html",
    "compare/boroughs.html",
    "data/index.html",
    "releases/index.html",
    "releases/2024-25-Q4/index.html",
    "search/index.html",
    "reports/index.html",
    "reports/runaways.html",
    "releases/2024-25-Q4/report.html",
    "indicators/common-ground.html",
    "indicators/review/2025.html",
    "proposals/index.html",
    "proposals/0004-limits-in-place-of-quarters.html",
    "about/sources.html",
    "about/duties.html",
    "about/help.html",
    "about/methods/hidden-figures.html",
    "about/submitting/index.html",
    "about/submitting/steps.html",
    "about/submitting/statuses.html",
    "about/submitting/rules/index.html",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("setting", [Setting(1280, "light"), Setting(375, "dark")], ids=str)
def test_axe_finds_nothing(browser: Browser, built_site: Path, path: str, setting: Setting) -> None:
    assert violations(browser, built_site, path, setting) == []


@pytest.mark.parametrize("path", PATHS)
def test_page_is_quiet_self_contained_and_fits_a_small_phone(browser: Browser, built_site: Path, path: str) -> None:
    with opened(browser, built_site, path, Setting(1280, "light"), script=True) as at:
        assert at.messages == []
        assert [url for url in at.requests if not url.startswith(built_site.as_uri())] == []
    assert overflow(browser, built_site, path, 320) == 0
