"""Compare what a built site prints with its releases, by reading the site alone.

Imports nothing that hides, attacks, or draws: a mistake there must not be repeated here. What makes a picture of a drawing
is handed in, and its work is compared byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from site_builder.release.package import read_checksums, sha256
from site_builder.release.sweep import printed, sheets
from site_builder.release.sweep.columns import columns
from site_builder.release.sweep.known import Known
from site_builder.release.sweep.opened import Opened, opened
from site_builder.vocabulary.findings import Finding, Location, Severity, in_order
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rules import rule

MANIFEST = "MANIFEST.sha256"
_TELLING = re.compile(
    r"\b(?:primary|secondary)[-_ ](?:suppress|hid|hidden|cell|rule)|reason[-_]code|\bis[-_]primary\b", re.I
)
_STATISTICS = (f"{HERE.key}_value", "phi", "z", "z_adjusted")  # of a comparison with the usual variation
_RECONCILED = ("ours", "ours_rounded", "theirs", "difference", "carried", "our_rate", "their_rate", "comparisons")
_COUNTED = (
    "numerator", "denominator", "value", "expected", "lower_95", "upper_95", "neighbours_median",
    "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998",
)  # fmt: skip
_TALLIED = (  # how many figures of a release are, and how many boroughs sent one, as pages and tables of their own say
    "figures", "printed", "hidden", "returned", "late", "not_collected", "not_applicable", "not_returned", "not_due",
)  # fmt: skip
_AGREED = ("target", "target_upper")  # of a score card
_NUMBERS = (*_COUNTED, *_STATISTICS, *_RECONCILED, *_TALLIED, *_AGREED)
_SAID = {"feed": printed.entries, "calendar": printed.days}  # the words of what belongs to no table
_CHUNK = 40  # findings of one file that are told


@rule("D914", Severity.ERROR, "a file shows what no release does")
def stray(file: str, problem: str, place: str = "") -> Finding:
    """What it checks: every file of the built site, inside archives too, shows the figures of its release and nothing
    else: hidden ones are blank with the mark c, each figure has one form, and every number can be found in a download.

    Why it matters: a figure that is hidden in one file and stands in another is not hidden.

    Example: a chart's description still holds a number that the table beside it hides.

    How to fix: do not publish this folder. Build it again from the releases; if it comes back, tell the maintainers.
    """
    where = f" {place}." if place else ""
    return Finding("D914", Severity.ERROR, Location(file), f"{problem}{where}", "Do not publish this; build it again.")


RULES = (stray,)


@dataclass
class _Swept:
    """What the sweep has met. ``figures``: by table, the figures in it; pages are held against those they link to.
    ``drawings`` and ``pictures``: their bytes by name; a picture shows what the drawing of the same name does."""

    figures: dict[str, set[str]] = field(default_factory=dict)
    pages: list[_Read] = field(default_factory=list)
    drawings: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


class _Read(NamedTuple):
    """A page or drawing. ``tables``: those it links to or belongs to; ``numbers``: what it prints, ``heights``: what it
    draws."""

    name: str
    tables: frozenset[str]
    numbers: frozenset[str]
    heights: frozenset[Decimal] = frozenset()


def sweep(site: Path, known: Known, pictured: Callable[[bytes], bytes]) -> tuple[Finding, ...]:
    """Everything in a built site that its releases do not show, in order; none when it is clean.

    ``known``: the figures of the releases. ``pictured``: from a drawing to its picture, so that each picture is made anew
    from the drawing beside it, whose words were read; raises ValueError for what cannot be drawn. Reads each file once. Raises OSError when the folder cannot be read.
    """
    swept, found = _Swept(), list(_manifest(site))
    for one in opened(site):
        found += list(_file(one, known, swept))[:_CHUNK]
    every = frozenset().union(*swept.figures.values())
    for read in swept.pages:
        near = every if not read.tables else frozenset().union(*(swept.figures.get(one, ()) for one in read.tables))
        if read.numbers - near:
            found.append(stray(read.name, "This prints a number that is in none of its downloads."))
        elif read.heights and read.heights - {Decimal(figure) for figure in near}:
            found.append(stray(read.name, "This draws a number that is in none of its downloads."))
    found += [
        stray(name, problem)
        for name, picture in swept.pictures.items()
        if (problem := _unlike(picture, swept.drawings.get(f"{name.removesuffix('.png')}.svg"), pictured))
    ]
    return in_order(found)


def _unlike(picture: bytes, drawing: bytes | None, pictured: Callable[[bytes], bytes]) -> str:
    """Why a picture does not show its drawing; empty when it does."""
    if drawing is None:
        return "This picture has no drawing of its name beside it."
    try:
        return "" if pictured(drawing) == picture else "This picture is not the one of the drawing beside it."
    except ValueError:
        return "The drawing beside this picture cannot be drawn."


def _manifest(site: Path) -> Iterator[Finding]:
    """Files that the site's own list lacks, or that differ from it."""
    listed = read_checksums((site / MANIFEST).read_bytes()) if (site / MANIFEST).is_file() else {}
    here = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file() or path.is_symlink()}
    here.pop(MANIFEST, None)
    for name in sorted(set(listed) ^ set(here)):
        yield stray(name, "This file is not in the list of the site's files, or is missing.")
    for name in sorted(set(listed) & set(here)):
        if sha256(here[name].read_bytes()) != listed[name]:
            yield stray(name, "This file is not the one that was built.")


