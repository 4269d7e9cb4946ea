"""One area in one period: its counts, its value and limits, and the states that stand in their place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from site_builder.published.figures import (
    FEW,
    MISSING_OTHER,
    MISSING_SHORT,
    Figure,
    Wording,
    from_counts,
    limit,
    no_limit,
    of_cell,
    padded,
    printed,
    withheld,
)
from site_builder.release.cells import PublicCells
from site_builder.release.reconciliation import JOINT
from site_builder.release.reference import Populations
from site_builder.vocabulary.areas import ENGLAND, TOTALS, Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Indicator, Kind
from site_builder.vocabulary.methods import intervals
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.rounding import half_up
from site_builder.vocabulary.symbols import Withheld

CHILDREN = HERE.ages
NO_POPULATION = "No population estimate"
RATE_BY_YEAR = "Rate by year only"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the cells come from: a ``line`` that names it. ``publisher``: of national figures. ``release``: its id. ``national``: a publisher's own totals and printed values are
    taken. ``coverage``: the boroughs inside each set of structure.json. ``states``: (area, indicator, period) to the
    state of the return. ``notes``: (area, indicator, period) to a public note. ``zeros``: show or hide."""

    classification: str
    line: str
    release: str
    national: bool
    coverage: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    notes: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    zeros: str = "show"
    publisher: str = ""

    @property
    def credit(self) -> str:
        """The line beside figures: who published them, and in what."""
        return ", ".join(filter(None, (self.publisher, self.line)))


@dataclass(frozen=True, slots=True)
class Point:
    """One area in one period.

    ``lower``, ``upper``: 95 % limits. ``coverage``: ``32 of 33 boroughs`` for a total of ours, or for a
    publisher's that some are not in; else empty.
    ``compared``: lower-998, lower-95, similar, higher-95, higher-998 or not-compared, against London's value.
    ``variation``: within, edge-low, edge-high, out-low, out-high, or empty with ``variation_reason``.
    ``limits``: unrounded 95 % and 99.8 % limits, None where there are none. ``version``: of the definition that its cell
    was counted by, 0 without a cell. ``panel``: the set of boroughs inside a total of ours (``all`` or the id of
    structure.json), or who is not in a publisher's, else empty: two totals compare where it is the same. ``share``: their
    share of its children, such as ``91%``, when some are not in it. ``absent``: names of the boroughs that sent nothing to
    a publisher's total, which then is compared with nothing.
    """

    area: str
    period: Period
    numerator: Figure
    denominator: Figure
    value: Figure
    lower: Figure
    upper: Figure
    coverage: str = ""
    compared: str = "not-compared"
    variation: str = ""
    variation_reason: str = ""
    note: str = ""
    limits: tuple[intervals.Interval, intervals.Interval] | None = None
    version: int = 0
    panel: str = ""
    share: str = ""
    absent: tuple[str, ...] = ()

    @property
    def partial(self) -> str:
        """``coverage`` where some boroughs are not in a total, else empty."""
        inside, _, of = self.coverage.partition(" of ")
        return "" if of.startswith(f"{inside} ") else self.coverage


class Outside(NamedTuple):
    """A place outside London in one period. ``exact``: its unrounded value, None when it is not shown."""

    name: str
    value: Figure
    exact: Fraction | None


# (area, period, measure): value, mark, status, coverage, version of the definition
Cells = dict[tuple[str, str, str], tuple[str, str, str, str, int]]


@dataclass(frozen=True, slots=True)
class Work:
    """What every point of one indicator needs."""

    indicator: Indicator
    source: Source
    areas: Areas
    cells: Cells
    people: Mapping[str, Mapping[int, int]]
    children: Mapping[str, Mapping[int, int]]
    joint: frozenset[tuple[str, str]] = frozenset()  # borough and period of counts that are published together

    @staticmethod
    def of(
        cells: PublicCells,
        indicator: Indicator,
        source: Source,
        areas: Areas,
        populations: Populations,
        outside: Collection[str] = (),
    ) -> Work:
        """The cells of the indicator for the areas of the site and those ``outside``, with the people of its ages."""
        rows = _rows(cells, indicator.code, {*areas.by_code, *outside})
        ages = indicator.measure.denominator_series.rpartition("/")[2]
        people, children = populations.of_ages(ages), populations.of_ages(CHILDREN)
        return Work(indicator, source, areas, rows, people, children, joint_counts(cells, indicator.code))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods in which an area of the site has a cell, oldest first."""
        return tuple(sorted({Period.parse(period) for area, period, _ in self.cells if area in self.areas.by_code}))


def _rows(cells: PublicCells, code: str, wanted: Collection[str]) -> Cells:
    frame = cells.frame
    known = frame["area"].isin(list(wanted))  # a national package holds places that no page shows
    frame = frame[(frame["indicator"] == code) & (frame["breakdown"] == "total") & known]
    columns = ("area", "period", "measure", "value", "withheld", "obs_status", "coverage", "definition_version")
    found: Cells = {}
    for area, period, measure, *rest in zip(*(frame[c].tolist() for c in columns), strict=True):
        value, mark, status, coverage, version = rest
        before = found.get((area, period, measure))
        if before is None or _breadth(coverage) > _breadth(before[3]):
            found[area, period, measure] = (value, mark, status, coverage, version)
    return found


def joint_counts(cells: PublicCells, code: str) -> frozenset[tuple[str, str]]:
    """Area and period of every place whose count a publisher prints together with another's."""
    frame = cells.frame
    joint = frame["area"].str.contains(JOINT, regex=False) & (frame["measure"] == "numerator") & (frame["value"] != "")
    frame = frame[joint & (frame["indicator"] == code)]
    pairs = zip(frame["area"].tolist(), frame["period"].tolist(), strict=True)
    return frozenset((area, period) for joined, period in pairs for area in joined.split(JOINT))


