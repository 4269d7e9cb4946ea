"""A workbook that a screen reader can follow: a cover, contents, notes, then one table a sheet.

Government Analysis Function, *Releasing statistics in spreadsheets*: no blank, merged or hidden cell, every table marked
as one and named, notes on a sheet of their own.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pandas as pd

with warnings.catch_warnings():  # it leaves a file of its own open while it is loaded
    warnings.simplefilter("ignore", ResourceWarning)
    import gptables

Cell: TypeAlias = str | Decimal  # words, or a number with the places that it is printed with
_INSTRUCTIONS = "This worksheet contains one table."
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_CONTENTS, _NOTES = "Contents", "Notes"
_LINE = 17  # points a line of a row takes
_WIDTHS = (14, 24, 95)  # of the sheet of notes, in characters: the last column wraps
_COVER = 95
_A4 = 9  # as the format numbers papers


class Column(NamedTuple):
    """A heading, and the note on what stands below it: empty where the heading says it."""

    heading: str
    note: str


class Sheet(NamedTuple):
    """One table. ``label``: of the tab; ``name``: of the table, which must not look like a cell; ``legend``: what marks
    mean; ``rows`` as long as ``columns``, none of their cells blank."""

    label: str
    name: str
    title: str
    subtitles: tuple[str, ...]
    legend: tuple[str, ...]
    source: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Book(NamedTuple):
    """A workbook. ``made_on``: the day its properties give; ``intro``, ``about``, ``contact``: paragraphs of the cover.
    Every heading that two sheets share has one note."""

    title: str
    author: str
    made_on: date
    intro: tuple[str, ...]
    about: tuple[str, ...]
    contact: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def workbook(book: Book) -> bytes:
    """The workbook as an Office Open XML file, the same bytes on every day. Raises ValueError for a blank cell."""
    out = io.BytesIO()
    with warnings.catch_warnings():  # it asks pandas for what the next major version will not have
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)
        made = _produced(book, out)
    _shape(made, book)
    day = datetime.combine(book.made_on, time())
    made.set_properties({"title": book.title, "author": book.author, "company": book.author, "created": day})
    made.close()
    return out.getvalue()


def _produced(book: Book, out: io.BytesIO) -> gptables.GPWorkbook:
    return gptables.produce_workbook(
        out,
        {sheet.label: _table(sheet) for sheet in book.sheets},
        cover=gptables.Cover(
            book.title, intro=list(book.intro), about=list(book.about), contact=list(book.contact), width=_COVER
        ),
        notes_table=_notes(book),
        auto_width={_CONTENTS: True, _NOTES: False, **{sheet.label: False for sheet in book.sheets}},
        workbook_options=_OPTIONS,
    )


def depends_on(book: Book) -> tuple[bytes, ...]:
    """All that the bytes of a workbook follow from: its words and figures, this code, and what writes it."""
    versions = " ".join(version(name) for name in ("gptables", "xlsxwriter", "pandas"))
    return repr(book).encode(), Path(__file__).read_bytes(), versions.encode()


def _table(sheet: Sheet) -> gptables.GPTable:
    headings = [column.heading for column in sheet.columns]
    if any(cell == "" for row in sheet.rows for cell in row):
        raise ValueError("a table of a workbook has a blank cell")
    return gptables.GPTable(
        table=pd.DataFrame(sheet.rows, columns=headings, dtype=object),
        table_name=sheet.name,
        title=sheet.title,
        subtitles=list(sheet.subtitles),
        instructions=_INSTRUCTIONS,
        legend=list(sheet.legend),
        source=sheet.source,
        index_columns={1: 0, 2: 1},
        table_notes={column.heading: f"$${column.heading}$$" for column in sheet.columns if column.note},
        additional_formatting=_formats(sheet),
    )


def places(number: Decimal) -> int:
    """How many decimals a number is printed with."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("a number of a table is not finite")  # noqa: TRY004 - a number, but none that can be printed
    return max(0, -exponent)


def _formats(sheet: Sheet) -> list[dict[str, object]]:
    """The number format of each number: as many decimals as it is printed with. One a column where all have the same,
    else one a cell: of several cells under one format the library formats the last alone. Numbers stay exact decimals up
    to the file, where a binary 9.8 would be written as 9.800000000000001, and the library takes those for words."""
    found: list[dict[str, object]] = []
    for across, column in enumerate(zip(*sheet.rows, strict=True)):
        numbers = {down: places(cell) for down, cell in enumerate(column, 1) if isinstance(cell, Decimal)}
        if numbers:
            found.append({"column": {"columns": [across], "format": {"align": "right"}, "include_names": True}})
        if len(set(numbers.values())) == 1:
            shape = {"columns": [across], "format": _format(min(numbers.values())), "include_names": False}
            found.append({"column": shape})
        else:
            found += [{"cell": {"cells": (down, across), "format": _format(dp)}} for down, dp in numbers.items()]
    return found


def _format(dp: int) -> dict[str, str]:
    return {"num_format": f"#,##0{'.' * bool(dp)}{'0' * dp}"}


def _shape(made: gptables.GPWorkbook, book: Book) -> None:
    """Widths, heights and paper: set here, so that they do not depend on the program that opens the file."""
    notes = _noted(book)
    tall = {sheet.label: {_heading_row(sheet): 2} for sheet in book.sheets}
    tall[_NOTES] = {row: 1 + len(note) // _WIDTHS[-1] for row, note in enumerate(notes.values(), 3)}
    wide = {sheet.label: _widths(sheet) for sheet in book.sheets} | {_NOTES: _WIDTHS}
    for sheet in made.worksheets():
        for place, width in enumerate(wide.get(sheet.get_name(), ())):
            sheet.set_column(place, place, width)
        for row, lines in tall.get(sheet.get_name(), {}).items():
            sheet.set_row(row, _LINE * lines)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # as wide as the paper, as long as it is


def _heading_row(sheet: Sheet) -> int:
    """The row of the headings, from 0: title, subtitles, instructions, legend and source stand above."""
    return 3 + len(sheet.subtitles) + len(sheet.legend)


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """Of each column in characters: the longest of its heading and its cells, and some room."""
    headings = [len(column.heading) + 1 for column in sheet.columns]
    longest = [max(len(str(cell)) for cell in column) for column in zip(*sheet.rows, strict=True)]
    return tuple(max(pair) + 3 for pair in zip(headings, longest, strict=True))


def _noted(book: Book) -> dict[str, str]:
    """Heading to note, in the order in which the sheets have them."""
    return dict(column for sheet in book.sheets for column in sheet.columns if column.note)


def _notes(book: Book) -> pd.DataFrame:
    notes = _noted(book)
    return pd.DataFrame({"reference": list(notes), "Column": list(notes), "Note": list(notes.values())}, dtype=object)
