"""The second check: an independent validator reads what came through the gates. The only module that uses frictionless.

It is given rows of text and the repository's own schema: never a path, never a description that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.gate import as_finding
from site_builder.confidential.messages import UNKNOWN, code_of, flaw_of, rule_of
from site_builder.confidential.newreturn import descriptor
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import DESCRIPTOR, RETURN, WHOLE, Standards
from site_builder.vocabulary.findings import Finding

T = TypeVar("T")
Error = tuple[str, int | None, str | None]  # type, row of the table (the header is 1) and column
Said = tuple[str, Flaw]  # the code of a rule, and what it found
_EVERY_ERROR = 1_000_000  # by default the validator stops at a thousand and only warns


def judged_singly(packages: Sequence[ReturnPackage], standards: Standards) -> tuple[tuple[Said, ...], ...]:
    """For each package what the validator finds in it by itself.

    All are read as one table first, which is quick; only those that have an error there are read once more alone.
    """
    places = [number for number, package in enumerate(packages) for _ in package.rows]
    found: list[tuple[Said, ...]] = [()] * len(packages)
    for number in _suspects(_errors(packages, standards), places):
        package = packages[number]
        lines = [row.line for row in package.rows]
        said = [_said(error, _at(error, lines)) for error in _errors([package], standards)]
        found[number] = tuple(dict.fromkeys(said))  # two faults of one cell are one finding
    return tuple(found)


def judged_together(packages: Sequence[ReturnPackage], standards: Standards) -> tuple[Finding, ...]:
    """What the validator finds in packages that have no error by themselves when they are one table: a key that two of
    them share. An error without a place is laid to the first of them."""
    places = [(package, row.line) for package in packages for row in package.rows]
    found = []
    for error in _errors(packages, standards):
        package, line = _at(error, places) or (packages[0], None)
        code, flaw = _said(error, line)
        found.append(as_finding(package.folder, rule_of(code), flaw))
    return tuple(dict.fromkeys(found))


def validate_alone(package: ReturnPackage, standards: Standards) -> tuple[Finding, ...]:
    """Findings of the validator over one package as it lies on disk, every table of it. The description it is given is
    the canonical one, which the gates have found the submitted one to be."""
    from frictionless import Package

    described = descriptor(package.particulars, standards.schemas, package.texts)
    report = Package.from_descriptor(described, basepath=str(package.folder.path)).validate(limit_errors=_EVERY_ERROR)
    errors = [(f"{task.name}.csv", error) for task in report.tasks for error in task.errors]
    errors += [(DESCRIPTOR, error) for error in report.errors]
    found = [
        _on_disk(package, file, error.type, getattr(error, "row_number", None), getattr(error, "field_name", None))
        for file, error in errors
    ]
    return tuple(dict.fromkeys(found))


def _on_disk(package: ReturnPackage, file: str, kind: str, row: int | None, column: str | None) -> Finding:
    code = code_of(kind, column)
    flaw = flaw_of(code, row, column if code != UNKNOWN else None)
    return as_finding(package.folder, rule_of(code), flaw._replace(file=file))


def _suspects(errors: Iterable[Error], places: Sequence[int]) -> Sequence[int]:
    """The numbers of the packages that errors point at; all when one points nowhere."""
    pointed = {_at(error, places) for error in errors}
    return sorted(set(places) if None in pointed else {number for number in pointed if number is not None})


def _at(error: Error, places: Sequence[T]) -> T | None:
    """What stands at the error's row; None when it names no row of ours."""
    number = error[1]
    return places[number - 2] if number is not None and 2 <= number < len(places) + 2 else None


def _said(error: Error, line: int | None) -> Said:
    kind, _, column = error
    code = code_of(kind, column)
    return code, flaw_of(code, line, column if code != UNKNOWN else None)


def _errors(packages: Iterable[ReturnPackage], standards: Standards) -> list[Error]:
    """Type, number of the row (the header is 1) and column of each error."""
    from frictionless import Resource, Schema  # half a second: only when there is something to validate

    columns = list(standards.schemas[RETURN].columns)
    rows = [list(row.cells) for package in packages for row in package.rows]
    if not rows:
        return []
    schema = Schema.from_descriptor(house_schema(standards))
    report = Resource(data=[columns, *rows], schema=schema).validate(limit_errors=_EVERY_ERROR)
    found = [
        (error.type, getattr(error, "row_number", None), getattr(error, "field_name", None))
        for task in report.tasks
        for error in task.errors
    ]
    found += [(error.type, None, None) for error in report.errors]
    return found + [("warning", None, None) for task in report.tasks for _ in task.warnings]


def house_schema(standards: Standards) -> dict[str, Any]:
    """The house schema with the codes that are known at present as lists of allowed values."""
    allowed = {
        "area_code": [area.code for area in standards.areas.boroughs],
        "indicator": sorted(standards.sent),
        "breakdown": [WHOLE],
    }
    descriptor = dict(standards.schemas[RETURN].descriptor)
    descriptor["fields"] = [
        {**field, "constraints": {**field["constraints"], "enum": allowed[field["name"]]}}
        if field["name"] in allowed
        else field
        for field in descriptor["fields"]
    ]
    return descriptor
