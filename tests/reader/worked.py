"""The statistics of benchmarking, written anew on arrays and by search, to hold the site's words against."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import numpy as np
import statsmodels.api as sm
from scipy.stats import t

Z95, Z998 = 1.959963984540054, 3.090232306167813
CHI2_998 = 9.54953570608324


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is zero, by halving."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if of(middle) > 0 else (middle, high)
    return (low + high) / 2


def wilson(x: float, n: float, z: float) -> tuple[float, float]:
    """The proportions that lie just z standard errors (of their own) from what was counted, by search."""
    p = x / n

    def gap(q: float) -> float:
        return z * math.sqrt(q * (1 - q) / n)

    low = 0.0 if x == 0 else root(lambda q: q + gap(q) - p, 0.0, p)
    high = 1.0 if x == n else root(lambda q: q - gap(q) - p, p, 1.0)
    return low, high


def poisson(x: int, z: float) -> tuple[float, float]:
    """Limits of a count: exact below ten by summing probabilities, Byar's approximation from there on."""
    if x >= 10:
        low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
        high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
        return low, high
    tail = 0.5 * math.erfc(z / math.sqrt(2))

    def at_most(k: int, mean: float) -> float:
        return sum(math.exp(-mean + i * math.log(mean) - math.lgamma(i + 1)) for i in range(k + 1)) if mean else 1.0

    low = 0.0 if x == 0 else root(lambda mean: 1 - at_most(x - 1, mean) - tail, 1e-12, 40.0)
    high = root(lambda mean: tail - at_most(x, mean), 1e-12, 60.0)
    return low, high


def limits(x: int, n: float, kind: str, z: float) -> tuple[float, float]:
    """The interval of a share or of a rate, as a share of one."""
    if kind in ("proportion", "survey"):
        return wilson(x, n, z)
    low, high = poisson(x, z)
    return low / n, high / n


def change(before: tuple[int, int], after: tuple[int, int], kind: str) -> tuple[int, bool]:
    """Which way a figure clearly moved (+1, -1, or 0), and whether by a jump: square-and-add of two intervals."""
    (x1, n1), (x2, n2) = before, after
    p1, p2 = x1 / n1, x2 / n2

    def side(z: float) -> int:
        (l1, u1), (l2, u2) = limits(x1, n1, kind, z), limits(x2, n2, kind, z)
        low = p2 - p1 - math.hypot(p2 - l2, u1 - p1)
        high = p2 - p1 + math.hypot(u2 - p2, p1 - l1)
        return (low > 0) - (high < 0)

    large = 5 * abs(x2 * n1 - x1 * n2) > x1 * n2 and abs(x2 - x1) >= 5
    return side(Z95), bool(side(Z998)) and large


def against(x: int, n: float, kind: str, target: float) -> str:
    """Whether a figure is higher than, lower than or similar to a value (as a share of one), by its 95 % interval."""
    low, high = limits(x, n, kind, Z95)
    return "lower" if high < target else "higher" if low > target else "similar"


def usual_variation(pairs: Sequence[tuple[int, int]], centre: float, kind: str) -> tuple[list[str], float, float]:
    """The label of each point in the over-dispersed funnel (additive), phi, and the variance between (tau squared)."""
    x, n = np.array(pairs, dtype=float).T
    if kind in ("proportion", "survey"):
        place, error = np.arcsin(np.sqrt(x / n)) - np.arcsin(np.sqrt(centre)), 1 / (2 * np.sqrt(n))
    else:
        place, error = np.sqrt(x / (centre * n)) - 1, 1 / (2 * np.sqrt(centre * n))
    z = place / error
    inner = np.clip(z, np.quantile(z, 0.1), np.quantile(z, 0.9))
    phi = float(np.mean(inner**2))
    weight = 1 / error**2
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(0.0, (len(z) * phi - (len(z) - 1)) / spread)
    adjusted = place / np.sqrt(error**2 + between)
    return [_label(float(one)) for one in adjusted], phi, float(between)


def _label(z: float) -> str:
    side = "higher" if z > 0 else "lower"
    return f"out {side}" if abs(z) > Z998 else f"edge {side}" if abs(z) > Z95 else "within"


