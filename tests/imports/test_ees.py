"""Bytes to rows, text to a number or a reason, printed years to years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.imports.cells import Cell, Unreadable, add, read_cell, read_sheet
from site_builder.imports.figures import period_of
from site_builder.imports.mapping_files import parse_mapping
from site_builder.imports.mappings import Table
from site_builder.imports.times import read_year
from site_builder.vocabulary.symbols import Withheld
from tests.imports.world import MAPPING

SYMBOLS = {"c": Withheld.CONFIDENTIAL, "x": Withheld.NOT_AVAILABLE, "k": Withheld.LOW}


@pytest.mark.parametrize(
    "data", [b"a,b\r\n1,2\r\n", b"a,b\n1,2\n", b"a,b\r1,2\r", b"\xef\xbb\xbfa,b\n1,2", b'"a","b"\n"1","2"\n\n\n']
)
def test_every_form_of_one_table_reads_alike(data: bytes) -> None:
    sheet = read_sheet(data)
    assert sheet is not None
    assert sheet.header == ("a", "b")
    assert [line.cells for line in sheet.lines] == [("1", "2")]
    assert sheet.broken is None


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    sheet = read_sheet(b"a,b\n1,2\n\n3,4\n")
    assert sheet is not None
    assert [line.row for line in sheet.lines] == [2, 4]


@pytest.mark.parametrize(("data", "row"), [(b"", 1), (b"a,b\n1\n", 2), (b"a,b\n1,2\n1,2,3\n", 3), (b'a,b\n"1,2\n', 2)])
def test_what_is_broken_is_told_with_its_row(data: bytes, row: int) -> None:
    sheet = read_sheet(data)
    assert sheet is not None
    assert sheet.broken == row


def test_other_encodings_are_not_guessed() -> None:
    assert read_sheet("é".encode("latin-1")) is None


@pytest.mark.parametrize(
    ("text", "counts", "expected"),
    [
        ("0", True, Cell("0")),
        ("1234", True, Cell("1234")),
        ("94", False, Cell("94")),
        ("94.25", False, Cell("94.25")),
        ("c", True, Cell("", Withheld.CONFIDENTIAL)),
        ("k", False, Cell("", Withheld.LOW)),
        ("", True, Unreadable("I201")),
        ("NA", True, Unreadable("I201")),
        ("C", True, Unreadable("I201")),
        ("z", True, Unreadable("I201")),
        ("94.2", True, Unreadable("I202")),
        ("1e3", False, Unreadable("I202")),
        (".5", False, Unreadable("I202")),
        ("5.", False, Unreadable("I202")),
        ("1 000", True, Unreadable("I202")),
        ("５", True, Unreadable("I201")),
    ],
)
def test_a_cell_is_a_number_a_reason_or_a_finding(text: str, counts: bool, expected: Cell | Unreadable) -> None:
    assert read_cell(text, SYMBOLS, counts=counts) == expected


@given(st.text(max_size=12))
def test_no_text_becomes_a_number_unseen(text: str) -> None:
    cell = read_cell(text, SYMBOLS, counts=True)
    if isinstance(cell, Cell) and not cell.withheld:
        assert cell.number == int(text.strip(" "))
        assert text.strip(" ") == str(cell.number)


def test_the_worst_reason_wins_in_a_sum() -> None:
    assert add([Cell("3"), Cell("4")]) == Cell("7")
    assert (
        add([Cell("3"), Cell("", Withheld.NOT_AVAILABLE), Cell("", Withheld.CONFIDENTIAL)]).withheld
        is Withheld.CONFIDENTIAL
    )


@pytest.mark.parametrize(
    ("time", "period", "identifier", "year"),
    [
        ("reporting-year", "2024", "Reporting year", 2024),
        ("mid-year", "2023", "Reporting year", 2023),
        ("academic-year", "202425", "Academic year", 2024),
        ("financial-year", "202425", "Financial year", 2024),
        ("academic-year", "199900", "Academic year", 1999),
        ("academic-year", "202426", "Academic year", None),
        ("reporting-year", "202324", "Reporting year", None),
        ("academic-year", "2024", "Academic year", None),
        ("reporting-year", "2024", "Calendar year", None),
        ("financial-year", "202425", "Academic year", None),
        ("reporting-year", "", "Reporting year", None),
    ],
)
def test_years_are_read_as_the_mapping_declares(time: str, period: str, identifier: str, year: int | None) -> None:
    assert read_year(time, period, identifier) == year


@pytest.mark.parametrize(
    ("time", "year", "flow", "snapshot", "population_year"),
    [
        ("reporting-year", 2024, "2023-24", "2024-03-31", 2023),
        ("financial-year", 2024, "2024-25", "2025-03-31", 2024),
        ("academic-year", 2024, "2024/25", "2024/25", 2024),
    ],
)
def test_a_year_becomes_a_period(time: str, year: int, flow: str, snapshot: str, population_year: int) -> None:
    release = parse_mapping(MAPPING.replace('time = "reporting-year"', f'time = "{time}"', 1), "mapping.toml")
    table: Table = release.tables[0]
    periods = {series.period: period_of(table, series, year) for series in table.series}
    assert {kind: str(period) for kind, period in periods.items()} == {"year": flow, "snapshot-31-march": snapshot}
    assert {period.population_year for period in periods.values()} == {population_year}
