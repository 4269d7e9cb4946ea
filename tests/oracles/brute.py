"""The attack again, slowly: every whole-number table that agrees with a tiny publication, and what a target can be.

Written from the rule alone and sharing no code with the product: small counts are counted out, not solved for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Place = tuple[str, str, str]  # area, period, measure
Atom = tuple[str, str, str]  # borough, smallest period, part: "n", the rest "c" of a group, or a divisor "d"
FREE = 9  # a count in no printed sum may be anything; every open value is below this


class TooManyError(Exception):
    """There are more tables than a test should count out."""


@dataclass(frozen=True)
class World:
    """``totals``: a total to its boroughs; ``years``: a year to its quarters. ``nested``: whether n is part of d."""

    totals: Mapping[str, tuple[str, ...]]
    years: Mapping[str, tuple[str, ...]]
    nested: bool
    zeros_shown: bool
    threshold: int

    def atoms(self, place: Place) -> list[Atom]:
        """The smallest counts that a place adds up."""
        area, period, measure = place
        parts = ("n", "c") if measure == "d" and self.nested else (measure,)
        return [
            (borough, quarter, part)
            for borough in self.totals.get(area, (area,))
            for quarter in self.years.get(period, (period,))
            for part in parts
        ]

    def floor(self, place: Place, printed: Mapping[Place, str]) -> int:
        """The least value of a hidden or never displayed count, from the zero policy alone."""
        area, period, measure = place
        if not self.zeros_shown:
            return 0
        if measure == "c":
            return self._rest(area, period, printed)
        parts: list[Place] = [(borough, period, measure) for borough in self.totals.get(area, ())]
        parts = parts or [(area, quarter, measure) for quarter in self.years.get(period, ())]
        counted = [
            self.floor(p, printed) if printed[p] == "c" else int(printed[p] != "0") for p in parts if p in printed
        ]
        return max(1, sum(counted))

    def _rest(self, area: str, period: str, printed: Mapping[Place, str]) -> int:
        """The least that the rest of a group can be: 1 for each smallest known rest above zero."""
        above, whole = printed.get((area, period, "n"), "c"), printed.get((area, period, "d"), "")
        if above != "c" and whole not in ("c", ""):
            return int(int(whole) > int(above))
        inside = [(borough, period) for borough in self.totals.get(area, ())]
        inside = inside or [(area, quarter) for quarter in self.years.get(period, ())]
        if inside:
            return sum(self._rest(*one, printed) for one in inside)
        return int(above == "0" and whole == "c")


def safe(world: World, printed: Mapping[Place, str]) -> bool:
    """Whether each hidden or implied count could be every value of the legend, or is plainly not small."""
    atoms, tables = agreeing(world, printed)
    if len(tables) == 0:
        return False
    return all(_open(world, printed, place, _values(world, place, atoms, tables)) for place in _targets(world, printed))


def agreeing(world: World, printed: Mapping[Place, str]) -> tuple[list[Atom], NDArray[np.int64]]:
    """The atoms and every table of them that agrees with what is printed, a line a table."""
    atoms = sorted({atom for place in printed for atom in world.atoms(place)})
    tops = dict.fromkeys(atoms, FREE)
    in_a_sum = {
        atom: [int(value) for place, value in printed.items() if value != "c" and atom in world.atoms(place)]
        for atom in atoms
    }
    tops |= {atom: min(values) for atom, values in in_a_sum.items() if values}
    lows = {atom: 0 for atom in atoms}
    for place, value in printed.items():
        if value != "c" and len(world.atoms(place)) == 1:
            lows[world.atoms(place)[0]] = int(value)
    if any(lows[atom] > tops[atom] for atom in atoms):
        return atoms, np.zeros((0, len(atoms)), dtype=np.int64)
    sizes = [tops[atom] - lows[atom] + 1 for atom in atoms]
    if np.prod([float(size) for size in sizes]) > 400_000:
        raise TooManyError
    ranges = [range(lows[atom], tops[atom] + 1) for atom in atoms]
    tables = np.array(list(product(*ranges)), dtype=np.int64).reshape(-1, len(atoms))
    for place, value in printed.items():
        sums = _sums(world, place, atoms, tables)
        if value != "c":
            tables = tables[sums == int(value)]
        elif world.zeros_shown:
            tables = tables[sums >= 1]
    return atoms, tables


def _sums(world: World, place: Place, atoms: Sequence[Atom], tables: NDArray[np.int64]) -> NDArray[np.int64]:
    columns = [atoms.index(atom) for atom in world.atoms(place)]
    sums: NDArray[np.int64] = tables[:, columns].sum(axis=1)
    return sums


def _values(world: World, place: Place, atoms: Sequence[Atom], tables: NDArray[np.int64]) -> set[int]:
    return set(_sums(world, place, atoms, tables).tolist())


def _targets(world: World, printed: Mapping[Place, str]) -> Iterator[Place]:
    """Hidden places, and the rest of each group, which is never displayed."""
    for (area, period, measure), value in printed.items():
        if value == "c":
            yield (area, period, measure)
        if measure == "n" and world.nested:
            yield (area, period, "c")


def _open(world: World, printed: Mapping[Place, str], place: Place, possible: set[int]) -> bool:
    small = set(range(1 if world.zeros_shown else 0, world.threshold + 1))
    if place in printed and len(possible) < 2:
        return False
    if not possible & small:
        return True
    floor = world.floor(place, printed)
    return set(range(max(min(small), floor), max(world.threshold, floor + 2) + 1)) <= possible
