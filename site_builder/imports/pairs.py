"""A data file of Explore Education Statistics read by the metadata beside it, without a mapping: every figure in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from site_builder.imports import file_rules
from site_builder.imports.cells import Sheet
from site_builder.imports.forms.ees import OLD_SYMBOLS, SHAPE
from site_builder.imports.mappings import CategoryCell, Table
from site_builder.imports.places import Places
from site_builder.imports.readings import Readings, read_table
from site_builder.imports.shapes import Marks
from site_builder.imports.times import ENCODINGS, read_year, year_of
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.symbols import Withheld

COLUMNS = ("col_name", "col_type", "indicator_dp")
SYMBOLS: Mapping[str, Withheld] = {**OLD_SYMBOLS, **{reason.value: reason for reason in Withheld}, "k": Withheld.LOW}


def read_pair(file: str, data: Sheet, meta: Sheet, places: Places) -> tuple[Readings | None, tuple[Finding, ...]]:
    """The figures of a pair: for each place and time those of each indicator column, in a file with filters under the
    column's name and the values of the filters, a bar between them. None when the metadata does not describe the data.
    """
    table = table_of_pair(file, data, meta)
    if table is None:
        return None, (file_rules.not_described(file),)
    return read_table(table, data, Marks(SYMBOLS, {}), places, SHAPE)


def table_of_pair(file: str, data: Sheet, meta: Sheet) -> Table | None:
    """What a mapping of every figure would say; None when the metadata lacks a column, or no encoding of time fits."""
    time = _time(data)
    if not set(COLUMNS) <= set(meta.header) or not time:
        return None
    name, kind, places = (meta.header.index(column) for column in COLUMNS)
    filters = tuple(line.cells[name] for line in meta.lines if line.cells[kind] == "Filter")
    figures = {line.cells[name]: line.cells[places] for line in meta.lines if line.cells[kind] == "Indicator"}
    if not set(filters) <= set(data.header):
        return None
    met = sorted({tuple(line.cells[data.header.index(one)] for one in filters) for line in data.lines})
    cells = (
        [CategoryCell("|".join((one, *where)), one, where) for one, where in product(figures, met)] if filters else []
    )
    parts = {one: [one] if not filters else [cell.name for cell in cells if cell.column == one] for one in figures}
    return Table(
        name=file, file=file, sha256="", retrieved_from={}, time=time, years=_years(data, time), ignore=frozenset(),
        columns={} if filters else {one: one for one in figures}, filters=filters, cells=tuple(cells),
        skip=frozenset(), series=(), parts=(),
        percentages=frozenset(cell for one, dp in figures.items() if dp != "0" for cell in parts[one]),
    )  # fmt: skip


def _time(data: Sheet) -> str:
    """The encoding that all time identifiers of a file belong to; empty when there is none."""
    if "time_identifier" not in data.header:
        return ""
    column = data.header.index("time_identifier")
    said = {line.cells[column] for line in data.lines}
    return next((name for name, encoding in ENCODINGS.items() if said and said <= set(encoding.identifiers)), "")


def _years(data: Sheet, time: str) -> tuple[int, int]:
    if "time_period" not in data.header:
        return 0, 0
    period, identifier = data.header.index("time_period"), data.header.index("time_identifier")
    read = [read_year(time, line.cells[period], line.cells[identifier]) for line in data.lines]
    years = [year_of(time, at) for at in read if at is not None]
    return (min(years), max(years)) if years else (0, 0)
