"""Look at a workbook before anything reads it: is it one, may it be unpacked, and whose form is it?

Standard library only. The parts are streamed through a parser that builds nothing, so that a hostile file costs no more
than its bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from site_builder.confidential.rules import file
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.workbooks import layout
from site_builder.confidential.workbooks.layout import Identity

MOST_MEMBERS, MOST_BYTES, MOST_RATIO = 200, 20_000_000, 100
_SMALL = 100_000  # bytes: a blank part of a sheet packs very well and does no harm
_MOST_SPANNED = 200_000  # cells, those of merged and linked ranges and of tables included: a reader makes every one
_OLE = b"\xd0\xcf\x11\xe0"
_PARTS = (".xml", ".rels", ".vml")
_BOOK = "xl/workbook.xml"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
AGAIN = "Copy the figures into a fresh form: `site-builder template` writes one."
DAMAGED = "This workbook is damaged and cannot be read.", AGAIN


def as_workbook(data: bytes) -> Iterator[Flaw]:
    """Why bytes are no workbook that may be read, as flaws of F206; the first reason only, none for a good one."""
    reason = _other_kind(data) or _contents(data)
    if reason is not None:
        yield Flaw(*reason, file="")


def _other_kind(data: bytes) -> tuple[str, str] | None:
    if data.startswith(_OLE):
        return (
            "This is an old Excel workbook (.xls), or one that is locked with a password.",
            'Open it in Excel, take the password off if it has one, and save it as "Excel Workbook (.xlsx)".',
        )
    if not data.startswith(b"PK"):
        kind = next(iter(file.other_kind(data)), None)
        what = kind.problem.split(",")[0].removesuffix(".") if kind else "This is not an Excel workbook"
        return f"{what}; `convert` reads workbooks (.xlsx).", "Name the workbook, or for a CSV add --tidy."
    return None


def _contents(data: bytes) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return _members(bundle) or next(_parts(bundle), None)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return DAMAGED


def _members(bundle: zipfile.ZipFile) -> tuple[str, str] | None:
    """What the list of parts already tells, before any is unpacked."""
    parts = bundle.infolist()
    names = [part.filename.lower() for part in parts]
    size = sum(part.file_size for part in parts)
    swollen = any(p.file_size > _SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if len(parts) > MOST_MEMBERS or size > MOST_BYTES or swollen:
        return "This workbook holds far more than the form of a return can hold.", AGAIN
    if len(set(names)) < len(names) or _BOOK not in names or any(part.flag_bits & 1 for part in parts):
        return "This file is packed in another way than an Excel workbook.", AGAIN
    if any(name.endswith(("vbaproject.bin", "macrosheet.xml")) or "/macrosheets/" in name for name in names):
        return "This workbook holds macros, which are programs, and is not read.", f"Save it as .xlsx. {AGAIN}"
    if any("/externallinks/" in name for name in names):
        return (
            "This workbook has links to other workbooks, and its figures may come from there.",
            "Copy the cells and choose Paste Special, Values; then remove the links under Data, Edit Links.",
        )
    return None


def _parts(bundle: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    spanned = 0
    for part in bundle.infolist():
        data = bundle.read(part)
        if part.filename.lower().endswith(_PARTS) or data.lstrip().startswith(b"<"):
            watch = _Watch()
            if not watch.read(data):
                yield DAMAGED
            if watch.doctype or b"<!doctype" in data.lower():
                yield "This workbook was not written by a spreadsheet program: it defines words of its own.", AGAIN
            spanned += watch.spanned
            if spanned > _MOST_SPANNED:
                yield "The sheets of this workbook hold far more cells than a return has.", AGAIN


class _Watch:
    """What a part of a workbook holds that could hurt, found while it streams by."""

    def __init__(self) -> None:
        self.doctype, self.spanned = False, 0
        self.names: dict[str, str] = {}
        self._name: str | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text

    def read(self, data: bytes) -> bool:
        """Whether the bytes are XML to their end; it stops at a document type, before any word of it is used."""
        try:
            self._parser.Parse(data, True)
        except _Stopped:
            return True
        except (expat.ExpatError, LookupError, ValueError):
            return False
        return True

    def _on_doctype(self, *_: object) -> None:
        self.doctype = True
        raise _Stopped

    def _on_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self.spanned += 1
        elif kind in ("mergeCell", "hyperlink", "f", "table") and "ref" in attributes:
            self.spanned += _cells_in(attributes["ref"])
        if kind == "definedName" and attributes.get("name") in layout.NAMES and "localSheetId" not in attributes:
            self._name = attributes["name"]
            self.names[self._name] = ""

    def _on_end(self, _: str) -> None:
        self._name = None

    def _on_text(self, text: str) -> None:
        if self._name is not None:
            self.names[self._name] += text


class _Stopped(Exception):
    """Enough has been seen."""


def identity(data: bytes) -> Identity:
    """What a workbook that passed ``as_workbook`` says of itself. No cell is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        book = next(part for part in bundle.infolist() if part.filename.lower() == _BOOK)
        watch = _Watch()
        watch.read(bundle.read(book))
    return Identity(*(watch.names.get(name, "").strip().strip('"') for name in layout.NAMES))


def bounds(reference: str) -> tuple[int, int, int, int] | None:
    """The first column and row, and the last ones, of a block such as ``A1:C3``; None for anything else."""
    match = _RANGE.match(reference)
    if match is None:
        return None
    columns, rows = sorted((_column(match[1]), _column(match[3]))), sorted((int(match[2]), int(match[4])))
    return columns[0], rows[0], columns[1], rows[1]


def _cells_in(reference: str) -> int:
    left, top, right, bottom = bounds(reference) or (1, 1, 1, 1)
    return (right - left + 1) * (bottom - top + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
