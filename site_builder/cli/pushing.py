"""``hook pre-push``: no real return, nor what a withdrawn release showed, leaves for a place that is not known to be private,
and no workbook or table about single children for any. Reads commits, not the folder."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath

from site_builder.cli.git import SUBMODULE, Repository, Touched, is_nothing
from site_builder.cli.plane import private_remotes, site_settings
from site_builder.confidential.descriptions import classification_of, strict_json
from site_builder.confidential.rules import disclosure, scope
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.rules.scope import RETURNS
from site_builder.confidential.standards import DESCRIPTOR, RETURN, load_schemas
from site_builder.confidential.withdrawing import not_in_public
from site_builder.confidential.withdrawn import FOLDER, PACKAGE
from site_builder.vocabulary.findings import Finding, Location, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.rules import Rule

KEPT = PurePosixPath(FOLDER)
_DEPTH = 5  # the parts of a path such as datapackages/returns/barnet/2024-25-Q1/return.csv
_MOST_ROWS = 1_000  # of the largest return of a partner there can be
_WORKBOOKS = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers"}
_FIELDS = 4  # of a line: our ref and object, the remote's ref and object


def check_push(root: Path, address: str, lines: Iterable[str]) -> tuple[Finding, ...]:
    """What stops a push of the repository at ``root`` to ``address``.

    Workbooks, enormous files and tables about single children among returns are stopped on their way to any place, real
    returns, and what withdrawn releases showed, on their way to one that the settings do not list as private.

    ``lines`` are those that git gives to a hook of this name. Every commit that would leave is read, also one whose
    return a later commit takes away again. Raises ConfigurationError for lines of another form.
    """
    pushed = [_objects(line) for line in lines if line.strip()]  # a line without an object of ours takes a branch away
    said = site_settings(root)
    listed = said.get("visibility") == "private" and address in private_remotes(said)
    repository, headers = Repository.of(root), {schema.columns for schema in load_schemas(root).values()}
    leaving = [(repository.commit(ours), theirs) for ours, theirs in pushed if not is_nothing(ours)]  # no tag of a file
    commits = {commit for ours, theirs in leaving for commit in repository.leaving(ours, theirs)}
    return in_order(brought_by(repository, commits, headers, listed=listed))


def brought_by(
    repository: Repository, commits: Iterable[str], headers: Container[tuple[str, ...]], *, listed: bool
) -> set[Finding]:
    """What commits bring that no place may hold and, unless the place is ``listed`` as private, what only such a one may.
    ``headers``: those of the tables of a return."""
    found: set[Finding] = set()
    for commit in sorted(commits):
        brought = [one for one in repository.touched(commit) if one.status != "D" and one.mode != SUBMODULE]
        found.update(_unfit(repository, brought, headers))
        found.update(() if listed else (*_real(repository, commit, brought), *_withdrawn(repository, commit, brought)))
    return found


def _objects(line: str) -> tuple[str, str]:
    fields = line.split()
    if len(fields) != _FIELDS or not all(set(one) <= set("0123456789abcdef") for one in fields[1::2]):
        raise mistake("pre-push", "These are not the lines that git gives to this hook.", "Let git start it.")
    return fields[1], fields[3]


def _unfit(
    repository: Repository, brought: Iterable[Touched], headers: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """What may lie nowhere: workbooks, and among returns also other attachments, enormous files, and tables about single
    children."""
    for one in brought:
        path = PurePosixPath(one.path)
        inside = path.is_relative_to(RETURNS)
        if inside or path.suffix.casefold() in _WORKBOOKS:
            yield from (_at(scope.attachment, flaw, path) for flaw in scope.attachment(path.name))
        if inside:
            data = repository.blob(one.oid) or b""
            yield from (_at(scope.too_large, flaw, path) for flaw in scope.too_large(path.name, len(data)))
            yield from (_at(disclosure.child_level, flaw, path) for flaw in _about_children(data, headers))


def _about_children(data: bytes, headers: Container[tuple[str, ...]]) -> Iterator[Flaw]:
    wide = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = data.decode(wide, "replace").splitlines()
    if lines and lines[0].lstrip().startswith("{"):
        return  # a description
    split = next((s for s in ";\t|" if s in (lines[0] if lines else "")), ",")
    cells = tuple(cell.strip(' "') for cell in lines[0].split(split)) if lines else ()
    yield from disclosure.child_level(() if cells in headers else cells, len(lines) - 1, _MOST_ROWS)


def _at(rule: Rule, flaw: Flaw, path: PurePosixPath) -> Finding:
    return rule.finding(Location(path.as_posix(), flaw.row), flaw.problem, flaw.fix)


def _real(repository: Repository, commit: str, brought: Iterable[Touched]) -> Iterator[Finding]:
    """The real returns, and those that do not say what they are, that a commit brings: in a folder of returns, with a
    description of their own anywhere, or as a table of figures that has none."""
    described = {PurePosixPath(one.path).parent: one.oid for one in brought if one.path.endswith(f"/{DESCRIPTOR}")}
    folders = {folder for one in brought if (folder := _folder(PurePosixPath(one.path))) is not None}
    for folder in sorted(folders):
        oid = described.get(folder)
        data = repository.blob(oid) if oid else repository.file(commit, (folder / DESCRIPTOR).as_posix())
        found = _classification(data)
        if found is Classification.CONFIDENTIAL:
            rule, flaws = disclosure.real_return_in_public, disclosure.real_return_in_public(found, Visibility.PUBLIC)
        elif folder.is_relative_to(RETURNS) or (found is None and not _is_open_data(data)):
            rule, flaws = disclosure.no_classification, disclosure.no_classification(found)
        else:
            continue
        for flaw in flaws:
            yield rule.finding(Location((folder / flaw.file).as_posix()), flaw.problem, flaw.fix)


def _withdrawn(repository: Repository, commit: str, brought: Iterable[Touched]) -> Iterator[Finding]:
    """What real releases showed that were withdrawn."""
    paths = (PurePosixPath(one.path) for one in brought)
    for folder in sorted({KEPT / path.relative_to(KEPT).parts[0] for path in paths if KEPT in path.parents[1:]}):
        said = repository.file(commit, (folder / PACKAGE / DESCRIPTOR).as_posix())
        if _classification(said) is not Classification.SYNTHETIC:
            yield not_in_public(folder.as_posix())


def _folder(path: PurePosixPath) -> PurePosixPath | None:
    """The folder of the return that a path may be part of: any path in a folder of returns, and any description."""
    if path.is_relative_to(RETURNS) and len(path.parts) >= _DEPTH:
        return PurePosixPath(*path.parts[: _DEPTH - 1])
    return path.parent if path.name in (DESCRIPTOR, RETURN) else None


def _is_open_data(data: bytes | None) -> bool:
    """Whether a description can be read and speaks of something else than a return: a release, or a publisher's data."""
    try:
        said = strict_json(data or b"")
    except (RecursionError, ValueError):
        return False
    return isinstance(said, dict) and said.get("classification") in ("published", "disclosure-controlled")


def _classification(data: bytes | None) -> Classification | None:
    try:
        said = strict_json(data or b"")
    except (RecursionError, ValueError):
        return None
    return classification_of(said) if isinstance(said, dict) else None
