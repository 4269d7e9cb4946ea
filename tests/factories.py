"""Tiny makers of indicators, cells, populations and sealed releases. Every figure is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from site_builder.published.points import Source
from site_builder.published.statistics import IndicatorData, indicator_data
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.ledger import FILE, load_ledger
from site_builder.release.package import CHECKSUMS, sha256, write_new
from site_builder.release.policy import EffectivePolicy, load_policy
from site_builder.release.reference import Populations, load_areas
from site_builder.release.releases import Note, Release, load_releases
from site_builder.release.sealing import seal
from site_builder.release.structure import Form, Structure
from site_builder.release.writing import package_files
from site_builder.vocabulary.areas import LONDON, Areas
from site_builder.vocabulary.indicators import Indicator, parse_indicator
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

ROOT = Path(__file__).parents[1]
CODE = "T1"
MARKS = ("c", "x", "z", "u", "low")
BOROUGHS = tuple(f"E09{number:06d}" for number in range(1, 34))
CITY, BARKING, BARNET = BOROUGHS[:3]
_PROSE = "\n\n".join(
    f"## {heading}\n\nInvented."
    for heading in ("What it measures", "Why it matters", "What it cannot tell you", "Questions to ask")
)
_SERIES = {"rate": 'denominator_series = "ons-mye/0-17"\nmultiplier = 10000\n', "count": "dp = 0\n"}


@cache
def areas() -> Areas:
    """The places of the reference package."""
    return load_areas(ROOT)


def indicator(kind: str = "proportion", *, versions: Iterable[tuple[str, str]] = (), compare: str = "") -> Indicator:
    """An invented indicator. ``versions``: first day and comparability of each definition after the first.
    ``compare``: lines of that table."""
    after = "".join(
        f'[[versions]]\nnumber = {number}\nfrom = {day}\ntext = "Invented."\ncomparability = "{how}"\n'
        for number, (day, how) in enumerate(versions, 2)
    )
    head = f"""code = "{CODE}"
title = "Children seen"
theme = "T1"
agency = "an agency"
stage = "protection"
tier = "outcome"
question = "how-well"
status = "agreed"
provenance = "reconstructed"
provenance_note = "Invented."
source = "borough"
polarity = "no-judgement"
polarity_source = "none"
collection_group = "a group"
[measure]
kind = "{kind}"
numerator = "children seen"
unit = "a unit"
{_SERIES.get(kind, "multiplier = 100" if kind == "proportion" else "")}
[period]
kind = "financial-quarter"
collected = "quarterly"
reported = "quarterly"
[compare]
{compare}
[[versions]]
number = 1
from = 2008-04-01
text = "Invented."
comparability = "none"
{after}"""
    return parse_indicator(f"+++\n{head}+++\n\n{_PROSE}\n", f"content/indicators/{CODE.lower()}-children-seen.md")


def cell(
    area: str, period: str, value: str, measure: str = "numerator", coverage: str = "all", status: str = ""
) -> Cell:
    """One cell; a mark such as ``c`` in the place of the value withholds it."""
    key = CellKey(CODE, 1, area, period, "total", measure, coverage)
    return Cell(key, "", value, status) if value in MARKS else Cell(key, value, "", status)


def counts(period: str, table: Mapping[str, tuple[str, str] | str]) -> list[Cell]:
    """Cells of one period: an area to its numerator, or to its numerator and denominator."""
    made = []
    for area, values in table.items():
        pair = (values,) if isinstance(values, str) else values
        made += [cell(area, period, v, m) for v, m in zip(pair, ("numerator", "denominator"), strict=False)]
    return made


def populations(people: Mapping[str, Mapping[int, int]]) -> Populations:
    """Estimates of children by area and year."""
    return Populations("invented", {(a, y, "0-17"): n for a, some in people.items() for y, n in some.items()})


def source(
    *,
    national: bool = False,
    coverage: Mapping[str, tuple[str, ...]] | None = None,
    states: Mapping[tuple[str, str, str], str] | None = None,
    notes: Mapping[tuple[str, str, str], str] | None = None,
    zeros: str = "show",
) -> Source:
    """Where invented cells come from."""
    kind = "published" if national else "synthetic"
    return Source(kind, "Invented", "2024-25-Q4", national, coverage or {}, states or {}, notes or {}, zeros)


def figures(
    cells: Iterable[Cell],
    of: Indicator | None = None,
    people: Mapping[str, Mapping[int, int]] | None = None,
    where: Source | None = None,
) -> IndicatorData:
    """The statistics of invented cells."""
    return indicator_data(
        PublicCells.of(cells), of or indicator(), areas(), populations(people or {}), where or source()
    )


def releases(folder: Path, *tables: tuple[Iterable[Cell], tuple[Note, ...]]) -> tuple[Release, ...]:
    """Sealed releases of one count, one after the other: cells and notes of each. Raises DisclosureRefusal for cells
    that are not safe."""
    form = Form("count", 1, "snapshots", EffectivePolicy(5, "show", 2))
    printed: dict[CellKey, str] = {}
    folder.mkdir(exist_ok=True)
    for number, (cells, notes) in enumerate(tables, 1):
        name, day = ReleaseId.parse(f"2024-25-Q{number}"), date(2024, 6 + number, 1)
        made = PublicCells.of(cells)
        hides = {c.key for c in made if c.withheld == "c"}
        revised = [
            c.key for c in made if (c.value and printed.get(c.key, c.value) != c.value) or c.key in hides & {*printed}
        ]
        printed |= {c.key: c.value for c in made if c.value}
        members = tuple(sorted({c.key.area for c in made} - {LONDON}))
        structure = Structure({LONDON: members}, {}, {}, {CODE: form})
        package = package_files(
            name, day, Classification.SYNTHETIC, made, structure, load_policy(ROOT), revised, notes, [], areas(), [], {}
        )
        write_new(folder / str(name), package)
        seal(folder / str(name), folder)
        digest = sha256((folder / str(name) / CHECKSUMS).read_bytes())
        (folder / FILE).write_bytes(load_ledger(folder).append(name, digest, day).to_bytes())
    return load_releases(folder)
