"""Ranks with their range, quartile bands and fifths: where one area stands among many, never bare. Numbers in and out.

A value that is not shown is None: it takes part in nothing and gets None. All three are the same in whatever order the
areas come.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.methods.quantiles import band, quartiles
from site_builder.vocabulary.methods.reasons import Reason as Reason

MINIMUM = 20  # areas for ranks and bands
FIFTHS = 5
_LETTERS = "ABCD"


class RankRange(NamedTuple):
    """A rank, and the ranks it may as well have had: ``first`` <= ``rank`` <= ``last`` <= ``of``, from 1."""

    rank: int
    first: int
    last: int
    of: int


@dataclass(frozen=True, slots=True)
class Bands:
    """``cuts``: the three type 7 cut points, in the unit of the values.

    ``quarters``: 1 for the lowest quarter to 4 for the highest, None for an area without a value. ``letters``: A to D
    from the end that polarity names, empty without polarity or without a value.
    """

    cuts: tuple[Fraction, Fraction, Fraction]
    quarters: tuple[int | None, ...]
    letters: tuple[str, ...]


def silence(values: Sequence[Fraction | None], high_is_good: bool | None) -> Reason | None:
    """Why no ranks are shown for these values, or None where they may be: NO_POLARITY, TOO_FEW_AREAS or ALL_EQUAL."""
    return Reason.NO_POLARITY if high_is_good is None else _sameness(_shown(values))


def rank_ranges(
    values: Sequence[Fraction | None], limits: Sequence[Interval | None], high_is_good: bool
) -> tuple[RankRange | None, ...]:
    """The rank of each area and its range; None for an area without a value or without limits, which counts nowhere.

    Ties share the smallest rank; rank 1 is the highest value if high is good, else the lowest. The range leaves out the
    areas whose 95 % interval lies wholly beyond one's own, on either side; limits that touch overlap. This is the
    arithmetic, for any number of areas: ``silence`` says whether they may be shown. Both lists have one entry an area,
    else ValueError; ``limits`` are in one unit, and each holds its value.
    """
    both = [(value, own) for value, own in zip(values, limits, strict=True) if value is not None and own is not None]
    ordered = sorted(value for value, _ in both)
    lowers, uppers = sorted(own.lower for _, own in both), sorted(own.upper for _, own in both)
    of = len(both)

    def place(value: Fraction, own: Interval) -> RankRange:
        above, below = of - bisect_right(ordered, value), bisect_left(ordered, value)
        all_above, all_below = of - bisect_right(lowers, own.upper), bisect_left(uppers, own.lower)
        if high_is_good:
            return RankRange(1 + above, 1 + all_above, of - all_below, of)
        return RankRange(1 + below, 1 + all_below, of - all_above, of)

    return tuple(
        place(value, own) if value is not None and own is not None else None
        for value, own in zip(values, limits, strict=True)
    )


def bands(values: Sequence[Fraction | None], high_is_good: bool | None) -> Bands | Reason:
    """Quarters of the areas by type 7 cut points (Hyndman and Fan 1996), each closed on the right.

    A is the lowest quarter if low is good and the highest if high is; a value on a cut point lies in the lower quarter
    of the two. Without polarity (None) there are no letters. Silent, with the reason: TOO_FEW_AREAS under 20, ALL_EQUAL.
    """
    shown = _shown(values)
    if reason := _sameness(shown):
        return reason
    cuts = quartiles(shown)
    quarters = tuple(None if value is None else band(value, cuts) for value in values)
    return Bands(cuts, quarters, tuple(_letter(quarter, high_is_good) for quarter in quarters))


def fifths(
    values: Sequence[Fraction | None], groups: int = FIFTHS, *, invert: bool = False
) -> tuple[int | None, ...] | Reason:
    """Groups of about equal size by rank, in the manner of Public Health England's Fingertips: 1 to ``groups``.

    With rank r from the lowest value (from the highest if ``invert``), ties smallest, among N shown values: the group
    is ``groups + 1`` less the ceiling of ``(N + 1 - r) * groups / N``, in integers. Ties stay together. Silent, with
    TOO_FEW_AREAS, when there are fewer values than groups. Raises ValueError for fewer than one group.
    """
    if groups < 1:
        raise ValueError("there is at least one group")
    ordered = sorted(_shown(values))
    of = len(ordered)
    if of < groups:
        return Reason.TOO_FEW_AREAS

    def group(value: Fraction) -> int:
        rank = 1 + (of - bisect_right(ordered, value) if invert else bisect_left(ordered, value))
        return groups + 1 + (-(of + 1 - rank) * groups) // of  # the floor of the negative is the ceiling

    return tuple(None if value is None else group(value) for value in values)


def _shown(values: Sequence[Fraction | None]) -> list[Fraction]:
    return [value for value in values if value is not None]


def _sameness(shown: Sequence[Fraction]) -> Reason | None:
    if len(shown) < MINIMUM:
        return Reason.TOO_FEW_AREAS
    return Reason.ALL_EQUAL if len(set(shown)) == 1 else None


def _letter(quarter: int | None, high_is_good: bool | None) -> str:
    if quarter is None or high_is_good is None:
        return ""
    return _LETTERS[4 - quarter if high_is_good else quarter - 1]
