"""The pairs in the shape of the DfE's open data: what is in them, and that each thing the service asks is asked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.imports.cells import read_sheet
from site_builder.imports.pairs import read_pair
from site_builder.imports.places import Places as KnownPlaces
from site_builder.imports.steps import places_in
from site_builder.imports.times import period_at
from site_builder.published.downloads.ees import META, PLACE, TIME, columns_of, pairs
from site_builder.published.downloads.screen import Pair, screen
from site_builder.published.downloads.table import HEADER, Places, Row, rows_by_area
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.periods import Period, PeriodKind
from tests.building import ROOT
from tests.published.held import everything

Table = list[dict[str, str]]
BASE = "P2b"  # by quarters and years, with hidden figures


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


@pytest.fixture(scope="module")
def made(inputs: Inputs) -> dict[str, Pair]:
    """Every pair of the latest release by its name."""
    places = Places(inputs.areas, inputs.neighbours)
    return {
        pair.name: Pair(f"{pair.name}.csv", pair.data, f"{pair.name}.meta.csv", pair.meta, inputs.areas)
        for data in inputs.figures.values()
        if data.indicator.ees and not data.source.national
        for pair in pairs(data.indicator, inputs.areas, rows_by_area(data, places), invented=True)
    }


@pytest.fixture(scope="module")
def clean(inputs: Inputs) -> Pair:
    """A real pair without a word on its figures."""
    data = inputs.figures[BASE]
    first = pairs(data.indicator, inputs.areas, rows_by_area(data, Places(inputs.areas, inputs.neighbours)))[0]
    return Pair(f"{first.name}.csv", first.data, f"{first.name}.meta.csv", first.meta, inputs.areas)


def table(data: bytes) -> Table:
    return list(csv.DictReader(io.StringIO(data.decode())))


def as_bytes(rows: Table) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_every_published_pair_passes_every_check(made: dict[str, Pair]) -> None:
    assert len(made) > 30
    assert {name: screen(pair) for name, pair in made.items() if screen(pair)} == {}


def test_every_pair_is_read_back_by_the_importer_without_a_difference(inputs: Inputs, made: dict[str, Pair]) -> None:
    """From our own files to cells again: every figure and letter of the release, and no other."""
    known, places, compared = places_in(ROOT), Places(inputs.areas, inputs.neighbours), 0
    for data in inputs.figures.values():
        if data.indicator.ees and not data.source.national:
            wanted = dict(_in_the_release(data, rows_by_area(data, places)))
            days = {Period.parse(period).kind for _, period, _ in wanted} == {PeriodKind.SNAPSHOT}
            names = [f"illustrative_{data.indicator.ees}{ending}" for ending in ("", "_annual")]
            back: dict[tuple[str, str, str], str] = {}
            for name in names:
                back |= _read_back(made[name], days, known) if name in made else {}
            assert back == wanted, data.indicator.code
            compared += len(wanted)
    assert compared > 20_000


def _in_the_release(
    data: IndicatorData, rows: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Area, period and column of a pair, and the number or letter that the table of the release has there."""
    at = {name: place for place, name in enumerate(HEADER)}
    for area, some in rows.items():
        for row in some:
            for column in columns_of(data.indicator):
                number, reason = (row[at[name]] for name in column.source)
                yield (
                    (area, row[at["period"]], column.name),
                    f"{Decimal(number).normalize():f}" if number else reason or "z",
                )


def _read_back(pair: Pair, days: bool, known: KnownPlaces) -> dict[tuple[str, str, str], str]:
    sheets = read_sheet(pair.data), read_sheet(pair.meta)
    assert sheets[0]
    assert sheets[1]
    readings, findings = read_pair(pair.data_name, sheets[0], sheets[1], known)
    assert findings == ()
    assert readings is not None
    kind = "last-day" if days else "year"
    return {
        (area, str(period_at(readings.table.time, at, kind)), name): one.cell.withheld.value
        if one.cell.withheld
        else f"{Decimal(one.cell.text).normalize():f}"
        for (area, at, name), one in readings.cells.items()
    }


def test_every_collected_indicator_with_figures_has_its_pairs(inputs: Inputs) -> None:
    ours = [data.indicator for data in inputs.figures.values() if not data.source.national]
    assert [one.code for one in ours if not one.ees] == []
    assert len({one.ees for one in ours}) == len(ours)


