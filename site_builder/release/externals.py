"""Figures that others printed of our counts: the department's series, and whatever else is known to be public.

A reader holds them beside ours, so they are facts of the attack. They are never joined to invented counts, which are
about nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from site_builder.release.bases import DENOMINATOR, NUMERATOR
from site_builder.release.cells import Cell, CellKey
from site_builder.release.disclosures import Interval, Statement, Term, of_percentage, of_rate, rounded
from site_builder.release.reconciliation import ROUNDED_TO
from site_builder.release.releases import NationalPackage
from site_builder.release.tables import Row, csv_rows
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Indicator

FILE = "datapackages/reference/externals.csv"
COLUMNS = ("indicator", "area", "period", "measure", "form", "printed", "of", "source", "published_on")
FORMS = ("exact", "rounded", "rate", "percentage")


def twins(
    catalogue: Mapping[str, Indicator], national: Sequence[NationalPackage], keys: Iterable[CellKey]
) -> tuple[Statement, ...]:
    """What national packages print of the counts of a release, in the intervals that their rounding leaves.

    ``keys``: the counts that the release has. Counts of authorities are exact, those of regions are to the nearest 10.
    """
    ours = _by_place(keys)
    found: dict[str, Statement] = {}
    for package in national:
        for cell in package.cells:
            for code in _codes(catalogue, cell.key.indicator):
                key = ours.get((code, cell.key.area, cell.key.period, cell.key.measure))
                if key and cell.value.isdigit():
                    source = f"{package.publisher}, {package.source} {package.release}, {cell.key.indicator}"
                    ends = _printed(cell, catalogue[code].disclosure.external_tolerance)
                    name = f"{source}: {code} {key.area} {key.period} {key.measure}"
                    found[name] = Statement(name, source, (Term(key, 1),), *ends)
    return tuple(found[name] for name in sorted(found))


def _codes(catalogue: Mapping[str, Indicator], series: str) -> Iterator[str]:
    return (code for code, indicator in catalogue.items() if series in indicator.disclosure.external)


def _by_place(keys: Iterable[CellKey]) -> dict[tuple[str, str, str, str], CellKey]:
    """Keys, over all boroughs of a total, by indicator, area, period and measure."""
    return {(key.indicator, key.area, key.period, key.measure): key._replace(coverage="all") for key in keys}


def _printed(cell: Cell, tolerance: int) -> Interval:
    value = int(cell.value)
    ends = Interval(value, value) if cell.key.area.startswith("E0") else rounded(value, ROUNDED_TO)
    return Interval(max(0, ends.least - tolerance), ends.most + tolerance)


def known_facts(root: Path, catalogue: Mapping[str, Indicator], keys: Iterable[CellKey]) -> tuple[Statement, ...]:
    """Single figures that became public elsewhere, from ``datapackages/reference/externals.csv``: an answer to a request
    for information, a report, a newspaper. None where there is no such file. Raises ConfigurationError."""
    path = root / FILE
    if not path.exists():
        return ()
    ours = _by_place(keys)
    try:
        rows = csv_rows(path.read_bytes())
        return tuple(statement for row in rows for statement in _fact(row, catalogue, ours))
    except (KeyError, ValueError, ZeroDivisionError) as error:
        raise mistake(FILE, "A figure that is known elsewhere cannot be read.", "Mend it; see its columns.") from error


def _fact(
    row: Row, catalogue: Mapping[str, Indicator], ours: Mapping[tuple[str, str, str, str], CellKey]
) -> Iterable[Statement]:
    if row["form"] not in FORMS or row["measure"] not in (NUMERATOR, DENOMINATOR):
        raise ValueError("an unknown form or measure")
    key = ours.get((row["indicator"], row["area"], row["period"], row["measure"]))
    if key is None:
        return ()
    source = f"{row['source']}, {row['published_on']}"
    name = f"{source}: {key.indicator} {key.area} {key.period} {key.measure}"
    if row["form"] == "percentage":
        return of_percentage(name, source, row["printed"], key, key._replace(measure=DENOMINATOR))
    return (Statement(name, source, (Term(key, 1),), *_interval(row, catalogue[key.indicator])),)


def _interval(row: Row, indicator: Indicator) -> Interval:
    match row["form"]:
        case "rounded":
            return rounded(int(row["printed"]), int(row["of"]))
        case "rate":
            return of_rate(row["printed"], int(row["of"]), indicator.measure.multiplier)
        case _:
            return Interval(int(row["printed"]), int(row["printed"]))


def told_exactly(told: Iterable[Statement]) -> frozenset[CellKey]:
    """The counts that another publisher prints to the last digit: hiding them would hide nothing."""
    return frozenset(one.terms[0].key for one in told if len(one.terms) == 1 and one.least == one.most)
