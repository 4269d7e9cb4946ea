"""Every kind of page of the site as it is built from the committed packages: the heaviest page of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.checks import OPEN, SIX, Opened, Setting, axe, built, change, faults, overflow, small_targets, styled
from tests.browser.kinds import KINDS
from tests.browser.recording import Record

pytestmark = pytest.mark.browser

REQUESTS = 6  # the page, its icon, at most two style sheets and two scripts; data for a script take the place of one
SPACING = (  # WCAG 2.2, 1.4.12
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
DOUBLED = "html{font-size:200%}"
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans")
FITS = (
    *(("as it is", "", width) for width in (320, 375, 1280)),
    *(("text doubled", DOUBLED, width) for width in (480, 768, 1280)),
    *(("spaced", SPACING, width) for width in (375, 1280)),
    *((font, f':root{{--text:"{font}"}}', width) for font in FONTS for width in (375, 1280)),
)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_six_settings(
    browser: Browser, built_site: Path, heaviest: Mapping[str, str], record: Record, kind: str
) -> None:
    with built(browser, built_site, heaviest[kind]) as at:
        found = axe(at.page, SIX, whole=record.wanted)
        record.add(kind, heaviest[kind], found)
        assert faults(found) == []
        assert at.messages == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_self_contained_and_fits(
    browser: Browser, built_site: Path, heaviest: Mapping[str, str], kind: str
) -> None:
    with built(browser, built_site, heaviest[kind]) as at:
        assert [*_loud(at), *_too_wide(at.page), *_small(at.page), *_unreachable(at.page)] == []


def _loud(at: Opened) -> Iterator[str]:
    """What a page says on the console, what its policy refused, and what it asked for beyond its own few files."""
    yield from at.messages
    yield from at.page.evaluate("refused")
    yield from (url for url in at.requests if not url.startswith(at.own))
    if len(at.requests) > REQUESTS:
        yield f"{len(at.requests)} requests"


def _too_wide(page: Page) -> Iterator[str]:
    for label, css, width in FITS:
        change(page, Setting(width, "light"))
        styled(page, css)
        if over := overflow(page):
            yield f"{label} at {width}: {over} px too wide"
    styled(page, "")


def _small(page: Page) -> Iterator[str]:
    for width in (1280, 375, 320):
        change(page, Setting(width, "light"))
        yield from (f"small at {width}: {words}" for words in small_targets(page))


def _unreachable(page: Page) -> Iterator[str]:
    """What scrolls sideways on a small phone and cannot be scrolled by keyboard, everything folded out."""
    change(page, Setting(320, "light"))
    page.evaluate(OPEN)
    yield from page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(one => one.scrollWidth > one.clientWidth + 1
            && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.tabIndex < 0)
            .map(one => `scrolls without a stop: ${one.outerHTML.slice(0, 90)}`)"""
    )
