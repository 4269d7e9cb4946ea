"""What a reader asks first is answered on the first screen of a desk, and on the first two of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_builder.published.pages import PAGES
from tests.browser.checks import WIDE, Setting, change, opened

pytestmark = pytest.mark.browser

ANSWERS = {page.template: page.answers for page in PAGES if hasattr(page, "answers")}
LAST = {1280: 900, 375: 1624}  # by width: where an answer begins at the latest
PATHS = {
    "index.html": "home",
    "indicators/index.html": "indicators",
    "indicators/n08b.html": "indicator",
    "indicators/sg08-by-rate.html": "indicator",
    "indicators/n22.html": "indicator_without_figures",
    "themes/index.html": "themes",
    "themes/t1.html": "theme",
    "boroughs/index.html": "boroughs",
    "boroughs/kensington-and-chelsea.html": "borough",
    "boroughs/camden/n08b.html": "borough_indicator",
    "boroughs/camden/profile.html": "profile",
    "compare/index.html": "compare",
    "compare/t1.html": "matrix",
    "compare/boroughs.html": "compare_boroughs",
    "data/index.html": "data",
    "data/api.html": "api",
    "releases/index.html": "releases",
    "stands-out.html": "stands_out",
    "predicted.html": "predicted",
    "questions.html": "questions",
}


def test_every_kind_with_answers_has_a_page_here() -> None:
    assert set(PATHS.values()) == set(ANSWERS)
    assert all(ANSWERS.values())


@pytest.mark.parametrize("path", PATHS)
def test_answers_begin_in_time(browser: Browser, built_site: Path, path: str) -> None:
    late = {}
    with opened(browser, built_site, path, WIDE, script=True) as at:
        for width, last in LAST.items():
            change(at.page, Setting(width, "light"))
            for name in ANSWERS[PATHS[path]]:
                top = at.page.evaluate(
                    "id => document.getElementById(id)?.getBoundingClientRect().top ?? Infinity", name
                )
                if not 0 <= top < last:
                    late[name, width] = top
    assert late == {}
