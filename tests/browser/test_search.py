"""The search in a browser: lay words, a borough with a subject, the keyboard, odd addresses, no script, from a disk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_builder.published.search import SAID
from tests.browser.checks import CONTRAST, WIDE, Setting, axe, change, faults, opened, overflow
from tests.published.finding import Index

pytestmark = pytest.mark.browser

PATH = "search/index.html"
MOST = 30


@contextmanager
def asked(browser: Browser, site: Path, query: str) -> Iterator[Page]:
    """The page opened from the disk with a query; nothing is said on its console, nothing asked of others."""
    with opened(browser, site, PATH, WIDE, script=True) as at:
        at.page.goto(f"{(site / PATH).as_uri()}{query}")
        yield at.page
        assert at.messages == []
        assert [url for url in at.requests if not url.startswith(site.as_uri())] == []


def found(page: Page) -> list[tuple[str, str]]:
    """Words and address of each result."""
    every = page.locator("#found a").evaluate_all("all => all.map(one => [one.textContent, one.getAttribute('href')])")
    return [(words, address.removeprefix("../")) for words, address in every]


def queries(index: Index) -> list[str]:
    """Two hundred queries: titles, parts of them, other words, boroughs with subjects, nonsense."""
    pick = random.Random(20)
    titles = [one.title for one in index.entries]
    others = [word for one in index.entries for word in one.others if word]
    boroughs = [one.title for one in index.entries if one.kind == 1]
    made = [pick.choice(titles) for _ in range(45)] + [pick.choice(others) for _ in range(45)]
    for _ in range(40):
        words = pick.choice(titles + others).split()
        made.append(" ".join(pick.sample(words, min(2, len(words)))))
        made.append(pick.choice(boroughs) + " " + pick.choice(others)[: pick.randint(3, 12)])
    made += [pick.choice(titles)[: pick.randint(1, 6)] for _ in range(24)]
    return [*made, "", "the", "!?", "CAMDEN  Referrals", "Children’s homes", "sécurité", "qqqq", "a&e"]


def test_what_is_found_and_in_which_order_is_that_of_the_oracle(browser: Browser, built_site: Path) -> None:
    (script,) = built_site.glob("assets/search-index.*.js")
    index = Index(script.read_bytes())
    made = queries(index)
    assert len(made) > 200
    ask = """made => { const box = document.getElementById('q'); return made.map(words => { box.value = words;
        box.dispatchEvent(new Event('input')); return [[...document.querySelectorAll('#found a')].map(
        one => [one.textContent, one.getAttribute('href').slice(3)]), document.getElementById('said').firstChild.textContent]; }); }"""
    with asked(browser, built_site, "") as page:
        answers: Any = page.evaluate(ask, made)
    for query, (offered, said) in zip(made, answers, strict=True):
        expected = [tuple(one) for one in index.find(query)]
        assert [tuple(one) for one in offered] == expected[:MOST], query
        kind = "start" if not query else "most" if len(expected) > MOST else "many" if expected else "none"
        assert said == SAID[kind].format(many=len(expected), MOST=MOST, typed=query), query


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?q=camden+referrals", "boroughs/camden/sg01.html"),
        ("?q=runaway", "indicators/p2a.html"),
        ("?q=knife", "indicators/sg19.html"),
        ("?q=section%2047", "indicators/n08a.html"),
        ("?q=Cafcass", "indicators/n10b.html"),
    ],
)
def test_the_address_asks_and_the_first_result_leads_there(
    browser: Browser, built_site: Path, query: str, address: str
) -> None:
    with asked(browser, built_site, query) as page:
        page.locator("#found a").first.click()
        assert page.url == (built_site / address).as_uri()
        page.go_back()
        assert found(page)[0][1] == address


def test_from_home_by_keyboard_alone_to_one_figure_of_a_borough(browser: Browser, built_site: Path) -> None:
    with opened(browser, built_site, "index.html", WIDE, script=True) as at:
        for _ in range(12):
            at.page.keyboard.press("Tab")
            if at.page.evaluate("document.activeElement.textContent") == "Search":
                break
        at.page.keyboard.press("Enter")
        at.page.wait_for_url("**/search/index.html")
        for _ in range(14):
            at.page.keyboard.press("Tab")
            if at.page.evaluate("document.activeElement.id") == "q":
                break
        at.page.keyboard.type("camden referrals")
        assert found(at.page)[0][1] == "boroughs/camden/sg01.html"
        at.page.keyboard.press("Enter")
        assert at.page.url.endswith("search/index.html?q=camden+referrals")
        at.page.keyboard.press("Tab")
        at.page.keyboard.press("Tab")
        at.page.keyboard.press("Enter")
        at.page.wait_for_url("**/boroughs/camden/sg01.html")
        assert at.messages == []


def test_the_count_is_said_and_the_address_keeps_the_query(browser: Browser, built_site: Path) -> None:
    with asked(browser, built_site, "") as page:
        assert page.locator("#said").get_attribute("role") == "status"
        assert SAID["start"] in page.locator("#said").inner_text()
        page.get_by_role("searchbox").fill("private fostering")
        assert page.locator("#said").inner_text() == f"Pages found: {len(found(page))}."
        page.get_by_role("searchbox").blur()
        assert page.url.endswith("?q=private+fostering")
        page.reload()
        assert page.get_by_role("searchbox").input_value() == "private fostering"
        page.get_by_role("button", name="Search").click()
        assert page.url.endswith("?q=private+fostering")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("referals", "referrals"), ("camdne", "camden"), ("exploytation", "exploitation"), ("fosterring hackny", "")],
)
def test_nothing_found_says_where_it_looked_and_a_near_spelling(
    browser: Browser, built_site: Path, typed: str, near: str
) -> None:
    with asked(browser, built_site, f"?q={typed}") as page:
        said = page.locator("#said").inner_text()
        assert f"Nothing is called “{typed}”" in said
        assert "from A to Z" in said
        assert page.locator("#indicators a").count() > 90
        links = page.locator("#said a").all_inner_texts()
        assert [near] == [words[: len(near)] for words in links] if near else links in ([], ["fostering hackney"])
        if links:
            page.locator("#said a").click()
            page.locator("#found a").first.wait_for()


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("?q=%3Cimg%20src=x%20onerror=alert(1)%3E", "<img src=x onerror=alert(1)>"),
        ("?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", '"><script>alert(1)</script>'),
        ("?q=%E0%A4zzz", "\ufffdzzz"),
        ("?q=%27zz%5C%22.*%5B(", "'zz\\\".*[("),
        ("?q=__proto__+toString", "__proto__ toString"),
        ("?q={typed}{many}", "{typed}{many}"),
        ("?q=$%26zz", "$&zz"),
        (f"?q={'x' * 5000}", "x" * 100),
        ("?q=", ""),
        ("?x=camden", ""),
        ("#camden", ""),
    ],
)
def test_an_odd_address_is_answered_in_words(browser: Browser, built_site: Path, query: str, typed: str) -> None:
    with asked(browser, built_site, query) as page:
        expected = SAID["none"].replace("{typed}", typed) if typed else SAID["start"]
        assert page.locator("#said p").first.text_content() == expected
        assert page.locator("main img, main script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_script_the_form_comes_back_to_the_a_to_z(browser: Browser, built_site: Path) -> None:
    with opened(browser, built_site, PATH, WIDE) as at:
        at.page.get_by_role("searchbox").fill("camden referrals")
        at.page.get_by_role("button", name="Search").click()
        assert at.page.url.endswith("search/index.html?q=camden+referrals")
        assert at.page.locator("#found a").count() == 0
        assert at.page.locator("#boroughs a").count() == 33
        assert at.messages == []


@pytest.mark.parametrize("query", ["?q=camden", "?q=referals"])
def test_results_are_accessible_and_fit(browser: Browser, built_site: Path, query: str) -> None:
    with asked(browser, built_site, query) as page:
        assert faults(axe(page, CONTRAST)) == []
        for width in (1280, 375, 320):
            change(page, Setting(width, "light"))
            assert overflow(page) == 0
