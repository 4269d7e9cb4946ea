"""Every built page is valid and well-formed as a document: headings, tables, drawings, names, nothing inline."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.browser.kinds import KINDS, by_kind

MANY = 150  # pages of one kind; of more than these a random sample is read
SAMPLE = 60
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAMED = ("aria-labelledby", "aria-describedby")


def chosen(paths: list[str]) -> list[str]:
    """Which pages of a kind are read: all of them, or the heaviest and the same random ones each time."""
    if len(paths) <= MANY:
        return paths
    return [paths[-1], *random.Random(20250717).sample(paths, SAMPLE)]


def parsed(page: Path) -> Element:
    """A page as a tree. Raises html5lib's ParseError at the first mistake."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.read_bytes())
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


@pytest.fixture(scope="module")
def kinds(built_site: Path) -> Mapping[str, list[str]]:
    """Every built page by its kind."""
    return by_kind(built_site)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_valid_and_has_the_structure_of_a_document(
    built_site: Path, kinds: Mapping[str, list[str]], kind: str
) -> None:
    faults = []
    for path in chosen(kinds[kind]):
        root = parsed(built_site / path)
        faults += [f"{path}: {words}" for check in CHECKS for words in check(root)]
        faults += [f"{path}: no canonical address"] * (kind != "not_found" and not _canonical(root))
    assert faults == []


def _canonical(root: Element) -> bool:
    return any(link.get("rel") == "canonical" and link.get("href") for link in root.iter("link"))


def _headings(root: Element) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in HEADINGS]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "not one first heading, before all others"
    yield from (f"a level is skipped: h{a} to h{b}" for a, b in itertools.pairwise(levels) if b > a + 1)


def _head(root: Element) -> Iterator[str]:
    if root.get("lang") != "en-GB":
        yield "no language"
    title = root.find("head/title")
    if title is None or not "".join(title.itertext()).strip():
        yield "no title"
    if not any(meta.get("name") == "description" and meta.get("content") for meta in root.iter("meta")):
        yield "no description"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter("table"):
        caption = table.find("caption")
        if caption is None or not "".join(caption.itertext()).strip():
            yield "a table without a caption"
        yield from (
            f"a header without a scope: {''.join(th.itertext())}" for th in table.iter("th") if not th.get("scope")
        )
        if not list(table.iter("th")):
            yield "a table without headers"


def _drawings(root: Element) -> Iterator[str]:
    for svg in root.iter("svg"):
        named = svg.get("aria-label") or svg.get("aria-labelledby")
        if svg.get("aria-hidden") != "true" and not (named and svg.get("role") in ("img", "group")):
            yield "a drawing that is neither hidden nor named"


def _landmarks(root: Element) -> Iterator[str]:
    if len(list(root.iter("main"))) != 1:
        yield "not one main part"
    for tag in ("nav", "aside"):
        yield from (
            f"{tag} without a name" for one in root.iter(tag) if not (one.get("aria-label") or one.get(NAMED[0]))
        )


def _references(root: Element) -> Iterator[str]:
    ids = [name for element in root.iter() if (name := element.get("id"))]
    yield from (f"the id {name} stands twice" for name, times in Counter(ids).items() if times > 1)
    for element in root.iter():
        for attribute in NAMED:
            yield from (
                f"nothing has the id {name}" for name in (element.get(attribute) or "").split() if name not in ids
            )


def _inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        yield from (f"{name} on {element.tag}" for name in element.attrib if name == "style" or name.startswith("on"))
        yield from (f"{name} by http" for name in ("href", "src") if (element.get(name) or "").startswith("http:"))
    yield from ("a style element" for _ in root.iter("style"))
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            json.loads(script.text or "")
        elif (script.text or "").strip() or not script.get("src"):
            yield "a script in the page"


CHECKS: tuple[Callable[[Element], Iterator[str]], ...] = (
    _headings,
    _head,
    _tables,
    _drawings,
    _landmarks,
    _references,
    _inline,
)


def test_the_checker_of_the_nu_project_finds_no_error(built_site: Path) -> None:
    jar = os.environ.get("VNU_JAR")
    java = shutil.which("java")
    if not (jar and java):
        pytest.skip("needs Java and the Nu Html Checker: set VNU_JAR to the path of vnu.jar")
    words = [java, "-jar", jar, "--errors-only", "--skip-non-html", str(built_site)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.mark.parametrize(
    ("html", "check", "words"),
    [
        ("<h1>a</h1><h3>b</h3>", _headings, "a level is skipped: h1 to h3"),
        ("<h2>a</h2>", _headings, "not one first heading, before all others"),
        ("<table><tr><th>a</table>", _tables, "a table without a caption"),
        ("<table><caption>a</caption><tr><th>b</table>", _tables, "a header without a scope: b"),
        ("<table><caption>a</caption><tr><td>b</table>", _tables, "a table without headers"),
        ("<svg></svg>", _drawings, "a drawing that is neither hidden nor named"),
        ("<nav></nav>", _landmarks, "nav without a name"),
        ("<p id=a><p id=a>", _references, "the id a stands twice"),
        ("<p aria-labelledby=b>", _references, "nothing has the id b"),
        ("<p style='color:red'>", _inline, "style on p"),
        ("<p onclick='x()'>", _inline, "onclick on p"),
        ("<a href='http://x.example'>", _inline, "href by http"),
        ("<script>x()</script>", _inline, "a script in the page"),
        ("<p>", _head, "no description"),
    ],
)
def test_a_check_finds_its_fault(html: str, check: Callable[[Element], Iterator[str]], words: str) -> None:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    for element in root.iter("{http://www.w3.org/2000/svg}svg"):
        element.tag = "svg"
    assert words in list(check(root))
