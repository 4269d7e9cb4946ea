"""Every code of an import: one fault gives exactly it, and its clean twin gives nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.imports.rules import RULES
from site_builder.imports.steps import import_release
from site_builder.release.package import write_files
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import PARTS
from tests.imports.world import MAPPING, World, plans, write_package

Fault = Callable[[World], None]

LAST, CEDAR_2023, ALDER_2021 = -1, 15, 3  # lines of the wide file


def _cell(line: int, position: int, text: str) -> Fault:
    def fault(world: World) -> None:
        cells = world.plans[line].split(",")
        cells[position] = text
        world.plans[line] = ",".join(cells)

    return fault


def _change(table: str, line: int, old: str, new: str) -> Fault:
    return lambda world: world.change(table, line, old, new)


def _remap(old: str, new: str) -> Fault:
    return lambda world: world.remap(old, new)


def _set(**values: object) -> Fault:
    def fault(world: World) -> None:
        for name, value in values.items():
            setattr(world, name, value)

    return fault


def _without_authority(world: World) -> None:
    """Birchford vanishes from both files in the last year."""
    world.plans = [line for line in world.plans if not (line.startswith("2023") and "E09000902" in line)]
    world.missing = [line for line in world.missing if not (line.startswith("2023") and "E09000902" in line)]


def _absent_from_one(world: World) -> None:
    """Birchford is in one file of 2021 only, and in both later."""
    world.missing = [line for line in world.missing if not (line.startswith("2021") and "E09000902" in line)]


def _joint(world: World) -> None:
    """The two boroughs report together in both files."""
    for table in ("plans", "missing"):
        lines = [line for line in getattr(world, table) if "E09000902" not in line]
        lines = [
            line.replace("E09000901", "E09000901 / E09000902").replace('"Alderham"', '"Alderham / Birchford"')
            for line in lines
        ]
        setattr(world, table, lines)
    world.mapping = world.mapping.replace('published = "start_rate"\n', "")


def _alias(world: World) -> None:
    world.change("plans", 5, "E06000903", "E06000909")


def _late_alias(world: World) -> None:
    world.change("plans", CEDAR_2023, "E06000903", "E06000909")


def _sudden_nought(world: World) -> None:
    """No second plan in the middle year of an authority with more than a hundred plans."""
    cells = world.plans[10].split(",")  # Cedar in 2022: its name holds a comma, so positions move by one
    cells[-4], cells[-3] = "0", "0"
    world.plans[10] = ",".join(cells)


def _excluded_nought(world: World) -> None:
    world.mapping += EXCLUDED
    world.missing = [
        line[: line.rindex(",")] + ",0" if "2022" in line[:4] and "E09000901" in line and "lost" in line else line
        for line in world.missing
    ]


EXCLUDED = """
[[excluded]]
area = "E09000901"
year = 2022
series = ["N25b"]
totals = ["E12000901"]
note = "Alderham sent nothing."
reference = "The release's guidance."
"""


def _more_columns(name: str) -> Fault:
    def fault(world: World) -> None:
        world.plans = [f"{line},{name if i == 0 else '0'}" for i, line in enumerate(world.plans)]

    return fault


def _twice(world: World) -> None:
    world.plans.append(world.plans[LAST])


def _other_total(world: World) -> None:
    """The long file counts one more start than the wide one."""
    line = next(i for i, text in enumerate(world.missing) if "E09000901" in text and "started" in text)
    head, _, count = world.missing[line].rpartition(",")
    world.missing[line] = f"{head},{int(count) + 1}"


def _other_rate(world: World) -> None:
    """A region's rate, two tenths off."""
    cells = world.plans[2].split(",")
    cells[-5] = f"{float(cells[-5]) + 0.2:.1f}"
    world.plans[2] = ",".join(cells)


def _earlier_release(old: str, new: str) -> Fault:
    """An earlier release of the source, alike but for one figure."""

    def fault(world: World) -> None:
        files = world.run().files
        observations = next(data for path, data in files.items() if path.endswith("observations.csv")).decode()
        assert old in observations, "the fixture has changed"
        folder = world.root / "datapackages/national/dfe-cin/2022"
        write_package(folder, "earlier", "observations.csv", observations.replace(old, new, 1).encode())

    return fault


CORRECTION = """
[[correction]]
table = "plans"
area = "E09000901"
year = 2022
series = "N17"
measure = "numerator"
from = "38"
to = "x"
reason = "A slip of the pen."
reference = "The publisher's letter."
decided = 2024-01-31
"""
EXPLAINED = """
[[explained]]
rule = "I601"
area = "E06000903"
year = 2022
where = "N17"
reason = "Truly none."
"""


