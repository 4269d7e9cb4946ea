"""Publishers' files spoilt in many ways, and what the importer makes of them.

``python -m tests.imports.spoil --count 20000`` says how each kind came out. A spoilt file is refused, or every figure in
the package stands in the spoilt file, in the cell that an independent reader finds by its names: no number is changed
unseen. Where the kind changes no cell, the package must be that of the whole file.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from site_builder.imports.cells import read_sheet
from site_builder.imports.mapping_files import parse_mapping
from site_builder.imports.mappings import Release
from site_builder.imports.places import Places
from site_builder.imports.registry import FORMS
from site_builder.imports.releases import Context
from site_builder.release.reference import Populations
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.findings import blocks
from tests.imports import test_fingertips, test_open_sdg, world

Table = list[list[str]]
Spoil = Callable[[bytes, random.Random], bytes]


def table_of(data: bytes) -> Table:
    return [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) if row]


def bytes_of(table: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue().encode()


def _on_table(change: Callable[[Table, random.Random], None]) -> Spoil:
    def spoil(data: bytes, rng: random.Random) -> bytes:
        table = table_of(data)
        change(table, rng)
        return bytes_of(table)

    return spoil


def _flip(data: bytes, rng: random.Random) -> bytes:
    raw = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def _lose_bytes(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randint(1, 6) :]


def _more_bytes(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _line_ends(data: bytes, rng: random.Random) -> bytes:
    return rng.choice((b"", b"\xef\xbb\xbf")) + data.replace(b"\r\n", b"\n").replace(
        b"\n", rng.choice((b"\r\n", b"\r"))
    )


def _rename(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table[0]))
    name = table[0][at]
    table[0][at] = rng.choice((name.swapcase(), name + " ", name[:-1], "Other", "", rng.choice(table[0])))


def _drop_column(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table[0]))
    for row in table:
        del row[at]


def _twice_column(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table[0]))
    for row in table:
        row.insert(at, row[at])


def _move_columns(table: Table, rng: random.Random) -> None:
    order = rng.sample(range(len(table[0])), len(table[0]))
    table[:] = [[row[at] for at in order] for row in table]


def _shuffle(table: Table, rng: random.Random) -> None:
    rest = table[1:]
    rng.shuffle(rest)
    table[1:] = rest


def _drop_row(table: Table, rng: random.Random) -> None:
    del table[rng.randrange(1, len(table))]


def _twice_row(table: Table, rng: random.Random) -> None:
    table.append(list(table[rng.randrange(1, len(table))]))


def _cell(table: Table, rng: random.Random) -> tuple[list[str], int]:
    row = table[rng.randrange(1, len(table))]
    return row, rng.randrange(len(row))


ODD = (
    "",
    "c",
    "x",
    "z",
    ":",
    "~",
    "..",
    "-",
    "NA",
    "nan",
    "inf",
    "1e3",
    "1,5",
    "007",
    "-1",
    "0",
    "٣",
    "5.",
    ".5",
    "12",
    "7.25",
)


def _odd_cell(table: Table, rng: random.Random) -> None:
    row, at = _cell(table, rng)
    row[at] = rng.choice(ODD)


def _other_cell(table: Table, rng: random.Random) -> None:
    row, at = _cell(table, rng)
    row[at] = rng.choice(table[1:])[at]


def _swap_cells(table: Table, rng: random.Random) -> None:
    row, at = _cell(table, rng)
    other = rng.randrange(len(row))
    row[at], row[other] = row[other], row[at]


HARMLESS = {"rows shuffled": _on_table(_shuffle), "columns moved": _on_table(_move_columns), "line ends": _line_ends}
KINDS: dict[str, Spoil] = HARMLESS | {
    "bytes flipped": _flip,
    "bytes lost": _lose_bytes,
    "bytes put in": _more_bytes,
    "file cut": _cut,
    "column renamed": _on_table(_rename),
    "column lost": _on_table(_drop_column),
    "column twice": _on_table(_twice_column),
    "row lost": _on_table(_drop_row),
    "row twice": _on_table(_twice_row),
    "cell made odd": _on_table(_odd_cell),
    "cell of another row": _on_table(_other_cell),
    "cells swapped": _on_table(_swap_cells),
}


class Source(NamedTuple):
    """Where the figures of a series and measure stand: the column, and what other columns say in their rows."""

    series: str
    measure: str
    column: str
    where: Mapping[str, str]


@dataclass(frozen=True)
class Subject:
    """A form to be tried. ``tables``: the whole files; ``spoilt``: which of them is. ``address``: the columns of time
    and place, given a period and an area; ``symbols``: what a withheld cell may be printed as."""

    form: str
    release: Release
    context: Context
    tables: Mapping[str, bytes]
    spoilt: str
    sources: tuple[Source, ...]
    address: Callable[[Mapping[str, str], str, str], bool]

    def run(self, data: bytes) -> list[dict[str, str]] | None:
        """The observations, or None when the file is refused."""
        sheets = {name: read_sheet(data if name == self.spoilt else whole) for name, whole in self.tables.items()}
        if any(sheet is None or sheet.broken for sheet in sheets.values()):
            return None
        made = FORMS[self.form].make(self.release, {n: s for n, s in sheets.items() if s}, self.context, "mapping.toml")
        return None if blocks(made[0]) else list(csv_rows(made[1]["observations.csv"]))

    def differs(self, data: bytes, observations: Sequence[Mapping[str, str]]) -> str:
        """What is in the package and not in the file; empty when all of it is."""
        header, *rows = table_of(data)
        read = [dict(zip(header, row, strict=True)) for row in rows]
        for one in observations:
            for source in self.sources:
                if (one["indicator"], one["measure"]) == (source.series, source.measure):
                    cells = {
                        row[source.column].strip(" ")
                        for row in read
                        if self.address(row, one["period"], one["area"])
                        and all(row.get(column) == text for column, text in source.where.items())
                    }
                    if len(cells) != 1 or not _same(one, cells.pop()):
                        return f"{source.series} {source.measure}"
        return ""


def _same(one: Mapping[str, str], cell: str) -> bool:
    return cell == one["value"] if one["value"] else not any(figure.isdigit() for figure in cell)


def outcome(subject: Subject, kind: str, seed: int) -> str:
    """``refused``, ``same`` or ``follows the file``; anything else is a mistake of the importer."""
    whole = subject.tables[subject.spoilt]
    data = KINDS[kind](whole, random.Random(f"{subject.form} {kind} {seed}"))
    made = subject.run(data)
    if made is None:
        return "refused"
    if made == clean(subject.form):
        return "same"
    if kind in HARMLESS:
        return "CHANGED BY WHAT CHANGES NOTHING"
    odd = subject.differs(data, made)
    return f"CHANGED UNSEEN: {odd}" if odd else "follows the file"


@cache
def clean(form: str) -> list[dict[str, str]]:
    subject = subjects()[form]
    made = subject.run(subject.tables[subject.spoilt])
    assert made
    assert not subject.differs(subject.tables[subject.spoilt], made)
    return made


@cache
def subjects() -> dict[str, Subject]:
    return {one.form: one for one in (_ees(), _fingertips(), _open_sdg())}


def _year(period: str) -> str:
    """The reporting year of ``2020-21`` or ``2021-03-31``."""
    return period[:4] if len(period) == 10 else str(int(period[:4]) + 1)


def _ees() -> Subject:
    places = Places.of(csv_rows(world.AUTHORITIES.encode()))
    codes = (*world.PLACES, world.REGION, world.ENGLAND)
    counts = {(code, year, "0-17"): world.population(code, year) for code in codes for year in range(2019, 2024)}
    mapping = world.MAPPING.format(plans="0" * 64, missing="0" * 64).replace(
        'same = [["plans.start", "missing.start"]]', ""
    )
    tables = {"plans": "\n".join(world.plans()).encode(), "missing": "\n".join(world.missing()).encode()}
    columns = (("N09a", "numerator", "Start"), ("N09a", "published", "Start_rate"), ("N17", "numerator", "Second"))

    def address(row: Mapping[str, str], period: str, area: str) -> bool:
        code = {"National": "country_code", "Regional": "region_code"}.get(row["geographic_level"], "new_la_code")
        there = {"E06000909": "E06000903"}.get(row[code], row[code])  # an alias of the fixture
        return (row["time_period"], there) == (_year(period), area)

    sources = tuple(Source(*one, {}) for one in columns)
    context = Context(places, {"mye-a": Populations("mye-a", counts)}, {})
    return Subject("ees", parse_mapping(mapping, "m"), context, tables, "plans", sources, address)


def _fingertips() -> Subject:
    ignored = str(test_fingertips.IGNORED).replace("'", '"')
    mapping = test_fingertips.MAPPING.format(sha256="0" * 64, ignored=ignored)
    rows = test_fingertips.rows()
    data = bytes_of([test_fingertips.COLUMNS, *([row[name] for name in test_fingertips.COLUMNS] for row in rows)])
    where = {"Indicator ID": "90284", "Sex": "Persons", "Age": "<15 yrs", "Category Type": "", "Category": ""}

    def address(row: Mapping[str, str], period: str, area: str) -> bool:
        return (row["Time period"].replace("/", "-"), row["Area Code"]) == (period, area) and row["Area Type"] != "ICBs"

    columns = (("numerator", "Count"), ("denominator", "Denominator"), ("published", "Value"))
    sources = tuple(Source("N90", *one, where) for one in columns)
    context = Context(Places.of(csv_rows(world.AUTHORITIES.encode())), {}, {})
    return Subject("fingertips", parse_mapping(mapping, "m"), context, {"injuries": data}, "injuries", sources, address)


def _open_sdg() -> Subject:
    mapping = test_open_sdg.MAPPING.format(data="0" * 64, meta="0" * 64, meta_path="meta/4-1-1.yml")
    release = parse_mapping(mapping, "m")

    def address(row: Mapping[str, str], period: str, area: str) -> bool:
        return (row["Year"], row["GeoCode"].strip(" ") or "XN") == (period, area)

    sources = (Source("N411", "published", "Value", {"Units": "Percentage", "Sex": ""}),)
    context = Context(test_open_sdg.places(), {}, {}, {"4-1-1": test_open_sdg.META.encode()})
    return Subject("open-sdg", release, context, {"4-1-1": test_open_sdg.DATA.encode()}, "4-1-1", sources, address)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many files of each form")
    count: int = parser.parse_args().count
    bad = 0
    for form, subject in subjects().items():
        for number, kind in enumerate(KINDS):
            seeds = range(number, count, len(KINDS))
            found = Counter(outcome(subject, kind, seed) for seed in seeds)
            bad += sum(many for word, many in found.items() if word.startswith("CHANGED"))
            print(f"{form:<11} {kind:<20} " + ", ".join(f"{word} {many}" for word, many in sorted(found.items())))
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
