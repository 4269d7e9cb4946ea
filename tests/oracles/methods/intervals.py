"""Intervals of proportions, counts and differences, beside 40 digits, scipy and statsmodels."""

from __future__ import annotations

import math
from functools import cache
from random import Random

from mpmath import mp, mpf
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from site_builder.vocabulary.methods import differences, funnels, intervals
from tests.oracles.comparisons import Answers, Case, Comparison

LEVELS = (0.95, 0.998)
MANY = 10_000_000


def size(random: Random, most: int) -> int:
    """A number from 1 to ``most``, as often in one power of ten as in another."""
    return max(1, round(math.pow(most, random.random())))


def share(random: Random, most: int = MANY) -> tuple[int, int]:
    """A numerator and its denominator; none and all are common."""
    n = size(random, most)
    return random.choice((0, n, random.randint(0, n), random.randint(0, n), min(n, size(random, n)))), n


@cache
def z_of(confidence: float) -> mpf:
    """The normal quantile from the inverse error function."""
    return mp.sqrt(2) * mp.erfinv(mpf(str(confidence)))


def score_roots(x: int, n: int, confidence: float) -> tuple[mpf, mpf]:
    """The two p at which the score test of x of n is just rejected: (p - x/n)² = z² p (1 - p) / n."""
    z2 = z_of(confidence) ** 2
    a, b, c = n + z2, -(2 * x + z2), mpf(x) ** 2 / n
    root = mp.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@cache
def poisson_limits(x: int, confidence: float) -> tuple[mpf, mpf]:
    """The means under which x or more, or x or fewer, events have a chance of half of what is left: terms summed."""
    tail = (1 - mpf(str(confidence))) / 2
    lower = solved(x - 1, 1 - tail) if x else mpf(0)
    return lower, solved(x, tail)


def solved(most: int, chance: mpf) -> mpf:
    """The mean at which ``most`` or fewer events have this ``chance``; Newton's steps from the normal answer."""
    mean = mpf(most) + 1
    for _ in range(60):
        terms = [mpf(1)]
        for k in range(1, most + 1):
            terms.append(terms[-1] * mean / k)
        none = mp.exp(-mean)
        step = (none * mp.fsum(terms) - chance) / (none * terms[-1])
        mean = max(mean + step, mean / 10)
        if abs(step) < mpf(10) ** -30 * mean:
            return mean
    raise ArithmeticError("the mean is not found")


def scipy_poisson(x: int, confidence: float) -> tuple[float, float]:
    """The same from chi-square quantiles."""
    tail = (1 - confidence) / 2
    return float(stats.chi2.ppf(tail, 2 * x)) / 2 if x else 0.0, float(stats.chi2.isf(tail, 2 * x + 2)) / 2


def byar(x: int, confidence: float) -> tuple[mpf, mpf]:
    """Cubes of normal variables in place of gamma variables (Wilson and Hilferty 1931), with shapes x and x + 1."""
    return tuple(
        shape * (1 - 1 / mpf(9 * shape) + sign * z_of(confidence) / mp.sqrt(9 * shape)) ** 3
        for shape, sign in ((x, -1), (x + 1, 1))
    )


def count_limits(x: int, confidence: float) -> tuple[mpf, mpf]:
    """Exact below ten, Byar's from there."""
    return poisson_limits(x, confidence) if x < 10 else byar(x, confidence)


def squared_and_added(y1: mpf, first: tuple[mpf, mpf], y2: mpf, second: tuple[mpf, mpf]) -> tuple[mpf, mpf, mpf]:
    """A difference and its limits, from those of the two."""
    d = y2 - y1
    return (
        d,
        d - mp.sqrt((y2 - second[0]) ** 2 + (first[1] - y1) ** 2),
        d + mp.sqrt((second[1] - y2) ** 2 + (y1 - first[0]) ** 2),
    )


def proportions_apart(x1: int, n1: int, x2: int, n2: int, confidence: float) -> tuple[mpf, mpf, mpf]:
    """Newcombe's tenth method."""
    first, second = score_roots(x1, n1, confidence), score_roots(x2, n2, confidence)
    return squared_and_added(mpf(x1) / n1, first, mpf(x2) / n2, second)


def rates_apart(x1: int, n1: int, x2: int, n2: int, multiplier: int, confidence: float) -> tuple[mpf, mpf, mpf]:
    """The same on limits of rates."""
    (y1, first), (y2, second) = (
        (mpf(x) * multiplier / n, tuple(mpf(limit) * multiplier / n for limit in count_limits(x, confidence)))
        for x, n in ((x1, n1), (x2, n2))
    )
    return squared_and_added(y1, first, y2, second)


def verdict(near: tuple[mpf, ...], far: tuple[mpf, ...], x1: int, n1: int, x2: int, n2: int) -> Answers:
    """Clear: 0 beyond the near limits. A jump: beyond the far ones, over a fifth, and five cases or more."""
    clear, jump = (limits[1] > 0 or limits[2] < 0 for limits in (near, far))
    is_large = 5 * abs(x2 * n1 - x1 * n2) > x1 * n2 and not -5 < x2 - x1 < 5
    return clear, jump and is_large


def proportion_case(random: Random) -> Case:
    return *share(random), random.choice(LEVELS)


def two_shares(random: Random) -> Case:
    return *share(random), *share(random)


def two_rates(random: Random) -> Case:
    return *(size(random, 3000) - 1, random.randint(500, 100_000)), *(
        size(random, 3000) - 1,
        random.randint(500, 99_999),
    )


