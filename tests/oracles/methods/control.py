"""Control charts beside numpy's moving ranges, and rules that look at every window by itself."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np

from site_builder.vocabulary.methods import control
from site_builder.vocabulary.methods.control import Rule
from tests.oracles.comparisons import Answers, Case, Comparison


def quarters(random: Random) -> Case:
    """A series in whole numbers that may drift, jump, repeat itself or stand still."""
    number, level = random.randint(0, 24), random.randint(0, 60)
    drift, spread = random.choice((0, 0, 1, -2)), random.choice((0, 1, 3, 8))
    values = [level + drift * i + random.randint(-spread, spread) for i in range(number)]
    if number and random.random() < 0.3:
        values[random.randrange(number)] += random.choice((-40, 15, 40))
    return tuple(values), random.choice((8, 12, 12, 12, 16)), random.random() < 0.3


def charted(values: tuple[int, ...], baseline: int, screen: bool) -> Answers:
    """Our chart as answers; values are divided so that they are no whole numbers."""
    found = control.chart([Fraction(value, 7) for value in values], baseline, screen)
    if isinstance(found, control.Reason):
        return (str(found),)
    edges = (found.mean, found.lower, found.upper, found.near_lower, found.near_upper)
    return *edges, found.is_trial, [sorted(rule.value for rule in rules) for rules in found.flags]


def by_windows(values: tuple[int, ...], baseline: int, screen: bool) -> Answers:
    """The limits from numpy, the flags from each window of seven or three, in sevenths of sevenths."""
    if len(values) < 8:
        return ("too-few-points",)
    start = np.array(values[:baseline])
    if (start == start[0]).all():
        return ("all-equal",)
    ranges = np.abs(np.diff(start))
    if screen:
        ranges = ranges[ranges * len(ranges) * 1000 < 3267 * ranges.sum()]
    if not ranges.any():  # also when the only steps there were are left out
        return ("all-equal",)
    reach, mean = Fraction(266 * int(ranges.sum()), 100 * len(ranges)), Fraction(int(start.sum()), len(start))
    edges = [mean, mean - reach, mean + reach, mean - reach * 2 / 3, mean + reach * 2 / 3]
    flags = [
        sorted(rule.value for rule in Rule if is_flagged(rule, i, values, mean, reach)) for i in range(len(values))
    ]
    return *(float(edge / 7) for edge in edges), len(start) < 12, flags


def is_flagged(rule: Rule, place: int, values: tuple[int, ...], mean: Fraction, reach: Fraction) -> bool:
    """Whether any window around a place breaks a rule that takes this place in."""
    own = values[place] - mean
    if rule is Rule.OUTSIDE:
        return abs(own) > reach
    if rule is Rule.TWO_OF_THREE:
        if abs(own) * 3 <= reach * 2:
            return False
        sides = [[v - mean if own > 0 else mean - v for v in window] for window in windows(values, place, 3)]
        return any(min(s) > 0 and sum(v * 3 > reach * 2 for v in s) > 1 for s in sides)
    sevens = windows(values, place, 7)
    if rule is Rule.ONE_SIDE:
        return any(min(w) > mean or max(w) < mean for w in sevens)
    return any(list(w) in (sorted(set(w)), sorted(set(w), reverse=True)) for w in sevens)


def windows(values: tuple[int, ...], place: int, size: int) -> list[tuple[int, ...]]:
    """All windows of this size that hold a place."""
    starts = range(max(0, place - size + 1), min(place, len(values) - size) + 1)
    return [values[start : start + size] for start in starts]


COMPARISONS = (
    Comparison(
        "XmR chart", "fractions and numpy: each window by itself",
        quarters, charted, by_windows,
        [
            ((5,) * 8, 12, False),
            ((5,) * 12 + (9,), 12, False),
            (tuple(range(7)), 12, False),
            (tuple(range(8)), 12, True),
            ((0, 10_000_000) * 6, 12, False),
        ],
    ),
)  # fmt: skip
