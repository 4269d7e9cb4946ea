"""Indicators that hide the same units because they share a count, or one alone: their pattern down the ladder."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from site_builder.confidential.suppress import coarsen, exact
from site_builder.confidential.suppress.blocks import Block, Unit
from site_builder.confidential.suppress.cuts import Infeasible
from site_builder.confidential.suppress.exact import Found, hidden_in, must_hide
from site_builder.confidential.suppress.greedy import hidden_share, repaired, shown_again
from site_builder.confidential.suppress.patterns import Pattern, World, unproved
from site_builder.confidential.suppress.reader import Case, failing


def first_patterns(
    blocks: Mapping[str, Block], world: World, at: Mapping[str, str] | None = None
) -> dict[str, Pattern]:
    """The patterns at the finest steps where some are found; ``at`` names steps to begin with, by indicator.

    Where they cannot be had together, the indicator with the largest share of figures that must be hidden comes down a
    step. Raises DisclosureRefusal (D904) when it has none left.
    """
    left = {code: _steps(block, world, (at or {}).get(code)) for code, block in blocks.items()}
    made = _decided(blocks, left, world)
    while made is None:
        cases = {code: world.case(coarsen.coarsened(blocks[code], steps[0])) for code, steps in left.items()}
        made = _searched(cases, {code: steps[0] for code, steps in left.items()}, world)
        if made is None:
            shares = {code: hidden_share(case, must_hide([case])) for code, case in cases.items()}
            most = max(sorted(shares), key=lambda code: shares[code])
            left[most] = left[most][1:]
            if not left[most]:
                raise unproved(most)
    return made


def searched_again(patterns: Mapping[str, Pattern], known: Found, world: World) -> dict[str, Pattern] | None:
    """The cheapest patterns at the same steps after more has been learnt; None when too much would be hidden."""
    cases = {code: pattern.case for code, pattern in patterns.items()}
    return _searched(cases, {code: pattern.rung for code, pattern in patterns.items()}, world, known)


def agreed(family: Mapping[str, Pattern]) -> dict[str, Pattern]:
    """The patterns of indicators that share a count, each widened until they hide the same units: what one shows is
    no secret in another. Units that one of them lacks stay as they are. Raises Infeasible."""
    now = dict(family)
    while True:  # each round hides at least one more unit
        union = {unit for pattern in now.values() for unit in pattern.hidden}
        wider = {code: _widened(pattern, union) for code, pattern in now.items()}
        if all(wider[code].hidden == pattern.hidden for code, pattern in now.items()):
            return wider
        now = wider


def is_broad(patterns: Mapping[str, Pattern], world: World) -> bool:
    """Whether one of the patterns hides more than the policy's share."""
    most = world.bounds.max_hidden_share
    return any(hidden_share(pattern.case, pattern.hidden) > most for pattern in patterns.values())


def _steps(block: Block, world: World, at: str | None) -> tuple[str, ...]:
    start, floor = world.bounds.start.get(block.indicator, coarsen.FULL), world.bounds.floors.get(block.indicator, "")
    steps = coarsen.rungs(block.grain, floor, start)
    return steps[steps.index(at) :] if at else steps


def _searched(
    cases: Mapping[str, Case], rungs: Mapping[str, str], world: World, known: Found | None = None
) -> dict[str, Pattern] | None:
    """Patterns at given steps; None when there is none, or too much would be hidden."""
    costs = {code: world.costs_of(case.block) for code, case in cases.items()}
    must = must_hide(cases.values())
    made = {code: Pattern(rungs[code], case, costs[code], hidden_in(case, must)) for code, case in cases.items()}
    if is_broad(made, world):
        return None
    together: dict[Unit, int] = {}
    for some in costs.values():
        together = {unit: together.get(unit, 0) + some.get(unit, 0) for unit in together.keys() | some.keys()}
    try:
        found = exact.search(tuple(cases.values()), together, world.effort, known)
        made = {code: replace(one, hidden=hidden_in(one.case, found.hidden), found=found) for code, one in made.items()}
        made = made if found.least else _completed(made)
    except Infeasible:
        return None
    return None if is_broad(made, world) else made


def _completed(patterns: Mapping[str, Pattern]) -> dict[str, Pattern]:
    """Patterns that the exact search left unfinished, made safe step by step; tidied where one stands alone."""
    made = {}
    for code, one in patterns.items():
        hidden = repaired(one.case, one.costs, one.hidden)
        if len(patterns) == 1:
            hidden = shown_again(one.case, one.costs, must_hide([one.case]), hidden)
        made[code] = replace(one, hidden=hidden, found=None)
    return agreed(made)


def _widened(pattern: Pattern, units: Collection[Unit]) -> Pattern:
    more = hidden_in(pattern.case, units) | pattern.hidden
    if more == pattern.hidden:
        return pattern
    return replace(pattern, hidden=repaired(pattern.case, pattern.costs, more), found=None)


def _decided(blocks: Mapping[str, Block], left: Mapping[str, Sequence[str]], world: World) -> dict[str, Pattern] | None:
    """The patterns of an earlier run, if they speak of the same cells and all still stand up, at whatever step they were
    made: a finer one that would be possible by now is not looked for, since only hidden counts can have made it so."""
    kept = {}
    if not all(code in world.decided for code in left):
        return None
    for code, steps in left.items():
        cases = ((rung, world.case(coarsen.coarsened(blocks[code], rung))) for rung in steps)
        found = (_kept_decision(rung, case, world) for rung, case in cases)
        pattern = next((one for one in found if one is not None), None)
        if pattern is None:
            return None
        kept[code] = pattern
    try:
        return agreed(kept)
    except Infeasible:
        return None


def _kept_decision(rung: str, case: Case, world: World) -> Pattern | None:
    block = case.block
    decided = world.decided[block.indicator]
    hidden = frozenset(
        unit for unit in block.counts if any(decided.get(block.key(unit, measure)) for measure in block.measures())
    )
    pattern = Pattern(rung, case, world.costs_of(block), hidden)
    if dict(pattern.marks()) != dict(decided):
        return None
    stands = must_hide([case]) <= hidden and not hidden & case.shown and not failing(case, hidden)
    return pattern if stands else None
