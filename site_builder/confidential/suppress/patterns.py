"""What the search works on and what it decides: the world around a table, and a pattern for each indicator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from site_builder.confidential.suppress.blocks import Block, Rules, Unit
from site_builder.confidential.suppress.costs import Costs
from site_builder.confidential.suppress.exact import Effort, Found
from site_builder.confidential.suppress.history import Past, Slot, case_of
from site_builder.confidential.suppress.primary import primary, shows_numerator
from site_builder.confidential.suppress.reader import NUMERATOR, Case
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.texts import About
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.symbols import Withheld


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
    found: Found | None = None  # what the exact search knows, where the pattern is its own; never to be published

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
    effort: Effort = field(default_factory=Effort)
    nested: Sequence[frozenset[str]] = ()  # indicators of which one counts a part of what another counts
    withdrawn: frozenset[About] = frozenset()  # figures that must never be shown again

    def case(self, block: Block) -> Case:
        """The block with what earlier releases told about it."""
        case = case_of(block, self.past, self.revised.get(block.indicator, frozenset()))
        gone = frozenset(u for u in block.counts if About(u.area, block.indicator, u.period) in self.withdrawn)
        hidden = case.hidden | gone
        shown = (case.shown - gone) | (self._known_units(block) - primary(block) - hidden)
        return replace(case, hidden=hidden, shown=shown)

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
