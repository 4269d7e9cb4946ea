"""Whether our figures agree with the publisher's: rates worked out again, boroughs added up again, returns beside twins.

Everything is read from printed cells. A row with a hidden figure says so and holds no margin, because a margin beside a
hidden figure would narrow it. Invented returns are never held against real figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from site_builder.published.agreements import ADDED_UP, DENOMINATOR, NUMERATOR, RECOMPUTED, RETURNED, Outcome, Row
from site_builder.published.figures import padded
from site_builder.published.inputs import Inputs
from site_builder.published.known_differences import Known, refuse_stray
from site_builder.published.returned import returned
from site_builder.release.cells import PublicCells
from site_builder.release.reconciliation import (
    ROUNDED_TO,
    Agreement,
    Comparison,
    Count,
    compare_total,
    parts_of,
    rate_agrees,
    share_agrees,
)
from site_builder.release.reference import Populations
from site_builder.release.releases import NationalPackage
from site_builder.vocabulary.areas import ENGLAND, TOTALS, Areas
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up, half_up_to
from site_builder.vocabulary.symbols import Withheld

_CHILDREN = "0-17"
_PRINTED = "published"
_REGION = "E12"


class Group(NamedTuple):
    """What is counted together: a check, a series and measure, and the kind of place: authorities, regions (with
    England), boroughs, or the code of a total."""

    check: str
    indicator: str
    measure: str
    places: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """``rows``: those about places of this site, and every one that differs. ``tally``: all comparisons, those of
    places elsewhere in England too."""

    rows: tuple[Row, ...]
    tally: Mapping[Group, Counter[Outcome]]

    def differing(self) -> tuple[Row, ...]:
        """The rows in which two figures are not the same."""
        return tuple(row for row in self.rows if row.outcome.differs)


def reconcile(inputs: Inputs) -> Reconciliation:
    """Every comparison that can be made. Raises ConfigurationError for a known difference that is none."""
    rows: list[Row] = []
    for package in inputs.nationals:
        rows += _of_package(inputs, package)
    rows += [row for data in inputs.figures.values() for row in returned(inputs.figures, data)]
    told = refuse_stray(
        inputs.known, {(r.check, r.indicator, r.area, str(r.period)) for r in rows if r.outcome.differs}
    )
    rows = [_explained(row, told) for row in rows]
    tally: dict[Group, Counter[Outcome]] = {}
    for row in rows:
        group = Group(row.check, row.indicator, row.measure, _places(row))
        tally.setdefault(group, Counter())[row.outcome] += 1
    kept = tuple(row for row in rows if row.area in inputs.areas.by_code or row.outcome.differs)
    return Reconciliation(kept, tally)


def _explained(row: Row, told: Mapping[tuple[str, str, str, str], Known]) -> Row:
    entry = told.get((row.check, row.indicator, row.area, str(row.period)))
    if entry is None or not row.outcome.differs:
        return row
    return replace(row, outcome=Outcome.EXPLAINED, reason=entry.reason)


def _places(row: Row) -> str:
    if row.check == ADDED_UP:
        return row.area
    if row.check == RETURNED:
        return "boroughs"
    return "authorities" if _is_exact(row.area) else "regions"


def _is_exact(area: str) -> bool:
    """Whether counts are exact: those of regions and England are to the nearest 10."""
    return area not in (*TOTALS, ENGLAND) and not area.startswith(_REGION)


# ---- the cells of a national series


class Series(NamedTuple):
    """The printed cells of one national series. ``cells``: measure to period to area to what is printed, or why it is not."""

    indicator: Indicator
    cells: Mapping[str, Mapping[str, Mapping[str, str | Withheld]]]

    def number(self, measure: str, period: str, area: str) -> Count | None:
        found = self.cells.get(measure, {}).get(period, {}).get(area)
        return int(found) if isinstance(found, str) else found

    def counts(self, measure: str, period: str) -> dict[str, Count]:
        found = self.cells.get(measure, {}).get(period, {})
        return {area: int(text) if isinstance(text, str) else text for area, text in found.items()}


def cells_of(cells: PublicCells, catalogue: Mapping[str, Indicator]) -> tuple[Series, ...]:
    """The series of a package's cells. Raises KeyError for one that the catalogue lacks."""
    found: dict[str, dict[str, dict[str, dict[str, str | Withheld]]]] = {}
    columns = ("indicator", "measure", "period", "area", "value", "withheld")
    frame = cells.frame
    for code, measure, period, area, text, mark in zip(*(frame[c].tolist() for c in columns), strict=True):
        by_area = found.setdefault(code, {}).setdefault(measure, {}).setdefault(period, {})
        by_area[area] = Withheld(mark) if mark else text
    return tuple(Series(catalogue[code], held) for code, held in found.items())


def _of_package(inputs: Inputs, package: NationalPackage) -> Iterator[Row]:
    own = inputs.populations[package.population_vintage]
    others = [one for vintage, one in sorted(inputs.populations.items()) if vintage != package.population_vintage]
    for series in cells_of(package.cells, inputs.catalogue):
        yield from recomputed(series, own, others)
        yield from added_up(series, inputs.areas, own)


# ---- R1: a printed rate from its counts


