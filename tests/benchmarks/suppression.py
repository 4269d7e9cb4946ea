"""``python -m tests.benchmarks.suppression [--few]``: how much the exact search hides, how long it takes, and what the
attack makes of it; beside it the simple way, "hide the next smallest in the line".

``--few`` takes every eighth table. ``number``: tables that have a safe pattern at this grain at all; a release would
print the others at a coarser one. ``least``: proven to hide as little as can be. ``opened``: figures that the attack
worked out or narrowed. Seconds are of the processor, the longest search in brackets. Nothing here is part of a release.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from site_builder.confidential.suppress.blocks import Block, Unit
from site_builder.confidential.suppress.coarsen import FULL
from site_builder.confidential.suppress.cuts import Infeasible
from site_builder.confidential.suppress.exact import Effort, must_hide, search
from site_builder.confidential.suppress.greedy import repaired, shown_again
from site_builder.confidential.suppress.patterns import Pattern
from site_builder.confidential.suppress.primary import may_hide, primary
from site_builder.confidential.suppress.reader import NUMERATOR, Case, value_of
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.structure import Form, Structure
from tests.benchmarks import generator

_HEAD = (
    "tables", "number", "figures", "small", "beside", "totals", "least", "search s", "audit s", "opened",
    "simple: beside", "exactly", "narrowed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One table: its units, those that must be hidden, those hidden beside, and how far the attack came."""

    units: int
    small: int
    beside: int
    totals: int
    is_least: bool
    search: float
    audit: float
    opened: int
    simple: int
    exactly: int
    narrowed: int


def measured(block: Block) -> Measured | None:
    """One table searched and attacked, and the simple way attacked; None where no pattern is safe."""
    case, costs = Case(block), generator.costs_of(block)
    must, start = must_hide([case]), time.process_time()
    try:
        found = search([case], costs, Effort())
        hidden = found.hidden
        if not found.least:
            hidden = shown_again(case, costs, must, repaired(case, costs, hidden))
    except Infeasible:
        return None
    middle = time.process_time()
    exactly, narrowed = opened(block, hidden)
    end = time.process_time()
    simple = next_smallest(block)
    return Measured(
        len(block.counts),
        len(must),
        len(hidden - must),
        sum(unit.area in block.groups for unit in hidden),
        found.least,
        middle - start,
        end - middle,
        exactly + narrowed,
        len(simple - must),
        *opened(block, simple),
    )


def opened(block: Block, hidden: Collection[Unit]) -> tuple[int, int]:
    """How many hidden or implied figures the attack works out exactly, and how many it narrows."""
    weak = attack([edition_of(block, hidden)]).weaknesses
    found: dict[CellKey, bool] = {}
    for one in weak:
        if one.code in ("D904", "D911") and not _is_line(one.key, block, hidden):
            found[one.key] = found.get(one.key, False) or one.code == "D911"
    return sum(found.values()), len(found) - sum(found.values())


def _is_line(key: CellKey, block: Block, hidden: Collection[Unit]) -> bool:
    """Whether a weakness is a line's with too few hidden, and not a figure's."""
    return key.measure in block.measures() and Unit(key.area, key.period, key.coverage) not in hidden


def edition_of(block: Block, hidden: Collection[Unit]) -> Edition:
    """A table as it would be printed."""
    cells = []
    for key, is_hidden in Pattern(FULL, Case(block), {}, frozenset(hidden)).marks():
        value = value_of(block.counts[Unit(key.area, key.period, key.coverage)], key.measure)
        cells.append(Cell(key, "" if is_hidden else str(value), "c" if is_hidden else "", ""))
    rules = block.rules
    policy = EffectivePolicy(rules.threshold, "show" if rules.zeros_shown else "hide", rules.min_hidden_per_line)
    years = {unit.period: block.slots(unit.period) for unit in block.counts if len(block.slots(unit.period)) > 1}
    form = Form("proportion" if rules.parted else "count", block.version, block.grain, policy)
    structure = Structure(dict(block.groups), {}, years, {block.indicator: form})
    return Edition("benchmark", PublicCells.of(cells), structure, frozenset())


def next_smallest(block: Block) -> frozenset[Unit]:
    """The simple way: wherever a line has one hidden figure, its next smallest part is hidden too, or else its total."""
    hidden, changed = set(primary(block)), True
    while changed:
        changed = False
        for line in block.lines:
            free = [u for u in line[1:] if u not in hidden and may_hide(block.counts[u], block.rules)]
            free = free or [line[0]] * (line[0] not in hidden)
            if sum(unit in hidden for unit in line) == 1 and free:
                hidden.add(min(free, key=lambda unit: (value_of(block.counts[unit], NUMERATOR), unit)))
                changed = True
    return frozenset(hidden)


def table(name: str, blocks: Iterable[Block]) -> tuple[str, ...]:
    """A line of the report on tables of one kind."""
    all_of_them = [measured(block) for block in blocks]
    done = [one for one in all_of_them if one is not None]

    def total(of: Callable[[Measured], float]) -> float:
        return sum(of(one) for one in done)

    worst = max((one.search for one in done), default=0.0)
    return (
        name,
        f"{len(done)} of {len(all_of_them)}",
        f"{total(lambda one: one.units):.0f}",
        f"{total(lambda one: one.small):.0f}",
        f"{total(lambda one: one.beside):.0f}",
        f"{total(lambda one: one.totals):.0f}",
        f"{total(lambda one: one.is_least):.0f} of {len(done)}",
        f"{total(lambda one: one.search):.1f} ({worst:.1f})",
        f"{total(lambda one: one.audit):.1f}",
        f"{total(lambda one: one.opened):.0f}",
        f"{total(lambda one: one.simple):.0f}",
        f"{total(lambda one: one.exactly):.0f}",
        f"{total(lambda one: one.narrowed):.0f}",
    )


def main(few: bool) -> None:
    """Measure, and print the table as Markdown."""
    step = 8 if few else 1
    print(f"| {' | '.join(_HEAD)} |", "|---" * len(_HEAD) + "|", sep="\n")
    for name, make, number in (
        ("London", generator.london, 40),
        ("England", generator.england, 10),
        ("shares", generator.proportion, 10),
    ):
        print(f"| {' | '.join(table(name, (make(place) for place in range(0, number, step))))} |", flush=True)
    print(f"\nLargest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main("--few" in sys.argv[1:])