def outside_point(work: Work, code: str, name: str, period: Period) -> Outside:
    """A place outside London in a period."""
    wording, counts = Wording(), []
    for measure in ("numerator", "denominator"):
        cell = work.cells.get((code, str(period), measure))
        counts.append(of_cell(*cell[:3], wording) if cell else withheld(Withheld.NOT_AVAILABLE, wording))
    numerator, denominator = counts
    if work.indicator.measure.kind is Kind.RATE:
        denominator = _population(work, code, period, "all")
    value = _value(work, code, period, numerator, denominator, wording)
    return Outside(name, value, _exact(value, numerator, denominator, work.indicator))


def _breadth(coverage: str) -> int:
    """How many boroughs a set holds; ``all`` is the widest."""
    return 1000 if coverage == "all" else int(coverage[1:].partition("-")[0])


def _wording(work: Work, area: str, period: Period) -> Wording:
    if area in TOTALS and not work.source.national:
        came = _came(work, area, period)
        return Wording(work.source.zeros, f"Not enough returns{came}", f"Not enough returns for this total{came}.")
    state = work.source.states.get((area, work.indicator.code, str(period)), "not-returned")
    words = MISSING_OTHER if work.source.national else MISSING_SHORT.get(state, MISSING_OTHER)
    name = work.areas.by_code[area].name
    return Wording(work.source.zeros, words, f"Not available: {name} did not provide this figure for {_when(period)}.")


def _came(work: Work, total: str, period: Period) -> str:
    """How many of a total's boroughs sent a figure: ``: 21 of 33``; empty where the source does not say."""
    members = work.areas.members(total)
    states = [work.source.states.get((code, work.indicator.code, str(period))) for code in members]
    return f": {states.count('reported')} of {len(members)}" if any(states) else ""


@cache
def _when(period: Period) -> str:
    """A period inside a sentence; months keep their capital letter."""
    if period.kind in (PeriodKind.FINANCIAL_QUARTER, PeriodKind.FINANCIAL_HALF_YEAR):
        return period.label
    label = period.label
    return label if label[0].isdigit() else f"the {label[0].lower()}{label[1:]}"


def point_of(work: Work, area: str, period: Period) -> Point:
    """An area of the site in a period, before it is compared with others."""
    wording, measure = _wording(work, area, period), work.indicator.measure
    cell = work.cells.get((area, str(period), "numerator"))
    numerator = of_cell(*cell[:3], wording) if cell else withheld(Withheld.NOT_AVAILABLE, wording)
    coverage = cell[3] if cell else "all"
    denominator = _denominator(work, area, period, coverage, wording)
    value = _cautioned(work, area, coverage, _value(work, area, period, numerator, denominator, wording))
    limits = _limits(work.indicator, numerator, denominator, value)
    lower, upper = (limit(v, measure.dp) for v in limits[0]) if limits else (no_limit(value), no_limit(value))
    added = area in TOTALS and not work.source.national and numerator.state != "x"
    return Point(
        area, period, numerator, denominator, value, lower, upper,
        coverage=_coverage(work, area, coverage) if added else "",
        note=work.source.notes.get((area, work.indicator.code, str(period)), ""),
        limits=limits,
        version=cell[4] if cell else 0,
        panel=coverage if added else "",
        share=_share(work, area, period, coverage) if added else "",
    )  # fmt: skip


def _cautioned(work: Work, area: str, coverage: str, value: Figure) -> Figure:
    """The value of a total with what is particular about it: some boroughs are not in it, or with an earlier figure."""
    carried = work.source.national and "e" in value.marks
    if area not in (*TOTALS, ENGLAND) or not value.is_shown or not (carried or coverage != "all"):
        return value
    return replace(value, caution=(*value.caution, "carried" if carried else "partial"))


def _denominator(work: Work, area: str, period: Period, coverage: str, wording: Wording) -> Figure:
    kind = work.indicator.measure.kind
    if kind is Kind.RATE:
        return _population(work, area, period, coverage)
    if kind is Kind.COUNT:
        return withheld(Withheld.NOT_APPLICABLE, wording)
    cell = work.cells.get((area, str(period), "denominator"))
    return of_cell(*cell[:3], wording) if cell else withheld(Withheld.NOT_AVAILABLE, wording)


