"""Sheets into readings: one figure a place, year and name, each with its own reason when there is none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.imports import file_rules as files
from site_builder.imports import row_rules as rows
from site_builder.imports.ees import Cell, Line, Sheet, Unreadable, read_cell, read_year
from site_builder.imports.mappings import Table
from site_builder.imports.places import Located, Places, level_fits
from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.findings import Finding, Location
from site_builder.vocabulary.symbols import Withheld


class Reading(NamedTuple):
    """One cell and the spreadsheet row it stands in."""

    cell: Cell
    row: int


Key = tuple[str, int, str]  # area, year of the table's time encoding, our name of the figure


@dataclass(frozen=True, slots=True)
class Readings:
    """What a table says. ``composites`` maps the code of a joint figure to the authorities in it."""

    table: Table
    cells: Mapping[Key, Reading] = field(repr=False)
    composites: Mapping[str, tuple[str, ...]]

    def places(self) -> dict[int, dict[str, int]]:
        """For each year, the places that have a row, with the number of a row."""
        found: dict[int, dict[str, int]] = {}
        for (area, year, _), reading in self.cells.items():
            found.setdefault(year, {}).setdefault(area, reading.row)
        return found


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one table; gathers figures and findings."""

    table: Table
    symbols: Mapping[str, Withheld]
    places: Places
    columns: Mapping[str, int]
    cells: dict[Key, Reading] = field(default_factory=dict)
    composites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def text(self, line: Line, column: str) -> str:
        return line.cells[self.columns[column]]

    def read(self, line: Line) -> None:
        """One row: its year, its place, and the figures in it. A row that fails is left out, with a finding."""
        year, area = self._year(line), self._area(line)
        if year is None or not area:
            return
        for name, column in self._figures(line):
            self._figure((area, year, name), self.text(line, column), Location(self.table.file, line.row, column))

    def _figures(self, line: Line) -> Iterator[tuple[str, str]]:
        if not self.table.filters:
            yield from self.table.columns.items()
            return
        where = category(self.table, self.columns, line)
        yield from ((cell.name, cell.column) for cell in self.table.cells if cell.where == where)

    def _figure(self, key: Key, text: str, where: Location) -> None:
        cell = read_cell(text, self.symbols, counts=key[2] not in self.table.percentages)
        self.findings += rows.unknown_symbol(cell, where)
        self.findings += rows.strange_number(cell, where)
        again = key in self.cells
        self.findings += rows.duplicate(where, again=again)
        if not again and not isinstance(cell, Unreadable):
            self.cells[key] = Reading(cell, where.row or 0)

    def _year(self, line: Line) -> int | None:
        where = Location(self.table.file, line.row, "time_period")
        year = read_year(self.table.time, self.text(line, "time_period"), self.text(line, "time_identifier"))
        self.findings += rows.wrong_time(where, reads=year is not None)
        if year is None:
            return None
        first, last = self.table.years
        inside = first <= year <= last
        self.findings += rows.outside_period(where, inside=inside)
        return year if inside else None

    def _area(self, line: Line) -> str:
        where = Location(self.table.file, line.row, "geographic_level")
        level = next((level for level in Level if level.value == self.text(line, "geographic_level")), None)
        codes = [self.text(line, name) for name in ("country_code", "region_code", "new_la_code")]
        named_composite = self.text(line, "la_name") in self.places.composites_by_name and not codes[2]
        fits = level is not None and (named_composite or level_fits(level, *codes))
        self.findings += rows.wrong_level(where, fits=fits)
        if level is None or not fits:
            return ""
        return self._located(line, level, codes)

    def _located(self, line: Line, level: Level, codes: list[str]) -> str:
        if level is Level.LOCAL_AUTHORITY:
            year = reporting_year(self.table.time, self.text(line, "time_period"))
            located = self.places.locate(codes[2], self.text(line, "la_name"), year)
        else:
            located = self.places.locate_total(level, codes[0], codes[1])
        self.findings += _about_place(located, Location(self.table.file, line.row, "new_la_code"))
        if located.members:
            self.composites[located.code] = located.members
        return located.code


def _about_place(located: Located, where: Location) -> Iterator[Finding]:
    for check in (rows.unknown_place, rows.wrong_name, rows.alias_used, rows.composite):
        yield from check(located, where)


def read_table(
    table: Table, sheet: Sheet, symbols: Mapping[str, Withheld], places: Places
) -> tuple[Readings, tuple[Finding, ...]]:
    """The figures of a table and what is wrong with it. When the header is wrong, nothing is read."""
    empty = Readings(table, {}, {})
    header = tuple(files.bad_header(table, sheet))
    if header:
        return empty, header
    columns = {name: index for index, name in enumerate(sheet.header)}
    categories = _categories(table, columns, sheet)
    findings = [
        *files.unknown_columns(table, sheet, categories),
        *files.missing_columns(table, sheet, {values for _, values in categories}),
    ]
    if findings:
        return empty, tuple(findings)
    reader = _Reader(table, symbols, places, columns)
    for line in sheet.lines:
        reader.read(line)
    findings = [*reader.findings, *_empty_years(table, reader.cells)]
    return Readings(table, reader.cells, reader.composites), tuple(findings)


def _empty_years(table: Table, cells: Iterable[Key]) -> Iterator[Finding]:
    present = {year for _, year, _ in cells}
    for year in range(table.years[0], table.years[1] + 1):
        yield from rows.outside_period(Location(table.file, field="time_period"), inside=year in present)


def _categories(table: Table, columns: Mapping[str, int], sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    if not table.filters or not set(table.filters) <= set(columns):
        return []
    return [(line.row, category(table, columns, line)) for line in sheet.lines]


def category(table: Table, columns: Mapping[str, int], line: Line) -> tuple[str, ...]:
    """The values of a row's filters."""
    return tuple(line.cells[columns[name]] for name in table.filters)


def reporting_year(time: str, period: str) -> int:
    """The reporting year (ending 31 March) in which a printed period stands; 0 for one that is not a year."""
    first = period[:4]
    if not (first.isascii() and first.isdigit()):
        return 0
    return int(first) + (time != "reporting-year")
