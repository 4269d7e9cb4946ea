"""Everything that is worked out for one indicator from public cells: values, limits, labels, funnels and trends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from site_builder.published.figures import (
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
from site_builder.release.reference import Populations
from site_builder.vocabulary.areas import ENGLAND, LONDON, TOTALS, Areas
from site_builder.vocabulary.indicators import Indicator, Kind, Version
from site_builder.vocabulary.methods import funnels, intervals, quantiles, trends
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.rounding import half_up
from site_builder.vocabulary.symbols import Withheld

_ANNUAL = (PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR)
_SEVERE = {"full": 0, "partial": 1, "none": 2}
_SHARES = (Kind.PROPORTION, Kind.SURVEY)
_CHILDREN = "0-17"
NO_POPULATION = "No population estimate"
RATE_BY_YEAR = "Rate by year only"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the cells come from. ``release``: its id. ``national``: a publisher's own totals and printed values are
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


@dataclass(frozen=True, slots=True)
class Point:
    """One area in one period.

    ``lower``, ``upper``: 95 % limits. ``coverage``: ``32 of 33 boroughs`` for a total of ours, else empty.
    ``compared``: lower-998, lower-95, similar, higher-95, higher-998 or not-compared, against London's value.
    ``variation``: within, edge-low, edge-high, out-low, out-high, or empty with ``variation_reason``.
    ``limits``: unrounded 95 % and 99.8 % limits, None where there are none. ``version``: of the definition that its cell
    was counted by, 0 without a cell. ``panel``: the set of boroughs inside a total of ours (``all`` or the id of
    structure.json), else empty; ``share``: their share of its children, such as ``91%``, when some are not in it.
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


class Outside(NamedTuple):
    """A place outside London in one period. ``exact``: its unrounded value, None when it is not shown."""

    name: str
    value: Figure
    exact: Fraction | None


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indicator of one release or national package.

    ``periods``: oldest first. ``headline``: the period that pages lead with: a rate's latest year where there is one,
    otherwise the latest period; None without cells. ``points``: every area and period, gaps included.
    ``quartiles``: cut points over shown boroughs, None with fewer than four. ``funnels``: a funnel or the reason for
    none. ``trends``: area to verdict over the last five annual points. ``outside``: the places outside London that are
    neighbours of a borough; of national series alone.
    """

    indicator: Indicator
    source: Source
    periods: tuple[Period, ...]
    headline: Period | None
    areas: tuple[str, ...]
    boroughs: tuple[str, ...]
    points: Mapping[tuple[str, Period], Point]
    quartiles: Mapping[Period, tuple[Fraction, Fraction, Fraction] | None]
    funnels: Mapping[Period, funnels.Funnel | str]
    trends: Mapping[str, trends.TrendTest]
    outside: Mapping[tuple[str, Period], Outside] = field(default_factory=dict)

    def series(self, area: str) -> tuple[Point, ...]:
        """The points of an area over periods of the headline's kind, oldest first."""
        kind = self.headline.kind if self.headline else None
        return tuple(self.points[area, p] for p in self.periods if p.kind is kind)

    def at(self, period: Period) -> tuple[Point, ...]:
        """The boroughs' points of a period, in order of code."""
        return tuple(self.points[area, period] for area in self.boroughs)


