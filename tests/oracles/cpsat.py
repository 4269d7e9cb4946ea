"""What hidden counts can be, by another solver: a process of its own that shares no code with the product.

OR-tools carries a copy of HiGHS that must not meet the product's, so this file is run, never imported. Each line of its
input is a block in JSON: ``floors`` of the unknowns, ``rows`` (``columns``, ``weights``, ``least``, ``most``; null where
there is no such bound) and ``aims`` (``columns``, ``known``, ``low``, ``high``). Each line of its output answers one: null
when no table of whole numbers agrees, else for each aim its ``least`` and ``most`` and which ``values`` from low to high it
can take.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model

MOST = 10_000_000  # more than London's people
Block = Mapping[str, Any]


def answer(block: Block) -> list[dict[str, Any]] | None:
    """What each aim of a block can be."""
    found = []
    for aim in block["aims"]:
        least, most = _end(block, aim, 1), _end(block, aim, -1)
        if least is None or most is None:
            return None
        values = [v for v in range(aim["low"], aim["high"] + 1) if least <= v <= most and _can_be(block, aim, v)]
        found.append({"least": least, "most": most, "values": values})
    return found


def _end(block: Block, aim: Mapping[str, Any], sign: int) -> int | None:
    """The least value of an aim, or with a sign of -1 the greatest; None when there is none."""
    model, unknowns = _model(block)
    total = sum(unknowns[column] for column in aim["columns"])
    model.minimize(sign * total)
    solver = _solver()
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return int(solver.value(total)) + int(aim["known"])


def _can_be(block: Block, aim: Mapping[str, Any], value: int) -> bool:
    model, unknowns = _model(block)
    model.add(sum(unknowns[column] for column in aim["columns"]) == value - aim["known"])
    return bool(_solver().solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE))


def _model(block: Block) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    unknowns = [model.new_int_var(floor, MOST, f"y{place}") for place, floor in enumerate(block["floors"])]
    for row in block["rows"]:
        total = sum(weight * unknowns[column] for column, weight in zip(row["columns"], row["weights"], strict=True))
        if row["least"] is not None:
            model.add(total >= row["least"])
        if row["most"] is not None:
            model.add(total <= row["most"])
    return model, unknowns


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
