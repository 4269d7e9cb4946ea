"""The confidential side as one readable list of steps: from returns to a release that proves itself, or to no release.

Beside the readers of returns and of the setting, the only module here that touches the disk. The proof is made by a
process of its own that is given the package and the earlier releases, and no folder of returns.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.confidential.checking import check_by
from site_builder.confidential.decisions import FOLDER, decisions_bytes
from site_builder.confidential.draft import Draft, draft, revised_cells, unannounced
from site_builder.confidential.gate import as_finding
from site_builder.confidential.observations import Observations, observations_of, waiting
from site_builder.confidential.setting import Setting, key_of, prepare
from site_builder.confidential.suppress.costs import salt_of
from site_builder.confidential.surroundings import attacker, structure_of, told_of, world_of, world_seen
from site_builder.confidential.tabulate import tabulate
from site_builder.confidential.texts import crossing
from site_builder.confidential.ties import Ties
from site_builder.confidential.twins import contradicted
from site_builder.confidential.withdrawn import refuse_shown, revised_since
from site_builder.release import package
from site_builder.release.identities import identities, undeclared
from site_builder.release.ledger import FILE as LEDGER
from site_builder.release.releases import Note, State, load_release, package_bytes
from site_builder.release.structure import Structure
from site_builder.release.writing import package_files
from site_builder.vocabulary.findings import Finding, Location, Severity, blocks, in_order
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal

_REFUSED, _CHANGED = 3, 4  # how the process that makes the proof ends


@dataclass(frozen=True, slots=True)
class Outcome:
    """``folder``: where the release was written, None when the returns are not clean. ``findings``: what is to be said;
    they block exactly when there is no folder."""

    folder: Path | None
    findings: tuple[Finding, ...]


def make_release(
    root: Path,
    returns_roots: Sequence[Path],
    release_id: str,
    published_on: date | None,
    visibility: Visibility,
    *,
    out: Path | None = None,
    resolve: bool = False,
    workers: int = 1,
) -> Outcome:
    """Make a release from the returns below ``returns_roots`` and write it, with a line of the ledger.

    ``published_on``: default the day in the ledger, else in the calendar. With ``out`` the package is written into that
    folder, which must not exist, and the ledger stays: for a draft, or to make a release again byte for byte.
    ``resolve`` searches the pattern again instead of taking the one decided earlier.

    Raises DisclosureRefusal (exit 3) when it would not be safe or a real return lies in public, IntegrityRefusal (4)
    when the release exists or an earlier one was changed, ConfigurationError (2) when a reference is missing.
    """
    setting = prepare(root, release_id, published_on, is_new=out is None)
    checked = check_by(setting.standards, root, returns_roots, visibility, workers=workers)
    if blocks(checked.findings):
        return Outcome(None, tuple(f for f in checked.findings if f.severity is not Severity.INFO))
    observations = observations_of(checked.packages, setting.standards)
    table = tabulate(observations, setting.standards, setting.populations, setting.id.period)
    setting = replace(setting, told=told_of(setting, observations, table))
    world = world_of(setting, observations, table, resolve=resolve)
    seen = world_seen(setting, observations, world)
    wrong = {*unannounced(table, world), *unannounced(table, seen), *contradicted(setting.told, table)}
    if wrong:
        return Outcome(None, in_order(wrong))
    made = draft(table, world, attacker(setting, world, seen, table))
    refuse_shown(release_id, made.cells, setting.seen.figures)
    odd = undeclared_ties(made, structure_of(setting, table.members, made.patterns, made.cells), setting.standards.ties)
    if odd:
        return Outcome(None, odd)
    files = proved(setting, draft_files(setting, observations, made))
    kept = [as_finding(one.folder, waiting, f) for one in checked.packages for f in waiting(one, setting.standards)]
    kept_back: Mapping[str, bytes] = {}
    if seen is not world and out is None:  # what a draft revises is nothing that readers saw
        kept_back = revised_since(release_id, revised_cells(made.cells, made.patterns, seen))
    return Outcome(_put_down(setting, files, made, out, kept_back), (*made.findings, *kept))


def undeclared_ties(made: Draft, structure: Structure, ties: Ties) -> tuple[Finding, ...]:
    """A question for each sum between indicators that holds wherever all is shown and that nobody declared."""
    chance = {(names[0], *sorted(names[1:])) for names in ties.chance}
    return tuple(undeclared(one) for one in identities(made.cells, structure) if one not in chance)


def draft_files(setting: Setting, observations: Observations, made: Draft) -> dict[str, bytes]:
    """The files of the package but for its proof. Real returns give a disclosure-controlled release."""
    synthetic = observations.classification is Classification.SYNTHETIC
    return package_files(
        setting.id,
        setting.published_on,
        Classification.SYNTHETIC if synthetic else Classification.DISCLOSURE_CONTROLLED,
        made.cells,
        structure_of(setting, made.table.members, made.patterns, made.cells),
        setting.policy,
        made.revised,
        [Note(note.area, note.indicator, note.period, note.text) for note in made.notes],
        [State(*row) for row in made.table.states.itertuples(index=False, name=None)],
        setting.standards.areas,
        list(setting.standards.catalogue.values()),
        setting.pins,
        setting.told,
        salt_of(key_of(setting.root, observations.classification), str(setting.id)),
        crossing(observations.texts, made.cells, setting.standards, setting.id.period),
    )


def proved(setting: Setting, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with their proof, made by another process and checked here. Raises DisclosureRefusal without one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / str(setting.id)
        package.write_files(folder, files)
        _seal(folder, setting.releases)
        load_release(folder, setting.editions, setting.ledger)
        return package_bytes(folder)


def _seal(folder: Path, releases: Path) -> None:
    """Let a process that knows no returns make the proof. Raises the refusal with which it ended."""
    words = [sys.executable, "-m", "site_builder.release.sealing", str(folder), str(releases.resolve())]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  (our own module)
    if ended.returncode in (_REFUSED, _CHANGED):
        kind: Callable[..., DisclosureRefusal | IntegrityRefusal]
        kind = DisclosureRefusal if ended.returncode == _REFUSED else IntegrityRefusal
        raise kind(*(_finding(*json.loads(line)) for line in ended.stdout.splitlines()))
    if ended.returncode:
        raise RuntimeError("the process that makes the proof has failed")


def _finding(rule: str, file: str, problem: str, fix: str) -> Finding:
    return Finding(rule, Severity.ERROR, Location(file), problem, fix)


def _put_down(
    setting: Setting, files: Mapping[str, bytes], made: Draft, out: Path | None, kept_back: Mapping[str, bytes]
) -> Path:
    """Write the package, then the decisions and the line of the ledger. ``kept_back``: further files of the private place,
    by path."""
    folder = out if out is not None else setting.releases / str(setting.id)
    sealed = package.sha256(files[package.CHECKSUMS])
    ledger = setting.ledger.append(setting.id, sealed, setting.published_on) if out is None else None
    package.write_new(folder, files)
    marks = [mark for pattern in made.patterns.values() for mark in pattern.marks()]
    package.write_files(setting.root, {f"{FOLDER}/{setting.id}.csv": decisions_bytes(marks), **kept_back})
    if ledger is not None:
        package.write_files(setting.releases, {LEDGER: ledger.to_bytes()})
    return folder
