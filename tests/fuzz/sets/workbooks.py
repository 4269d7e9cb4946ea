"""How the workbook of a return may be spoilt, by kind; and one example of a kind through ``convert``.

What passes must say the same as the good workbook, or hold other values that a return may hold.
"""

from __future__ import annotations

import datetime
import io
import shutil
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import openpyxl
from hypothesis import strategies as st
from openpyxl.comments import Comment

from site_builder.cli.exits import of_findings
from site_builder.confidential.standards import EXPLANATIONS, REQUIRED_FILES, RETURN
from site_builder.confidential.workbooks.steps import Told, convert_file, make_template
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.planes import Visibility
from tests.confidential.house import OWN, QUARTER, write
from tests.confidential.workbooks import saved, with_part
from tests.fuzz import oracle
from tests.fuzz.examine import HARMLESS, SLIPPED, UNCHANGED, VALID, Desk, Outcome, echoes
from tests.fuzz.hand import HOSTILE
from tests.fuzz.sent import Draw

Mutation = Callable[[Draw, bytes], bytes]
_VALUES: tuple[Any, ...] = (
    *HOSTILE, None, True, False, 0, 7, -3, 12.5, 0.45, 1e20, float(10**16), datetime.date(2025, 4, 1),
    datetime.time(3), datetime.timedelta(days=2), "=1+1", "=1/0", "#REF!", "SG03", "reported",
)  # fmt: skip
_FORMATS = ("0%", "@", "0.00", "mmm-yy", "yyyy-mm-dd", '"<"0', "General", "#,##0", "0E+00")


def flipped(draw: Draw, book: bytes) -> bytes:
    """Some bytes of the file itself."""
    data = bytearray(book)
    for place in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=6)):
        data[place] ^= draw(st.integers(1, 255))
    return bytes(data)


def truncated(draw: Draw, book: bytes) -> bytes:
    """The file breaks off."""
    return book[: draw(st.integers(0, len(book) - 1))]


def spoilt_part(draw: Draw, book: bytes) -> bytes:
    """Bytes of one part, packed again."""
    name = draw(st.sampled_from(_parts(book)))

    def spoil(data: bytes) -> bytes:
        made = bytearray(data)
        for _ in range(draw(st.integers(1, 4))):
            place = draw(st.integers(0, max(len(made) - 1, 0)))
            other = draw(st.binary(min_size=0, max_size=3))
            made[place : place + draw(st.integers(0, 4))] = other
        return bytes(made)

    return with_part(book, name, spoil)


def other_characters(draw: Draw, book: bytes) -> bytes:
    """Digits or letters of the sheets are others, so that the parts can still be read."""
    name = draw(st.sampled_from([one for one in _parts(book) if "sheet" in one or "sharedStrings" in one]))

    def change(data: bytes) -> bytes:
        made = bytearray(data)
        places = [n for n, byte in enumerate(made) if chr(byte).isalnum()]
        for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
            kind = b"0123456789" if chr(made[place]).isdigit() else b"abcdefgXYZ"
            made[place] = draw(st.sampled_from(kind))
        return bytes(made)

    return with_part(book, name, change)


def other_part(draw: Draw, book: bytes) -> bytes:
    """One part is missing, empty, twice as long, or another one."""
    name, another = draw(st.sampled_from(_parts(book))), draw(st.sampled_from(_parts(book)))
    with zipfile.ZipFile(io.BytesIO(book)) as bundle:
        instead = draw(st.sampled_from((b"", bundle.read(name) * 2, bundle.read(another), b"<!DOCTYPE x><x/>", b"PK")))
    return with_part(book, name, lambda _: instead)


def hostile_cells(draw: Draw, book: bytes) -> bytes:
    """Cells hold what nobody asked for."""
    opened, sheet = _sheet(draw, book)
    for _ in range(draw(st.integers(1, 3))):
        cell = sheet.cell(draw(st.integers(1, 20)), draw(st.integers(1, 11)))
        if type(cell).__name__ == "Cell":
            cell.value = draw(st.sampled_from(_VALUES).filter(_fits_a_cell))
    return saved(opened)


def other_form(draw: Draw, book: bytes) -> bytes:
    """Cells are merged, hidden, shown otherwise, or have a comment."""
    opened, sheet = _sheet(draw, book)
    row, column = draw(st.integers(1, 18)), draw(st.integers(1, 10))
    match draw(st.integers(0, 4)):
        case 0:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column + 1)
        case 1:
            sheet.row_dimensions[row].hidden = True
        case 2:
            sheet.column_dimensions["ABCDEFGHIJ"[column - 1]].hidden = True
        case 3:
            sheet.cell(row, column).number_format = draw(st.sampled_from(_FORMATS))
        case _:
            sheet.cell(row, column).comment = Comment(draw(st.sampled_from(("Ask Mrs Example", "A word"))), "x")
    return saved(opened)


