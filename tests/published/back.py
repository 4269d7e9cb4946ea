"""Every form of the releases read back from the built site, by libraries and readers that share nothing with its writers.

The truth is the package of a release in the repository, read as plain text. Tables are held against it; forms made from
tables are held against the tables, cell by cell. A cell is its number without the noughts at its end, or the letter that
stands for none.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import frictionless
import icalendar
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
from csvw import CSVW
from rdflib import RDF, Graph, Namespace

from tests.building import ROOT
from tests.published.test_api import shape, validator
from tests.published.test_data_page import snippets_of

Row = dict[str, str]
Key = tuple[str, str, str]  # indicator, area, period
RELEASES = ROOT / "datapackages/releases"
TABLE = "observations.csv"
NUMBERS = ("numerator", "denominator", "value", "lower_95", "upper_95", "neighbours_median")
TYPED = {*NUMBERS, "neighbours_used"}
REASONS = {
    "numerator": "numerator_withheld", "denominator": "denominator_withheld", "value": "withheld", "lower_95": "withheld",
    "upper_95": "withheld",
}  # fmt: skip
HIDDEN, NONE = "c", "z"
DCAT, SPDX = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://spdx.org/rdf/terms#")


@dataclass
class Tally:
    """What was met on the way: ``wrong`` holds the first few places where a form differs."""

    files: int = 0
    cells: int = 0
    hidden: int = 0
    differing: int = 0
    wrong: list[tuple[object, ...]] = field(default_factory=list)

    def meet(self, got: str, want: str, *place: object) -> None:
        """One cell beside the one that it should be."""
        self.cells += 1
        self.hidden += want == HIDDEN
        self.require(got == want, got, want, *place)

    def require(self, holds: bool, *place: object) -> None:
        """Something that is no cell and yet has to hold."""
        if not holds:
            self.differing += 1
            self.wrong = [*self.wrong, place][:5]


def number(held: object) -> str:
    """A number, without the noughts at its end; nothing for nothing."""
    return "" if held in ("", None) else _plainly(str(held))


@cache
def _plainly(text: str) -> str:
    return f"{Decimal(text).normalize():f}"


def rows_of(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


class Truth:
    """A release as its package in the repository has it. ``rows``: as written; ``counts``: indicator, area, period and
    measure to every cell of them, of which a total has one for each set of areas."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = rows_of((RELEASES / name / TABLE).read_bytes())
        self.counts: dict[tuple[str, ...], set[str]] = {}
        for row in self.rows:
            if row["breakdown"] == "total":
                place = tuple(row[part] for part in ("indicator", "area", "period", "measure"))
                self.counts.setdefault(place, set()).add(number(row["value"]) or row["withheld"])
        heads = rows_of((RELEASES / name / "indicators.csv").read_bytes())
        self.multiplier = {row["indicator"]: Decimal(row["multiplier"]) for row in heads}


# ---- the observations: every column of every row


