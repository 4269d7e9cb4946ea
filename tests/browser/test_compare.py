"""A few boroughs side by side, in a browser: chosen by the address or by hand, with script and without, from a disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.checks import CONTRAST, WIDE, Setting, axe, change, faults, opened, overflow

pytestmark = pytest.mark.browser

PATH = "compare/boroughs.html"


@contextmanager
def asked(browser: Browser, site: Path, query: str) -> Iterator[Page]:
    """The page opened from the disk with a query; nothing is said on its console, nothing asked of others."""
    with opened(browser, site, PATH, WIDE, script=True) as at:
        at.page.goto(f"{(site / PATH).as_uri()}{query}")
        yield at.page
        assert at.messages == []
        assert [url for url in at.requests if not url.startswith(site.as_uri())] == []


def heads(page: Page) -> list[str]:
    return page.locator("#result table").first.locator("thead th").all_inner_texts()


def said(page: Page) -> str:
    return page.locator("#said").inner_text()


def test_the_address_chooses_the_boroughs_and_their_order(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "?with=hackney,camden") as page:
        assert heads(page) == ["Indicator", "London", "Hackney", "Camden"]
        assert said(page) == "Beside London: Hackney, Camden."
        values = page.locator("#pick select:not([id])").evaluate_all("all => all.map(one => one.value)")
        assert values == ["hackney", "camden", "", ""]
        assert page.locator("#plain").is_hidden()
        tables = page.locator("#result table").count()
        assert page.locator("#result .tag").all_inner_texts() == ["Illustrative"]
        assert tables == 2
        captions = page.locator("#result caption").all_text_contents()
        assert [words.startswith("Illustrative. ") for words in captions] == [False, True]


def test_the_address_chooses_a_theme_and_the_page_leads_to_its_files(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "?with=camden&theme=T1") as page:
        assert page.locator("#theme").input_value() == "t1"
        assert set(page.locator("#result td.wd b").all_inner_texts()) == {"Safe from abuse and neglect"}
        files = page.locator("#result td.wd a").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.text])")
        assert [address for address, _ in files] == ["national-t1.csv", "illustrative-returns-t1.csv"]
        assert ["illustrative" in words for _, words in files] == [False, True]
        assert all((built_site / "compare" / address).is_file() for address, _ in files)
        assert page.locator("#result p a").first.get_attribute("href") == "?with=camden&theme=t1"
        page.locator("#theme").select_option("t2")
        assert page.locator("#result table").count() == 0
        assert "No indicator of this theme has figures yet." in page.locator("#result").inner_text()
    with asked(browser, built_site, "?with=camden&theme=<b>") as page:
        assert page.locator("#theme").input_value() == ""
        assert page.locator("#result td.wd").count() > 3


def test_figures_of_the_page_are_those_of_the_downloads(browser: Browser, built_site: Path) -> None:
    rows = {
        (row["indicator"], row["area_name"]): row
        for file in built_site.glob("compare/*.csv")
        for row in csv.DictReader(io.StringIO(file.read_text()))
    }
    names = ["London", "City of London", "Camden", "Barnet", "Merton"]
    with asked(browser, built_site, "?with=city-of-london,camden,barnet,merton") as page:
        shown = page.evaluate(
            """() => [...document.querySelectorAll('#result tbody tr')].filter(row => row.querySelector('th')).map(row => [
                row.querySelector('a').getAttribute('href').replace(/.*\\/(.*)\\.html/, '$1'),
                ...[...row.querySelectorAll('td')].map(cell => [...cell.children].map(one => one.textContent))])"""
        )
    codes = {code.lower(): code for code, _ in rows}
    assert sorted(codes[row[0]] for row in shown) == sorted(set(codes.values()))
    states = set()
    for code, *cells in shown:
        for name, cell in zip(names, cells, strict=True):
            row = rows[codes[code], name]
            number = cell[0].split("†")[0].split(" ")[0].replace(",", "")
            assert number == (row["value"] or f"[{row['withheld']}]"), (code, name)
            interval = f"{row['lower_95']} to {row['upper_95']}"
            assert (not row["lower_95"]) or cell[1].replace(",", "") == interval
            states.add(row["withheld"])
            assert row["withheld"] != "c" or cell == ["[c] Hidden to protect children"]
    assert {"", "c", "x"} <= states


def test_choosing_by_hand_changes_the_table_and_the_address(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "") as page:
        assert page.locator("#result table").count() == 0
        assert said(page) == "No borough is chosen yet."
        page.get_by_label("First").select_option("camden")
        page.get_by_label("Third").select_option("brent")
        page.get_by_label("Second").select_option("camden")  # the same again counts once
        assert heads(page) == ["Indicator", "London", "Camden", "Brent"]
        link = page.get_by_role("link", name="Link to this comparison")
        assert link.get_attribute("href") == "?with=camden,brent"
        assert page.url.endswith("?with=camden,brent")
        page.reload()
        assert heads(page) == ["Indicator", "London", "Camden", "Brent"]
        page.get_by_label("First").select_option("")
        page.get_by_label("Second").select_option("")
        assert page.url.endswith("boroughs.html")
        assert page.locator("#result table").count() == 0


def test_the_keyboard_reaches_every_choice_and_the_tables(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "?with=camden") as page:
        page.get_by_label("First").focus()
        page.keyboard.press("ArrowDown")
        for _ in range(3):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('label').textContent.trim().startsWith('Fourth')")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "theme"
        page.keyboard.press("Tab")  # the link to this comparison
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "group"
        assert "National figures" in page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.mark.parametrize(
    ("query", "names", "words"),
    [
        ("?with=camden,leeds", ["Camden"], "No borough is called “leeds”"),
        ("?with=Camden, CAMDEN ,,", ["Camden"], "Beside London: Camden."),
        ("?with=brent,barnet,bexley,bromley,camden", ["Brent", "Barnet", "Bexley", "Bromley"], "left out: Camden."),
        ("?with=%3Cimg%20src=x%20onerror=alert(1)%3E", [], "“<img src=x onerror=alert(1)>”"),
        ("?with=toString,__proto__,constructor", [], "“constructor”"),
        ("?with=%E0%A4%A", [], "No borough is called"),
        (f"?with={'x' * 3000},camden", ["Camden"], f"“{'x' * 40}”"),
        (f"?with={','.join(f'y{n}' for n in range(900))}", [], "“y0”, “y1”, “y2”, “y3” in"),
        ("?with=$%26,camden", ["Camden"], "“$&”"),
        ("?other=camden", [], "No borough is chosen yet."),
        ("#camden", [], "No borough is chosen yet."),
    ],
)
def test_an_address_with_mistakes_is_answered_in_words(
    browser: Browser, built_site: Path, query: str, names: list[str], words: str
) -> None:
    with asked(browser, built_site, query) as page:
        assert words in said(page)
        assert page.locator("#said img").count() == 0
        assert (heads(page)[2:] if names else []) == names
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_script_the_page_leads_to_the_same_figures(browser: Browser, built_site: Path) -> None:
    with opened(browser, built_site, PATH, WIDE) as at:
        assert at.page.locator("#pick").is_hidden()
        assert "needs script" in at.page.locator("#plain").inner_text()
        assert at.page.locator("#boroughs a").count() == 33
        for link in at.page.locator("#every a").all():
            assert (built_site / "compare" / (link.get_attribute("href") or "")).is_file()


def test_a_comparison_is_accessible_and_fits(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "?with=camden,city-of-london,leeds") as page:
        assert faults(axe(page, CONTRAST)) == []
        for width in (1280, 375, 320):
            change(page, Setting(width, "light"))
            assert overflow(page) == 0


def test_the_policy_lets_no_other_script_run(browser: Browser, built_site: Path) -> None:
    with opened(browser, built_site, PATH, WIDE, script=True) as at:
        at.page.evaluate(
            "() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1';"
            " document.head.append(one); }"
        )
        assert at.page.evaluate("window.ran") is None
        assert any("Content Security Policy" in words for words in at.messages)
        assert at.page.evaluate("Object.isFrozen(compareData)")


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_a_matrix_scrolls_in_its_own_region_and_keeps_its_heads(browser: Browser, built_site: Path, width: int) -> None:
    with opened(browser, built_site, "compare/t1.html", Setting(width, "light"), script=True) as at:
        page = at.page
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        region = page.locator(".mxs")
        region.focus()
        assert page.evaluate("document.activeElement.className") == "mxs"
        region.evaluate("one => one.scrollTo(600, 300)")
        moved = page.evaluate(
            """() => { const box = document.querySelector('.mxs').getBoundingClientRect();
                const rows = document.querySelectorAll('.mx tbody tr'), side = rows[12].querySelector('th');
                const head = document.querySelectorAll('.mx thead th')[9];
                return [side.getBoundingClientRect().left - box.left, head.getBoundingClientRect().top - box.top]; }"""
        )
        assert [round(one) for one in moved] == [0, 0]
        tree = page.locator("table.mx").aria_snapshot()
        assert "- rowheader" in tree
        assert "- columnheader" in tree