def other_table(draw: Draw, book: bytes) -> bytes:
    """The table is moved, shortened or renamed, its sheet renamed or gone, or its rows in another order."""
    opened, sheet = _sheet(draw, book)
    tables = list(sheet.tables.values())
    match draw(st.integers(0, 4)):
        case 0:
            sheet.title = "Zyxomma"
        case 1 if len(opened.sheetnames) > 1:
            del opened[sheet.title]
        case 2 if tables:
            tables[0].displayName = tables[0].name = "tbl_other"
        case 3 if tables:
            first, _, last = tables[0].ref.partition(":")
            tables[0].ref = f"{first}:{last[0]}{max(int(last[1:]) - draw(st.integers(1, 3)), 4)}"
        case _:
            sheet.move_range("A4:J6", rows=draw(st.integers(-1, 9)))
    return saved(opened)


def other_names(draw: Draw, book: bytes) -> bytes:
    """What the workbook says of itself is another thing."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    name = draw(st.sampled_from(sorted(opened.defined_names)))
    value = draw(
        st.sampled_from(('"eastmere"', '"2024-25-Q3"', '"confidential"', '"synthetic"', '""', "1+1", "Lists!$A$1"))
    )
    opened.defined_names[name].attr_text = value
    return saved(opened)


MUTATIONS: tuple[Mutation, ...] = (
    flipped, truncated, spoilt_part, other_characters, other_part, hostile_cells, other_form, other_table, other_names,
)  # fmt: skip
KINDS: Mapping[str, Mutation] = {way.__name__.replace("_", " "): way for way in MUTATIONS}


def examined(desk: Desk, kind: str, draw: Draw) -> Outcome:
    """One example of a kind through ``convert``."""
    good, book = _form(desk), b""
    book = KINDS[kind](draw, good)
    place, out = desk.root / "spoilt.xlsx", desk.root / "converted" / OWN / QUARTER
    place.write_bytes(book)
    shutil.rmtree(out, ignore_errors=True)
    start = time.process_time()
    try:
        told = convert_file(desk.root, place, Visibility.PUBLIC, out, tidy=False)
    except Exception as error:  # noqa: BLE001  (a crash is what is looked for, and is told)
        return Outcome(
            SLIPPED, (f"crashed with {type(error).__name__}",), time.process_time() - start, repr(error)[:300]
        )
    seconds = time.process_time() - start
    how = _how(desk, told, out, same=book == good)
    faults = list(echoes(told.findings, {RETURN: desk.good[RETURN], "cells": " ".join(map(str, _VALUES)).encode()}))
    faults += [f"exit code {code}"] if (code := of_findings(told.findings)) not in (0, 1, 3) else []
    faults += ["nothing was said of it"] if how == SLIPPED else []
    written = {path.name for path in out.glob("*")}
    faults += ["files in spite of errors"] if written and how.startswith("caught") else []
    faults += ["some of the files"] if written not in (set(), set(REQUIRED_FILES)) else []
    lines = (out / RETURN).read_text()[:600] if written else ""
    return Outcome(how, tuple(faults), seconds, lines)


def _how(desk: Desk, told: Told, out: Any, *, same: bool) -> str:
    errors = sorted({finding.rule for finding in told.findings if finding.severity is Severity.ERROR})
    if errors:
        return f"caught by {errors[0]}"
    good = _said(desk.good)
    said = _said({name: (out / name).read_bytes() for name in (RETURN, EXPLANATIONS) if (out / name).exists()})
    if good is None or said is None:
        return SLIPPED
    if good.tables == said.tables:
        return UNCHANGED if same else HARMLESS
    return VALID if oracle.valid_change(good, said._replace(description=good.description)) else SLIPPED


def _said(files: Mapping[str, Any]) -> oracle.Said | None:
    """What the two tables say; the description is not read back from a workbook."""
    if not {RETURN, EXPLANATIONS} <= set(files):
        return None
    return oracle.read({"datapackage.json": _DESCRIPTION, RETURN: files[RETURN], EXPLANATIONS: files[EXPLANATIONS]})


_DESCRIPTION = b'{"contact_role": "Team", "signed_off_by_role": "Head", "collection": "2024-25.1"}'


@lru_cache(maxsize=1)
def _form(desk: Desk) -> bytes:
    """The workbook of the good return."""
    files = {name: desk.good[name] for name in REQUIRED_FILES}
    write(desk.root / "datapackages/returns" / OWN / QUARTER, files)
    path = desk.root / "good.xlsx"
    path.unlink(missing_ok=True)
    make_template(desk.root, OWN, QUARTER, Visibility.PUBLIC, path)
    return path.read_bytes()


def _parts(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as bundle:
        return sorted(bundle.namelist())


def _sheet(draw: Draw, book: bytes) -> tuple[Any, Any]:
    opened = openpyxl.load_workbook(io.BytesIO(book))
    return opened, opened[draw(st.sampled_from(("Return", "Return", "Return", *opened.sheetnames)))]


def _fits_a_cell(value: Any) -> bool:
    """Whether a spreadsheet can hold it: no control characters and no lone halves of characters."""
    return not isinstance(value, str) or (
        (len(value) < 32_000 and value.isprintable()) or value in ("", "Zyxomma\nQwghlm")
    )
