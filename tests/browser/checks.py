"""What every page must hold in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Setting(NamedTuple):
    """A window and a colour scheme."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


class Opened(NamedTuple):
    """An open page, with what it said and what it asked for."""

    page: Page
    messages: list[str]
    requests: list[str]


@contextmanager
def opened(
    browser: Browser, site: Path, path: str, setting: Setting, *, script: bool = False, policy: bool = True
) -> Iterator[Opened]:
    """A page of a folder, opened from the disk. ``script``: whether page script may run; ``policy``: whether its
    security policy holds (a checker that is put into the page needs it off)."""
    context = browser.new_context(
        viewport={"width": setting.width, "height": 900},
        color_scheme="dark" if setting.scheme == "dark" else "light",
        java_script_enabled=script,
        bypass_csp=not policy,
    )
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((site / path).as_uri())
    try:
        yield Opened(page, messages, requests)
    finally:
        context.close()


def violations(browser: Browser, site: Path, path: str, setting: Setting) -> list[str]:
    """What axe finds, details opened: rule and the first place of each. Contrast in drawings is for the token test."""
    with opened(browser, site, path, setting, script=True, policy=False) as at:
        at.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        options: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
        found = Axe().run(at.page, options=options).response
    unsure = [entry["id"] for entry in found["incomplete"] if entry["id"] != "color-contrast"]
    return [f"{entry['id']}: {entry['nodes'][0]['html'][:200]}" for entry in found["violations"]] + unsure


def overflow(browser: Browser, site: Path, path: str, width: int) -> int:
    """By how many pixels a page is wider than its window."""
    with opened(browser, site, path, Setting(width, "light"), script=True) as at:
        wide: int = at.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide


def small_targets(browser: Browser, site: Path, path: str, width: int) -> list[str]:
    """Links and controls under 24 by 24 pixels that are not part of a sentence (WCAG 2.2, 2.5.8)."""
    script = """() => [...document.querySelectorAll('a, summary, input')].filter(e => {
        const box = e.getBoundingClientRect();
        const free = getComputedStyle(e).display !== 'inline' || e.closest('svg');
        return box.width && free && !e.classList.contains('skip') && (box.height < 23.5 || box.width < 23.5);
    }).map(e => e.outerHTML.slice(0, 120))"""
    with opened(browser, site, path, Setting(width, "light"), script=True) as at:
        found: list[str] = at.page.evaluate(script)
    return found
