"""Over-dispersed funnels beside 40 digits and numpy's quantiles."""

from __future__ import annotations

from random import Random

import numpy as np
from mpmath import mp, mpf

from site_builder.vocabulary.methods import funnels
from site_builder.vocabulary.methods.funnels import Funnel, Transform
from tests.oracles.comparisons import Answers, Case, Comparison
from tests.oracles.methods.intervals import MANY, count_limits, z_of

Points = tuple[tuple[int, int], ...]


def areas(random: Random) -> Case:
    """From one area to forty, around one share, with little or much variation between them."""
    number = random.choice((1, 9, 19, 20, 21, 32, 33, 40))
    centre, spread = random.uniform(0.005, 0.98), random.choice((0, 0.02, 0.1, 0.4))
    points = []
    for _ in range(number):
        n = random.randint(20, 60_000)
        share = min(1.0, max(0.0, random.gauss(centre, (centre * (1 - centre) / n) ** 0.5 + spread * centre)))
        points.append((round(share * n), n))
    return tuple(points), random.choice(list(Transform)), random.choice((None, None, centre))


def funnel(points: Points, transform: Transform, centre: float | None) -> Answers:
    """The funnel, what it says about the first area, and its limits at 150; or why there is none."""
    found = funnels.additive(points, centre, transform)
    if not isinstance(found, Funnel):
        return (str(found),)
    x, n = points[0]
    limits = (*found.limits(150, 0.95), *found.limits(150, 0.998))
    return found.centre, found.phi, found.tau2, found.z(x, n), found.adjusted_z(x, n), found.label(x, n).value, *limits


def funnel_slowly(points: Points, transform: Transform, centre: float | None) -> Answers:
    """The same from the definitions: a variance between areas from the sum of squared z, which are cut at the tenths."""
    if len(points) < 20:
        return ("too-few-areas",)
    if all(x * points[0][1] == points[0][0] * n for x, n in points):
        return ("all-equal",)
    total = sum(n for _, n in points)
    middle = mpf(centre) if centre is not None else mpf(sum(x for x, _ in points)) / total
    if middle <= 0 or (middle >= 1 and transform is Transform.ARCSINE):
        return ("centre-at-the-end",)
    zs = [placed(x, n, middle, transform) / error(n, middle, transform) for x, n in points]
    low, high = (mpf(float(v)) for v in np.quantile([float(z) for z in zs], [0.1, 0.9]))
    squares = [min(max(z, low), high) ** 2 for z in zs]
    weights = [error(n, middle, transform) ** -2 for _, n in points]
    spread = mp.fsum(weights) - mp.fsum(w * w for w in weights) / mp.fsum(weights)
    tau2 = max(mpf(0), (mp.fsum(squares) - (len(points) - 1)) / spread)
    x, n = points[0]
    adjusted = placed(x, n, middle, transform) / mp.sqrt(error(n, middle, transform) ** 2 + tau2)
    return (
        middle, mp.fsum(squares) / len(points), tau2, zs[0], adjusted, label(adjusted),
        *limits(middle, tau2, 150, 0.95, transform), *limits(middle, tau2, 150, 0.998, transform),
    )  # fmt: skip


def placed(x: int, n: int, middle: mpf, transform: Transform) -> mpf:
    """Where an area lies from the centre, on the scale of the transform."""
    if transform is Transform.ARCSINE:
        return mp.atan2(mp.sqrt(x), mp.sqrt(n - x)) - mp.asin(mp.sqrt(middle))
    return mp.sqrt(mpf(x) / (middle * n)) - 1


def error(n: int, middle: mpf, transform: Transform) -> mpf:
    """One standard error by chance alone, on the same scale."""
    return mpf(0.5) / mp.sqrt(n if transform is Transform.ARCSINE else middle * n)


def label(adjusted: mpf) -> str:
    """The words for an adjusted z."""
    size = abs(adjusted)
    if size <= z_of(0.95):
        return "within"
    return f"{'edge' if size <= z_of(0.998) else 'out'}-{'high' if adjusted > 0 else 'low'}"


def limits(middle: mpf, tau2: mpf, n: int, confidence: float, transform: Transform) -> tuple[mpf, mpf]:
    """Where the adjusted z would be just at the limit: solved for the share."""
    reach = z_of(confidence) * mp.sqrt(error(n, middle, transform) ** 2 + tau2)
    if transform is Transform.ARCSINE:
        angle = mp.asin(mp.sqrt(middle))
        low, high = max(mpf(0), angle - reach), min(mp.pi / 2, angle + reach)
        return (1 - mp.cos(2 * low)) / 2, (1 - mp.cos(2 * high)) / 2
    return middle * max(mpf(0), 1 - reach) ** 2, middle * (1 + reach) ** 2


def outside_case(random: Random) -> Case:
    n = random.randint(1, 5000)
    return (
        random.randint(0, n),
        n,
        random.uniform(0.01, 0.99),
        random.choice(list(Transform)),
        random.choice((0.95, 0.998)),
    )


def outside(x: int, n: int, centre: float, transform: Transform, confidence: float) -> Answers:
    """By the funnel's own curves for proportions; by the interval of the count for rates."""
    if transform is Transform.ARCSINE:
        share, reach = mpf(x) / n, z_of(confidence) * mp.sqrt(mpf(centre) * (1 - mpf(centre)) / n)
        return (int(share > centre + reach) - int(share < centre - reach),)
    lower, upper = count_limits(x, confidence)
    return (int(lower > mpf(centre) * n) - int(upper < mpf(centre) * n),)


ALIKE = tuple((8 + k, 80 + 10 * k) for k in range(20))
COMPARISONS = (
    Comparison(
        "Over-dispersed funnel", "mpmath and `numpy.quantile`: from the definitions",
        areas, funnel, funnel_slowly,
        [
            (points, transform, None)
            for transform in Transform
            for points in (
                ((5, 50),) * 25,
                tuple((0, 50 + k) for k in range(25)),
                tuple((k % 2, 1) for k in range(20)),
                ALIKE,
                tuple((k * 1000, MANY) for k in range(1, 33)),
            )
        ],
    ),
    Comparison(
        "Outside the plain funnel", "mpmath: proportions by the curves",
        outside_case,
        lambda x, n, centre, transform, c: (funnels.outside_plain(x, n, centre, transform, c),),
        outside,
        [(x, 1, 0.5, transform, 0.95) for x in (0, 1) for transform in Transform],
    ),
)  # fmt: skip
