"""The publication taken apart: unknown bases, the equations between them, and the targets, by connected component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.release.bases import Base, Target
from site_builder.release.cells import CellKey
from site_builder.release.relations import Publication
from site_builder.release.structure import WHOLE


class Row(NamedTuple):
    """The unknowns at ``columns``, each times its weight, add up to ``least`` or more and to ``most`` or less; None where
    there is no such bound. ``keys``: where it is printed."""

    columns: tuple[int, ...]
    weights: tuple[int, ...]
    least: int | None
    most: int | None
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
        words = (first.indicator, first.area, first.period, first.category, first.part, first.turn)
        return " ".join(str(word) for word in words if word != WHOLE)


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
    alone, clashes = _printed_alone(publication)
    sums = _sums(publication)
    known, left, wrong = _known(alone, [one for one in sums if one.is_exact], publication.floors)
    rows, more = _rows([*left, *(one for one in sums if not one.is_exact)], known, publication.floors)
    closed: list[tuple[Target, int]] = []
    aims: list[tuple[Target, tuple[Base, ...], int]] = []
    for target in publication.targets:
        unknown = tuple(base for base in target.bases if base not in known)
        value = sum(known[base] for base in target.bases if base in known)
        if unknown:
            aims.append((target, unknown, value))
        else:
            closed.append((target, value))
    groups = _components([tuple(base for base, _ in row.terms) for row in rows] + [bases for _, bases, _ in aims])
    blocks = _blocks(groups, rows, aims, publication.floors)
    return Taken(known, blocks, tuple(closed), tuple(sorted({*clashes, *wrong, *more})))


def _printed_alone(publication: Publication) -> tuple[dict[Base, int], list[CellKey]]:
    """Bases that are printed alone, which most are; and keys of figures that cannot hold."""
    known: dict[Base, int] = {}
    clashes: list[CellKey] = []
    for fact in publication.facts:
        if len(fact.bases) == 1:
            base = fact.bases[0]
            if known.setdefault(base, fact.value) != fact.value or fact.value < publication.floors.get(base, 0):
                clashes.append(fact.key)
    return known, clashes


def _known(
    alone: Mapping[Base, int], waiting: Sequence[_Sum], floors: Mapping[Base, int]
) -> tuple[dict[Base, int], Sequence[_Sum], list[CellKey]]:
    """Bases that are printed ``alone``, or are the rest of a printed sum whose other bases are known; until nothing new.
    With the equations that are left, and keys of those that cannot hold."""
    known = dict(alone)
    clashes: list[CellKey] = []
    while True:
        left = []
        for equation in waiting:
            open_ = equation.less(known)
            found = open_.solved(floors)
            if found is not None:
                known |= found
            elif len(open_.terms) > 1:
                left.append(open_)
            else:
                clashes.append(open_.key)
        if len(left) == len(waiting):
            return known, left, clashes
        waiting = left


class _Sum(NamedTuple):
    """What bases, each times its weight, add up to: ``least`` or more, ``most`` or less."""

    terms: tuple[tuple[Base, int], ...]
    least: int | None
    most: int | None
    key: CellKey

    @property
    def is_exact(self) -> bool:
        """Whether it is an equation."""
        return self.least is not None and self.least == self.most

    def less(self, known: Mapping[Base, int]) -> _Sum:
        """The same without the known bases."""
        terms = tuple(term for term in self.terms if term[0] not in known)
        if len(terms) == len(self.terms):
            return self
        told = sum(weight * known[base] for base, weight in self.terms if base in known)
        return _Sum(terms, _less(self.least, told), _less(self.most, told), self.key)

    def upright(self) -> _Sum:
        """The same with a first weight above zero."""
        if self.terms[0][1] > 0:
            return self
        turned = tuple((base, -weight) for base, weight in self.terms)
        return self._replace(terms=turned, least=_negative(self.most), most=_negative(self.least))

    def solved(self, floors: Mapping[Base, int]) -> dict[Base, int] | None:
        """The bases that this equation alone fixes, all or nothing. None when it fixes them not, or cannot hold."""
        rest = self.least or 0
        if not self.terms:
            return None if rest else {}
        terms, sign = self.terms, 1 if self.terms[0][1] > 0 else -1
        least = {base: floors.get(base, 0) for base, _ in terms}
        if len(terms) == 1:
            ((base, weight),) = terms
            whole, over = divmod(rest, weight)
            return {base: whole} if not over and whole >= least[base] else None
        if any(sign * weight < 0 for _, weight in terms):
            return None
        # nothing is left over, so each stands at its floor
        return least if rest == sum(weight * least[base] for base, weight in terms) else None

    def says_nothing(self, floors: Mapping[Base, int]) -> bool:
        """Whether it only repeats what the floors say already."""
        if self.most is not None or any(weight < 0 for _, weight in self.terms):
            return False
        return (self.least or 0) <= sum(weight * floors.get(base, 0) for base, weight in self.terms)


def _less(bound: int | None, told: int) -> int | None:
    return None if bound is None else bound - told


def _negative(bound: int | None) -> int | None:
    return None if bound is None else -bound


def _sums(publication: Publication) -> list[_Sum]:
    """Everything that ties two bases or more, and what bounds one."""
    sums = [
        _Sum(tuple((base, 1) for base in fact.bases), fact.value, fact.value, fact.key)
        for fact in publication.facts
        if len(fact.bases) > 1
    ]
    for link in publication.links:
        terms = (*((base, 1) for base in link.whole), *((base, -1) for base in link.parts))
        sums.append(_Sum(terms, 0, 0, link.key))
    sums += [
        _Sum(tuple((base, 1) for base in bases), least, None, _key_of(bases)) for bases, least in publication.least
    ]
    return sums + [_Sum(one.terms, one.least, one.most, one.key) for one in publication.told]


class _Open(NamedTuple):
    """A sum that still holds an unknown, with every place where it is printed."""

    terms: tuple[tuple[Base, int], ...]
    least: int | None
    most: int | None
    keys: tuple[CellKey, ...]


def _rows(
    sums: Iterable[_Sum], known: Mapping[Base, int], floors: Mapping[Base, int]
) -> tuple[list[_Open], list[CellKey]]:
    """Sums that still hold an unknown, those of the same terms in one; and keys of figures that cannot all be true."""
    found: dict[tuple[tuple[tuple[Base, int], ...], bool], _Open] = {}
    clashes: list[CellKey] = []
    for one in sums:
        rest = one.less(known)
        if not rest.terms:
            if (rest.least or 0) > 0 or (rest.most or 0) < 0:
                clashes.append(one.key)
            continue
        rest = rest.upright()
        if rest.says_nothing(floors):
            continue
        row = found.setdefault((rest.terms, rest.is_exact), _Open(rest.terms, rest.least, rest.most, ()))
        least, most = _higher(row.least, rest.least), _lower(row.most, rest.most)
        if least is not None and most is not None and least > most:
            clashes.append(one.key)
            least, most = row.least, row.most
        found[rest.terms, rest.is_exact] = _Open(rest.terms, least, most, (*row.keys, rest.key))
    return list(found.values()), clashes


def _higher(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _lower(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def _key_of(bases: Sequence[Base]) -> CellKey:
    first = bases[0]
    return CellKey(first.indicator, first.version, first.area, first.period, first.category, first.part, "all")


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
        columns = tuple(place[base][1] for base, _ in row.terms)
        weights = tuple(weight for _, weight in row.terms)
        own_rows[place[row.terms[0][0]][0]].append(Row(columns, weights, row.least, row.most, row.keys))
    for target, bases, value in aims:
        columns = tuple(place[base][1] for base in bases)
        own_aims[place[bases[0]][0]].append(Aim(target, columns, value))
    return tuple(
        Block(tuple(group), tuple(floors.get(base, 0) for base in group), tuple(own_rows[n]), tuple(own_aims[n]))
        for n, group in enumerate(groups)
    )
