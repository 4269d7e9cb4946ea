"""Which boroughs a funnel compares, and with what limits: worked out once for its drawing, its table and its file."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.charts import funnel_curves
from site_builder.published.charts.funnel_rows import Limits
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.published.usual import centre_of, pair_of, transform_of
from site_builder.vocabulary.areas import LONDON, Areas
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.funnels import EDGE, OUT, Funnel, outside_plain, silence
from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.periods import Period


class Compared(NamedTuple):
    """What a funnel is drawn from: ``points`` with both counts printed, A to Z; ``small``: names of places that have a
    figure and are too small; ``own_centre``: whether the centre is London's printed figure and not
    that of these boroughs together."""

    points: tuple[Point, ...]
    small: tuple[str, ...]
    limits: Limits
    own_centre: bool


def compared(inputs: Inputs, data: IndicatorData, period: Period) -> Compared | None:
    """What a funnel of this period is drawn from; None where there is none: counts, under ten boroughs, all equal."""
    measure, how = data.indicator.measure, data.indicator.compare.funnel
    if measure.kind is Kind.COUNT or how == "none":
        return None
    areas = inputs.areas.by_code
    held = [(p, pair) for p in data.at(period) if (pair := pair_of(inputs.areas, p)) is not None]
    pairs = [pair for _, pair in held]
    centre, own = centre_of(data.points[LONDON, period], pairs)
    transform = transform_of(data.indicator)
    if silence(pairs, centre, transform) is not None:
        return None
    found = data.funnels[period]
    limits = Limits(centre, transform, found if isinstance(found, Funnel) else None, measure.multiplier, measure.dp)
    points = tuple(sorted((p for p, _ in held), key=lambda p: areas[p.area].name))
    small = tuple(areas[p.area].name for p in data.at(period) if _is_small(inputs.areas, p))
    return Compared(points, small, limits, own)


def _is_small(areas: Areas, point: Point) -> bool:
    printed = point.value.is_shown and point.numerator.is_shown and bool(point.denominator.value)
    return printed and not areas.by_code[point.area].funnel


def whole(number: object) -> int:
    """A shown count as a whole number."""
    return int(number)  # type: ignore[call-overload, no-any-return]  # a shown count


def beyond_chance(found: Compared) -> int:
    """How many boroughs lie outside the plain 95 % limits, which chance alone would set."""
    limits = found.limits
    pairs = [(whole(p.numerator.value), whole(p.denominator.value)) for p in found.points]
    return sum(outside_plain(x, n, limits.centre, limits.transform, EDGE) != 0 for x, n in pairs)


def limits_of(point: Point, limits: Limits) -> tuple[Interval, Interval]:
    """The 95 % and 99.8 % limits at a borough's denominator, in the unit of the value: those that label it."""
    size = float(point.denominator.value or 0)
    if limits.funnel:
        near, far = limits.funnel.limits(size, EDGE), limits.funnel.limits(size, OUT)
    else:
        near, far = (funnel_curves.chance_at(limits.centre, limits.transform, size, c) for c in (EDGE, OUT))
    times = limits.multiplier
    return Interval(near.lower * times, near.upper * times), Interval(far.lower * times, far.upper * times)
