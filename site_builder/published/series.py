"""The series of an area in order of time: which periods a page draws, and where one of them is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.periods import Period, PeriodKind

_STEPS = {PeriodKind.FINANCIAL_QUARTER: 3, PeriodKind.FINANCIAL_HALF_YEAR: 6}  # months; others are of a year


def over_time(data: IndicatorData, area: str) -> tuple[Point, ...]:
    """The series that a page draws: quarters where there are any, else periods of the headline's kind."""
    quarters = tuple(p for p in data.periods if p.kind is PeriodKind.FINANCIAL_QUARTER)
    return tuple(data.points[area, p] for p in quarters) if quarters else data.series(area)


def steps(periods: Sequence[Period]) -> tuple[int, ...]:
    """The months from the end of each period to the end of the next; in order, and of one kind."""
    months = [_month(period) for period in periods]
    return tuple(later - earlier for earlier, later in pairwise(months))


def gaps(periods: Sequence[Period]) -> frozenset[int]:
    """The places before which a period is missing. Days are as far apart as the nearest two of them, a year at most."""
    apart = steps(periods)
    if not apart:
        return frozenset()
    usual = min(_STEPS.get(periods[0].kind, 12), *apart)
    return frozenset(place for place, months in enumerate(apart, 1) if months != usual)


def months_before(periods: Sequence[Period], period: Period, months: int) -> Period | None:
    """The period of the same kind that ended so many months earlier, where there is one."""
    wanted = _month(period) - months
    return next((one for one in periods if one.kind is period.kind and _month(one) == wanted), None)


def _month(period: Period) -> int:
    return period.end.year * 12 + period.end.month