def observations(tally: Tally, truth: Truth, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows in a form of the whole table beside those of the package, in the same order."""
    typed = {"value", "definition_version"}
    found = list(rows)
    tally.require(len(found) == len(truth.rows), truth.name, "rows")
    for got, want in zip(found, truth.rows, strict=False):
        tally.require(list(got) == list(want), truth.name, "columns")
        for name, text in want.items():
            held = number(got[name]) if name in typed else got[name] or ""
            tally.meet(held, number(text) if name in typed else text, truth.name, name, got)


def in_package(tally: Tally, truth: Truth, folder: Path) -> None:
    """frictionless: the descriptor with every table of the package is valid."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    tally.require(report.valid, truth.name, "not valid")
    package = frictionless.Package(str(folder / "datapackage.json"))
    tally.files += len(package.resources)
    table = package.get_table_resource(TABLE.removesuffix(".csv"))
    observations(tally, truth, (row.to_dict() for row in table.read_rows()))


def in_csvw(tally: Tally, truth: Truth, folder: Path) -> None:
    """csvw: finds the metadata beside the table, checks the one by the other, and types each cell."""
    found = CSVW(str(folder / TABLE), validate=True)
    tally.require(found.is_valid, truth.name, "not valid")
    tally.files += 1
    observations(tally, truth, found.tables[0])


def in_parquet(tally: Tally, truth: Truth, folder: Path) -> None:
    """pyarrow."""
    for path in sorted(folder.glob("parquet/*.parquet")):
        tally.files += 1
        observations(tally, truth, pq.read_table(path).to_pylist())


# ---- tables of pages


def tables(folder: Path) -> dict[Path, list[Row]]:
    """The tables of indicators and of areas."""
    found = {path: rows_of(path.read_bytes()) for path in sorted(folder.glob("csv/**/*.csv"))}
    return {path: rows for path, rows in found.items() if rows and {*NUMBERS, *REASONS.values()} <= rows[0].keys()}


def by_key(folder: Path) -> dict[Key, Row]:
    """Every row of the tables of indicators."""
    return {
        (row["indicator"], row["area"], row["period"]): row
        for path, rows in tables(folder).items()
        if path.parent.name == "csv"
        for row in rows
    }


def cell(row: Mapping[str, str], name: str) -> str:
    """The number of a row, or the letter in its place."""
    return number(row[name]) or row.get(REASONS.get(name, ""), "") or NONE


def in_tables(tally: Tally, truth: Truth, folder: Path) -> None:
    """The counts are those of the package, values follow from them, and nothing stands beside a hidden count."""
    for path, rows in tables(folder).items():
        tally.files += 1
        for row in rows:
            counts = {measure: cell(row, measure) for measure in ("numerator", "denominator")}
            for measure, got in counts.items():
                known = truth.counts.get((row["indicator"], row["area"], row["period"], measure))
                if known is not None:
                    tally.meet(got, got if got in known else min(known), path.name, measure, row)
            if HIDDEN in counts.values():
                beside = [row[name] for name in ("value", "lower_95", "upper_95")]
                tally.require(not any(beside) and row["withheld"] == HIDDEN, path.name, row)
            elif row["value"]:
                tally.meet(number(row["value"]), _value(row, truth), path.name, "value", row)


def _value(row: Row, truth: Truth) -> str:
    """The value that follows from the counts, rounded half up to the places that are printed."""
    value, places = Decimal(row["numerator"]), Decimal(row["value"]).as_tuple().exponent
    if row["denominator"]:
        value = value * truth.multiplier[row["indicator"]] / Decimal(row["denominator"])
    return number(value.quantize(Decimal((0, (1,), int(places))), ROUND_HALF_UP))


# ---- what is made from the tables


def beside(tally: Tally, known: Mapping[Key, Row], key: Key, cells: Mapping[str, str], place: str) -> None:
    """A record in another form beside the row of the table."""
    tally.require(key in known, place, key)
    for name, got in cells.items() if key in known else ():
        tally.meet(got, cell(known[key], name), place, key, name)


def in_json(tally: Tally, truth: Truth, folder: Path) -> None:
    """json and jsonschema: every file keeps to the published schema. A record that a schema cannot tell from one before is
    not checked by it again."""
    known, seen = by_key(folder), set[tuple[object, ...]]()
    published = (folder.parents[1] / "schemas/lsb-1.json").read_bytes()
    for path in sorted(folder.glob("api/**/*.json")):
        tally.files += 1
        tree = json.loads(path.read_bytes())
        series = tree.get("series", [])
        for one in series:
            given = (one["indicator"] if "indicator" in one else tree["indicator"], one["area"], one["period"])
            beside(tally, known, given, dict(_of_record(one)), path.name)
        unlike = {like: one for one in series if (like := shape(tree["kind"], one)) not in seen}
        seen |= unlike.keys()
        few = {**tree, "series": list(unlike.values())} if series else tree
        tally.require(validator(published, tree["kind"]).is_valid(few), truth.name, path.name)


def _of_record(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    reasons = {
        **REASONS, "lower_95": "limits_withheld", "upper_95": "limits_withheld", "neighbours_median": "neighbours_withheld"
    }  # fmt: skip
    for name, reason in reasons.items():
        yield name, number(one[name]) or one[reason]


def in_workbooks(tally: Tally, truth: Truth, folder: Path) -> None:
    """openpyxl: the sheets of figures, each cell a number or a letter in brackets."""
    known = by_key(folder)
    for path in sorted(folder.glob("xlsx/**/*.xlsx")):
        tally.files += 1
        book = openpyxl.load_workbook(path, read_only=True)
        for name in ("Latest", "All periods"):
            rows = list(book[name].iter_rows(values_only=True))
            top = next(place for place, row in enumerate(rows) if str(row[0]).startswith("Area\n"))
            head = [str(text).partition("\n")[0].lower().replace(" ", "_") for text in rows[top]]
            for row in rows[top + 1 :]:
                one = dict(zip(head, row, strict=True))
                cells = {name: _shown(one[name]) for name in NUMBERS if name in one}
                beside(tally, known, (str(one["indicator"]), str(one["area"]), str(one["period"])), cells, path.name)


def _shown(held: object) -> str:
    """A mark in brackets as its letter."""
    return held.strip("[]") if isinstance(held, str) else number(held)


def in_pairs(tally: Tally, truth: Truth, folder: Path) -> None:
    """csv, with a reading of our own of how the department writes times and places."""
    known, codes = by_key(folder), names_of_pairs()
    for path in sorted(folder.glob("ees/*.csv")):
        tally.files += 1
        stem = path.name.removesuffix(".csv").removeprefix("illustrative_").removesuffix("_annual")
        for row in rows_of(path.read_bytes()) if not stem.endswith(".meta") else ():
            area = row["new_la_code"] or row["region_code"]
            periods = times(row["time_period"], row["time_identifier"])
            key = next((k for p in periods if (k := (codes[stem], area, p)) in known), (codes[stem], area, periods[0]))
            beside(tally, known, key, dict(_of_pair(row)), path.name)


def names_of_pairs() -> dict[str, str]:
    """What a pair is called, to the code of its indicator."""
    heads = (path.read_text().split("+++")[1] for path in (ROOT / "content/indicators").glob("*.md"))
    return {head["ees"]: head["code"] for head in map(tomllib.loads, heads) if head.get("ees")}


def times(period: str, identifier: str) -> list[str]:
    """Our periods that a time of the department may be: a quarter of a snapshot is the day it ends with."""
    year, financial = period[:4], f"{period[:4]}-{period[4:]}"
    if identifier.startswith("Financial year Q"):
        part = identifier[-1]
        ends = {"1": f"{year}-06-30", "2": f"{year}-09-30", "3": f"{year}-12-31", "4": f"{int(year) + 1}-03-31"}
        return [f"{financial}-Q{part}", ends[part]]
    return {
        "Financial year": [financial], "Reporting year": [f"{year}-03-31"], "Calendar year": [year],
        "Academic year": [f"{year}/{period[4:]}"],
    }[identifier]  # fmt: skip


def _of_pair(row: Row) -> Iterator[tuple[str, str]]:
    columns = list(row)[10:]  # behind those of time and place
    if len(columns) == 1:  # a count, which is the value
        yield "value", _letter(row[columns[0]])
        return
    for name, column in zip(NUMBERS, columns, strict=False):
        yield name, _letter(row[column])


def _letter(text: str) -> str:
    return text if text.isalpha() else number(text)


# ---- the lines that the page of data prints


def by_lines(tool: str, load: Callable[[str], Iterable[Mapping[str, Any]]]) -> Callable[[Tally, Truth, Path], None]:
    """A reader that runs a tool's lines on every table of an indicator. ``load``: from the lines to the rows."""

    def reader(tally: Tally, truth: Truth, folder: Path) -> None:
        code = snippets_of(folder.parents[1])[tool]
        (named,) = re.findall(r"/[^\"']+\.csv", code)
        for path, rows in tables(folder).items():
            if path.parent.name == "csv":
                tally.files += 1
                found = [_plain(row) for row in load(code.replace(named, path.as_posix()))]
                tally.require(len(found) == len(rows), path.name, "rows")
                for got, want in zip(found, map(_plain, rows), strict=False):
                    tally.require(got == want, path.name, got, want)
                    for name in NUMBERS:
                        tally.meet(cell(got, name), cell(want, name), path.name, name)

    return reader


def _plain(row: Mapping[str, Any]) -> Row:
    """A row with every number in one form."""
    return {name: number(held) if name in TYPED else held or "" for name, held in row.items()}


def with_pandas(code: str) -> Iterable[Mapping[str, Any]]:
    """pandas: what it has for no value becomes None."""
    held: dict[str, Any] = {}
    exec(code, held)
    figures = held["figures"].astype(object)
    found: list[dict[str, Any]] = figures.where(pd.notna(figures), None).to_dict("records")
    return found


def with_duckdb(code: str) -> Iterable[Mapping[str, Any]]:
    """DuckDB, in a database of its own."""
    with duckdb.connect() as base:
        base.execute(code)
        found = base.execute("SELECT * FROM figures")
        names = [one[0] for one in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# ---- what holds few figures or none


def in_feeds(tally: Tally, feeds: Mapping[str, bytes], truths: Mapping[str, Truth]) -> None:
    """feedparser: every revised figure that an entry tells, as the release printed it and as one before it did."""
    areas = {
        row["name"]: row["area_code"] for row in rows_of((ROOT / "datapackages/reference/areas/areas.csv").read_bytes())
    }
    names = "|".join(sorted(map(re.escape, areas), key=len, reverse=True))
    told = re.compile(rf"<p>({names}), [^<]*? \((\w+)\), ([-/\w]+), (\w+): ([\d,.]+) became ([\d,.]+)\.")
    for path, data in feeds.items():
        tally.files += 1
        feed = feedparser.parse(data)
        tally.require(not feed.bozo, path)
        for entry in feed.entries:
            name = next((one for one in truths if one in entry.id.split("/")), "")
            words = entry.content[0].value if "content" in entry else ""
            found = told.findall(words)
            tally.require(words.count(" became ") == len(found), path, entry.id)
            for area, code, period, measure, *pair in found:
                place = (code, areas[area], period, measure)
                _revised(tally, truths, name, place, [number(text.replace(",", "")) for text in pair])


def _revised(tally: Tally, truths: Mapping[str, Truth], name: str, place: tuple[str, ...], pair: Sequence[str]) -> None:
    earlier = list(truths)[: list(truths).index(name)]
    old = set[str]().union(*(truths[one].counts.get(place, set()) for one in earlier))
    for got, known in zip(pair, (old, truths[name].counts.get(place, set())), strict=True):
        tally.meet(got, got if got in known else "", name, place)
    newest = truths[list(truths)[-1]].counts.get(place, set())
    tally.require(HIDDEN not in newest, "hidden since", place)


def in_calendars(tally: Tally, site: Path) -> None:
    """icalendar: the days of the collection, one event a day of a round."""
    said = tomllib.loads((ROOT / "datapackages/reference/collection.toml").read_text())
    kinds = {"opens": "opens", "due": "due", "publishes": "release"}
    days = {
        (word, _id(one["period"])): one[kind] for one in said["rounds"] for kind, word in kinds.items() if kind in one
    }
    late = {(one["submitter"], _id(one["period"])): one["until"] for one in said.get("late", ())}
    for path in sorted(site.rglob("*.ics")):
        tally.files += 1
        slug = path.parent.name if path.parent != site else ""
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        events = {str(event["UID"]).partition("@")[0]: event.decoded("DTSTART") for event in calendar.walk("VEVENT")}
        tally.require(not calendar.errors and (bool(slug) or len(events) == len(days)), path.name)
        for name, day in events.items():
            kind, period = re.fullmatch(rf"(\w+)-[a-z-]+?-((?:ay)?\d{{4}}.*?)(?:-{slug})?", name).groups()  # type: ignore[union-attr]
            wanted = late.get((slug, period), days[kind, period]) if kind == "due" else days[kind, period]
            tally.meet(str(day), str(wanted), path, name)


def _id(period: str) -> str:
    """A period inside the name of an event; a school year is marked."""
    return f"ay{period.replace('/', '-')}" if "/" in period else period.lower()


def in_catalogue(tally: Tally, data: bytes, file: Callable[[str], bytes], base: str) -> None:
    """rdflib: the size and the checksum of every file that the catalogue names."""
    graph = Graph().parse(data=data, format="json-ld")
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        tally.files += 1
        path = str(graph.value(one, DCAT.downloadURL)).removeprefix(f"{base}/")
        held, checksum = file(path), graph.value(one, SPDX.checksum)
        tally.meet(str(graph.value(one, DCAT.byteSize)), str(len(held)), path, "size")
        tally.meet(str(graph.value(checksum, SPDX.checksumValue)), hashlib.sha256(held).hexdigest(), path, "checksum")
