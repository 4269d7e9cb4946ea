"""Funnel limits: which areas vary more than chance, and more than areas usually do. Numbers in, numbers out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from site_builder.vocabulary.methods.intervals import Interval, normal_quantile, poisson, wilson
from site_builder.vocabulary.methods.quantiles import quantile
from site_builder.vocabulary.methods.reasons import Reason

MINIMUM_PLAIN = 10  # areas for a plain funnel
MINIMUM_ADDITIVE = 20  # areas for an over-dispersed one
EDGE, OUT = 0.95, 0.998
WINSORISED = Fraction(1, 10)
# Winsorising makes phi too small under a normal spread, so more than 5 % and 0.2 % of ordinary areas lie beyond the adjusted
# limits: these shares, simulated for 33 areas of one size.
CAUGHT_95, CAUGHT_998 = Fraction(94, 1000), Fraction(11, 1000)


class Transform(Enum):
    """The scale on which variation is roughly the same everywhere: arcsine for proportions, square root for rates."""

    ARCSINE = "arcsine"
    SQUARE_ROOT = "squareroot"


class Label(Enum):
    """Where a value lies among the usual variation of areas: the machine codes of downloads."""

    WITHIN = "within"
    EDGE_LOW = "edge-low"
    EDGE_HIGH = "edge-high"
    OUT_LOW = "out-low"
    OUT_HIGH = "out-high"


@dataclass(frozen=True, slots=True)
class Funnel:
    """An additive over-dispersed funnel (Spiegelhalter 2005).

    ``centre``: numerator / denominator around which areas vary. ``phi``: mean of the squared, winsorised z.
    ``tau2``: variance between areas on the transformed scale. ``areas``: how many points it rests on.
    """

    transform: Transform
    centre: float
    phi: float
    tau2: float
    areas: int

    def z(self, x: int, n: int) -> float:
        """How many standard errors an area lies from the centre, by chance alone."""
        return (_place(self.transform, x, n, self.centre)) / _error(self.transform, n, self.centre)

    def adjusted_z(self, x: int, n: int) -> float:
        """The same with the variance between areas added."""
        s = _error(self.transform, n, self.centre)
        return _place(self.transform, x, n, self.centre) / math.sqrt(s * s + self.tau2)

    def limits(self, n: float, confidence: float) -> Interval:
        """Limits of numerator / denominator at a denominator ``n`` > 0."""
        s = _error(self.transform, n, self.centre)
        reach = normal_quantile(confidence) * math.sqrt(s * s + self.tau2)
        if self.transform is Transform.ARCSINE:
            angle = math.asin(math.sqrt(self.centre))
            low, high = max(0.0, angle - reach), min(math.pi / 2, angle + reach)
            return Interval(math.sin(low) ** 2, math.sin(high) ** 2)
        return Interval(self.centre * max(0.0, 1 - reach) ** 2, self.centre * (1 + reach) ** 2)

    def label(self, x: int, n: int) -> Label:
        """Beyond the 99.8 % limit stands out; beyond the 95 % limit is towards the edge; a limit itself is inside."""
        z = self.adjusted_z(x, n)
        if abs(z) > normal_quantile(OUT):
            return Label.OUT_HIGH if z > 0 else Label.OUT_LOW
        if abs(z) > normal_quantile(EDGE):
            return Label.EDGE_HIGH if z > 0 else Label.EDGE_LOW
        return Label.WITHIN


def additive(
    points: Sequence[tuple[int, int]],
    centre: float | None,
    transform: Transform,
    winsorise: Fraction | None = WINSORISED,
) -> Funnel | Reason:
    """The funnel of (numerator, denominator) points, or the reason why there is none.

    ``centre`` None takes the pooled value. Denominators > 0; for ARCSINE no numerator exceeds its denominator.
    ``winsorise``: z beyond these quantiles at either end count as the quantile; None leaves them.
    """
    centre = pooled(points) if centre is None else centre
    if reason := silence(points, centre, transform, MINIMUM_ADDITIVE):
        return reason
    errors = [_error(transform, n, centre) for _, n in points]
    zs = [_place(transform, x, n, centre) / s for (x, n), s in zip(points, errors, strict=True)]
    if winsorise is not None:
        low, high = quantile(zs, winsorise), quantile(zs, 1 - winsorise)
        zs = [min(max(z, low), high) for z in zs]
    phi = math.fsum(z * z for z in zs) / len(zs)
    weights = [1 / (s * s) for s in errors]
    total = math.fsum(weights)
    spread = total - math.fsum(w * w for w in weights) / total
    tau2 = (len(zs) * phi - (len(zs) - 1)) / spread
    return Funnel(transform, centre, phi, max(0.0, tau2), len(zs))


def pooled(points: Sequence[tuple[int, int]]) -> float:
    """The sum of numerators over the sum of denominators; 0 without points."""
    total = sum(n for _, n in points)
    return sum(x for x, _ in points) / total if total else 0.0


def silence(
    points: Sequence[tuple[int, int]], centre: float, transform: Transform, minimum: int = MINIMUM_PLAIN
) -> Reason | None:
    """Why there is no funnel, or None where there is one: TOO_FEW_AREAS (ten for a plain funnel, twenty for an
    over-dispersed one), ALL_EQUAL, or CENTRE_AT_THE_END: at 0, or for proportions at 1."""
    if len(points) < minimum:
        return Reason.TOO_FEW_AREAS
    if len({Fraction(x, n) for x, n in points}) == 1:
        return Reason.ALL_EQUAL
    at_the_end = centre <= 0 or (transform is Transform.ARCSINE and centre >= 1)
    return Reason.CENTRE_AT_THE_END if at_the_end else None


def plain_limits(centre: float, n: float, confidence: float) -> Interval:
    """Plain limits of a proportion at a denominator ``n`` > 0, clipped to 0 and 1."""
    reach = normal_quantile(confidence) * math.sqrt(centre * (1 - centre) / n)
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach))


def outside_plain(x: int, n: int, centre: float, transform: Transform, confidence: float) -> int:
    """-1 below, 1 above, 0 inside the plain funnel: by the interval of the area, which leaves the centre out or not."""
    if transform is Transform.ARCSINE:
        limits, target = wilson(x, n, confidence), centre
    else:
        limits, target = poisson(x, confidence), centre * n
    return -1 if limits.upper < target else 1 if limits.lower > target else 0


def _error(transform: Transform, n: float, centre: float) -> float:
    return 1 / (2 * math.sqrt(n if transform is Transform.ARCSINE else centre * n))


def _place(transform: Transform, x: int, n: int, centre: float) -> float:
    if transform is Transform.ARCSINE:
        return math.asin(math.sqrt(x / n)) - math.asin(math.sqrt(centre))
    return math.sqrt(x / (centre * n)) - 1
