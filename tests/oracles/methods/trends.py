"""The recent-trend test beside exact correlations, scipy's and statsmodels' regressions."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from statistics import linear_regression

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import WLS

from site_builder.vocabulary.methods import trends
from tests.oracles.comparisons import Answers, Case, Comparison
from tests.oracles.methods.intervals import MANY, count_limits

YEARS = (1, 2, 3, 4, 5)
CHANCE = 0.998
FLAT = 1e-12
LEFT_OUT = [[i for i in range(5) if i != out] for out in (None, 0, 1, 2, 3, 4)]


def five_shares(random: Random) -> Case:
    """Five years of one share that may drift."""
    start, drift = random.uniform(0.02, 0.9), random.choice((0, 0, 0.01, -0.01, 0.04))
    totals = [random.randint(10, 5000) for _ in YEARS]
    shares = [min(1, max(0, start + drift * t + random.gauss(0, 0.02))) for t in YEARS]
    return tuple(round(p * d) for p, d in zip(shares, totals, strict=True)), tuple(totals)


def five_rates(random: Random) -> Case:
    """Five years of counts that may drift, small ones too."""
    start, drift = random.choice((2, 12, 200, 3000)), random.choice((0, 0, 0.05, -0.05, 0.15))
    counts = [max(0, round(start * (1 + drift * t) + random.gauss(0, start**0.5))) for t in YEARS]
    return tuple(counts), tuple(random.randint(5000, 90_000) for _ in YEARS)


def answer(found: trends.TrendTest) -> Answers:
    """The verdict, and the numbers where there are any."""
    return found.verdict.value, found.chi2, found.slope


def named(chi2: float, slopes: list[float]) -> str:
    """The verdict: over the threshold, with one sign in all six fits."""
    rising, falling = (all(sign * s > FLAT for s in slopes) for sign in (1, -1))
    if stats.chi2.sf(chi2, 1) < 1 - CHANCE and (rising or falling):
        return "increasing" if rising else "decreasing"
    return "no-clear-change"


def proportions(counts: tuple[int, ...], totals: tuple[int, ...]) -> Answers:
    """Chi-square as cases times the squared correlation of case and year (Armitage 1955), in fractions."""
    if any(not 0 < c < d for c, d in zip(counts, totals, strict=True)):
        return "not-calculable", None, None
    all_of, cases = sum(totals), sum(counts)
    mean_t = Fraction(sum(d * t for d, t in zip(totals, YEARS, strict=True)), all_of)
    mean_x = Fraction(cases, all_of)
    with_case = sum(((t - mean_t) * c for c, t in zip(counts, YEARS, strict=True)), Fraction(0))
    spread_t = sum((d * (t - mean_t) ** 2 for d, t in zip(totals, YEARS, strict=True)), Fraction(0))
    chi2 = float(all_of * with_case**2 / (spread_t * all_of * mean_x * (1 - mean_x)))
    logits = [math.log(c) - math.log(d - c) for c, d in zip(counts, totals, strict=True)]
    slopes = [linear_regression([YEARS[i] for i in keep], [logits[i] for i in keep]).slope for keep in LEFT_OUT]
    slopes[0] = float(stats.linregress(YEARS, logits).slope)
    return named(chi2, slopes), chi2, slopes[0]


def rates(counts: tuple[int, ...], populations: tuple[int, ...]) -> Answers:
    """Chi-square as the squared slope over its variance, when the variances are known."""
    times = np.array(YEARS, dtype=float)
    values = np.array([c * 10_000 / n for c, n in zip(counts, populations, strict=True)])
    limits = [count_limits(c, 0.95) for c in counts]
    widths = [float((upper - lower) * 10_000 / n) for (lower, upper), n in zip(limits, populations, strict=True)]
    weights = (3.92 / np.array(widths)) ** 2
    fitted = WLS(values, np.column_stack([np.ones(5), times]), weights=weights).fit()
    slope = float(fitted.params[1])
    chi2 = slope**2 / float(fitted.normalized_cov_params[1, 1])
    others = [float(np.polyfit(times[keep], values[keep], 1, w=np.sqrt(weights[keep]))[0]) for keep in LEFT_OUT[1:]]
    return named(chi2, [slope, *others]), chi2, slope


COMPARISONS = (
    Comparison(
        "Trend of proportions", "fractions: the correlation; `scipy.stats.linregress`",
        five_shares,
        lambda counts, totals: answer(trends.trend_of_proportions(counts, totals)),
        proportions,
        [
            ((0, 1, 2, 3, 4), (9, 9, 9, 9, 9)),
            ((9, 8, 7, 6, 5), (9, 9, 9, 9, 9)),
            ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
            ((1, 1, 1, 1, 1), (2, 2, 2, 2, 2)),
            ((10**6, 2 * 10**6, 3 * 10**6, 4 * 10**6, 5 * 10**6), (MANY,) * 5),
        ],
    ),
    Comparison(
        "Trend of rates", "statsmodels: `WLS`; `numpy.polyfit`",
        five_rates,
        lambda counts, populations: answer(trends.trend_of_rates(counts, populations, 10_000)),
        rates,
        [
            ((0, 0, 0, 0, 0), (20_000,) * 5),
            ((0, 0, 0, 0, 40), (20_000,) * 5),
            ((10**6, 2 * 10**6, 3 * 10**6, 4 * 10**6, 5 * 10**6), (MANY,) * 5),
        ],
    ),
)  # fmt: skip
