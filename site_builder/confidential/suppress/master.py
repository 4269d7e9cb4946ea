"""The cheapest pattern that meets every cut found so far: a program in one 0-or-1 variable a unit, on highspy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import highspy
import numpy as np

from site_builder.confidential.suppress.blocks import Unit
from site_builder.confidential.suppress.bounds import solver
from site_builder.confidential.suppress.cuts import Cut

_GAP = 0.99  # costs are whole numbers: nothing can be cheaper by less than 1


class Stopped(Exception):
    """The search for the cheapest whole pattern came to the end of its work."""


class Master:
    """``costs`` of the units that are or may be hidden; ``must``: hidden in any case; ``kept``: shown in any case."""

    def __init__(self, costs: Mapping[Unit, int], must: Collection[Unit], kept: Collection[Unit]) -> None:
        self.pivots = 0  # of the simplex method so far
        self._at = {unit: place for place, unit in enumerate(sorted(costs))}
        self._solver, self._cuts = solver(), set[Cut]()
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("mip_abs_gap", _GAP)
        for unit in self._at:
            self._solver.addVar(float(unit in must), float(unit not in kept))
        costed = np.array([float(costs[unit]) for unit in self._at])
        self._all = np.arange(len(self._at), dtype=np.int32)
        self._solver.changeColsCost(len(self._all), self._all, costed)

    def add(self, cuts: Iterable[Cut]) -> int:
        """Take cuts, each once; how many were new."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self._cuts and cut.least > 0]
        self._cuts.update(new)
        for cut in new:
            places, weights = [self._at[unit] for unit, _ in cut.terms], [weight for _, weight in cut.terms]
            least = cut.least
            if cut.unit is not None:
                places, weights, least = [*places, self._at[cut.unit]], [*weights, -cut.least], 0.0
            self._solver.addRow(least, highspy.kHighsInf, len(places), places, weights)
        return len(new)

    def relaxed(self) -> dict[Unit, float] | None:
        """The cheapest pattern that may hide units in part; None when there is none."""
        return self._run()

    def whole(self, nodes: int) -> frozenset[Unit] | None:
        """The cheapest pattern; None when there is none. Raises Stopped when ``nodes`` branches do not tell."""
        self._solver.setOptionValue("mip_max_nodes", max(nodes, 1))
        self._set_kind(highspy.HighsVarType.kInteger)
        try:
            found = self._run()
        finally:
            self._set_kind(highspy.HighsVarType.kContinuous)
        return None if found is None else frozenset(unit for unit, degree in found.items() if degree > 0.5)

    def _run(self) -> dict[Unit, float] | None:
        self._solver.run()
        self.pivots += max(self._solver.getInfo().simplex_iteration_count, 0)
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Stopped
        return dict(zip(self._at, self._solver.getSolution().col_value, strict=True))

    def _set_kind(self, kind: highspy.HighsVarType) -> None:
        self._solver.changeColsIntegrality(len(self._all), self._all, np.full(len(self._all), int(kind), np.uint8))
