"""A reader's best guess under a pattern that may be hidden in part, and the cut that follows where it is too good.

One table of one case as a linear program: the smallest counts are its variables, and each displayed unit is a sum of
them, known as far as the unit is shown. The dual solution of a guess says which shown units it rests on, so that one of
them must be hidden (Fischetti and Salazar-González, Management Science 47(7), 2001).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from site_builder.confidential.suppress.blocks import Base, Unit
from site_builder.confidential.suppress.bounds import MOST, solver
from site_builder.confidential.suppress.cuts import Cut, Mark
from site_builder.confidential.suppress.reader import COMPLEMENT, Case, floor_of, legend, value_of

_NEAR = 1e-6
_WORTH = 1e-4  # a goal must be missed by as much, so that no round runs after rounding errors

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Goal:
    """A unit's count must be movable by ``level``, upwards or downwards, if the unit is hidden."""

    unit: Unit
    up: bool
    level: int


class Separator:
    """One part of a case. ``free``: the units that are or may be hidden; ``must``: those hidden in any case."""

    def __init__(self, case: Case, part: str, free: Collection[Unit], must: Collection[Unit]) -> None:
        self.pivots = 0  # of the simplex method so far
        self._case, self._part, self._must = case, part, frozenset(must)
        units = sorted(case.block.counts)
        self._value = {unit: value_of(case.block.counts[unit], part) for unit in units}
        self._open = [unit for unit in units if unit in free and not case.is_known(unit, part, free)]
        alone = {case.bases(unit)[0]: unit for unit in units if unit.area not in case.block.groups}
        self._alone = {base: unit for base, unit in alone.items() if len(case.bases(unit)) == 1}
        self._floors = {unit: self._floor(unit) for unit in units}
        self._columns = {base: place for place, base in enumerate(sorted(self._bases()))}
        self._solver, rows = self._build(units)
        places = {unit: self._columns[base] for base, unit in self._alone.items()}
        self._at = np.array([places.get(unit, rows.get(unit, 0)) for unit in self._open], dtype=np.int32)
        self._is_column = np.array([unit in places for unit in self._open], dtype=bool)
        self._now = np.array([self._value[unit] for unit in self._open], dtype=np.float64)
        self._room = self._now - np.array([self._floors[unit][0] for unit in self._open], dtype=np.float64)
        self._up = self._down = self._now

    def goals(self, mark: Mark) -> tuple[Goal, ...]:
        """What a mark asks for: the way to the least and to the greatest value of the legend.

        A strict one of a complement asks for its floor, so that numerator and complement together can be 1.
        """
        floor, ceiling = self._floors[mark.unit]
        least, most = legend(ceiling, self._case)[0], legend(floor, self._case)[1]
        if mark.strict:
            least, most = legend(floor, self._case)[0], legend(ceiling, self._case)[1]
            least = floor if self._part == COMPLEMENT else least
        value = self._value[mark.unit]
        both = (Goal(mark.unit, True, most - value), Goal(mark.unit, False, value - least))
        return tuple(goal for goal in both if goal.level > 0)

    def cuts(self, goals: Iterable[Goal], hidden: Mapping[Unit, float], spread: int) -> Iterator[Cut]:
        """Cuts for goals that are missed when each unit is hidden to the degree that ``hidden`` says, 0 to 1.

        A count is taken to move by no more than ``spread``, or the goal's level where that is more.
        """
        degrees = np.array([hidden.get(unit, 0.0) for unit in self._open])
        reach = -1
        for goal in sorted(goals, key=lambda one: (max(one.level, spread), one.unit, one.up)):
            if hidden.get(goal.unit, 0.0) < _NEAR:
                continue
            if max(goal.level, spread) != reach:
                reach = max(goal.level, spread)
                self._loosen(degrees, reach)
            reached, weights = self._guess(goal)
            if reached < goal.level * hidden[goal.unit] - _WORTH:
                slack = max(0.0, reached - float(weights @ degrees))
                cut = self._cut(goal, goal.level - slack, weights)
                if cut is not None:
                    yield cut

    def _cut(self, goal: Goal, least: float, weights: Floats) -> Cut | None:
        terms = []
        for unit, weight in zip(self._open, weights.tolist(), strict=True):
            if unit in self._must or unit == goal.unit:
                least -= weight
            elif weight > _NEAR:
                terms.append((unit, weight))
        if least < _NEAR:
            return None
        parts = tuple((unit, round(min(weight / least + _NEAR / 2, 1.0), 6)) for unit, weight in terms)
        return Cut(parts, 1.0, None if goal.unit in self._must else goal.unit)

    def _guess(self, goal: Goal) -> tuple[float, Floats]:
        """How far a count can move, and how much of that each unit gives if it is hidden."""
        places = np.array([self._columns[base] for base in self._case.bases(goal.unit)], dtype=np.int32)
        self._solver.changeColsCost(len(places), places, np.full(len(places), -1.0 if goal.up else 1.0))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("no table agrees with what is printed")
        self.pivots += self._solver.getInfo().simplex_iteration_count
        solution = self._solver.getSolution()
        reached = abs(abs(self._solver.getInfo().objective_function_value) - self._value[goal.unit])
        self._solver.changeColsCost(len(places), places, np.zeros(len(places)))
        of_columns, of_rows = np.array(solution.col_dual), np.array(solution.row_dual)
        duals = np.zeros(len(self._open))
        duals[self._is_column] = of_columns[self._at[self._is_column]]
        duals[~self._is_column] = of_rows[self._at[~self._is_column]]
        return reached, np.maximum(duals, 0.0) * self._down + np.maximum(-duals, 0.0) * self._up

    def _loosen(self, degrees: Floats, reach: int) -> None:
        """Let each unit's sum lie around its value as far as the unit is hidden."""
        self._up, self._down = np.full(len(self._open), float(reach)), np.minimum(self._room, float(reach))
        low, high = self._now - self._down * degrees, self._now + self._up * degrees
        for some, change in (
            (self._is_column, self._solver.changeColsBounds),
            (~self._is_column, self._solver.changeRowsBounds),  # type: ignore[attr-defined]  # not in its stub
        ):
            if some.any():
                change(int(some.sum()), self._at[some], low[some], high[some])

    def _build(self, units: list[Unit]) -> tuple[highspy.Highs, dict[Unit, int]]:
        """The program with every unit shown, and the rows of the units that are sums."""
        case, made = self._case, solver()
        told = {one.bases[0]: one.values.get(self._part) for one in case.printed if len(one.bases) == 1}
        for base in self._columns:
            value = self._value[self._alone[base]] if base in self._alone else told.get(base)
            made.addVar(float(value or 0), MOST if value is None else float(value))
        rows: dict[Unit, int] = {}
        for unit in units:
            if unit not in self._alone.values():
                rows[unit] = made.getNumRow()
                self._add_row(made, case.bases(unit), self._value[unit])
        for one in case.printed:
            value = one.values.get(self._part)
            if value is not None and len(one.bases) > 1:
                self._add_row(made, one.bases, value)
        return made, rows

    def _add_row(self, made: highspy.Highs, bases: Collection[Base], value: int) -> None:
        places = [self._columns[base] for base in bases]
        made.addRow(float(value), float(value), len(places), places, [1.0] * len(places))

    def _bases(self) -> set[Base]:
        case = self._case
        now = {base for unit in case.block.counts for base in case.bases(unit)}
        return now | {base for one in case.printed for base in one.bases}

    def _floor(self, unit: Unit) -> tuple[int, int]:
        """A unit's public floor, lowest and highest: it may depend on which of its smallest counts are hidden."""
        low = high = 0
        for base in self._case.bases(unit):
            if (alone := self._alone.get(base)) is not None:
                shown = int(self._value[alone] > 0)
                hidden = floor_of(self._case, alone, self._part) if alone in self._open else shown
                low, high = low + min(shown, hidden), high + max(shown, hidden)
        return low, high