# (area, period, measure): value, mark, status, coverage, version of the definition
_Cells = dict[tuple[str, str, str], tuple[str, str, str, str, int]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What every point of one indicator needs."""

    indicator: Indicator
    source: Source
    areas: Areas
    cells: _Cells
    people: Mapping[str, Mapping[int, int]]
    children: Mapping[str, Mapping[int, int]]


def indicator_data(
    cells: PublicCells,
    indicator: Indicator,
    areas: Areas,
    populations: Populations,
    source: Source,
    outside: Mapping[str, str] = MappingProxyType({}),
) -> IndicatorData:
    """All statistics of one indicator; cells of other indicators are ignored. ``outside``: code to name of the places
    outside London whose values are wanted."""
    rows = _rows(cells, indicator.code, {*areas.by_code, *outside})
    ages = indicator.measure.denominator_series.rpartition("/")[2]
    work = _Work(indicator, source, areas, rows, populations.of_ages(ages), populations.of_ages(_CHILDREN))
    periods = tuple(sorted(map(Period.parse, {period for area, period, _ in rows if area in areas.by_code})))
    boroughs = areas.members(LONDON)
    others = (*TOTALS, ENGLAND) if source.national else TOTALS
    points = {(area, p): _point(work, area, p) for p in periods for area in (*others, *boroughs)}
    cuts, found = {}, {}
    for period in periods:
        here = [points[area, period] for area in boroughs]
        values = [point.value.value for point in here if point.value.value is not None]
        cuts[period] = quantiles.quartiles(values) if len(values) >= 4 else None
        found[period] = _funnel(work, here, points[LONDON, period])
        target = exact_value(points[LONDON, period], indicator)
        for point in here:
            points[point.area, period] = _labelled(work, point, target, found[period])
    headline = _headline(indicator, periods)
    verdicts = {area: _trend(indicator, area, points, periods) for area in (*others, *boroughs)}
    return IndicatorData(
        indicator, source, periods, headline, (*others, *boroughs), boroughs, points, cuts, found, verdicts,
        {(code, period): _outside(work, code, name, period) for code, name in outside.items() for period in periods},
    )  # fmt: skip


def _rows(cells: PublicCells, code: str, wanted: Collection[str]) -> _Cells:
    frame = cells.frame
    known = frame["area"].isin(list(wanted))  # a national package holds places that no page shows
    frame = frame[(frame["indicator"] == code) & (frame["breakdown"] == "total") & known]
    columns = ("area", "period", "measure", "value", "withheld", "obs_status", "coverage", "definition_version")
    found: _Cells = {}
    for area, period, measure, *rest in zip(*(frame[c].tolist() for c in columns), strict=True):
        value, mark, status, coverage, version = rest
        before = found.get((area, period, measure))
        if before is None or _breadth(coverage) > _breadth(before[3]):
            found[area, period, measure] = (value, mark, status, coverage, version)
    return found


def _outside(work: _Work, code: str, name: str, period: Period) -> Outside:
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


def _headline(indicator: Indicator, periods: tuple[Period, ...]) -> Period | None:
    years = [p for p in periods if p.kind in _ANNUAL]
    if indicator.measure.kind is Kind.RATE and years:
        return years[-1]
    return periods[-1] if periods else None


def _wording(work: _Work, area: str, period: Period) -> Wording:
    if area in TOTALS and not work.source.national:
        came = _came(work, area, period)
        return Wording(work.source.zeros, f"Not enough returns{came}", f"Not enough returns for this total{came}.")
    state = work.source.states.get((area, work.indicator.code, str(period)), "not-returned")
    words = MISSING_OTHER if work.source.national else MISSING_SHORT.get(state, MISSING_OTHER)
    name = work.areas.by_code[area].name
    return Wording(work.source.zeros, words, f"Not available: {name} did not provide this figure for {_when(period)}.")


def _came(work: _Work, total: str, period: Period) -> str:
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


def _point(work: _Work, area: str, period: Period) -> Point:
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


def _cautioned(work: _Work, area: str, coverage: str, value: Figure) -> Figure:
    """The value of a total with what is particular about it: some boroughs are not in it, or with an earlier figure."""
    carried = work.source.national and "e" in value.marks
    if area not in (*TOTALS, ENGLAND) or not value.is_shown or not (carried or coverage != "all"):
        return value
    return replace(value, caution=(*value.caution, "carried" if carried else "partial"))


def _denominator(work: _Work, area: str, period: Period, coverage: str, wording: Wording) -> Figure:
    kind = work.indicator.measure.kind
    if kind is Kind.RATE:
        return _population(work, area, period, coverage)
    if kind is Kind.COUNT:
        return withheld(Withheld.NOT_APPLICABLE, wording)
    cell = work.cells.get((area, str(period), "denominator"))
    return of_cell(*cell[:3], wording) if cell else withheld(Withheld.NOT_AVAILABLE, wording)


def _population(work: _Work, area: str, period: Period, coverage: str) -> Figure:
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


def _value(work: _Work, area: str, period: Period, numerator: Figure, denominator: Figure, wording: Wording) -> Figure:
    measure = work.indicator.measure
    if measure.kind is Kind.RATE and period.kind is PeriodKind.FINANCIAL_QUARTER:
        if not numerator.is_shown:
            return numerator
        return Figure("", "", "z", None, RATE_BY_YEAR, "A quarter is shown as a count; the rate is for the whole year.")
    cell = work.cells.get((area, str(period), "published"))
    if cell is None:
        return from_counts(numerator, denominator, measure, wording)
    few = measure.kind in _SHARES and denominator.value is not None and denominator.value < 20
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


def _coverage(work: _Work, area: str, coverage: str) -> str:
    members = len(work.areas.members(area))
    inside = members if coverage == "all" else _breadth(coverage)
    return f"{inside} of {members} boroughs"


def _share(work: _Work, total: str, period: Period, coverage: str) -> str:
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


def _funnel(work: _Work, here: list[Point], london: Point) -> funnels.Funnel | str:
    indicator = work.indicator
    if indicator.measure.kind is Kind.COUNT or indicator.compare.funnel != "additive":
        return "no-funnel"
    usable = [pair for point in here if (pair := _pair(work, point)) is not None]
    x, n = london.numerator.value, london.denominator.value
    centre = float(x / n) if x is not None and n else None
    return funnels.additive(usable, centre, _transform(indicator))


def _transform(indicator: Indicator) -> funnels.Transform:
    shares = indicator.measure.kind in _SHARES
    return funnels.Transform.ARCSINE if shares else funnels.Transform.SQUARE_ROOT


def _pair(work: _Work, point: Point) -> tuple[int, int] | None:
    x, n = point.numerator.value, point.denominator.value
    if not point.value.is_shown or x is None or not n or not work.areas.by_code[point.area].funnel:
        return None
    return int(x), int(n)


def _labelled(work: _Work, point: Point, target: Fraction | None, funnel: funnels.Funnel | str) -> Point:
    pair = _pair(work, point)
    variation, reason = "", ""
    if isinstance(funnel, str):
        reason = funnel
    elif pair is None:
        reason = "left-out" if point.value.is_shown else "no-value"
    else:
        variation = funnel.label(*pair).value
    return Point(
        point.area, point.period, point.numerator, point.denominator, point.value, point.lower, point.upper,
        point.coverage, compared(point, target, work.indicator), variation, reason, point.note,
        point.limits, point.version,
    )  # fmt: skip


def compared(point: Point, target: Fraction | None, indicator: Indicator) -> str:
    """The label of a point's interval against another value; a boundary that is equal counts as similar."""
    kind, n = indicator.measure.kind, point.denominator.value
    if point.limits is None or target is None or kind is Kind.COUNT or (kind in _SHARES and n is not None and n < 20):
        return "not-compared"
    near, far = point.limits
    at = float(target)
    for interval, level in ((far, "998"), (near, "95")):
        if interval.upper < at:
            return f"lower-{level}"
        if interval.lower > at:
            return f"higher-{level}"
    return "similar"


def _trend(
    indicator: Indicator, area: str, points: Mapping[tuple[str, Period], Point], periods: tuple[Period, ...]
) -> trends.TrendTest:
    last = yearly(periods)[-trends.POINTS :]
    none = trends.TrendTest(trends.Trend.NOT_COMPARABLE, None, None)
    if len(last) < trends.POINTS or not _are_alike(indicator, last):
        return none
    row = [points[area, p] for p in last]
    if len({p.panel for p in row}) > 1:  # a total over other boroughs is another total
        return none
    xs = [p.numerator.value for p in row]
    ns = [Fraction(1) if indicator.measure.kind is Kind.COUNT else p.denominator.value for p in row]
    if not all(p.value.is_shown for p in row) or any(x is None for x in xs) or not all(ns):
        return none
    counts, totals = [int(x or 0) for x in xs], [int(n or 0) for n in ns]
    if indicator.measure.kind in _SHARES:
        return trends.trend_of_proportions(counts, totals)
    return trends.trend_of_rates(counts, totals, indicator.measure.multiplier)


def breaks_of(indicator: Indicator, periods: Sequence[Period]) -> dict[int, Version]:
    """The definitions that begin within a series, by the place of their first period: the first that ends after the
    day. Where two begin in one period, the less comparable counts. Periods are in order and of one kind. A definition in force from the first period on breaks nothing."""
    ends = [period.end for period in periods]
    found: dict[int, Version] = {}
    for version in indicator.versions[1:]:
        place = bisect_left(ends, version.start)
        held = found.get(place)
        if 0 < place < len(ends) and (held is None or _SEVERE[version.comparability] >= _SEVERE[held.comparability]):
            found[place] = version
    return found


def yearly(periods: Sequence[Period]) -> tuple[Period, ...]:
    """The periods that a trend is tested over: years, and snapshots of the end of March."""
    return tuple(p for p in periods if p.kind in _ANNUAL or (p.kind is PeriodKind.SNAPSHOT and p.end.month == 3))


def redefined(indicator: Indicator, first: Period, last: Period) -> bool:
    """Whether a definition that is not fully comparable begins after the start of the first period, up to the last."""
    after = (version for version in indicator.versions[1:] if version.comparability != "full")
    return any(first.start < version.start <= last.end for version in after)


def _are_alike(indicator: Indicator, years: Sequence[Period]) -> bool:
    """Whether periods are of one kind, follow one another without a gap, and lie within one definition."""
    ends = [period.end.year for period in years]
    follow = ends == list(range(ends[0], ends[0] + len(ends)))
    return len({p.kind for p in years}) == 1 and follow and not redefined(indicator, years[0], years[-1])
