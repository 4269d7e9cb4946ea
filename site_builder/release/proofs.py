"""What the attack finds and the certificate holds: whole tables, and reasons why a count is plainly not small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from site_builder.release.blocks import Aim, Block

MOST = 10_000_000  # a public bound on any count: more than London's people


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an aim of a block is above the threshold: ``weights`` of the block's rows, by their place, whose sum bounds it
    from below."""

    aim: int
    weights: Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Proof:
    """Of one block. ``tables``: whole numbers, one for each unknown. ``reasons``: for aims that no table need attest."""

    tables: tuple[tuple[int, ...], ...]
    reasons: tuple[Reason, ...]


def agrees(block: Block, table: tuple[int, ...]) -> bool:
    """Whether a table agrees with everything printed about the block, in whole numbers."""
    if len(table) != len(block.floors) or any(not f <= v <= MOST for v, f in zip(table, block.floors, strict=True)):
        return False
    for row in block.rows:
        total = sum(table[column] * weight for column, weight in zip(row.columns, row.weights, strict=True))
        if (row.least is not None and total < row.least) or (row.most is not None and total > row.most):
            return False
    return True


def all_agree(block: Block, tables: NDArray[np.int64]) -> bool:
    """Whether every table agrees, one a line of an array of whole numbers, one column an unknown.

    The bounds on each number and on each weight keep every sum far from where such an array would begin again at its
    least number.
    """
    if tables.size == 0:
        return True
    if tables.shape[1] != len(block.floors) or bool((tables < np.array(block.floors, dtype=np.int64)).any()):
        return False
    if bool((tables > MOST).any()):
        return False
    for row in block.rows:
        totals = tables[:, row.columns] @ np.array(row.weights, dtype=np.int64)
        if (row.least is not None and bool((totals < row.least).any())) or (
            row.most is not None and bool((totals > row.most).any())
        ):
            return False
    return True


def lower_bound(block: Block, aim: Aim, weights: Mapping[int, Fraction]) -> Fraction | None:
    """The bound from below that weighted rows prove for an aim, or None when they prove none.

    By linear programming duality: if the aim less the weighted rows has no negative coefficient, the aim is at least the
    weighted sum of the rows' bounds plus what is left over times the floors: the lower bound of a row with a weight above
    0, else its upper bound, which must be there.
    """
    scale = lcm(*(weight.denominator for weight in weights.values()))  # all in whole numbers, times this
    left = [0] * len(block.unknowns)
    for column in aim.columns:
        left[column] += scale
    bound = aim.known * scale
    for place, weight in weights.items():
        row, times = block.rows[place], weight.numerator * (scale // weight.denominator)
        value = row.least if times > 0 else row.most
        if value is None:
            return None
        bound += times * value
        for column, one in zip(row.columns, row.weights, strict=True):
            left[column] -= times * one
    if any(value < 0 for value in left):
        return None
    return Fraction(bound + sum(value * floor for value, floor in zip(left, block.floors, strict=True)), scale)
