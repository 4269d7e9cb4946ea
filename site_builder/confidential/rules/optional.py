"""Stage K for the optional files: audit-readiness, challenges and the texts of a board."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date
from typing import Any

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.rules.text import is_role
from site_builder.confidential.standards import OPTIONAL_FILES, Standards, TableSchema
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule

ANY_CODE = "challenges.csv"  # a difficulty may be about an indicator that is not sent yet


@rule("K515", Severity.ERROR, "A row of an optional file is not as it may be")
def wrong_row(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each cell of readiness.csv, challenges.csv and the board's texts is filled where it must
    be, is a day, a mark or a word of the list where one is asked for, names an indicator or an area of this return, and
    no row stands twice.
    Why it matters: The pages put these rows beside the figures, by indicator and by day.
    Example: The word ongoing where the state must be open, in-hand or closed.
    How to fix: The message says what the cell may hold; the dictionary of columns has them all.
    """
    for file in OPTIONAL_FILES:
        rows, schema = package.texts.get(file, ()), standards.schemas[file]
        for row in rows:
            yield from _cells(row, schema, file, package, standards)
        yield from _twice(rows, schema, file)


def _cells(row: Row, schema: TableSchema, file: str, package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    for described in schema.descriptor["fields"]:
        name, cell = described["name"], row[described["name"]]
        wanted = _wanted(described, cell, package, standards, any_code=file == ANY_CODE)
        if wanted is not None:
            yield Flaw(f"The {name} must be {wanted}.", "Correct the cell.", row.line, name, file=file)


def _wanted(described: Any, cell: str, package: ReturnPackage, standards: Standards, *, any_code: bool) -> str | None:
    """What a cell must be, in words, when it is something else; None when it is right."""
    rules = described.get("constraints", {})
    if not cell.strip():
        return "filled in" if rules.get("required") else None
    if "enum" in rules:
        return None if cell in rules["enum"] else f"one of: {listed(rules['enum'])}"
    match described["type"], described["name"]:
        case "date", _:
            return None if _is_day(cell) else "a day, written as in 2024-07-15"
        case "integer", _:
            low, high = rules["minimum"], rules["maximum"]
            return None if cell in {str(number) for number in range(low, high + 1)} else f"{low} to {high}, or blank"
        case _, "indicator":
            return (
                None
                if cell in _codes(package, standards, any_code=any_code)
                else "the code of an indicator of this return"
            )
        case _, "area_code":
            return None if package.particulars.submitter.speaks_for(cell) else "the code of an area of this return"
        case _, "owner_role":
            return None if is_role(cell) else "a role in words, without names, at most 80 characters"
        case _:
            fits = "pattern" not in rules or re.fullmatch(rules["pattern"], cell)
            return None if fits else str(described["in_words"])


def _codes(package: ReturnPackage, standards: Standards, *, any_code: bool) -> Container[str]:
    if any_code:
        return standards.catalogue
    slots = standards.accepted(package.particulars.submitter, package.particulars.period)
    return {slot.indicator.code for slot in slots}


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def _twice(rows: tuple[Row, ...], schema: TableSchema, file: str) -> Iterator[Flaw]:
    key = schema.descriptor["primaryKey"]
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        earlier = first.setdefault(tuple(row[column].strip() for column in key), row.line)
        if earlier != row.line:
            yield Flaw(f"Rows {earlier} and {row.line} are about the same thing.", "Keep one.", row.line, file=file)


RULES = (wrong_row,)
