"""Quantiles of type 7, the median, and bands between cut points. Numbers in, numbers out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

Number = TypeVar("Number", float, Fraction)


def quantile(values: Sequence[Number], part: Fraction) -> Number:
    """The type 7 quantile (Hyndman and Fan 1996; the usual one of R and numpy). ``part`` within 0 and 1.

    Raises ValueError for no values.
    """
    if not values:
        raise ValueError("a quantile needs at least one value")
    return _within(sorted(values), part)


def _within(ordered: Sequence[Number], part: Fraction) -> Number:
    place = (len(ordered) - 1) * part
    below = place.numerator // place.denominator
    beyond = place - below
    if not beyond:
        return ordered[below]
    weight = beyond if isinstance(ordered[below], Fraction) else float(beyond)
    return ordered[below] + weight * (ordered[below + 1] - ordered[below])  # type: ignore[return-value]  # the weight has the kind of the values


def median(values: Sequence[Number]) -> Number:
    """The middle value, or the mean of the two in the middle. Raises ValueError for no values."""
    return quantile(values, Fraction(1, 2))


def quartiles(values: Sequence[Number]) -> tuple[Number, Number, Number]:
    """The three type 7 cut points that part the values in quarters. Raises ValueError for no values."""
    if not values:
        raise ValueError("a quantile needs at least one value")
    ordered = sorted(values)
    first, second, third = (_within(ordered, Fraction(k, 4)) for k in (1, 2, 3))
    return first, second, third


def band(value: Number, cuts: Sequence[Number]) -> int:
    """Which band a value lies in, from 1; bands are closed on the right, so a cut point belongs to the one below."""
    return bisect_left(cuts, value) + 1