def test_a_pair_holds_the_figures_of_the_release_in_every_cell(inputs: Inputs, made: dict[str, Pair]) -> None:
    cells = {
        (row["indicator"], row["area"], row["period"], row["measure"]): row["value"] or row["withheld"]
        for row in csv.DictReader(io.StringIO(inputs.latest.files["observations.csv"].decode()))  # type: ignore[union-attr]
        if row["coverage"] == "all"
    }
    checked = 0
    for code in ("SG01", "SG09", "SG11", "P2a"):
        for ending, is_year in (("", False), ("_annual", True)):
            pair = made.get(f"illustrative_{inputs.catalogue[code].ees}{ending}")
            for row in table(pair.data) if pair else ():
                period = _period(row["time_period"], row["time_identifier"], code)
                assert is_year == ("Q" not in period) or code in ("SG09", "SG11")
                if row["geographic_level"] == "Local authority":
                    name = f"{inputs.catalogue[code].ees}_count"
                    assert row[name] == cells[code, row["new_la_code"], period, "numerator"]
                    checked += 1
    assert checked > 900


def _period(time: str, identifier: str, code: str) -> str:
    first = int(time[:4])
    quarter = re.search(r"Q(\d)", identifier)
    if code == "SG11":
        return dict(enumerate((f"{first}-06-30", f"{first}-09-30", f"{first}-12-31", f"{first + 1}-03-31"), 1))[
            int(quarter[1])  # type: ignore[index]
        ]
    return f"{first}-{time[4:]}" + (f"-Q{quarter[1]}" if quarter else "")


def test_boroughs_carry_inner_or_outer_london_and_totals_no_authority(clean: Pair) -> None:
    for row in table(clean.data):
        borough = row["geographic_level"] == "Local authority"
        assert borough == bool(row["new_la_code"]) == (row["region_code"] in ("E13000001", "E13000002") and borough)


# ---- each check, with a plant. The edits work on rows, text or names.

DATA: dict[str, Callable[[Table], Table]] = {
    "O116": lambda rows: [{**row, "extra": "1"} for row in rows],
    "O161": lambda rows: edited(rows, "time_period", "2023/24", like="202324"),
    "O162": lambda rows: edited(rows, "time_identifier", "Third quarter", like="Financial year Q3"),
    "O163": lambda rows: edited(rows, "time_identifier", "Financial year", like="Financial year Q3"),
    "O164": lambda rows: edited(rows, "time_period", "2023", like="202324"),
    "O165": lambda rows: edited(rows, "time_period", "202427", like="202425"),
    "O176": lambda rows: [{**rows[0], "region_name": "Total"}, *rows[1:]],
    "O181": lambda rows: edited(rows, "geographic_level", "Borough", like="Local authority"),
    "O182": lambda rows: [{key: text for key, text in row.items() if key != "la_name"} for row in rows],
    "O184": lambda rows: edited(rows, "la_name", "", like="Camden"),
    "O185": lambda rows: [{**rows[0], "la_name": "Camden"}, *rows[1:]],
    "O187": lambda rows: [
        {**row, "region_code": "E13000002", "region_name": "Outer London"} if row["la_name"] == "Camden" else row
        for row in rows
    ],
    "O188": lambda rows: edited(rows, "country_name", "Britain", like="England"),
    "O189": lambda rows: [{**row, "region_name": "Greater London"} if row["region_name"] == "London" else row for row in rows],
    "O190": lambda rows: edited(rows, "la_name", "Cambden", like="Camden"),
    "O201": lambda rows: [*rows, rows[-1]],
    "O302": lambda rows: rows[:-1],
    "O303": lambda rows: shown_beside_hidden(rows),
}  # fmt: skip
NUMBERS = {
    "O202": ("N/A", "n/a", "..", ".", ":", "~", "NULL", "Null", "null", "NA", "na"),
    "O203": ("", "[c]", "1_234", "1,234", "many", "12%"),
    "O301": ("12.50", "012.5".lstrip("0") + "0"),
}
META_ROWS: dict[str, Callable[[Table], Table]] = {
    "O115": lambda rows: [*rows, {**rows[0], "col_name": "gone_count", "label": "Gone"}],
    "O131": lambda rows: [*rows, {**rows[0], "col_name": "", "label": "None"}],
    "O132": lambda rows: [{**rows[0], "col_type": "Measure"}, *rows[1:]],
    "O133": lambda rows: [*rows, {**rows[0], "col_name": "la_name", "label": "Name"}],
    "O141": lambda rows: [{**rows[0], "label": ""}, *rows[1:]],
    "O142": lambda rows: [{**rows[0], "label": rows[1]["label"]}, *rows[1:]],
    "O143": lambda rows: [*rows, {**rows[0], "label": "Again"}],
    "O147": lambda rows: [{**rows[0], "indicator_dp": ""}, *rows[1:]],
    "O148": lambda rows: [{**rows[0], "indicator_unit": "percent"}, *rows[1:]],
    "O149": lambda rows: [{**rows[0], "filter_hint": "Choose"}, *rows[1:]],
    "O223": lambda rows: [{**rows[0], "label": "x" * 81}, *rows[1:]],
    "O113": lambda rows: [{**row, "note": ""} for row in rows],
    "O112": lambda rows: [{key: text for key, text in row.items() if key != "label"} for row in rows],
    "O202": lambda rows: [{**rows[0], "indicator_grouping": "NA"}, *rows[1:]],
}


