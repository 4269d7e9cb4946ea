"""The smallest counts, what a release printed of them, and the counts that must stay open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.disclosures import Statement
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.symbols import Withheld

NUMERATOR, DENOMINATOR, COMPLEMENT, REMAINDER = "numerator", "denominator", "complement", "remainder"
HIDDEN = Withheld.CONFIDENTIAL.value


class Base(NamedTuple):
    """One smallest count. ``turn``: how often it had been revised when it was printed."""

    indicator: str
    version: int
    area: str
    period: str
    category: str
    part: str
    turn: int


class Count(NamedTuple):
    """A smallest count, whatever the release: what a revision is declared of."""

    indicator: str
    area: str
    period: str
    category: str
    part: str


class Edition(NamedTuple):
    """What one release printed: its cells, how they hang together, the keys it declares as revised, and what else a
    reader knew of these counts by then."""

    release: str
    cells: PublicCells
    structure: Structure
    revised: frozenset[CellKey]
    told: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A count that must stay open: printed as hidden (``printed``), or never displayed but implied.

    ``low`` to ``high`` are the values that the legend leaves open; ``threshold`` the largest small count, ``zero_is_small``
    whether 0 is one of the small values.
    """

    key: CellKey
    bases: tuple[Base, ...]
    printed: bool
    low: int
    high: int
    threshold: int
    zero_is_small: bool

    def is_small(self, value: int) -> bool:
        """Whether a value is one that is hidden."""
        return (0 if self.zero_is_small else 1) <= value <= self.threshold


class Reading:
    """Cells as sums of bases, while one edition after another is read. The same sum is made once, however often it is
    printed."""

    def __init__(self) -> None:
        self._turns: Counter[Count] = Counter()
        self._made: dict[tuple[object, ...], tuple[Base, ...]] = {}
        self._inside: dict[tuple[CellKey, tuple[str, ...]], tuple[CellKey, ...]] = {}

    def revise(self, counts: Collection[Count]) -> None:
        """From here on these counts are others than before."""
        if counts:
            self._turns.update(counts)
            self._made.clear()

    def bases(self, key: CellKey, structure: Structure) -> tuple[Base, ...]:
        """The bases that a cell adds up, in order."""
        parts: tuple[str, ...] = (key.measure,)
        if key.measure == DENOMINATOR and COMPLEMENT in structure.indicators[key.indicator].parts:
            parts = (NUMERATOR, COMPLEMENT)
        adds_up = (
            structure.members(key.area, key.coverage),
            structure.base_periods(key.indicator, key.period),
            structure.categories(key.indicator, key.breakdown),
            parts,
        )
        found = self._made.get((key, adds_up))
        if found is None:
            found = self._made[key, adds_up] = tuple(sorted(self._bases(key, *adds_up)))
        return found

    def inside(self, total: CellKey, structure: Structure) -> tuple[CellKey, ...]:
        """The cells of the boroughs that a total adds up."""
        members = structure.members(total.area, total.coverage)
        found = self._inside.get((total, members))
        if found is None:
            found = tuple(total._replace(area=area, coverage="all") for area in members)
            self._inside[total, members] = found
        return found

    def _bases(
        self,
        key: CellKey,
        areas: Sequence[str],
        periods: Sequence[str],
        categories: Sequence[str],
        parts: Sequence[str],
    ) -> Iterator[Base]:
        for area, period, category, part in product(areas, periods, categories, parts):
            turn = self._turns[Count(key.indicator, area, period, category, part)] if self._turns else 0
            yield Base(key.indicator, key.definition_version, area, period, category, part, turn)


def target_of(key: CellKey, bases: tuple[Base, ...], form: Form, *, floor: int, printed: bool) -> Target:
    """The target that a hidden or never displayed cell makes. ``floor``: its least value by the zero policy alone."""
    small = form.policy.small
    low, high = max(small.start, floor), max(form.policy.threshold, floor + 2)
    return Target(key, bases, printed, low, high, form.policy.threshold, small.start == 0)


def stricter(before: Target, now: Target) -> Target:
    """One count that two releases keep open, by the stricter of their policies: what a reader knew first stays known."""
    return Target(
        before.key,
        before.bases,
        before.printed or now.printed,
        max(before.low, now.low),
        max(before.high, now.high),
        max(before.threshold, now.threshold),
        before.zero_is_small or now.zero_is_small,
    )
