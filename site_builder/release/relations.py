"""What everything printed says about the smallest counts: sums that hold, floors, and the counts that must stay open.

A *base* is one smallest count of one borough: the numerator, the complement (denominator less numerator) or, where the
two are not nested, the denominator, of one smallest period. Every printed cell is a sum of bases, so borough to Inner
to London, quarters to year, and n + c = d need no lines of their own: they hold because all are sums of the same bases.
Only what ties two indicators is an equation: one count under two names, or a count that is part of another. The rest of
such a part is a base too, never displayed, and must stay open like a complement.
All of it is derived from ``structure.json`` and the printed cells; nothing is typed by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.release.bases import (
    COMPLEMENT,
    DENOMINATOR,
    HIDDEN,
    NUMERATOR,
    Base,
    Count,
    Edition,
    Target,
    bases_of,
    stricter,
    target_of,
)
from site_builder.release.cells import Cell, CellKey
from site_builder.release.structure import Form
from site_builder.release.ties import Link, links_of, remainders


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed figure: the sum of ``bases`` is ``value``."""

    key: CellKey
    bases: tuple[Base, ...]
    value: int


class Told(NamedTuple):
    """What somebody else printed: bases, each times its weight, add up to ``least`` or more and to ``most`` or less."""

    key: CellKey
    terms: tuple[tuple[Base, int], ...]
    least: int | None
    most: int | None


class Line(NamedTuple):
    """Cells of one published sum, of which ``hidden`` are hidden; ``least`` says how many must be if any is.

    ``room`` is what the hidden ones add up to less the threshold, where zeros are hidden and the total is shown: a
    group whose hidden counts are together no more than a small count would be as good as shown. Else None.
    """

    name: str
    key: CellKey
    hidden: int
    least: int
    room: int | None = None

    @property
    def is_weak(self) -> bool:
        """Whether too few cells are hidden, or too little in them."""
        return self.hidden > 0 and (self.hidden < self.least or (self.room is not None and self.room <= 0))


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that all releases together say. ``floors``: the least value of a base that follows from the zero
    policy; 0 where none is given. ``least``: sums of bases with their least value, where several bases share a floor.
    ``told``: what else a reader knows of them."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]
    floors: Mapping[Base, int]
    least: tuple[tuple[tuple[Base, ...], int], ...]
    lines: tuple[Line, ...]
    small_shown: tuple[CellKey, ...]
    links: tuple[Link, ...] = ()
    told: tuple[Told, ...] = ()


def publication(editions: Sequence[Edition]) -> Publication:
    """What a reader of all editions knows, the first edition first. A count that was hidden once and is shown later is
    no target any more: it is known. Lines are those of the last edition."""
    turns: Counter[Count] = Counter()
    facts: dict[tuple[tuple[Base, ...], int], Fact] = {}
    targets: dict[tuple[Base, ...], Target] = {}
    floors: dict[Base, int] = {}
    least: dict[tuple[Base, ...], int] = {}
    small: list[CellKey] = []
    links: set[Link] = set()
    told: set[Told] = set()
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
        links.update(links_of(edition, turns))
        told.update(_told(edition, turns))
        for target in (*_targets(edition, turns), *remainders(edition, turns)):
            before = targets.get(target.bases)
            targets[target.bases] = stricter(before, target) if before else target
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
        tuple(sorted(links)),
        tuple(sorted(told, key=repr)),  # a bound may be missing, so the values themselves have no order
    )


def _told(edition: Edition, turns: Mapping[Count, int]) -> Iterator[Told]:
    """What others printed of the counts of an edition, as they stood then."""
    for statement in edition.told:
        weights: Counter[Base] = Counter()
        for term in statement.terms:
            for base in bases_of(term.key, edition.structure, turns):
                weights[base] += term.weight
        terms = tuple((base, weight) for base, weight in sorted(weights.items()) if weight)
        yield Told(statement.terms[0].key, terms, statement.least, statement.most)


def _turned(edition: Edition) -> set[Count]:
    """The counts that this edition declares to be others than before. The complement moves with either of its two."""
    turned = set()
    for key in edition.revised:
        form = edition.structure.indicators[key.indicator]
        periods = edition.structure.base_periods(key.indicator, key.period)
        if form.grain == "quarters-and-year" and periods != (key.period,):
            continue  # a year moves because a quarter of it moved, and that quarter is listed itself
        nested = COMPLEMENT in form.parts
        parts = {COMPLEMENT if nested and key.measure == DENOMINATOR else key.measure} | (
            {COMPLEMENT} if nested else set()
        )
        turned |= {
            Count(key.indicator, area, period, category, part)
            for area in _moved(key, edition)
            for period in periods
            for category in edition.structure.categories(key.indicator, key.breakdown)
            for part in parts
        }
    return turned


