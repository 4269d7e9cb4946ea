"""What the attack finds and the certificate holds: whole tables, and reasons why a count is plainly not small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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
        total = sum(table[column] for column in row.columns) - sum(table[column] for column in row.minus)
        if total != row.value if row.exact else total < row.value:
            return False
    return True


def all_agree(block: Block, tables: NDArray[np.int64]) -> bool:
    """Whether every table agrees, one a line of an array of whole numbers, one column an unknown.

    The bound on each number keeps every sum far from where such an array would begin again at its least number.
    """
    if tables.size == 0:
        return True
    if tables.shape[1] != len(block.floors) or bool((tables < np.array(block.floors, dtype=np.int64)).any()):
        return False
    if bool((tables > MOST).any()):
        return False
    for row in block.rows:
        totals = tables[:, row.columns].sum(axis=1) - tables[:, row.minus].sum(axis=1)
        if bool((totals != row.value).any() if row.exact else (totals < row.value).any()):
            return False
    return True


def lower_bound(block: Block, aim: Aim, weights: Mapping[int, Fraction]) -> Fraction | None:
    """The bound from below that weighted rows prove for an aim, or None when they prove none.

    By linear programming duality: if the aim less the weighted rows has no negative coefficient, the aim is at least the
    weighted sum of the rows' values plus what is left over times the floors. A row that is no equation needs a weight of
    0 or more.
    """
    left = [Fraction(0)] * len(block.unknowns)
    for column in aim.columns:
        left[column] += 1
    bound = Fraction(aim.known)
    for place, weight in weights.items():
        row = block.rows[place]
        if not row.exact and weight < 0:
            return None
        bound += weight * row.value
        for column in row.columns:
            left[column] -= weight
        for column in row.minus:
            left[column] += weight
    if any(value < 0 for value in left):
        return None
    return bound + sum((value * floor for value, floor in zip(left, block.floors, strict=True)), Fraction(0))
