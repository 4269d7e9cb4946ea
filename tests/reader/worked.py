"""The statistics of benchmarking, written anew on arrays and by search, to hold the site's words against."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

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


def against(x: int, n: float, kind: str, target: float) -> str:
    """Whether a figure is higher than, lower than or similar to a value (as a share of one), by its 95 % interval."""
    low, high = wilson(x, n, Z95) if kind in ("proportion", "survey") else (v / n for v in poisson(x, Z95))
    return "lower" if high < target else "higher" if low > target else "similar"


def usual_variation(pairs: Sequence[tuple[int, int]], centre: float, kind: str) -> tuple[list[str], float]:
    """The label of each point in the over-dispersed funnel (additive), and phi."""
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
    return [_label(float(one)) for one in adjusted], phi


def _label(z: float) -> str:
    side = "higher" if z > 0 else "lower"
    return f"out {side}" if abs(z) > Z998 else f"edge {side}" if abs(z) > Z95 else "within"


def trend(xs: Sequence[int], ns: Sequence[float], kind: str) -> str:
    """increasing, decreasing, no clear change, or empty where the test cannot be done; five points."""
    t, x, n = np.arange(1.0, 6.0), np.array(xs, dtype=float), np.array(ns, dtype=float)
    if kind in ("proportion", "survey"):
        if (x == 0).any() or (x == n).any():
            return ""
        c, d = x.sum(), n.sum()
        chi2 = d * (d * (x * t).sum() - c * (n * t).sum()) ** 2
        chi2 /= c * (d - c) * (d * (n * t * t).sum() - (n * t).sum() ** 2)
        y, w = np.log(x / (n - x)), np.ones(5)
    else:
        limits = np.array([poisson(int(one), Z95) for one in x]) / n[:, None]
        y, w = x / n, (3.92 / (limits[:, 1] - limits[:, 0])) ** 2
        slope = _slope(t, y, w)
        chi2 = slope**2 * (w * (t - np.average(t, weights=w)) ** 2).sum()
    kept = [np.arange(5)] + [np.delete(np.arange(5), i) for i in range(5)]
    signs = {float(np.sign(_slope(t[k], y[k], w[k]))) for k in kept}
    if chi2 > CHI2_998 and len(signs) == 1:
        return "increasing" if signs == {1.0} else "decreasing"
    return "no clear change"


def _slope(t: Any, y: Any, w: Any) -> float:
    middle = np.average(t, weights=w)
    return float((w * (t - middle) * (y - np.average(y, weights=w))).sum() / (w * (t - middle) ** 2).sum())
