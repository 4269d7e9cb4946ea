"""What a workbook says: its words, its numbers, and the records of its tables. Anything else in it is refused.

Office Open XML, ISO/IEC 29500-1: only the parts and elements that a plain workbook of tables needs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/(?:workbook|styles|sharedStrings|theme/theme1)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/(?:_rels/sheet\d+\.xml\.rels|sheet\d+\.xml)|xl/tables/table\d+\.xml"
)
_SHEET = re.compile(r"xl/worksheets/(sheet\d+)\.xml")
_ELEMENTS = {
    "worksheet", "sheetPr", "pageSetUpPr", "dimension", "sheetViews", "sheetView", "sheetFormatPr", "cols", "col",
    "sheetData", "row", "c", "v", "hyperlinks", "hyperlink", "pageMargins", "pageSetup", "tableParts", "tablePart",
}  # fmt: skip
_UNSEEN = ("hidden", "state", "veryHidden")  # attributes of what a reader is not shown
_WORDLESS = re.compile(r"xl/(?:styles|theme/theme1|workbook)\.xml|.*\.rels|\[Content_Types\]\.xml")
_FORMAL = {  # what the properties may say in digits, by element
    "AppVersion": re.compile(r"\d\d\.\d{4}"), "i4": re.compile(r"\d"), "DocSecurity": re.compile("0"),
    "created": re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z"), "modified": re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z"),
}  # fmt: skip
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_MARK = re.compile(r"\[(c|x|z|low|u)\]")
_NOTE = re.compile(r"\s*\[note \d+\]")
_REASONS = {"numerator": "numerator_withheld", "denominator": "denominator_withheld", "value": "withheld"}
_ORDINALS = {"note_number", "neighbours_used"}  # numbers that are no figure of a place
_SHARED = "xl/sharedStrings.xml"
_MOST = 50_000_000  # bytes of one part

Grid = dict[tuple[int, int], str]
_Area = tuple[int, int, int, int]


class Read(NamedTuple):
    """``words``: every text; ``numbers``: of cells, but those of notes; ``records``: a row of a table each."""

    words: tuple[str, ...]
    numbers: frozenset[str]
    records: tuple[Mapping[str, str], ...]


def read(data: bytes) -> Read:
    """A workbook. Raises ValueError for one that holds what a reader does not see, or that cannot be understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if max(info.file_size for info in archive.infolist()) > _MOST:
                raise ValueError("a part that is too large")
            parts = {name: ET.fromstring(archive.read(name)) for name in sorted(archive.namelist())}  # noqa: S314 - reads no other file
    except (zipfile.BadZipFile, ET.ParseError) as error:
        raise ValueError("not a workbook") from error
    return _read(parts)


def _read(parts: Mapping[str, ET.Element]) -> Read:
    for name, root in parts.items():
        _refuse_unseen(name, root)
    shared = ["".join(part.itertext()) for part in parts[_SHARED]] if _SHARED in parts else []
    words = [*shared, *(text for name in parts for text in _properties(name, parts[name]))]
    numbers: set[str] = set()
    records: list[Mapping[str, str]] = []
    for name in parts:
        if _SHEET.fullmatch(name):
            texts, figures = _grid(parts[name], shared)
            area = _range(parts, name)
            records += _records(area, texts, figures)
            numbers |= {figures[place] for place in figures if _heading(area, texts, place) not in _ORDINALS}
    return Read(tuple(_NOTE.sub("", text) for text in words), frozenset(numbers), tuple(records))


def _refuse_unseen(name: str, root: ET.Element) -> None:
    if not _PARTS.fullmatch(name):
        raise ValueError("a part that a plain workbook lacks")
    for element in root.iter():
        if any(key in element.attrib for key in _UNSEEN) or element.attrib.get("TargetMode") == "External":
            raise ValueError("a part that a reader does not see")
        if (_SHEET.fullmatch(name) and _local(element) not in _ELEMENTS) or _local(element) == "definedName":
            raise ValueError("an element that a plain workbook lacks")
    if _WORDLESS.fullmatch(name) and "".join(root.itertext()).strip():
        raise ValueError("words where none belong")


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _properties(name: str, root: ET.Element) -> Iterator[str]:
    """The words of the document's properties, but for versions, counts of sheets and days."""
    if name.startswith("docProps/"):
        for element in root.iter():
            text, formal = element.text or "", _FORMAL.get(_local(element))
            if not (formal and formal.fullmatch(text)):
                yield text


def _grid(root: ET.Element, shared: list[str]) -> tuple[Grid, Grid]:
    """The texts of a sheet, and its numbers, by row and column."""
    texts: Grid = {}
    figures: Grid = {}
    for element in root.iter():
        if _local(element) == "c":
            place, held = _place(element.attrib["r"]), "".join(element.itertext())
            match element.attrib.get("t", "n"):
                case "s":
                    texts[place] = shared[int(held)]
                case "n":
                    figures[place] = held
                case _:
                    raise ValueError("a cell that is neither words nor a number")
    if "" in texts.values() or "" in figures.values():
        raise ValueError("a blank cell")
    return texts, figures


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError("not the name of a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _range(parts: Mapping[str, ET.Element], sheet: str) -> _Area:
    """First row and column, last row and column of the one table of a sheet; noughts for a sheet without."""
    links = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    if links not in parts:
        return 0, 0, 0, 0
    targets = [one.attrib["Target"] for one in parts[links]]
    if len(targets) != 1 or f"xl/{targets[0].removeprefix('../')}" not in parts:
        raise ValueError("a sheet with more than one table")
    first, _, last = parts[f"xl/{targets[0].removeprefix('../')}"].attrib["ref"].partition(":")
    return (*_place(first), *_place(last))


def _heading(area: _Area, texts: Grid, place: tuple[int, int]) -> str:
    """The name of the column that a cell of a table stands in, as tables of text have it. Raises ValueError for a cell
    outside the table."""
    top, left, bottom, right = area
    if not (top < place[0] <= bottom and left <= place[1] <= right):
        raise ValueError("a number outside a table")
    return _NOTE.sub("", texts[top, place[1]]).lower().replace(" ", "_")


def _records(area: _Area, texts: Grid, figures: Grid) -> Iterator[dict[str, str]]:
    """The rows of a table with the names of the columns that tables of text have."""
    top, left, bottom, right = area
    for row in range(top + 1, bottom + 1):
        record: dict[str, str] = {}
        for place in ((row, column) for column in range(left, right + 1)):
            name, held = _heading(area, texts, place), figures.get(place) or texts[place]
            mark = _MARK.fullmatch(held)
            record[name] = "" if mark else held
            if name in _REASONS:
                record[_REASONS[name]] = mark[1] if mark else ""
        yield record
