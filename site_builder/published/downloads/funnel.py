"""The figures behind a funnel as CSV: every borough, drawn or not, with its limits and why it is not drawn."""

from __future__ import annotations

from site_builder.published.figures import limit
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.published.unusual import Compared, compared, limits_of
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.funnels import EDGE, outside_plain
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up_float

HEADER = (
    "release", "classification", "indicator", "definition_version", "area", "area_name", "period", "breakdown",
    "numerator", "numerator_withheld", "denominator", "denominator_withheld", "value", "withheld", "variation",
    "adjusted_z", "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998", "beyond_chance_95",
    "not_drawn",
)  # fmt: skip
_SIDES = {-1: "below", 0: "inside", 1: "above"}


def funnel_csv(inputs: Inputs, data: IndicatorData, period: Period) -> bytes:
    """One row a borough, then London, which is the centre unless a borough is missing from it. Raises ValueError where there is no funnel.

    Limits are those of the usual variation, or of chance alone with 10 to 19 boroughs. ``not_drawn`` is empty for a
    borough that is drawn, else ``no-value`` or ``too-small``.
    """
    found = compared(inputs, data, period)
    if found is None:
        raise ValueError("there is no funnel of this period")
    rows = [_row(inputs, data, point, found) for point in (*data.at(period), data.points[LONDON, period])]
    return csv_bytes(HEADER, rows)


def _row(inputs: Inputs, data: IndicatorData, point: Point, found: Compared) -> tuple[str, ...]:
    source, indicator = data.source, data.indicator
    return (
        source.release, source.classification, indicator.code, str(indicator.version), point.area,
        inputs.areas.by_code[point.area].name, str(point.period), "total",
        point.numerator.plain, point.numerator.mark, point.denominator.plain, point.denominator.mark,
        point.value.plain, point.value.mark, point.variation, *_limits(point, found, indicator.measure.dp),
    )  # fmt: skip


def _limits(point: Point, found: Compared, dp: int) -> tuple[str, ...]:
    if point not in found.points:
        reason = "too-small" if point.value.is_shown and point.area != LONDON else "no-value"
        return ("", "", "", "", "", "", "" if point.area == LONDON else reason)
    near, far = limits_of(point, found.limits)
    x, n = int(point.numerator.value or 0), int(point.denominator.value or 0)
    funnel = found.limits.funnel
    z = half_up_float(funnel.adjusted_z(x, n), 2) if funnel else ""
    side = _SIDES[outside_plain(x, n, found.limits.centre, found.limits.transform, EDGE)]
    return (z, *(limit(end, dp).plain for end in (*near, *far)), side, "")
