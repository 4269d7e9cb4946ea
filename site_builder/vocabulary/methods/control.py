"""The XmR control chart: which points of one area's own series depart from its usual pattern. Numbers in, limits out.

Individual values and their moving ranges (Shewhart 1931; Wheeler 1993), with the rules for special causes that the
National Health Service uses in England. Worked out in exact fractions, so that a point that lies on the mean or on a
limit is known to; only the limits that are given back are floats.

A series is charted between breaks: ``stretches`` parts one at gaps and at new definitions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.methods.reasons import Reason as Reason

MINIMUM = 8  # points for limits of any kind
BASELINE = 12  # points for limits that stay
SMALL_BASE = 50  # the limits know nothing of denominators, so most must reach this
RUN = 7  # points in a row that rise, fall, or lie on one side
_REACH = Fraction(266, 100)  # three standard deviations in mean moving ranges of two points: 3 / 1.128
_LARGE_RANGE = Fraction(3267, 1000)  # the upper limit of a moving range, in mean moving ranges
_NEAR = Fraction(2, 3)  # near limits lie at two thirds of the way, at two standard deviations

Number = Fraction | float


class Rule(Enum):
    """What makes a point unusual: the machine codes of downloads.

    OUTSIDE: beyond a limit. TREND: one of seven or more that rise strictly, or fall. TWO_OF_THREE: beyond the near
    limit, as one of at least two among three in a row on that side of the mean. ONE_SIDE: one of seven or more on one
    side of the mean; a point on the mean ends such a run.
    """

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two-of-three"
    ONE_SIDE = "one-side"


class Assurance(Enum):
    """Whether a target lies inside what the series usually does: the machine codes of downloads."""

    WILL_BE_MET = "will-be-met"
    WILL_NOT_BE_MET = "will-not-be-met"
    MAY_BE_MET = "may-be-met"


class Limits(NamedTuple):
    """The mean of a series and how far its limits lie from it, both exact and in the unit of the values."""

    mean: Fraction
    reach: Fraction


@dataclass(frozen=True, slots=True)
class Chart:
    """Mean and limits in the unit of the values, unclipped, and what is unusual about each value.

    ``is_trial``: the limits rest on fewer than twelve points and are drawn dashed. ``rests_on``: how many points that
    is, from the first. ``flags``: one set for each value, empty for a usual one.
    """

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    is_trial: bool
    rests_on: int
    flags: tuple[frozenset[Rule], ...]

    def drawn(self, ceiling: float | None = None) -> Interval:
        """The limits as they are drawn: not below 0, and not above ``ceiling`` where the unit has one, such as 100."""
        upper = self.upper if ceiling is None else min(self.upper, ceiling)
        return Interval(max(0.0, self.lower), upper)

    def assurance(self, target: Number, *, high_is_good: bool) -> Assurance:
        """What the series says about a target unless something changes: only one beyond both limits is decided."""
        if self.lower <= target <= self.upper:
            return Assurance.MAY_BE_MET
        return Assurance.WILL_BE_MET if (target < self.lower) is high_is_good else Assurance.WILL_NOT_BE_MET


def chart(
    values: Sequence[Number], baseline: int = BASELINE, screen: bool = False, bases: Sequence[int] | None = None
) -> Chart | Reason:
    """The chart of values in order of time, all shown, evenly spaced and of one definition.

    The limits rest on the first ``baseline`` values and stay; with fewer values, but eight or more, on all of them, as
    a trial. ``screen`` leaves out large moving ranges once. ``bases``: the denominators of percentages, where there
    are any. Silent, with the reason: TOO_FEW_POINTS below eight; SMALL_BASES when most denominators are below fifty;
    ALL_EQUAL when the values that the limits rest on do not differ, or only by the ranges that ``screen`` leaves out.

    Raises ValueError for a ``baseline`` under eight, and for a value or list of bases that cannot be.
    """
    if baseline < MINIMUM:
        raise ValueError("limits need a baseline of eight points or more")
    if len(values) < MINIMUM:
        return Reason.TOO_FEW_POINTS
    if bases is not None and _are_small(bases, len(values)):
        return Reason.SMALL_BASES
    exact = [Fraction(value) for value in values]
    start = exact[:baseline]
    found = limits(start, screen)
    if not found.reach:
        return Reason.ALL_EQUAL
    mean, reach, near = found.mean, found.reach, found.reach * _NEAR
    return Chart(
        float(mean),
        float(mean - reach),
        float(mean + reach),
        float(mean - near),
        float(mean + near),
        is_trial=len(start) < BASELINE,
        rests_on=len(start),
        flags=flags(exact, found),
    )


def limits(values: Sequence[Number], screen: bool = False) -> Limits:
    """The mean, and 2.66 mean moving ranges: the arithmetic alone, for two values or more.

    ``screen`` leaves out, once, ranges of 3.267 mean ranges or more. Raises ValueError for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("a moving range needs two values")
    exact = [Fraction(value) for value in values]
    ranges = [abs(later - earlier) for earlier, later in pairwise(exact)]
    middle = _mean(ranges)
    if screen and middle:
        middle = _mean([size for size in ranges if size < _LARGE_RANGE * middle])
    return Limits(_mean(exact), _REACH * middle)


def flags(values: Sequence[Number], found: Limits) -> tuple[frozenset[Rule], ...]:
    """Which rules each value breaks, given the limits."""
    away = [Fraction(value) - found.mean for value in values]
    sides = [_sign(distance) for distance in away]
    steps = [_sign(later - earlier) for earlier, later in pairwise(away)]
    broken = {
        Rule.OUTSIDE: {i for i, distance in enumerate(away) if abs(distance) > found.reach},
        Rule.TREND: {i for first, end in _runs(steps, RUN - 1) for i in range(first, end + 1)},
        Rule.TWO_OF_THREE: _two_of_three(sides, [abs(distance) > found.reach * _NEAR for distance in away]),
        Rule.ONE_SIDE: {i for first, end in _runs(sides, RUN) for i in range(first, end)},
    }
    return tuple(frozenset(rule for rule, places in broken.items() if i in places) for i in range(len(away)))


class Stretch(NamedTuple):
    """Values in a row without a gap or a break; ``first`` is the place of the first of them in the whole series."""

    first: int
    values: tuple[Number, ...]


def stretches(values: Sequence[Number | None], restarts: Collection[int] = ()) -> tuple[Stretch, ...]:
    """A series parted at values that are not shown (None) and before the places in ``restarts``: each is charted alone."""
    parts: list[tuple[int, list[Number]]] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        if place == 0 or values[place - 1] is None or place in restarts:
            parts.append((place, []))
        parts[-1][1].append(value)
    return tuple(Stretch(first, tuple(part)) for first, part in parts)


def _are_small(bases: Sequence[int], expected: int) -> bool:
    if len(bases) != expected:
        raise ValueError("each value needs its denominator")
    return 2 * sum(base < SMALL_BASE for base in bases) > expected


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _runs(marks: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """First place, and place after the last, of each run of ``least`` or more equal marks other than 0."""
    first = 0
    for place in range(1, len(marks) + 1):
        if place == len(marks) or marks[place] != marks[first]:
            if marks[first] and place - first >= least:
                yield first, place
            first = place


def _two_of_three(sides: Sequence[int], beyond: Sequence[bool]) -> set[int]:
    found: set[int] = set()
    for first in range(len(sides) - 2):
        places = range(first, first + 3)
        far = {place for place in places if beyond[place]}
        if len(far) >= 2 and len({sides[place] for place in places}) == 1:
            found |= far
    return found
