"""``template`` and ``convert``: the workbook of a return onto the disk, and what was filled in back into its folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.confidential.descriptions import classification_of, particulars_said, strict_json
from site_builder.confidential.folders import Folder, ReturnPackage, label
from site_builder.confidential.gate import command, pass_gates
from site_builder.confidential.newfolder import RETURNS, particulars_of
from site_builder.confidential.newreturn import Particulars, descriptor, descriptor_bytes, fresh_rows
from site_builder.confidential.rules import disclosure, file, scope
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.rules.time import period_before
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, Standards, load_standards
from site_builder.confidential.workbooks import inspect, layout
from site_builder.confidential.workbooks.convert import convert, existing_table, has_error
from site_builder.confidential.workbooks.layout import Identity
from site_builder.confidential.workbooks.read import read_workbook
from site_builder.confidential.workbooks.source import Reading, without_padding
from site_builder.confidential.workbooks.tidy import tidied
from site_builder.confidential.workbooks.write import Form, workbook_bytes
from site_builder.vocabulary.findings import Finding, Location
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.planes import Classification, Visibility, may_open
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import Rule

NOTHING = "Nothing was written."


@dataclass(frozen=True, repr=False)
class Told:
    """What a verb says: what was done, in words, and findings."""

    words: str
    findings: tuple[Finding, ...] = ()


class _Stopped(Exception):
    """The file is not taken; carries the findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


def make_template(root: Path, submitter: str, period: str, visibility: Visibility, out: Path | None) -> Told:
    """Write the workbook of one return, with what stands in its folder or else every due row without figures.

    A return that may not be opened here, or cannot be read, gives findings and no workbook. Raises ConfigurationError
    for an unknown submitter or period, and when a file is there already: it may be filled in.
    """
    standards = load_standards(root)
    particulars = particulars_of(standards, submitter, period, visibility)
    target = out or Path(f"{submitter}-{particulars.period.id}.xlsx")
    if target.exists() or not target.absolute().parent.is_dir():
        there = "There is a file of this name already, and it may be filled in."
        problem = there if target.exists() else "There is no such folder to write the workbook into."
        raise mistake(target.name, problem, "Name another file with --out.")
    folder = _folder(root, submitter, particulars)
    rows, answers = fresh_rows(standards, particulars), list[tuple[str, ...]]()
    if folder.path.exists():
        gated = pass_gates(folder, standards, visibility)
        if gated.package is None or has_error(gated.findings):
            return Told(NOTHING, gated.findings)
        particulars = gated.package.particulars
        rows = [list(row.cells) for row in gated.package.rows]
        answers = [row.cells for row in gated.package.explanations]
    earlier = _earlier(root, submitter, particulars, standards, visibility)
    before = (earlier.particulars, [row.cells for row in earlier.rows]) if earlier else None
    who = standards.submitters[submitter].name
    form = Form(submitter, who, particulars, rows, answers, before)
    _write_together(target.absolute().parent, {target.name: workbook_bytes(standards, form)})
    return Told(f"{target}: {len(rows)} rows. Fill it in, then run site-builder convert {target}.")


def _folder(root: Path, submitter: str, particulars: Particulars) -> Folder:
    name = f"{RETURNS}/{submitter}/{particulars.period.id}"
    return Folder(name, root / name)


def _earlier(
    root: Path, submitter: str, particulars: Particulars, standards: Standards, visibility: Visibility
) -> ReturnPackage | None:
    """The return of the period before, where there is one that may be opened and can be read."""
    folder = _folder(root, submitter, replace(particulars, period=period_before(particulars.period)))
    return pass_gates(folder, standards, visibility).package if folder.path.is_dir() else None


def convert_file(root: Path, path: Path, visibility: Visibility, out: Path | None, *, tidy: bool) -> Told:
    """Turn a workbook, or with ``tidy`` a CSV, into the files of its return; nothing is written if there is any error.

    ``out`` is the folder to write into: for a workbook the folder of its return when None; a CSV does not say whose it
    is, and needs it. Raises ConfigurationError when a file or folder is not there.
    """
    standards = load_standards(root)
    if not path.is_file():
        raise mistake(path.name, "There is no such file.", "Name a workbook (.xlsx) that is there.")
    try:
        too_large = [_at(scope.too_large, path, flaw) for flaw in scope.too_large(path.name, path.stat().st_size)]
        if too_large:
            raise _Stopped(*too_large)
        data = path.read_bytes()
        if tidy and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            return _from_text(root, path, data, visibility, out, standards)
        return _from_workbook(root, path, data, visibility, out, standards, tidy=tidy)
    except _Stopped as stopped:
        return Told(NOTHING, stopped.findings)


def _from_workbook(
    root: Path, path: Path, data: bytes, visibility: Visibility, out: Path | None, standards: Standards, *, tidy: bool
) -> Told:
    _stop_at(file.other_kind, path, list(inspect.as_workbook(data)))
    said = inspect.identity(data)
    rule = disclosure.real_return_in_public
    _stop_at(rule, path, list(rule(said.as_classification, visibility)))
    fallback = _identified(said, path, standards, visibility)
    folder = _folder(root, said.submitter, fallback)
    target = Folder(label(out, root), out) if out else folder
    inside = target.path.resolve().is_relative_to((root / RETURNS).resolve())
    if inside and target.path.resolve() != folder.path.resolve():
        problem = "This is the folder of another return than the one in the workbook."
        _stop_at(scope.description_changed, path, [Flaw(problem, "Leave --out away: the workbook knows its folder.")])
    particulars = _described(target, fallback, standards, visibility, said.as_classification)
    reading = read_workbook(data, path.name, standards)
    if reading is None:
        raise _Stopped(_at(file.other_kind, path, Flaw(*inspect.DAMAGED)))
    if tidy:
        tidy_sources = {n: without_padding(s, standards.schemas[n]) for n, s in reading.sources.items()}
        reading.sources.update(tidy_sources)
    return _settled(reading, folder, target, particulars, standards, ())