def _moved(key: CellKey, edition: Edition) -> tuple[str, ...]:
    """The boroughs whose figure is another one when a cell is listed as revised. Of a total none, where a part of it is
    printed and so would be listed itself; else all that it adds up."""
    structure = edition.structure
    if key.area not in structure.areas:
        return (key.area,)
    members = set(structure.members(key.area, key.coverage))
    others = {cell.key.area for cell in edition.cells.of_indicator(key.indicator)} - {key.area}
    inside = {area for area in others if {area} <= members or set(structure.areas.get(area, "?")) < members}
    return () if inside else tuple(sorted(members))


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
            yield target_of(cell.key, bases, form, floor=_floor(cell.key, edition, printed), printed=True)
        for one in _latent(cell.key, form, edition, printed):
            yield target_of(one, bases_of(one, edition.structure, turns), form, floor=0, printed=False)


def _latent(key: CellKey, form: Form, edition: Edition, printed: Mapping[CellKey, Cell]) -> Iterator[CellKey]:
    """Counts that are never displayed but follow: the complement, single quarters under a year, the categories that a
    figure adds up, and boroughs under a total where boroughs are not published."""
    structure = edition.structure
    if key.area in structure.areas:
        inside = [key._replace(area=area, coverage="all") for area in structure.members(key.area, key.coverage)]
        smallest = [one for one in inside if one not in printed]
    else:
        periods = (
            structure.base_periods(key.indicator, key.period) if form.grain == "year-of-quarters" else (key.period,)
        )
        categories = structure.categories(key.indicator, key.breakdown)
        smallest = [key._replace(period=period, breakdown=name) for period in periods for name in categories]
    for one in dict.fromkeys((key, *smallest)):
        if one != key:
            yield one
        if key.measure == NUMERATOR and COMPLEMENT in form.parts:
            yield one._replace(measure=COMPLEMENT)


def _floor(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell]) -> int:
    """The least value of a hidden cell that follows from the zero policy alone: of a total, the floors of its parts, a
    part that is shown above zero counting 1."""
    structure = edition.structure
    if structure.indicators[key.indicator].policy.zeros != "show":
        return 0
    if key.area in structure.areas:
        parts = [key._replace(area=area, coverage="all") for area in structure.members(key.area, key.coverage)]
    elif (periods := structure.base_periods(key.indicator, key.period)) != (key.period,):
        parts = [key._replace(period=period) for period in periods]  # printed or, in a coarser table, never displayed
    else:
        names = structure.categories(key.indicator, key.breakdown)
        parts = [key._replace(breakdown=name) for name in names if name != key.breakdown]
    cells = [printed[part] for part in parts if part in printed]
    return max(
        1, sum(_floor(c.key, edition, printed) if c.withheld == HIDDEN else c.value not in ("", "0") for c in cells)
    )


def _lines(edition: Edition) -> Iterator[Line]:
    """Published sums with a hidden cell: boroughs to Inner, Outer and London, quarters to year, categories to a whole."""
    values = {cell.key: cell.value for cell in edition.cells if cell.withheld in ("", HIDDEN)}
    state = {key: "" if value else HIDDEN for key, value in values.items()}
    for key in state:
        form, structure = edition.structure.indicators[key.indicator], edition.structure
        parts: list[list[CellKey]] = []
        if key.area in structure.areas:
            members = structure.members(key.area, key.coverage)
            parts.append([key._replace(area=area, coverage="all") for area in members])
        if form.grain == "quarters-and-year" and key.period in structure.years:
            parts.append([key._replace(period=period) for period in structure.years[key.period]])
        categories = structure.categories(key.indicator, key.breakdown)
        if categories != (key.breakdown,):
            parts.append([key._replace(breakdown=name) for name in categories])
        for some in parts:
            if all(part in state for part in some):
                hidden = sum(state[part] == HIDDEN for part in (key, *some))
                yield Line(line_name(key), key, hidden, form.policy.min_hidden_per_line, _room(key, some, values, form))


def _room(key: CellKey, parts: Sequence[CellKey], values: Mapping[CellKey, str], form: Form) -> int | None:
    if form.policy.zeros == "show" or not values[key]:
        return None
    return int(values[key]) - sum(int(values[part] or 0) for part in parts) - form.policy.threshold


def line_name(key: CellKey) -> str:
    """A sum in words, without a number."""
    return f"{key.indicator} {key.measure}, {key.area}, {key.period}"


def names_of(keys: Iterable[CellKey]) -> tuple[str, ...]:
    """Sums in words, in order, each once."""
    return tuple(sorted({line_name(key) for key in keys}))
