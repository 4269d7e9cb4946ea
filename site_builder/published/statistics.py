"""Everything that is worked out for one indicator from public cells: values, limits, labels, funnels and trends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from site_builder.published import usual
from site_builder.published.points import (
    Outside,
    Point,
    Source,
    Work,
    compared,
    exact_value,
    outside_point,
    point_of,
)
from site_builder.published.totals import checked
from site_builder.release.cells import PublicCells
from site_builder.release.reference import Populations
from site_builder.vocabulary.areas import ENGLAND, LONDON, TOTALS, Areas
from site_builder.vocabulary.indicators import SHARES, Indicator, Kind, Version
from site_builder.vocabulary.methods import funnels, quantiles, trends
from site_builder.vocabulary.periods import Period, PeriodKind

_ANNUAL = (PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR, PeriodKind.CALENDAR_YEAR)
_SEVERE = {"full": 0, "partial": 1, "none": 2}


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
    work = Work.of(cells, indicator, source, areas, populations, outside)
    periods = work.periods
    boroughs = areas.members(LONDON)
    others = (*TOTALS, ENGLAND) if source.national and ENGLAND in areas.by_code else TOTALS
    points = {(area, p): point_of(work, area, p) for p in periods for area in (*others, *boroughs)}
    for total in TOTALS:
        for period in periods:
            members = (points[area, period] for area in areas.members(total))
            points[total, period] = checked(work, points[total, period], members)
    cuts, found = {}, {}
    for period in periods:
        here = [points[area, period] for area in boroughs]
        values = [point.value.value for point in here if point.value.value is not None]
        cuts[period] = quantiles.quartiles(values) if len(values) >= 4 else None
        london = points[LONDON, period]
        found[period] = usual.usual_variation(indicator, areas, here, london)
        target = None if london.absent else exact_value(london, indicator)
        for point in here:
            points[point.area, period] = _labelled(work, point, target, found[period])
    headline = _headline(indicator, periods)
    verdicts = {area: _trend(indicator, area, points, periods) for area in (*others, *boroughs)}
    return IndicatorData(
        indicator, source, periods, headline, (*others, *boroughs), boroughs, points, cuts, found, verdicts,
        {(code, period): outside_point(work, code, name, period) for code, name in outside.items() for period in periods},
    )  # fmt: skip


def _headline(indicator: Indicator, periods: tuple[Period, ...]) -> Period | None:
    years = [p for p in periods if p.kind in _ANNUAL]
    if indicator.measure.kind is Kind.RATE and years:
        return years[-1]
    return periods[-1] if periods else None


def _labelled(work: Work, point: Point, target: Fraction | None, funnel: funnels.Funnel | str) -> Point:
    variation, reason = usual.place(work.areas, point, funnel)
    return replace(
        point, compared=compared(point, target, work.indicator), variation=variation, variation_reason=reason
    )


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
    if indicator.measure.kind in SHARES:
        return trends.trend_of_proportions(counts, totals)
    return trends.trend_of_rates(counts, totals, indicator.measure.multiplier)


def breaks_of(indicator: Indicator, periods: Sequence[Period]) -> dict[int, Version]:
    """The definitions that begin within a series, by the place of their first period: the first that ends after the
    day. Where two begin in one period, the less comparable counts. Periods are in order and of one kind. A definition in
    force from the first period on breaks nothing. This is where a drawing breaks: what may be compared says
    ``comparable_from``."""
    ends = [period.end for period in periods]
    found: dict[int, Version] = {}
    for version in indicator.versions[1:]:
        place = bisect_left(ends, version.start)
        held = found.get(place)
        if 0 < place < len(ends) and (held is None or _SEVERE[version.comparability] >= _SEVERE[held.comparability]):
            found[place] = version
    return found


def comparable_from(indicator: Indicator, periods: Sequence[Period]) -> int:
    """The place from which on the periods of a series are of one definition, or of fully comparable ones, as a whole. A
    period within which the definition changed is comparable with neither side; the last period is one by itself."""
    found = last_break(indicator, periods)
    starts = [period.start for period in periods]
    return min(bisect_left(starts, found.start), len(starts) - 1) if found else 0


def last_break(indicator: Indicator, periods: Sequence[Period]) -> Version | None:
    """The last definition that is not fully comparable and begins after the first day of a series, up to its last."""
    found = [
        version
        for version in indicator.versions[1:]
        if version.comparability != "full" and periods and periods[0].start < version.start <= periods[-1].end
    ]
    return found[-1] if found else None


def yearly(periods: Sequence[Period]) -> tuple[Period, ...]:
    """The periods that a trend is tested over: years, and snapshots of the end of March."""
    return tuple(p for p in periods if p.kind in _ANNUAL or (p.kind is PeriodKind.SNAPSHOT and p.end.month == 3))


def tested_years(data: IndicatorData) -> tuple[Period, Period]:
    """The first and the last of the years that the trend test is about; there are five of them where it has a verdict."""
    years = yearly(data.periods)[-trends.POINTS :]
    return years[0], years[-1]


def redefined(indicator: Indicator, first: Period, last: Period) -> bool:
    """Whether a definition that is not fully comparable begins after the start of the first period, up to the last."""
    return last_break(indicator, (first, last)) is not None


def _are_alike(indicator: Indicator, years: Sequence[Period]) -> bool:
    """Whether periods are of one kind, follow one another without a gap, and lie within one definition."""
    ends = [period.end.year for period in years]
    follow = ends == list(range(ends[0], ends[0] + len(ends)))
    return len({p.kind for p in years}) == 1 and follow and not redefined(indicator, years[0], years[-1])
