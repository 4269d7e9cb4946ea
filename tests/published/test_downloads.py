"""Downloads say what the page says: the same digits, a mark for every gap, the same bytes on every day."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from site_builder.published.downloads.csv import table_csv
from site_builder.published.downloads.json import area_json, indicator_json
from site_builder.published.downloads.package import all_zip
from site_builder.published.downloads.table import DESCRIPTIONS, HEADER, Places, Row, file_name, rows_by_area
from site_builder.published.neighbours import nearby
from site_builder.published.statistics import IndicatorData
from site_builder.release.package import checksums
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.periods import Period
from tests.factories import BARKING, BARNET, BOROUGHS, CITY, areas, cell, counts, figures, indicator, source
from tests.places import INNER_LONDON

YEAR, QUARTER = "2024-25", "2024-25-Q1"
MARKS = ("c", "x", "z", "u", "low")
NEAR = {BARKING: tuple(Neighbour(code, order, "close") for order, code in enumerate(BOROUGHS[10:20], 1))}
PLACES = Places(areas(), NEAR)
PEOPLE = {code: {2024: 20000 + k} for k, code in enumerate((*BOROUGHS, LONDON, INNER_LONDON))}


def table(kind: str, *, backwards: bool = False) -> IndicatorData:
    """Every state at least once, in a quarter and a year."""
    odd = dict(zip(BOROUGHS[1:], (*MARKS, "0", "1", "7"), strict=False))
    plain = {code: str(1200 + 7 * k) for k, code in enumerate(BOROUGHS[9:])}
    numerators = {CITY: "15", **odd, **plain, LONDON: "39000"}
    divided = kind in ("proportion", "ratio")
    pairs = {
        a: (n, "18" if a == CITY else "90000" if a == LONDON else "2600") if divided else n
        for a, n in numerators.items()
    }
    cells = [*counts(QUARTER, pairs), *counts(YEAR, pairs)]
    cells = [one._replace(obs_status="r") if one.key.area == BOROUGHS[9] else one for one in cells]
    notes = {(BARNET, "T1", YEAR): "A note."}
    return figures(cells[:: -1 if backwards else 1], indicator(kind), PEOPLE, source(notes=notes))


def whole(data: IndicatorData) -> list[Row]:
    return [row for rows in rows_by_area(data, PLACES).values() for row in rows]


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


KINDS = ("count", "rate", "proportion", "ratio")


@pytest.fixture(params=KINDS)
def data(request: pytest.FixtureRequest) -> IndicatorData:
    return table(request.param)


def test_the_invented_table_has_every_state() -> None:
    states = {point.value.state for kind in KINDS for point in table(kind).points.values()}
    assert states == {"reported", *MARKS}


def test_every_point_is_a_row_with_the_digits_of_the_page(data: IndicatorData) -> None:
    rows = read(table_csv(whole(data)))
    assert len(rows) == len(data.points)
    for row in rows:
        point = data.points[row["area"], Period.parse(row["period"])]
        assert (row["value"], row["withheld"]) == (point.value.plain, point.value.mark)
        assert (row["numerator"], row["numerator_withheld"]) == (point.numerator.plain, point.numerator.mark)
        assert point.value.text.replace(",", "") == row["value"]
        assert row["area_name"] == areas().by_code[row["area"]].name
        assert (row["compared_with_london"], row["coverage"]) == (point.compared, point.coverage)
        if data.indicator.measure.kind.value == "count":
            assert row["denominator"] == row["denominator_withheld"] == ""
        else:
            assert (row["denominator"], row["denominator_withheld"]) == (
                point.denominator.plain,
                point.denominator.mark,
            )
        limits = (point.lower.plain, point.upper.plain) if point.limits else ("", "")
        assert (row["lower_95"], row["upper_95"]) == limits


def test_a_value_and_a_mark_never_stand_together_and_never_lack_both(data: IndicatorData) -> None:
    for row in read(table_csv(whole(data))):
        assert bool(row["value"]) != bool(row["withheld"])
        assert bool(row["numerator"]) != bool(row["numerator_withheld"])
        if row["withheld"]:
            assert row["lower_95"] == row["upper_95"] == row["variation"] == ""
            assert row["compared_with_london"] == "not-compared"
        if row["withheld"] == "c":
            assert row["obs_status"] == ""
            assert row["caution"] == ""


def test_rows_stand_in_order_of_code_and_period_whatever_their_values(data: IndicatorData) -> None:
    rows = read(table_csv(whole(data)))
    keys = [(row["area"], Period.parse(row["period"])) for row in rows]
    assert keys == sorted(keys)
    assert [row["period"] for row in rows[:2]] == [QUARTER, YEAR]


def test_the_order_of_cells_changes_no_byte(data: IndicatorData) -> None:
    again = table(data.indicator.measure.kind.value, backwards=True)
    assert table_csv(whole(data)) == table_csv(whole(again))
    assert indicator_json(data, whole(data)) == indicator_json(again, whole(again))


def test_the_status_of_a_figure_stands_beside_it(data: IndicatorData) -> None:
    marked = {row["area"] for row in read(table_csv(whole(data))) if "r" in row["obs_status"]}
    assert marked == {BOROUGHS[9]}


def test_every_column_is_described_and_bytes_are_plain(data: IndicatorData) -> None:
    assert tuple(DESCRIPTIONS) == HEADER
    made = table_csv(whole(data))
    assert made.startswith(",".join(HEADER).encode() + b"\n")
    assert b"\r" not in made
    for word in (b"nan", b"inf,", b"None", b"-0.0"):
        assert word not in made


# ---- JSON

PAIRS = {
    "numerator": "numerator_withheld",
    "denominator": "denominator_withheld",
    "value": "withheld",
    "lower_95": "limits_withheld",
    "upper_95": "limits_withheld",
    "neighbours_median": "neighbours_withheld",
    "neighbours_used": "neighbours_withheld",
}


def records(made: bytes) -> list[dict[str, Any]]:
    series = json.loads(made)["series"]
    assert isinstance(series, list)
    return series


def test_a_number_that_is_null_has_its_reason_and_one_that_is_not_has_none(data: IndicatorData) -> None:
    rows = whole(data)
    found = records(indicator_json(data, rows))
    assert len(found) == len(rows)
    for record in found:
        for number, reason in PAIRS.items():
            assert (record[number] is None) is (record[reason] in MARKS), (number, record)
        assert {name for name, value in record.items() if value is None} <= {*PAIRS, *PAIRS.values()}


def test_json_has_the_numbers_of_the_table(data: IndicatorData) -> None:
    rows = whole(data)
    for row, record in zip(read(table_csv(rows)), records(indicator_json(data, rows)), strict=True):
        assert (row["area"], row["period"]) == (record["area"], record["period"])
        for number in PAIRS:
            assert record[number] == (float(row[number]) if row[number] else None)
        assert record["text"] == (row["value"] or f"[{row['withheld']}]")


def test_json_is_canonical_and_has_one_line_a_record(data: IndicatorData) -> None:
    rows = whole(data)
    made = indicator_json(data, rows)
    assert made.endswith(b"}\n")
    whole_table = json.loads(made)
    assert list(whole_table) == [*sorted(set(whole_table) - {"series"}), "series"]
    lines = [line.rstrip(",") for line in made.decode().splitlines() if line.startswith('{"area"')]
    assert len(lines) == len(rows)
    assert all(list(json.loads(line)) == sorted(json.loads(line)) for line in lines)
    head = {key: whole_table[key] for key in ("schema", "release", "classification", "indicator", "definition_version")}
    assert head == {"schema": "lsb/1", "release": "2024-25-Q4", "classification": "synthetic", "indicator": "T1", "definition_version": 1}  # fmt: skip


def test_the_file_of_an_area_holds_that_area_alone() -> None:
    rows = rows_by_area(table("rate"), PLACES)[BARNET]
    made = json.loads(area_json("2024-25-Q4", "synthetic", BARNET, "Barnet", rows))
    assert (made["area"], made["area_name"], made["schema"]) == (BARNET, "Barnet", "lsb/1")
    assert [(record["area"], record["indicator"]) for record in made["series"]] == [(BARNET, "T1")] * 2


# ---- neighbours


def test_the_median_of_neighbours_is_in_the_table_when_six_have_a_figure() -> None:
    data = table("proportion")
    rows = {row["area"]: row for row in read(table_csv(whole(data))) if row["period"] == YEAR}
    near = nearby(NEAR, areas(), BARKING, data, Period.parse(YEAR))
    assert near.median is not None
    assert (rows[BARKING]["neighbours_median"], rows[BARKING]["neighbours_used"]) == (near.median.plain, "10")
    assert (rows[BARNET]["neighbours_median"], rows[BARNET]["neighbours_used"]) == ("", "")


@pytest.mark.parametrize(("hidden", "used"), [(4, "6"), (5, "")])
def test_six_of_ten_neighbours_make_a_median_and_it_is_rounded_last(hidden: int, used: str) -> None:
    shares = {code: (str(100 + k), "300") if k >= hidden else ("c", "300") for k, code in enumerate(BOROUGHS[10:20])}
    data = figures(counts(YEAR, shares))
    (row,) = rows_by_area(data, PLACES)[BARKING]
    named = dict(zip(HEADER, row, strict=True))
    assert named["neighbours_used"] == used
    # the middle two are 106 and 107 of 300: 35.333… and 35.667…, and halfway between them is 35.5
    assert named["neighbours_median"] == ("35.5" if used else "")


# ---- archives, checksums, names


def test_an_archive_has_the_same_bytes_in_any_order() -> None:
    files = {"b/two.csv": b"2\n", "a.csv": b"1\n"}
    made = all_zip(files, "Read me.\n")
    assert made == all_zip(dict(reversed(files.items())), "Read me.\n")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["README.txt", "a.csv", "b/two.csv"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in files} == files
        assert archive.testzip() is None


def test_digests_are_those_of_the_bytes() -> None:
    made = checksums({"b.csv": b"2\n", "a.csv": b"1\n"}).decode().splitlines()
    assert made == [
        f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in (("a.csv", b"1\n"), ("b.csv", b"2\n"))
    ]


@pytest.mark.parametrize(
    ("classification", "name"),
    [("synthetic", "illustrative-sg01.csv"), ("published", "sg01.csv"), ("disclosure-controlled", "sg01.csv")],
)
def test_a_file_of_invented_figures_says_so_in_its_name(classification: str, name: str) -> None:
    assert file_name("sg01", "csv", classification) == name


def test_a_national_row_says_that_it_is_published() -> None:
    cells = [*counts(YEAR, {BARKING: ("30", "60")}), cell(BARKING, YEAR, "50", "published")]
    data = figures(cells, where=dataclasses.replace(source(national=True), release="2024"))
    (row,) = rows_by_area(data, PLACES)[BARKING]
    assert row[:3] == ("2024", "published", "T1")
