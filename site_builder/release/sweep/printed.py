"""Numbers and marks in tables, trees, pages and drawings, as a reader finds them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any, NamedTuple
from xml.etree import ElementTree

from site_builder.vocabulary.here import HERE

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
# Dates, years, codes, shares of boroughs, limits, numbers of records and of versions, bounds of methods, sizes of files: names and not
# figures. And how many counts of a release differ from those of the one before.
_NAMES = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b(?:19|20)\d\d(?:[-/]\d\d)?(?:-Q\d)?\b|\b\d{1,2} (?=[A-Z][a-z]+)|\b[A-Z]+\d+\w*\b"
    rf"|\b\d{{1,3}}% \(\d+ {re.escape(HERE.areas)}\)|(?<![\w.,])\d[\d,]*(?:\.\d)? [KM]B\b"
    r"|\b\d{1,3}% \(\d+ of \d+\)|(?<![\w.,])\d{1,2} of (?:the )?\d{1,2}\b(?![,.]\d)|\b(?:Proposal|Decision) \d{4}\b"
    r"|\b(?:[Ll]ower|[Hh]igher|[Uu]pper)[- ](?:95|998)\b|\b[Ff]ewer than (?:10|20|50)\b|(?<![\w.])\d+\.\d+\.\d+(?![\w.]\d)"
    r"|\b(?:New periods|Counts revised|No longer shown|Not shown for another reason than before|Revised, and hidden since"
    r"|Shown for the first time|Marked otherwise|Removed|Redefined): \d+\."
    rf"|\b\d+ {re.escape(HERE.areas)}\b|\bper [\d,]+|\b\d+(?:\.\d+)?\s?%? (?:interval|limits)|https?://\S+"
)
_PNG = b"\x89PNG\r\n\x1a\n"
SILENT = {b"IHDR", b"pHYs", b"IDAT", b"IEND"}  # parts of a picture that hold no words
_DATA = re.compile(r"const \w+=Object\.freeze\((\{.*\})\);\n", re.DOTALL)
_SPOKEN = ("aria-label", "title", "alt", "content")
_ASIDE = {"vh", "ob", "dag"}  # words for screen readers and marks beside a number
_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use", "path", "rect", "circle",
          "line"}  # fmt: skip
_META = {"viewport", "theme-color", "color-scheme", "refresh"}
_LINKED = "application/ld+json"
_DAY = r"\d{4}-\d\d-\d\d"
# What linked data may say in digits, by name.
_FORMAL = {
    "temporalCoverage": re.compile(f"{_DAY}/{_DAY}"), "datePublished": re.compile(_DAY), "dateModified": re.compile(_DAY),
    "sha256": re.compile("[0-9a-f]{64}"), "contentSize": re.compile(r"\d+ B"),
}  # fmt: skip
_ATOM = "{http://www.w3.org/2005/Atom}"
# What a calendar says in words, and what it may say besides: nothing in it is a count.
_SPOKEN_OF_DAYS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME"}
_OF_DAYS = {
    "BEGIN": re.compile("VCALENDAR|VEVENT"), "END": re.compile("VCALENDAR|VEVENT"), "VERSION": re.compile(r"2\.0"),
    "PRODID": re.compile(r"-//[^\d]+//site_builder [\d.]+//EN"), "CALSCALE": re.compile("GREGORIAN"),
    "UID": re.compile(r"[a-z-]+-(?:ay)?\d{4}(?:-\d\d)?(?:-[qh][1-4])?(?:-[a-z-]+)?@[a-z.-]+"),
    "DTSTAMP": re.compile(r"\d{8}T000000Z"), "DTSTART;VALUE=DATE": re.compile(r"\d{8}"),
    "DTEND;VALUE=DATE": re.compile(r"\d{8}"), "URL": re.compile(r"https://[a-z./-]+"), "TRANSP": re.compile("TRANSPARENT"),
}  # fmt: skip
_DECISION = re.compile(r":decisions/|/decision-\d+$")  # the id of an entry that holds what people wrote, and no figures


def numbers(words: str, titles: re.Pattern[str]) -> set[str]:
    """The figures in words, without commas; dates, codes, titles of indicators and the like are none."""
    return {found.replace(",", "") for found in NUMBER.findall(_NAMES.sub(" ", titles.sub(" ", words)))}


def is_round(number: str) -> bool:
    """Whether a number could stand beside an axis: two digits at most that are not zero at its end."""
    return len(number.replace(".", "").strip("0")) <= 2


def rows(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table. Raises ValueError when it is none."""
    try:
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True):
            if None in row or None in row.values():
                raise ValueError("a row that is too long or too short")
            yield row
    except csv.Error as error:
        raise ValueError("not a table") from error


def records(data: bytes) -> Iterator[dict[str, Any]]:
    """Every object of a JSON tree that speaks of an area, with what the objects around it say. Raises ValueError."""
    yield from _records(json.loads(data), {})


