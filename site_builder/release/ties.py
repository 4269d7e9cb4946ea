"""What ties two indicators: one count under two names, or a count that is part of another one.

The rest of such a part is a count too. It is never displayed, and must stay open like a complement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from site_builder.release.bases import HIDDEN, REMAINDER, Base, Edition, Reading, Target, target_of
from site_builder.release.cells import CellKey
from site_builder.release.structure import WHOLE, Form
from site_builder.vocabulary.names import Named

Slot = tuple[str, str]  # a smallest place and period


class Link(NamedTuple):
    """A tie between two indicators: the bases of ``whole`` add up to as much as those of ``parts``."""

    key: CellKey
    whole: tuple[Base, ...]
    parts: tuple[Base, ...]


def links_of(edition: Edition, reading: Reading) -> Iterator[Link]:
    """What ties the smallest counts of different indicators in one release."""
    structure = edition.structure
    yield from _sums(edition, reading)
    for names in structure.same:
        first: dict[Slot, CellKey] = {}
        for name in names:
            for slot, key in sorted(_slots(edition, name).items()):
                if slot in first:
                    yield Link(key, reading.bases(first[slot], structure), reading.bases(key, structure))
                first.setdefault(slot, key)
    for part, whole in structure.within:
        wholes = _slots(edition, whole)
        for slot, key in sorted(_slots(edition, part).items()):
            if slot in wholes:
                inside, around = reading.bases(key, structure), reading.bases(wholes[slot], structure)
                yield Link(key, around, tuple(sorted((*inside, _rest(inside, around)))))


def _sums(edition: Edition, reading: Reading) -> Iterator[Link]:
    """Counts that others add up to, wherever all of them are printed or hidden."""
    structure = edition.structure
    for total, parts in structure.sums:
        wholes, inside = _slots(edition, total), [_slots(edition, part) for part in parts]
        for slot, key in sorted(wholes.items()):
            if all(slot in some for some in inside):
                bases = [base for some in inside for base in reading.bases(some[slot], structure)]
                yield Link(key, reading.bases(key, structure), tuple(sorted(bases)))


def remainders(edition: Edition, reading: Reading) -> Iterator[Target]:
    """Wholes less their parts, never displayed, wherever both are printed or hidden."""
    structure = edition.structure
    for part, whole in structure.within:
        form = _stricter_form(structure.indicators[part.indicator], structure.indicators[whole.indicator])
        parts, wholes = _slots(edition, part), _slots(edition, whole)
        both = {_place(key) for key in _keys(edition, whole)}
        for key in _keys(edition, part):
            slots = _slots_of(key, edition)
            if _place(key) in both and wholes.keys() >= set(slots):
                bases = (
                    _rest(reading.bases(parts[slot], structure), reading.bases(wholes[slot], structure))
                    for slot in slots
                )
                hidden = key._replace(measure=REMAINDER)
                yield target_of(hidden, tuple(sorted(bases)), form, floor=0, printed=False)


def _rest(inside: Sequence[Base], around: Sequence[Base]) -> Base:
    """What a whole holds beside a part of it; another count whenever one of the two is revised."""
    first = inside[0]
    turn = sum(base.turn for base in (*inside, *around))
    return first._replace(part=f"{REMAINDER} of {around[0].indicator} {around[0].part}", turn=turn)


def _slots(edition: Edition, name: Named) -> dict[Slot, CellKey]:
    """The smallest places and periods in which a count takes part in printed or hidden cells, with a key of each."""
    return {
        (area, period): key._replace(area=area, period=period, coverage="all")
        for key in _keys(edition, name)
        for area, period in _slots_of(key, edition)
    }


def _keys(edition: Edition, name: Named) -> list[CellKey]:
    """The cells in which a count is printed or hidden."""
    cells = edition.cells.of_indicator(name.indicator)
    whole = (name.measure, WHOLE)
    return [c.key for c in cells if (c.key.measure, c.key.breakdown) == whole and c.withheld in ("", HIDDEN)]


def _slots_of(key: CellKey, edition: Edition) -> list[Slot]:
    """The smallest places and periods that a cell adds up."""
    periods = edition.structure.base_periods(key.indicator, key.period)
    return [(area, period) for area in edition.structure.members(key.area, key.coverage) for period in periods]


def _place(key: CellKey) -> tuple[str, str, str]:
    return key.area, key.period, key.coverage


def _stricter_form(one: Form, other: Form) -> Form:
    zeros = "hide" if "hide" in (one.policy.zeros, other.policy.zeros) else "show"
    threshold = max(one.policy.threshold, other.policy.threshold)
    return replace(one, policy=replace(one.policy, zeros=zeros, threshold=threshold))
