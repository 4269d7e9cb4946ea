"""The page of components: whole, in every state, in both schemes, and never in a build."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser

from site_builder.published.frames import Frames
from site_builder.published.parts_page import SCHEMES, forced, parts_files
from site_builder.published.settings import FILE, parse_settings
from site_builder.published.specimens import specimens, states
from site_builder.published.write import Site
from tests.browser.checks import Setting, axe, change, faults, opened, overflow
from tests.browser.samples.figures import AREAS, RENDERER

ROOT = Path(__file__).parents[2]
AROUND = {"signpost", "masthead", "notice", "crumbs", "footer"}  # every page has them, so this one too
UNSEEN = {
    ("head", "shared"),
    ("head", "followed"),
    ("script", "script"),
    ("papers", "sheetstyles"),
}  # in the head of a page
TAKEN = re.compile(r'\{% from "parts/(\w+)\.html" import ([^%]+?) %\}')
WIDE = Setting(1280, "light")  # each half is drawn in its own scheme whatever the reader prefers


@pytest.fixture(scope="session")
def parts() -> Site:
    """The page of components with its frames, as a preview adds it."""
    settings = parse_settings((ROOT / FILE).read_text(encoding="utf-8"))
    return parts_files(RENDERER, Frames.of(settings, AREAS, RENDERER.assets, None), AREAS)


@pytest.fixture(scope="session")
def parts_site(parts: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of components and its assets as files of a folder."""
    folder = tmp_path_factory.mktemp("parts")
    for path, data in {**{path: make() for path, make in parts.items()}, **RENDERER.files}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_every_macro_that_a_template_takes_from_a_part_is_shown() -> None:
    texts = (file.read_text(encoding="utf-8") for file in (ROOT / "templates").rglob("*.html"))
    taken = {pair for text in texts for pair in TAKEN.findall(text)}
    macros = {(part, name.partition(" as ")[0].strip()) for part, names in taken for name in names.split(",")}
    shown = set(specimens(AREAS.boroughs[0]))
    drawn = {one for one in macros - UNSEEN if one[0] not in AROUND}
    assert drawn - shown == set(), "give it a value in published/specimens"
    assert shown - drawn == set()
    assert macros > UNSEEN
    assert {part for part, _ in macros} > AROUND


def test_a_build_never_holds_the_page(built_site: Path, parts: Site) -> None:
    assert [path.name for path in built_site.rglob("_*")] == ["_headers"]
    assert all(path.startswith("_") for path in parts)


def test_the_page_says_every_state_and_hides_in_one_wording(parts_site: Path) -> None:
    pages = [(parts_site / f"_parts-{scheme}.html").read_text() for scheme in SCHEMES]
    html5lib.HTMLParser(strict=True).parse(pages[0])
    assert pages[0] == pages[1].replace("_parts-dark", "_parts-light").replace("Components, dark", "Components, light")
    for value in states().values():
        assert (value.reason or value.text) in pages[0]
        assert all(f"[{mark}]" in pages[0] for mark in value.marks)
    ids = re.findall(r'\sid="([^"]+)"', pages[0])
    assert len(ids) == len(set(ids))


def test_a_sheet_without_a_dark_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="no dark"):
        forced(":root{}", "light")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
def test_components_are_accessible_and_quiet(browser: Browser, parts_site: Path, scheme: str) -> None:
    with opened(browser, parts_site, f"_parts-{scheme}.html", WIDE, script=True) as at:
        ground = at.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 24, 32)"}[scheme]
        assert faults(axe(at.page, [WIDE])) == []
        change(at.page, Setting(320, "light"))
        assert overflow(at.page) == 0
        assert at.messages == []


@pytest.mark.browser
def test_both_schemes_stand_side_by_side(browser: Browser, parts_site: Path) -> None:
    with opened(browser, parts_site, "_parts.html", WIDE, script=True) as at:
        assert [frame.name or Path(frame.url).name for frame in at.page.frames[1:]] == [
            f"_parts-{scheme}.html" for scheme in SCHEMES
        ]
        left, right = (one.bounding_box() for one in at.page.locator("iframe").all())
        assert left is not None
        assert right is not None
        assert left["y"] == right["y"]
        assert left["x"] + left["width"] <= right["x"]