def drawn(data: bytes) -> set[Decimal]:
    """The heights of lines and dots in the data of a chart; none in a tree that is no chart. Not those of the grid and of
    the band between quartiles, which are no figures of a place. Raises ValueError."""
    tree = json.loads(data)
    sets = tree.get("datasets", {}) if isinstance(tree, dict) else {}
    rows = (
        row
        for name, some in sets.items()
        if name not in ("grid", "band", "band_label")
        for row in some
        if isinstance(row, dict)
    )
    heights = (value for row in rows for key, value in row.items() if key in ("y", "y2"))
    return {Decimal(str(value)) for value in heights if isinstance(value, (int, float))}


def parts(data: bytes) -> set[bytes]:
    """The kinds of part that a PNG picture consists of. Raises ValueError when it is none, or goes on after its end."""
    if not data.startswith(_PNG):
        raise ValueError("not a picture")
    found, place = set(), len(_PNG)
    while place < len(data):
        if b"IEND" in found or place + 12 > len(data):
            raise ValueError("not a whole picture")
        found.add(data[place + 4 : place + 8])
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    if place != len(data) or b"IEND" not in found:
        raise ValueError("not a whole picture")
    return found


class Script(NamedTuple):
    """What a script says. ``is_data``: whether it sets a name to a tree and does nothing else."""

    words: tuple[str, ...]
    is_data: bool


def script(text: str) -> Script:
    """The strings of a data script, names included, or all of a script that is code. Raises ValueError when data hold a
    number that is no string, since nobody could tell what it is of."""
    data = _DATA.fullmatch(text)
    if data is None:
        return Script((text,), is_data=False)
    return Script(tuple(_strings(json.loads(data[1]))), is_data=True)


def described(text: str) -> tuple[str, ...]:
    """The words of linked data, but for days, checksums and sizes of files. Raises ValueError for a number that is not the
    place of a step on the way to a page."""
    said = _told("", json.loads(text))
    return tuple(words for name, words in said if not (name in _FORMAL and _FORMAL[name].fullmatch(words)))


def _told(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Every string in linked data with the name that it stands under."""
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _told(inner, one)
    elif isinstance(value, list):
        for one in value:
            yield from _told(name, one)
    elif not isinstance(value, bool) and not (name == "position" and isinstance(value, int)):
        yield from ((name, words) for words in _strings(value))


def entries(data: bytes) -> tuple[str, ...]:
    """The words of a feed: of its head, and of each entry but those of decisions. Raises ValueError when it is none."""
    try:
        feed = ElementTree.fromstring(data)  # noqa: S314 - names no file and no other entity is read
    except ElementTree.ParseError as error:
        raise ValueError("not a feed") from error
    told = [feed.findtext(f"{_ATOM}{name}", "") for name in ("title", "subtitle")]
    for entry in feed.iter(f"{_ATOM}entry"):
        if not _DECISION.search(entry.findtext(f"{_ATOM}id", "")):
            told += ["".join(part.itertext()) for part in entry if part.tag in (f"{_ATOM}title", f"{_ATOM}content")]
    return tuple(told)


def days(data: bytes) -> tuple[str, ...]:
    """The words of a calendar. Raises ValueError for a line that is none of its own form."""
    said = []
    for line in data.decode().replace("\r\n ", "").splitlines():
        name, _, words = line.partition(":")
        if name in _SPOKEN_OF_DAYS:
            said.append(re.sub(r"\\(.)", r"\1", words))
        elif name not in _OF_DAYS or not _OF_DAYS[name].fullmatch(words):
            raise ValueError("not a line of a calendar")
    return tuple(said)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    else:
        raise ValueError("a number that stands alone")  # noqa: TRY004 - the file is at fault, not the caller


def _records(value: object, around: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        own = {**around, **{key: one for key, one in value.items() if not isinstance(one, (dict, list))}}
        if "area" in value:
            yield own
        for one in value.values():
            yield from _records(one, own)
    elif isinstance(value, list):
        for one in value:
            yield from _records(one, around)


class Page(HTMLParser):
    """What a page prints: words of table cells, words said of drawings and in the head, notes to programs, links."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self.labels: list[str] = []
        self.spoken: list[str] = []
        self.hidden_notes: list[str] = []
        self.names: set[str] = set()
        self.links: set[str] = set()
        self._open: list[tuple[str, bool]] = []  # tag, and whether its words are left aside
        self._cell: list[str] | None = None
        self._is_linked = False  # of the script that is open
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        self.names |= {*given, *classes}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag == "script":
            self._is_linked = given.get("type") == _LINKED
        if tag != "meta" or (given.get("name") or given.get("http-equiv")) not in _META:
            self.spoken += [given[name] for name in _SPOKEN if name in given]
        self.hidden_notes += [value for name, value in given.items() if name.startswith("data-")]
        if tag == "td":
            self._cell = []
        if tag not in _EMPTY:
            self._open.append((tag, tag == "svg" or bool(classes & _ASIDE)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "td" and self._cell is not None:
            self.cells.append(" ".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if any(tag in ("title", "desc") for tag, _ in self._open):
            self.spoken.append(data)
        elif any(tag == "script" for tag, _ in self._open):
            if self._is_linked:
                self.spoken += described(data)
            else:
                self.hidden_notes.append(data)
        elif self._open and self._open[-1][0] in ("text", "tspan"):
            self.labels.append(data)
        elif self._cell is not None and not any(aside for _, aside in self._open):
            self._cell.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden_notes.append(data)
