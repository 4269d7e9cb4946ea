"""Averages of listed values: of an area's statistical neighbours, and a mean with its interval. Numbers in and out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, Literal

from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.methods.quantiles import Number, median
from site_builder.vocabulary.methods.reasons import Reason
from site_builder.vocabulary.methods.student import t_quantile

ENOUGH = 6  # of the ten neighbours


@dataclass(frozen=True, slots=True)
class Average(Generic[Number]):
    """``kind``: median or mean. ``used`` of ``of`` neighbours have a value; ``lowest`` and ``highest`` are theirs."""

    kind: Literal["median", "mean"]
    value: Number
    used: int
    of: int
    lowest: Number
    highest: Number


def neighbour_average(
    values: Sequence[Number | None], kind: Literal["median", "mean"] = "median", enough: int = ENOUGH
) -> Average[Number] | Reason:
    """The median (ours, and that of the Department's dashboard) or the simple mean (that of its interactive tool).

    ``values``: unrounded, one for each neighbour, None where none is shown; the area's own is not among them. Silent
    with TOO_FEW_NEIGHBOURS when fewer than ``enough`` (1 or more) have one.
    """
    shown = [value for value in values if value is not None]
    if len(shown) < max(1, enough):
        return Reason.TOO_FEW_NEIGHBOURS
    value = median(shown) if kind == "median" else mean(shown)
    return Average(kind, value, len(shown), len(values), min(shown), max(shown))


def mean(values: Sequence[Number]) -> Number:
    """The simple mean; of floats, exact before it is rounded once. Raises ValueError for no values."""
    if not values:
        raise ValueError("a mean needs at least one value")
    found = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return found if isinstance(values[0], Fraction) else float(found)


def mean_interval(values: Sequence[Number], confidence: float) -> Interval | Reason:
    """Limits of the mean of values that a source lists one by one: t standard errors on either side (Student 1908).

    Silent with TOO_FEW_VALUES under two values. Equal values have limits that are their mean.
    """
    if len(values) < 2:
        return Reason.TOO_FEW_VALUES
    exact = [Fraction(value) for value in values]
    middle = mean(exact)
    variance = sum(((value - middle) ** 2 for value in exact), Fraction(0)) / (len(exact) - 1)
    reach = t_quantile((1 + confidence) / 2, len(exact) - 1) * math.sqrt(variance / len(exact))
    return Interval(float(middle) - reach, float(middle) + reach)
