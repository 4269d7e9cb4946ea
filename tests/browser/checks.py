"""What every page must hold in a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
from playwright.sync_api import Browser, Page

from site_builder.published.addresses import NOT_FOUND
from site_builder.published.settings import FILE, parse_settings

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
UNSURE = "color-contrast"  # the one rule that may be undecided: text in drawings; the test of tokens decides it
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Without preload it reads no style sheet by script, which the security policy of the pages would refuse.
_OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}
_RUN = """async options => {
    const found = await axe.run(options);
    const named = entry => `${entry.id}: ${entry.nodes[0].html.slice(0, 200)}`;
    const undecided = found.incomplete.map(entry => [entry.id, entry.nodes.length]);
    return [found.violations.map(named), Object.fromEntries(undecided)];
}"""
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
_WATCH = """window.refused = [];
document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective + event.blockedURI))"""


class Setting(NamedTuple):
    """A window and a colour scheme."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


SIX = tuple(Setting(width, scheme) for scheme in ("light", "dark") for width in (1280, 375, 320))
CONTRAST = (Setting(1280, "light"), Setting(375, "dark"))


WIDE = Setting(1280, "light")
BASE = parse_settings((Path(__file__).parents[2] / FILE).read_text(encoding="utf-8")).base_url


class Found(NamedTuple):
    """What axe found in one setting: rule and first place of each violation; how many places of a rule are undecided."""

    setting: Setting
    violations: tuple[str, ...]
    undecided: Mapping[str, int]


class Opened(NamedTuple):
    """An open page, with what it said and what it asked for."""

    page: Page
    messages: list[str]
    requests: list[str]
    own: str  # how the address of each of its own files begins


@contextmanager
def opened(
    browser: Browser,
    site: Path,
    path: str,
    setting: Setting,
    *,
    script: bool = False,
    address: str = "",
) -> Iterator[Opened]:
    """A page of a folder, opened from the disk. ``script``: whether page script may run. ``address``: where the site
    stands, for the one page whose links are whole: then the folder answers in its place."""
    context = browser.new_context(
        viewport={"width": setting.width, "height": 900},
        color_scheme="dark" if setting.scheme == "dark" else "light",
        java_script_enabled=script,
    )
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(_WATCH)
    if address:
        page.route(f"{address}/**", lambda way: way.fulfill(path=site / way.request.url.removeprefix(f"{address}/")))
    page.goto(f"{address}/{path}" if address else (site / path).as_uri())
    try:
        yield Opened(page, messages, requests, address or site.as_uri())
    finally:
        context.close()


@contextmanager
def built(browser: Browser, site: Path, path: str) -> Iterator[Opened]:
    """A built page with script: from the disk, but the page that is not found at the address that its links name."""
    address = BASE if path == NOT_FOUND else ""
    with opened(browser, site, path, WIDE, script=True, address=address) as at:
        yield at


def change(page: Page, setting: Setting) -> None:
    """The same open page in another window and scheme."""
    page.set_viewport_size({"width": setting.width, "height": 900})
    page.emulate_media(color_scheme="dark" if setting.scheme == "dark" else "light")


def axe(page: Page, settings: Sequence[Setting], *, whole: bool = False) -> list[Found]:
    """What axe finds on an open page, details opened, in each setting. It may be put into a page under its own policy.

    Contrast takes most of its time and depends on the scheme, not on the width: it is looked at once in each scheme, on
    the first width in light and on the second in dark. ``whole``: in every setting.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(OPEN)
    found = []
    for setting in settings:
        change(page, setting)
        enabled = whole or setting in CONTRAST
        violations, undecided = page.evaluate(_RUN, {**_OPTIONS, "rules": {UNSURE: {"enabled": enabled}}})
        found.append(Found(setting, tuple(violations), undecided))
    return found


def faults(found: Sequence[Found]) -> list[str]:
    """Every violation, and every rule but one that axe could not decide, with its setting."""
    return [f"{one.setting} {words}" for one in found for words in one.violations] + [
        f"{one.setting} undecided: {rule}" for one in found for rule in one.undecided if rule != UNSURE
    ]


def overflow(page: Page) -> int:
    """By how many pixels an open page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide


def styled(page: Page, css: str) -> None:
    """Rules of a reader's own upon an open page, in the way that its security policy allows; empty takes them away."""
    page.evaluate(
        """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet]; }""",
        css,
    )


def small_targets(page: Page) -> list[str]:
    """Links and controls under 24 by 24 pixels that are not part of a sentence (WCAG 2.2, 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, summary, input, button, select, textarea')].filter(e => {
            const box = e.getBoundingClientRect();
            const free = getComputedStyle(e).display !== 'inline' || e.closest('svg');
            return box.width && free && !e.classList.contains('skip') && (box.height < 23.5 || box.width < 23.5);
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    return found
