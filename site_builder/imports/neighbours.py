"""Tables of statistical neighbours: for each authority ten others, closest first, and how close they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.imports import file_rules as files
from site_builder.imports import row_rules as rows
from site_builder.imports.cells import Line, Sheet, Unreadable
from site_builder.imports.mappings import NeighbourColumns, Release, Table
from site_builder.imports.places import Located, Places
from site_builder.vocabulary.findings import Finding, Location

NeighbourRow = tuple[str, int, str, str]  # area code, order (1 is closest), neighbour's code, closeness


def read_neighbours(
    table: Table, sheet: Sheet, release: Release, places: Places
) -> tuple[tuple[NeighbourRow, ...], tuple[Finding, ...]]:
    """The neighbours of every authority, in order of code, and what is wrong with the table."""
    columns = table.neighbours
    assert columns is not None, "only a table of neighbours comes here"
    header = tuple(files.bad_header(table, sheet)) or _names(table, sheet, columns)
    if header:
        return (), header
    index = {name: i for i, name in enumerate(sheet.header)} if not columns.width else {}
    found: list[NeighbourRow] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for line in _list(sheet, columns):
        made, wrong = _of_authority(line, table, columns, index, release.closeness, places)
        findings += wrong
        areas = {row[0] for row in made}
        findings += rows.duplicate(Location(table.file, line.row), again=bool(areas & seen))
        seen |= areas
        found += made
    return tuple(sorted(set(found))), tuple(findings)


def _names(table: Table, sheet: Sheet, columns: NeighbourColumns) -> tuple[Finding, ...]:
    if columns.width:
        return ()
    used = frozenset(str(name) for name in files.neighbour_columns(columns))
    declared = _with_ignored(table, used)
    return (*files.unknown_columns(declared, sheet), *files.missing_columns(declared, sheet))


def _with_ignored(table: Table, used: frozenset[str]) -> Table:
    """The table with the columns that are read among the known names."""
    known = {name: name for name in sorted(used)}
    return Table(
        table.name, table.file, table.sha256, table.retrieved_from, table.time, table.years, table.ignore,
        known, (), (), frozenset(), (), (), frozenset(), table.neighbours,
    )  # fmt: skip


def _list(sheet: Sheet, columns: NeighbourColumns) -> Iterator[Line]:
    """The rows of the list: blank ones left away, and nothing after the text that ends it."""
    for line in sheet.lines:
        if columns.until and columns.until in line.cells:
            return
        if any(cell.strip() for cell in line.cells):
            yield line


def _of_authority(
    line: Line,
    table: Table,
    columns: NeighbourColumns,
    index: Mapping[str, int],
    closeness: Mapping[str, str],
    places: Places,
) -> tuple[list[NeighbourRow], list[Finding]]:
    def text(column: str | int) -> str:
        return line.cells[column if isinstance(column, int) else index[column]].strip(" ")

    findings: list[Finding] = []
    area = places.of_dfe_code(text(columns.authority), columns.year)
    findings += rows.unknown_place(
        _place(area), Location(table.file, line.row, column=_position(columns.authority, index))
    )
    made: list[NeighbourRow] = []
    for order, (code, band) in enumerate(zip(columns.neighbours, columns.closeness, strict=True), 1):
        neighbour = places.of_dfe_code(text(code), columns.year)
        word = closeness.get(text(band).lower(), "")
        findings += rows.unknown_place(_place(neighbour), Location(table.file, line.row, column=_position(code, index)))
        cell = Unreadable("I201" if not word else "")
        findings += rows.unknown_symbol(cell, Location(table.file, line.row, column=_position(band, index)))
        if area and neighbour and word:
            made.append((area, order, neighbour, word))
    findings += rows.duplicate(
        Location(table.file, line.row), again=len({row[2] for row in made} | {area}) < len(made) + 1
    )
    return made, findings


def _place(code: str) -> Located:
    return Located(code) if code else Located(problem="I301")


def _position(column: str | int, index: Mapping[str, int]) -> int:
    return (column if isinstance(column, int) else index[column]) + 1
