"""One indicator's cells as units that are hidden or shown together, what each adds up, and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from site_builder.confidential.grains import QUARTERS_AND_YEAR
from site_builder.confidential.tabulate import ALL, Table
from site_builder.release.cells import CellKey
from site_builder.vocabulary.areas import LONDON, PARTS
from site_builder.vocabulary.periods import Period, PeriodKind, quarters

TOTALS = (*PARTS, LONDON)


class Unit(NamedTuple):
    """A place, a period and a set of boroughs: its numerator and denominator are hidden together."""

    area: str
    period: str
    coverage: str


class Base(NamedTuple):
    """The smallest count there is: one borough, one period. ``turn`` counts how often it had been revised."""

    area: str
    period: str
    turn: int = 0


class Counts(NamedTuple):
    """What a unit holds. ``denominator`` is None where none is collected."""

    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What an indicator's policy asks: hide counts up to ``threshold``, zeros too or not, so many in a line.

    ``parted``: the denominator is numerator plus complement, as for a proportion; not so for a ratio.
    """

    threshold: int
    zeros_shown: bool
    min_hidden_per_line: int
    parted: bool

    def is_small(self, count: int) -> bool:
        """Whether a count must not be printed."""
        return count <= self.threshold and not (count == 0 and self.zeros_shown)


@dataclass(frozen=True, repr=False)
class Block:
    """One indicator: its units with their counts, shown as a shape only."""

    indicator: str
    version: int
    breakdown: str
    grain: str
    rules: Rules
    counts: Mapping[Unit, Counts]
    groups: Mapping[str, tuple[str, ...]]  # Inner, Outer and London with the boroughs inside
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of coverage sets that lack some

    def __repr__(self) -> str:
        return f"<Block {self.indicator} {len(self.counts)} units>"

    def key(self, unit: Unit, measure: str) -> CellKey:
        """The key of one of a unit's cells."""
        return CellKey(self.indicator, self.version, unit.area, unit.period, self.breakdown, measure, unit.coverage)

    def measures(self) -> tuple[str, ...]:
        """The measures that are printed."""
        has = any(one.denominator is not None for one in self.counts.values())
        return ("numerator", "denominator") if has else ("numerator",)

    def bases(self, unit: Unit) -> tuple[Base, ...]:
        """The smallest counts that a unit adds up, none of them revised."""
        inside = self.inside(unit) if unit.area in self.groups else (unit.area,)
        return tuple(Base(area, period) for period in self.slots(unit.period) for area in inside)

    def inside(self, total: Unit) -> tuple[str, ...]:
        """The boroughs that a total adds up."""
        return self.groups[total.area] if total.coverage == ALL else self.members[total.coverage]

    def slots(self, period: str) -> tuple[str, ...]:
        """The periods a unit's period adds up: the four quarters of a year where quarters are published too."""
        parsed = Period.parse(period)
        if self.grain == QUARTERS_AND_YEAR and parsed.kind is PeriodKind.FINANCIAL_YEAR:
            return tuple(quarter.id for quarter in quarters(parsed))
        return (period,)

    @cached_property
    def lines(self) -> tuple[tuple[Unit, ...], ...]:
        """Every published total with its published parts, the total first."""
        return tuple(sorted({*self._area_lines(), *self._time_lines()}))

    def _area_lines(self) -> Iterator[tuple[Unit, ...]]:
        by_place = {(unit.area, unit.period): unit for unit in self.counts}
        for unit in self.counts:
            if unit.area in self.groups:
                halves = self._halves(unit, by_place)
                yield (
                    unit,
                    *(halves or (by_place[p] for a in self.inside(unit) if (p := (a, unit.period)) in by_place)),
                )

    def _halves(self, total: Unit, by_place: Mapping[tuple[str, str], Unit]) -> tuple[Unit, ...]:
        """The smaller totals that make up a total, where they are published and do so without rest."""
        inside = set(self.inside(total))
        below = [by_place[area, total.period] for area in self.groups if (area, total.period) in by_place]
        some = tuple(unit for unit in below if set(self.inside(unit)) < inside)
        covered = [area for unit in some for area in self.inside(unit)]
        return some if sorted(covered) == sorted(inside) else ()

    def _time_lines(self) -> Iterator[tuple[Unit, ...]]:
        if self.grain != QUARTERS_AND_YEAR:
            return
        for unit in self.counts:
            slots = self.slots(unit.period)
            parts = [Unit(unit.area, slot, unit.coverage) for slot in slots]
            if len(slots) > 1 and all(part in self.counts for part in parts):
                yield (unit, *parts)


def blocks_of(table: Table, rules: Mapping[str, Rules], groups: Mapping[str, tuple[str, ...]]) -> tuple[Block, ...]:
    """A block an indicator, in order of code; cells without a value take no part."""
    frame = table.frame
    frame = frame[frame["withheld"] == ""]
    made = []
    for (code, version, breakdown), some in frame.groupby(["indicator", "definition_version", "breakdown"], sort=True):
        values: dict[Unit, dict[str, int]] = {}
        columns = ("area", "period", "coverage", "measure", "value")
        for area, period, coverage, measure, value in zip(*(some[c] for c in columns), strict=True):
            values.setdefault(Unit(area, period, coverage), {})[measure] = int(value)
        counts = {unit: Counts(v["numerator"], v.get("denominator")) for unit, v in sorted(values.items())}
        name = str(code)
        made.append(
            Block(
                name, int(str(version)), str(breakdown), table.grains[name], rules[name], counts, groups, table.members
            )
        )
    return tuple(made)