def _from_text(
    root: Path, path: Path, data: bytes, visibility: Visibility, out: Path | None, standards: Standards
) -> Told:
    if out is None:
        raise mistake(path.name, "A CSV does not say whose return it is.", "Name the folder of the return with --out.")
    where = out.absolute()
    if path.resolve() == (where / RETURN).resolve():
        fix = "Copy it to another place, and name the copy."
        raise mistake(path.name, "This file would be written over, and the file you name is never changed.", fix)
    fallback = particulars_of(standards, where.parent.name, where.name, visibility)
    target = Folder(label(out, root), out)
    if not may_open(Classification.CONFIDENTIAL, visibility) and not (out / DESCRIPTOR).exists():
        _stop_at(disclosure.no_classification, out / DESCRIPTOR, list(disclosure.no_classification(None)))
    particulars = _described(target, fallback, standards, visibility)
    folder = _folder(root, where.parent.name, particulars)
    reading, said = tidied(data, path.name, standards)
    if RETURN in reading.sources:
        answers, findings = existing_table(out / EXPLANATIONS, target, EXPLANATIONS, particulars, standards)
        reading.sources[EXPLANATIONS] = answers
        reading.findings += findings
    return _settled(reading, folder, target, particulars, standards, said, kept=(EXPLANATIONS,))


def _settled(
    reading: Reading,
    folder: Folder,
    target: Folder,
    particulars: Particulars,
    standards: Standards,
    said: tuple[str, ...],
    kept: tuple[str, ...] = (),
) -> Told:
    """Judge what was read and, when there is no error, write it. Files of ``kept`` that are there are left alone."""
    done = convert(reading, folder, particulars, standards)
    if not done.files:
        return Told(NOTHING, done.findings)
    files = {name: data for name, data in done.files.items() if name not in kept or not (target.path / name).exists()}
    if not (target.path / DESCRIPTOR).exists():
        files[DESCRIPTOR] = descriptor_bytes(particulars, standards.schemas)
    _write_together(target.path, files)
    told = (*said, f"{target.label}: wrote {', '.join(sorted(files))}. Now run site-builder check {target.label}.")
    return Told("\n".join(told), done.findings)


def _identified(said: Identity, path: Path, standards: Standards, visibility: Visibility) -> Particulars:
    """The particulars that a workbook names. Raises _Stopped when it is no form of ours, or of another version."""
    known = layout.template_of(standards)
    try:
        particulars = particulars_of(standards, said.submitter, said.period, visibility)
    except ConfigurationError as error:
        problem = "This workbook does not say whose return it is, and for which period, as our forms do."
        fix = "Copy the figures into a fresh form: `site-builder template` writes one."
        raise _Stopped(scope.description_changed.finding(Location(path.name), problem, fix)) from error
    if said.template != known:
        fix = (
            f"Write a new form with `site-builder template {said.submitter} {particulars.period.id}`. Open both side by"
            " side, copy the four open columns of each indicator, and choose Paste Special, Values. Do the same with"
            " the explanations. Then convert the new workbook."
        )
        problem = f"This workbook is the form of another collection; the present one is {known}."
        raise _Stopped(scope.description_changed.finding(Location(path.name), problem, fix))
    return replace(particulars, classification=said.as_classification)


def _described(
    target: Folder,
    fallback: Particulars,
    standards: Standards,
    visibility: Visibility,
    kind: Classification | None = None,
) -> Particulars:
    """The particulars of the folder that is written into, or the fallback where it has no description. Raises _Stopped
    when the description cannot be read, may not be opened here, or is that of another return, or of another kind than
    ``kind``."""
    path = target.path / DESCRIPTOR
    if not path.exists():
        return fallback
    try:
        said = dict(strict_json(path.read_bytes()))
    except (OSError, TypeError, ValueError, RecursionError) as error:
        flaws = file.unreadable_description(None, command(target))
        raise _Stopped(*(_at(file.unreadable_description, path, flaw) for flaw in flaws)) from error
    classification = classification_of(said)
    _stop_at(disclosure.no_classification, path, list(disclosure.no_classification(classification)))
    rule = disclosure.real_return_in_public
    _stop_at(rule, path, list(rule(classification, visibility)))
    if kind is not None and classification is not None:
        _stop_at(disclosure.mixed, path, list(disclosure.mixed([kind, classification])))
    if said.get("name") != descriptor(fallback, standards.schemas)["name"]:
        problem = "This folder holds another return than the one you convert."
        _stop_at(scope.description_changed, path, [Flaw(problem, "Name the folder of this return with --out.")])
    return particulars_said(fallback, said)


def _stop_at(rule: Rule, path: Path, flaws: list[Flaw]) -> None:
    if flaws:
        raise _Stopped(*(_at(rule, path, flaw) for flaw in flaws))


def _at(rule: Rule, path: Path, flaw: Flaw) -> Finding:
    return rule.finding(Location(path.name, flaw.row, flaw.field, flaw.column), flaw.problem, flaw.fix)


def _write_together(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files or none: each is written beside its place first, and moved there when all of them are."""
    parts = {folder / name: folder / f"{name}.part" for name in sorted(files)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, part in parts.items():
            part.write_bytes(files[target.name])
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise mistake(
            folder.name, "The folder cannot be written into.", "Free some space, or choose another."
        ) from error
    for target, part in parts.items():
        part.replace(target)
