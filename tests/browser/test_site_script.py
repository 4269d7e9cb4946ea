"""Comfort by script on every page: my borough, another order of a table, copying; and nothing of it without script."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from site_builder.published.compose import by_rate
from tests.browser.checks import CONTRAST, WIDE, Setting, axe, change, faults, opened, overflow, small_targets

pytestmark = pytest.mark.browser

WIDTHS = (1280, 800, 375, 320)
KEY = "safeguarding-borough"
KINDS = (
    "index.html",
    "boroughs/index.html",
    "boroughs/camden.html",
    "indicators/n06.html",
    "compare/t1.html",
    "stands-out.html",
)
ADDED = "main button, .mine, .my"


@contextmanager
def visited(browser: Browser, site: Path, path: str, mine: str = "") -> Iterator[Page]:
    """A page opened from the disk with script, by somebody whose device remembers ``mine``; its console stays quiet."""
    with opened(browser, site, path, WIDE, script=True) as at:
        if mine:
            at.page.evaluate("([key, words]) => localStorage.setItem(key, words)", [KEY, mine])
            at.page.reload()
        yield at.page
        assert at.messages == []
        assert [url for url in at.requests if not url.startswith(site.as_uri())] == []


def test_a_borough_is_remembered_on_its_page_and_forgotten_there(browser: Browser, built_site: Path) -> None:
    with visited(browser, built_site, "boroughs/camden.html") as page:
        button = page.get_by_role("button", name="Remember Camden on this device")
        button.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Forget Camden"
        assert page.locator("body > [role=status]").text_content() == "Camden is remembered."
        link = page.locator(".mast p.mine a")
        assert page.locator(".mast p.mine").inner_text() == "My borough: Camden"
        assert page.locator("nav[aria-label=Main] li").count() == 5
        assert page.locator("nav[aria-label=Main]").get_by_role("link", name="My borough").count() == 0
        page.goto((built_site / "indicators/n06.html").as_uri())
        link.click()
        assert page.url == (built_site / "boroughs/camden.html").as_uri()
        page.get_by_role("button", name="Forget Camden").click()
        assert page.locator(".mine, .my").count() == 0
        page.goto((built_site / "indicators/n06.html").as_uri())
        assert page.locator(".mine, .my").count() == 0
        assert page.evaluate("localStorage.length") == 1


def test_any_borough_is_chosen_beneath_the_map(browser: Browser, built_site: Path) -> None:
    with visited(browser, built_site, "index.html") as page:
        choice = page.get_by_label("My borough")
        assert choice.locator("option").count() == 33
        choice.select_option(label="Kensington and Chelsea")
        page.get_by_role("button", name="Remember on this device").click()
        assert page.locator(".map .my").get_attribute("aria-label") == "KNS: Kensington and Chelsea (my borough)"
        assert page.locator("#a-to-z li.my").inner_text().split() == ["Kensington", "and", "Chelsea", "(my", "borough)"]
        page.get_by_role("button", name="Forget Kensington and Chelsea").click()
        assert page.locator(".map .my").count() == 0
        assert page.locator(".map a").nth(3).get_attribute("aria-label") is not None
        assert "my borough" not in page.content()


@pytest.mark.parametrize("path", ["indicators/n06.html", "compare/t1.html", "boroughs/index.html", "stands-out.html"])
def test_the_row_of_my_borough_is_marked_in_words_and_changes_nothing(
    browser: Browser, built_site: Path, path: str
) -> None:
    with visited(browser, built_site, path) as page:
        page.locator(".map .order").evaluate_all("all => all.forEach(one => one.remove())")
        before = page.locator("main").inner_text().split()
    with visited(browser, built_site, path, "barnet|Barnet") as page:
        marked = page.locator("tr.my, dt.my")
        assert marked.count() >= 1
        assert all(" ".join(words.split()).startswith("Barnet (my borough)") for words in marked.all_text_contents())
        page.locator(".map .order").evaluate_all("all => all.forEach(one => one.remove())")
        after = page.locator("main").inner_text().replace("(my borough)", " ")
        assert after.split() == before
        assert page.locator("svg .my rect").count() <= 1


def test_the_link_to_my_borough_moves_nothing(browser: Browser, built_site: Path) -> None:
    places = """() => ['.mast', '.mast nav', '.brand', 'h1', '.lead', '#boroughs h2'].map(one => {
        const box = document.querySelector(one).getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; })"""
    found: list[list[object]] = []
    with opened(browser, built_site, "indicators/n06.html", WIDE) as at:
        plain = [_first_heading(at.page, width) for width in WIDTHS]
    for mine in ("", "camden|Camden", "kensington-and-chelsea|Kensington and Chelsea"):
        with visited(browser, built_site, "indicators/n06.html", mine) as page:
            assert [_first_heading(page, width) for width in WIDTHS] == plain
            found.append([])
            for width in WIDTHS:
                change(page, Setting(width, "light"))
                found[-1].append(page.evaluate(places))
                assert overflow(page) == 0
    assert found[0] == found[1] == found[2]


def _first_heading(page: Page, width: int) -> FloatRect | None:
    change(page, Setting(width, "light"))
    return page.locator("h1").bounding_box()


def test_what_is_no_borough_is_not_remembered(browser: Browser, built_site: Path) -> None:
    odd = (
        "<img src=x onerror=alert(1)>|Camden",
        "camden|<b>Camden</b>",
        "../../x|Camden",
        "{}",
        "camden",
        "|",
        "x" * 9999,
    )
    with visited(browser, built_site, "boroughs/camden.html") as page:
        for kept in odd:
            page.evaluate("([key, words]) => localStorage.setItem(key, words)", [KEY, kept])
            page.reload()
            assert page.locator(".mine, .my").count() == 0, kept
            assert page.get_by_role("button", name="Remember Camden on this device").is_visible(), kept


def test_where_nothing_can_be_kept_the_page_still_works(browser: Browser, built_site: Path) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((built_site / "boroughs/camden.html").as_uri())
    page.get_by_role("button", name="Remember Camden on this device").click()
    assert page.locator(".mast p.mine").inner_text() == "My borough: Camden"
    assert errors == []
    context.close()


def test_a_matrix_is_sorted_by_a_column_and_back(browser: Browser, built_site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(next(built_site.glob("compare/*national*t1*.csv")).read_text())))
    with visited(browser, built_site, "compare/t1.html") as page:
        table = page.locator("table.mx").first
        head = table.locator("thead th").nth(2)
        code = (head.locator("a").get_attribute("href") or "").removeprefix("../indicators/").removesuffix(".html")
        values = {r["area_name"]: r["value"] for r in rows if r["indicator"].lower() == code}
        names = "rows => rows.map(row => row.cells[0].textContent.trim())"
        first = table.locator("tbody tr").evaluate_all(names)
        totals = [name for name in first if name in ("London", "England")]
        boroughs = first[len(totals) :]
        shown = [name for name in boroughs if values[name]]
        missing = [name for name in boroughs if not values[name]]
        button = head.get_by_role("button")
        assert (button.get_attribute("aria-label") or "").startswith("Sort by ")
        for way, sign in (("descending", -1), ("ascending", 1)):
            button.focus()
            page.keyboard.press("Enter")
            expected = sorted(shown, key=lambda name: sign * float(values[name]))
            assert table.locator("tbody tr").evaluate_all(names) == [*totals, *expected, *missing]
            assert head.get_attribute("aria-sort") == way
            assert "largely chance" in page.locator("body > [role=status]").inner_text()
            assert page.locator("p.note", has_text="largely chance").first.is_visible()
        table.locator("thead th").first.get_by_role("button").click()
        assert table.locator("tbody tr").evaluate_all(names) == first
        assert table.locator("[aria-sort]").count() == 0
        assert not page.locator("p.note", has_text="largely chance").first.is_visible()


def test_hidden_and_missing_rows_stay_last_and_the_notice_speaks_as_the_page_by_rate(
    browser: Browser, built_site: Path
) -> None:
    with visited(browser, built_site, "compare/t1-returns.html") as page:
        for head in page.locator("table.mx thead th:not(:first-child)").all():
            column = head.evaluate("one => one.cellIndex")
            for _ in range(2):
                head.get_by_role("button").click()
                cells = page.locator("table.mx tbody tr").evaluate_all(
                    "(rows, column) => rows.map(row => [row.className, row.cells[0].textContent, row.cells[column].textContent])",
                    column,
                )
                without = [
                    cell[1] for cell in cells if cell[0] not in ("lon", "eng") and cell[2].strip().startswith("[")
                ]
                assert without == sorted(without) == [cell[1] for cell in cells][len(cells) - len(without) :]
        assert by_rate._CLOSE in page.locator("body > [role=status]").inner_text()
        assert "there are no rank numbers here" in by_rate._UNRANKED


def test_tables_with_an_order_of_their_own_are_left_alone(browser: Browser, built_site: Path) -> None:
    for path in ("indicators/n06.html", "boroughs/camden.html", "boroughs/camden/n06.html", "data/index.html"):
        with visited(browser, built_site, path) as page:
            assert page.locator(".rank button, .spines button, .list button, .words button, .fit button").count() == 0


def test_a_citation_and_a_link_are_copied(browser: Browser, built_site: Path) -> None:
    with visited(browser, built_site, "indicators/n06.html") as page:
        page.evaluate(
            "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async w => { window.held = w; } } })"
        )
        page.get_by_role("button", name="Copy citation").click()
        assert page.evaluate("window.held") == page.locator("p.cite").first.text_content()
        page.get_by_role("button", name="Copy link to").first.click()
        part = page.locator("main section[id]:has(figure, table)").first.get_attribute("id")
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        assert page.evaluate("window.held") == f"{canonical}#{part}"
        assert page.locator("body > [role=status]").text_content() == "Copied."


@pytest.mark.parametrize("way", ["undefined", "{ writeText: () => Promise.reject() }"])
def test_what_cannot_be_copied_stands_selected(browser: Browser, built_site: Path, way: str) -> None:
    with visited(browser, built_site, "indicators/n06.html") as page:
        page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {way} }})")
        page.get_by_role("button", name="Copy citation").click()
        assert page.evaluate("getSelection().toString()").strip() == page.locator("p.cite").first.inner_text().strip()
        page.get_by_role("button", name="Copy link to").first.click()
        assert page.evaluate("getSelection().toString()").strip().startswith("https://")
        assert page.locator("body > [role=status]").text_content() == "Selected: copy it with your keyboard."


@pytest.mark.parametrize("path", KINDS)
def test_without_script_nothing_of_it_is_there(browser: Browser, built_site: Path, path: str) -> None:
    with opened(browser, built_site, path, WIDE) as at:
        assert at.page.locator(ADDED).count() == 0
        assert at.messages == []


@pytest.mark.parametrize("path", ["index.html", "boroughs/camden.html", "compare/t1.html"])
def test_with_a_borough_remembered_a_page_is_accessible_and_fits(browser: Browser, built_site: Path, path: str) -> None:
    """Where it adds a choice, a button, and marks in the map and in tables."""
    with visited(browser, built_site, path, "camden|Camden") as page:
        assert faults(axe(page, CONTRAST)) == []
        for width in (1280, 320):
            change(page, Setting(width, "light"))
            assert overflow(page) == 0
            assert small_targets(page) == []
