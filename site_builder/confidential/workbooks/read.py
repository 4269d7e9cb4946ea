"""Read the two tables of a workbook that was looked at. Every value of every cell becomes text, or a finding.

Nothing else of the workbook is read. What the reader of workbooks itself says may repeat a cell, and is never shown.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl

from site_builder.confidential.rules import cells, disclosure, file, header, text, workbook
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards, TableSchema
from site_builder.confidential.workbooks import layout
from site_builder.confidential.workbooks.inspect import bounds
from site_builder.confidential.workbooks.source import Reading, Source
from site_builder.vocabulary.findings import Location

_DATES = (datetime.date, datetime.time, datetime.timedelta)
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")  # how a workbook writes a character that no text may hold
_QUOTED = re.compile(r'"[^"]*"|\\.')
_EXACT = 10**15  # whole numbers below it are exact in a spreadsheet
_FRESH = "Copy the figures into a fresh form: `site-builder template` writes one."


@dataclass(frozen=True, repr=False)
class _Table:
    """One table on its sheet ``values``, its bounds (columns and rows, from 1), and the cells that formulas fill."""

    values: Any
    left: int
    top: int
    right: int
    bottom: int
    formulas: frozenset[tuple[int, int]]

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def read_workbook(data: bytes, label: str, standards: Standards) -> Reading | None:
    """What the tables of a workbook hold, with findings; None when the workbook cannot be taken apart.

    ``label`` is how messages name the workbook. A table with a wrong header has findings and no source.
    """
    books = _opened(data)
    if books is None:
        return None
    reading = Reading()
    for name in (RETURN, EXPLANATIONS):
        table = _find(books, layout.TABLE_OF[name])
        if table is None:
            problem = f"The table {layout.TABLE_OF[name]} is not in this workbook."
            reading.findings.append(header.other_columns.finding(Location(label), problem, _FRESH))
        else:
            _read(reading, table, name, label, standards)
    return reading


def _opened(data: bytes) -> tuple[Any, Any] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a warning may repeat a cell
            return (
                openpyxl.load_workbook(io.BytesIO(data), data_only=True),
                openpyxl.load_workbook(io.BytesIO(data), data_only=False),
            )
    except Exception:  # noqa: BLE001  (a damaged part can make it raise anything; the answer is always the same)
        return None


def _find(books: tuple[Any, Any], name: str) -> _Table | None:
    """A table by its name, on whichever sheet and in whichever place it now is."""
    for sheet in books[0].worksheets:
        for table in sheet.tables.values():
            place = bounds(table.ref)
            if place and table.displayName.casefold() == name.casefold() and table.headerRowCount != 0:
                return _Table(sheet, *place, _formulas(books[1][sheet.title]))
    return None


def _formulas(sheet: Any) -> frozenset[tuple[int, int]]:
    """Rows and columns of the cells that a formula fills, those that it only spills into included."""
    found: set[tuple[int, int]] = set()
    for at, cell in sheet._cells.items():
        if cell.data_type == "f":
            found.add(at)
            if place := bounds(str(getattr(cell.value, "ref", ""))):
                left, top, right, bottom = place
                found |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return frozenset(found)


def _read(reading: Reading, table: _Table, name: str, label: str, standards: Standards) -> None:
    schema = standards.schemas[name]
    heads = [_plain(table.values.cell(table.top, column).value) for column in range(table.left, table.right + 1)]
    columns = layout.columns_of(name, standards.schemas)
    if not any(header.same_but_loose([head], [layout.TITLE]) for head in heads):
        columns = schema.columns
    letters = {column: layout.letter(table.left + place - 1) for place, column in enumerate(columns)}
    source = Source(label, table.top, (), (), table.values.title, letters)
    if not header.same_but_loose(heads, columns):
        _wrong_header(reading, source, name, heads, columns)
        return
    reading.add(workbook.accepted_heading, _in_row(workbook.accepted_heading(heads, columns), table.top), source, name)
    places = {column: table.left + place for place, column in enumerate(columns) if column in schema.columns}
    _look_over(reading, table, source, name, letters)
    lines, rows = [], []
    for line in range(table.top + 1, table.bottom + 1):
        row = tuple(_cell(reading, table, source, name, schema, line, column, at) for column, at in places.items())
        if name == RETURN or any(row) or any((name, line, column) in reading.flagged for column in places):
            lines.append(line)
            rows.append(row)
    reading.sources[name] = Source(label, table.top, tuple(lines), tuple(rows), source.sheet, letters)


def _wrong_header(reading: Reading, source: Source, name: str, heads: Sequence[str], columns: Sequence[str]) -> None:
    child_level = list(disclosure.child_level(heads, 0))
    rule = disclosure.child_level if child_level else header.other_columns
    reading.add(rule, _in_row(child_level or header.other_columns(heads, columns), source.head), source, name)


def _in_row(flaws: Any, row: int) -> Iterator[Flaw]:
    for flaw in flaws:
        yield flaw._replace(row=row)


def _look_over(reading: Reading, table: _Table, source: Source, name: str, letters: dict[str, str]) -> None:
    """Merged and hidden cells, values beside the table, and comments."""
    sheet = table.values
    by_letter = {letter: column for column, letter in letters.items()}
    merged = []
    for span in sheet.merged_cells.ranges:
        inside = [(row, column) for row, column in span.cells if table.holds(row, column)]
        fields = [(row, by_letter[layout.letter(column - 1)]) for row, column in inside]
        if fields:
            merged.append((span.coord, *min(fields, key=lambda one: one[0])))
            reading.flagged |= {(name, row, column) for row, column in fields}
    hidden = [letter for letter in letters.values() if letter in _hidden_columns(sheet)]
    rows = [row for row in range(table.top + 1, table.bottom + 1) if _is_hidden(sheet, row) and _holds(table, row)]
    flaws = workbook.merged_or_hidden(sorted(merged), rows, [by_letter[letter] for letter in hidden])
    reading.add(workbook.merged_or_hidden, (flaw._replace(row=flaw.row or table.top) for flaw in flaws), source, name)
    for (row, column), cell in sorted(sheet._cells.items()):
        where = f"{sheet.title}!{cell.coordinate}"
        if cell.comment is not None and (kind := text.personal_data(str(cell.comment.text))):
            problem = f"A comment on this cell seems to hold {kind}."
            fix = "Delete the comment. If the workbook has been sent on, tell the maintainers now."
            place = Location(source.file, row, None, None, where)
            reading.findings.append(cells.personal_data.finding(place, problem, fix))
        if row >= table.top and cell.value is not None and not _in_a_table(sheet, row, column):
            fix = "Clear this cell, or move the value into the table. Rows cannot be added to the form."
            place = Location(source.file, row, None, None, where)
            reading.findings.append(header.wrong_width.finding(place, "A value stands outside the table.", fix))


def _in_a_table(sheet: Any, row: int, column: int) -> bool:
    blocks = [place for table in sheet.tables.values() if (place := bounds(table.ref))]
    return any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in blocks)


def _hidden_columns(sheet: Any) -> set[str]:
    """Letters of the columns that cannot be seen; one entry may stand for several columns."""
    hidden = [one for one in sheet.column_dimensions.values() if one.hidden or one.width == 0]
    return {
        layout.letter(number - 1) for one in hidden for number in range(one.min or 1, (one.max or one.min or 1) + 1)
    }


def _is_hidden(sheet: Any, row: int) -> bool:
    if row not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    one = sheet.row_dimensions[row]
    return bool(one.hidden) or one.height == 0


def _holds(table: _Table, row: int) -> bool:
    return any(table.values.cell(row, column).value is not None for column in range(table.left, table.right + 1))


def _cell(
    reading: Reading, table: _Table, source: Source, name: str, schema: TableSchema, row: int, column: str, at: int
) -> str:
    """The text of one cell; a blank, and a finding, where it holds something that is no text and no number."""
    value = table.values.cell(row, at)
    found = None
    words = _plain(value.value, value.number_format if column in schema.disclosive else "")
    if (row, at) in table.formulas or value.data_type == "e":
        found = cells.formula, cells.NOT_A_VALUE
    elif isinstance(value.value, _DATES) and column in schema.codes:
        found = (
            cells.other_period_form,
            (
                "A spreadsheet has taken this for a date and changed it.",
                "Type it again, with the cell kept as Text.",
            ),
        )
    elif "\n" in words or "\r" in words:
        found = (
            file.broken_quotes,
            (
                "There is a line break inside this cell, and a row of a return is one line.",
                "Take the line break out of the cell; it was made with Alt and Enter.",
            ),
        )
    elif any(file.invisible_character([words])):
        found = (
            file.invisible_character,
            (
                "This cell holds a character that cannot be seen.",
                "Delete the cell and type it again.",
            ),
        )
    if found is None:
        return words
    rule, (problem, fix) = found
    reading.add(rule, [Flaw(problem, fix, row, column)], source, name, flag=True)
    return ""


def _plain(value: Any, number_format: str = "") -> str:
    """A value as an officer would have typed it into a text file. A share that is shown as a percentage is written as
    one; a whole number is written in digits, however it is shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if "%" in _QUOTED.sub("", number_format):
            return f"{value}%"
        whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
        return str(int(value)) if whole else str(value)
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), str(value))
