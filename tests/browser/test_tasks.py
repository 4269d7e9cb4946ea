"""Ten tasks of the people whom the site is for, from the first page to the answer, with the keyboard alone.

Each is walked as a reader would: Tab to a link whose words promise the answer, Enter, and again; or the search. A task
ends where the answer stands. ``python -m tests.browser.test_tasks FOLDER`` prints links, keys and seconds of each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.checks import Setting, opened

pytestmark = pytest.mark.browser

WIDE = Setting(1280, "light")
MOST_LINKS, MOST_KEYS = 4, 400


class Walk:
    """A reader at the keyboard. ``links``: how many were followed; ``keys``: how many were pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.links = self.keys = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def to(self, words: str, within: str = "body") -> None:
        """Tab until something with these words has the focus. Fails when nothing has."""
        for _ in range(MOST_KEYS):
            self.press("Tab")
            if self.page.evaluate(_HERE, [words, within]):
                return
        raise AssertionError(f"the keyboard does not reach “{words}” on {self.page.url}")

    def follow(self, words: str, within: str = "body") -> None:
        """Go to a link and follow it."""
        self.to(words, within)
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()
        self.links += 1

    def search(self, words: str, result: str) -> None:
        """Ask the search, and open a result."""
        self.follow("Search", "nav")
        self.to("", "form input")
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.page.get_by_role("link", name=result).first.wait_for()
        self.follow(result, "main")

    def reads(self, words: str, within: str = "main") -> None:
        """The answer stands here."""
        assert words in " ".join(self.page.locator(within).first.inner_text().split()), (words, self.page.url)

    def opens(self, words: str) -> None:
        """Open what stands folded under these words."""
        self.to(words, "summary")
        self.press("Enter")
        self.links += 1

    def gets(self, words: str, within: str = "main") -> bytes:
        """The file that a link with these words leads to."""
        self.to(words, within)
        address = self.page.evaluate("document.activeElement.href")
        self.links += 1
        return Path(address.removeprefix("file://")).read_bytes()


_HERE = """([words, within]) => {
    const here = document.activeElement;
    const said = (here.getAttribute('aria-label') || here.textContent || '').trim().replace(/\\s+/g, ' ');
    return here !== document.body && here.matches(`${within} *, ${within}`) && said.startsWith(words);
}"""


class Task(NamedTuple):
    """What somebody wants to know. ``who``: officer, board, analyst, public or maintainer."""

    who: str
    wants: str
    walk: Callable[[Walk], None]


def _when_due(walk: Walk) -> None:
    walk.follow("Calendar", "main")
    assert b"BEGIN:VEVENT" in walk.gets("Camden")


def _what_red_means(walk: Walk) -> None:
    walk.search("V601", "V601")
    walk.reads("How to fix")


def _what_got_worse(walk: Walk) -> None:
    walk.follow("Camden", "main")
    walk.follow("Leadership", "main")
    walk.reads("Camden")
    walk.reads("release")


def _paper_for_a_meeting(walk: Walk) -> None:
    walk.follow("Camden", "main")
    walk.follow("Pack", "main")
    walk.reads("Camden")


def _limits_of_the_funnel(walk: Walk) -> None:
    walk.search("children in need", "Children in need at 31 March")
    assert b"funnel_upper_998" in walk.gets("CSV", "#unusual")


def _expected(walk: Walk) -> None:
    walk.search("deprivation", "Actual and predicted")
    walk.opens("The model card")
    walk.reads("Share explained")


def _lay_word(walk: Walk) -> None:
    walk.search("runaway", "Children who went missing from home or care")
    walk.reads("What it measures")


def _why_blank(walk: Walk) -> None:
    walk.follow("City of London", "main")
    walk.search("suppression", "How we hide figures")
    walk.reads("does not mean zero")


def _what_changed(walk: Walk) -> None:
    walk.follow("Releases", "main")
    walk.follow("Every change", "main")
    walk.reads("What changed")


def _proof(walk: Walk) -> None:
    walk.follow("Releases", "main")
    walk.follow("2024-25-Q4", "main")
    assert b'"blocks"' in walk.gets("certificate.json")


TASKS = {
    "a1": Task("officer", "When is Camden’s next return due, in my own calendar?", _when_due),
    "e1": Task("officer", "The check says V601: what is wrong, and how do I mend it?", _what_red_means),
    "b2": Task("board", "What has got worse in Camden, for the leadership board?", _what_got_worse),
    "b9": Task("board", "One sheet an indicator to take into the meeting", _paper_for_a_meeting),
    "c5": Task("analyst", "The limits behind the funnel, as a table", _limits_of_the_funnel),
    "c10": Task("analyst", "How much does deprivation explain, and how good is the model?", _expected),
    "d4": Task("public", "Something on runaways", _lay_word),
    "d6": Task("public", "Why is there no figure here?", _why_blank),
    "e3": Task("maintainer", "What changed between two releases?", _what_changed),
    "e2": Task("maintainer", "The proof that nothing is disclosed", _proof),
}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_ends_at_its_answer(browser: Browser, built_site: Path, name: str) -> None:
    with opened(browser, built_site, "index.html", WIDE, script=True) as at:
        walk = Walk(at.page)
        TASKS[name].walk(walk)
        assert walk.links <= MOST_LINKS
        assert at.messages == []


def main(site: Path) -> None:
    """Print links, keys and seconds of each task."""
    from tests.browser.conftest import _ARGUMENTS, find_chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_ARGUMENTS))
        for name, task in TASKS.items():
            with opened(browser, site, "index.html", WIDE, script=True) as at:
                walk, start = Walk(at.page), time.perf_counter()
                task.walk(walk)
                print(
                    f"{name:4} {task.who:10} {walk.links} links {walk.keys:4} keys {time.perf_counter() - start:5.1f} s  {task.wants}"
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
