"""The curves of a funnel: limits of chance alone, and limits that allow for the usual variation between areas.

Heights are numerator / denominator. Everything is worked out from the centre, the funnel and a range of denominators.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.vocabulary.methods.funnels import EDGE, OUT, Funnel, Transform, plain_limits
from site_builder.vocabulary.methods.intervals import Interval, normal_quantile, poisson

_STEPS = 12  # points of a curve: enough to look round at 760 pixels


class Usual(NamedTuple):
    """Limits of the usual variation at a denominator ``size``: 95 % and 99.8 %."""

    size: float
    near: Interval
    far: Interval


def sizes(low: float, high: float) -> tuple[float, ...]:
    """Denominators from ``low`` > 0 to ``high`` >= ``low``, closer together where limits bend most."""
    start, end = math.sqrt(low), math.sqrt(high)
    return tuple((start + (end - start) * step / _STEPS) ** 2 for step in range(_STEPS + 1))


def usual(funnel: Funnel, along: Sequence[float]) -> tuple[Usual, ...]:
    """The over-dispersed limits (Spiegelhalter 2005) along denominators."""
    return tuple(Usual(size, funnel.limits(size, EDGE), funnel.limits(size, OUT)) for size in along)


def chance(centre: float, transform: Transform, along: Sequence[float]) -> Iterator[tuple[tuple[float, float], ...]]:
    """Four lines of (denominator, height): lower and upper at 95 %, lower and upper at 99.8 %.

    ``centre`` > 0, and < 1 for proportions.
    """
    for confidence in (EDGE, OUT):
        limits = [chance_at(centre, transform, size, confidence) for size in along]
        yield tuple((size, one.lower) for size, one in zip(along, limits, strict=True))
        yield tuple((size, one.upper) for size, one in zip(along, limits, strict=True))


def chance_at(centre: float, transform: Transform, size: float, confidence: float) -> Interval:
    """Limits of chance alone at one denominator ``size`` > 0.

    For a rate a count is outside when its own interval leaves the expected count out, so a curve joins the counts whose
    interval just reaches it.
    """
    if transform is Transform.ARCSINE:
        return plain_limits(centre, size, confidence)
    expected = centre * size
    return Interval(
        _count(expected, confidence, upper=False) / size,
        _count(expected, confidence, upper=True) / size,
    )


def _count(expected: float, confidence: float, *, upper: bool) -> float:
    """The count, between whole ones by a straight line, whose lower (``upper``) or upper limit is ``expected`` > 0."""

    def reached(count: int) -> float:
        limits = poisson(count, confidence)
        return limits.lower if upper else limits.upper

    reach = normal_quantile(confidence) * math.sqrt(expected)
    count = max(0, int(expected + reach if upper else expected - reach))
    while count and reached(count) > expected:
        count -= 1
    while reached(count + 1) <= expected:
        count += 1
    below, above = reached(count), reached(count + 1)
    return count + max(0.0, expected - below) / (above - below)