def _add(text: str) -> Fault:
    def fault(world: World) -> None:
        world.mapping += text

    return fault


FAULTS: dict[str, list[Fault]] = {
    "I101": [_more_columns("Third"), _change("missing", 3, "Trees, other", "Trees, others")],
    "I102": [
        _remap('ignore = ["category"]', 'ignore = ["category", "Vanished"]'),
        _remap(
            "[[table.cell]]", '[[table.cell]]\nname = "felled"\ncolumn = "number"\nwhere = ["Felled"]\n[[table.cell]]'
        ),
        lambda world: setattr(world, "given", ("plans.csv",)),
    ],
    "I104": [_more_columns("Second"), _more_columns(""), _more_columns(" ")],
    "I110": [
        _set(raw_plans="\n".join(plans()).replace("Alderham", "Alderhäm").encode("latin-1")),
        _set(raw_plans=b""),
        _change("plans", LAST, ",Trees,", ',"Trees,'),
        _change("plans", LAST, ",Trees,", ","),
    ],
    "I111": [_set(prefix=b"\xef\xbb\xbf"), _set(line_end="\r")],
    "I201": [_cell(ALDER_2021, -1, "q"), _cell(ALDER_2021, -1, '""'), _cell(ALDER_2021, -1, "")],
    "I202": [
        _cell(ALDER_2021, -2, '"1,234"'),
        _cell(ALDER_2021, -2, "12.5"),
        _cell(ALDER_2021, -2, "-3"),
        _cell(ALDER_2021, -2, "007"),
        _cell(ALDER_2021, -5, "118.9%"),
    ],
    "I301": [
        _late_alias,
        _change("plans", ALDER_2021, "E09000901", "E09000999"),
        _change("plans", 2, "E12000901", "E12000999"),
        _change("plans", 2, "E12000901", "E09000901"),
    ],
    "I302": [_change("plans", ALDER_2021, '"Alderham"', '"Birchford"')],
    "I303": [_alias],
    "I304": [_joint],
    "I305": [
        _change("plans", ALDER_2021, "Local authority", "Regional"),
        _change("plans", ALDER_2021, "Local authority", "Ward"),
        _change("plans", 2, "Regional", "Local authority"),
    ],
    "I306": [_without_authority, _absent_from_one],
    "I401": [
        _change("plans", ALDER_2021, "Reporting year", "Academic year"),
        _change("plans", ALDER_2021, "2021", "202021"),
        _change("plans", ALDER_2021, "2021", "２０２１"),
    ],
    "I402": [_change("plans", ALDER_2021, "2021", "2020"), _remap("years = [2021, 2023]", "years = [2021, 2024]")],
    "I501": [_twice],
    "I502": [_other_total],
    "I503": [_cell(ALDER_2021, -1, "1")],
    "I504": [_cell(ALDER_2021, -5, "1.3"), _other_rate, _cell(ALDER_2021, -3, "32.8")],
    "I505": [_remap('population = "mye-a"', 'population = "mye-b"')],
    "I601": [_sudden_nought, _excluded_nought],
    "I602": [_earlier_release(",numerator,107,,", ",numerator,,x,")],
    "I603": [_earlier_release(",numerator,107,,", ",numerator,106,,")],
    "I604": [_earlier_release("N09a,E09000901,2020-21,numerator,", "N09z,E09000901,2020-21,numerator,")],
    "I701": [
        _remap('publisher = "Department of Trees"\n', ""),
        _remap('commit = "0000000000000000000000000000000000000000"\n', ""),
    ],
    "I702": [_set(keep_checksums=False)],
    "I703": [_set(downloads="repository/downloads")],
    "I705": [
        lambda world: write_files(world.mapping_path.parent, {"notes.csv": b"area,indicator,period,note\nx,x,x,x\n"})
    ],
    "I704": [_add(CORRECTION.replace('"38"', '"39"')), _add(EXPLAINED)],
}
ELSEWHERE = {
    "I112": "test_surveys.py",
    "I113": "test_surveys.py",
    "I114": "test_surveys.py",
    "I203": "test_fingertips.py",
}  # codes that this country cannot bring about, and the file that does
CASES = [(code, fault) for code, faults in sorted(FAULTS.items()) for fault in faults]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_clean_country_has_no_finding(world: World) -> None:
    result = world.run()
    assert result.findings == ()
    assert sorted(Path(path).name for path in result.files) == ["datapackage.json", "notes.csv", "observations.csv"]