def recomputed(series: Series, people: Populations, others: Iterable[Populations]) -> Iterator[Row]:
    """Each printed rate or percentage against the one that its own counts give. Places without a count, a population or
    a printed value are left out; hidden ones say so. ``others``: vintages that a rate might fit instead."""
    for period, areas in sorted(series.cells.get(_PRINTED, {}).items()):
        when = Period.parse(period)
        for area, shown in sorted(areas.items()):
            x, n = series.number(NUMERATOR, period, area), _divisor(series, people, area, when)
            given = (shown, x, n)
            row = Row(RECOMPUTED, series.indicator.code, "value", area, when, Outcome.HIDDEN, "", "", "")
            if Withheld.CONFIDENTIAL in given:
                yield replace(row, theirs=shown if isinstance(shown, str) else "")
            elif isinstance(shown, str) and isinstance(x, int) and isinstance(n, int) and n:
                yield _judged(row, series, (x, n, shown), others)


def _divisor(series: Series, people: Populations, area: str, when: Period) -> Count | None:
    if series.indicator.measure.kind is Kind.RATE:
        return people.of_ages(_CHILDREN).get(area, {}).get(when.population_year)
    return series.number(DENOMINATOR, str(when), area)


def _judged(row: Row, series: Series, given: tuple[int, int, str], others: Iterable[Populations]) -> Row:
    x, n, shown = given
    measure, exact = series.indicator.measure, _is_exact(row.area)
    ours = half_up(x, n, measure.multiplier, measure.dp)
    if measure.kind is Kind.RATE:
        agrees = rate_agrees(x, n, measure.multiplier, measure.dp, shown, exact=exact)
    else:
        agrees = share_agrees(x, n, measure.dp, shown, exact=exact)
    if agrees:
        return replace(row, outcome=Outcome.EQUAL, ours=ours, theirs=shown, difference="0")
    apart = Decimal(shown) - Decimal(ours)
    fits = measure.kind is Kind.RATE and any(
        rate_agrees(x, people, measure.multiplier, measure.dp, shown, exact=exact)
        for one in others
        if (people := one.of_ages(_CHILDREN).get(row.area, {}).get(row.period.population_year))
    )
    unit = Decimal(1).scaleb(-measure.dp)
    named = Outcome.ROUNDING if abs(apart) == unit else Outcome.UNEXPLAINED
    outcome = Outcome.VINTAGE if fits else named
    return replace(row, outcome=outcome, ours=ours, theirs=shown, difference=str(apart))


# ---- R2: a printed total from its boroughs


def added_up(series: Series, areas: Areas, people: Populations) -> Iterator[Row]:
    """Each printed total of London, Inner and Outer London against the sum of its boroughs."""
    for measure in (NUMERATOR, DENOMINATOR):
        by_period = {period: series.counts(measure, period) for period in sorted(series.cells.get(measure, {}))}
        for total in TOTALS:
            for period, counts in by_period.items():
                if total in counts:
                    yield _total(series, areas, people, (measure, total, period), by_period)


def _total(
    series: Series,
    areas: Areas,
    people: Populations,
    key: tuple[str, str, str],
    by_period: Mapping[str, Mapping[str, Count]],
) -> Row:
    measure, total, period = key
    when, members, printed = Period.parse(period), areas.members(total), by_period[period][total]
    parts = parts_of(members, by_period[period])
    earlier = {part: _earlier(part, by_period) for part, count in parts.items() if count is Withheld.NOT_AVAILABLE}
    found = compare_total(printed, parts, earlier, when.end.year)
    row = Row(ADDED_UP, series.indicator.code, measure, total, when, Outcome(found.agreement.value), "", "", "")
    row = replace(row, theirs=str(printed) if isinstance(printed, int) else "")
    if found.agreement is Agreement.HIDDEN:
        return row
    present = sum(count for count in parts.values() if isinstance(count, int))
    rates = _rates(series, people, (total, when), parts) if measure == NUMERATOR else ("", "")
    return replace(
        row,
        ours=str(present),
        rounded=str(half_up_to(present, ROUNDED_TO)),
        difference="" if found.difference is None else str(found.difference),
        carried=_carried(found, earlier),
        our_rate=rates[0],
        their_rate=rates[1],
    )


def _earlier(part: str, by_period: Mapping[str, Mapping[str, Count]]) -> list[tuple[int, int]]:
    return [
        (Period.parse(period).end.year, count)
        for period, counts in by_period.items()
        if isinstance(count := counts.get(part), int)
    ]


def _carried(found: Comparison, earlier: Mapping[str, list[tuple[int, int]]]) -> tuple[tuple[str, int, int], ...]:
    return tuple((part, year, dict(earlier[part])[year]) for part, year in found.carried)


def _rates(
    series: Series, people: Populations, place: tuple[str, Period], parts: Mapping[str, Count]
) -> tuple[str, str]:
    """Our value over the parts with both counts, and the printed one; both empty where a part is hidden."""
    total, when = place
    measure, shown = series.indicator.measure, series.cells.get(_PRINTED, {}).get(str(when), {}).get(total)
    divisors = {part: _divisor(series, people, part, when) for part in parts}
    if Withheld.CONFIDENTIAL in divisors.values() or not isinstance(shown, str):
        return "", ""
    pairs = [
        (count, n) for part, count in parts.items() if isinstance(count, int) and isinstance(n := divisors[part], int)
    ]
    below = sum(n for _, n in pairs)
    if not below:
        return "", ""
    return half_up(sum(x for x, _ in pairs), below, measure.multiplier, measure.dp), padded(shown, measure.dp)
