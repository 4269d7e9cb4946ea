"""The sentences of a built page, with the indicator and the area that each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import html5lib

from tests.reader.reader import Place
from tests.reader.record import LONDON, Record

LONDON_WIDE = (
    "calendar", "challenges", "coverage", "journey", "map", "model", "predicted", "readiness", "reconciliation",
    "stands-out",
)  # fmt: skip
DEFINITIONS = ("handbook", "common-ground")  # they hold no figure
_BLOCKS = {"p", "h2", "h3", "li", "figcaption", "caption", "title", "desc", "dd", "summary"}
_APART = {"table", "script", "style", "nav"}
_SPLIT = re.compile(r"(?<=[.?!]) (?=[A-Z“†\[0-9])")
_HTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"


class Said(NamedTuple):
    """A sentence and what it is about."""

    place: Place
    sentence: str


def place_of(record: Record, site: Path, page: Path) -> Place | None:
    """What a page is about; None for a page without sentences on figures."""
    first, *rest = page.relative_to(site).with_suffix("").parts
    if rest and rest[0] in DEFINITIONS:
        return None
    if first == "reports":
        return Place("", LONDON)
    slugs, codes = slugs_of(record), codes_of(record)
    if first == "indicators":
        if rest[0].endswith("-revisions"):
            return None  # a table of what releases printed, which has tests of its own
        code = codes.get(rest[0].removesuffix("-by-rate"), "")
        part = "by-rate" if rest[0].endswith("-by-rate") else ""
        return Place(code, LONDON, part)
    if first == "boroughs" and rest[0] in slugs:
        return Place(codes.get(rest[-1], ""), slugs[rest[0]])
    if first == "compare":
        return Place("", "", part="returns" if rest[0].endswith("-returns") else "", theme=rest[0][:2].upper())
    if first == "coverage" and rest:
        return Place("", "", part=rest[0])
    return Place("", "") if not rest and first in LONDON_WIDE else None


def slugs_of(record: Record) -> dict[str, str]:
    """The names of areas in addresses to their codes."""
    return {row["slug"]: code for code, row in record.areas.items() if row["slug"]}


def codes_of(record: Record) -> dict[str, str]:
    """The names of indicators in addresses to their codes."""
    return {code.lower(): code for code in record.catalogue}


def sentences(page: Path, place: Place, areas: dict[str, str], codes: dict[str, str]) -> Iterator[Said]:
    """Every sentence of a page's main part, but for tables. ``areas``: slug to code, ``codes``: as in addresses to those
    of the catalogue, for links that name another page."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=True)
    main = tree.find(f".//{_HTML}main")
    assert main is not None
    for block, within in _blocks(main, place, areas, codes):
        text = " ".join("".join(_text(block)).split())
        about = _about(block, within, areas, codes)
        for sentence in _SPLIT.split(text):
            yield Said(about, sentence.strip())


def _blocks(
    node: ElementTree.Element, place: Place, areas: dict[str, str], codes: dict[str, str]
) -> Iterator[tuple[ElementTree.Element, Place]]:
    """The blocks that hold no other block, each with what the sections around it are about."""
    for child in node:
        name = _tag(child)
        inside = _section(child.get("id", ""), place, areas, codes)
        if name in _APART:
            yield from ((one, inside) for one in child.iter(f"{_HTML}caption"))
            continue
        nested = any(_tag(one) in _BLOCKS for one in list(child.iter())[1:])
        if name in _BLOCKS and not nested:
            yield child, inside
        elif name not in _BLOCKS or nested:
            yield from _blocks(child, inside, areas, codes)


def _tag(node: ElementTree.Element) -> str:
    return str(node.tag).replace(_HTML, "").replace(_SVG, "")


def _section(mark: str, place: Place, areas: dict[str, str], codes: dict[str, str]) -> Place:
    """What a section is about by its name, where the page as a whole leaves it open."""
    if mark in ("national", "returns"):
        return place._replace(part=mark)
    if mark in codes and not place.code:
        return place._replace(code=codes[mark])
    slug = mark.removeprefix("returns-")
    if slug in areas and not place.area:
        return place._replace(area=areas[slug], part="returns" if slug != mark else "national")
    return place


def _text(node: ElementTree.Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if not {"tag", "number"} & {*child.get("class", "").split()}:
            yield from _text(child)
        yield child.tail or ""


def _about(block: ElementTree.Element, place: Place, areas: dict[str, str], codes: dict[str, str]) -> Place:
    """What a list item that begins with a link to a figure's page is about."""
    for link in block.iter(f"{_HTML}a"):
        found = re.search(r"(?:boroughs/)?([a-z-]+)/([a-z]+\d+[a-z]?\d?)\.html", link.get("href", ""))
        if found and found[1] in areas:
            return place._replace(code=codes[found[2]], area=areas[found[1]])
    return place
