"""The publication taken apart: unknown bases, the equations between them, and the targets, by connected component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.release.bases import Base, Target
from site_builder.release.cells import CellKey
from site_builder.release.relations import Publication


class Row(NamedTuple):
    """The sum of the unknowns at ``columns``, less those at ``minus``, is ``value`` (``exact``), or at least that.
    ``keys``: where it is printed."""

    columns: tuple[int, ...]
    value: int
    exact: bool
    keys: tuple[CellKey, ...]
    minus: tuple[int, ...] = ()


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
    groups = _components([(*row.plus, *row.minus) for row in rows] + [bases for _, bases, _ in aims])
    blocks = _blocks(groups, rows, aims, publication.floors)
    return Taken(known, blocks, tuple(closed), tuple(sorted({*clashes, *more})))


def _known(publication: Publication) -> tuple[dict[Base, int], list[CellKey]]:
    """Bases that are printed alone, or are the rest of a printed sum whose other bases are known; until nothing new."""
    known: dict[Base, int] = {}
    clashes: list[CellKey] = []
    waiting = _equations(publication)
    while True:
        left = []
        for equation in waiting:
            open_ = equation.less(known)
            found = open_.solved(publication.floors)
            if found is not None:
                known |= found
            elif len(open_.plus) + len(open_.minus) > 1:
                left.append(open_)
            else:
                clashes.append(open_.key)
        if len(left) == len(waiting):
            return known, clashes
        waiting = left


class _Sum(NamedTuple):
    """What ``plus`` adds up to, less ``minus``: ``value``, or at least that unless ``exact``."""

    plus: tuple[Base, ...]
    minus: tuple[Base, ...]
    value: int
    exact: bool
    key: CellKey

    def less(self, known: Mapping[Base, int]) -> _Sum:
        """The same without the known bases."""
        value = self.value - sum(known[base] for base in self.plus if base in known)
        value += sum(known[base] for base in self.minus if base in known)
        plus = tuple(base for base in self.plus if base not in known)
        minus = tuple(base for base in self.minus if base not in known)
        return self._replace(plus=plus, minus=minus, value=value)

    def solved(self, floors: Mapping[Base, int]) -> dict[Base, int] | None:
        """The bases that this equation alone fixes, all or nothing. None when it fixes them not, or cannot hold."""
        if self.plus and self.minus:
            return None
        unknown, rest = (self.plus, self.value) if self.plus else (self.minus, -self.value)
        least = {base: floors.get(base, 0) for base in unknown}
        if len(unknown) == 1 and rest >= least[unknown[0]]:
            return {unknown[0]: rest}
        return least if rest == sum(least.values()) else None  # nothing is left over, so each stands at its floor


def _equations(publication: Publication) -> list[_Sum]:
    sums = [_Sum(fact.bases, (), fact.value, True, fact.key) for fact in publication.facts]
    return sums + [_Sum(link.whole, link.parts, 0, True, link.key) for link in publication.links]


class _Open(NamedTuple):
    """A sum that still holds an unknown, with every place where it is printed."""

    plus: tuple[Base, ...]
    minus: tuple[Base, ...]
    value: int
    exact: bool
    keys: list[CellKey]


def _rows(publication: Publication, known: Mapping[Base, int]) -> tuple[list[_Open], list[CellKey]]:
    """Sums that still hold an unknown, each once; and keys of two figures that give one sum two values."""
    found: dict[tuple[tuple[Base, ...], tuple[Base, ...], bool], _Open] = {}
    clashes: list[CellKey] = []
    sums = _equations(publication)
    sums += [_Sum(bases, (), value, False, _key_of(bases)) for bases, value in publication.least]
    for one in sums:
        plus, minus, rest, exact, key = one.less(known)
        if not plus and minus:  # only an equation has a minus
            plus, minus, rest = minus, (), -rest
        if not plus or (not exact and rest <= 0):
            continue
        row = found.setdefault((plus, minus, exact), _Open(plus, minus, rest, exact, []))
        row.keys.append(key)
        if exact and row.value != rest:
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
    for row in rows:
        columns, minus = (tuple(place[base][1] for base in bases) for bases in (row.plus, row.minus))
        own_rows[place[row.plus[0]][0]].append(Row(columns, row.value, row.exact, tuple(row.keys), minus))
    for target, bases, value in aims:
        columns = tuple(place[base][1] for base in bases)
        own_aims[place[bases[0]][0]].append(Aim(target, columns, value))
    return tuple(
        Block(tuple(group), tuple(floors.get(base, 0) for base in group), tuple(own_rows[n]), tuple(own_aims[n]))
        for n, group in enumerate(groups)
    )
