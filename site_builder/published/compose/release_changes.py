"""What one release changed, for readers: printed figures that differ in rows, everything else named without a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from site_builder.published import addresses, phrases
from site_builder.published.changes import Change, changes
from site_builder.published.compose.values import value
from site_builder.published.figures import printed
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Link
from site_builder.published.pages_site import ChangeGroup, ChangeRow
from site_builder.release.cells import CellKey
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

_NOTHING = "No printed figure was changed."
_CAME = Withheld.NOT_AVAILABLE.value


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


def before(inputs: Inputs, one: Release) -> Release | None:
    """The release that this one follows; None for the first."""
    return next((old for old, new in pairwise(inputs.releases) if new.id == one.id), None)


def told(old: Release, new: Release) -> Told:
    """The changes between two releases, sorted."""
    made = changes(old, new)
    known = {cell.key.period for cell in old.cells}
    added = [change.key for change in made if change.kind == "added"]
    again = {_place(key) for key in added}
    gone = [change.key for change in made if change.kind == "removed"]
    named: dict[str, list[CellKey]] = {}
    came = []
    for change in made:
        if change.kind == "now-shown" and change.old_withheld == _CAME:
            came.append(change.key)
        elif heading := _heading(change, again):
            named.setdefault(heading, []).append(change.key)
    return Told(
        in_order({key.period for key in added} - known),
        tuple(change for change in made if change.kind == "revised"),
        tuple(came),
        tuple(key for key in gone if _place(key) in again),
        {heading: tuple(keys) for heading, keys in sorted(named.items())},
    )


def summary(inputs: Inputs, one: Release) -> str:
    """What is new in a release, in a sentence or two."""
    old = before(inputs, one)
    if old is None:
        return "The first release."
    found = told(old, one)
    parts = [f"New periods: {len(found.periods)}." if found.periods else ""]
    parts.append(f"Counts revised: {len(found.revised)}." if found.revised else "")
    parts.append("Late returns are in." if found.came else "")
    parts += [f"{heading}: {len(keys)}." for heading, keys in found.named.items()]
    return " ".join(part for part in parts if part) or "Nothing changed."


def group(inputs: Inputs, one: Release, path: str) -> ChangeGroup:
    """The changes of a release against the one before it, for the page at ``path``."""
    old, name = before(inputs, one), str(one.id)
    slug = f"r{name.lower().replace('.', '-')}"
    if old is None:
        return ChangeGroup(slug, "Changes", "This is the first release.", (), "There is nothing to compare it with.")
    found = told(old, one)
    rows = tuple(_row(inputs, change, path) for change in found.revised)
    return ChangeGroup(slug, f"Changes in {name}", _words(inputs, found), rows, _NOTHING)


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
        case "removed":
            return "" if _place(change.key) in again else "Removed"
        case _:
            return ""


def _place(key: CellKey) -> tuple[str, ...]:
    """A figure without the set of boroughs that a total adds up."""
    return (key.indicator, str(key.definition_version), key.area, key.period, key.breakdown, key.measure)


def _words(inputs: Inputs, found: Told) -> str:
    parts = [f"New periods: {phrases.listed(found.periods)}." if found.periods else ""]
    parts.append(f"Returns that came late: {_places(inputs, found.came)}." if found.came else "")
    parts.append(
        f"Totals now hold other {HERE.areas}: {_places(inputs, found.remade)}. Such a total is a new figure, not a revised one."
        if found.remade
        else ""
    )
    parts += [f"{heading}: {_names(inputs, keys)}." for heading, keys in found.named.items()]
    return " ".join(part for part in parts if part)


def _places(inputs: Inputs, keys: Sequence[CellKey]) -> str:
    """Areas with their periods, each once."""
    periods: dict[str, set[str]] = {}
    for key in keys:
        periods.setdefault(inputs.areas.by_code[key.area].name, set()).add(key.period)
    return "; ".join(f"{name} ({', '.join(in_order(some))})" for name, some in sorted(periods.items()))


def _names(inputs: Inputs, keys: Sequence[CellKey]) -> str:
    told_once = dict.fromkeys(
        f"{inputs.areas.by_code[key.area].name}, {_title(inputs, key)}, {key.period}" for key in keys
    )
    return "; ".join(told_once)


def _title(inputs: Inputs, key: CellKey) -> str:
    return inputs.catalogue[key.indicator].title if key.indicator in inputs.catalogue else key.indicator


def _row(inputs: Inputs, change: Change, path: str) -> ChangeRow:
    """A figure that both releases print. Raises ValueError where one side has no number: such a cell has no row."""
    key = change.key
    return ChangeRow(
        inputs.areas.by_code[key.area].name,
        Link(f"{_title(inputs, key)}, {key.measure}", addresses.relative(path, addresses.indicator(key.indicator))),
        key.period,
        value(printed(change.old_value)),
        value(printed(change.new_value)),
        change.reason,
    )
