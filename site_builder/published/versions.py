"""Version numbers of releases, worked out from what differs. A number is never typed.

The three kinds are those of the DfE's data sets. MAJOR: something that stood goes, is renamed, redefined or
judged another way, or an area counts towards another part, so that a program that found it may fail or mislead. MINOR: a planned release adds or revises. PATCH: a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from site_builder.published.changes import Change, changes, place_of
from site_builder.published.phrases import count_word, listed
from site_builder.release.cells import CellKey
from site_builder.release.releases import Release
from site_builder.release.tables import csv_rows
from site_builder.release.withdrawals import Withdrawal

NAME, WORDS = "title", ("numerator", "denominator")  # words are mended without a new version
_DEFINITION = ("definition_version", "kind", "unit", "multiplier")
JUDGED = "polarity"  # figures stay, and what is said of them turns round
_NAMED = 8  # of codes or names in one reason; more are counted


class Level(Enum):
    """How much a release changes, in the words of data sets."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


class Step(NamedTuple):
    """From one release to a later one. ``why``: clauses in plain words, the weightiest first; never empty."""

    level: Level
    why: tuple[str, ...]


class Redefined(NamedTuple):
    """What a catalogue says otherwise of an indicator. ``field``: a column of ``indicators.csv``."""

    indicator: str
    field: str
    old: str
    new: str


def version_of(releases: Sequence[Release], withdrawn: Iterable[Withdrawal] = ()) -> dict[str, str]:
    """The id of each release to its ``MAJOR.MINOR.PATCH``. ``releases`` in the order of the ledger; the first is 1.0.0.
    ``withdrawn``: whose numbers are not given again."""
    steps = [step(old, new, changes(old, new)) for old, new in pairwise(releases)]
    return numbered(releases, steps, withdrawn)


def numbered(
    releases: Sequence[Release], steps: Iterable[Step], withdrawn: Iterable[Withdrawal] = ()
) -> dict[str, str]:
    """The same where the steps between the releases are known."""
    used: dict[str, list[tuple[int, ...]]] = {}
    for gone in withdrawn:
        used.setdefault(gone.after, []).append(_parts(gone.version))
    names = [str(one.id) for one in releases]
    at = _next(max(used[""]), Level.MINOR) if "" in used else (1, 0, 0)
    found = {name: at for name in names[:1]}
    for before, name, taken in zip(names, names[1:], steps, strict=False):
        at = _next(max([at, *used.get(before, ())]), taken.level)
        found[name] = at
    return {name: ".".join(map(str, parts)) for name, parts in found.items()}


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _next(version: tuple[int, ...], level: Level) -> tuple[int, ...]:
    major, minor, patch = version
    match level:
        case Level.MAJOR:
            return major + 1, 0, 0
        case Level.MINOR:
            return major, minor + 1, 0
        case Level.PATCH:
            return major, minor, patch + 1


def step(old: Release, new: Release, made: Sequence[Change]) -> Step:
    """How much the later of two releases changes, and why. ``made``: the changes between them."""
    gone = tuple(_gone(old, new, made))
    added = tuple(_added(old, new))
    revised = tuple(_revised(made))
    correction = ("it is a correction",) if corrects(new, old) else ()
    if gone:
        return Step(Level.MAJOR, (*gone, *added, *revised))
    if added:
        return Step(Level.MINOR, (*added, *revised))
    if correction or not revised:
        return Step(Level.PATCH, (*correction, *(revised or ("no figure differs",))))
    return Step(Level.MINOR, revised)


def corrects(one: Release, before: Release | None) -> bool:
    """Whether a release corrects the one before it; its number alone does not tell, since that one may be withdrawn."""
    return one.id.correction > 0 and before is not None and before.id.period == one.id.period


def redefined(old: Release, new: Release) -> tuple[Redefined, ...]:
    """What the catalogues of two releases say otherwise of the same indicators, in order of code and column."""
    before, after = _catalogue(old), _catalogue(new)
    return tuple(
        Redefined(code, field, before[code][field], after[code][field])
        for code in sorted(before.keys() & after.keys())
        for field in (NAME, *_DEFINITION, JUDGED, *WORDS)
        if before[code][field] != after[code][field]
    )


def _gone(old: Release, new: Release, made: Iterable[Change]) -> Iterator[str]:
    """What no longer stands as it stood."""
    before, after = _held(c.key for c in old.cells), _held(c.key for c in new.cells)
    for what in before:
        yield from _clause(what, before[what] - after[what], "gone")
    if _held_whole(before, after):
        standing = {place_of(cell.key) for cell in new.cells}
        lost = {place_of(c.key) for c in made if c.kind == "removed"} - standing
        yield from ((f"{_number(len(lost), 'figure')} {'is' if len(lost) == 1 else 'are'} gone",) if lost else ())
    differing = redefined(old, new)
    yield from _clause("indicator", {one.indicator for one in differing if one.field == NAME}, "renamed")
    yield from _clause("indicator", {one.indicator for one in differing if one.field in _DEFINITION}, "redefined")
    yield from _clause("indicator", {one.indicator for one in differing if one.field == JUDGED}, "judged another way")
    names, now = _areas(old), _areas(new)
    for column, became in (("name", "renamed"), ("level", "on another level"), ("region", "in another part")):
        moved = (code for code in names.keys() & now.keys() if names[code][column] != now[code][column])
        yield from _clause("area", {names[code]["name"] for code in moved}, became)


def _added(old: Release, new: Release) -> Iterator[str]:
    before, after = _held(c.key for c in old.cells), _held(c.key for c in new.cells)
    for what in before:
        yield from _clause(what, after[what] - before[what], "new")


def _revised(made: Iterable[Change]) -> Iterator[str]:
    told = {
        "revised": "revised",
        "now-shown": "shown for the first time",
        "now-withheld": "no longer shown, or for another reason",
        "status-only": "marked otherwise",
    }
    kinds = [change.kind for change in made]
    for kind, words in told.items():
        if number := kinds.count(kind):
            yield f"{_number(number, 'count')} {'is' if number == 1 else 'are'} {words}"


def _held(keys: Iterable[CellKey]) -> dict[str, set[str]]:
    """Every indicator, breakdown of one, area and period that some cells are of."""
    found: dict[str, set[str]] = {"indicator": set(), "breakdown": set(), "area": set(), "period": set()}
    for key in keys:
        found["indicator"].add(key.indicator)
        found["area"].add(key.area)
        found["period"].add(key.period)
        if key.breakdown != "total":
            found["breakdown"].add(f"{key.indicator} {key.breakdown}")
    return found


def _held_whole(before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> bool:
    """Whether nothing of the earlier release is gone as a whole: only then are single figures worth counting."""
    return all(before[what] <= after[what] for what in before)


def _clause(what: str, names: set[str], became: str) -> Iterator[str]:
    """``SG01 is renamed`` for a few indicators, ``five periods are new`` for what needs no names or is too much to name."""
    if not names:
        return
    are = "is" if len(names) == 1 else "are"
    if what == "period" or len(names) > _NAMED:
        yield f"{_number(len(names), what)} {are} {became}"
    else:
        yield f"{listed(sorted(names))} {are} {became}"


def _number(number: int, what: str) -> str:
    return f"{count_word(number)} {what}{'' if number == 1 else 's'}"


def _catalogue(one: Release) -> dict[str, dict[str, str]]:
    return {row["indicator"]: row for row in csv_rows(one.files["indicators.csv"])}


def _areas(one: Release) -> dict[str, dict[str, str]]:
    return {row["area"]: row for row in csv_rows(one.files["areas.csv"])}
