"""What differs between two releases. Old and new values only where both were printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.release.cells import KEY, Cell, CellKey
from site_builder.release.releases import Release
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.indicators import Indicator

KINDS = ("added", "removed", "revised", "now-withheld", "now-shown", "status-only", "redefined")
_COLUMNS = (*KEY, "old_value", "new_value", "old_withheld", "new_withheld", "kind", "reason")
_HEADINGS = {
    "revised": "Revised",
    "now-withheld": "No longer shown",
    "withheld-otherwise": "Not shown for another reason than before",
    "now-shown": "Shown for the first time",
    "status-only": "Marked otherwise",
    "removed": "Removed",
    "redefined": "Redefined",
}


class Change(NamedTuple):
    """One cell that differs. ``old`` and ``new`` are None where the cell was not there; values are empty unless both
    releases print one. ``reason``: the borough's own words, or empty."""

    key: CellKey
    kind: str
    old_value: str
    new_value: str
    old_withheld: str
    new_withheld: str
    reason: str


def changes(old: Release, new: Release) -> tuple[Change, ...]:
    """Every cell that differs, in order of key."""
    before = {cell.key: cell for cell in old.cells}
    after = {cell.key: cell for cell in new.cells}
    versions = {(key.indicator, key.definition_version) for key in before}
    reasons = {(note.area, note.indicator, note.period): note.text for note in new.notes}
    made = []
    for key in sorted({*before, *after}):
        kind = _kind(before.get(key), after.get(key), versions)
        if kind:
            made.append(_change(key, kind, before.get(key), after.get(key), reasons))
    return tuple(made)


def _kind(old: Cell | None, new: Cell | None, versions: set[tuple[str, int]]) -> str:
    if new is None:
        return "removed"
    if old is None:
        known = {indicator for indicator, _ in versions}
        version = (new.key.indicator, new.key.definition_version)
        return "redefined" if version not in versions and new.key.indicator in known else "added"
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


def as_csv(made: Iterable[Change]) -> bytes:
    """The changes as a table."""
    return csv_bytes(
        _COLUMNS,
        ((*c.key, c.old_value, c.new_value, c.old_withheld, c.new_withheld, c.kind, c.reason) for c in made),
    )


def in_words(made: Iterable[Change], areas: Areas, catalogue: Mapping[str, Indicator]) -> str:
    """A summary in plain words: figures added by period, then each change of a figure that stood before."""
    known = tuple(made)
    if not known:
        return "Nothing changed."
    added = Counter(change.key.period for change in known if change.kind == "added")
    parts = []
    if added:
        parts.append(
            "Added\n" + "\n".join(f"  {period}: {number:,} figures" for period, number in sorted(added.items()))
        )
    for kind, heading in _HEADINGS.items():
        lines = [_line(change, areas, catalogue) for change in known if _told_as(change) == kind]
        if lines:
            parts.append(heading + "\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _told_as(change: Change) -> str:
    """The heading of a change: a figure that was not shown before either does not stop being shown."""
    return "withheld-otherwise" if change.kind == "now-withheld" and change.old_withheld else change.kind


def _line(change: Change, areas: Areas, catalogue: Mapping[str, Indicator]) -> str:
    key = change.key
    title = catalogue[key.indicator].title if key.indicator in catalogue else key.indicator
    values = f": {change.old_value} became {change.new_value}" if change.old_value and change.new_value else ""
    reason = f". {change.reason}" if change.reason else ""
    return f"  {areas.by_code[key.area].name}, {title} ({key.indicator}), {key.period}, {key.measure}{values}{reason}"
