"""What differs between two releases. Old and new values only where both were printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from site_builder.release.cells import KEY, Cell, CellKey, PublicCells
from site_builder.release.tables import csv_bytes

KINDS = ("added", "removed", "revised", "now-withheld", "now-shown", "status-only", "redefined")
COLUMNS = (
    "follows", "release", "classification", *KEY, "old_value", "new_value", "old_withheld", "new_withheld", "kind",
    "reason",
)  # fmt: skip


class Noted(Protocol):
    """Words beside a figure."""

    @property
    def area(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def text(self) -> str: ...


class Printed(Protocol):
    """What is compared: a release of ours, or a publisher's package."""

    @property
    def cells(self) -> PublicCells: ...
    @property
    def notes(self) -> tuple[Noted, ...]: ...


class Change(NamedTuple):
    """One cell that differs. Marks are empty where the cell was not there; values are empty unless both releases print
    one. ``reason``: the borough's own words, or empty."""

    key: CellKey
    kind: str
    old_value: str
    new_value: str
    old_withheld: str
    new_withheld: str
    reason: str


class Place(NamedTuple):
    """What a figure is of, whichever boroughs a total adds up and whichever definition it follows."""

    indicator: str
    area: str
    period: str
    breakdown: str
    measure: str


def place_of(key: CellKey) -> Place:
    """The place of a cell."""
    return Place(key.indicator, key.area, key.period, key.breakdown, key.measure)


def changes(old: Printed, new: Printed) -> tuple[Change, ...]:
    """Every cell that differs, in order of key."""
    before = {cell.key: cell for cell in old.cells}
    after = {cell.key: cell for cell in new.cells}
    versions = definitions(before)
    stood = set(old.notes)  # words that stood before tell nothing of a change
    reasons = {(n.area, n.indicator, n.period): n.text for n in new.notes if n not in stood}
    made = []
    for key in sorted({*before, *after}):
        kind = kind_of(before.get(key), after.get(key), versions)
        if kind:
            made.append(_change(key, kind, before.get(key), after.get(key), reasons))
    return tuple(made)


def definitions(keys: Iterable[CellKey]) -> dict[str, set[int]]:
    """The versions of each indicator's definition that some cells follow."""
    found: dict[str, set[int]] = {}
    for key in keys:
        found.setdefault(key.indicator, set()).add(key.definition_version)
    return found


def kind_of(old: Cell | None, new: Cell | None, before: Mapping[str, set[int]]) -> str:
    """One of KINDS, or empty for a cell that stays as it was. ``before``: the definitions of the earlier release."""
    if new is None:
        return "removed" if old is not None else ""
    if old is None:
        known = before.get(new.key.indicator)
        return "redefined" if known and new.key.definition_version not in known else "added"
    if old.withheld != new.withheld:
        return "now-withheld" if new.withheld else "now-shown"
    if old.value != new.value:
        return "revised"
    return "status-only" if old.obs_status != new.obs_status else ""


def _change(
    key: CellKey, kind: str, old: Cell | None, new: Cell | None, reasons: Mapping[tuple[str, str, str], str]
) -> Change:
    both = old is not None and new is not None and bool(old.value) and bool(new.value)
    return Change(
        key,
        kind,
        old.value if both and old else "",
        new.value if both and new else "",
        old.withheld if old else "",
        new.withheld if new else "",
        reasons.get((key.area, key.indicator, key.period), ""),
    )


def as_csv(made: Iterable[Change], follows: str, release: str, classification: str) -> bytes:
    """The changes as a table, under COLUMNS."""
    about = (follows, release, classification)
    return csv_bytes(
        COLUMNS,
        ((*about, *c.key, c.old_value, c.new_value, c.old_withheld, c.new_withheld, c.kind, c.reason) for c in made),
    )
