"""Downloads whose bytes never change: made again in every build, and held against what was written down at their first.

A record is a list of checksums beside the packages, ``datapackages/releases/<id>.downloads.sha256``. It speaks of files that
are made from a release's package alone, in plain text: tables of indicators and areas, the DfE's pairs, what changed, and
metadata. Other files of a release (pictures, workbooks, archives) keep their address and their figures, while their bytes
may change with the library that writes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from site_builder.published.downloads.places import CSVW, area_files, files_of
from site_builder.published.downloads.revisions import changes_file, triangle_file
from site_builder.published.trees import Tree
from site_builder.release.ledger import load_ledger
from site_builder.release.package import checksums_of, read_checksums, refusal
from site_builder.release.releases import RECORD, RELEASES
from site_builder.vocabulary.areas import LONDON

_FOLDER = "ees/"


def frozen_of(tree: Tree, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of a release's files whose bytes never change. ``paths``: all of them, from the root of the site."""
    inputs = tree.inputs
    tables = {files_of(inputs, one).csv for one in inputs.figures.values()}
    tables |= {
        one.csv
        for area in (inputs.areas.by_code[LONDON], *inputs.areas.boroughs)
        for one in area_files(inputs, area.slug)
    }
    named = {tree.start + CSVW, changes_file(tree.release), triangle_file(tree.release)}
    pairs = tree.start + _FOLDER
    return tuple(
        path
        for path in sorted(paths)
        if path in tables
        or path in named
        or (path.startswith(pairs) and path.endswith(".csv"))  # its guide has a contact
    )


def load_records(root: Path) -> dict[str, Mapping[str, str]]:
    """Release to the checksums of its frozen downloads, of every release that has a record."""
    found = sorted((root / RELEASES).glob(f"*{RECORD}"))
    return {path.name.removesuffix(RECORD): read_checksums(path.read_bytes()) for path in found}


def unrecorded(root: Path) -> tuple[str, ...]:
    """Releases of the ledger whose downloads nobody has written down, in order."""
    records = load_records(root)
    return tuple(entry.id for entry in load_ledger(root / RELEASES).standing if entry.id not in records)


def refuse_strays(records: Mapping[str, Mapping[str, str]], releases: Collection[str]) -> None:
    """Raises IntegrityRefusal (D913) for a record that holds nothing: one that is empty, or was renamed and is of no
    release."""
    if empty := sorted(name for name, record in records.items() if not record):
        raise refusal(f"{empty[0]}{RECORD}", "This record is empty.", "Restore it.")
    if strays := sorted(set(records) - set(releases)):
        raise refusal(f"{strays[0]}{RECORD}", "This record is of no release.", "Restore its name.")


def refuse_changed(release: str, record: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raises IntegrityRefusal (D913) when a frozen download is not the one that was written down, or is gone. One that is
    new, because a later program makes more, is no change of those that stand."""
    if odd := sorted(path for path in record if record[path] != now.get(path)):
        others = f" So are {len(odd) - 1} more." if len(odd) > 1 else ""
        raise refusal(
            f"releases/{release}/{odd[0]}",
            f"A published download would change.{others}",
            "Undo what changed it. A new form or method gets a number of its own, and releases before keep the old one.",
        )


def record(root: Path, release: str, digests: Mapping[str, str]) -> Path:
    """Write down the frozen downloads of a release. Raises IntegrityRefusal (D913) when that was done before."""
    path = root / RELEASES / f"{release}{RECORD}"
    if path.exists():
        raise refusal(
            path.name, "The downloads of this release are written down already.", "Leave the record as it is."
        )
    path.write_bytes(checksums_of(digests))
    return path
