"""The pair of files of the DfE's open-data service, Explore Education Statistics: a data file and its metadata.

One pair an indicator and kind of period, since kinds never share a file. The shape is the service's, so that a file can
be dropped beside the department's own; ``screen.py`` says what the service asks of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.published.downloads.table import HEADER, Row
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Area, Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Indicator, Kind
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.symbols import Withheld

TIME = ("time_period", "time_identifier")
PLACE = (
    "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "old_la_code", "new_la_code", "la_name",
)  # fmt: skip
META = (
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp",
    "filter_hint", "filter_grouping_column", "filter_default",
)  # fmt: skip
COUNTRY = ("E92000001", HERE.country)
LONGEST_NAME = 40
_INVENTED, _YEARS = "illustrative_", "_annual"
_QUARTERS = {1: "Financial year Q1", 2: "Financial year Q2", 3: "Financial year Q3", 4: "Financial year Q4"}
_HALVES = {1: "Part 1 (April to September)", 2: "Part 2 (October to March)"}
_COLUMN = {name: place for place, name in enumerate(HEADER)}


class Pair(NamedTuple):
    """A data file and its metadata: the name without an ending, and the bytes of both."""

    name: str
    data: bytes
    meta: bytes


class Column(NamedTuple):
    """An indicator column. ``source``: the columns of our table with its number and, beside it, why there is none."""

    name: str
    label: str
    unit: str
    dp: int
    source: tuple[str, str]


def pairs(
    indicator: Indicator, areas: Areas, rows: Mapping[str, Sequence[Row]], *, invented: bool = False
) -> tuple[Pair, ...]:
    """The pairs of an indicator. ``rows``: area to its rows, as ``rows_by_area`` gives them; ``invented``: whether names
    and labels say that the figures are."""
    every = [Period.parse(row[_COLUMN["period"]]) for some in rows.values() for row in some]
    yearly = all(period.kind is not PeriodKind.SNAPSHOT or period.end.month == _MARCH for period in every)
    columns = columns_of(indicator)
    meta = csv_bytes(META, [_described(column, "Illustrative: " if invented else "") for column in columns])
    found = []
    for kind, name in pair_names(indicator, every, invented=invented).items():
        ordered = sorted(
            (
                (*_time(period, yearly), *_place(areas.by_code[area], areas), *(_value(one, row) for one in columns))
                for area, some in rows.items()
                for row in some
                if _kind(period := Period.parse(row[_COLUMN["period"]])) == kind
            ),
            key=lambda line: (line[0], line[1], _LEVELS.index(line[2]), line[5], line[8]),
        )
        data = csv_bytes((*TIME, *PLACE, *(column.name for column in columns)), ordered)
        found.append(Pair(name, data, meta))
    return tuple(found)


def pair_names(indicator: Indicator, periods: Iterable[Period], *, invented: bool) -> dict[str, str]:
    """The kinds of period that stand in pairs of their own, each with the name of its pair, in order."""
    kinds = sorted({_kind(period) for period in periods})
    stem = (_INVENTED if invented else "") + indicator.ees
    return {kind: stem + (_YEARS if kind == _YEARLY and len(kinds) > 1 else "") for kind in kinds}


_LEVELS = ("National", "Regional", "Local authority")
_YEARLY, _PARTLY = "years", "parts of years"  # the service lets these stand in no file together
_MARCH = 3


def columns_of(indicator: Indicator) -> tuple[Column, ...]:
    """The indicator columns: the count, the base or population, and the value with its interval."""
    name, title, measure = indicator.ees, indicator.title, indicator.measure
    if measure.kind is Kind.COUNT:
        return (Column(f"{name}_count", title, "", 0, ("value", "withheld")),)
    count = Column(f"{name}_count", f"{title}: number", "", 0, ("numerator", "numerator_withheld"))
    base = ("denominator", "denominator_withheld")
    if measure.kind in SHARES:
        stem, unit, words = f"{name}_percent", "%", "percent"
        below = Column(f"{name}_base_count", f"{title}: out of", "", 0, base)
    elif measure.kind is Kind.RATE:
        stem, unit, words = f"{name}_rate_per_{measure.multiplier}", "", f"rate per {measure.multiplier:,}"
        below = Column("population_count", "Population", "", 0, base)
    else:
        stem, unit, words = f"{name}_ratio", "", "ratio"
        below = Column(f"{name}_base_count", f"{title}: out of", "", 0, base)
    value = Column(stem, f"{title}: {words}", unit, measure.dp, ("value", "withheld"))
    ends = [
        Column(f"{stem}_{end}", f"{title}: {end} limit", unit, measure.dp, (f"{end}_95", "withheld"))
        for end in ("lower", "upper")
    ]
    return (count, below, value, *(ends if indicator.compare.interval != "none" else ()))


def _described(column: Column, opening: str) -> tuple[str, ...]:
    return (column.name, "Indicator", opening + column.label, "", column.unit, str(column.dp), "", "", "")


def _kind(period: Period) -> str:
    parts = (PeriodKind.FINANCIAL_QUARTER, PeriodKind.FINANCIAL_HALF_YEAR, PeriodKind.SNAPSHOT)
    return _PARTLY if period.kind in parts else _YEARLY


def _time(period: Period, yearly: bool) -> tuple[str, str]:
    """``yearly``: whether every snapshot of the file is that of a 31 March."""
    first = period.year.start.year
    financial = f"{first}{(first + 1) % 100:02d}"
    match period.kind:
        case PeriodKind.FINANCIAL_QUARTER:
            return financial, _QUARTERS[period.part]
        case PeriodKind.FINANCIAL_HALF_YEAR:
            return financial, _HALVES[period.part]
        case PeriodKind.FINANCIAL_YEAR:
            return financial, "Financial year"
        case PeriodKind.ACADEMIC_YEAR:
            return f"{period.start.year}{period.end.year % 100:02d}", "Academic year"
        case PeriodKind.CALENDAR_YEAR:
            return str(period.start.year), "Calendar year"
        case PeriodKind.SNAPSHOT if yearly:
            return str(period.end.year), "Reporting year"
        case PeriodKind.SNAPSHOT:
            return financial, _QUARTERS[(period.end.month - 4) % 12 // 3 + 1]


def _place(area: Area, areas: Areas) -> tuple[str, ...]:
    if not area.is_borough:
        return "Regional", *COUNTRY, area.code, area.name, "", "", ""
    within = areas.by_code[area.region]
    return "Local authority", *COUNTRY, within.code, within.name, area.dfe_code, area.code, area.name


def _value(column: Column, row: Row) -> str:
    number, reason = (row[_COLUMN[name]] for name in column.source)
    if not number:
        return reason or Withheld.NOT_APPLICABLE.value
    whole, _, places = number.partition(".")
    return f"{whole}.{places:0<{column.dp}}" if column.dp else number
