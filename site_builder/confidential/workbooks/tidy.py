"""Tidy a CSV that a spreadsheet has exported: what can be told for certain is put right and said, the rest is refused."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Sequence

from site_builder.confidential.rules import disclosure, file, header, workbook
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import RETURN, Standards
from site_builder.confidential.workbooks import layout
from site_builder.confidential.workbooks.source import Reading, Source, without_padding
from site_builder.vocabulary.rules import Rule

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Bytes of Windows that are taken as such. Most others would be something else on an old Mac: they are refused.
_OF_WINDOWS = frozenset("£€‘’“”–—…•·°½¼¾\u00a0àáâäçèéêëìíîïñòóôöùúûü")

Records = list[tuple[int, list[str]]]  # row of the file, and its cells


class _Refused(Exception):
    """The file cannot be tidied; the findings say why."""


class _Tidier:
    """One file on its way; ``said`` gathers what was done to it, in words."""

    def __init__(self, label: str, standards: Standards) -> None:
        self.reading, self.said = Reading(), list[str]()
        self.schema, self.standards = standards.schemas[RETURN], standards
        self.place = Source(label, 1, (), ())

    def refuse(self, rule: Rule, flaws: Iterable[Flaw]) -> None:
        """Add what a rule found, and stop if it found anything."""
        before = len(self.reading.findings)
        self.reading.add(rule, flaws, self.place, RETURN)
        if len(self.reading.findings) > before:
            raise _Refused

    def run(self, data: bytes) -> None:
        """From bytes to rows. Raises _Refused."""
        lines = self._lines(self._text(data))
        separator, first = self._separator(lines)
        records = self._records(lines[first:], separator, first + 1)
        columns = self._header(records)
        source = Source(self.place.file, first + 1, *self._rows(records[1:], columns))
        tidy = without_padding(source, self.schema)
        if tidy.rows != source.rows:
            self.said.append("Spaces beside codes were taken out.")
        self.reading.sources[RETURN] = tidy

    def _text(self, data: bytes) -> str:
        self.refuse(file.other_kind, file.other_kind(data))
        for mark, encoding in _WIDE:
            if data.startswith(mark):
                self.said.append('It was saved as "Unicode Text", and is now in UTF-8.')
                try:
                    return data.decode(encoding)
                except UnicodeDecodeError:
                    break
        self.refuse(file.wide_encoding, file.wide_encoding(data))
        if data.startswith(file.BOM) or b"\r" in data:
            self.said.append("The opening mark and the line ends are now the standard ones.")
        try:
            return data.decode()
        except UnicodeDecodeError:
            return self._of_windows(data)

    def _of_windows(self, data: bytes) -> str:
        words = data.decode("cp1252", errors="replace")
        if {c for c in words if not c.isascii()} - _OF_WINDOWS:
            self.refuse(file.not_utf8, file.not_utf8(data))
        self.said.append("Characters of Windows, such as pound signs and dashes, are now in UTF-8.")
        return words

    def _lines(self, words: str) -> list[str]:
        self.refuse(file.empty, file.empty(words.encode(), "site-builder new"))
        lines = file.lines_of(words)
        self.refuse(file.merge_markers, file.merge_markers(lines))
        without_tabs = [line.replace("\t", " ") for line in lines]  # a tab may separate columns
        self.refuse(file.invisible_character, file.invisible_character(without_tabs))
        return lines

    def _separator(self, lines: Sequence[str]) -> tuple[str, int]:
        """What separates the columns, and how many lines only say so."""
        told = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(), re.IGNORECASE) if len(lines) > 1 else None
        first = 1 if told else 0
        known = (self.schema.columns, self._titled())
        fits = [s for s in _SEPARATORS if any(_fits(_cells(lines[first], s), columns) for columns in known)]
        separator = fits[0] if len(fits) == 1 else ","
        if told and told[1] != separator:
            self.refuse(file.wrong_separator, file.wrong_separator(lines, self.schema.columns))
        if separator != ",":
            self.said.append(f"The {_SEPARATORS[separator]} between the columns are now commas.")
        return separator, first

    def _records(self, lines: Sequence[str], separator: str, first: int) -> Records:
        """The cells of each line, without the blank lines at the end."""
        records: Records = []
        for number, line in enumerate(lines, first):
            cells = _cells(line, separator)
            if cells is None or (separator != "\t" and any("\t" in cell for cell in cells)):
                rule = file.broken_quotes if cells is None else file.invisible_character
                whole = list(rule(['"' if cells is None else "\t"]))
                self.refuse(rule, [flaw._replace(row=number, column=None) for flaw in whole])
            records.append((number, cells or []))
        ended = (n for n, (_, cells) in enumerate(reversed(records)) if any(cell.strip() for cell in cells))
        blank = next(ended, len(records))
        if blank == len(records):
            self.refuse(file.empty, file.empty(b"", "site-builder new"))
        if blank:
            self.said.append(
                "Blank rows at the end were left out." if blank > 1 else "A blank row at the end was left out."
            )
        return records[: len(records) - blank]

    def _header(self, records: Records) -> tuple[str, ...]:
        """The columns of the file, once its header is known to be right but for spelling; blank ones at the end go."""
        heads = _stripped(records[0][1])
        if len(heads) < len(records[0][1]):
            self._drop_blank_columns(records, len(heads))
        columns = next((c for c in (self.schema.columns, self._titled()) if header.same_but_loose(heads, c)), None)
        if columns is None:
            above = header.rows_above([",".join(_stripped(cells)) for _, cells in records], self.schema.columns)
            self.refuse(header.rows_above, (f._replace(row=records[(f.row or 1) - 1][0]) for f in above))
            self.refuse(disclosure.child_level, disclosure.child_level(heads, 0))
            self.refuse(header.other_columns, header.other_columns(heads, self.schema.columns))
            raise _Refused
        row = records[0][0]
        accepted = (flaw._replace(row=row) for flaw in workbook.accepted_heading(heads, columns))
        self.reading.add(workbook.accepted_heading, accepted, self.place, RETURN)
        return columns

    def _drop_blank_columns(self, records: Records, wide: int) -> None:
        """Columns without a name or a value. A row that is wider or narrower than the header shows a stray comma, which
        has moved its values: it is left for the rule on widths."""
        even = len({len(cells) for _, cells in records if cells}) == 1
        if even and all(not cell.strip() for _, cells in records for cell in cells[wide:]):
            for _, cells in records:
                del cells[wide:]
            self.said.append("Blank columns at the end were left out.")

    def _rows(self, records: Records, columns: Sequence[str]) -> tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]:
        """Rows of the file and their cells in the order of a return."""
        self.refuse(header.wrong_width, header.wrong_width(records, columns))
        if layout.TITLE in columns:
            self.said.append("The column of titles was left out.")
        places = [columns.index(column) for column in self.schema.columns]
        padded = [(number, cells or [""] * len(columns)) for number, cells in records]
        return tuple(n for n, _ in padded), tuple(tuple(cells[at] for at in places) for _, cells in padded)

    def _titled(self) -> tuple[str, ...]:
        return layout.columns_of(RETURN, self.standards.schemas)


def tidied(data: bytes, label: str, standards: Standards) -> tuple[Reading, tuple[str, ...]]:
    """The figures of a CSV, and in words what was done to it. Where it cannot be told for certain what was meant, there
    are findings of the usual rules and no source. ``label`` is how messages name the file."""
    tidier = _Tidier(label, standards)
    try:
        tidier.run(data)
    except _Refused:
        return tidier.reading, ()
    return tidier.reading, tuple(tidier.said)


def _fits(cells: Sequence[str] | None, columns: Sequence[str]) -> bool:
    return cells is not None and header.same_but_loose(_stripped(cells), columns)


def _stripped(cells: Sequence[str]) -> list[str]:
    """A header without blank columns at its end."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _cells(line: str, separator: str) -> list[str] | None:
    """The cells of one line; None when a quotation mark is out of place."""
    cell = rf'(?:"(?:[^"]|"")*"|[^"{re.escape(separator)}]*)'
    if not re.fullmatch(rf"{cell}(?:{re.escape(separator)}{cell})*", line):
        return None
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return None
