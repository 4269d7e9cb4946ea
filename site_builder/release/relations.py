"""What everything printed says about the smallest counts: sums that hold, floors, and the counts that must stay open.

A *base* is one smallest count of one borough: the numerator, the complement (denominator less numerator) or, where the
two are not nested, the denominator, of one smallest period. Every printed cell is a sum of bases, so borough to Inner
to London, quarters to year, and n + c = d need no lines of their own: they hold because all are sums of the same bases.
All of it is derived from ``structure.json`` and the printed cells; nothing is typed by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.symbols import Withheld

NUMERATOR, DENOMINATOR, COMPLEMENT = "numerator", "denominator", "complement"
HIDDEN = Withheld.CONFIDENTIAL.value


class Base(NamedTuple):
    """One smallest count. ``turn``: how often it had been revised when it was printed."""

    indicator: str
    version: int
    area: str
    period: str
    part: str
    turn: int


class Count(NamedTuple):
    """A smallest count, whatever the release: what a revision is declared of."""

    indicator: str
    area: str
    period: str
    part: str


class Edition(NamedTuple):
    """What one release printed: its cells, how they hang together, and the keys it declares as revised."""

    release: str
    cells: PublicCells
    structure: Structure
    revised: frozenset[CellKey]


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed figure: the sum of ``bases`` is ``value``."""

    key: CellKey
    bases: tuple[Base, ...]
    value: int


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


class Line(NamedTuple):
    """Cells of one published sum, of which ``hidden`` are hidden; ``least`` says how many must be if any is."""

    name: str
    key: CellKey
    hidden: int
    least: int


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that all releases together say. ``floors``: the least value of a base that follows from the zero
    policy; 0 where none is given. ``least``: sums of bases with their least value, where several bases share a floor."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]
    floors: Mapping[Base, int]
    least: tuple[tuple[tuple[Base, ...], int], ...]
    lines: tuple[Line, ...]
    small_shown: tuple[CellKey, ...]


def publication(editions: Sequence[Edition]) -> Publication:
    """What a reader of all editions knows, the first edition first. A count that was hidden once and is shown later is
    no target any more: it is known. Lines are those of the last edition."""
    turns: Counter[Count] = Counter()
    facts: dict[tuple[tuple[Base, ...], int], Fact] = {}
    targets: dict[tuple[Base, ...], Target] = {}
    floors: dict[Base, int] = {}
    least: dict[tuple[Base, ...], int] = {}
    small: list[CellKey] = []
    for edition in editions:
        turns.update(_turned(edition))
        for cell in edition.cells:
            if cell.key.measure not in (NUMERATOR, DENOMINATOR) or cell.withheld not in ("", HIDDEN):
                continue
            bases = bases_of(cell.key, edition.structure, turns)
            if cell.withheld:
                _hide(cell.key, bases, edition, floors, least)
            else:
                fact = Fact(cell.key, bases, int(cell.value))
                facts.setdefault((bases, fact.value), fact)
                form = edition.structure.indicators[cell.key.indicator]
                if fact.value in form.policy.small:
                    small.append(cell.key)
        for target in _targets(edition, turns):
            targets.setdefault(target.bases, target)
    shown = {fact.bases for fact in facts.values()}
    lines = tuple(_lines(editions[-1])) if editions else ()
    ordered = tuple(facts[key] for key in sorted(facts))
    return Publication(
        ordered,
        tuple(targets[key] for key in sorted(targets) if key not in shown),
        floors,
        tuple(sorted(least.items())),
        lines,
        tuple(sorted(set(small))),
    )


def bases_of(key: CellKey, structure: Structure, turns: Mapping[Count, int]) -> tuple[Base, ...]:
    """The bases that a cell adds up, in order."""
    form = structure.indicators[key.indicator]
    parts: tuple[str, ...] = (key.measure,)
    if key.measure == DENOMINATOR and COMPLEMENT in form.parts:
        parts = (NUMERATOR, COMPLEMENT)
    return tuple(
        sorted(
            Base(
                key.indicator,
                key.definition_version,
                area,
                period,
                part,
                turns.get(Count(key.indicator, area, period, part), 0),
            )
            for area in structure.members(key.area, key.coverage)
            for period in structure.base_periods(key.indicator, key.period)
            for part in parts
        )
    )


def _turned(edition: Edition) -> set[Count]:
    """The counts that this edition declares to be others than before. The complement moves with either of its two."""
    turned = set()
    for key in edition.revised:
        form = edition.structure.indicators[key.indicator]
        periods = edition.structure.base_periods(key.indicator, key.period)
        if key.area in edition.structure.areas or (form.grain == "quarters-and-year" and periods != (key.period,)):
            continue  # a total moves because a part of it moved, and that part is listed itself
        nested = COMPLEMENT in form.parts
        parts = {COMPLEMENT if nested and key.measure == DENOMINATOR else key.measure} | (
            {COMPLEMENT} if nested else set()
        )
        turned |= {Count(key.indicator, key.area, period, part) for period in periods for part in parts}
    return turned