@pytest.mark.parametrize(("code", "fault"), CASES, ids=[f"{code}-{i}" for i, (code, _) in enumerate(CASES)])
def test_a_fault_gives_exactly_its_code(world: World, code: str, fault: Fault) -> None:
    fault(world)
    result = world.run()
    assert {finding.rule for finding in result.findings} == {code}
    severity = next(rule.severity for rule in RULES if rule.code == code)
    assert {finding.severity for finding in result.findings} == {severity}
    assert bool(result.files) is (severity is Severity.INFO)


def test_every_code_has_a_fault_and_every_rule_its_four_parts() -> None:
    assert [rule.code for rule in RULES] == sorted({*FAULTS, *ELSEWHERE})
    for code, file in ELSEWHERE.items():
        assert f'"{code}"' in (Path(__file__).parent / file).read_text(encoding="utf-8")
    for rule in RULES:
        assert all(rule.parts[part] for part in PARTS), rule.code


@pytest.mark.parametrize(("code", "fault"), CASES, ids=[f"{code}-{i}" for i, (code, _) in enumerate(CASES)])
def test_messages_echo_no_cell(world: World, code: str, fault: Fault) -> None:
    """Neither a figure of the file nor a strange cell, header or name is repeated in a message."""
    fault(world)
    for finding in world.run().findings:
        text = f"{finding.problem} {finding.fix}"
        assert not any(odd in text for odd in ("1,234", "12.5", "007", "Third", "Trees", "Birchford", "E09", "107"))


@pytest.mark.parametrize("new", ["Other", "second"])
def test_a_renamed_column_stops_the_import(world: World, new: str) -> None:
    world.plans[0] = world.plans[0].replace(",Second,", f",{new},")
    assert world.codes() == {"I101", "I102"}


def test_two_columns_may_change_places(world: World) -> None:
    plain = world.run().files
    world.plans = [_swapped(line) for line in world.plans]
    moved = world.run()
    assert moved.findings == ()
    assert _observations(moved.files) == _observations(plain)


def _swapped(line: str) -> str:
    cells = line.split(",")
    cells[-1], cells[-2] = cells[-2], cells[-1]
    return ",".join(cells)


def _observations(files: Mapping[str, bytes]) -> bytes:
    return next(data for path, data in files.items() if path.endswith("observations.csv"))


def test_a_correction_is_made_and_told(world: World) -> None:
    world.mapping += CORRECTION
    result = world.run()
    assert result.findings == ()
    assert "N17,E09000901,2022-03-31,numerator,,x," in _observations(result.files).decode()
    descriptor = json.loads(next(data for path, data in result.files.items() if path.endswith("datapackage.json")))
    assert [entry["area"] for entry in descriptor["lsb:corrections"]] == ["E09000901"]


def test_an_explained_query_does_not_stop_the_import(world: World) -> None:
    _sudden_nought(world)
    world.mapping += EXPLAINED
    assert world.run().findings == ()


def test_a_figure_that_appeared_may_be_explained(world: World) -> None:
    _earlier_release(",numerator,107,,", ",numerator,,x,")(world)
    world.mapping += """
[[explained]]
rule = "I602"
area = "E09000901"
year = "2020-21"
where = "N09a"
reason = "Sent late."
"""
    assert world.run().findings == ()


@pytest.mark.parametrize(
    "broken",
    [
        "not toml [",
        MAPPING + "surprise = 1\n",
        MAPPING.replace('id = "N17"', 'id = "N09a"'),
        MAPPING.replace('numerator = ["second"]', 'numerator = ["third"]'),
        MAPPING.replace('c = "c"', 'c = "q"'),
        MAPPING.replace('time = "reporting-year"', 'time = "lunar-year"'),
        MAPPING.replace('release = "2023"', 'release = "2022"'),
        MAPPING.replace('population = "mye-a"', 'population = "mye-z"'),
        MAPPING.replace('source = "dfe-cin"\n', ""),
        MAPPING.replace("mapping_version = 1", 'mapping_version = "one"'),
        MAPPING + EXCLUDED.replace('note = "Alderham sent nothing."', ""),
        MAPPING + CORRECTION.replace('series = "N17"', 'series = "N99"'),
    ],
)
def test_a_wrong_mapping_is_a_finding_and_never_a_traceback(world: World, broken: str) -> None:
    world.mapping = broken
    result = world.run()
    assert {finding.rule for finding in result.findings} == {"A101"}
    assert not result.files


def test_missing_mapping_is_a_finding(world: World) -> None:
    world.run()
    result = import_release(world.root / "nowhere.toml", [], world.root)
    assert {finding.rule for finding in result.findings} == {"A101"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_bytes_never_raise(tmp_path: Path, data: st.DataObject) -> None:
    world = World(tmp_path)
    raw = bytearray("".join(line + "\r\n" for line in world.plans).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    world.raw_plans = bytes(raw)
    world.run()
