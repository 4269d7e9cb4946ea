"""The gates: plane, bytes, lines, header and description of one folder, before anything else reads it.

Standard library only. What comes through is text whose rows stand on the lines that a spreadsheet shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from site_builder.confidential.descriptions import (
    classification_of,
    correction_of,
    difference,
    strict_json,
    wrong_free_part,
)
from site_builder.confidential.folders import Folder, ReturnPackage, Row
from site_builder.confidential.newreturn import Particulars, descriptor
from site_builder.confidential.rules import disclosure, file, header, scope
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import (
    BOARD_TEXTS,
    DESCRIPTOR,
    EXPLANATIONS,
    OPTIONAL_FILES,
    REQUIRED_FILES,
    RETURN,
    TABLES,
    Standards,
)
from site_builder.confidential.submitters import Submitter
from site_builder.vocabulary.findings import Finding, Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.rules import Rule

_FIRST_YEAR = 2000  # no return is older


@dataclass
class Desk:
    """Where the findings of one folder are gathered."""

    folder: Folder
    findings: list[Finding] = field(default_factory=list)

    def stops(self, rule: Rule, flaws: Iterable[Flaw], file: str | None = None) -> bool:
        """Add what a rule found; whether it found an error, which stops the stage that asked."""
        found = [as_finding(self.folder, rule, flaw if file is None else flaw._replace(file=file)) for flaw in flaws]
        self.findings.extend(found)
        return any(finding.severity is Severity.ERROR for finding in found)


@dataclass(frozen=True, slots=True)
class Gated:
    """What came of one folder: findings, and the return when no error was among them."""

    folder: Folder
    findings: tuple[Finding, ...]
    package: ReturnPackage | None
    classification: Classification | None


def as_finding(folder: Folder, rule: Rule, flaw: Flaw) -> Finding:
    """A flaw as a finding of its rule, in one of the folder's files."""
    return rule.finding(folder.at(flaw.file, flaw.row, flaw.field, flaw.column), flaw.problem, flaw.fix)


def pass_gates(folder: Folder, standards: Standards, visibility: Visibility) -> Gated:
    """One folder through every gate. In a public or unknown place a confidential return is not opened (D901): nothing
    but its description is read."""
    desk = Desk(folder)
    submitted = _description(desk)
    classification = classification_of(submitted)
    package = None
    if submitted is not None and not _kept_closed(desk, classification, visibility):
        package = _package(desk, submitted, standards)
    return Gated(folder, tuple(desk.findings), package, classification)


def read_table(
    folder: Folder, name: str, data: bytes, particulars: Particulars, standards: Standards
) -> tuple[tuple[Row, ...] | None, tuple[Finding, ...]]:
    """One table that is not on disk, through the gates of bytes, lines and header: its rows, None when a gate stops it,
    and findings as if it stood in the folder."""
    desk = Desk(folder)
    rows = _table(desk, name, data, standards, _most_rows(particulars.submitter, particulars.period, standards))
    return rows, tuple(desk.findings)


@lru_cache(maxsize=1)  # several rules ask for it in turn
def command(folder: Folder) -> str:
    """The command that writes a fresh return for the folder; its names only where they are those of a return."""
    plain = re.fullmatch(r"[a-z0-9-]+", folder.submitter) and _period(folder.period)
    return f"site-builder new {folder.submitter} {folder.period}" if plain else "site-builder new"


def _description(desk: Desk) -> dict[str, Any] | None:
    """The submitted description as an object; None, with a finding, when it cannot be had."""
    path = desk.folder.path / DESCRIPTOR
    if not path.is_symlink() and not path.exists():
        desk.stops(file.missing_file, file.missing_file(_names(desk.folder.path), command(desk.folder)))
        return None
    data = _bytes(desk, path)
    if data is None:
        return None
    row: int | None = None
    try:
        value = strict_json(data)
    except json.JSONDecodeError as error:
        value, row = None, error.lineno
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        desk.stops(file.unreadable_description, file.unreadable_description(row, command(desk.folder)))
        return None
    return value


def _kept_closed(desk: Desk, classification: Classification | None, visibility: Visibility) -> bool:
    if desk.stops(disclosure.no_classification, disclosure.no_classification(classification)):
        return True
    rule = disclosure.real_return_in_public
    return desk.stops(rule, rule(classification, visibility))


def _package(desk: Desk, submitted: dict[str, Any], standards: Standards) -> ReturnPackage | None:
    """The files of the folder through scope, description, bytes, lines and header."""
    folder = desk.folder
    submitter, period = standards.submitters.get(folder.submitter), _period(folder.period)
    if submitter is None or period is None or not standards.accepted(submitter, period):
        desk.stops(scope.not_a_return_file, [_unknown_folder()])
        return None
    names = _names(folder.path)
    if desk.stops(scope.not_a_return_file, _boards_texts(names, submitter)):
        return None
    data = {name: _bytes(desk, folder.path / name) for name in names if name != DESCRIPTOR}
    if desk.findings or desk.stops(file.missing_file, file.missing_file(names, command(folder))):
        return None
    particulars = _particulars(desk, submitted, submitter, period, standards)
    most = _most_rows(submitter, period, standards)
    tables = {name: _table(desk, name, data[name] or b"", standards, most) for name in TABLES if name in data}
    rows = {name: table for name, table in tables.items() if table is not None}
    if particulars is None or len(rows) < len(tables):
        return None
    return ReturnPackage(folder, particulars, rows.pop(RETURN), rows.pop(EXPLANATIONS), rows)


