"""The publication taken apart: unknown bases, the equations between them, and the targets, by connected component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.release.cells import CellKey
from site_builder.release.relations import Base, Publication, Target


class Row(NamedTuple):
    """The sum of the unknowns at ``columns`` is ``value`` (``exact``), or at least that. ``keys``: where it is printed."""

    columns: tuple[int, ...]
    value: int
    exact: bool
    keys: tuple[CellKey, ...]


class Aim(NamedTuple):
    """A target within a block: the unknowns it sums, and what is known of it already."""

    target: Target
    columns: tuple[int, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Block:
    """One component. ``unknowns`` in order; ``floors`` their least values; ``rows``; ``aims`` to be kept open."""

    unknowns: tuple[Base, ...]
    floors: tuple[int, ...]
    rows: tuple[Row, ...]
    aims: tuple[Aim, ...]

    @property
    def name(self) -> str:
        """The block by its first unknown, in words without a number of it."""
        first = self.unknowns[0]
        return f"{first.indicator} {first.area} {first.period} {first.part} {first.turn}"


@dataclass(frozen=True, slots=True)
class Taken:
    """The publication taken apart. ``known``: bases whose value follows by substitution alone. ``closed``: targets
    that are known altogether, with their value. ``clashes``: keys of printed figures that cannot all be true."""

    known: Mapping[Base, int]
    blocks: tuple[Block, ...]
    closed: tuple[tuple[Target, int], ...]
    clashes: tuple[CellKey, ...]


def take_apart(publication: Publication) -> Taken:
    """Substitute what is known at once, then split what is left into blocks that share no unknown."""
    known, clashes = _known(publication)
    rows, more = _rows(publication, known)
    closed: list[tuple[Target, int]] = []
    aims: list[tuple[Target, tuple[Base, ...], int]] = []
    for target in publication.targets:
        unknown = tuple(base for base in target.bases if base not in known)
        value = sum(known[base] for base in target.bases if base in known)
        if unknown:
            aims.append((target, unknown, value))
        else:
            closed.append((target, value))
    groups = _components([bases for bases, *_ in rows] + [bases for _, bases, _ in aims])
    blocks = _blocks(groups, rows, aims, publication.floors)
    return Taken(known, blocks, tuple(closed), tuple(sorted({*clashes, *more})))


def _known(publication: Publication) -> tuple[dict[Base, int], list[CellKey]]:
    """Bases that are printed alone, or are the rest of a printed sum whose other bases are known; until nothing new."""
    known: dict[Base, int] = {}
    clashes: list[CellKey] = []
    waiting = list(publication.facts)
    while True:
        left = []
        for fact in waiting:
            unknown = [base for base in fact.bases if base not in known]
            rest = fact.value - sum(known[base] for base in fact.bases if base in known)
            floors = {base: publication.floors.get(base, 0) for base in unknown}
            if len(unknown) == 1 and rest >= floors[unknown[0]]:
                known[unknown[0]] = rest
            elif unknown and rest == sum(floors.values()):  # nothing is left over, so each stands at its floor
                known |= floors
            elif len(unknown) > 1:
                left.append(fact)
            elif unknown or rest:
                clashes.append(fact.key)
        if len(left) == len(waiting):
            return known, clashes
        waiting = left


_Open = tuple[tuple[Base, ...], int, bool, list[CellKey]]


def _rows(publication: Publication, known: Mapping[Base, int]) -> tuple[list[_Open], list[CellKey]]:
    """Sums that still hold an unknown, each once; and keys of two figures that give one sum two values."""
    found: dict[tuple[tuple[Base, ...], bool], _Open] = {}
    clashes: list[CellKey] = []
    sums = [(fact.bases, fact.value, True, fact.key) for fact in publication.facts]
    sums += [(bases, value, False, _key_of(bases)) for bases, value in publication.least]
    for bases, value, exact, key in sums:
        unknown = tuple(base for base in bases if base not in known)
        rest = value - sum(known[base] for base in bases if base in known)
        if not unknown or (not exact and rest <= 0):
            continue
        row = found.setdefault((unknown, exact), (unknown, rest, exact, []))
        row[3].append(key)
        if exact and row[1] != rest:
            clashes.append(key)
    return list(found.values()), clashes


def _key_of(bases: Sequence[Base]) -> CellKey:
    first = bases[0]
    return CellKey(first.indicator, first.version, first.area, first.period, "total", first.part, "all")


def _components(sets: Iterable[tuple[Base, ...]]) -> list[list[Base]]:
    """Bases that hang together through the sets, each group in order, groups by their first base."""
    parent: dict[Base, Base] = {}

    def find(base: Base) -> Base:
        while parent.setdefault(base, base) != base:
            parent[base] = parent[parent[base]]
            base = parent[base]
        return base

    for bases in sets:
        first = find(bases[0])
        for base in bases[1:]:
            parent[find(base)] = first
    groups: dict[Base, list[Base]] = {}
    for base in sorted(parent):
        groups.setdefault(find(base), []).append(base)
    return sorted(groups.values())


def _blocks(
    groups: Sequence[Sequence[Base]],
    rows: Sequence[_Open],
    aims: Sequence[tuple[Target, tuple[Base, ...], int]],
    floors: Mapping[Base, int],
) -> tuple[Block, ...]:
    place = {base: (number, column) for number, group in enumerate(groups) for column, base in enumerate(group)}
    own_rows: list[list[Row]] = [[] for _ in groups]
    own_aims: list[list[Aim]] = [[] for _ in groups]
    for bases, value, exact, keys in rows:
        columns = tuple(place[base][1] for base in bases)
        own_rows[place[bases[0]][0]].append(Row(columns, value, exact, tuple(keys)))
    for target, bases, value in aims:
        columns = tuple(place[base][1] for base in bases)
        own_aims[place[bases[0]][0]].append(Aim(target, columns, value))
    return tuple(
        Block(tuple(group), tuple(floors.get(base, 0) for base in group), tuple(own_rows[n]), tuple(own_aims[n]))
        for n, group in enumerate(groups)
    )
