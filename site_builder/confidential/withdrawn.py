"""What withdrawn releases showed. A reader may have kept it, so it counts as known for ever, and it is written down in
private alone: the public ledger must not publish it again.

``datapackages/decisions/withdrawn/<release>/`` of a returns repository holds the package, and ``figures.csv``: the figures
that must never stand anywhere again.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.confidential.decisions import FOLDER as DECISIONS
from site_builder.release.attack import Weakness, attack
from site_builder.release.bases import Edition
from site_builder.release.cells import KEY, CellKey, PublicCells
from site_builder.release.ledger import WITHDRAWN, Ledger
from site_builder.release.releases import edition_of, package_bytes
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.release.texts import About
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.rules import rule

FOLDER = f"{DECISIONS}/withdrawn"
PACKAGE, FIGURES = "package", "figures.csv"
COLUMNS = ("indicator", "area", "period")
_REVISED = ".revised.csv"  # behind the id of a release that follows a withdrawn one
_NARROWED, _CLASH = "D904", "D912"


class Seen(NamedTuple):
    """Everything that readers ever saw, in the order of the ledger, withdrawn releases too; and the figures that must never
    stand again."""

    editions: tuple[Edition, ...] = ()
    figures: frozenset[About] = frozenset()


@rule("D922", Severity.ERROR, "what a withdrawn release showed is not at hand")
def not_at_hand(release: str) -> Finding:
    """What it checks: before a release is made, everything that readers ever saw is known, withdrawn releases included.

    Why it matters: a figure that was shown for a day is known for ever. A release that is proved without it may give away
    another one.

    Example: a release is made in a new copy of the returns repository, which lacks what was kept of the withdrawn one.

    How to fix: bring the folder of the withdrawn release back from where it is kept, in private, and release again.
    """
    fix = f"Bring back {FOLDER}/{release} in the private place."
    return _finding("D922", release, "This release was withdrawn, and what it showed is not at hand.", fix)


@rule("D923", Severity.ERROR, "a withdrawn figure would be shown again")
def shown_again(place: str) -> Finding:
    """What it checks: no release shows a figure for which another one was withdrawn.

    Why it matters: what was taken back must stay back, whatever the rules say of it.

    Example: a zero that had to be taken back, of an indicator whose zeros are shown.

    How to fix: hide zeros of the indicator, or publish it from a wider area up. If a release that stands shows the figure,
    withdraw that one too.
    """
    fix = "Hide zeros of the indicator, or withdraw the release that shows it."
    return _finding("D923", place, "A figure that was withdrawn would be shown again.", fix)


RULES = (not_at_hand, shown_again)


def load_seen(root: Path, ledger: Ledger, standing: Sequence[Edition]) -> Seen:
    """What readers saw up to the end of a ledger. ``standing``: the editions of its releases that stand, in order.

    Raises DisclosureRefusal when what a withdrawn one showed is not at hand (D922) or one that stands shows the same (D923),
    IntegrityRefusal when it was changed, ConfigurationError when its list of figures cannot be read.
    """
    if not ledger.withdrawn:
        return Seen(tuple(standing))
    by_id = {one.release: one for one in standing}
    editions: list[Edition] = []
    figures: set[About] = set()
    for entry in ledger.entries:
        if entry.kind != WITHDRAWN:
            editions.append(_as_followed(root, by_id[entry.id]))
            continue
        folder = root / FOLDER / entry.id
        if not (folder / PACKAGE).is_dir():
            raise DisclosureRefusal(not_at_hand(entry.id))
        gone = _as_followed(root, edition_of(package_bytes(folder / PACKAGE)))
        named = read_figures(folder / FIGURES)
        if also := next((one.release for one in standing if shows_too(one, gone, named)), None):
            raise DisclosureRefusal(shown_again(also))
        editions.append(gone)
        figures |= named
    return Seen(tuple(editions), frozenset(figures))


def read_figures(path: Path) -> frozenset[About]:
    """A list of figures. Raises ConfigurationError when it is no such list, or is empty."""
    try:
        rows = csv_rows(path.read_bytes().removeprefix(BOM_UTF8))  # as a spreadsheet saves it
        found = frozenset(About(row["area"], row["indicator"], row["period"]) for row in rows)
    except (OSError, KeyError, ValueError) as error:
        raise mistake(
            path.name, "The list of figures cannot be read.", f"Its columns are {', '.join(COLUMNS)}."
        ) from error
    if not found:
        raise mistake(path.name, "The list of figures is empty.", "Name each figure that must not stand, one a line.")
    return found


def shows_too(one: Edition, gone: Edition, figures: Collection[About]) -> bool:
    """Whether an edition shows one of the figures as a withdrawn one did; another number there, revised since, is no harm."""
    lost = {(c.key, c.value) for c in gone.cells if c.value and about(c.key) in figures}
    return any((c.key, c.value) in lost for c in one.cells)


def about(key: CellKey) -> About:
    """The figure that a cell is part of."""
    return About(key.area, key.indicator, key.period)


def figures_bytes(figures: Iterable[About]) -> bytes:
    """The list again, in order."""
    return csv_bytes(COLUMNS, sorted((one.indicator, one.area, one.period) for one in figures))


def refuse_shown(release: str, cells: PublicCells, figures: Collection[About]) -> None:
    """Raises DisclosureRefusal (D923) when a cell shows one of the figures. Names its indicator only."""
    found = {c.key.indicator for c in cells if c.value and about(c.key) in figures}
    if found:
        raise DisclosureRefusal(*(shown_again(f"{release}: {code}") for code in sorted(found)))


def revised_since(release: str, keys: Iterable[CellKey]) -> dict[str, bytes]:
    """What a release revises of the withdrawn one before it, as a file of the private place: its package names only what
    differs from a release that stands."""
    return {f"{FOLDER}/{release}{_REVISED}": csv_bytes(KEY, sorted(keys))}


def narrowed_beyond(seen: Sequence[Edition], now: Edition) -> tuple[CellKey, ...]:
    """What a reader of everything ever seen could narrow with a new edition, and could not without its figures. What a
    withdrawn release gave away is lost and is no target."""
    marks = PublicCells.from_frame(now.cells.frame.loc[lambda frame: frame["value"] == ""])
    told = {(one.key, one.code) for one in attack([*seen, now._replace(cells=marks)]).weaknesses}
    return tuple(one.key for one in attack([*seen, now]).weaknesses if not _is_told(one, told))


def _is_told(one: Weakness, told: Collection[tuple[CellKey, str]]) -> bool:
    """Whether as much was known before: what was narrowed may not be worked out now. Figures that cannot all be true tell
    nothing: nobody could say then what follows from them."""
    known = {code for key, code in told if key == one.key} - {_CLASH}
    return bool(known - {_NARROWED}) or one.code in known


def _as_followed(root: Path, edition: Edition) -> Edition:
    """An edition with what it revises of the one before it that readers saw."""
    path = root / FOLDER / f"{edition.release}{_REVISED}"
    if not path.exists():
        return edition
    return edition._replace(revised=frozenset(CellKey.of_row(row) for row in csv_rows(path.read_bytes())))


def _finding(code: str, place: str, problem: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, Location(place), problem, fix)
