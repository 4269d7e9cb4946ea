"""Ranks, bands and fifths beside their definitions, one area at a time, and scipy's ranks."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import numpy as np
from scipy import stats

from site_builder.vocabulary.methods import intervals, ranks
from tests.oracles.comparisons import Answers, Case, Comparison

Pairs = tuple[tuple[int, int] | None, ...]


def boroughs(random: Random) -> Case:
    """Numerators and denominators of up to 36 areas, some not shown, ties common; which end is 1."""
    number, most = random.randint(1, 36), random.choice((1, 20, 400))
    pairs = [(random.randint(0, n), n) for n in (random.randint(1, most) for _ in range(number))]
    hidden = random.choice((0, 0.1))
    return tuple(None if random.random() < hidden else pair for pair in pairs), random.random() < 0.5


def whole(random: Random) -> Case:
    """Whole values of up to 36 areas, some not shown, ties common; which end is 1."""
    number, most = random.randint(0, 36), random.choice((0, 3, 30, 1000))
    values = (random.randint(0, most) if random.random() < 0.95 else None for _ in range(number))
    return tuple(values), random.choice((True, False, None))


def ranges(pairs: Pairs, high_is_good: bool) -> Answers:
    values = [None if pair is None else Fraction(*pair) for pair in pairs]
    limits = [None if pair is None else intervals.wilson(*pair, 0.95) for pair in pairs]
    return [None if one is None else tuple(one) for one in ranks.rank_ranges(values, limits, high_is_good)]


def ranges_by_counting(pairs: Pairs, high_is_good: bool) -> Answers:
    """Each area beside each other one."""
    shown = [pair for pair in pairs if pair is not None]
    limits = {pair: intervals.wilson(*pair, 0.95) for pair in shown}
    signed = [float(Fraction(*pair)) * (-1 if high_is_good else 1) for pair in shown]
    places = iter(stats.rankdata(signed, method="min"))
    found: list[object] = []
    for pair in pairs:
        if pair is None:
            found.append(None)
            continue
        above = sum(limits[other].lower > limits[pair].upper for other in shown)
        below = sum(limits[other].upper < limits[pair].lower for other in shown)
        ahead, behind = (above, below) if high_is_good else (below, above)
        found.append((int(next(places)), 1 + ahead, len(shown) - behind, len(shown)))
    return found


def banded(values: tuple[int | None, ...], high_is_good: bool | None) -> Answers:
    found = ranks.bands([None if v is None else Fraction(v) for v in values], high_is_good)
    if isinstance(found, ranks.Reason):
        return (str(found),)
    return *map(float, found.cuts), *found.quarters, *found.letters


def banded_by_cuts(values: tuple[int | None, ...], high_is_good: bool | None) -> Answers:
    """Cut points of numpy; a value belongs to the first band whose right end it does not pass."""
    shown = [v for v in values if v is not None]
    if len(shown) < 20:
        return ("too-few-areas",)
    if min(shown) == max(shown):
        return ("all-equal",)
    cuts = [float(cut) for cut in np.quantile(shown, [0.25, 0.5, 0.75])]  # quarters of whole numbers are exact
    quarters = [None if v is None else sum(v > cut for cut in cuts) + 1 for v in values]
    words = {True: "DCBA", False: "ABCD", None: ("",) * 4}[high_is_good]
    return *cuts, *quarters, *("" if q is None else words[q - 1] for q in quarters)


def fifths(values: tuple[int | None, ...], invert: bool | None) -> Answers:
    found = ranks.fifths([None if v is None else Fraction(v) for v in values], invert=bool(invert))
    return (str(found),) if isinstance(found, ranks.Reason) else found


def fifths_by_rank(values: tuple[int | None, ...], invert: bool | None) -> Answers:
    """The formula as it is published, with scipy's ranks and exact fractions."""
    shown = [v for v in values if v is not None]
    if len(shown) < 5:
        return ("too-few-areas",)
    places = iter(stats.rankdata([-v if invert else v for v in shown], method="min"))
    groups = []
    for value in values:
        step = None if value is None else (len(shown) + 1 - int(next(places))) / Fraction(len(shown), 5)
        groups.append(None if step is None else math.floor(6 - math.ceil(step)) or 1)
    return groups


COMPARISONS = (
    Comparison(
        "Rank and its range", "each area beside each other; `scipy.stats.rankdata`",
        boroughs, ranges, ranges_by_counting,
        [(((0, 1),), True), (((1, 1), (0, 1)), False), ((None, None), True), (((0, 10_000_000), (10_000_000, 10_000_000)), True)],
    ),
    Comparison(
        "Quartile bands", "`numpy.quantile` and the definition",
        whole, banded, banded_by_cuts, [((), None), ((4,) * 20, True), (tuple(range(20)), True), ((0,) * 19 + (1,), False)],
    ),
    Comparison(
        "Fifths", "fractions; `scipy.stats.rankdata`",
        whole, fifths, fifths_by_rank, [((1, 2, 3, 4), False), ((1, 2, 3, 4, 5), True), ((7,) * 9, False)],
    ),
)  # fmt: skip
