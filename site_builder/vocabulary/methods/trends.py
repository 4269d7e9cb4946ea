"""The recent-trend test: whether five years in a row rise or fall by more than chance. Numbers in, a verdict out.

The method of Public Health England's Fingertips: a chi-square test of the slope that must hold when any one of the
five points is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from site_builder.vocabulary.methods.intervals import rate

POINTS = 5
THRESHOLD = 9.54953570608324  # chi-square, one degree of freedom, 99.8 %
WIDTH = 3.92  # standard errors between the 95 % limits, as the method rounds it
_FLAT = 1e-12  # a slope nearer to zero than this has no sign


class Trend(Enum):
    """Verdicts without a judgement: the machine codes of downloads."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CLEAR_CHANGE = "no-clear-change"
    NOT_COMPARABLE = "not-comparable"
    NOT_CALCULABLE = "not-calculable"


class TrendTest(NamedTuple):
    """A verdict with what it rests on; both are None when it cannot be worked out. ``slope`` is per year: of the logit
    for proportions, of the rate for rates."""

    verdict: Trend
    chi2: float | None
    slope: float | None


def trend_of_proportions(counts: Sequence[int], totals: Sequence[int]) -> TrendTest:
    """The verdict for five numerators and denominators, oldest first. Not calculable when any share is 0 or 1.

    Raises ValueError unless there are five of each.
    """
    _five(counts, totals)
    if any(c in (0, d) for c, d in zip(counts, totals, strict=True)):
        return TrendTest(Trend.NOT_CALCULABLE, None, None)
    times = range(1, POINTS + 1)
    c_all, d_all = sum(counts), sum(totals)
    ct = sum(c * t for c, t in zip(counts, times, strict=True))
    dt = sum(d * t for d, t in zip(totals, times, strict=True))
    dtt = sum(d * t * t for d, t in zip(totals, times, strict=True))
    chi2 = d_all * (d_all * ct - c_all * dt) ** 2 / (c_all * (d_all - c_all) * (d_all * dtt - dt**2))
    logits = [math.log(c / (d - c)) for c, d in zip(counts, totals, strict=True)]
    return _verdict(chi2, lambda keep: _slope(keep, [logits[i - 1] for i in keep], [1.0] * len(keep)))


def trend_of_rates(counts: Sequence[int], populations: Sequence[int], multiplier: int) -> TrendTest:
    """The verdict for five counts and populations, oldest first; each year weighs by its 95 % interval.

    Raises ValueError unless there are five of each, with populations > 0.
    """
    _five(counts, populations)
    limits = [rate(c, n, multiplier, 0.95) for c, n in zip(counts, populations, strict=True)]
    weights = [(WIDTH / (one.upper - one.lower)) ** 2 for one in limits]
    rates = [c * multiplier / n for c, n in zip(counts, populations, strict=True)]
    times = range(1, POINTS + 1)
    middle = sum(w * t for w, t in zip(weights, times, strict=True)) / sum(weights)
    spread = sum(w * (t - middle) ** 2 for w, t in zip(weights, times, strict=True))
    slope = _slope(times, rates, weights)
    return _verdict(
        slope * slope * spread,
        lambda keep: _slope(keep, [rates[i - 1] for i in keep], [weights[i - 1] for i in keep]),
    )


def _five(*series: Sequence[int]) -> None:
    if any(len(values) != POINTS for values in series):
        raise ValueError("the test needs exactly five points")


def _slope(times: Sequence[int], values: Sequence[float], weights: Sequence[float]) -> float:
    """Weighted least squares."""
    total = sum(weights)
    middle = sum(w * t for w, t in zip(weights, times, strict=True)) / total
    top = sum(w * (t - middle) * v for w, t, v in zip(weights, times, values, strict=True))
    return top / sum(w * (t - middle) ** 2 for w, t in zip(weights, times, strict=True))


def _verdict(chi2: float, fit: Callable[[Sequence[int]], float]) -> TrendTest:
    times = tuple(range(1, POINTS + 1))
    slopes = [fit(times), *(fit([t for t in times if t != left_out]) for left_out in times)]
    if chi2 > THRESHOLD and all(slope > _FLAT for slope in slopes):
        return TrendTest(Trend.INCREASING, chi2, slopes[0])
    if chi2 > THRESHOLD and all(slope < -_FLAT for slope in slopes):
        return TrendTest(Trend.DECREASING, chi2, slopes[0])
    return TrendTest(Trend.NO_CLEAR_CHANGE, chi2, slopes[0])
