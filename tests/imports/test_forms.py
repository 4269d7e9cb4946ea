"""The same facts in another form give the same package; nothing in a row is split, dropped or counted twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from site_builder.imports.steps import ImportResult, write_import
from site_builder.release.cells import NATIONAL_COLUMNS
from site_builder.release.package import read
from site_builder.release.reconciliation import Agreement, Count, compare_total, parts_of
from site_builder.vocabulary.symbols import Withheld
from tests.imports.world import REGION, World

JOINT = "E09000901 / E09000902"


def table(result: ImportResult, name: str = "observations.csv") -> list[dict[str, str]]:
    data = next(data for path, data in result.files.items() if path.endswith(name))
    return list(csv.DictReader(io.StringIO(data.decode())))


def observations(result: ImportResult) -> bytes:
    return next(data for path, data in result.files.items() if path.endswith("observations.csv"))


def counts(result: ImportResult, series: str, period: str) -> dict[str, Count]:
    rows = [row for row in table(result) if row["indicator"] == series and row["period"] == period]
    return {
        row["area"]: int(row["value"]) if row["value"] else Withheld(row["withheld"])
        for row in rows
        if row["measure"] == "numerator"
    }


@pytest.mark.parametrize(
    ("line_end", "prefix"), [("\n", b""), ("\r", b""), ("\r\n", b"\xef\xbb\xbf"), ("\n", b"\xef\xbb\xbf")]
)
def test_marks_and_line_ends_change_nothing(tmp_path: Path, line_end: str, prefix: bytes) -> None:
    plain = World(tmp_path / "a").run()
    other = World(tmp_path / "b", line_end=line_end, prefix=prefix).run()
    assert observations(other) == observations(plain)


def test_order_of_rows_and_trailing_blank_lines_change_nothing(tmp_path: Path) -> None:
    plain = World(tmp_path / "a").run()
    world = World(tmp_path / "b")
    world.plans = [world.plans[0], *reversed(world.plans[1:]), "", ""]
    world.missing = [world.missing[0], *sorted(world.missing[1:]), ""]
    assert observations(world.run()) == observations(plain)


def test_the_same_files_give_the_same_bytes_and_a_package_that_reads(tmp_path: Path) -> None:
    world = World(tmp_path)
    first, second = world.run(), world.run()
    assert first.files == second.files
    write_import(first, world.root)
    package = read(world.mapping_path.parent)
    assert tuple(package.rows("observations.csv")[0]) == NATIONAL_COLUMNS
    assert package.descriptor["lsb:population_vintage"] == "mye-a"
    assert set(package.descriptor["lsb:source_sha256"]) == {"plans.csv", "missing.csv"}


def test_an_import_with_open_findings_is_not_written(tmp_path: Path) -> None:
    world = World(tmp_path, keep_checksums=False)
    with pytest.raises(ValueError, match="open findings"):
        write_import(world.run(), world.root)


def _together(world: World) -> None:
    """The two boroughs in one row of each file and year, with the figures of both."""
    for name in ("plans", "missing"):
        lines: list[str] = getattr(world, name)
        kept: list[str] = []
        for line in lines:
            if "E09000902" in line:
                continue
            twin = next((o for o in lines if "E09000902" in o and _likeness(o) == _likeness(line)), "")
            kept.append(_sum(line, twin, wide=name == "plans") if "E09000901" in line else line)
        setattr(world, name, kept)
    world.mapping = world.mapping.replace('published = "start_rate"\n', "").replace(
        'published = "second_percent"\n', ""
    )


def _likeness(line: str) -> tuple[str, ...]:
    cells = line.split(",")
    return (cells[0], *(cell for cell in cells if "rees" in cell))


def _sum(line: str, twin: str, *, wide: bool) -> str:
    joined = line.replace("E09000901", JOINT).replace('"Alderham"', '"Alderham / Birchford"').split(",")
    other = twin.split(",")
    for position in (-6, -4, -2, -1) if wide else (-1,):
        if joined[position].isdigit():
            joined[position] = str(int(joined[position]) + int(other[position]))
    return ",".join(joined)


def test_a_joint_figure_is_one_area_and_once_in_the_total(tmp_path: Path) -> None:
    apart = World(tmp_path / "a").run()
    world = World(tmp_path / "b")
    _together(world)
    joint = world.run()
    assert {finding.rule for finding in joint.findings} == {"I304"}
    before, after = counts(apart, "N09a", "2021-22"), counts(joint, "N09a", "2021-22")
    first, second = before["E09000901"], before["E09000902"]
    assert isinstance(first, int)
    assert isinstance(second, int)
    assert after[JOINT] == first + second
    assert after["E09000901"] is after["E09000902"] is Withheld.NOT_AVAILABLE
    members = ["E06000903", "E09000901", "E09000902"]
    assert compare_total(after[REGION], parts_of(members, after), {}, 2022).agreement is Agreement.EQUAL
    dropped = {code: count for code, count in after.items() if code != JOINT}
    assert compare_total(after[REGION], parts_of(members, dropped), {}, 2022).agreement is Agreement.MISSING


def test_each_member_of_a_joint_figure_says_why_it_has_none(tmp_path: Path) -> None:
    world = World(tmp_path)
    _together(world)
    notes = {(n["area"], n["period"]): n["note"] for n in table(world.run(), "notes.csv") if n["indicator"] == "N09a"}
    for area in ("E09000901", "E09000902", JOINT):
        assert notes[area, "2021-22"] == "Published only together: Alderham and Birchford."


def test_an_alias_goes_to_the_place_it_stands_for(tmp_path: Path) -> None:
    plain = World(tmp_path / "a").run()
    world = World(tmp_path / "b")
    world.change("plans", 5, "E06000903", "E06000909")
    assert observations(world.run()) == observations(plain)


@pytest.mark.parametrize(("symbol", "reason"), [("c", "c"), ("x", "x"), ("z", "z"), ("k", "low")])
def test_each_symbol_keeps_its_own_reason(tmp_path: Path, symbol: str, reason: str) -> None:
    world = World(tmp_path)
    cells = world.plans[3].split(",")
    cells[-6] = cells[-5] = cells[-3] = symbol
    world.plans[3] = ",".join(cells)
    world.mapping = world.mapping.replace('same = [["plans.start", "missing.start"]]', "")
    rows = {
        (r["indicator"], r["measure"]): r
        for r in table(world.run())
        if (r["area"], r["period"][:4]) == ("E09000901", "2020")
    }
    assert (rows["N09a", "numerator"]["value"], rows["N09a", "numerator"]["withheld"]) == ("", reason)
    assert rows["N09a", "published"]["withheld"] == reason
    assert rows["N15", "numerator"]["withheld"] == ""


def test_a_sum_takes_the_worst_state_of_its_parts(tmp_path: Path) -> None:
    world = World(tmp_path)
    cells = world.plans[3].split(",")
    cells[-2], cells[-1] = "x", "c"
    world.plans[3] = ",".join(cells)
    rows = [
        r for r in table(world.run()) if (r["indicator"], r["area"], r["period"]) == ("N15", "E09000901", "2020-21")
    ]
    assert {r["measure"]: r["withheld"] for r in rows} == {"numerator": "c", "denominator": ""}


def test_published_values_are_kept_as_printed(tmp_path: Path) -> None:
    world = World(tmp_path)
    printed = {line.split(",")[-5] for line in world.plans[1:]}
    stored = {r["value"] for r in table(world.run()) if (r["indicator"], r["measure"]) == ("N09a", "published")}
    assert stored == printed


def test_a_later_release_with_other_names_needs_a_mapping_and_no_code(tmp_path: Path) -> None:
    plain = World(tmp_path / "a").run()
    world = World(tmp_path / "b")
    for old, new in (
        ("Start_rate", "plans_started_per_10k"),
        ("Second_percent", "repeat_pct"),
        (",Start,", ",plans_started,"),
    ):
        world.plans[0] = world.plans[0].replace(old, new)
    for old, new in (
        ('"Start_rate"', '"plans_started_per_10k"'),
        ('"Second_percent"', '"repeat_pct"'),
        ('"Start"', '"plans_started"'),
    ):
        world.mapping = world.mapping.replace(old, new)
    assert world.run().findings == ()
    assert observations(world.run()) == observations(plain)


CARRIED = """
[[carried]]
area = "E09000901"
from_year = 2021
years = [2022]
totals = ["E12000901"]
note = "Estimated: includes an earlier figure for Alderham, which sent none."
area_note = "Alderham sent no figure."
"""


def test_totals_that_carry_an_earlier_figure_are_marked(tmp_path: Path) -> None:
    world = World(tmp_path)
    line = next(i for i, text in enumerate(world.plans) if text.startswith("2022") and "E09000901" in text)
    world.plans[line] = ",".join([*world.plans[line].split(",")[:-6], *"xxxxxx"])
    world.mapping = world.mapping.replace('same = [["plans.start", "missing.start"]]', "") + CARRIED
    result = world.run()
    assert result.findings == ()
    marked = {(r["indicator"], r["area"], r["period"], r["measure"]) for r in table(result) if r["obs_status"] == "e"}
    assert ("N09a", REGION, "2021-22", "numerator") in marked
    assert ("N09a", REGION, "2021-22", "published") in marked
    assert {(series, area) for series, area, _, _ in marked} == {(s, REGION) for s in ("N09a", "N15", "N17")}
    notes = {(n["indicator"], n["area"]): n["note"] for n in table(result, "notes.csv")}
    assert notes["N09a", REGION].startswith("Estimated")
    assert notes["N09a", "E09000901"] == "Alderham sent no figure."


def test_provenance_stands_in_the_descriptor(tmp_path: Path) -> None:
    result = World(tmp_path).run()
    descriptor = json.loads(next(data for path, data in result.files.items() if path.endswith("datapackage.json")))
    assert descriptor["classification"] == "published"
    assert descriptor["lsb:rounding"] == {"local-authority": 1, "region": 10, "national": 10}
    assert [origin["file"] for origin in descriptor["lsb:retrieved_from"]] == ["missing.csv", "plans.csv"]
    assert {"lsb:source", "lsb:release", "lsb:publisher", "lsb:published_on", "lsb:licence", "lsb:attribution"} <= set(
        descriptor
    )


def test_a_joint_figure_may_be_known_by_its_name(tmp_path: Path) -> None:
    by_code, by_name = World(tmp_path / "a"), World(tmp_path / "b")
    for world in (by_code, by_name):
        _together(world)
    for name in ("plans", "missing"):
        lines: list[str] = getattr(by_name, name)
        named = [
            line.replace('"Alderham / Birchford"', '"Alderham with Birchford"').replace(JOINT, "") for line in lines
        ]
        setattr(by_name, name, named)
    assert observations(by_name.run()) == observations(by_code.run())
