"""What one release changed, for readers: printed figures that differ in rows, everything else named without a number."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses, phrases
from site_builder.published.change_words import places
from site_builder.published.changes import Change
from site_builder.published.compose.definition import HOPED
from site_builder.published.compose.values import value
from site_builder.published.corrections import anchor_of
from site_builder.published.downloads.revisions import changes_file, triangle_file
from site_builder.published.figures import printed
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import File, Link
from site_builder.published.pages_site import ChangeGroup, ChangeRow
from site_builder.published.revisions import Told
from site_builder.published.versions import JUDGED, NAME, WORDS, Redefined, redefined
from site_builder.release.cells import CellKey
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period

_NOTHING = "No printed figure was changed."
_SUM = f"Follows from its {HERE.areas}."
_MOST = 40  # rows of revised figures on a page; the file holds every one
_FIELDS = {"definition_version": "version", "kind": "kind", "unit": "unit", "multiplier": "multiplier"}


def summary(inputs: Inputs, one: Release) -> str:
    """What is new in a release, in a sentence or two."""
    found = inputs.revisions.told(one)
    if found is None:
        return "The first release."
    parts = [f"Counts revised: {len(found.revised)}." if found.revised else _NOTHING]
    parts.append(f"New periods: {len(found.periods)}." if found.periods else "")
    parts.append("Late returns are in." if found.came else "")
    parts += [f"{heading}: {len(keys)}." for heading, keys in found.named.items()]
    return " ".join(part for part in parts if part)


def group(inputs: Inputs, one: Release, path: str) -> ChangeGroup:
    """The changes of a release against the one before it, for the page at ``path``."""
    old, found, name = inputs.revisions.before(one), inputs.revisions.told(one), str(one.id)
    files = tuple(
        File(words, addresses.relative(path, place), "")
        for words, place in (("Every change, CSV", changes_file(one)), ("Every figure as each release printed it, CSV", triangle_file(one)))
    )  # fmt: skip
    if old is None or found is None:
        return ChangeGroup(
            anchor_of(name),
            "Changes",
            "This is the first release.",
            (),
            "There is nothing to compare it with.",
            "",
            files,
        )
    rows = tuple(_row(inputs, change, path) for change in found.revised[:_MOST])
    words = " ".join((f"Set beside release {old.id}.", *map(_redefined, redefined(old, one)), *_words(inputs, found)))
    return ChangeGroup(
        anchor_of(name), f"Changes in {name}", words, rows, _NOTHING, _version(inputs, one, len(found.revised)), files
    )


def _version(inputs: Inputs, one: Release, revised: int) -> str:
    """Which of the three kinds of change it is, and why; and that rows are left out, where some are."""
    taken, number = inputs.revisions.steps[str(one.id)], inputs.revisions.versions[str(one.id)]
    more = (
        f" Of {revised:,} revised figures the first {_MOST} stand here; the file holds all." if revised > _MOST else ""
    )
    return f"Version {number}, a {taken.level.value} change: {'; '.join(taken.why)}.{more}"


def _redefined(one: Redefined) -> str:
    """A change of the catalogue, in words."""
    if one.field == NAME:
        return f"{one.indicator} was called “{one.old}” and is now “{one.new}”."
    if one.field in WORDS:
        return f"The words for the {one.field} of {one.indicator} are now “{one.new}”."
    if one.field == JUDGED:
        return f"Of {one.indicator} it now holds: {HOPED[one.new][:1].lower()}{HOPED[one.new][1:]}."
    return f"{one.indicator} has another {_FIELDS[one.field]}: {one.old} became {one.new}."


def _words(inputs: Inputs, found: Told) -> list[str]:
    parts = [f"New periods: {phrases.listed([*map(_period, found.periods)])}." if found.periods else ""]
    parts.append(f"Returns that came late: {places(found.came, inputs.areas, _period)}." if found.came else "")
    parts.append(
        f"Totals now hold other {HERE.areas}: {places(found.remade, inputs.areas, _period)}. Such a total is a new figure, not a revised one."
        if found.remade
        else ""
    )
    parts += [f"{heading}: {_names(inputs, keys)}." for heading, keys in found.named.items()]
    return [part for part in parts if part]


def _period(code: str) -> str:
    return Period.parse(code).label


def _names(inputs: Inputs, keys: Sequence[CellKey]) -> str:
    told_once = dict.fromkeys(
        f"{inputs.areas.by_code[key.area].name}, {_title(inputs, key)}, {_period(key.period)}" for key in keys
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
        _period(key.period),
        value(printed(change.old_value)),
        value(printed(change.new_value)),
        change.reason or ("" if inputs.areas.by_code[key.area].is_borough else _SUM),
    )
