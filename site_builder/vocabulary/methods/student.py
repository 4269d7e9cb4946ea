"""Student's t distribution (1908). Numbers in, numbers out."""

from __future__ import annotations

import math
from functools import cache


@cache
def t_quantile(probability: float, df: int) -> float:
    """t such that a variable of Student's distribution with ``df`` degrees of freedom is at most t with this probability.

    0 < probability < 1 and ``df`` >= 1, else ValueError. By bisection on the regularised incomplete beta function, so
    to the last digits that a float holds. 0 at one half.
    """
    if not 0 < probability < 1 or df < 1:
        raise ValueError("a quantile needs a probability within 0 and 1 and at least one degree of freedom")
    if probability < 0.5:
        return -t_quantile(1 - probability, df)
    low, high = 0.0, 1.0
    while t_upper_tail(high, df) > 1 - probability:
        high *= 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if t_upper_tail(middle, df) > 1 - probability:
            low = middle
        else:
            high = middle


def t_upper_tail(t: float, df: int) -> float:
    """The chance that a variable of Student's distribution is above ``t`` >= 0."""
    return beta_cdf(df / 2, 0.5, df / (df + t * t)) / 2


def beta_cdf(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function of 0 <= ``x`` <= 1 for positive ``a`` and ``b``: a continued fraction,
    on whichever side of the mean it converges fast."""
    if x in (0, 1):
        return float(x)
    scale = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )  # fmt: skip
    if x < (a + 1) / (a + b + 2):
        return scale * _fraction(a, b, x) / a
    return 1 - scale * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for term in (even, odd):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            value *= c * d
        if abs(value - before) <= 1e-16 * value:
            break
    return value
