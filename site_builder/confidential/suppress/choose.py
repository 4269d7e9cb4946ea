"""From the full table to a pattern for every indicator: how finely it is published, and which of its cells are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from site_builder.confidential.suppress import coarsen
from site_builder.confidential.suppress.blocks import Block, Rules, Unit, blocks_of
from site_builder.confidential.suppress.costs import Costs
from site_builder.confidential.suppress.greedy import Infeasible, hidden_share, hide_beside, repaired, search
from site_builder.confidential.suppress.history import Past, Slot, case_of
from site_builder.confidential.suppress.primary import may_hide, primary, shows_numerator
from site_builder.confidential.suppress.reader import NUMERATOR, Case, failing
from site_builder.confidential.tabulate import COLUMNS, Table
from site_builder.release.bases import REMAINDER
from site_builder.release.cells import KEY, CellKey, PublicCells
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.symbols import Withheld

_ROUNDS = 200  # of answering what the attack finds; each hides at least one more cell


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits the search: the largest share of a table's borough figures that may be hidden; floors by indicator."""

    max_hidden_share: float
    floors: Mapping[str, str] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=dict)  # steps that earlier releases had come down to


@dataclass(frozen=True, slots=True, repr=False)
class Pattern:
    """One indicator's decision: the step of the ladder, its case at that step, and the units to hide."""

    rung: str
    case: Case
    costs: Mapping[Unit, int]
    hidden: frozenset[Unit]

    def __repr__(self) -> str:
        return f"<Pattern {self.case.block.indicator}>"

    def marks(self) -> Iterator[tuple[CellKey, bool]]:
        """Every cell of the indicator that has a count, and whether it is hidden."""
        block = self.case.block
        for unit in sorted(block.counts):
            for measure in block.measures():
                bare = measure == NUMERATOR and shows_numerator(block.counts[unit], block.rules)
                yield block.key(unit, measure), unit in self.hidden and not bare


Attack = Callable[[Mapping[str, Pattern], PublicCells], Collection[CellKey]]


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """All the search is given beside the table: the rules, costs, groups, limits and earlier releases."""

    rules: Mapping[str, Rules]
    costs: Costs
    groups: Mapping[str, tuple[str, ...]]
    bounds: Bounds
    past: Sequence[Past] = ()
    revised: Mapping[str, frozenset[Slot]] = field(default_factory=dict)
    decided: Mapping[str, Mapping[CellKey, bool]] = field(default_factory=dict)  # by indicator, of an earlier run
    known: frozenset[CellKey] = frozenset()  # counts that another publisher prints exactly
    families: Sequence[frozenset[str]] = ()  # indicators that share a count, so that a unit is hidden in all or none
    nested: Sequence[frozenset[str]] = ()  # indicators of which one counts a part of what another counts

    def case(self, block: Block) -> Case:
        """The block with what earlier releases told about it."""
        case = case_of(block, self.past, self.revised.get(block.indicator, frozenset()))
        return replace(case, shown=case.shown | (self._known_units(block) - primary(block) - case.hidden))

    def _known_units(self, block: Block) -> frozenset[Unit]:
        """Units that a reader knows altogether from another publisher, so that hiding them would protect nothing."""
        return frozenset(u for u in block.counts if all(block.key(u, one) in self.known for one in block.measures()))

    def costs_of(self, block: Block) -> dict[Unit, int]:
        """The cost of each unit of a block."""
        before = {
            (key.area, key.period)
            for release in self.past
            for key, _, withheld, _ in release.cells.of_indicator(block.indicator)
            if withheld == Withheld.CONFIDENTIAL.value
        }
        return {unit: self.costs.of(block, unit, before) for unit in block.counts}


def choose(table: Table, world: World) -> dict[str, Pattern]:
    """A pattern for each indicator that has figures, in order of code, that stands up to the search's own look.

    Raises DisclosureRefusal (D904) when an indicator has none at any step of its ladder.
    """
    patterns = {block.indicator: _pattern(block, world) for block in blocks_of(table, world.rules, world.groups)}
    for family in world.families:
        patterns |= _agreed({code: patterns[code] for code in sorted(family) if code in patterns})
    return patterns


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


def _pattern(block: Block, world: World, below: str = "") -> Pattern:
    """The pattern decided earlier, else that of the finest step where one is found; with ``below``, only steps under that
    one are tried."""
    start, floor = world.bounds.start.get(block.indicator, coarsen.FULL), world.bounds.floors.get(block.indicator, "")
    steps = coarsen.rungs(block.grain, floor, start)
    steps = steps[steps.index(below) + 1 :] if below else steps
    kept = _decided_at(block, world, steps)
    if kept is not None:
        return kept
    for rung in steps:
        coarse = coarsen.coarsened(block, rung)
        case, costs = world.case(coarse), world.costs_of(coarse)
        try:
            hidden = search(case, costs)
        except Infeasible:
            continue
        if hidden_share(case, hidden) <= world.bounds.max_hidden_share:
            return Pattern(rung, case, costs, hidden)
    raise unproved(block.indicator)


