"""Change a workbook as an officer would, by a small recipe; and damage one part of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

SHEET = "Return"


def changed(data: bytes, recipe: Mapping[str, Any]) -> bytes:
    """The workbook after a recipe for its sheet of figures: ``merge`` ranges, ``hide_rows``, ``hide_columns``, and
    ``rename`` headings, each by its cell."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[SHEET]
    for span in recipe.get("merge", ()):
        sheet.merge_cells(span)
    for row in recipe.get("hide_rows", ()):
        sheet.row_dimensions[row].hidden = True
    for letter in recipe.get("hide_columns", ()):
        sheet.column_dimensions[letter].hidden = True
    for cell, name in recipe.get("rename", {}).items():
        (table,) = sheet.tables.values()
        table.tableColumns[sheet[cell].column - 1].name = name
        sheet[cell] = name
    return saved(book)


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after a change of the opened book."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed, or made from nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for part in names:
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in names:
            new.writestr(name, change(b""))
    return out.getvalue()