def edited(rows: Table, column: str, text: str, like: str) -> Table:
    return [{**row, column: text} if row[column] == like else row for row in rows]


def shown_beside_hidden(rows: Table) -> Table:
    count = next(name for name in rows[0] if name.endswith("_count"))
    value = next(name for name in rows[0] if name.endswith("_percent"))
    hidden = next(row for row in rows if row[count] == "c")
    return [{**row, value: "12.5"} if row is hidden else row for row in rows]


@pytest.mark.parametrize("column", [name for name in META if name != "filter_default"])
def test_every_column_of_the_metadata_but_the_default_is_asked_for(clean: Pair, column: str) -> None:
    rows = [{key: text for key, text in row.items() if key != column} for row in table(clean.meta)]
    assert "O112" in {r.code for r in screen(replace(clean, meta=as_bytes(rows)))}


def test_a_label_of_a_space_is_none(clean: Pair) -> None:
    first, *rest = table(clean.meta)
    assert "O141" in {r.code for r in screen(replace(clean, meta=as_bytes([{**first, "label": " "}, *rest])))}


@pytest.mark.parametrize("text", ["Total", "total", "All", "all"])
def test_a_place_that_is_a_total_is_found(clean: Pair, text: str) -> None:
    rows = edited(table(clean.data), "la_name", text, like="Camden")
    assert "O176" in {r.code for r in screen(replace(clean, data=as_bytes(rows)))}


@pytest.mark.parametrize("code", DATA)
def test_a_fault_of_the_rows_is_found(clean: Pair, code: str) -> None:
    found = screen(replace(clean, data=as_bytes(DATA[code](table(clean.data)))))
    assert code in {remark.code for remark in found}
    assert len({remark.code for remark in found}) <= 3, found


@pytest.mark.parametrize("code", META_ROWS)
def test_a_fault_of_the_metadata_is_found(clean: Pair, code: str) -> None:
    assert code in {r.code for r in screen(replace(clean, meta=as_bytes(META_ROWS[code](table(clean.meta)))))}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in NUMBERS.items() for text in texts])
def test_a_fault_of_a_number_is_found(clean: Pair, code: str, text: str) -> None:
    rows = table(clean.data)
    value = next(name for name in rows[0] if name.endswith("_percent"))
    found = {r.code for r in screen(replace(clean, data=as_bytes([{**rows[0], value: text}, *rows[1:]])))}
    assert code in found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("early help.csv", "O101"), ("early-help.csv", "O102"), ("Early.csv", "O102"), ("early_2024.csv", "O105"),
        ("e" * 41 + ".csv", "O105"), ("early.txt", "O102"),
    ],
)  # fmt: skip
def test_a_fault_of_the_name_is_found(clean: Pair, name: str, code: str) -> None:
    meta = name.removesuffix(".csv") + ".meta.csv"
    assert code in {r.code for r in screen(replace(clean, data_name=name, meta_name=meta))}
    assert "O104" in {r.code for r in screen(replace(clean, data_name=name))}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data[:-1],
        lambda data: data.replace(b"Camden", b"\xff"),
        lambda data: data.replace(b"Camden", b"=1+1"),
    ],
)
def test_bytes_that_programs_stumble_over_are_found(clean: Pair, spoil: Callable[[bytes], bytes]) -> None:
    assert {r.code for r in screen(replace(clean, data=spoil(clean.data)))} == {"O306"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("early assessments", "O121"), ("Early", "O123"), ("earlyHelp", "O122"), ("characteristic", "O124"),
     ("male_count", "O125"), ("comparable_count", "O125"), ("ethnicity_count", "O211"), ("absences_by_phase", "O211"),
     ("sen_count", "O211"), ("e" * 51, "O222")],
)  # fmt: skip
def test_a_fault_of_a_column_name_is_found(clean: Pair, name: str, code: str) -> None:
    old = next(column for column in clean.columns if column.endswith("_percent"))
    data = clean.data.replace(f",{old},".encode(), f",{name},".encode(), 1)
    meta = clean.meta.replace(f"{old},".encode(), f"{name},".encode(), 1)
    assert code in {r.code for r in screen(replace(clean, data=data, meta=meta))}


def with_filter(clean: Pair, levels: tuple[str, ...], **meta: str) -> Pair:
    """The pair with a filter called age_group, every row once for each level."""
    rows = [{**row, "age_group": level} for row in table(clean.data) for level in levels]
    about = {name: "" for name in META} | {"col_name": "age_group", "col_type": "Filter", "label": "Age group"} | meta
    return replace(clean, data=as_bytes(rows), meta=as_bytes([*table(clean.meta), about]))


