"""Every revision between the releases of a site, worked out once, and what of it may be told.

A cell that the newest release hides keeps no number anywhere in what is made from that release: not the one that an older
release printed, and not the two of a revision between older releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from site_builder.published.changes import Change, Place, Printed, changes, place_of
from site_builder.published.versions import Step, corrects, numbered, step
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.releases import Release
from site_builder.release.withdrawals import Withdrawal
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

HIDDEN_SINCE = "Revised, and hidden since"
_CAME = Withheld.NOT_AVAILABLE.value
_HIDDEN = Withheld.CONFIDENTIAL.value


class Told(NamedTuple):
    """The changes of one release, sorted by what a reader is told of them.

    ``periods``: those that no earlier release held. ``revised``: printed before and now, with another number.
    ``came``: figures of returns that came late. ``remade``: totals that now hold other boroughs. ``named``: heading to
    cells that are named without a number.
    """

    periods: tuple[str, ...]
    revised: tuple[Change, ...]
    came: tuple[CellKey, ...]
    remade: tuple[CellKey, ...]
    named: dict[str, tuple[CellKey, ...]]


class Corrected(NamedTuple):
    """A correction that stands until the next planned release. ``figures``: the places at which it prints otherwise than
    the release that it corrects."""

    release: Release
    figures: frozenset[Place]


def hidden_in(newest: Printed) -> frozenset[Place]:
    """The places whose numbers a release hides."""
    return hidden_of(newest.cells)


def hidden_of(cells: PublicCells) -> frozenset[Place]:
    """The places at which some cell is hidden, under any definition and for any set of boroughs."""
    return frozenset(place_of(cell.key) for cell in cells if cell.withheld == _HIDDEN)


def may_be_told(made: Iterable[Change], hidden: frozenset[Place]) -> tuple[Change, ...]:
    """The changes, with both numbers gone and the mark in their place where the newest release hides the cell; and without
    words where it hides a part of the figure, for no words stand beside a hidden one.

    ``hidden``: of the newest release that the reader is shown, as ``hidden_in`` gives it."""
    unspoken = {(place.area, place.indicator, place.period) for place in hidden}
    return tuple(_without_words(_without_numbers(one, hidden), unspoken) for one in made)


def _without_numbers(one: Change, hidden: frozenset[Place]) -> Change:
    if not one.old_value or place_of(one.key) not in hidden:
        return one
    return one._replace(old_value="", new_value="", old_withheld=_HIDDEN, new_withheld=_HIDDEN)


def _without_words(one: Change, unspoken: set[tuple[str, str, str]]) -> Change:
    about = (one.key.area, one.key.indicator, one.key.period)
    return one._replace(reason="") if about in unspoken else one


def sorted_out(made: Sequence[Change], old: Printed) -> Told:
    """Changes as a reader is told of them. ``old``: the earlier release; ``made``: what ``may_be_told`` left."""
    known = {cell.key.period for cell in old.cells}
    added = [change.key for change in made if change.kind == "added"]
    again = {_figure(key) for key in added}
    named: dict[str, list[CellKey]] = {}
    came = []
    for change in made:
        if change.kind == "now-shown" and change.old_withheld == _CAME:
            came.append(change.key)
        elif heading := _heading(change, again):
            named.setdefault(heading, []).append(change.key)
    return Told(
        in_order({key.period for key in added} - known),
        tuple(change for change in made if change.kind == "revised" and change.old_value),
        tuple(came),
        tuple(change.key for change in made if change.kind == "removed" and _figure(change.key) in again),
        {heading: tuple(keys) for heading, keys in sorted(named.items())},
    )


def in_order(periods: Iterable[str]) -> tuple[str, ...]:
    """Periods from the oldest to the latest."""
    return tuple(sorted(periods, key=Period.parse))


def _heading(change: Change, again: set[tuple[str, ...]]) -> str:
    """Under what a cell without two printed numbers is named; empty when it is told otherwise or not at all."""
    match change.kind:
        case "now-withheld":
            return "Not shown for another reason than before" if change.old_withheld else "No longer shown"
        case "now-shown":
            return "Shown for the first time"
        case "redefined":
            return "Redefined"
        case "status-only":
            return "Marked otherwise"
        case "removed":
            return "" if _figure(change.key) in again else "Removed"
        case "revised":
            return "" if change.old_value else HIDDEN_SINCE
        case _:
            return ""


def _figure(key: CellKey) -> tuple[str, ...]:
    """A figure without the set of boroughs that a total adds up."""
    return (*place_of(key), str(key.definition_version))


class Revisions:
    """The differences between each release and the one that it follows, each worked out once, when first asked for.

    ``releases`` in the order of the ledger; the last is the one that the reader is shown. ``withdrawn``: those that are
    gone."""

    def __init__(self, releases: Sequence[Release], withdrawn: Sequence[Withdrawal] = ()) -> None:
        self._releases = tuple(releases)
        self._withdrawn = tuple(withdrawn)
        self._followed = {str(new.id): old for old, new in pairwise(releases)}
        self._raw: dict[str, tuple[Change, ...]] = {}
        self._told: dict[str, Told] = {}

    @cached_property
    def hidden(self) -> frozenset[Place]:
        """The places that the newest release hides."""
        return hidden_in(self._releases[-1]) if self._releases else frozenset()

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """How much each release but the first changes, by id."""
        return {str(new.id): step(old, new, self.as_published(new)) for old, new in pairwise(self._releases)}

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The version number of each release, by id."""
        return numbered(self._releases, self.steps.values(), self._withdrawn)

    def before(self, one: Release) -> Release | None:
        """The release that this one follows; None for the first."""
        return self._followed.get(str(one.id))

    def corrects(self, one: Release) -> bool:
        """Whether a release is a correction of the one before it."""
        return corrects(one, self.before(one))

    def changes(self, one: Release) -> tuple[Change, ...]:
        """What a release changed, as far as it may be told; nothing for the first."""
        return may_be_told(self.as_published(one), self.hidden)

    def told(self, one: Release) -> Told | None:
        """The same sorted out; None for the first release."""
        name, old = str(one.id), self.before(one)
        if name not in self._told and old is not None:
            self._told[name] = sorted_out(self.changes(one), old)
        return self._told.get(name)

    def corrections(self) -> tuple[Corrected, ...]:
        """The corrections within the period of the newest release, the earliest first; none once a planned one follows."""
        newest = self._releases[-1] if self._releases else None
        if newest is None or not self.corrects(newest):
            return ()
        return tuple(
            Corrected(one, frozenset(place_of(change.key) for change in self.as_published(one)))
            for one in self._releases
            if one.id.period == newest.id.period and self.corrects(one)
        )

    def as_published(self, one: Release) -> tuple[Change, ...]:
        """What a release changed as it told it on its own day: for its frozen file, never for a page."""
        name, old = str(one.id), self.before(one)
        if name not in self._raw:
            self._raw[name] = changes(old, one) if old is not None else ()
        return self._raw[name]
