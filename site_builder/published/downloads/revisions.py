"""What a release changed, and the revision triangle, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.changes import as_csv, definitions, kind_of, place_of
from site_builder.published.downloads.table import file_name
from site_builder.published.revisions import Revisions, hidden_in
from site_builder.release.cells import KEY, Cell, CellKey
from site_builder.release.releases import Release
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.symbols import Withheld

TRIANGLE = ("classification", "release", *KEY, "value", "withheld", "obs_status", "kind")
REMOVED = "removed"
_HIDDEN = Withheld.CONFIDENTIAL.value


class Line(NamedTuple):
    """One cell from a release on: ``release`` printed it otherwise than the one before, in the way of ``kind``. A cell
    that was removed has neither a value nor a mark."""

    release: str
    key: CellKey
    value: str
    withheld: str
    obs_status: str
    kind: str


def changes_file(one: Release) -> str:
    """Where the changes of a release stand."""
    return _place(one, "changes")


def triangle_file(one: Release) -> str:
    """Where the revision triangle up to a release stands."""
    return _place(one, "triangle")


def changes_csv(revisions: Revisions, one: Release) -> bytes:
    """What a release changed against the one that it follows; the header alone for the first."""
    old = revisions.before(one)
    follows = str(old.id) if old is not None else ""
    return as_csv(revisions.as_published(one), follows, str(one.id), one.classification.value)


def triangle_csv(releases: Sequence[Release]) -> bytes:
    """The triangle of all these releases, under TRIANGLE; each line has the classification of its own release. ``releases``
    in the order of the ledger, one at least."""
    about = {str(one.id): (one.classification.value, str(one.id)) for one in releases}
    return csv_bytes(
        TRIANGLE,
        (
            (*about[one.release], *one.key, one.value, one.withheld, one.obs_status, one.kind)
            for one in triangle(releases)
        ),
    )


def triangle(releases: Sequence[Release]) -> Iterator[Line]:
    """A line wherever a release prints a cell otherwise than the one before: by cell, then in the order of releases.

    What a release printed of a cell is the last line at or before it. Where the last of the releases hides a cell, no
    line has its value; each that had one has the mark ``c``.
    """
    hidden = hidden_in(releases[-1])
    found: dict[CellKey, list[Line]] = {}
    standing: dict[CellKey, Cell] = {}
    for one in releases:
        now = {cell.key: cell for cell in one.cells}
        known = definitions(standing)
        for key in {*standing, *now}:
            if kind := kind_of(standing.get(key), now.get(key), known):
                found.setdefault(key, []).append(_line(str(one.id), key, now.get(key), kind))
        standing = now
    for key in sorted(found):
        covered = place_of(key) in hidden
        yield from (one._replace(value="", withheld=_HIDDEN) if covered and one.value else one for one in found[key])


def _line(release: str, key: CellKey, cell: Cell | None, kind: str) -> Line:
    if cell is None:
        return Line(release, key, "", "", "", kind)
    return Line(release, key, cell.value, cell.withheld, cell.obs_status, kind)


def _place(one: Release, stem: str) -> str:
    return addresses.release_file(str(one.id), file_name(stem, "csv", one.classification.value))