def changed(random: Random) -> Case:
    """Two years of one borough, often near the edge of what is clear."""
    n1, n2 = random.randint(20, 3000), random.randint(20, 3000)
    x1 = random.randint(0, n1)
    moved = x1 / n1 * random.choice((1, 1.1, 1.2, 1.4, 0.8, 0.7)) + random.gauss(0, 0.02)
    return x1, n1, min(n2, max(0, round(moved * n2))), n2


def change_of_proportions(x1: int, n1: int, x2: int, n2: int) -> Answers:
    found = differences.between_proportions(x1, n1, x2, n2, 100)
    return found.difference, found.lower, found.upper, found.is_clear, found.is_jump


def change_of_proportions_slowly(x1: int, n1: int, x2: int, n2: int) -> Answers:
    near, far = (proportions_apart(x1, n1, x2, n2, level) for level in LEVELS)
    return *(100 * value for value in near), *verdict(near, far, x1, n1, x2, n2)


def change_of_rates(x1: int, n1: int, x2: int, n2: int) -> Answers:
    found = differences.between_rates(x1, n1, x2, n2, 10_000)
    return found.difference, found.lower, found.upper, found.is_clear, found.is_jump


def change_of_rates_slowly(x1: int, n1: int, x2: int, n2: int) -> Answers:
    near, far = (rates_apart(x1, n1, x2, n2, 10_000, level) for level in LEVELS)
    return *near, *verdict(near, far, x1, n1, x2, n2)


def newcomb(x1: int, n1: int, x2: int, n2: int) -> Answers:
    found = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", compare="diff", alpha=0.05)
    return tuple(float(limit) for limit in found)


def plain_limits(x: int, n: int, confidence: float) -> Answers:
    return funnels.plain_limits(x / n, n, confidence)


def plain_limits_slowly(x: int, n: int, confidence: float) -> Answers:
    reach = z_of(confidence) * mp.sqrt(mpf(x) * (n - x) / mpf(n) ** 3)
    return max(mpf(0), mpf(x) / n - reach), min(mpf(1), mpf(x) / n + reach)


EDGES = [(x, n, level) for n in (1, 2, 20, MANY) for x in sorted({0, 1, n - 1, n}) for level in LEVELS]
PAIRS = [(x1, n1, x2, n2) for x1, n1 in ((0, 1), (1, 1), (0, 50), (50, 50), (MANY, MANY), (1, MANY)) for x2, n2 in ((0, 1), (7, 7), (3, 40), (0, MANY))]  # fmt: skip
COUNTS = [(x, level) for x in range(31) for level in LEVELS]
LARGE = [(x, level) for x in (1000, 1_000_000, MANY) for level in LEVELS]

COMPARISONS = (
    Comparison(
        "Normal quantile", "mpmath: the inverse error function",
        lambda random: (random.uniform(0.001, 0.9999),),
        lambda confidence: (intervals.normal_quantile(confidence),),
        lambda confidence: (mp.sqrt(2) * mp.erfinv(mpf(confidence)),),
        [(level,) for level in LEVELS], floor=0.0,
    ),
    Comparison(
        "Wilson's interval", "mpmath: the roots of the score equation",
        proportion_case, intervals.wilson, score_roots, EDGES, floor=1e-12,
    ),
    Comparison(
        "Wilson's interval", "scipy: `binomtest(x, n).proportion_ci(c, \"wilson\")`",
        proportion_case, intervals.wilson,
        lambda x, n, c: tuple(float(v) for v in stats.binomtest(x, n).proportion_ci(c, "wilson")),
        EDGES, floor=1e-12,
    ),
    Comparison(
        "Exact Poisson limits", "mpmath: the sum of Poisson terms, solved",
        lambda random: (random.randint(0, 60), random.choice(LEVELS)),
        intervals.exact_poisson, poisson_limits, COUNTS, floor=0.0,
    ),
    Comparison(
        "Exact Poisson limits", "scipy: `chi2.ppf`",
        lambda random: (size(random, 5000), random.choice(LEVELS)),
        intervals.exact_poisson, scipy_poisson, [*COUNTS, *LARGE], floor=0.0,
    ),
    Comparison(
        "Byar's limits", "mpmath: cubes of normal variables",
        lambda random: (9 + size(random, MANY), random.choice(LEVELS)),
        intervals.byar, byar, [(10, 0.95), (10, 0.998), *LARGE], floor=0.0,
    ),
    Comparison(
        "Limits of a rate", "mpmath: both methods, parted at ten",
        lambda random: (random.randint(0, 20), random.randint(1, 100_000), 10_000, random.choice(LEVELS)),
        intervals.rate,
        lambda x, n, m, c: tuple(limit * m / n for limit in count_limits(x, c)),
        [(x, n, 10_000, 0.95) for x in (0, 1, 9, 10, MANY) for n in (1, MANY)], floor=0.0,
    ),
    Comparison(
        "Change of a proportion", "mpmath: square and add, with the verdicts",
        changed, change_of_proportions, change_of_proportions_slowly, PAIRS,
    ),
    Comparison(
        "Difference of proportions", "statsmodels: `confint_proportions_2indep(method=\"newcomb\")`",
        two_shares,
        lambda x1, n1, x2, n2: intervals.difference_of_proportions(x1, n1, x2, n2, 0.95)[1:], newcomb, PAIRS,
    ),
    Comparison(
        "Change of a rate", "mpmath: square and add, with the verdicts",
        two_rates, change_of_rates, change_of_rates_slowly,
        [(0, 1, 0, 1), (0, 5000, 7, 5100), (MANY, MANY, 0, MANY), (9, 1000, 10, 1000), (1, 1, 40, 1)],
    ),
    Comparison(
        "Plain funnel of proportions", "mpmath: the normal limits",
        proportion_case, plain_limits, plain_limits_slowly, EDGES, floor=1e-12,
    ),
)  # fmt: skip
