"""Workbooks hold the figures of the tables, cell by cell, in a form that a screen reader can follow."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.published.downloads import sheets
from site_builder.published.downloads.sheets import Book, Column, Sheet, depends_on, workbook
from site_builder.published.downloads.table import HEADER, NUMBERS
from site_builder.published.downloads.workbook import COLUMNS, TITLE, UNIT, heading
from site_builder.published.kept import kept

REASONS = {"numerator": "numerator_withheld", "denominator": "denominator_withheld", "value": "withheld",
           "lower_95": "withheld", "upper_95": "withheld", "variation": "withheld"}  # fmt: skip
FIRST = ["Cover", "Contents", "Notes"]
DAY = datetime.date(2025, 7, 17)
LONG_AGO = datetime.date(1980, 1, 1)  # of what its publisher did not date
TEXT = (Column("Area", ""), Column("Area name", ""), Column("Value", "What it is."))


def book(*rows: tuple[sheets.Cell, ...], name: str = "indicator_sg09") -> Book:
    one = Sheet("Latest", name, "A title: latest figures", ("A subtitle.",), ("[c] Hidden.",), "Source: x", TEXT, rows)
    return Book("A title", "A publisher", DAY, ("An opening.",), ("A source.",), ("a@b.example",), (one,))


ROWS = (("E1", "A", Decimal("9.8")), ("E2", "B", "[c]"), ("E3", "C", Decimal("12.0")))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


# ---- the workbooks of the built site


@pytest.fixture(scope="module")
def made(built_site: Path) -> list[Path]:
    found = sorted(built_site.glob("releases/*/xlsx/**/*.xlsx")) + sorted(built_site.glob("national/*/*/xlsx/*.xlsx"))
    assert found
    return found


@pytest.fixture(scope="module")
def some(made: list[Path]) -> list[tuple[Path, Workbook]]:
    """One in four of all, with every kind: reading takes longer than making."""
    return [(path, opened(path.read_bytes())) for path in made[::4]]


def test_there_is_one_for_every_table_of_an_indicator_and_of_an_area(built_site: Path, made: list[Path]) -> None:
    names = {path.relative_to(built_site).as_posix() for path in made}
    tables = [path.relative_to(built_site).as_posix() for path in built_site.glob("*/*/*/csv/*.csv")]
    tables += [path.relative_to(built_site).as_posix() for path in built_site.glob("releases/*/csv/**/*.csv")]
    plain = [
        name for name in tables if re.fullmatch(r".*/csv/(areas/)?(illustrative-)?([a-z]+\d\w*|areas/.*)\.csv", name)
    ]
    wanted = {name.replace("/csv/", "/xlsx/").removesuffix("csv") + "xlsx" for name in plain}
    assert wanted <= names
    areas = [name for name in names if "/areas/" in name]
    releases = {name.split("/")[1] for name in areas}
    assert len(releases) == 4
    assert len(areas) == 34 * len(releases)


def test_every_cell_is_that_of_the_table_of_the_same_name(some: list[tuple[Path, Workbook]]) -> None:
    states = set()
    for path, one in some:
        table = path.parents[0].as_posix().replace("/xlsx", "/csv") + f"/{path.stem}.csv"
        rows = list(csv.DictReader(io.StringIO(Path(table).read_text())))
        assert tuple(rows[0]) == HEADER
        records = list(records_of(one["All periods"]))
        assert len(records) == len(rows), path
        for record, row in zip(records, rows, strict=True):
            assert {name: shown(cell) for name, cell in record.items() if name not in (TITLE, UNIT)} == {
                name: expected(row, name) for name in record if name not in (TITLE, UNIT)
            }, path
            states |= {str(cell.value) for cell in record.values() if str(cell.value).startswith("[")}
        left = set(COLUMNS) - set(records[0]) - {TITLE, UNIT}
        assert all(
            not row[name] and not row.get(REASONS.get(name, "")) for row in rows for name in left - {"variation"}
        ), path
        latest = {tuple(shown(cell) for cell in record.values()) for record in records_of(one["Latest"])}
        assert latest <= {tuple(shown(cell) for cell in record.values()) for record in records}
    assert {"[c]", "[x]", "[z]"} <= states


def expected(row: dict[str, str], name: str) -> str:
    if name == "obs_status":
        return "".join(f"[{letter}]" for letter in row[name]) or "none"
    if name == "caution":
        return row[name] or "none"
    return row[name] or f"[{row[REASONS[name]] if name in REASONS and row[REASONS[name]] else 'z'}]"


def shown(cell: Any) -> str:
    """What the cell shows: a number with the decimals of its format."""
    if isinstance(cell.value, str):
        return cell.value
    places = len(cell.number_format.partition(".")[2])
    assert cell.number_format == "#,##0" + "." * bool(places) + "0" * places
    return f"{cell.value:.{places}f}"


def records_of(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    (table,) = sheet.tables.values()
    top, *rest = sheet[table.ref]
    names = [str(cell.value).partition("\n")[0] for cell in top]
    back = {heading(name): name for name in COLUMNS}
    for row in rest:
        yield {back[name]: cell for name, cell in zip(names, row, strict=True)}


def test_sheets_follow_the_guidance(some: list[tuple[Path, Workbook]]) -> None:
    for path, one in some:
        assert one.sheetnames == [*FIRST, "Latest", "All periods"]
        assert not one.defined_names
        names = [table.displayName for sheet in one for table in sheet.tables.values()]
        assert len(names) == len(set(names)) == 4
        for sheet in one:
            assert sheet.sheet_state == "visible"
            assert not sheet.merged_cells.ranges
            assert not any(row.hidden for row in sheet.row_dimensions.values())
            assert not any(column.hidden for column in sheet.column_dimensions.values())
            assert sheet["A1"].value
            assert sheet.freeze_panes is None
            for table in sheet.tables.values():
                assert all(cell.value not in (None, "") for row in sheet[table.ref] for cell in row), (
                    path,
                    sheet.title,
                )
            assert not any(isinstance(c.value, str) and c.value.startswith("=") for row in sheet for c in row)
        for sheet in (one["Latest"], one["All periods"]):
            texts = [row[0].value for row in sheet.iter_rows(max_row=12)]
            assert "This worksheet contains one table." in texts
            assert str(sheet["A1"].value).startswith("Illustrative: ") is path.name.startswith("illustrative-")
            headings = next(sheet[table.ref] for table in sheet.tables.values())[0]
            assert [str(cell.value).partition("\n")[0] for cell in headings[:2]] == ["Area", "Area name"]
            marks = {c.value for row in sheet.iter_rows() for c in row if re.fullmatch(r"\[\w+\]", str(c.value))}
            assert all(any(str(text).startswith(f"{mark} ") for text in texts) for mark in marks), path


def test_the_cover_says_what_it_is_and_the_properties_are_ours(
    built_site: Path, some: list[tuple[Path, Workbook]]
) -> None:
    told_of = json.loads((built_site / "releases/versions.json").read_text())["releases"]
    days = {one["id"]: datetime.date.fromisoformat(one["published_on"]) for one in told_of}
    for path, one in some:
        cover = " ".join(str(row[0].value) for row in one["Cover"].iter_rows())
        assert "Open Government Licence v3.0." in cover
        assert "[c] Hidden to protect children" in cover
        assert ("Every figure is invented" in cover) is path.name.startswith("illustrative-")
        told = one.properties
        assert told.creator == told.lastModifiedBy == "London Safeguarding Benchmarks"
        assert told.created == told.modified
        day = days.get(path.parts[path.parts.index("releases") + 1]) if "releases" in path.parts else LONG_AGO
        assert told.created == datetime.datetime.combine(day or LONG_AGO, datetime.time()), path


# ---- how it is made, and what the library does


def test_a_book_is_written_the_same_twice_and_kept_under_all_that_it_follows_from(tmp_path: Path) -> None:
    one, other = book(*ROWS), book(*ROWS[:2], ("E3", "C", Decimal("12.00")))
    assert workbook(one) == workbook(one)
    assert depends_on(one) != depends_on(other)
    first = kept(tmp_path, depends_on(one), "xlsx", lambda: workbook(one))
    (file,) = tmp_path.iterdir()
    assert kept(tmp_path, depends_on(one), "xlsx", lambda: b"again") == first == workbook(one)
    file.write_bytes(file.read_bytes()[:-1])
    assert kept(tmp_path, depends_on(one), "xlsx", lambda: b"again") == b"again"


def test_numbers_are_exact_and_have_their_decimals() -> None:
    sheet = opened(workbook(book(*ROWS)))["Latest"]
    cells = [
        cell for row in sheet.iter_rows(min_col=3, max_col=3) for cell in row if isinstance(cell.value, (int, float))
    ]
    assert [(cell.value, cell.number_format) for cell in cells] == [(9.8, "#,##0.0"), (12, "#,##0.0")]


def test_numbers_of_several_decimals_in_a_column_have_each_their_own() -> None:
    rows = (
        ("E1", "A", Decimal("1.5")),
        ("E2", "B", Decimal("7")),
        ("E3", "C", Decimal("2.25")),
        ("E4", "D", Decimal("8")),
    )
    sheet = opened(workbook(book(*rows)))["Latest"]
    cells = [
        cell for row in sheet.iter_rows(min_col=3, max_col=3) for cell in row if isinstance(cell.value, (int, float))
    ]
    assert [cell.number_format for cell in cells] == ["#,##0.0", "#,##0", "#,##0.00", "#,##0"]


def test_words_that_look_like_a_formula_or_an_address_stay_words() -> None:
    rows = (("E1", "=1+1", "https://example.org"),)
    sheet = opened(workbook(book(*rows)))["Latest"]
    held = [cell for row in sheet.iter_rows() for cell in row if cell.value in ("=1+1", "https://example.org")]
    assert len(held) == 2
    assert all(cell.data_type != "f" or cell.value == "=1+1" for cell in held)
    assert b"<f>" not in unzipped(workbook(book(*rows)), "xl/worksheets/sheet4.xml")
    assert all(cell.hyperlink is None for cell in held)


def unzipped(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_a_blank_cell_and_a_number_that_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="blank"):
        workbook(book(("E1", "A", "")))
    with pytest.raises(ValueError, match="finite"):
        workbook(book(("E1", "A", Decimal("NaN"))))


def test_a_table_whose_name_looks_like_a_cell_is_none() -> None:
    with pytest.warns(UserWarning, match="looks like a cell name"):
        data = workbook(book(*ROWS, name="sg09"))
    assert not opened(data)["Latest"].tables
    assert list(opened(workbook(book(*ROWS)))["Latest"].tables) == ["indicator_sg09"]


def test_the_library_formats_the_last_of_several_cells_alone() -> None:
    """The reason for one format a cell: when this fails, a later version has mended it."""
    import gptables  # by now it is loaded, and its own file of a theme closed

    table = pd.DataFrame({"Area": ["A", "B"], "Value": [1.5, 2.5]})
    shape = [{"cell": {"cells": [(1, 1), (2, 1)], "format": {"num_format": "0.0"}}}]
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):
        one = gptables.GPTable(table, "t_able", "T", instructions="i", additional_formatting=shape)
        gptables.write_workbook(out, {"T": one}, workbook_options={"in_memory": True})
    cells = [
        cell
        for row in opened(out.getvalue())["T"].iter_rows(min_col=2)
        for cell in row
        if isinstance(cell.value, float)
    ]
    assert [cell.number_format for cell in cells] == ["General", "0.0"]


def test_headings_are_the_names_of_the_columns_in_words() -> None:
    assert [heading(name) for name in ("lower_95", "compared_with_london")] == ["Lower 95", "Compared with London"]
    assert {heading(name).lower().replace(" ", "_") for name in COLUMNS} == set(COLUMNS)
    assert set(NUMBERS) <= set(COLUMNS)
