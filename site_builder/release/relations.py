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
    Reading,
    Target,
    stricter,
    target_of,
)
from site_builder.release.cells import Cell, CellKey
from site_builder.release.structure import Form, Structure
from site_builder.release.ties import Link, links_of, remainders

PRINTED = (NUMERATOR, DENOMINATOR)


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
    no target any more: it is known."""
    knowledge = _Knowledge()
    for edition in editions:
        knowledge.read(edition)
    return knowledge.publication()


class _Knowledge:
    """What is known after some editions."""

    def __init__(self) -> None:
        self._reading = Reading()
        self._facts: dict[tuple[tuple[Base, ...], int], Fact] = {}
        self._targets: dict[tuple[Base, ...], Target] = {}
        self._floors: dict[Base, int] = {}
        self._least: dict[tuple[Base, ...], int] = {}
        self._small: set[CellKey] = set()
        self._links: set[Link] = set()
        self._told: set[Told] = set()
        self._lines: dict[Line, None] = {}
        self._said: set[tuple[CellKey, str, Form]] = set()  # shown figures of boroughs since the last revision

    def read(self, edition: Edition) -> None:
        """Take in one more edition."""
        turned = _turned(edition)
        self._reading.revise(turned)
        if turned:
            self._said.clear()
        printed = {c.key: c for c in edition.cells if c.key.measure in PRINTED and c.withheld in ("", HIDDEN)}
        for cell in printed.values():
            self._take(cell, edition, printed)
        self._links.update(links_of(edition, self._reading))
        self._lines |= dict.fromkeys(_lines(edition, printed, self._reading))
        self._told.update(_told(edition, self._reading))
        for target in remainders(edition, self._reading):
            self._keep_open(target)

    def _take(self, cell: Cell, edition: Edition, printed: Mapping[CellKey, Cell]) -> None:
        structure = edition.structure
        form = structure.indicators[cell.key.indicator]
        if cell.value and cell.key.area not in structure.areas:
            if (cell.key, cell.value, form) in self._said:
                return  # the same figure again tells nothing new
            self._said.add((cell.key, cell.value, form))
        bases = self._reading.bases(cell.key, structure)
        if cell.withheld:
            _hide(cell.key, bases, edition, self._floors, self._least)
            floor = _floor(cell.key, edition, printed, self._reading)
            self._keep_open(target_of(cell.key, bases, form, floor=floor, printed=True))
        else:
            fact = Fact(cell.key, bases, int(cell.value))
            self._facts.setdefault((bases, fact.value), fact)
            if fact.value in form.policy.small:
                self._small.add(cell.key)
        for one in _latent(cell.key, edition, printed, self._reading):
            floor = _latent_floor(one, edition, printed, self._reading)
            self._keep_open(target_of(one, self._reading.bases(one, structure), form, floor=floor, printed=False))

    def _keep_open(self, target: Target) -> None:
        before = self._targets.get(target.bases)
        self._targets[target.bases] = stricter(before, target) if before else target

    def publication(self) -> Publication:
        """All of it, in order."""
        shown = {fact.bases for fact in self._facts.values()}
        return Publication(
            tuple(self._facts[key] for key in sorted(self._facts)),
            tuple(self._targets[key] for key in sorted(self._targets) if key not in shown),
            self._floors,
            tuple(sorted(self._least.items())),
            tuple(self._lines),
            tuple(sorted(self._small)),
            tuple(sorted(self._links)),
            tuple(sorted(self._told, key=repr)),  # a bound may be missing, so the values themselves have no order
        )


def _told(edition: Edition, reading: Reading) -> Iterator[Told]:
    """What others printed of the counts of an edition, as they stood then."""
    for statement in edition.told:
        weights: Counter[Base] = Counter()
        for term in statement.terms:
            for base in reading.bases(term.key, edition.structure):
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


def _latent(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell], reading: Reading) -> Iterator[CellKey]:
    """Counts that are never displayed but follow: the complement, single quarters under a year, the categories that a
    figure adds up, and boroughs under a total where boroughs are not published."""
    structure, form = edition.structure, edition.structure.indicators[key.indicator]
    if key.area in structure.areas:
        smallest = [one for one in reading.inside(key, structure) if one not in printed]
    else:
        periods = (
            structure.base_periods(key.indicator, key.period) if form.grain == "year-of-quarters" else (key.period,)
        )
        categories = structure.categories(key.indicator, key.breakdown)
        smallest = []
        if periods != (key.period,) or categories != (key.breakdown,):
            smallest = [key._replace(period=period, breakdown=name) for period in periods for name in categories]
    for one in dict.fromkeys((key, *smallest)):
        if one != key:
            yield one
        if key.measure == NUMERATOR and COMPLEMENT in form.parts and not _is_plain(one, edition, printed):
            yield one._replace(measure=COMPLEMENT)


def _is_plain(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell]) -> bool:
    """Whether a smallest numerator and its denominator are both shown and leave no small count: nothing is to be kept
    open then."""
    structure = edition.structure
    periods = structure.base_periods(key.indicator, key.period)
    categories = structure.categories(key.indicator, key.breakdown)
    if key.area in structure.areas or (periods, categories) != ((key.period,), (key.breakdown,)):
        return False
    above, whole = printed.get(key), printed.get(key._replace(measure=DENOMINATOR))
    if above is None or whole is None or not above.value or not whole.value:
        return False
    threshold = structure.indicators[key.indicator].policy.threshold
    return int(whole.value) - int(above.value) > threshold


def _floor(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell], reading: Reading) -> int:
    """The least value of a hidden cell that follows from the zero policy alone: of a total, the floors of its parts, a
    part that is shown above zero counting 1."""
    structure = edition.structure
    if structure.indicators[key.indicator].policy.zeros != "show":
        return 0
    parts = _parts(key, structure, reading)
    cells = [printed[part] for part in parts if part in printed]
    return max(
        1,
        sum(
            _floor(c.key, edition, printed, reading) if c.withheld == HIDDEN else c.value not in ("", "0")
            for c in cells
        ),
    )


def _parts(key: CellKey, structure: Structure, reading: Reading) -> Sequence[CellKey]:
    """The cells that a cell adds up, whether they are printed or not: boroughs, or quarters, or categories."""
    if key.area in structure.areas:
        return reading.inside(key, structure)
    periods = structure.base_periods(key.indicator, key.period)
    if periods != (key.period,):
        return [key._replace(period=period) for period in periods]
    names = structure.categories(key.indicator, key.breakdown)
    return [key._replace(breakdown=name) for name in names if name != key.breakdown]


def _latent_floor(key: CellKey, edition: Edition, printed: Mapping[CellKey, Cell], reading: Reading) -> int:
    """The least value of a complement that follows from the zero policy alone: each part of it that is known to be above
    zero counts 1. Of any other figure that is never displayed, 0."""
    if key.measure != COMPLEMENT or edition.structure.indicators[key.indicator].policy.zeros != "show":
        return 0
    above, whole = (printed.get(key._replace(measure=measure)) for measure in PRINTED)
    if above and whole and above.value and whole.value:
        return int(int(whole.value) > int(above.value))
    parts = _parts(key, edition.structure, reading)
    if parts:
        return sum(_latent_floor(part, edition, printed, reading) for part in parts)
    return int(above is not None and above.value == "0" and whole is not None and whole.withheld == HIDDEN)


def _lines(edition: Edition, printed: Mapping[CellKey, Cell], reading: Reading) -> Iterator[Line]:
    """Published sums with a hidden cell: boroughs to Inner, Outer and London, quarters to year, categories to a whole."""
    for key in printed:
        form, structure = edition.structure.indicators[key.indicator], edition.structure
        parts: list[Sequence[CellKey]] = []
        if key.area in structure.areas:
            parts.append(reading.inside(key, structure))
        if form.grain == "quarters-and-year" and key.period in structure.years:
            parts.append([key._replace(period=period) for period in structure.years[key.period]])
        categories = structure.categories(key.indicator, key.breakdown)
        if categories != (key.breakdown,):
            parts.append([key._replace(breakdown=name) for name in categories])
        for some in parts:
            cells = [printed.get(part) for part in (key, *some)]
            if None not in cells:
                hidden = sum(cell is not None and cell.withheld == HIDDEN for cell in cells)
                if hidden:
                    room = _room(key, some, printed, form)
                    yield Line(line_name(key), key, hidden, form.policy.min_hidden_per_line, room)


def _room(key: CellKey, parts: Sequence[CellKey], printed: Mapping[CellKey, Cell], form: Form) -> int | None:
    if form.policy.zeros == "show" or not printed[key].value:
        return None
    return int(printed[key].value) - sum(int(printed[part].value or 0) for part in parts) - form.policy.threshold


def line_name(key: CellKey) -> str:
    """A sum in words, without a number."""
    return f"{key.indicator} {key.measure}, {key.area}, {key.period}"


def names_of(keys: Iterable[CellKey]) -> tuple[str, ...]:
    """Sums in words, in order, each once."""
    return tuple(sorted({line_name(key) for key in keys}))
