"""The second check: an independent validator reads what came through the gates. The only module that uses frictionless.

It is given rows of text and the repository's own schema: never a path, never a description that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.gate import as_finding
from site_builder.confidential.messages import UNKNOWN, code_of, flaw_of, rule_of
from site_builder.confidential.standards import RETURN, WHOLE, Standards
from site_builder.vocabulary.findings import Finding

_EVERY_ERROR = 1_000_000  # by default the validator stops at a thousand and only warns


def validate(packages: Sequence[ReturnPackage], standards: Standards) -> tuple[Finding, ...]:
    """Findings of the validator over all packages as one table, so that the key also holds across them.

    When the table is not valid, each package is validated by itself to find the place; what shows in no single one
    (a row that two packages share) is taken from the whole.
    """
    errors = _errors(packages, standards)
    if not errors:
        return ()
    singly = [(package, error) for package in packages for error in _errors([package], standards)]
    places = [(package, line) for package in packages for line in (row.line for row in package.rows)]
    found = [_finding(package, [(package, r.line) for r in package.rows], error) for package, error in singly]
    found = found or [_finding(packages[0], places, error) for error in errors]
    return tuple(dict.fromkeys(found))  # two faults of one cell are one finding


def _errors(packages: Iterable[ReturnPackage], standards: Standards) -> list[tuple[str, int | None, str | None]]:
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


def _finding(
    package: ReturnPackage, places: Sequence[tuple[ReturnPackage, int]], error: tuple[str, int | None, str | None]
) -> Finding:
    kind, number, column = error
    known = number is not None and 2 <= number < len(places) + 2
    place, line = places[number - 2] if known and number is not None else (package, None)
    code = code_of(kind, column)
    return as_finding(place.folder, rule_of(code), flaw_of(code, line, column if code != UNKNOWN else None))
