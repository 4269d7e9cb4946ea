"""Which boroughs a funnel compares, and with what limits: worked out once for its drawing, its table and its file."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.charts import funnel_curves
from site_builder.published.charts.funnel_rows import Limits
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.funnels import EDGE, MINIMUM_PLAIN, OUT, Funnel, Transform, outside_plain
from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.periods import Period

_SHARES = (Kind.PROPORTION, Kind.SURVEY)


class Compared(NamedTuple):
    """What a funnel is drawn from: ``points`` with both counts printed, A to Z; ``small``: names of places that have a
    figure and are too small; ``own_centre``: whether the centre is London's printed figure."""

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
    usable = [p for p in data.at(period) if p.value.is_shown and p.numerator.is_shown and p.denominator.value]
    points = tuple(sorted((p for p in usable if areas[p.area].funnel), key=lambda p: areas[p.area].name))
    if len(points) < MINIMUM_PLAIN or len({(p.numerator.value or 0) / (p.denominator.value or 1) for p in points}) == 1:
        return None
    centre, own = _centre(data.points[LONDON, period], points)
    transform = Transform.ARCSINE if measure.kind in _SHARES else Transform.SQUARE_ROOT
    if centre <= 0 or (transform is Transform.ARCSINE and centre >= 1):
        return None
    found = data.funnels[period]
    limits = Limits(centre, transform, found if isinstance(found, Funnel) else None, measure.multiplier, measure.dp)
    small = tuple(areas[p.area].name for p in usable if not areas[p.area].funnel)
    return Compared(points, small, limits, own)


def _centre(london: Point, points: tuple[Point, ...]) -> tuple[float, bool]:
    """London's printed counts where both are there, else those of the boroughs together; and which it is."""
    x, n = london.numerator.value, london.denominator.value
    if x is not None and n:
        return float(x / n), True
    xs, ns = (sum(whole(getattr(p, name).value) for p in points) for name in ("numerator", "denominator"))
    return xs / ns, False


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
