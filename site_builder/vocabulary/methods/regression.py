"""Counts explained by one covariate: logistic and log-linear fits with extra variation, and predictions for new areas.

Generalised linear models with the canonical link (Nelder and Wedderburn 1972), fitted by iteratively reweighted least
squares; the extra variation is one factor for all areas (quasi-likelihood, Wedderburn 1974). Numbers in, numbers out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.methods.student import t_quantile

STEPS = 50
TOLERANCE = 1e-12
CONFIDENCE = 0.95
LEAST = 4  # areas: one is left out, and three are needed to see how far two coefficients miss


class Family(Enum):
    """What is counted. ``BINOMIAL``: ``x`` of ``n``, logit link. ``POISSON``: ``x`` events among ``n`` people, log link
    with the logarithm of ``n`` as offset."""

    BINOMIAL = "quasi-binomial, logit link"
    POISSON = "quasi-Poisson, log link, population as offset"


class Case(NamedTuple):
    """One area: a count ``x`` >= 0, its denominator ``n`` > 0 (``x`` <= ``n`` for a binomial), and the covariate."""

    x: int
    n: int
    covariate: float


class Fit(NamedTuple):
    """A fitted model: ``eta = b0 + b1 * covariate``.

    ``se_b0``, ``se_b1``: standard errors with the extra variation in them. ``phi``: Pearson's chi-square over its
    degrees of freedom; 1 when areas differ by chance alone. ``deviance``, ``null_deviance``: with the covariate and
    without. ``centre`` and ``unscaled``: the covariate's mean, and the variance at it and of the slope before ``phi``.
    ``areas``: how many cases entered.
    """

    family: Family
    b0: float
    b1: float
    se_b0: float
    se_b1: float
    phi: float
    deviance: float
    null_deviance: float
    centre: float
    unscaled: tuple[float, float, float]
    areas: int

    @property
    def explained(self) -> float:
        """The share of the deviance that the covariate explains, 0 to 1."""
        return 1 - self.deviance / self.null_deviance

    @property
    def slope(self) -> Interval:
        """The 95 % interval of ``b1``, by Student's t with two degrees of freedom fewer than there are areas."""
        wide = t_quantile((1 + CONFIDENCE) / 2, self.areas - 2) * self.se_b1
        return Interval(self.b1 - wide, self.b1 + wide)

    def eta(self, covariate: float) -> float:
        """The linear predictor: a logit, or the logarithm of a rate."""
        return self.b0 + self.b1 * covariate

    def se_eta(self, covariate: float) -> float:
        """The standard error of the linear predictor."""
        level, cross, slope = self.unscaled
        away = covariate - self.centre
        return math.sqrt(self.phi * (level + 2 * cross * away + slope * away * away))

    def expected(self, n: float, covariate: float) -> float:
        """The count that the model expects among ``n``."""
        return _mean(self.family, n, self.eta(covariate))


class Prediction(NamedTuple):
    """What a model made without an area expects for it: a count, and the 95 % interval of a new observation."""

    expected: float
    lower: float
    upper: float
    fit: Fit


class Line(NamedTuple):
    """Coefficients while a fit is under way: the level at the covariate's mean, and the slope."""

    level: float
    slope: float


def fit(family: Family, cases: Sequence[Case], start: Line | None = None) -> Fit | str:
    """The model of the cases, or why there is none: ``too-few`` (under four), ``no-spread`` (one value of the
    covariate), ``no-variation`` (no events, or nothing but events), ``not-settled`` within fifty steps.

    ``start``: a line to begin from; it changes the number of steps and not where they end.
    """
    reason = _unfit(family, cases)
    if reason:
        return reason
    centre = math.fsum(case.covariate for case in cases) / len(cases)
    share = sum(case.x for case in cases) / sum(case.n for case in cases)
    found = _settled(family, cases, centre, start or Line(_link(family, share), 0.0))
    return found if isinstance(found, str) else _described(family, cases, centre, share, found)


def leave_one_out(family: Family, cases: Sequence[Case]) -> tuple[Prediction | str, ...]:
    """Each case predicted from the fit of all others, or why it is not (as for ``fit``). Student's t then has three
    degrees of freedom fewer than there are cases."""
    whole = fit(family, cases)
    start = Line(whole.eta(whole.centre), whole.b1) if isinstance(whole, Fit) else None
    found: list[Prediction | str] = []
    for place, case in enumerate(cases):
        made = fit(family, (*cases[:place], *cases[place + 1 :]), start)
        found.append(made if isinstance(made, str) else predicted(made, case.n, case.covariate))
    return tuple(found)


