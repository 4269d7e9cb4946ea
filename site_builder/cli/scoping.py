"""``check --changed-since``: what a pull request changed, first whether it may, then the returns among it in full.

The checkout at the root judges: its calendar, its submitters, its schema. What is judged is read from the repository that
holds the folder of returns, which may be another one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from site_builder.cli.git import SUBMODULE, Repository
from site_builder.cli.pushing import brought_by
from site_builder.confidential.checking import check_by, check_scope
from site_builder.confidential.descriptions import correction_of, strict_json
from site_builder.confidential.folders import Folder, ReturnPackage, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.returns import validate_alone
from site_builder.confidential.rules.scope import RETURNS, Change, Scope
from site_builder.confidential.standards import DESCRIPTOR, OPTIONAL_FILES, REQUIRED_FILES, Standards, load_standards
from site_builder.confidential.submitters import sender
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.releases import RELEASES
from site_builder.vocabulary.findings import Finding, Severity, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.releaseid import ReleaseId

Place = tuple[str, str]  # submitter and period


class Asked(NamedTuple):
    """What is asked of a pull request: since which commit, by whose account, on which day, and whether each changed
    return is validated once more on its own."""

    since: str
    author: str
    on: date
    each: bool


class Judged(NamedTuple):
    """``folders``: the changed returns that were checked in full, as messages name them."""

    findings: tuple[Finding, ...]
    folders: tuple[str, ...]


def check_changes(root: Path, returns: Path, visibility: Visibility, asked: Asked) -> Judged:
    """Stage S on all that changed; when it finds nothing, every other stage on the changed returns.

    Whether a changed return is real, and whether it holds rows about single children, is said in any case. Raises
    ConfigurationError when git cannot say what changed, or a file of reference cannot be read.
    """
    standards, ledger = load_standards(root), load_ledger(root / RELEASES)
    repository = Repository.of(returns)
    place = returns.resolve()
    if place != repository.top.resolve() / RETURNS:
        raise mistake("check", f"The folder of returns is not {RETURNS} of its repository.", "Name that folder.")
    first = repository.parting(asked.since)
    scope = scope_of(standards, ledger, repository, first, asked)
    headers = {schema.columns for schema in standards.schemas.values()}
    commits = repository.leaving(repository.commit("HEAD"), first)
    every = brought_by(repository, commits, headers, listed=visibility is Visibility.PRIVATE)
    brought = [one for one in every if one.where.file.startswith(f"{RETURNS}/")]  # examples of tests are no returns
    findings = check_scope(scope)
    top = place.parents[1]
    touched = [folder for folder in find_folders(place, top)[0] if (folder.submitter, folder.period) in scope.folders]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Judged(_with_past((*findings, *_unsafe(touched, standards, visibility)), brought), ())
    _must_be_here(scope, touched)
    if not touched:
        return Judged(_with_past(findings, brought), ())
    known = _before(repository, first, scope, standards, visibility)
    paths = [folder.path for folder in touched]
    result = check_by(standards, root, [place], visibility, packages=paths, before=known, shown_from=top)
    alone = [f for package in result.packages for f in validate_alone(package, standards)] if asked.each else []
    return Judged(_with_past((*findings, *result.findings, *alone), brought), result.folders)


def _must_be_here(scope: Scope, touched: Iterable[Folder]) -> None:
    """What was sent is read from the folder: it must hold what the commit says. Raises ConfigurationError."""
    if not {*scope.folders} <= {(folder.submitter, folder.period) for folder in touched}:
        raise mistake("check", "A return of the last commit is not in this folder.", "Check out that commit first.")


def _with_past(findings: Iterable[Finding], brought: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order, with those about what a commit brought and a later one took away again: it stays in the
    history, so that somebody has to know."""
    found = tuple(findings)
    said = {(one.rule, one.where.file) for one in found}
    return in_order((*found, *(one for one in brought if (one.rule, one.where.file) not in said)))


def scope_of(standards: Standards, ledger: Ledger, repository: Repository, first: str, asked: Asked) -> Scope:
    """All that stage S judges by, and what changed since a commit."""
    rounds = standards.collection.rounds
    scope = Scope(
        changes_of(repository, first),
        sender(standards.submitters, asked.author),
        {slug: one.name for slug, one in standards.submitters.items()},
        asked.on,
        {one.period.id: (one.opens, one.due) for one in rounds},
        released_in(ledger, (one.period for one in rounds)) if _is_released(standards, asked.author) else {},
        frozenset((one.submitter, one.period.id) for one in standards.collection.late if asked.on <= one.until),
    )
    claims = {place: claim for place in scope.folders if (claim := _corrected(repository, place)) is not None}
    return replace(
        scope,
        corrections=frozenset(place for place, claim in claims.items() if claim == scope.released.get(place[1])),
        unfounded=frozenset(place for place in claims if place[1] not in scope.released),
    )


def _is_released(standards: Standards, author: str) -> bool:
    """Whether releases hold what the account sends: a borough's figures, so far."""
    slug = sender(standards.submitters, author)
    return slug is None or standards.submitters[slug].area is not None


def changes_of(repository: Repository, first: str) -> tuple[Change, ...]:
    """What changed since a commit, with the size of each file."""
    touched = repository.changes(first)
    sizes = repository.sizes(one.oid for one in touched if one.status != "D" and one.mode != SUBMODULE)
    return tuple(Change(one.path, one.status, one.mode, sizes.get(one.oid, 0)) for one in touched)


def released_in(ledger: Ledger, periods: Iterable[Period]) -> dict[str, str]:
    """Period to the newest release that holds it: a release holds every period up to its own."""
    ids = [ReleaseId.parse(entry.id) for entry in ledger.entries]
    holding = {period.id: [str(one) for one in ids if period.end <= one.period.end] for period in periods}
    return {period: releases[-1] for period, releases in holding.items() if releases}


def _corrected(repository: Repository, place: Place) -> str | None:
    """The release that a return now says it corrects. Only the newest one that holds its period opens the return: a
    block that was answered by an earlier correction opens nothing."""
    try:
        said = strict_json(repository.file("HEAD", f"{RETURNS}/{place[0]}/{place[1]}/{DESCRIPTOR}") or b"")
        correction = correction_of(said["correction"])
    except (KeyError, RecursionError, TypeError, ValueError):
        return None
    return correction.release if correction is not None else None


def _before(
    repository: Repository, first: str, scope: Scope, standards: Standards, visibility: Visibility
) -> Mapping[Place, ReturnPackage]:
    """The released returns that are changed, as they stood before, where they could be read."""
    found: dict[Place, ReturnPackage] = {}
    with tempfile.TemporaryDirectory() as kept:
        for place in scope.folders:
            if place[1] not in scope.released or place in scope.late:
                continue
            folder = Path(kept, *place)
            folder.mkdir(parents=True)
            for name in (*REQUIRED_FILES, *OPTIONAL_FILES):
                data = repository.file(first, f"{RETURNS}/{place[0]}/{place[1]}/{name}")
                if data is not None:
                    (folder / name).write_bytes(data)
            package = pass_gates(Folder("", folder), standards, visibility).package
            if package is not None:
                found[place] = package
    return found


def _unsafe(folders: Iterable[Folder], standards: Standards, visibility: Visibility) -> list[Finding]:
    """What must not be here at all, of folders that are not checked any further."""
    found = [finding for folder in folders for finding in pass_gates(folder, standards, visibility).findings]
    return [finding for finding in found if finding.rule.startswith("D")]
