"""The check from end to end: stages, explanations, selection, processes; and that nothing breaks it or leaks from it."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.cli.reports import text
from site_builder.confidential.checking import check_by, check_returns
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, Standards
from site_builder.release.package import json_bytes
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import Stage
from tests.confidential.house import (
    BOROUGHS,
    OWN,
    QUARTER,
    YEAR,
    build_house,
    good_return,
    table,
    write,
)

LONELY = {"T700", "X800"}


def lay_out(standards: Standards, root: Path, periods: tuple[str, ...] = ("2024-25-Q1", QUARTER)) -> Path:
    returns = root / "returns"
    for slug in BOROUGHS:
        for period in periods:
            write(returns / slug / period, good_return(standards, slug, period))
    return returns


def spoil(standards: Standards, name: str) -> bytes:
    """One of six wrong files."""
    good = good_return(standards)[RETURN]
    rows = table(good)
    match name:
        case "cut off":
            return good.rstrip(b"\n").rsplit(b",", 3)[0]
        case "utf-16":
            return good.decode().encode("utf-16")
        case "semicolons":
            return good.replace(b",", b";")
        case "total":
            return good + b"Total,,,,40037,60013,reported,\n"
        case "exchanged":
            rows[3][4], rows[3][5] = rows[3][5], rows[3][4]
        case _:  # other borough
            rows[3][0] = "E09000093"
    return csv_bytes(rows[0], rows[1:])


@pytest.mark.parametrize(
    ("name", "code", "row", "field"),
    [
        ("cut off", "H304", 13, None),
        ("utf-16", "F202", None, None),
        ("semicolons", "F205", 1, None),
        ("total", "K505", 14, None),
        ("exchanged", "V601", 4, "numerator"),
        ("other borough", "K501", 4, "area_code"),
    ],
)
def test_each_wrong_file_has_its_own_code(
    standards: Standards, tmp_path: Path, name: str, code: str, row: int | None, field: str | None
) -> None:
    folder = write(tmp_path / OWN / QUARTER, {**good_return(standards), RETURN: spoil(standards, name)})
    result = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    (finding,) = [f for f in result.findings if f.rule not in LONELY]
    assert (finding.rule, finding.severity) == (code, Severity.ERROR)
    assert (finding.where.file, finding.where.row, finding.where.field) == (f"{OWN}/{QUARTER}/return.csv", row, field)
    assert finding.fix
    assert result.packages == ()
    shown = text.render(result.findings)
    numbers = {cell for line in table(good_return(standards)[RETURN])[1:] for cell in line[4:6] if cell}
    assert not any(cell in shown for cell in numbers | {"40037", "60013"})
    assert (folder / RETURN).exists()


def test_good_returns_are_handed_on(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path, ("2024-25-Q1", QUARTER, YEAR))
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC)
    assert {finding.rule for finding in result.findings} == {"T700"}
    assert (result.checked, len(result.packages)) == (12, 12)


def test_an_error_stops_its_own_package_only(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path)
    write(returns / OWN / QUARTER, {RETURN: spoil(standards, "utf-16")})
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC)
    assert [f.rule for f in result.findings if f.severity is Severity.ERROR] == ["F202"]
    assert len(result.packages) == 7


def test_a_row_in_the_wrong_folder_is_not_laid_to_its_own_authority(standards: Standards, tmp_path: Path) -> None:
    """The two rows have one key; only the folder with the stray row is at fault."""
    returns = lay_out(standards, tmp_path)
    rows = table(good_return(standards, "eastmere")[RETURN])
    rows[3][0] = "E09000092"
    write(returns / "eastmere" / QUARTER, {RETURN: csv_bytes(rows[0], rows[1:])})
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC)
    wrong = {(f.rule, f.where.file) for f in result.findings if f.severity is Severity.ERROR}
    assert wrong == {("K501", f"returns/eastmere/{QUARTER}/return.csv")}


def test_only_the_chosen_packages_are_reported(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path)
    write(returns / "eastmere" / QUARTER, {RETURN: b""})
    chosen = [returns / OWN / QUARTER / RETURN]
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC, packages=chosen)
    assert (result.findings, result.checked) == ((), 1), "compared with the quarter before and two other boroughs"
    with pytest.raises(ConfigurationError):
        check_by(standards, tmp_path, [returns], Visibility.PUBLIC, packages=[returns / "nowhere"])


def test_only_the_chosen_stages_are_reported_but_always_disclosure(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path)
    value = json.loads(good_return(standards)[DESCRIPTOR])
    write(returns / OWN / QUARTER, {DESCRIPTOR: json_bytes({**value, "classification": "confidential"})})
    write(returns / "eastmere" / QUARTER, {RETURN: b""})
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC, only={Stage.K})
    assert [finding.rule for finding in result.findings] == ["D901"]
    assert len(result.packages) == 6


def test_an_explanation_holds_for_its_own_indicator(standards: Standards, tmp_path: Path) -> None:
    rows = table(good_return(standards)[RETURN])
    for number in (3, 4):
        rows[number][4] = rows[number][5]
    row = ["V605", "E09000092", rows[3][2], "total", "All of them, as the new rule asks."]
    files = {
        RETURN: csv_bytes(rows[0], rows[1:]),
        EXPLANATIONS: csv_bytes(table(good_return(standards)[EXPLANATIONS])[0], [row]),
    }
    write(tmp_path / OWN / QUARTER, {**good_return(standards), **files})
    result = check_by(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    found = {f.where.row: f.severity for f in result.findings if f.rule == "V605"}
    assert found == {4: Severity.INFO, 5: Severity.QUERY}
    assert result.packages == ()


def test_strays_are_named(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path)
    (returns / "all.xlsx").write_bytes(b"x")
    (returns / OWN / "loose.csv").write_bytes(b"x")
    (returns / OWN / QUARTER / "more").mkdir()
    result = check_by(standards, tmp_path, [returns], Visibility.PUBLIC)
    places = {(f.rule, f.where.file) for f in result.findings if f.severity is Severity.ERROR}
    assert places == {
        ("S105", "returns/all.xlsx"),
        ("S106", f"returns/{OWN}/loose.csv"),
        ("S106", f"returns/{OWN}/{QUARTER}/more"),
    }


def test_processes_do_not_change_the_result(tmp_path: Path) -> None:
    standards = build_house(tmp_path)
    returns = lay_out(standards, tmp_path)
    write(returns / OWN / QUARTER, {RETURN: spoil(standards, "exchanged")})
    alone = check_returns(tmp_path, [returns], Visibility.PUBLIC, workers=1)
    shared = check_returns(tmp_path, [returns], Visibility.PUBLIC, workers=2)
    assert alone.findings == shared.findings
    assert [p.folder for p in alone.packages] == [p.folder for p in shared.packages]


def test_the_same_return_in_two_places_is_found(standards: Standards, tmp_path: Path) -> None:
    for place in ("one", "two"):
        write(tmp_path / place / OWN / QUARTER, good_return(standards))
    result = check_by(standards, tmp_path, [tmp_path / "one", tmp_path / "two"], Visibility.PUBLIC)
    assert {f.rule for f in result.findings} - LONELY == {"X804"}


# ---- order tells nothing, and nothing leaks (how it takes spoilt returns: tests/fuzz)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**16), data=st.data())
def test_order_of_rows_never_changes_the_codes(standards: Standards, seed: int, data: st.DataObject) -> None:
    rows = table(good_return(standards)[RETURN])
    for _ in range(2):
        rows[data.draw(st.integers(1, len(rows) - 1))][data.draw(st.integers(0, 6))] = data.draw(
            st.sampled_from(["", "x", "7", "400013", "E09000093", "SG01"])
        )
    codes = []
    for shuffled in (False, True):
        body = rows[1:]
        if shuffled:
            random.Random(seed).shuffle(body)
        with tempfile.TemporaryDirectory() as root:
            write(Path(root) / OWN / QUARTER, {**good_return(standards), RETURN: csv_bytes(rows[0], body)})
            found = check_by(standards, Path(root), [Path(root)], Visibility.PUBLIC).findings
        codes.append(sorted(finding.rule for finding in found))
    assert codes[0] == codes[1]


def test_sums_and_differences_are_not_told_either(standards: Standards, tmp_path: Path) -> None:
    returns = lay_out(standards, tmp_path)
    for name in ("exchanged", "total", "other borough"):
        write(returns / OWN / QUARTER, {RETURN: spoil(standards, name)})
        shown = text.render(check_by(standards, tmp_path, [returns], Visibility.PUBLIC).findings)
        counts = [int(cell) for row in table(good_return(standards)[RETURN])[1:] for cell in row[4:6] if cell]
        derived = {a + b for a in counts for b in counts} | {abs(a - b) for a in counts for b in counts}
        telling = {str(n) for n in derived if n > 2100} | {f"{n:,}" for n in derived if n > 999}
        assert not any(number in shown for number in telling)