def trend(xs: Sequence[int], ns: Sequence[float], kind: str) -> str:
    """increasing, decreasing, no clear change, or empty where the test cannot be done; five points."""
    at, x, n = np.arange(1.0, 6.0), np.array(xs, dtype=float), np.array(ns, dtype=float)
    if kind in ("proportion", "survey"):
        if (x == 0).any() or (x == n).any():
            return ""
        c, d = x.sum(), n.sum()
        chi2 = d * (d * (x * at).sum() - c * (n * at).sum()) ** 2
        chi2 /= c * (d - c) * (d * (n * at * at).sum() - (n * at).sum() ** 2)
        y, w = np.log(x / (n - x)), np.ones(5)
    else:
        ends = np.array([poisson(int(one), Z95) for one in x]) / n[:, None]
        y, w = x / n, (3.92 / (ends[:, 1] - ends[:, 0])) ** 2
        slope = _slope(at, y, w)
        chi2 = slope**2 * (w * (at - np.average(at, weights=w)) ** 2).sum()
    kept = [np.arange(5)] + [np.delete(np.arange(5), i) for i in range(5)]
    signs = {float(np.sign(_slope(at[k], y[k], w[k]))) for k in kept}
    if chi2 > CHI2_998 and len(signs) == 1:
        return "increasing" if signs == {1.0} else "decreasing"
    return "no clear change"


def _slope(at: Any, y: Any, w: Any) -> float:
    middle = np.average(at, weights=w)
    return float((w * (at - middle) * (y - np.average(y, weights=w))).sum() / (w * (at - middle) ** 2).sum())


# ---- control charts


def control(values: Sequence[Fraction], baseline: int = 12) -> tuple[Fraction, Fraction, list[list[str]]]:
    """Mean, reach of the limits, and the names of the rules that each value breaks: far, rising, near, side."""
    first = values[:baseline]
    mean = sum(first, Fraction(0)) / len(first)
    ranges = [abs(b - a) for a, b in pairwise(first)]
    reach = Fraction(266, 100) * sum(ranges, Fraction(0)) / len(ranges)
    away = [value - mean for value in values]
    broken: list[list[str]] = [[] for _ in values]
    for i, one in enumerate(away):
        if abs(one) > reach:
            broken[i].append("far")
    for start, end in combinations(range(len(values)), 2):
        steps = {(b > a) - (b < a) for a, b in pairwise(values[start : end + 1])}
        if end - start >= 6 and steps in ({1}, {-1}):
            _mark(broken, range(start, end + 1), "rising")
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        near = [i for i in three if abs(away[i]) > reach * 2 / 3]
        if len(near) >= 2 and (all(away[i] > 0 for i in three) or all(away[i] < 0 for i in three)):
            _mark(broken, near, "near")
    for start in range(len(values) - 6):
        seven = away[start : start + 7]
        if min(seven) > 0 or max(seven) < 0:
            _mark(broken, range(start, start + 7), "side")
    return mean, reach, broken


def _mark(broken: list[list[str]], places: Iterable[int], rule: str) -> None:
    for place in places:
        if rule not in broken[place]:
            broken[place].append(rule)


# ---- regression


class Fitted(NamedTuple):
    """A quasi-likelihood fit: coefficients, their covariance, dispersion, deviances."""

    b: Any
    cov: Any
    phi: float
    explained: float
    free: int


def fit(x: Any, n: Any, c: Any, kind: str) -> Fitted:
    """Counts ``x`` of ``n`` against ``c``: logistic with ``n`` as weights, or log-linear with the logarithm of ``n`` as
    offset (a two-column response would give statsmodels a wrong dispersion)."""
    design = sm.add_constant(np.asarray(c, dtype=float))
    if kind in ("proportion", "survey"):
        model = sm.GLM(x / n, design, family=sm.families.Binomial(), var_weights=n)
    else:
        model = sm.GLM(x, design, family=sm.families.Poisson(), offset=np.log(n))
    found = model.fit(scale="X2", tol=1e-12, maxiter=100)
    share = 1 - float(found.deviance) / float(found.null_deviance)
    return Fitted(found.params, found.cov_params(), float(found.scale), share, int(found.df_resid))


def slope(found: Fitted) -> tuple[float, float]:
    """The 95 % interval of the slope."""
    wide = float(t.ppf(0.975, found.free)) * math.sqrt(found.cov[1][1])
    return float(found.b[1]) - wide, float(found.b[1]) + wide


def foreseen(found: Fitted, n: float, c: float, kind: str) -> tuple[float, float, float]:
    """The expected count of an area that is not in the fit, and the 95 % interval of a new observation."""
    row = np.array([1.0, c])
    eta = float(row @ found.b)
    share = kind in ("proportion", "survey")
    mean = n / (1 + math.exp(-eta)) if share else n * math.exp(eta)
    variance = mean * (1 - mean / n) if share else mean
    error = math.sqrt(found.phi * variance + float(row @ found.cov @ row) * variance**2)
    wide = float(t.ppf(0.975, found.free)) * error
    return mean, max(0.0, mean - wide), min(float(n), mean + wide) if share else mean + wide
