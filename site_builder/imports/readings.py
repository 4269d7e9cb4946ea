"""Sheets into readings: one figure a place, time and name, each with its own reason when there is none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.imports import file_rules as files
from site_builder.imports import row_rules as rows
from site_builder.imports.cells import Cell, Line, Sheet, Unreadable
from site_builder.imports.mappings import Table
from site_builder.imports.places import Located, Places
from site_builder.imports.shapes import Marks, Shape
from site_builder.imports.times import year_of
from site_builder.vocabulary.findings import Finding, Location


class Reading(NamedTuple):
    """One cell, the spreadsheet row it stands in, and what the publisher remarks beside it."""

    cell: Cell
    row: int
    remark: str = ""


Key = tuple[str, int, str]  # area, time in the table's encoding, our name of the figure


@dataclass(frozen=True, slots=True)
class Readings:
    """What a table says. ``composites`` maps the code of a joint figure to the authorities in it."""

    table: Table
    cells: Mapping[Key, Reading] = field(repr=False)
    composites: Mapping[str, tuple[str, ...]]

    def places(self) -> dict[int, dict[str, int]]:
        """For each time, the places that have a row, with the number of a row."""
        found: dict[int, dict[str, int]] = {}
        for (area, year, _), reading in self.cells.items():
            found.setdefault(year, {}).setdefault(area, reading.row)
        return found


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one table; gathers figures and findings."""

    table: Table
    shape: Shape
    marks: Marks
    places: Places
    columns: Mapping[str, int]
    cells: dict[Key, Reading] = field(default_factory=dict)
    composites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, line: Line) -> None:
        """One row: its time, its place, and the figures in it. A row that fails is left out, with a finding."""

        def text(column: str) -> str:
            return line.cells[self.columns[column]] if column in self.columns else ""

        if self.shape.skips(self.table, text):
            return
        year = self._year(self.shape.year(self.table, text), line.row)
        area = self._area(self.shape.place(self.table, text, self.places), line.row)
        if year is None or not area:
            return
        for name, column in self._figures(line):
            counts = name not in self.table.percentages
            said = self.shape.cell(self.table, text, column, self.marks, counts)
            self._figure((area, year, name), said.cell, said.remark, Location(self.table.file, line.row, column))

    def _figures(self, line: Line) -> Iterator[tuple[str, str]]:
        if not self.table.filters:
            yield from self.table.columns.items()
            return
        where = category(self.table, self.columns, line)
        yield from ((cell.name, cell.column) for cell in self.table.cells if cell.where == where)

    def _figure(self, key: Key, cell: Cell | Unreadable, remark: str, where: Location) -> None:
        for check in (rows.unknown_symbol, rows.strange_number, rows.remark_disagrees):
            self.findings += check(cell, where)
        again = key in self.cells
        self.findings += rows.duplicate(where, again=again)
        if not again and isinstance(cell, Cell):
            self.cells[key] = Reading(cell, where.row or 0, remark)

    def _year(self, year: int | None, row: int) -> int | None:
        where = Location(self.table.file, row, self.shape.at.time)
        self.findings += rows.wrong_time(where, reads=year is not None)
        if year is None:
            return None
        first, last = self.table.years
        inside = first <= year_of(self.table.time, year) <= last
        self.findings += rows.outside_period(where, inside=inside)
        return year if inside else None

    def _area(self, located: Located | None, row: int) -> str:
        self.findings += rows.wrong_level(Location(self.table.file, row, self.shape.at.level), fits=located is not None)
        if located is None:
            return ""
        self.findings += about_place(located, Location(self.table.file, row, self.shape.at.code))
        if located.members:
            self.composites[located.code] = located.members
        return located.code


def about_place(located: Located, where: Location) -> Iterator[Finding]:
    """What there is to say of a place."""
    for check in (rows.unknown_place, rows.wrong_name, rows.alias_used, rows.composite):
        yield from check(located, where)


def read_table(
    table: Table, sheet: Sheet, marks: Marks, places: Places, shape: Shape
) -> tuple[Readings, tuple[Finding, ...]]:
    """The figures of a table and what is wrong with it. When the header is wrong, nothing is read."""
    empty = Readings(table, {}, {})
    header = tuple(files.bad_header(table, sheet))
    if header:
        return empty, header
    columns = {name: index for index, name in enumerate(sheet.header)}
    categories = _categories(table, columns, sheet)
    findings = [
        *files.unknown_columns(table, sheet, categories, {*shape.identity, *shape.needed(table, sheet)}),
        *files.missing_columns(table, sheet, {values for _, values in categories}, shape.needed(table, sheet)),
    ]
    if findings:
        return empty, tuple(findings)
    reader = _Reader(table, shape, marks, places, columns)
    for line in sheet.lines:
        reader.read(line)
    findings = [*reader.findings, *_empty_years(table, reader.cells)]
    return Readings(table, reader.cells, reader.composites), tuple(findings)


def _empty_years(table: Table, cells: Iterable[Key]) -> Iterator[Finding]:
    present = {year_of(table.time, year) for _, year, _ in cells}
    for year in range(table.years[0], table.years[1] + 1):
        yield from rows.outside_period(Location(table.file, field="time_period"), inside=year in present)


def _categories(table: Table, columns: Mapping[str, int], sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    if not table.filters or not set(table.filters) <= set(columns):
        return []
    return [(line.row, category(table, columns, line)) for line in sheet.lines]


def category(table: Table, columns: Mapping[str, int], line: Line) -> tuple[str, ...]:
    """The values of a row's filters."""
    return tuple(line.cells[columns[name]] for name in table.filters)
