"""From the full table to a pattern for every indicator: how finely it is published, and which of its cells are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from site_builder.confidential.suppress import coarsen
from site_builder.confidential.suppress.answers import Tried, answered
from site_builder.confidential.suppress.blocks import Block, Unit, blocks_of
from site_builder.confidential.suppress.joint import first_patterns
from site_builder.confidential.suppress.patterns import Attack, Pattern, World, unproved
from site_builder.confidential.tabulate import COLUMNS, Table
from site_builder.release.cells import KEY, CellKey, PublicCells
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.symbols import Withheld

_ROUNDS = 200  # of answering what the attack finds


def choose(table: Table, world: World) -> dict[str, Pattern]:
    """A pattern for each indicator that has figures, in order of code, that stands up to the search's own look.
    Indicators that share a count hide the same units.

    Raises DisclosureRefusal (D904) when an indicator has none at any step of its ladder.
    """
    blocks = {block.indicator: block for block in blocks_of(table, world.rules, world.groups)}
    patterns: dict[str, Pattern] = {}
    for codes in _tied(blocks, world.families):
        patterns |= first_patterns({code: blocks[code] for code in codes}, world)
    return dict(sorted(patterns.items()))


def prove(table: Table, patterns: Mapping[str, Pattern], attack: Attack, world: World) -> dict[str, Pattern]:
    """The patterns with further cells hidden, or coarser ones, until ``attack``, which knows only what is printed, finds
    nothing in any of them.

    ``attack`` is given the patterns of indicators that are tied to one another, with their printed cells, and answers
    with the keys it could narrow. Raises DisclosureRefusal (D904) when this does not come to an end.
    """
    blocks = {block.indicator: block for block in blocks_of(table, world.rules, world.groups)}
    proved: dict[str, Pattern] = {}
    for codes in _tied(patterns, (*world.families, *world.nested)):
        some = {code: patterns[code] for code in codes}
        proved |= _proved(_only(table, codes), {code: blocks[code] for code in codes}, some, attack, world)
    return dict(sorted(proved.items()))


def _tied(codes: Iterable[str], ties: Iterable[frozenset[str]]) -> list[tuple[str, ...]]:
    """The indicators in groups that share no tie, each in order."""
    groups = [{code} for code in codes]
    for tie in ties:
        joined = [group for group in groups if group & tie]
        groups = [group for group in groups if not group & tie] + ([set().union(*joined)] if joined else [])
    return sorted(tuple(sorted(group)) for group in groups)


def printed(table: Table, patterns: Mapping[str, Pattern]) -> PublicCells:
    """The cells as they are printed: hidden ones marked, those of finer steps than an indicator's left out."""
    frame = table.frame
    marks = {key: hidden for pattern in patterns.values() for key, hidden in pattern.marks()}
    keys = [CellKey(*row) for row in zip(*(frame[column].tolist() for column in KEY), strict=True)]
    kept = [
        _is_printed(key, withheld, marks, patterns, table)
        for key, withheld in zip(keys, frame["withheld"], strict=True)
    ]
    hidden = pd.Series([marks.get(key, False) for key in keys], index=frame.index)
    values = frame["value"].astype("str").where(~frame["value"].isna() & ~hidden, "")
    made = frame.assign(value=values, withheld=frame["withheld"].where(~hidden, Withheld.CONFIDENTIAL.value))
    return PublicCells.from_frame(made.loc[kept, list(COLUMNS)])


def findings_of(patterns: Mapping[str, Pattern]) -> tuple[Finding, ...]:
    """What the reader of the log should know: which indicators are published from a coarser level up (D918)."""
    return tuple(
        coarsen.coarser(code, pattern.rung)
        for code, pattern in sorted(patterns.items())
        if pattern.rung != coarsen.FULL
    )


def _proved(
    table: Table, blocks: Mapping[str, Block], patterns: Mapping[str, Pattern], attack: Attack, world: World
) -> dict[str, Pattern]:
    """The patterns of tied indicators, widened or made coarser until the attack finds nothing."""
    proved = dict(patterns)
    tried: dict[tuple[str, ...], Tried] = {codes: Counter() for codes in _tied(proved, world.families)}
    for _ in range(_ROUNDS):
        weak = attack(proved, printed(table, proved))
        if not weak:
            return proved
        for codes in tried:
            some = {code: proved[code] for code in codes}
            keys = [key for key in weak if key.indicator in some]
            if keys:
                wider = answered(some, keys, tried[codes], world)
                if wider is None:
                    wider, tried[codes] = _coarser(some, {key.indicator for key in keys}, blocks, world), Counter()
                proved |= wider
    raise unproved(min(proved))


def _coarser(
    patterns: Mapping[str, Pattern], weak: Collection[str], blocks: Mapping[str, Block], world: World
) -> dict[str, Pattern]:
    """The patterns with the weak indicators a step down the ladder. Raises DisclosureRefusal at its end."""
    at = {code: pattern.rung for code, pattern in patterns.items()}
    for code in sorted(weak):
        below = coarsen.rungs(blocks[code].grain, "", at[code])[1:]
        if not below:
            raise unproved(code)
        at[code] = below[0]
    return first_patterns({code: blocks[code] for code in patterns}, world, at)


def _only(table: Table, codes: Collection[str]) -> Table:
    frame = table.frame
    some = frame[frame["indicator"].isin(list(codes))].reset_index(drop=True)
    return Table(some, table.members, table.grains, table.states, table.notes)


def _is_printed(
    key: CellKey, withheld: str, marks: Mapping[CellKey, bool], patterns: Mapping[str, Pattern], table: Table
) -> bool:
    if not withheld:
        return key in marks
    pattern = patterns.get(key.indicator)
    unit = Unit(key.area, key.period, key.coverage)
    return pattern is not None and coarsen.is_kept(unit, pattern.rung, table.grains[key.indicator])