def _population(work: Work, area: str, period: Period, coverage: str) -> Figure:
    """People of the area, or of the boroughs inside a partial total; an earlier year is marked, never for imports."""
    if area in work.people and coverage == "all":
        inside: tuple[str, ...] = (area,)
    else:
        inside = (
            work.areas.members(area) if coverage == "all" and area in TOTALS else work.source.coverage.get(coverage, ())
        )
    wanted = period.population_year
    total, earlier = 0, False
    for code in inside:
        known = work.people.get(code, {})
        year = max((y for y in known if y <= wanted), default=None)
        if year is None or (work.source.national and year != wanted):
            inside = ()
            break
        total, earlier = total + known[year], earlier or year != wanted
    if not inside:
        return Figure("", "", "x", None, NO_POPULATION, "Not available: there is no population estimate to divide by.")
    return printed(str(total), *(("e", ("other-population",)) if earlier else ()))


def _value(work: Work, area: str, period: Period, numerator: Figure, denominator: Figure, wording: Wording) -> Figure:
    measure = work.indicator.measure
    if measure.kind is Kind.RATE and period.kind is PeriodKind.FINANCIAL_QUARTER:
        if not numerator.is_shown:
            return numerator
        return Figure("", "", "z", None, RATE_BY_YEAR, "A quarter is shown as a count; the rate is for the whole year.")
    cell = work.cells.get((area, str(period), "published"))
    if cell is None:
        return from_counts(numerator, denominator, measure, wording)
    few = measure.kind in SHARES and denominator.value is not None and denominator.value < FEW
    # a publisher may print 94 where 94.0 is meant: the same number with the places of the indicator
    return (
        printed(padded(cell[0], measure.dp), cell[2], ("few",) if few else ())
        if cell[0]
        else of_cell(*cell[:3], wording)
    )


def _limits(
    indicator: Indicator, numerator: Figure, denominator: Figure, value: Figure
) -> tuple[intervals.Interval, intervals.Interval] | None:
    """The 95 % and 99.8 % limits; only where both counts and the value are printed."""
    measure, method, x = indicator.measure, indicator.compare.interval, numerator.value
    n = Fraction(1) if measure.kind is Kind.COUNT else denominator.value
    if method == "none" or not value.is_shown or x is None or n is None or not n:
        return None
    first, second = (_interval(method, int(x), int(n), measure.multiplier, c) for c in (0.95, 0.998))
    return first, second


def _interval(method: str, x: int, n: int, multiplier: int, confidence: float) -> intervals.Interval:
    if method == "wilson":
        found = intervals.wilson(x, n, confidence)
        return intervals.Interval(found.lower * multiplier, found.upper * multiplier)
    return intervals.rate(x, n, multiplier, confidence)


def _coverage(work: Work, area: str, coverage: str) -> str:
    members = len(work.areas.members(area))
    inside = members if coverage == "all" else _breadth(coverage)
    return f"{inside} of {members} {HERE.areas}"


def _share(work: Work, total: str, period: Period, coverage: str) -> str:
    """The share of a total's children who live in the boroughs inside it; empty when all are, or none is estimated."""
    members, inside = work.areas.members(total), work.source.coverage.get(coverage, ())
    people = {code: _latest(work.children.get(code, {}), period.population_year) for code in members}
    if coverage == "all" or not inside or not all(people.values()):
        return ""
    return f"{half_up(sum(people[code] for code in inside), sum(people.values()), 100, 0)}%"


def _latest(known: Mapping[int, int], wanted: int) -> int:
    return known[max(years)] if (years := [year for year in known if year <= wanted]) else 0


def exact_value(point: Point, indicator: Indicator) -> Fraction | None:
    """The unrounded value where both counts are printed, else the printed one."""
    return _exact(point.value, point.numerator, point.denominator, indicator)


def _exact(value: Figure, numerator: Figure, denominator: Figure, indicator: Indicator) -> Fraction | None:
    x, n = numerator.value, denominator.value
    if value.is_shown and x is not None and n and indicator.measure.kind is not Kind.COUNT:
        return x / n * indicator.measure.multiplier
    return value.value


def compared(point: Point, target: Fraction | None, indicator: Indicator) -> str:
    """The label of a point's interval against another value; a boundary that is equal counts as similar."""
    kind, n = indicator.measure.kind, point.denominator.value
    if point.limits is None or target is None or kind is Kind.COUNT or (kind in SHARES and n is not None and n < FEW):
        return "not-compared"
    near, far = point.limits
    at = float(target)
    for interval, level in ((far, "998"), (near, "95")):
        if interval.upper < at:
            return f"lower-{level}"
        if interval.lower > at:
            return f"higher-{level}"
    return "similar"
