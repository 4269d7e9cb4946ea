"""What earlier releases told about an indicator, as facts about the same small counts as today's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.confidential.suppress.blocks import Base, Block, Unit
from site_builder.confidential.suppress.reader import COMPLEMENT, DENOMINATOR, NUMERATOR, Case, Printed
from site_builder.release.bases import Edition
from site_builder.release.cells import PublicCells
from site_builder.vocabulary.symbols import Withheld

Slot = tuple[str, str]  # borough and period of the smallest count


@dataclass(frozen=True, slots=True, repr=False)
class Past:
    """An earlier release: its cells, its coverage sets, and for each indicator the counts it revised."""

    id: str
    cells: PublicCells
    members: Mapping[str, tuple[str, ...]]
    revised: Mapping[str, frozenset[Slot]]


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A unit of an earlier release: the printed text of each measure, None where it was hidden."""

    unit: Unit
    printed: Mapping[str, int | None]

    @property
    def is_hidden(self) -> bool:
        """Whether any of its counts was hidden."""
        return None in self.printed.values()


def past_of(edition: Edition) -> Past:
    """An earlier release as the search looks at it."""
    revised: dict[str, set[Slot]] = {}
    for key in edition.revised:
        if key.area not in edition.structure.areas:
            periods = {key.period, *edition.structure.base_periods(key.indicator, key.period)}
            revised.setdefault(key.indicator, set()).update((key.area, period) for period in periods)
    return Past(
        edition.release,
        edition.cells,
        edition.structure.coverage,
        {code: frozenset(slots) for code, slots in sorted(revised.items())},
    )


def case_of(
    block: Block,
    past: Sequence[Past],
    revised: frozenset[Slot] = frozenset(),
) -> Case:
    """A block with what earlier releases, in order, told about it. ``revised`` is what the release being made revises.

    A unit that adds up the same counts as before keeps its state; every other printed cell becomes a fact beside.
    """
    told, turns = _told(block, past, revised)
    case = Case(block, turns=turns)
    now = {unit: case.bases(unit) for unit in block.counts}
    settled = [one for one, bases in told if now.get(one.unit) == bases]
    printed = {(one.unit, bases): one for one, bases in told if now.get(one.unit) != bases}
    return replace(
        case,
        hidden=frozenset(one.unit for one in settled if one.is_hidden),
        shown=frozenset(one.unit for one in settled if not one.is_hidden),
        printed=tuple(Printed(unit, bases, _parts(one)) for (unit, bases), one in sorted(printed.items(), key=_order)),
    )


def changed_without_notice(
    block: Block, past: Sequence[Past], revised: frozenset[Slot] = frozenset()
) -> tuple[Unit, ...]:
    """Units whose count differs from the one printed earlier although no correction names them, in order."""
    told, turns = _told(block, past, revised)
    case, found = Case(block, turns=turns), set()
    for one, bases in told:
        counts = block.counts.get(one.unit)
        if counts is None or case.bases(one.unit) != bases:
            continue
        now = {NUMERATOR: counts.numerator, DENOMINATOR: counts.denominator}
        if any(value is not None and value != now[measure] for measure, value in one.printed.items()):
            found.add(one.unit)
    return tuple(sorted(found))


def _told(
    block: Block, past: Sequence[Past], revised: frozenset[Slot]
) -> tuple[list[tuple[Told, tuple[Base, ...]]], dict[Slot, int]]:
    """Every printed unit with the counts it added up as they stood then; and how often each is revised by now."""
    turns: Counter[Slot] = Counter()
    told: list[tuple[Told, tuple[Base, ...]]] = []
    for release in past:
        turns.update(release.revised.get(block.indicator, frozenset()))
        then = replace(block, members={**block.members, **release.members})
        for one in units_of(release.cells, block):
            bases = tuple(b._replace(turn=turns[b.area, b.period]) for b in then.bases(one.unit))
            told.append((one, bases))
    turns.update(revised)
    return told, dict(turns)


def units_of(cells: PublicCells, block: Block) -> Iterable[Told]:
    """The units of the block's indicator in a release, with what was printed of them."""
    found: dict[Unit, dict[str, int | None]] = {}
    for cell in cells.of_indicator(block.indicator):
        key = cell.key
        if (key.definition_version, key.breakdown) != (block.version, block.breakdown):
            continue
        if cell.withheld in ("", Withheld.CONFIDENTIAL.value):
            unit = Unit(key.area, key.period, key.coverage)
            found.setdefault(unit, {})[key.measure] = int(cell.value) if cell.value else None
    return [Told(unit, printed) for unit, printed in sorted(found.items())]


def _parts(one: Told) -> dict[str, int | None]:
    numerator, denominator = one.printed.get(NUMERATOR), one.printed.get(DENOMINATOR)
    both = numerator is not None and denominator is not None
    complement = denominator - numerator if both and denominator is not None and numerator is not None else None
    return {NUMERATOR: numerator, DENOMINATOR: denominator, COMPLEMENT: complement}


def _order(item: tuple[tuple[Unit, tuple[Base, ...]], Told]) -> tuple[Unit, tuple[Base, ...]]:
    return item[0]
