"""Ways of reading: by keyboard, from a disk without script, on paper, with forced colours, and as a screen reader hears it."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from site_builder.published.pages import EmbedPage
from tests.browser import samples
from tests.browser.checks import OPEN, WIDE, Setting, built, change, opened
from tests.browser.kinds import KINDS
from tests.browser.recording import Record

pytestmark = pytest.mark.browser

PHONE = Setting(375, "light")
MOST = 40  # stops of the keyboard that are walked on one page; all of them in a run that is recorded
TREES = Path(__file__).parent / "trees"

# Each stop that takes the focus, as the reader would see it: which one, whether a ring is drawn, whether it is covered.
_WALK = """() => {
    const able = 'a[href], summary, button, input, select, textarea, [tabindex]';
    const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length;
    const inside = one => !one.closest('details:not([open])') || one.matches('summary');
    window.stops = [...document.querySelectorAll(able)].filter(one => one.tabIndex >= 0 && shown(one) && inside(one));
    window.walked = [];
    document.addEventListener('focusin', ({target}) => {
        const box = target.getBoundingClientRect(), style = getComputedStyle(target), rect = target.querySelector('rect');
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        const edge = rect && parseFloat(getComputedStyle(rect).strokeWidth) >= 3 && getComputedStyle(rect).stroke !== 'none';
        const within = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;  // of what the window shows
        const under = document.elementFromPoint(
            within(box.left, box.right, innerWidth), within(box.top, box.bottom, innerHeight));
        const free = under && (target.contains(under) || under.contains(target));
        const positive = target.tabIndex > 0;
        walked.push([stops.indexOf(target), Boolean(ring || edge), Boolean(free), positive, target.outerHTML.slice(0, 90)]);
    });
    return stops.length;
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything_in_the_order_of_reading(
    browser: Browser, built_site: Path, heaviest: Mapping[str, str], record: Record, kind: str
) -> None:
    """The skip link first, where there is a masthead to skip; then each stop in the order of the document, with a ring, and not wholly covered."""
    with built(browser, built_site, heaviest[kind]) as at:
        stops = at.page.evaluate(_WALK)
        many = stops if record.wanted else min(stops, MOST)
        for _ in range(many):
            at.page.keyboard.press("Tab")
        walked = at.page.evaluate("walked")
        skips = walked[0][4].startswith('<a class="skip"')
        assert skips is (kind != EmbedPage.template), "an embed has nothing to skip"
        assert [place for place, *_ in walked] == list(range(many)), "stops are left out, or out of order"
        assert [words for _, ring, _, _, words in walked if not ring] == [], "no ring is drawn"
        assert [words for _, _, free, _, words in walked if not free] == [], "the stop is covered"
        assert not [words for *_, positive, words in walked if positive]


def test_the_skip_link_leads_past_the_masthead(browser: Browser, built_site: Path) -> None:
    with opened(browser, built_site, "indicators/sg08.html", WIDE, script=True) as at:
        at.page.keyboard.press("Tab")
        assert at.page.locator(".skip").first.bounding_box()
        at.page.keyboard.press("Enter")
        at.page.keyboard.press("Tab")
        assert at.page.evaluate("document.activeElement.closest('main') !== null")


@pytest.fixture(scope="module")
def unzipped(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the site put into an archive and taken out in another folder, as from a memory stick."""
    folder = tmp_path_factory.mktemp("stick")
    files = [*built_site.glob("assets/*"), *built_site.glob("indicators/*"), *built_site.glob("boroughs/camden/*")]
    with zipfile.ZipFile(folder / "site.zip", "w") as archive:
        for file in files:
            archive.write(file, file.relative_to(built_site))
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder / "a folder with spaces")
    return folder / "a folder with spaces"


def chosen(site: Path) -> list[str]:
    """Five indicators with figures, the same ones each time: codes in small letters."""
    pages = sorted(
        page.stem for page in site.glob("boroughs/camden/*.html") if (site / f"indicators/{page.name}").exists()
    )
    return random.Random(20250717).sample(pages, 5)


def test_without_script_from_a_disk_every_figure_of_the_table_can_be_read(
    browser: Browser, built_site: Path, unzipped: Path
) -> None:
    """The last period of every borough and London's whole series on the indicator's page; Camden's series on its own."""
    for code in chosen(built_site):
        rows = table_of(built_site, code)
        last = max(row["period"] for row in rows if row["area_name"] == "Camden")
        latest = [row for row in rows if row["period"] == last and row["area"].startswith("E09")]
        series = [row for row in rows if row["area_name"] == "London"]
        own = [row for row in rows if row["area_name"] == "Camden"]
        for site in (built_site, unzipped):
            assert missing(text_of(browser, site, f"indicators/{code}.html"), [*latest, *series]) == [], code
            assert missing(text_of(browser, site, f"boroughs/camden/{code}.html"), own) == [], code


def table_of(site: Path, code: str) -> list[dict[str, str]]:
    """The download of an indicator's page, without its breakdowns."""
    page = site / f"indicators/{code}.html"
    files = {href for href in re.findall(r'href="([^"]+\.csv)"', page.read_text()) if re.search(rf"{code}\.csv$", href)}
    (file,) = files
    rows = list(csv.DictReader(io.StringIO((page.parent / file).read_text())))
    assert rows
    return [row for row in rows if row["breakdown"] == "total"]


def text_of(browser: Browser, site: Path, path: str) -> str:
    """Everything that a page says with script off, what is folded away and meant for screen readers too."""
    with opened(browser, site, path, WIDE) as at:
        assert at.messages == []
        assert all(url.startswith(site.as_uri()) for url in at.requests)
        return "\n".join(at.page.locator(":is(td, th, p, li, dd, dt, text, small, h1, h2)").all_text_contents())


def missing(text: str, rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Values of rows that a text does not say. A hidden one must be said in its wording."""
    said = set(re.findall(r"-?\d+(?:\.\d+)?", text.replace(",", "").replace("−", "-")))
    gone = [
        (row["area_name"], row["period"], row["value"]) for row in rows if row["value"] and row["value"] not in said
    ]
    hidden = any(row["withheld"] == "c" for row in rows)
    return gone + ([("", "", "the words for a hidden figure")] if hidden and "[c]" not in text else [])


# Sheets of A4 at most: the longest pages of a kind, with every table folded out.
PAPER = {
    "indicator": 8, "borough": 8, "borough_indicator": 3, "home": 3, "theme": 5, "matrix": 8, "compare": 2, "releases": 2,
    "article": 8, "data": 6,
}  # fmt: skip


@pytest.mark.parametrize("kind", PAPER)
def test_a_page_prints_on_few_sheets_with_signpost_and_release(
    browser: Browser, built_site: Path, heaviest: Mapping[str, str], kind: str
) -> None:
    with opened(browser, built_site, heaviest[kind], WIDE, script=True) as at:
        sheet = at.page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})
        at.page.emulate_media(media="print")
        assert at.page.locator(".worried").is_visible()
        assert "Release" in at.page.locator("footer").inner_text()
        assert not at.page.locator("nav[aria-label=Main] ul").is_visible()
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) <= PAPER[kind]


def tables(site: Path) -> Iterator[tuple[str, str, int]]:
    """The first table of each look in the samples: its classes, path, and place among the tables of the page."""
    seen = set()
    for path in sorted(samples.pages()):
        found = re.findall(r"<table(?: class=\"([^\"]*)\")?", (site / path).read_text())
        for place, look in enumerate(found):
            if look not in seen:
                seen.add(look)
                yield look, path, place


def tree(page: Page, place: int) -> str:
    """A table as a screen reader is told of it: its name, its head and its first rows."""
    lines = page.locator("table").nth(place).aria_snapshot().splitlines()
    rows = [number for number, line in enumerate(lines) if re.match(r"\s*- row\b", line)]
    return "\n".join(lines[: rows[6] if len(rows) > 6 else len(lines)]) + f"\n# rows: {len(rows)}\n"


def test_tables_stay_tables_for_a_screen_reader(
    browser: Browser, sample_site: Path, request: pytest.FixtureRequest
) -> None:
    """``--update-golden`` writes the trees anew."""
    changed = []
    for look, path, place in tables(sample_site):
        with opened(browser, sample_site, path, WIDE, script=True) as at:
            at.page.evaluate(OPEN)
            for setting in (WIDE, PHONE):
                change(at.page, setting)
                found = tree(at.page, place)
                roles = set(re.findall(r"- '?(\w+)", found))
                wanted = {"columnheader", "cell"} | ({"rowheader"} if look else set())  # a table of prose may have none
                assert wanted <= roles, (look, setting)
                file = TREES / f"{'-'.join(look.split()) or 'plain'}-{setting.width}.txt"
                if request.config.getoption("--update-golden"):
                    TREES.mkdir(exist_ok=True)
                    file.write_text(found, encoding="utf-8")
                elif not file.exists() or file.read_text(encoding="utf-8") != found:
                    changed.append(file.name)
    assert changed == [], "look at the trees, then --update-golden"


_PAINTS = """() => Object.fromEntries(['usual', 'edge', 'out', 'L', 'band'].map(name => {
    const one = document.querySelector(`svg:not([width="0"]) .${name}`);
    return [name, one && getComputedStyle(one).fill];
}))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wish", ["forced colours", "more contrast"])
def test_marks_differ_when_colours_are_forced_or_contrast_is_raised(
    browser: Browser, sample_site: Path, scheme: str, wish: str
) -> None:
    with opened(browser, sample_site, "indicators/sg08.html", Setting(1280, scheme), script=True) as at:
        if wish == "forced colours":
            at.page.emulate_media(forced_colors="active")
        else:
            at.page.emulate_media(contrast="more")
        assert at.page.evaluate(
            "wish => matchMedia(wish).matches",
            "(forced-colors:active)" if wish == "forced colours" else "(prefers-contrast:more)",
        )
        paints = at.page.evaluate(_PAINTS)
        ground = at.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert None not in paints.values()
        assert len({*paints.values(), ground}) == len(paints) + 1