def _names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def _most_rows(submitter: Submitter, period: Period, standards: Standards) -> int:
    """More rows than this must be about single children."""
    return max(disclosure.MOST_ROWS, len(standards.accepted(submitter, period)))


def _boards_texts(names: Iterable[str], submitter: Submitter) -> list[Flaw]:
    """Files that a supplier cannot send: only a borough has a board."""
    return [
        Flaw(f"Only {HERE.an_area} sends this file.", "Remove it.", file=name)
        for name in names
        if name in BOARD_TEXTS and submitter.area is None
    ]


def _listed(submitted: dict[str, Any]) -> list[str]:
    """The optional files that a description lists."""
    resources = submitted.get("resources")
    paths = [one.get("path") for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
    return [name for name in OPTIONAL_FILES if name in paths]


def _unknown_folder() -> Flaw:
    return Flaw(
        "This folder is not named for a submitter and a period that is collected from it.",
        "Use the address form of the name, such as barnet, and a period of the calendar, such as 2024-25-Q1.",
        file="",
    )


def _bytes(desk: Desk, path: Path) -> bytes | None:
    """The bytes of an ordinary, small file with an allowed name; None, with a finding, otherwise."""
    name, regular = path.name, path.is_file() and not path.is_symlink()
    if desk.stops(scope.attachment, scope.attachment(name)):
        return None
    if desk.stops(scope.not_a_return_file, scope.not_a_return_file(name, regular=regular)):
        return None
    if desk.stops(scope.too_large, scope.too_large(name, path.stat().st_size)):
        return None
    try:
        return path.read_bytes()
    except OSError:
        others = [other for other in REQUIRED_FILES if other != name]
        desk.stops(file.missing_file, file.missing_file(others, command(desk.folder)))
        return None


def _period(text: str) -> Period | None:
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if period.id == text and period.start.year >= _FIRST_YEAR else None


def _particulars(
    desk: Desk, submitted: dict[str, Any], submitter: Submitter, period: Period, standards: Standards
) -> Particulars | None:
    """The free parts of the description, when all else is canonical."""
    wrong = wrong_free_part(submitted)
    particulars = None
    if wrong is None:
        particulars = Particulars(
            submitter,
            period,
            Classification(submitted["classification"]),
            submitted["collection"],
            submitted["contact_role"],
            submitted["signed_off_by_role"],
            correction_of(submitted.get("correction")),
        )
        optional = _listed(submitted)
        desk.stops(file.missing_file, file.missing_file(_names(desk.folder.path), command(desk.folder), optional))
        expected = json.loads(json.dumps(descriptor(particulars, standards.schemas, optional)))
        wrong = difference(expected, submitted)
    rule = scope.description_changed
    return None if desk.stops(rule, rule(wrong, command(desk.folder))) else particulars


def _table(desk: Desk, name: str, data: bytes, standards: Standards, most: int) -> tuple[Row, ...] | None:
    """The rows of one table, at most so many; None, with findings, when a gate stops it."""
    columns = standards.schemas[name].columns
    lines = _text_lines(desk, name, data, columns)
    if lines is None or _header_stops(desk, name, lines, columns, most):
        return None
    if name == RETURN and desk.stops(file.no_rows, file.no_rows(lines), name):
        return None
    records = [(number, file.cells_of(line) or []) for number, line in enumerate(lines[1:], 2)]
    if desk.stops(header.wrong_width, header.wrong_width(records, columns), name):
        return None
    return tuple(Row(number, columns, cells or [""] * len(columns)) for number, cells in records)


def _text_lines(desk: Desk, name: str, data: bytes, columns: tuple[str, ...]) -> list[str] | None:
    if desk.stops(file.empty, file.empty(data, command(desk.folder)), name):
        return None
    for rule in file.BYTE_RULES:
        if desk.stops(rule, rule(data), name):
            return None
    desk.stops(file.other_line_ends, file.other_line_ends(data), name)
    lines = file.lines_of(data.decode())
    if desk.stops(file.merge_markers, file.merge_markers(lines), name):
        return None
    if desk.stops(file.wrong_separator, file.wrong_separator(lines, columns), name):
        return None
    if desk.stops(file.invisible_character, file.invisible_character(lines), name):
        return None
    return None if desk.stops(file.broken_quotes, file.broken_quotes(lines), name) else lines


def _header_stops(desk: Desk, name: str, lines: list[str], columns: tuple[str, ...], most: int) -> bool:
    cells = file.cells_of(lines[0]) or []
    right = tuple(cells) == columns
    loose = header.same_but_loose(cells, columns)
    if not loose and desk.stops(header.rows_above, header.rows_above(lines, columns), name):
        return True
    child_level = disclosure.child_level(() if loose or right else cells, len(lines) - 1, most)
    if desk.stops(disclosure.child_level, child_level, name):
        return True
    rule = header.loose_header if loose else header.other_columns
    return not right and desk.stops(rule, rule(cells, columns), name)
