"""``hook pre-push``: no real return leaves for a place that is not known to be private, and no workbook or table about
single children for any. Reads commits, not the folder."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath

from site_builder.cli.git import Repository, is_nothing
from site_builder.cli.plane import private_remotes, site_settings
from site_builder.confidential.descriptions import classification_of, strict_json
from site_builder.confidential.rules import disclosure, file, scope
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.rules.scope import RETURNS
from site_builder.confidential.standards import DESCRIPTOR, load_schemas
from site_builder.vocabulary.findings import Finding, Location, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.rules import Rule

_DEPTH = 5  # the parts of a path such as datapackages/returns/barnet/2024-25-Q1/return.csv
_MOST_ROWS = 1_000  # of the largest return of a partner there can be
_FIELDS = 4  # of a line: our ref and object, the remote's ref and object


def check_push(root: Path, address: str, lines: Iterable[str]) -> tuple[Finding, ...]:
    """What stops a push of the repository at ``root`` to ``address``.

    Workbooks, enormous files and tables about single children among returns are stopped on their way to any place, real
    returns on their way to one that the settings do not list as private.

    ``lines`` are those that git gives to a hook of this name. Every commit that would leave is read, also one whose
    return a later commit takes away again. Raises ConfigurationError for lines of another form.
    """
    pushed = [_objects(line) for line in lines if line.strip()]  # a line without an object of ours takes a branch away
    said = site_settings(root)
    listed = said.get("visibility") == "private" and address in private_remotes(said)
    repository, headers = Repository.of(root), {schema.columns for schema in load_schemas(root).values()}
    commits = {commit for ours, theirs in pushed if not is_nothing(ours) for commit in repository.leaving(ours, theirs)}
    found: set[Finding] = set()
    for commit in sorted(commits):
        brought = [PurePosixPath(one.path) for one in repository.touched(commit) if one.status != "D"]
        found.update(_unfit(repository, commit, brought, headers))
        found.update(() if listed else _real(repository, commit, brought))
    return in_order(found)


def _objects(line: str) -> tuple[str, str]:
    fields = line.split()
    if len(fields) != _FIELDS or not all(set(one) <= set("0123456789abcdef") for one in fields[1::2]):
        raise mistake("pre-push", "These are not the lines that git gives to this hook.", "Let git start it.")
    return fields[1], fields[3]


def _unfit(
    repository: Repository, commit: str, brought: Iterable[PurePosixPath], headers: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """What may lie among returns nowhere: attachments, enormous files, tables about single children."""
    for path in brought:
        if not path.is_relative_to(RETURNS):
            continue
        data = repository.file(commit, path.as_posix()) or b""
        yield from (_at(scope.attachment, flaw, path) for flaw in scope.attachment(path.name))
        yield from (_at(scope.too_large, flaw, path) for flaw in scope.too_large(path.name, len(data)))
        if path.suffix.casefold() == ".csv":
            yield from (_at(disclosure.child_level, flaw, path) for flaw in _about_children(data, headers))


def _about_children(data: bytes, headers: Container[tuple[str, ...]]) -> Iterator[Flaw]:
    lines = data.decode("utf-8-sig", "replace").splitlines()
    cells = tuple(file.cells_of(lines[0]) or ()) if lines else ()
    yield from disclosure.child_level(() if cells in headers else cells, len(lines) - 1, _MOST_ROWS)


def _at(rule: Rule, flaw: Flaw, path: PurePosixPath) -> Finding:
    return rule.finding(Location(path.as_posix(), flaw.row), flaw.problem, flaw.fix)


def _real(repository: Repository, commit: str, brought: Iterable[PurePosixPath]) -> Iterator[Finding]:
    """The real returns, and those that do not say what they are, that a commit brings."""
    for folder in sorted({folder for path in brought if (folder := _folder(path)) is not None}):
        found = _classification(repository.file(commit, (folder / DESCRIPTOR).as_posix()))
        if found is Classification.CONFIDENTIAL:
            rule, flaws = disclosure.real_return_in_public, disclosure.real_return_in_public(found, Visibility.PUBLIC)
        elif folder.is_relative_to(RETURNS):
            rule, flaws = disclosure.no_classification, disclosure.no_classification(found)
        else:
            continue
        for flaw in flaws:
            yield rule.finding(Location((folder / flaw.file).as_posix()), flaw.problem, flaw.fix)


def _folder(path: PurePosixPath) -> PurePosixPath | None:
    """The folder of the return that a path may be part of: any path in a folder of returns, and any description."""
    if path.is_relative_to(RETURNS) and len(path.parts) >= _DEPTH:
        return PurePosixPath(*path.parts[: _DEPTH - 1])
    return path.parent if path.name == DESCRIPTOR else None


def _classification(data: bytes | None) -> Classification | None:
    try:
        said = strict_json(data or b"")
    except (RecursionError, ValueError):
        return None
    return classification_of(said) if isinstance(said, dict) else None
