"""Confidence intervals of counts, proportions and rates, and of the difference of two. Numbers in, numbers out.

The counts are complete, not samples: the intervals describe the chance variation of the process behind them.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

EXACT_BELOW = 10  # counts under this have exact Poisson limits; from here on Byar's, which are as good


class Interval(NamedTuple):
    """Lower and upper limit, in the unit of the estimate."""

    lower: float
    upper: float


class Difference(NamedTuple):
    """The later value minus the earlier, with its limits."""

    estimate: float
    lower: float
    upper: float


@cache
def normal_quantile(confidence: float) -> float:
    """z such that a normal variable lies within -z and z with this probability: 1.96 for 0.95, 3.09 for 0.998."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(x: float, n: float, confidence: float) -> Interval:
    """Wilson's score interval (1927) of the proportion ``x / n``, within 0 and 1.

    0 <= x <= n and n > 0, else ValueError. The lower limit is exactly 0 at x = 0, the upper exactly 1 at x = n.
    ``x`` is fractional only for surveys with an effective sample size.
    """
    if not 0 <= x <= n or n <= 0:
        raise ValueError("a proportion needs a positive denominator and a numerator within it")
    z = normal_quantile(confidence)
    spread = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    lower = 0.0 if x == 0 else (2 * x + z * z - spread) / (2 * (n + z * z))
    upper = 1.0 if x == n else (2 * x + z * z + spread) / (2 * (n + z * z))
    return Interval(lower, upper)


def exact_poisson(x: int, confidence: float) -> Interval:
    """Garwood's exact limits (1936) of the mean of a Poisson count ``x`` >= 0. The lower limit is 0 at x = 0."""
    tail = (1 - confidence) / 2
    lower = gamma_quantile(x, tail) if x else 0.0
    return Interval(lower, gamma_quantile(x + 1, 1 - tail))


def byar(x: int, confidence: float) -> Interval:
    """Byar's approximation to the exact limits of a Poisson count ``x`` > 0 (Breslow and Day 1987)."""
    z = normal_quantile(confidence)
    lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    more = x + 1
    return Interval(lower, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3)


@cache
def poisson(x: int, confidence: float) -> Interval:
    """Limits of a count of events ``x`` >= 0: exact below ten, Byar's from ten on. Raises ValueError below 0."""
    if x < 0:
        raise ValueError("a count of events is not negative")
    return exact_poisson(x, confidence) if x < EXACT_BELOW else byar(x, confidence)


def rate(x: int, population: int, multiplier: int, confidence: float) -> Interval:
    """Limits of ``x`` events per ``multiplier`` people; ``x`` may exceed ``population``, which is > 0, else ValueError."""
    if population <= 0:
        raise ValueError("a rate needs a positive population")
    limits = poisson(x, confidence)
    return Interval(limits.lower / population * multiplier, limits.upper / population * multiplier)


def difference_of_proportions(x1: int, n1: int, x2: int, n2: int, confidence: float) -> Difference:
    """``x2/n2 - x1/n1`` by Newcombe's hybrid score method (1998, method 10). 0 <= x <= n and n > 0, else ValueError."""
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    return _square_and_add(x1 / n1, first, x2 / n2, second)


def difference_of_rates(x1: int, n1: int, x2: int, n2: int, multiplier: int, confidence: float) -> Difference:
    """The second rate minus the first, by recovering variances from the Poisson limits (MOVER, Zou and Donner 2008)."""
    first, second = rate(x1, n1, multiplier, confidence), rate(x2, n2, multiplier, confidence)
    return _square_and_add(x1 * multiplier / n1, first, x2 * multiplier / n2, second)


def _square_and_add(y1: float, first: Interval, y2: float, second: Interval) -> Difference:
    d = y2 - y1
    lower = d - math.hypot(y2 - second.lower, first.upper - y1)
    return Difference(d, lower, d + math.hypot(second.upper - y2, y1 - first.lower))


@cache
def gamma_quantile(shape: int, probability: float) -> float:
    """t such that a gamma variable of this ``shape`` (1 or more) is at most t with this probability.

    Half the chi-square quantile with ``2 * shape`` degrees of freedom. By bisection on the incomplete gamma function.
    """
    low, high = 0.0, shape + 10.0
    while gamma_cdf(shape, high) < probability:
        high *= 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if gamma_cdf(shape, middle) < probability:
            low = middle
        else:
            high = middle


def gamma_cdf(shape: int, t: float) -> float:
    """The regularised lower incomplete gamma function P(shape, t): series below the mode, continued fraction above.

    ``shape`` >= 1, ``t`` >= 0. It is also the chance that a Poisson count of mean ``t`` reaches ``shape``.
    """
    if t <= 0:
        return 0.0
    scale = math.exp(shape * math.log(t) - t - math.lgamma(shape))
    if t < shape + 1:
        return scale * _series(shape, t)
    return 1 - scale * _fraction(shape, t)


def _series(shape: int, t: float) -> float:
    term = total = 1 / shape
    step = shape
    while term > total * 1e-17:
        step += 1
        term *= t / step
        total += term
    return total


def _fraction(shape: int, t: float) -> float:
    """Lentz's evaluation of the continued fraction of the upper incomplete gamma function."""
    b = t + 1 - shape
    c, d = math.inf, 1 / b
    value = d
    for i in range(1, 100_000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value