@pytest.mark.parametrize(
    ("levels", "meta", "code"),
    [
        (("Total",), {}, "O171"), (("Total", ""), {}, "O173"), (("Total", "0 to 4 "), {}, "O174"), (("0 to 4", "5 to 9"), {}, "O175"),
        (("Total", "0 to 4"), {"indicator_grouping": "Ages"}, "O145"), (("Total", "0 to 4"), {"indicator_dp": "0"}, "O146"),
        (("Total", "0 to 4"), {"indicator_unit": "%"}, "O148"), (("Total", "0 to 4"), {"filter_grouping_column": "ages"}, "O152"),
        (("Total", "0 to 4"), {"filter_grouping_column": "la_name"}, "O172"), (("Total", "x" * 121), {}, "O178"),
    ],
)  # fmt: skip
def test_a_fault_of_a_filter_is_found(clean: Pair, levels: tuple[str, ...], meta: dict[str, str], code: str) -> None:
    assert screen(with_filter(clean, ("Total", "0 to 4"))) == ()
    assert code in {r.code for r in screen(with_filter(clean, levels, **meta))}


@pytest.mark.parametrize(
    ("name", "levels", "code"),
    [
        ("ethnicity_major", ("Total", "White", "Unknown"), None), ("ethnicity_major", ("Total", "Whyte"), "O212"),
        ("ethnic_group", ("Total", "White"), "O211"), ("school", ("Total", "One"), "O134"), ("ward_name", ("Total", "One"), "O134"),
        ("provider_ukprn", ("Total", "1"), "O134"), ("region", ("Total", "North"), "O134"), ("matter", ("Total", "One"), None),
    ],
)  # fmt: skip
def test_a_fault_of_what_a_filter_is_called_or_says_is_found(
    clean: Pair, name: str, levels: tuple[str, ...], code: str | None
) -> None:
    made = with_filter(clean, levels)
    renamed = replace(
        made, data=made.data.replace(b"age_group", name.encode()), meta=made.meta.replace(b"age_group", name.encode())
    )
    assert {r.code for r in screen(renamed)} == ({code} if code else set())


BANDS = {"Total": "Total", "0 to 4": "Under 10", "5 to 9": "Under 10", "10 to 15": "10 or over"}


def grouped(clean: Pair, bands: Mapping[str, str] = BANDS, *, described: bool = True, twice: bool = False) -> Pair:
    """The pair with a filter and the column that groups it. ``twice``: another filter is grouped by it too."""
    rows = [{**row, "age_group": level, "age_band": bands[level]} for row in table(clean.data) for level in bands]
    filters = [("age_group", "Age group", "age_band")]
    filters += [("age_band", "Age band", "")] if described else []
    if twice:
        rows = [{**row, "age_again": row["age_group"]} for row in rows]
        filters += [("age_again", "Age again", "age_band")]
    blank = dict.fromkeys(META, "") | {"col_type": "Filter"}
    about = [{**blank, "col_name": n, "label": label, "filter_grouping_column": group} for n, label, group in filters]
    return replace(clean, data=as_bytes(rows), meta=as_bytes([*table(clean.meta), *about]))


def test_a_fault_of_the_groups_of_a_filter_is_found(clean: Pair) -> None:
    def codes(pair: Pair) -> set[str]:
        return {remark.code for remark in screen(pair)}

    assert codes(grouped(clean)) == set()
    assert codes(grouped(clean, described=False)) == {"O155"}
    assert codes(grouped(clean, twice=True)) == {"O153", "O302"}  # the two filters do not go together in every way
    assert codes(grouped(clean, {**BANDS, "5 to 9": "Under-10"})) == {"O154"}
    assert codes(grouped(clean, {**BANDS, "Total": "All ages"}, described=False)) == {"O155", "O175"}


def test_a_file_without_its_columns_is_refused(clean: Pair) -> None:
    rows = [{key: text for key, text in row.items() if key not in TIME} for row in table(clean.data)]
    assert "O111" in {r.code for r in screen(replace(clean, data=as_bytes(rows)))}
    few = [{key: text for key, text in row.items() if key not in PLACE[3:]} for row in table(clean.data)]
    few = [{key: text for key, text in row.items() if not key.startswith("c")} for row in few]
    assert {"O111", "O114"} <= {r.code for r in screen(replace(clean, data=as_bytes(few)))}


def test_a_remark_echoes_no_cell(clean: Pair) -> None:
    rows = edited(table(clean.data), "la_name", "Zzyzx", like="Camden")
    assert not any("Zzyzx" in remark.words for remark in screen(replace(clean, data=as_bytes(rows))))
