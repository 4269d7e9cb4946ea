"""Papers for meetings in print: so many sheets of A4, each with the signpost and the release, readable without colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import samples
from tests.browser.checks import Setting, opened

pytestmark = pytest.mark.browser

_PAGE = re.compile(rb"/Type\s*/Page\b")
_BOX = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")


def printed(browser: Browser, site: Path, path: str) -> bytes:
    """A page as the browser prints it, on the paper that its own sheet of styles asks for."""
    with opened(browser, site, path, Setting(1280, "light")) as at:
        return at.page.pdf(prefer_css_page_size=True, print_background=False)


def sheets(data: bytes) -> int:
    """How many sheets a print has."""
    return len(_PAGE.findall(data))


@pytest.mark.parametrize("group", ["safeguarding-and-reviewing", "young-and-safe", "serious-case-review"])
@pytest.mark.parametrize("slug", ["camden", "city-of-london"])
def test_p27_a_card_is_one_sheet_of_a4(browser: Browser, built_site: Path, slug: str, group: str) -> None:
    data = printed(browser, built_site, f"boroughs/{slug}/scorecards/{group}.html")
    assert sheets(data) == 1
    sizes = {(round(float(wide)), round(float(high))) for wide, high in _BOX.findall(data)}
    assert sizes == {(595, 842)}


def test_p28_what_the_leadership_board_is_told_is_one_sheet(browser: Browser, built_site: Path) -> None:
    assert sheets(printed(browser, built_site, "boroughs/camden/boards/leadership.html")) == 1
    assert sheets(printed(browser, built_site, "boroughs/camden/boards/operational.html")) <= 3


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("indicators/sg08.html", 5),
        ("indicators/n09c.html", 5),
        ("indicators/n08b.html", 5),
        ("boroughs/camden.html", 2),
        ("index.html", 1),
    ],
)
def test_a_page_prints_on_few_sheets(browser: Browser, built_site: Path, path: str, most: int) -> None:
    assert 1 <= sheets(printed(browser, built_site, path)) <= most


def test_p23_a_pack_is_a_cover_and_one_sheet_an_indicator(browser: Browser, built_site: Path) -> None:
    path = "boroughs/camden/pack.html"
    many = (built_site / path).read_text().count('class="paper new"')
    assert many >= 20
    assert sheets(printed(browser, built_site, path)) == 1 + many


def test_a_status_is_a_word_and_a_shape_in_ink(browser: Browser, sample_site: Path) -> None:
    with opened(
        browser, sample_site, "boroughs/camden/scorecards/neglect.html", Setting(1280, "light"), script=True
    ) as at:
        at.page.emulate_media(media="print")
        script = """() => [...document.querySelectorAll('.st')].map(e => [
            e.innerText.trim(), e.querySelector('svg').innerHTML, getComputedStyle(e).color])"""
        told = at.page.evaluate(script)
    words, shapes, colours = zip(*told, strict=True)
    assert words == ("Met", "Near", "Missed", "Inside", "Outside")
    assert len(set(shapes)) == len(shapes)
    assert set(colours) == {"rgb(0, 0, 0)"}


def test_no_table_of_a_paper_is_cut_in_print(browser: Browser, sample_site: Path) -> None:
    for path, page in samples.pages().items():
        if page.template in ("scorecard", "board", "pack"):
            with opened(browser, sample_site, path, Setting(718, "light"), script=True) as at:  # as wide as A4 prints
                at.page.emulate_media(media="print")
                wide = at.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, path
