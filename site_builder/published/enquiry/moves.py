"""A figure beside its own past: the same period a year before, the five points of the trend test."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.enquiry import thresholds
from site_builder.published.enquiry.case import is_firm
from site_builder.published.points import Point, exact_value
from site_builder.published.series import months_before
from site_builder.published.statistics import IndicatorData, redefined, yearly
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods import differences
from site_builder.vocabulary.methods.trends import POINTS
from site_builder.vocabulary.periods import Period


class Moved(NamedTuple):
    """The same period a year before, the period itself, and the change between them."""

    before: Point
    after: Point
    change: differences.Change

    @property
    def direction(self) -> int:
        """+1 for a change that is clearly upwards, -1 for downwards, 0 when it is not clear."""
        return ((self.change.difference > 0) - (self.change.difference < 0)) if self.change.is_clear else 0


def since_last_year(data: IndicatorData, area: str, period: Period) -> Moved | None:
    """The change since the same period a year before; None where the two cannot be compared."""
    earlier = months_before(data.periods, period, 12)
    if earlier is None or redefined(data.indicator, earlier, period):
        return None
    before, after = data.points[area, earlier], data.points[area, period]
    if not (is_firm(before) and is_firm(after) and before.limits and after.limits):
        return None
    return Moved(before, after, _change(data, before, after))


def _change(data: IndicatorData, before: Point, after: Point) -> differences.Change:
    measure = data.indicator.measure
    (x1, n1), (x2, n2) = _counts(data, before), _counts(data, after)
    if data.indicator.compare.interval == "wilson":
        return differences.between_proportions(x1, n1, x2, n2)
    return differences.between_rates(x1, n1, x2, n2, measure.multiplier)


def _counts(data: IndicatorData, point: Point) -> tuple[int, int]:
    """Numerator and denominator; a count is one of one. Both are printed where a point has limits."""
    x, n = point.numerator.value, point.denominator.value
    return int(x or 0), 1 if data.indicator.measure.kind is Kind.COUNT else int(n or 0)


def five_points(data: IndicatorData, area: str) -> tuple[Point, ...]:
    """The points that the trend test looks at, oldest first."""
    return tuple(data.points[area, period] for period in yearly(data.periods)[-POINTS:])


def grown(first: Point, last: Point, data: IndicatorData) -> tuple[int, bool] | None:
    """Which way the last of two points lies from the first, and whether by a part of it that asks for attention; None
    where one is not shown."""
    from_, to = exact_value(first, data.indicator), exact_value(last, data.indicator)
    if from_ is None or to is None:
        return None
    return (to > from_) - (to < from_), abs(to - from_) >= thresholds.TREND_SHARE * from_
