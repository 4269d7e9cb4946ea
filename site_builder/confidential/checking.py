"""The check of returns from end to end: gates, rules stage by stage, the second check, and explanations."""

from __future__ import annotations

import multiprocessing
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.confidential import returns
from site_builder.confidential.comparing import compare, one_of_each
from site_builder.confidential.docket import Docket, answering, settled
from site_builder.confidential.folders import Folder, ReturnPackage, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.judging import BY_CODE, judge, said_of, sharing
from site_builder.confidential.rules import disclosure, scope
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import Standards, load_standards
from site_builder.confidential.stubs import Asked, asked_of
from site_builder.confidential.verdicts import Verdicts, verdicts_of
from site_builder.vocabulary.findings import Finding, Location, blocks, in_order
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.place import settle
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.rules import Rule, Stage


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``findings`` in order; ``packages`` those returns that have no error and no open query, with the
    explanations that are asked for; ``folders`` all that were
    looked at, as messages name them; ``asked`` what open queries ask of them."""

    findings: tuple[Finding, ...]
    packages: tuple[ReturnPackage, ...] = field(repr=False)
    folders: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = field(default=(), repr=False)

    @property
    def checked(self) -> int:
        """How many folders were looked at."""
        return len(self.folders)


def check_returns(
    root: Path,
    returns_roots: Sequence[Path],
    visibility: Visibility,
    only: Collection[Stage] | None = None,
    packages: Sequence[Path] | None = None,
    workers: int = 1,
    *,
    cached: bool = False,
) -> CheckResult:
    """Check the returns below ``returns_roots`` by the standards of the checkout at ``root``.

    ``packages`` limits what is reported to these folders; the others still serve for comparison. ``only`` limits the
    stages that are reported, except that stage D always is. ``cached`` reads and keeps verdicts in the checkout; what
    is found is the same. Raises ConfigurationError when a path holds no return.
    """
    verdicts = verdicts_of(root) if cached else None
    return check_by(load_standards(root), root, returns_roots, visibility, only, packages, workers, verdicts)


def check_by(
    standards: Standards,
    root: Path,
    returns_roots: Sequence[Path],
    visibility: Visibility,
    only: Collection[Stage] | None = None,
    packages: Sequence[Path] | None = None,
    workers: int = 1,
    verdicts: Verdicts | None = None,
    before: Mapping[tuple[str, str], ReturnPackage] | None = None,
    shown_from: Path | None = None,
) -> CheckResult:
    """``check_returns`` by standards that are at hand; ``root`` is the checkout that judges. ``verdicts``: those of these
    standards, where they are kept. ``before``: returns as they stood when they were released, by submitter and period;
    what differs is a correction (T706). ``shown_from``: the folder from which messages name paths, where it is another
    than ``root``."""
    top = shown_from or root
    found = [find_folders(returns_root, top) for returns_root in returns_roots]
    folders = [folder for some, _ in found for folder in some]
    chosen = _chosen(folders, packages, top)
    dockets = _first_stages(folders, standards, visibility, workers, verdicts)
    _keys_across(one_of_each(docket for docket in dockets if docket.folder in chosen), standards)
    compare(dockets, standards, root, before or {})
    loose = list(_strays(label for _, strays in found for label in strays)) if packages is None else []
    mine = [docket for docket in dockets if docket.folder in chosen]
    loose += _mixed(mine, root, returns_roots)
    judged = [(docket, settled(docket)) for docket in mine]
    findings = [finding for _, some in judged for finding in some] + loose
    return CheckResult(
        in_order(f for f in findings if only is None or Stage[f.rule[0]] in {*only, Stage.D}),
        tuple(
            replace(docket.package, explanations=answering(docket))
            for docket, some in judged
            if docket.package is not None and not blocks(some)
        ),
        tuple(docket.folder.label for docket in mine),
        tuple(asked for docket in mine if (asked := asked_of(docket)) is not None),
    )


def check_scope(change_set: scope.Scope) -> tuple[Finding, ...]:
    """Stage S on a list of changed paths: what a return may touch, and when."""
    findings = [_at_path(rule, flaw) for rule in scope.SCOPE_RULES for flaw in rule(change_set)]
    for change in change_set.changes:
        if change.folder is None or change.status == "D":
            continue
        regular = change.mode == "100644" and len(Path(change.path).parts) == 5
        flaws = list(scope.attachment(change.path))
        findings += [_at_path(scope.attachment, flaw) for flaw in flaws]
        if not flaws:
            names = scope.not_a_return_file(change.path, regular=regular)
            findings += [_at_path(scope.not_a_return_file, flaw) for flaw in names]
        findings += [_at_path(scope.too_large, flaw) for flaw in scope.too_large(change.path, change.size)]
    return in_order(findings)


def _chosen(folders: Sequence[Folder], packages: Sequence[Path] | None, root: Path) -> set[Folder]:
    if packages is None:
        return set(folders)
    chosen: set[Folder] = set()
    for path in packages:
        full = path if path.is_absolute() else root / path
        some = [f for f in folders if full == f.path or full in f.path.parents or f.path in full.parents]
        if not some:
            raise mistake(path.as_posix(), "There is no return at this path.", "Name the folder of a return.")
        chosen.update(some)
    return chosen


def _first_stages(
    folders: Sequence[Folder], standards: Standards, visibility: Visibility, workers: int, verdicts: Verdicts | None
) -> list[Docket]:
    """``first_stages`` for every folder, in order of the folders whatever the number of processes."""
    if workers <= 1 or len(folders) < 2 * workers:
        return first_stages(folders, standards, visibility, verdicts)
    size = -(-len(folders) // workers)
    parts = [folders[start : start + size] for start in range(0, len(folders), size)]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), settle, (HERE,)) as pool:
        jobs = [pool.submit(first_stages, part, standards, visibility, verdicts) for part in parts]
        return [docket for job in jobs for docket in job.result()]


def judge_alone(package: ReturnPackage, standards: Standards) -> tuple[Finding, ...]:
    """What stages C, K and V and the second check find in one return, with nothing to compare it with; answered queries
    are remarks."""
    docket = Docket(package.folder, package, [], skipped={code for code in BY_CODE if code[0] in "TXD"})
    for code, flaw in judge([package], standards)[0]:
        docket.add(BY_CODE[code], [flaw])
    return in_order(settled(docket))


def first_stages(
    folders: Sequence[Folder], standards: Standards, visibility: Visibility, verdicts: Verdicts | None = None
) -> list[Docket]:
    """Gates, stages C, K, V and the second check for some folders, each by itself."""
    gated = [pass_gates(folder, standards, visibility) for folder in folders]
    packages = [one.package for one in gated if one.package is not None]
    said = dict(zip((package.folder for package in packages), said_of(packages, standards, verdicts), strict=True))
    dockets = [Docket(one.folder, one.package, list(one.findings)) for one in gated]
    for docket in dockets:
        for code, flaw in said.get(docket.folder, ()):
            docket.add(BY_CODE[code], [flaw])
    return dockets


def _keys_across(dockets: Sequence[Docket], standards: Standards) -> None:
    """Let the validator read the sound returns that share a key with another one as one table."""
    by_label = {docket.folder.label: docket for docket in dockets}
    sound = [package for docket in dockets if (package := docket.sound) is not None]
    for finding in returns.judged_together(sharing(sound, standards), standards):
        by_label[finding.where.file.rpartition("/")[0]].findings.append(finding)


def _strays(labels: Iterable[str]) -> Iterator[Finding]:
    """Files and links that lie beside the folders of returns."""
    for label in labels:
        attached = list(scope.attachment(label))
        rule = scope.attachment if attached else scope.not_a_return_file
        for flaw in attached or scope.not_a_return_file(label, regular=False):
            yield _at_path(rule, flaw)


def _mixed(dockets: Sequence[Docket], root: Path, returns_roots: Sequence[Path]) -> list[Finding]:
    kinds = [docket.package.particulars.classification for docket in dockets if docket.package is not None]
    place = "; ".join(sorted({path.name for path in returns_roots})) or root.name
    return [_at_path(disclosure.mixed, flaw._replace(file=place)) for flaw in disclosure.mixed(kinds)]


def _at_path(rule: Rule, flaw: Flaw) -> Finding:
    return rule.finding(Location(flaw.file, flaw.row, flaw.field, flaw.column), flaw.problem, flaw.fix)
