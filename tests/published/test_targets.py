"""Targets: the status of a printed figure, silence where it is not shown, and rows that are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from site_builder.published.figures import HIDDEN_SHORT, Figure, printed
from site_builder.published.targets import FOLDER, Status, in_force, is_within_chance, load_targets, status_of
from site_builder.release.package import Resource, describe, read
from site_builder.release.reference import load_catalogue
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.refusals import ConfigurationError
from tests.factories import ROOT, areas

HEADER = tuple(one["name"] for one in read(ROOT / FOLDER).descriptor["resources"][0]["schema"]["fields"])
ROW = {
    "area": "E09000007", "indicator": "SG09", "breakdown": "total", "from": "2024-04-01", "to": "2025-03-31",
    "kind": "at-most", "value": "15", "upper": "", "tolerance": "2", "source_plan": "A plan",
    "approved_by_role": "A board", "approved_on": "2024-03-01", "reason": "",
}  # fmt: skip
RANGE = {"kind": "between", "value": "10", "upper": "14", "tolerance": ""}


def agree(root: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Give a checkout these targets."""
    data = csv_bytes(HEADER, [[row[name] for name in HEADER] for row in rows])
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    (root / FOLDER / "targets.csv").write_bytes(data)
    table = Resource("targets", "targets.csv", "Targets", "Invented.", (), (), data)
    (root / FOLDER / "datapackage.json").write_bytes(
        describe("targets", "Targets", "Invented.", Classification.SYNTHETIC, [table])
    )
    return root


def load(root: Path, *rows: Mapping[str, str]):  # type: ignore[no-untyped-def]  # what is under test
    return load_targets(agree(root, rows), load_catalogue(ROOT), areas())


@pytest.mark.parametrize(
    ("change", "value", "status"),
    [
        ({}, "15.0", Status.MET),
        ({}, "17.0", Status.NEAR),
        ({}, "17.1", Status.MISSED),
        ({"kind": "at-least", "value": "90", "tolerance": ""}, "89.9", Status.MISSED),
        ({"kind": "at-least", "value": "90", "tolerance": "0"}, "90.0", Status.MET),
        ({"kind": "at-least", "value": "90", "tolerance": "1"}, "89.0", Status.NEAR),
        (RANGE, "9.9", Status.OUTSIDE),
        (RANGE, "10.0", Status.INSIDE),
        (RANGE, "14.0", Status.INSIDE),
        (RANGE, "14.1", Status.OUTSIDE),
    ],
)
def test_p30_a_printed_figure_has_the_status_of_its_target(
    tmp_path: Path, change: dict[str, str], value: str, status: Status
) -> None:
    (target,) = load(tmp_path, {**ROW, **change})
    assert status_of(target, printed(value)) is status


@pytest.mark.parametrize("mark", ["c", "x", "z", "low", "u"])
@pytest.mark.parametrize("change", [{}, RANGE])
def test_p30_a_figure_that_is_not_shown_has_no_status(tmp_path: Path, mark: str, change: dict[str, str]) -> None:
    (target,) = load(tmp_path, {**ROW, **change})
    assert status_of(target, Figure("", "", mark, None, HIDDEN_SHORT, HIDDEN_SHORT)) is None


def test_a_target_holds_on_its_days_for_its_place_alone(tmp_path: Path) -> None:
    later = {**ROW, "from": "2025-04-01", "to": "", "value": "12"}
    targets = load(tmp_path, ROW, later)
    found = {
        period: in_force(targets, "E09000007", "SG09", Period.parse(period))
        for period in ("2023-24", "2024-25", "2025-26", "2030-31")
    }
    assert {period: one and one.value for period, one in found.items()} == {
        "2023-24": None, "2024-25": "15", "2025-26": "12", "2030-31": "12",
    }  # fmt: skip
    assert in_force(targets, "E09000003", "SG09", Period.parse("2024-25")) is None


def test_a_note_says_when_the_interval_holds_the_target(tmp_path: Path) -> None:
    (target,) = load(tmp_path, ROW)
    assert is_within_chance(target, printed("14.9"), printed("15.0"))
    assert not is_within_chance(target, printed("15.1"), printed("18.0"))
    assert not is_within_chance(target, Figure("", "", "z"), Figure("", "", "z"))


@pytest.mark.parametrize(
    "rows",
    [
        [ROW, {**ROW, "from": "2025-03-31", "to": ""}],
        [{**ROW, "to": ""}, {**ROW, "from": "2026-04-01", "to": ""}],
        [{**ROW, "area": "E09000099"}],
        [{**ROW, "indicator": "SG99"}],
        [{**ROW, "breakdown": "girls"}],
        [{**ROW, "kind": "about"}],
        [{**ROW, "upper": "20"}],
        [{**ROW, **RANGE, "upper": ""}],
        [{**ROW, **RANGE, "upper": "10"}],
        [{**ROW, **RANGE, "tolerance": "1"}],
        [{**ROW, "tolerance": "-1"}],
        [{**ROW, "to": "2024-03-31"}],
        [{**ROW, "value": "fifteen"}],
        [{**ROW, "from": "April"}],
        [{**ROW, "indicator": "SG08"}],  # not judged: no direction
        [{**ROW, **RANGE, "indicator": "SG08"}],  # a range without a reason
    ],
)
def test_p30_what_cannot_be_used_is_refused(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    with pytest.raises(ConfigurationError):
        load(tmp_path, *rows)


def test_what_is_not_judged_may_have_a_range_with_a_reason(tmp_path: Path) -> None:
    (target,) = load(tmp_path, {**ROW, **RANGE, "indicator": "SG08", "reason": "The plan says so."})
    assert status_of(target, printed("12.0")) is Status.INSIDE


def test_no_target_is_agreed_yet_and_the_package_says_its_columns() -> None:
    assert load_targets(ROOT, load_catalogue(ROOT), areas()) == ()
    assert set(ROW) == set(HEADER)
