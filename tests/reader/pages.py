"""The sentences of a built page, with the indicator and the area that each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import html5lib

from tests.reader.sentences import Place

_BLOCKS = {"p", "h2", "h3", "li", "figcaption", "caption", "title", "desc", "dd", "summary"}
_APART = {"table", "script", "style", "nav"}
_SPLIT = re.compile(r"(?<=[.?!]) (?=[A-Z“†\[0-9])")
_HTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"


class Said(NamedTuple):
    """A sentence and what it is about."""

    place: Place
    sentence: str


def sentences(page: Path, place: Place, areas: dict[str, str], codes: dict[str, str]) -> Iterator[Said]:
    """Every sentence of a page's main part, but for tables. ``areas``: slug to code, ``codes``: as in addresses to those
    of the catalogue, for links that name another page."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=True)
    main = tree.find(f".//{_HTML}main")
    assert main is not None
    for block in _blocks(main):
        text = " ".join("".join(_text(block)).split())
        about = _about(block, place, areas, codes)
        for sentence in _SPLIT.split(text):
            yield Said(about, sentence.strip())


def _blocks(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in node:
        name = str(child.tag).replace(_HTML, "").replace(_SVG, "")
        if name in _APART:
            yield from (one for one in child.iter(f"{_HTML}caption"))
            continue
        nested = any(str(one.tag).replace(_HTML, "").replace(_SVG, "") in _BLOCKS for one in list(child.iter())[1:])
        if name in _BLOCKS and not nested:
            yield child
        elif name not in _BLOCKS or nested:
            yield from _blocks(child)


def _text(node: ElementTree.Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if "tag" not in child.get("class", "").split():
            yield from _text(child)
        yield child.tail or ""


def _about(block: ElementTree.Element, place: Place, areas: dict[str, str], codes: dict[str, str]) -> Place:
    """What a list item that begins with a link to a figure's page is about."""
    for link in block.iter(f"{_HTML}a"):
        found = re.search(r"(?:boroughs/)?([a-z-]+)/([a-z]+\d+[a-z]?\d?)\.html", link.get("href", ""))
        if found and found[1] in areas:
            return Place(codes[found[2]], areas[found[1]])
    return place
