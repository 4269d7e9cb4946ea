"""Averages, quantiles, Student's t and rounding beside numpy, scipy and decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from random import Random

import numpy as np
from scipy import stats

from site_builder.vocabulary.methods import averages, quantiles, student
from site_builder.vocabulary.methods.reasons import Reason
from site_builder.vocabulary.rounding import half_up
from tests.oracles.comparisons import Answers, Case, Comparison


def listed(random: Random) -> Case:
    """Up to thirty values with a decimal."""
    return (tuple(random.randint(0, 5000) / 10 for _ in range(random.randint(1, 30))),)


def ten(random: Random) -> Case:
    """Ten neighbours, some without a value; median or mean."""
    shown = random.uniform(0.4, 1)
    values = (
        Fraction(random.randint(0, 900), random.randint(1, 90)) if random.random() < shown else None for _ in range(10)
    )
    return tuple(values), random.choice(("median", "mean"))


def near(values: tuple[Fraction | None, ...], kind: str) -> Answers:
    found = averages.neighbour_average(values, "median" if kind == "median" else "mean")
    if isinstance(found, Reason):
        return (str(found),)
    return float(found.value), found.used, found.of, float(found.lowest), float(found.highest)


def near_by_numpy(values: tuple[Fraction | None, ...], kind: str) -> Answers:
    shown = [float(v) for v in values if v is not None]
    if len(shown) < 6:
        return ("too-few-neighbours",)
    value = np.median(shown) if kind == "median" else np.mean(shown)
    return float(value), len(shown), 10, min(shown), max(shown)


def mean_limits(values: tuple[float, ...]) -> Answers:
    found = averages.mean_interval(values, 0.95)
    return (str(found),) if isinstance(found, Reason) else found


def mean_limits_of_scipy(values: tuple[float, ...]) -> Answers:
    if len(values) < 2:
        return ("too-few-values",)
    spread = float(stats.sem(values))
    if not spread:
        return values[0], values[0]
    return tuple(float(v) for v in stats.t.interval(0.95, len(values) - 1, loc=float(np.mean(values)), scale=spread))


def counts(random: Random) -> Case:
    """Halves on the last place are common."""
    n = random.choice((8, 16, 400, 2000, random.randint(1, 10_000_000)))
    return random.randint(-n, n), n, random.choice((1, 100, 10_000)), random.randint(0, 4)


def half_up_by_decimals(x: int, n: int, multiplier: int, dp: int) -> Answers:
    """A quotient of sixty digits, quantised."""
    exact = Context(prec=60).divide(Decimal(x * multiplier), Decimal(n))
    text = f"{exact.quantize(Decimal(1).scaleb(-dp), rounding=ROUND_HALF_UP):f}"
    return (text.lstrip("-") if not float(text) else text,)


COMPARISONS = (
    Comparison(
        "Type 7 quantile", "`numpy.quantile`",
        lambda random: (*listed(random), Fraction(random.randint(0, 40), 40)),
        lambda values, part: (quantiles.quantile(values, part),),
        lambda values, part: (float(np.quantile(values, float(part))),),
        [((3.0,), Fraction(1, 2)), ((1.0, 2.0), Fraction(1)), ((1.0, 2.0), Fraction(0))],
    ),
    Comparison("Average of neighbours", "`numpy.median` and `numpy.mean`", ten, near, near_by_numpy, [((None,) * 10, "mean")]),
    Comparison(
        "Interval of a mean", "scipy: `t.interval` and `sem`",
        listed, mean_limits, mean_limits_of_scipy, [((4.0,),), ((4.0, 4.0),), ((0.0, 10_000_000.0),)],
    ),
    Comparison(
        "Student's quantile", "scipy: `t.ppf`",
        lambda random: (random.choice((0.001, 0.025, random.uniform(0.6, 0.9999))), random.randint(1, 400)),
        lambda p, freedom: (student.t_quantile(p, freedom),),
        lambda p, freedom: (float(stats.t.ppf(p, freedom)),),
        [(0.975, 1), (0.5, 7), (0.001, 1), (0.975, 100_000)],
    ),
    Comparison(
        "Rounding half up", "`decimal`, sixty digits",
        counts, lambda *case: (half_up(*case),), half_up_by_decimals, [(0, 1, 100, 1), (1, 1, 100, 0), (-1, 4000, 100, 1)],
    ),
)  # fmt: skip
