"""The publishers' own files, every figure of every table: read, and none of them lost. They are no part of this repository."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from site_builder.imports.cells import Cell, Sheet, read_cell, read_sheet
from site_builder.imports.forms.ees import ALWAYS, SHAPE
from site_builder.imports.mappings import Table
from site_builder.imports.pairs import SYMBOLS, table_of_pair
from site_builder.imports.readings import read_table
from site_builder.imports.shapes import Marks
from site_builder.imports.steps import places_in
from tests.building import ROOT


def _whole(name: str, sheet: Sheet) -> Table:
    """A table of every number column; a column with words in it is a filter."""
    rest = [column for column in sheet.header if column not in SHAPE.identity]
    figures = [
        column
        for column in rest
        if all(isinstance(_cell(sheet, line, column), Cell) for line in range(len(sheet.lines)))
    ]
    filters = [column for column in rest if column not in figures]
    head = "col_name,col_type,indicator_dp\n"
    rows = [*(f"{one},Filter," for one in filters), *(f"{one},Indicator,1" for one in figures)]
    meta = read_sheet((head + "\n".join(rows)).encode())
    assert meta is not None
    table = table_of_pair(name, sheet, meta)
    assert table is not None
    return table


def _cell(sheet: Sheet, line: int, column: str) -> object:
    return read_cell(sheet.lines[line].cells[sheet.header.index(column)], SYMBOLS, counts=False)


@pytest.mark.national_files
def test_every_figure_of_every_table_is_read_once_with_its_own_reason(national_files: Path) -> None:
    known, found, files = places_in(ROOT), Counter[str](), 0
    for path in sorted(national_files.rglob("*.csv")):
        sheet = read_sheet(path.read_bytes())
        if sheet is None or not set(ALWAYS) <= set(sheet.header):
            continue
        table = _whole(path.name, sheet)
        readings, findings = read_table(table, sheet, Marks(SYMBOLS, {}), known, SHAPE)
        assert {finding.rule for finding in findings} <= {"I303"}, path.name
        columns = {cell.column for cell in table.cells} or set(table.columns)
        assert len(readings.cells) == len(columns) * len(sheet.lines), path.name
        printed = Counter(line.cells[sheet.header.index(column)] for line, column in product(sheet.lines, columns))
        reasons = Counter(one.cell.withheld for one in readings.cells.values())
        for symbol, reason in SYMBOLS.items():
            alike = sum(printed[other] for other, means in SYMBOLS.items() if means is reason)
            assert reasons[reason] == alike, (path.name, symbol)
        found += Counter("figure" if reason is None else reason.value for reason in reasons.elements())
        files += 1
    assert files >= 34
    assert sum(found.values()) >= 530_000