def _hide(
    key: CellKey, bases: tuple[Base, ...], edition: Edition, floors: dict[Base, int], least: dict[tuple[Base, ...], int]
) -> None:
    """A hidden count is at least 1 where a zero would have been printed."""
    if edition.structure.indicators[key.indicator].policy.zeros != "show":
        return
    if len(bases) == 1:
        floors[bases[0]] = 1
    elif key.area not in edition.structure.areas:
        least[bases] = 1


def _targets(edition: Edition, turns: Mapping[Count, int]) -> Iterator[Target]:
    printed = {cell.key: cell for cell in edition.cells}
    for cell in printed.values():
        if cell.key.measure not in (NUMERATOR, DENOMINATOR) or cell.withheld not in ("", HIDDEN):
            continue
        form = edition.structure.indicators[cell.key.indicator]
        if cell.withheld:
            bases = bases_of(cell.key, edition.structure, turns)
            yield _target(cell.key, bases, form, floor=_floor(cell.key, edition, printed), printed=True)
        yield from _latent(cell.key, form, edition, turns)


def _latent(key: CellKey, form: Form, edition: Edition, turns: Mapping[Count, int]) -> Iterator[Target]:
    """Counts that are never displayed but follow: the complement, and single quarters under a year."""
    if key.measure == NUMERATOR and COMPLEMENT in form.parts:
        hidden = key._replace(measure=COMPLEMENT)
        yield _target(hidden, bases_of(hidden, edition.structure, turns), form, floor=0, printed=False)
    if form.grain == "year-of-quarters" and key.area not in edition.structure.areas:
        for period in edition.structure.base_periods(key.indicator, key.period):
            quarter = key._replace(period=period)
            yield _target(quarter, bases_of(quarter, edition.structure, turns), form, floor=0, printed=False)
            if key.measure == NUMERATOR and COMPLEMENT in form.parts:
                rest = quarter._replace(measure=COMPLEMENT)
                yield _target(rest, bases_of(rest, edition.structure, turns), form, floor=0, printed=False)


def _target(key: CellKey, bases: tuple[Base, ...], form: Form, *, floor: int, printed: bool) -> Target:
    small = form.policy.small
    low, high = max(small.start, floor), max(form.policy.threshold, floor + 2)
    return Target(key, bases, printed, low, high, form.policy.threshold, small.start == 0)


def _floor(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell]) -> int:
    """The least value of a hidden cell that follows from the zero policy alone: of a total, the floors of its parts, a
    part that is shown above zero counting 1."""
    structure = edition.structure
    if structure.indicators[key.indicator].policy.zeros != "show":
        return 0
    if key.area in structure.areas:
        parts = [key._replace(area=area, coverage="all") for area in structure.members(key.area, key.coverage)]
    else:  # a year, of quarters that are printed or, in a coarser table, never displayed
        periods = structure.base_periods(key.indicator, key.period)
        parts = [key._replace(period=period) for period in periods if period != key.period]
    cells = [printed[part] for part in parts if part in printed]
    return max(
        1, sum(_floor(c.key, edition, printed) if c.withheld == HIDDEN else c.value not in ("", "0") for c in cells)
    )


def _lines(edition: Edition) -> Iterator[Line]:
    """Published sums with a hidden cell: boroughs to Inner, Outer and London, and quarters to year."""
    state = {cell.key: cell.withheld for cell in edition.cells if cell.withheld in ("", HIDDEN)}
    for key in state:
        form, structure = edition.structure.indicators[key.indicator], edition.structure
        parts: list[list[CellKey]] = []
        if key.area in structure.areas:
            members = structure.members(key.area, key.coverage)
            parts.append([key._replace(area=area, coverage="all") for area in members])
        if form.grain == "quarters-and-year" and key.period in structure.years:
            parts.append([key._replace(period=period) for period in structure.years[key.period]])
        for some in parts:
            if all(part in state for part in some):
                hidden = sum(state[part] == HIDDEN for part in (key, *some))
                yield Line(line_name(key), key, hidden, form.policy.min_hidden_per_line)


def line_name(key: CellKey) -> str:
    """A sum in words, without a number."""
    return f"{key.indicator} {key.measure}, {key.area}, {key.period}"


def names_of(keys: Iterable[CellKey]) -> tuple[str, ...]:
    """Sums in words, in order, each once."""
    return tuple(sorted({line_name(key) for key in keys}))