def _file(one: Opened, known: Known, swept: _Swept) -> Iterator[Finding]:
    if one.kind is None:
        yield stray(one.name, "This file is of a kind that the sweep cannot open.")
        return
    try:
        match one.kind:
            case "table":
                yield from _table(one, known, swept)
            case "tree":
                yield from _records(one.name, printed.records(one.data), known)
                _chart(one, swept)
            case "page" | "drawing":
                yield from _page(one, known, swept)
            case "picture":
                swept.pictures[one.name] = one.data
                if printed.parts(one.data) - printed.SILENT:
                    yield stray(one.name, "This picture holds more than a picture.")
            case "feed" | "calendar":
                _told(one, _SAID[one.kind](one.data), known, swept)
            case "workbook" | "columns" | "script":
                yield from _OTHERS[one.kind](one, known, swept)
            case _:
                one.data.decode()
    except (ValueError, RecursionError):
        yield stray(one.name, "This file cannot be read.")


def _table(one: Opened, known: Known, swept: _Swept) -> Iterator[Finding]:
    rows = list(printed.rows(one.data))
    yield from _records(one.name, rows, known)
    if rows and _TELLING.search(" ".join(rows[0])):
        yield stray(one.name, "A column tells why figures are hidden.")
    figures = swept.figures.setdefault(one.name, set())
    for row in rows:
        figures |= {row[name].lstrip("-") for name in _NUMBERS if row.get(name)}


def _records(name: str, records: Iterable[Mapping[str, Any]], known: Known) -> Iterator[Finding]:
    """What a file for machines says beside what the release says."""
    folder = PurePosixPath(name.partition("!")[0]).parts
    inside = folder[1] if len(folder) > 2 and folder[0] == "releases" else ""
    for record in records:
        release = str(record.get("release") or inside)
        problem = known.since(inside, record) if release != inside else None
        if problem is None:
            problem = known.change(record) if "old_value" in record else known.problem(release, record)
        if problem:
            place = ", ".join(str(record.get(key, "")) for key in ("indicator", "area", "period"))
            yield stray(name, problem, place)


def _told(one: Opened, words: Iterable[str], known: Known, swept: _Swept) -> None:
    """A file that belongs to no table: the numbers in its words may be in any."""
    swept.pages.append(_Read(one.name, frozenset(), frozenset(known.figures(one.name, words))))


def _workbook(one: Opened, known: Known, swept: _Swept) -> Iterator[Finding]:
    """The rows of its tables, its numbers beside those of the table of the same name, and its words."""
    made = sheets.read(one.data)
    yield from _records(one.name, made.records, known)
    if any(_TELLING.search(words) for words in made.words):
        yield stray(one.name, "The name of a part tells why figures are hidden.")
    table = one.name.replace("/xlsx/", "/csv/").removesuffix(".xlsx") + ".csv"
    heights = frozenset(Decimal(number) for number in made.numbers)
    swept.pages.append(_Read(one.name, frozenset({table}), frozenset(), heights))
    _told(one, made.words, known, swept)


def _chart(one: Opened, swept: _Swept) -> None:
    heights = printed.drawn(one.data)
    if heights:
        table = one.name.replace("/charts/", "/csv/").removesuffix(".vl.json") + ".csv"
        swept.pages.append(_Read(one.name, frozenset({table}), frozenset(), frozenset(heights)))


def _page(one: Opened, known: Known, swept: _Swept) -> Iterator[Finding]:
    page = printed.Page(one.data.decode())
    if any(_TELLING.search(word) for word in page.names):
        yield stray(one.name, "The name of a part tells why figures are hidden.")
    if any(printed.numbers(note, known.titles) for note in page.hidden_notes):
        yield stray(one.name, "A note for programs holds a number.")
    tables = frozenset(_target(one.name, link) for link in page.links if link.endswith(".csv"))
    told = known.figures(one.name, page.spoken + page.cells)
    labels = known.figures(one.name, page.labels)
    told |= {number for number in labels if not printed.is_round(number)}
    if one.kind == "drawing":
        swept.drawings[one.name] = one.data
    # A release's own page and its report set its figures beside those of the release before.
    above = PurePosixPath(one.name).parent.parts
    tables = frozenset() if one.kind == "drawing" or (above[:1] == ("releases",) and len(above) < 3) else tables
    swept.pages.append(_Read(one.name, tables, frozenset(told)))


def _script(one: Opened, known: Known, swept: _Swept) -> Iterator[Finding]:
    """Data prints every number in its strings, and none beside them; the words of code may hold small round ones. So may
    the index of the search: it holds words alone, those of the glossary on how figures are hidden among them."""
    strings = printed.script(one.data.decode())
    index = one.name.startswith("assets/search-index.")
    if ("-data." in one.name or index) and not strings.is_data:
        yield stray(one.name, "This file is called data and holds code.")
    if not index and any(_TELLING.search(words) for words in strings.words):
        yield stray(one.name, "The name of a part tells why figures are hidden.")
    told = known.figures(one.name, strings.words)
    told = told if strings.is_data and not index else {number for number in told if not printed.is_round(number)}
    swept.pages.append(_Read(one.name, frozenset(), frozenset(told)))


def _columns(one: Opened, known: Known, _: _Swept) -> Iterator[Finding]:
    yield from _records(one.name, columns(one.data), known)


_OTHERS = {"workbook": _workbook, "columns": _columns, "script": _script}


def _target(page: str, link: str) -> str:
    """The path that a link on a page leads to."""
    parts: list[str] = []
    for part in (*PurePosixPath(page).parent.parts, *PurePosixPath(link).parts):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