def _decided_at(block: Block, world: World, steps: Sequence[str]) -> Pattern | None:
    """The pattern of an earlier run, at whatever step it was made: a finer one that would be possible by now is not
    looked for, since only a change of hidden counts can have made it so."""
    decided = world.decided.get(block.indicator, {})
    for rung in steps if decided else ():
        coarse = coarsen.coarsened(block, rung)
        kept = _kept_decision(world.case(coarse), rung, world.costs_of(coarse), decided)
        if kept is not None:
            return kept
    return None


def _agreed(family: Mapping[str, Pattern]) -> dict[str, Pattern]:
    """The patterns of indicators that share a count, each widened until they hide the same units: what one shows is
    no secret in another. Units that one of them lacks stay as they are. Raises DisclosureRefusal."""
    agreed = dict(family)
    while True:  # each round hides at least one more unit
        union = {unit for pattern in agreed.values() for unit in pattern.hidden}
        wider = {code: _widened(pattern, union) for code, pattern in agreed.items()}
        if all(wider[code].hidden == pattern.hidden for code, pattern in agreed.items()):
            return wider
        agreed = wider


def _widened(pattern: Pattern, units: Collection[Unit]) -> Pattern:
    case = pattern.case
    more = {unit for unit in units if unit in case.block.counts and unit not in case.shown}
    more = {unit for unit in more if _hides_something(case, unit)} | pattern.hidden
    if more == pattern.hidden:
        return pattern
    try:
        return replace(pattern, hidden=repaired(case, pattern.costs, more))
    except Infeasible as error:
        raise unproved(case.block.indicator) from error


def _hides_something(case: Case, unit: Unit) -> bool:
    """Whether a hidden unit has a count to hide: beside a zero that is shown, a denominator above zero."""
    counts = case.block.counts[unit]
    return may_hide(counts, case.block.rules) or bool(counts.denominator)


def _kept_decision(case: Case, rung: str, costs: Mapping[Unit, int], decided: Mapping[CellKey, bool]) -> Pattern | None:
    """The pattern of an earlier run, if it speaks of the same cells and still stands up."""
    block = case.block
    hidden = frozenset(
        unit for unit in block.counts if any(decided.get(block.key(unit, measure)) for measure in block.measures())
    )
    pattern = Pattern(rung, case, costs, hidden)
    if dict(pattern.marks()) != dict(decided):
        return None
    must = (primary(block) - case.shown) | case.hidden
    stands = must <= hidden and not hidden & case.shown and not failing(case, hidden)
    return pattern if stands else None


def _proved(
    table: Table, blocks: Mapping[str, Block], patterns: Mapping[str, Pattern], attack: Attack, world: World
) -> dict[str, Pattern]:
    """The patterns of tied indicators, widened or made coarser until families agree and the attack finds nothing."""
    proved = dict(patterns)
    tried: dict[str, Counter[Unit]] = {code: Counter() for code in proved}
    for _ in range(_ROUNDS):
        for family in world.families:
            proved |= _agreed({code: proved[code] for code in sorted(family) if code in proved})
        weak = attack(proved, printed(table, proved))
        if not weak:
            return proved
        for code in sorted({key.indicator for key in weak}):
            keys = [key for key in weak if key.indicator == code]
            wider = _answered(proved[code], keys, tried[code], world)
            if wider is None:
                wider, tried[code] = _pattern(blocks[code], world, below=proved[code].rung), Counter()
            proved[code] = wider
    raise unproved(min(proved))


def _answered(pattern: Pattern, weak: Iterable[CellKey], tried: Counter[Unit], world: World) -> Pattern | None:
    """The pattern with further units hidden, for keys that could be narrowed; None when too much would be hidden."""
    bad = {unit: key.measure for key in weak for unit in _units_for(pattern, key)}
    rests = {unit for unit, measure in bad.items() if measure == REMAINDER and unit not in pattern.case.shown}
    start = pattern.hidden | {
        unit for unit in rests if may_hide(pattern.case.block.counts[unit], pattern.case.block.rules)
    }
    try:
        wider = hide_beside(pattern.case, pattern.costs, start, sorted(bad), tried)
        hidden = repaired(pattern.case, pattern.costs, start | wider)
    except Infeasible:
        return None
    tried.update(bad.keys())
    share = hidden_share(pattern.case, hidden)
    return replace(pattern, hidden=hidden) if share <= world.bounds.max_hidden_share else None


def _units_for(pattern: Pattern, key: CellKey) -> list[Unit]:
    """The units of the present release on whose lines a cell that could be narrowed lies."""
    unit = Unit(key.area, key.period, key.coverage)
    if unit in pattern.case.block.counts:
        return [unit]
    return [one for one in pattern.case.block.counts if one.period == key.period and one.area == key.area] or [
        one for one in pattern.case.block.counts if one.area == key.area
    ]


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


def unproved(indicator: str) -> DisclosureRefusal:
    """The refusal of a release for which no safe pattern was found. Names the indicator only."""
    return DisclosureRefusal(
        Finding(
            "D904",
            Severity.ERROR,
            Location(f"content/indicators/{indicator.lower()}"),
            f"No way was found to publish {indicator} so that no withheld figure can be narrowed.",
            "Agree on a wider area or a longer window in the indicator's file.",
        )
    )
