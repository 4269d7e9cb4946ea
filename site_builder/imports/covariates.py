"""Tables of one number an authority, such as how deprived its neighbourhoods are. Pure."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.imports import file_rules as files
from site_builder.imports import row_rules as rows
from site_builder.imports.cells import Cell, Line, Sheet, read_cell
from site_builder.imports.mappings import COVARIATE_COLUMNS, Table
from site_builder.imports.places import Located, Places
from site_builder.vocabulary.findings import Finding, Location

CovariateRow = tuple[str, str]  # area code, the number as printed


class _Columns(NamedTuple):
    """Positions of the three columns, from 0, and the reporting year of their codes."""

    code: int
    name: int
    value: int
    year: int


def read_covariate(table: Table, sheet: Sheet, places: Places) -> tuple[tuple[CovariateRow, ...], tuple[Finding, ...]]:
    """The number of every authority, in order of code, and what is wrong with the table."""
    said = table.covariate
    assert said is not None, "only a table of a covariate comes here"
    header = (
        *files.bad_header(table, sheet),
        *files.unknown_columns(table, sheet),
        *files.missing_columns(table, sheet),
    )
    if header:
        return (), header
    code, name, value = (sheet.header.index(table.columns[which]) for which in COVARIATE_COLUMNS)
    columns = _Columns(code, name, value, said.year)
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for line in sheet.lines:
        (area, number), wrong = _of_authority(line, table.file, columns, places)
        wrong += rows.duplicate(Location(table.file, line.row), again=area in found)
        findings += wrong
        if not wrong:
            found[area] = number
    return tuple(sorted(found.items())), tuple(findings)


def _of_authority(line: Line, file: str, columns: _Columns, places: Places) -> tuple[CovariateRow, list[Finding]]:
    at = Location(file, line.row, column=columns.code + 1)
    located = _located(line.cells[columns.code], line.cells[columns.name], columns.year, places)
    findings = [*rows.unknown_place(located, at), *rows.wrong_name(located, at)]
    number = read_cell(line.cells[columns.value], {}, counts=False)
    where = Location(file, line.row, column=columns.value + 1)
    findings += [*rows.unknown_symbol(number, where), *rows.strange_number(number, where)]
    return (located.code, number.text if isinstance(number, Cell) else ""), findings


def _located(code: str, name: str, year: int, places: Places) -> Located:
    """The authority of a code and its name, if it was there in that reporting year."""
    located = places.locate(code.strip(" "), name.strip(" "), year)
    there = not located.code or places.by_code[located.code].exists_in(year)
    return located if there else Located(problem="I301")
