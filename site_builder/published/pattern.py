"""The own pattern of one area's quarters: its control charts, worked out once for the page that draws them and for the
questions that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from site_builder.published import sentences
from site_builder.published.points import Point, exact_value
from site_builder.published.series import gaps, steps
from site_builder.published.statistics import IndicatorData, breaks_of
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.indicators import SHARES, Kind
from site_builder.vocabulary.methods.control import Chart, Reason, Rule, Stretch, chart, stretches
from site_builder.vocabulary.periods import Period, PeriodKind

_CHARTED = (Kind.RATE, Kind.COUNT, *SHARES)
_QUARTER = 3  # months


class Pattern(NamedTuple):
    """The control charts of a series, each with the place of its first point; ``reason``: why the latest stretch of the
    series has none, or None."""

    charts: tuple[tuple[int, Chart], ...]
    reason: Reason | None

    def rules(self, place: int) -> frozenset[Rule]:
        """The rules that the point at a place of the series breaks."""
        for first, one in self.charts:
            if first <= place < first + len(one.flags):
                return one.flags[place - first]
        return frozenset()

    def reaching(self, place: int) -> int:
        """How many points the chart that ends with a place of the series holds; 0 where none does."""
        return next((len(one.flags) for first, one in self.charts if first + len(one.flags) == place + 1), 0)


def control(area: Area, data: IndicatorData, points: Sequence[Point]) -> Pattern | None:
    """The XmR charts of a quarterly series, none across a figure that is not shown, a missing quarter or a break.

    None for a series that is not quarterly, and for kinds of measure that have none.
    """
    periods = [point.period for point in points]
    if data.indicator.measure.kind not in _CHARTED or not _is_quarterly(periods):
        return None
    breaks = {place for place, one in breaks_of(data.indicator, periods).items() if one.comparability != "full"}
    found = stretches([_exact(area, data, point) for point in points], breaks | gaps(periods))
    made = [(one.first, _charted(area, data, points, one)) for one in found]
    if not made:
        return Pattern((), Reason.TOO_FEW_POINTS)
    last = made[-1][1]
    return Pattern(
        tuple((first, one) for first, one in made if isinstance(one, Chart)), last if isinstance(last, Reason) else None
    )


def _charted(area: Area, data: IndicatorData, points: Sequence[Point], one: Stretch) -> Chart | Reason:
    part = points[one.first : one.first + len(one.values)]
    shares = data.indicator.measure.kind in SHARES and sentences.leading(area, part[0], data) is part[0].value
    bases = [int(point.denominator.value or 0) for point in part] if shares else None
    return chart(one.values, bases=bases)


def _is_quarterly(periods: Sequence[Period]) -> bool:
    if all(period.kind is PeriodKind.FINANCIAL_QUARTER for period in periods):
        return len(periods) > 1
    return all(period.kind is PeriodKind.SNAPSHOT for period in periods) and _QUARTER in steps(periods)


def _exact(area: Area, data: IndicatorData, point: Point) -> Fraction | None:
    """The unrounded figure that leads, where it is shown."""
    own = sentences.leading(area, point, data)
    if not own.is_shown:
        return None
    return own.value if own is not point.value else exact_value(point, data.indicator)