def predicted(made: Fit, n: int, covariate: float) -> Prediction:
    """What a fit expects of an area that is not in it, with the interval of a new observation.

    ``mu ± t sqrt(phi V + (se_eta V)²)``, by Student's t with two degrees of freedom fewer than there are areas in the fit,
    within 0 and, for a binomial, ``n``.
    """
    mu = made.expected(n, covariate)
    v = _variance(made.family, n, mu)
    spread = math.sqrt(made.phi * v + (made.se_eta(covariate) * v) ** 2)
    wide = t_quantile((1 + CONFIDENCE) / 2, made.areas - 2) * spread
    most = n if made.family is Family.BINOMIAL else math.inf
    return Prediction(mu, max(0.0, mu - wide), min(most, mu + wide), made)


def _unfit(family: Family, cases: Sequence[Case]) -> str:
    if any(c.n <= 0 or c.x < 0 or (family is Family.BINOMIAL and c.x > c.n) for c in cases):
        raise ValueError("a case needs a positive denominator and a count that fits it")
    if len(cases) < LEAST:
        return "too-few"
    if len({case.covariate for case in cases}) == 1:
        return "no-spread"
    events, people = sum(case.x for case in cases), sum(case.n for case in cases)
    return "no-variation" if not events or (family is Family.BINOMIAL and events == people) else ""


def _settled(family: Family, cases: Sequence[Case], centre: float, line: Line) -> Line | str:
    """Newton's steps, which for a canonical link are those of iteratively reweighted least squares."""
    for _ in range(STEPS):
        try:
            level, cross, slope, first, second = _sums(family, cases, centre, line)
        except OverflowError:
            return "not-settled"
        whole = level * slope - cross * cross
        if not whole > 0:
            return "not-settled"
        step = Line((slope * first - cross * second) / whole, (level * second - cross * first) / whole)
        line = Line(line.level + step.level, line.slope + step.slope)
        if max(abs(step.level), abs(step.slope)) < TOLERANCE:
            return line
    return "not-settled"


def _sums(family: Family, cases: Sequence[Case], centre: float, line: Line) -> tuple[float, float, float, float, float]:
    """The three sums of the information matrix and the two of the score."""
    terms = []
    for x, n, covariate in cases:
        away = covariate - centre
        mu = _mean(family, n, line.level + line.slope * away)
        v, rest = _variance(family, n, mu), x - mu
        terms.append((v, v * away, v * away * away, rest, rest * away))
    level, cross, slope, first, second = (math.fsum(column) for column in zip(*terms, strict=True))
    return level, cross, slope, first, second


def _described(family: Family, cases: Sequence[Case], centre: float, share: float, line: Line) -> Fit | str:
    level, cross, slope, _, _ = _sums(family, cases, centre, line)
    whole = level * slope - cross * cross
    means = [_mean(family, c.n, line.level + line.slope * (c.covariate - centre)) for c in cases]
    if not all(_variance(family, c.n, mu) > 0 for c, mu in zip(cases, means, strict=True)):
        return "not-settled"  # an expectation so near its limit that a float cannot hold the difference
    pearson = math.fsum((c.x - mu) ** 2 / _variance(family, c.n, mu) for c, mu in zip(cases, means, strict=True))
    unscaled = (slope / whole, -cross / whole, level / whole)
    phi = pearson / (len(cases) - 2)
    at_nought = unscaled[0] - 2 * unscaled[1] * centre + unscaled[2] * centre * centre
    return Fit(
        family,
        line.level - line.slope * centre,
        line.slope,
        math.sqrt(phi * at_nought),
        math.sqrt(phi * unscaled[2]),
        phi,
        _deviance(family, cases, means),
        _deviance(family, cases, [c.n * share for c in cases]),
        centre,
        unscaled,
        len(cases),
    )


def _deviance(family: Family, cases: Sequence[Case], means: Sequence[float]) -> float:
    if family is Family.BINOMIAL:
        terms = (_logs(c.x, mu) + _logs(c.n - c.x, c.n - mu) for c, mu in zip(cases, means, strict=True))
    else:
        terms = (_logs(c.x, mu) - (c.x - mu) for c, mu in zip(cases, means, strict=True))
    return 2 * math.fsum(terms)


def _logs(observed: float, expected: float) -> float:
    return observed * math.log(observed / expected) if observed else 0.0


def _link(family: Family, share: float) -> float:
    return math.log(share / (1 - share)) if family is Family.BINOMIAL else math.log(share)


def _mean(family: Family, n: float, eta: float) -> float:
    return n / (1 + math.exp(-eta)) if family is Family.BINOMIAL else n * math.exp(eta)


def _variance(family: Family, n: float, mu: float) -> float:
    """The variance of a count before the extra variation; for these links also how fast the mean moves with eta."""
    return mu * (1 - mu / n) if family is Family.BINOMIAL else mu
