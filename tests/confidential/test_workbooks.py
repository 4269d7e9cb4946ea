"""Workbooks of returns: there and back, every trap of a spreadsheet, and nothing written where anything is wrong."""

from __future__ import annotations

import datetime
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from site_builder.cli.reports import formats, renderer
from site_builder.cli.wording import Run
from site_builder.confidential.checking import check_by
from site_builder.confidential.newfolder import make_folder
from site_builder.confidential.newreturn import descriptor_bytes
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, REQUIRED_FILES, RETURN, Standards, counts_of
from site_builder.confidential.workbooks.inspect import as_workbook, bounds, identity
from site_builder.confidential.workbooks.steps import NOTHING, Told, convert_file, make_template
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import ConfigurationError
from tests.confidential.house import OWN, QUARTER, REPOSITORY, YEAR, build_house, good_return, particulars, table, write
from tests.confidential.workbooks import changed, edited, saved, with_part

PUBLIC = Visibility.PUBLIC
EARLIER = "2024-25-Q1"
FIRST = 4  # the row of the first figure
CANARY = 777_767


@dataclass(frozen=True, repr=False)
class Desk:
    """A checkout of the invented house, and where a workbook lies beside it."""

    root: Path
    standards: Standards

    def folder(self, period: str = QUARTER) -> Path:
        return self.root / "datapackages/returns" / OWN / period

    def book(self, period: str = QUARTER, visibility: Visibility = PUBLIC) -> bytes:
        """The form of the return, as it would be written now."""
        path = self.root / "form.xlsx"
        path.unlink(missing_ok=True)
        told = make_template(self.root, OWN, period, visibility, path)
        assert path.exists(), [finding.rule for finding in told.findings]
        return path.read_bytes()

    def convert(
        self, data: bytes, visibility: Visibility = PUBLIC, out: Path | None = None, *, tidy: bool = False
    ) -> Told:
        path = self.root / ("filled.csv" if tidy else "filled.xlsx")
        path.write_bytes(data)
        return convert_file(self.root, path, visibility, out, tidy=tidy)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A house with one good return."""
    standards = build_house(tmp_path)
    made = Desk(tmp_path, standards)
    write(made.folder(), good_return(standards))
    return made


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def rules(told: Told) -> list[str]:
    return [finding.rule for finding in told.findings]


def places(told: Told) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.where.cell) for finding in told.findings]


def filled(period: str, standards: Standards) -> Callable[[Any], None]:
    """Type a good return into a fresh form, as a person would: counts as numbers, a word from the list."""
    rows = table(good_return(standards, period=period)[RETURN])[1:]

    def change(book: Any) -> None:
        for number, row in enumerate(rows, FIRST):
            for letter, cell in zip("FG", row[4:6], strict=True):
                book["Return"][f"{letter}{number}"] = int(cell) if cell else None
            book["Return"][f"H{number}"] = row[6]

    return change


# There and back


@pytest.mark.parametrize("period", [QUARTER, YEAR])
def test_new_template_convert_gives_back_the_same_bytes(period: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, build_house(tmp_path))
    make_folder(tmp_path, OWN, period, PUBLIC, repair=False)
    before = files_of(desk.folder(period))
    told = desk.convert(desk.book(period))
    assert rules(told) == ["K508"], "a fresh return is asked one thing, and written all the same"
    assert files_of(desk.folder(period)) == before


@pytest.mark.parametrize("period", [QUARTER, YEAR])
def test_a_form_that_was_filled_in_becomes_a_return_that_passes(period: str, tmp_path: Path) -> None:
    standards = build_house(tmp_path)
    desk = Desk(tmp_path, standards)
    told = desk.convert(edited(desk.book(period), filled(period, standards)))
    assert told.findings == ()
    assert sorted(files_of(desk.folder(period))) == sorted(REQUIRED_FILES), "the folder lacked its description"
    result = check_by(standards, tmp_path, [tmp_path / "datapackages/returns"], PUBLIC)
    assert {finding.rule for finding in result.findings} <= {"T700", "X800"}
    assert files_of(desk.folder(period))[RETURN] == good_return(standards, period=period)[RETURN]


def test_a_return_of_the_repository_goes_there_and_back(tmp_path: Path) -> None:
    folder = REPOSITORY / "datapackages/returns/camden/2024-25-Q1"  # it has a correction and answers
    book, out = tmp_path / "camden.xlsx", tmp_path / "camden/2024-25-Q1"
    make_template(REPOSITORY, "camden", "2024-25-Q1", PUBLIC, book)
    write(out, {DESCRIPTOR: (folder / DESCRIPTOR).read_bytes()})
    convert_file(REPOSITORY, book, PUBLIC, out, tidy=False)
    assert files_of(out) == files_of(folder)


def test_two_runs_give_the_same_bytes(desk: Desk) -> None:
    assert desk.book() == desk.book()


_WORDS = st.text("abcdefghij ,;\"'£é–", max_size=60).map(lambda words: words and f"On {words}.")
_ROW = st.tuples(
    st.integers(0, 5000), st.integers(0, 5000), st.sampled_from(["reported", "provisional", "withheld", ""]), _WORDS
)


@given(st.lists(_ROW, min_size=12, max_size=12))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_converted_is_judged_as_a_check_would(desk: Desk, cells: list[tuple[int, int, str, str]]) -> None:
    write(desk.folder(), good_return(desk.standards))
    rows = table(good_return(desk.standards)[RETURN])[1:]

    def change(book: Any) -> None:
        for number, (row, (part, whole, status, note)) in enumerate(zip(rows, cells, strict=True), FIRST):
            counted = status != "withheld"
            both = "denominator" in counts_of(desk.standards.catalogue[row[2]])
            book["Return"][f"F{number}"] = part if counted else None
            book["Return"][f"G{number}"] = whole if counted and both else None
            book["Return"][f"H{number}"] = status or "reported"
            book["Return"][f"I{number}"] = note or None

    told = desk.convert(edited(desk.book(), change))
    checked = check_by(desk.standards, desk.root, [desk.root / "datapackages/returns"], PUBLIC).findings
    if told.words == NOTHING:
        assert any(finding.severity.value == "error" for finding in told.findings)
        assert files_of(desk.folder()) == good_return(desk.standards)
    else:
        alone = {"T700", "X800"}
        assert rules(told) == [f.rule for f in checked if f.rule not in alone]
        assert [f.where.row for f in told.findings if f.where.row] == [
            f.where.row + FIRST - 2 for f in checked if f.where.row
        ]


# The form


def test_the_form_is_a_real_table_with_locked_codes_and_open_figures(desk: Desk) -> None:
    write(desk.folder(EARLIER), good_return(desk.standards, period=EARLIER))
    book = openpyxl.load_workbook(io.BytesIO(desk.book()))
    assert book.sheetnames == ["Read me", "Return", "Explanations", "Last period", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    sheet = book["Return"]
    assert sheet.tables["tbl_return"].ref == "A3:I15"
    heads = [cell.value for cell in sheet[3]]
    assert heads == [*desk.standards.schemas[RETURN].columns[:3], "title", *desk.standards.schemas[RETURN].columns[3:]]
    assert [cell.protection.locked for cell in sheet[FIRST]] == [True] * 5 + [False] * 4
    assert [cell.number_format for cell in sheet[FIRST]] == ["@", "@", "@", "General", "@", "0", "0", "@", "@"]
    assert sheet.protection.sheet
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert not sheet.merged_cells.ranges
    assert sheet["A2"].value == "Illustrative: invented figures"
    names = {name: one.attr_text for name, one in book.defined_names.items()}
    assert names["sb_template"] == '"return-2024-25.1"'
    assert (names["sb_area"], names["sb_period"]) == (f'"{OWN}"', f'"{QUARTER}"')
    last = [[cell.value for cell in row] for row in book["Last period"].iter_rows(min_row=FIRST)]
    assert [str(row[5]) for row in last] == [
        row[4] for row in table(good_return(desk.standards, period=EARLIER)[RETURN])[1:]
    ]
    assert all(cell.protection.locked for row in book["Last period"].iter_rows() for cell in row)


def test_every_open_cell_says_what_belongs_there(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(desk.book()))
    checks = {str(one.sqref): one for one in book["Return"].data_validations.dataValidation}
    assert all(one.prompt and len(one.prompt) <= 255 for one in checks.values())
    share = [code for code in (row[2] for row in table(good_return(desk.standards)[RETURN])[1:])].index("SG02") + FIRST
    assert checks[f"F{share}"].type == "whole"
    assert checks[f"G{share}"].formula1 == f"AND(ISNUMBER(G{share}),G{share}=INT(G{share}),G{share}>=F{share})"
    assert checks[f"G{FIRST}"].type == "textLength", "a rate has no denominator to give"
    assert checks["H4:H15"].formula1 == "sb_statuses"
    assert checks["I4:I15"].formula2 == "500"


def test_a_form_is_never_written_over(desk: Desk) -> None:
    path = desk.root / "form.xlsx"
    path.write_bytes(b"filled in")
    with pytest.raises(ConfigurationError):
        make_template(desk.root, OWN, QUARTER, PUBLIC, path)
    assert path.read_bytes() == b"filled in"


def test_a_return_that_cannot_be_read_gives_findings_and_no_form(desk: Desk) -> None:
    write(desk.folder(), {RETURN: b"area_code;period\n"})
    told = make_template(desk.root, OWN, QUARTER, PUBLIC, desk.root / "form.xlsx")
    assert rules(told) == ["F205"]
    assert not (desk.root / "form.xlsx").exists()


def test_the_check_of_returns_loads_no_reader_of_workbooks() -> None:
    code = (
        "import sys, site_builder.cli.app, site_builder.confidential.checking\n"
        "sys.exit(bool({'openpyxl', 'xlsxwriter'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0


# Planes


def test_a_real_return_is_neither_written_nor_read_in_a_public_place(desk: Desk) -> None:
    private = desk.book(EARLIER, Visibility.PRIVATE)
    assert identity(private).classification == "confidential"
    for visibility in (PUBLIC, Visibility.UNKNOWN):
        told = desk.convert(private, visibility)
        assert rules(told) == ["D901"]
    assert not desk.folder(EARLIER).exists()
    desk.convert(private, Visibility.PRIVATE)
    assert sorted(files_of(desk.folder(EARLIER))) == sorted(REQUIRED_FILES)
    (desk.folder(EARLIER) / RETURN).chmod(0)
    form = desk.root / "new.xlsx"
    told = make_template(desk.root, OWN, EARLIER, PUBLIC, form)
    assert (rules(told), form.exists()) == (["D901"], False)


def test_figures_of_a_real_return_are_not_on_a_form_in_a_public_place(desk: Desk) -> None:
    real = particulars(desk.standards, period=EARLIER)
    files = good_return(desk.standards, period=EARLIER)
    said = descriptor_bytes(replace(real, classification=Classification.CONFIDENTIAL), desk.standards.schemas)
    write(desk.folder(EARLIER), {**files, DESCRIPTOR: said})
    for visibility, rows in ((PUBLIC, 1), (Visibility.PRIVATE, 15)):
        book = openpyxl.load_workbook(io.BytesIO(desk.book(visibility=visibility)))
        assert book["Last period"].max_row == rows


def test_a_workbook_that_does_not_say_what_it_is_counts_as_real(desk: Desk) -> None:
    def unsaid(book: Any) -> None:
        del book.defined_names["sb_classification"]

    assert rules(desk.convert(edited(desk.book(), unsaid))) == ["D901"]


def test_real_figures_never_go_into_an_invented_return(desk: Desk) -> None:
    def real(book: Any) -> None:
        book.defined_names["sb_classification"].attr_text = '"confidential"'

    assert rules(desk.convert(edited(desk.book(), real), Visibility.PRIVATE)) == ["D906"]


# Traps of a spreadsheet


def cell(address: str, value: Any, number_format: str | None = None, sheet: str = "Return") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][address] = value
        if number_format:
            book[sheet][address].number_format = number_format

    return change


def _error(book: Any) -> None:
    book["Return"]["F5"] = "#DIV/0!"
    assert book["Return"]["F5"].data_type == "e"


def _comment(book: Any) -> None:
    book["Return"]["F5"].comment = Comment("Ask Mrs Smith", "Officer")


def _spill(book: Any) -> None:
    book["Return"]["F5"] = ArrayFormula("F5:F6", "=F7:F8*1")


def _hide_together(book: Any) -> None:
    book["Return"].column_dimensions.group("F", "G", hidden=True)


TRAPS: dict[str, tuple[Callable[[Any], None], list[tuple[str, str]]]] = {
    "a share shown as a percentage": (cell("F5", 0.45, "0%"), [("C402", "Return!F5")]),
    "all of them as a percentage": (cell("F5", 1, "0.0%"), [("C402", "Return!F5")]),
    "a share": (cell("F5", 0.45), [("C402", "Return!F5")]),
    "a month for a period": (cell("B5", datetime.date(2025, 4, 1), "mmm-yy"), [("C411", "Return!B5")]),
    "a serial number for a period": (cell("B5", 45748), [("C411", "Return!B5")]),
    "a date for a breakdown": (cell("E5", datetime.date(2025, 9, 5), "d-mmm"), [("C411", "Return!E5")]),
    "a date for a code": (cell("C5", datetime.date(2025, 9, 5)), [("C411", "Return!C5"), ("K506", "")]),
    "a date for a count": (cell("F5", datetime.date(2025, 9, 5)), [("C407", "Return!F5")]),
    "an error": (_error, [("C409", "Return!F5")]),
    "a formula that was never worked out": (cell("F5", "=F6+1"), [("C409", "Return!F5")]),
    "a formula that spills": (_spill, [("C409", "Return!F5"), ("C409", "Return!F6")]),
    "a formula for a note": (cell("I5", '="x"&"y"'), [("C409", "Return!I5")]),
    "a half child": (cell("F5", 12.5), [("C407", "Return!F5")]),
    "an enormous count": (cell("F5", 1e20), [("C407", "Return!F5")]),
    "a minus": (cell("F5", -12), [("C408", "Return!F5")]),
    "a truth": (cell("F5", True), [("C407", "Return!F5")]),
    "a mark": (cell("F5", "<5"), [("C403", "Return!F5")]),
    "a blank": (cell("F5", None), [("C405", "Return!F5")]),
    "a padded status": (cell("H5", "reported "), [("C417", "Return!H5")]),
    "a line break": (cell("I5", "First.\nSecond."), [("F208", "Return!I5")]),
    "an invisible character": (cell("I5", "A\u200bword."), [("F207", "Return!I5")]),
    "a postcode": (cell("I5", "Moved to SE15 3QN."), [("C413", "Return!I5")]),
    "a comment": (_comment, [("C413", "Return!F5")]),
    "a value below the table": (cell("F16", 7), [("H304", "Return!F16")]),
    "a value beside the table": (cell("L5", "and more"), [("H304", "Return!L5")]),
    "hidden columns": (_hide_together, [("C414", "Return!F3"), ("C414", "Return!G3")]),
    "half an explanation": (
        cell("E4", "A new front door was opened.", sheet="Explanations"),
        [("K512", "Explanations!A4")],
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_has_its_code_and_its_cell(name: str, desk: Desk) -> None:
    change, expected = TRAPS[name]
    before = files_of(desk.folder())
    told = desk.convert(edited(desk.book(), change))
    assert sorted((rule, cell or "") for rule, cell in places(told)) == sorted(expected)
    assert files_of(desk.folder()) == before, "nothing is written"


@pytest.mark.parametrize(
    "value",
    [
        "1013",
        1013.0,
        CellRichText("10", TextBlock(InlineFont(b=True), "13")),
    ],
    ids=["text", "decimal", "rich"],
)
def test_a_count_is_taken_however_the_spreadsheet_keeps_it(value: Any, desk: Desk) -> None:
    told = desk.convert(edited(desk.book(), cell("F5", value)))
    assert told.findings == ()
    assert table((desk.folder() / RETURN).read_bytes())[2][4] == "1013"


def test_a_formula_that_was_worked_out_is_refused_too(desk: Desk) -> None:
    book = desk.book()
    sheet = "xl/worksheets/sheet2.xml"
    text = zipfile.ZipFile(io.BytesIO(book)).read(sheet).decode()
    start = text.index('<c r="F5"')
    end = text.index("</c>", start)
    told = desk.convert(
        with_part(book, sheet, lambda _: f'{text[:start]}<c r="F5"><f>F6</f><v>1013</v>{text[end:]}'.encode())
    )
    assert places(told) == [("C409", "Return!F5")]


@pytest.mark.parametrize(
    ("old", "new", "hidden"),
    [
        (b'<row r="6"', b'<row r="6" ht="0" customHeight="1"', ["A6"]),
        (b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ', [f"A{row}" for row in range(FIRST, 16)]),
    ],
    ids=["no height", "all hidden unless said"],
)
def test_rows_that_are_hidden_in_another_way_are_found(old: bytes, new: bytes, hidden: list[str], desk: Desk) -> None:
    told = desk.convert(with_part(desk.book(), "xl/worksheets/sheet2.xml", lambda text: text.replace(old, new, 1)))
    expected = {("C414", f"Return!{cell}") for cell in hidden}
    assert expected >= set(places(told)) >= set(sorted(expected)[:1])


def _rename(book: Any) -> None:
    sheet = book["Return"]
    one = sheet.tables.pop("tbl_return")
    one.displayName = one.name = "Table1"
    sheet.tables.add(one)


def _unlist(book: Any) -> None:
    del book["Return"].tables["tbl_return"]


def _move(book: Any) -> None:
    sheet = book["Return"]
    sheet.move_range("A3:I15", rows=2, cols=1)
    sheet.tables["tbl_return"].ref = "B5:J17"
    sheet.title = "Figures"


def _wider(book: Any) -> None:
    sheet = book["Return"]
    sheet["J3"] = "date_of_change"
    sheet.tables["tbl_return"].ref = "A3:J15"


def _births(book: Any) -> None:
    _wider(book)
    book["Return"]["J3"] = "DOB"


def _swap(book: Any) -> None:
    book["Return"]["F3"], book["Return"]["G3"] = "denominator", "numerator"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_rename, ["H302"]),
        (_unlist, ["H302"]),
        (_wider, ["H302"]),
        (_births, ["D903"]),
        (_swap, ["H302"]),
    ],
)
def test_a_table_that_is_not_that_of_the_form_is_refused(
    change: Callable[[Any], None], expected: list[str], desk: Desk
) -> None:
    before = files_of(desk.folder())
    assert rules(desk.convert(edited(desk.book(), change))) == expected
    assert files_of(desk.folder()) == before


def test_a_table_that_was_moved_is_read_where_it_is(desk: Desk) -> None:
    book = edited(desk.book(), _move)
    before = files_of(desk.folder())
    assert desk.convert(book).findings == ()
    assert files_of(desk.folder()) == before
    assert places(desk.convert(edited(book, cell("G7", 0.45, sheet="Figures")))) == [("C402", "Figures!G7")]


def test_a_heading_in_capitals_is_accepted_and_said(desk: Desk) -> None:
    before = files_of(desk.folder())
    told = desk.convert(changed(desk.book(), {"rename": {"F3": " Numerator"}}))
    assert places(told) == [("H305", "Return!F3")]
    assert files_of(desk.folder()) == before


def test_a_form_of_another_collection_is_refused_with_the_steps(desk: Desk) -> None:
    def older(book: Any) -> None:
        book.defined_names["sb_template"].attr_text = '"return-2019-20.1"'

    (finding,) = desk.convert(edited(desk.book(), older)).findings
    assert finding.rule == "S108"
    assert "Paste Special" in finding.fix
    assert f"site-builder template {OWN} {QUARTER}" in finding.fix


@pytest.mark.parametrize("name", ["../../elsewhere", "nowhere", ""])
def test_a_workbook_of_nobody_we_know_is_refused(name: str, desk: Desk) -> None:
    def other(book: Any) -> None:
        book.defined_names["sb_area"].attr_text = f'"{name}"'

    assert rules(desk.convert(edited(desk.book(), other))) == ["S108"]


def test_a_folder_of_another_return_is_refused(desk: Desk) -> None:
    write(desk.folder(EARLIER), good_return(desk.standards, period=EARLIER))
    told = desk.convert(desk.book(), out=desk.folder(EARLIER))
    assert rules(told) == ["S108"]
    assert files_of(desk.folder(EARLIER)) == good_return(desk.standards, period=EARLIER)


def test_an_explanation_answers_a_query(desk: Desk) -> None:
    def everyone(book: Any) -> None:
        book["Return"]["F6"] = book["Return"]["G6"].value

    asked = desk.convert(edited(desk.book(), everyone))
    assert [(f.rule, f.severity.value, f.where.cell) for f in asked.findings] == [("V605", "query", "Return!F6")]

    def answered(book: Any) -> None:
        row = ["V605", "E09000092", "SG03", "total", "Every referral of the quarter had come before."]
        for letter, words in zip("ABCDE", row, strict=True):
            book["Explanations"][f"{letter}9"] = words

    told = desk.convert(edited(desk.book(), answered))
    assert [(f.rule, f.severity.value) for f in told.findings] == [("V605", "info")]
    assert len(table((desk.folder() / EXPLANATIONS).read_bytes())) == 2, "blank rows are left out"
    assert desk.convert(desk.book()).findings == told.findings, "the next form holds the answer"


# Files that are no workbooks, or hostile ones


def _bomb(data: bytes) -> bytes:
    return with_part(data, "xl/media/image1.png", lambda _: bytes(19_000_000))


def _many(data: bytes) -> bytes:
    for number in range(200):
        data = with_part(data, f"xl/media/{number}.txt", lambda _: b"x") if number == 0 else data
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as bundle:
        for number in range(1, 200):
            bundle.writestr(f"xl/media/{number}.txt", b"x")
    return out.getvalue()


def _twice(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as bundle:
        bundle.writestr("XL/Workbook.xml", b"<workbook/>")
    return out.getvalue()


def _doctype(text: bytes) -> bytes:
    head, rest = text.split(b"?>", 1)
    return head + b'?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rest


def _wide_doctype(text: bytes) -> bytes:
    words = _doctype(text).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return words.encode("utf-16")


def _far(text: bytes) -> bytes:
    return text.replace(
        b"<dataValidations", b'<mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells><dataValidations'
    )


def _crowded(text: bytes) -> bytes:
    cells = b"".join(b'<row r="%d">%s</row>' % (row, b"<c/>" * 1000) for row in range(100, 310))
    return text.replace(b"</sheetData>", cells + b"</sheetData>")


def _encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    flags = struct.unpack_from("<H", data, at + 8)[0]
    return data[: at + 8] + struct.pack("<H", flags | 1) + data[at + 10 :]


SHEET = "xl/worksheets/sheet2.xml"
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "text": lambda _: b"area_code,period\n",
    "nothing": lambda _: b"",
    "a web page": lambda _: b"<html></html>",
    "a PDF": lambda _: b"%PDF-1.7",
    "an old workbook, or one with a password": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "another zip": lambda _: with_part(_empty_zip(), "a.txt", lambda _: b"a"),
    "half of it": lambda data: data[: len(data) // 2],
    "a bomb": _bomb,
    "many members": _many,
    "a member twice": _twice,
    "an encrypted member": _encrypted,
    "macros": lambda data: with_part(data, "xl/vbaProject.bin", lambda _: b"x"),
    "links": lambda data: with_part(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>"),
    "a document type": lambda data: with_part(data, SHEET, _doctype),
    "a document type in another encoding": lambda data: with_part(data, SHEET, _wide_doctype),
    "no XML": lambda data: with_part(data, SHEET, lambda text: text[:-30]),
    "an endless merge": lambda data: with_part(data, SHEET, _far),
    "endless cells": lambda data: with_part(data, SHEET, _crowded),
    "wrong numbers": lambda data: with_part(data, SHEET, lambda text: text.replace(b"<v>", b"<v>x", 40)),
}


def _empty_zip() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_form_is_refused_and_nothing_happens(name: str, desk: Desk) -> None:
    before = files_of(desk.folder())
    told = desk.convert(HOSTILE[name](desk.book()))
    assert rules(told) == ["F206"]
    assert files_of(desk.folder()) == before


def test_a_file_over_a_megabyte_is_not_opened(desk: Desk) -> None:
    assert rules(desk.convert(desk.book() + bytes(1_000_000))) == ["S107"]


def test_our_own_form_is_a_workbook(desk: Desk) -> None:
    assert not list(as_workbook(desk.book()))
    assert identity(desk.book()).submitter == OWN
    assert bounds("$C$4:A1") == (1, 1, 3, 4)
    assert bounds("A1") is None


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_answered_by_findings(desk: Desk, data: Any) -> None:
    book = desk.book()
    parts = zipfile.ZipFile(io.BytesIO(book)).namelist()
    part = data.draw(st.sampled_from(parts))
    at, junk = data.draw(st.floats(0, 1)), data.draw(st.binary(max_size=8))

    def spoil(text: bytes) -> bytes:
        start = int(at * len(text))
        return text[:start] + bytes(junk) + text[start + len(junk) :]

    told = desk.convert(with_part(book, part, spoil))
    assert told.words
    assert all(finding.problem and finding.fix for finding in told.findings)


# What is said, and what is written


def test_no_message_tells_a_count(desk: Desk) -> None:
    def spoil(book: Any) -> None:
        sheet = book["Return"]
        sheet["F4"], sheet["F5"], sheet["F6"] = f"{CANARY:,}", CANARY + 0.5, f"<{CANARY}"
        sheet["F7"], sheet["G7"] = CANARY, 3
        sheet["F8"], sheet["F9"] = -CANARY, CANARY / 1_000_000
        sheet["F10"] = datetime.date(2025, 4, 1)
        sheet["F11"], sheet["L20"] = CANARY * 10**9, CANARY
        sheet["I5"] = f"It was {CANARY}."
        sheet["F5"].comment = Comment(f"Mr Smith: {CANARY}", "Officer")
        sheet["B12"] = CANARY
        sheet["B12"].number_format = "mmm-yy"

    told = desk.convert(edited(desk.book(), spoil))
    assert len(told.findings) >= 10
    for form in formats():
        shown = renderer(form)(told.findings, Run()) + told.words
        assert str(CANARY) not in shown.replace(",", "")
        assert "Return!F4" in shown, form


def test_all_files_are_written_or_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(desk.folder())
    book = edited(desk.book(), cell("F5", 1013))
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith(RETURN):
            raise OSError("no space")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ConfigurationError):
        desk.convert(book)
    monkeypatch.undo()
    assert files_of(desk.folder()) == before


# A CSV of a spreadsheet


def tidy(desk: Desk, data: bytes) -> Told:
    return desk.convert(data, out=desk.folder(), tidy=True)


def _semicolons(data: bytes) -> bytes:
    return data.replace(b",", b";")


def _titled(data: bytes) -> bytes:
    lines = [line.split(b",") for line in data.splitlines()]
    return b"".join(b",".join([*one[:3], b"Words" if n else b"Title", *one[3:]]) + b"\n" for n, one in enumerate(lines))


TIDIED: dict[str, tuple[Callable[[bytes], bytes], str, list[str]]] = {
    "mark and line ends": (lambda d: b"\xef\xbb\xbf" + d.replace(b"\n", b"\r\n"), "line ends", []),
    "old Mac": (lambda d: d.replace(b"\n", b"\r"), "line ends", []),
    "semicolons": (_semicolons, "semicolons", []),
    "a line for the separator": (lambda d: b"sep=;\n" + _semicolons(d), "semicolons", []),
    "tabs": (lambda d: d.replace(b",", b"\t"), "tabs", []),
    "Unicode Text": (lambda d: d.replace(b",", b"\t").decode().encode("utf-16"), "Unicode Text", []),
    "big-endian": (lambda d: b"\xfe\xff" + d.decode().encode("utf-16-be"), "Unicode Text", []),
    "blank rows": (lambda d: d + b",,,,,,,\n\n,,,,,,,\n", "Blank rows", []),
    "one blank row": (lambda d: d + b",,,,,,,\n", "blank row", []),
    "blank columns": (lambda d: d.replace(b"\n", b",,\n"), "Blank columns", []),
    "headings": (
        lambda d: d.replace(b"area_code", b"Area Code", 1).replace(b"status", b" status", 1),
        "",
        ["H305"] * 2,
    ),
    "padded codes": (lambda d: d.replace(b",total,", b", total\xc2\xa0,"), "Spaces", []),
    "quotes": (lambda d: d.replace(b"total", b'"total"'), "", []),
    "the column of titles": (
        _titled,
        "titles",
        ["H305"],
    ),
}


@pytest.mark.parametrize("name", TIDIED)
def test_what_a_spreadsheet_does_to_a_csv_is_put_right_and_said(name: str, desk: Desk) -> None:
    change, words, expected = TIDIED[name]
    good = good_return(desk.standards)[RETURN]
    write(desk.folder(), {RETURN: good.replace(b"reported", b"provisional")})
    source = change(good)
    assert source != good
    told = tidy(desk, source)
    assert rules(told) == expected
    assert words in told.words
    assert files_of(desk.folder()) == good_return(desk.standards)
    assert (desk.root / "filled.csv").read_bytes() == source, "the file that was named is never changed"


def test_characters_of_windows_are_read(desk: Desk) -> None:
    good = good_return(desk.standards)[RETURN]
    noted = good.replace(b"reported,\n", "reported,Paid in £ – the council’s way\n".encode(), 1)
    assert tidy(desk, noted.decode().encode("cp1252")).findings == ()
    assert (desk.folder() / RETURN).read_bytes() == noted


AMBIGUOUS: dict[str, tuple[Callable[[bytes], bytes], list[str]]] = {
    "an old Mac's quotation mark": (lambda d: d.replace(b"reported,\n", b"reported,\xd2Words\xd3\n", 1), ["F203"]),
    "wide without a mark": (lambda d: d.decode().encode("utf-16-le"), ["F202"]),
    "half of a wide character": (lambda d: d.decode().encode("utf-16") + b"x", ["F202"]),
    "a header of two separators": (lambda d: d.replace(b",", b";", 3), ["H302"]),
    "rows above": (lambda d: b"Northwick\n\n" + d, ["H301"]),
    "a blank row between": (lambda d: d.replace(b"\n", b"\n,,,,,,,\n", 2), ["K505", "K505"]),
    "a value too many": (lambda d: d.replace(b"reported,\n", b"reported,,x\n", 1), ["H304"]),
    "an open quotation mark": (lambda d: d.replace(b"reported,", b'reported,"', 1), ["F208"]),
    "an invisible character": (lambda d: d.replace(b"total", b"to\xe2\x80\x8btal", 1), ["F207"]),
    "a tab in a cell": (lambda d: d.replace(b"total", b"to\ttal", 1), ["F207"]),
    "a thousands comma": (lambda d: d.replace(b",total,1", b",total,1,1", 1), ["H304"]),
    "birth dates": (lambda d: d.replace(b"breakdown", b"DOB", 1), ["D903"]),
    "a merge": (lambda d: b"<<<<<<< ours\n" + d, ["F209"]),
    "a PDF": (lambda d: b"%PDF-1.7\n", ["F206"]),
    "nothing": (lambda d: b"", ["F201"]),
    "blank cells": (lambda d: b",,,\n,,,\n", ["F201"]),
    "the header alone": (lambda d: d.split(b"\n")[0] + b"\n", ["F210"]),
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_cannot_be_told_for_certain_is_refused(name: str, desk: Desk) -> None:
    change, expected = AMBIGUOUS[name]
    before = files_of(desk.folder())
    told = tidy(desk, change(good_return(desk.standards)[RETURN]))
    assert rules(told) == expected
    assert files_of(desk.folder()) == before


def test_a_csv_needs_the_folder_it_is_for(desk: Desk) -> None:
    good = good_return(desk.standards)[RETURN]
    assert rules(desk.convert(good)) == ["F206"], "without --tidy only workbooks are read"
    with pytest.raises(ConfigurationError):
        desk.convert(good, tidy=True)
    with pytest.raises(ConfigurationError):
        convert_file(desk.root, desk.folder() / RETURN, PUBLIC, desk.folder(), tidy=True)
    told = desk.convert(good_return(desk.standards, period=EARLIER)[RETURN], out=desk.folder(EARLIER), tidy=True)
    assert rules(told) == ["D905"], "in a public place nothing says that these figures are invented"
    with pytest.raises(ConfigurationError):
        convert_file(desk.root, desk.root / "nothing.xlsx", PUBLIC, None, tidy=False)


def test_a_workbook_may_be_tidied_too(desk: Desk) -> None:
    before = files_of(desk.folder())
    path = desk.root / "padded.xlsx"
    path.write_bytes(edited(desk.book(), cell("H5", "reported ")))
    assert convert_file(desk.root, path, PUBLIC, None, tidy=True).findings == ()
    assert files_of(desk.folder()) == before


def test_a_form_without_any_sheet_of_ours_is_refused(desk: Desk) -> None:
    assert rules(desk.convert(saved(openpyxl.Workbook()))) == ["D901"]
    assert rules(desk.convert(saved(openpyxl.Workbook()), Visibility.PRIVATE)) == ["S108"]


def test_a_workbook_goes_into_no_other_folder_of_returns(desk: Desk) -> None:
    place = desk.root / "mine.xlsx"
    place.write_bytes(desk.book())
    returns = desk.root / "datapackages/returns"
    before = sorted(returns.rglob("*"))
    for other in (f"southmarsh/{QUARTER}", OWN):
        told = convert_file(desk.root, place, PUBLIC, returns / other, tidy=False)
        assert [finding.rule for finding in told.findings] == ["S108"]
    assert sorted(returns.rglob("*")) == before
