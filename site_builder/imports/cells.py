"""Bytes of a published table into rows of text, and one cell of text into a number or a reason. Pure; nothing is guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.vocabulary.symbols import Withheld, worst

_BOM = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z", re.ASCII)
_COUNT = re.compile(r"(?:0|[1-9][0-9]*)\Z", re.ASCII)
_DIGIT = re.compile(r"[0-9]", re.ASCII)


class Cell(NamedTuple):
    """A printed figure: ``text`` exactly as printed, empty exactly when ``withheld`` says why there is none."""

    text: str
    withheld: Withheld | None = None

    @property
    def number(self) -> int | None:
        """The number of a count; None when it is withheld. Raises ValueError for a number that is no count."""
        return None if self.withheld else int(self.text)


class Unreadable(NamedTuple):
    """A cell that cannot be read: ``I201`` for a blank or unknown symbol, ``I202`` for a strange number, ``I203`` for a
    number beside a remark that there is none."""

    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file: its spreadsheet row (the header is 1) and its cells."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as text. ``normalised``: whether a byte order mark or a lone CR was taken away. ``broken``: the row where
    reading stopped, because a quote or the number of cells is wrong; None when all of it was read."""

    header: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)
    normalised: bool
    broken: int | None = None


def read_sheet(data: bytes) -> Sheet | None:
    """The table of a file; None when the bytes are not UTF-8. Blank lines at the end are left away."""
    marked = data.startswith(_BOM)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None
    unix = text.replace("\r\n", "\n")
    lone_cr = "\r" in unix
    records, broken = _records(unix.replace("\r", "\n"))
    if not records:
        return Sheet((), (), marked or lone_cr, broken or 1)
    header, *rest = records
    ragged = next((line.row for line in rest if len(line.cells) != len(header.cells)), None)
    broken = broken or ragged
    return Sheet(header.cells, tuple(rest), marked or lone_cr, broken)


def _records(text: str) -> tuple[list[Line], int | None]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Line] = []
    row = 1
    try:
        for cells in reader:
            if cells:  # the reader gives an empty list for an empty line
                records.append(Line(row, tuple(cells)))
            row += 1
    except csv.Error:
        return records, row
    return records, None


def read_cell(text: str, symbols: Mapping[str, Withheld], *, counts: bool) -> Cell | Unreadable:
    """A number, or the reason of a symbol. ``counts``: whether only whole numbers will do.

    A number is ASCII digits with at most one point: no sign, no separator, no space, no leading nought.
    """
    stripped = text.strip(" ")
    if stripped in symbols:
        return Cell("", symbols[stripped])
    if (_COUNT if counts else _NUMBER).match(stripped):
        return Cell(stripped)
    return Unreadable("I202" if _DIGIT.search(stripped) else "I201")


def add(parts: list[Cell]) -> Cell:
    """The sum of counts. When any part is withheld, so is the sum, for the worst of the reasons."""
    reason = worst(*(part.withheld for part in parts))
    return Cell("", reason) if reason else Cell(str(sum(int(part.text) for part in parts)))
