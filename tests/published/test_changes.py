"""What differs between two releases: every kind, and no value unless both releases printed one."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

import pytest

from site_builder.published.build import changes_between
from site_builder.published.change_words import in_words, line
from site_builder.published.changes import KINDS, Change, as_csv, changes
from site_builder.published.revisions import sorted_out
from site_builder.published.versions import Level, Step
from site_builder.release.cells import Cell, PublicCells
from site_builder.release.releases import Note, Release, load_releases
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.refusals import ConfigurationError
from tests.factories import BOROUGHS, CODE, ROOT, areas, cell, indicator, releases

A, B, C, D, E = BOROUGHS[:5]
OLD = {A: "c", B: "c", C: "12", D: "x", E: "30"}
CATALOGUE = {CODE: indicator("count")}


def snapshot(table: Mapping[str, str], day: str = "2024-06-30") -> list[Cell]:
    return [cell(area, day, value) for area, value in table.items()]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, ...]:
    note = Note(C, CODE, "2024-06-30", "A miscount was put right.")
    new = [*snapshot({**OLD, C: "14", D: "9"}), *snapshot({A: "21", B: "40"}, "2024-09-30")]
    return releases(tmp_path_factory.mktemp("changes") / "r", (snapshot(OLD), ()), (new, (note,)))


def printed(*cells: Cell) -> Release:
    """What a comparison reads of a release: for differences that no safe sequence of releases shows."""
    return cast(Release, SimpleNamespace(cells=PublicCells.of(cells), notes=()))


def by_kind(made: tuple[Change, ...]) -> dict[str, list[Change]]:
    return {kind: [change for change in made if change.kind == kind] for kind in KINDS}


def test_a_release_does_not_differ_from_itself(two: tuple[Release, ...]) -> None:
    assert changes(two[0], two[0]) == ()


def test_revised_shown_and_added_figures(two: tuple[Release, ...]) -> None:
    found = by_kind(changes(*two))
    (revised,) = found["revised"]
    assert (revised.key.area, revised.old_value, revised.new_value) == (C, "12", "14")
    assert revised.reason == "A miscount was put right."
    (shown,) = found["now-shown"]
    assert (shown.key.area, shown.old_value, shown.new_value, shown.old_withheld) == (D, "", "", "x")
    assert [change.key.period for change in found["added"]] == ["2024-09-30"] * 2
    assert all(change.new_value == "" for change in found["added"])
    assert {kind for kind, some in found.items() if some} == {"revised", "now-shown", "added"}


def test_every_kind_is_told_apart(two: tuple[Release, ...]) -> None:
    marked = [
        replace_status(one, "r") if one.key.area == E else one for one in snapshot({A: "c", B: "x", C: "c", E: "30"})
    ]
    second = [cell(E, "2024-06-30", "44")]
    second = [one._replace(key=one.key._replace(definition_version=2)) for one in second]
    made = changes(two[0], printed(*marked, *second))
    assert {(c.key.area, c.key.definition_version): c.kind for c in made} == {
        (B, 1): "now-withheld",
        (C, 1): "now-withheld",
        (D, 1): "removed",
        (E, 1): "status-only",
        (E, 2): "redefined",
    }
    assert all(c.old_value == c.new_value == "" for c in made if c.kind != "status-only")
    assert [c.key for c in made] == sorted(c.key for c in made)


def replace_status(one: Cell, status: str) -> Cell:
    return one._replace(obs_status=status)


def test_a_value_stands_only_where_both_releases_print_one(two: tuple[Release, ...]) -> None:
    for pair in (two, two[::-1]):
        shown = [{c.key for c in release.cells if c.value} for release in pair]
        for change in changes(*pair):
            both = change.key in shown[0] & shown[1]
            assert bool(change.old_value) is bool(change.new_value) is both


def test_the_table_has_a_row_a_change(two: tuple[Release, ...]) -> None:
    made = changes(*two)
    rows = list(csv.DictReader(io.StringIO(as_csv(made, "2024-25-Q1", "2024-25-Q2", "synthetic").decode())))
    assert [(r["area"], r["kind"], r["old_value"], r["new_value"], r["reason"]) for r in rows] == [
        (c.key.area, c.kind, c.old_value, c.new_value, c.reason) for c in made
    ]


def words_of(old: Release, new: Release) -> str:
    """What a terminal shows of two releases, below its opening."""
    found = sorted_out(changes(old, new), old)
    told = in_words("One to two", Step(Level.MINOR, ("because",)), found, (), areas(), CATALOGUE)
    opening, _, rest = told.partition("\n\n")
    assert opening == "One to two: minor.\nBecause."
    return rest


def test_in_words_numbers_stand_for_revised_figures_alone(two: tuple[Release, ...]) -> None:
    name = {code: areas().by_code[code].name for code in (A, C, D)}
    assert words_of(*two) == (
        "All indicators\n  New periods: 2024-09-30\n"
        f"  Returns that came late: {name[D]} (2024-06-30); 1 count of 1 indicator\n\n"
        f"T1 Children seen\n  Revised\n    {name[C]}, 2024-06-30, numerator: 12 became 14. A miscount was put right."
    )


def test_in_words_a_figure_that_was_not_shown_before_does_not_stop_being_shown(two: tuple[Release, ...]) -> None:
    later = printed(*snapshot({**OLD, C: "c", D: "c"}))
    first, second = (
        words_of(two[0], later)
        .removeprefix("T1 Children seen\n  No longer shown\n")
        .split("  Not shown for another reason than before\n")
    )
    assert areas().by_code[C].name in first
    assert areas().by_code[D].name in second
    assert "12" not in first


def test_every_kind_that_is_not_added_has_its_line(two: tuple[Release, ...]) -> None:
    marked = [replace_status(one, "p") if one.key.area == E else one for one in snapshot({A: "21", C: "13", E: "30"})]
    second = [one._replace(key=one.key._replace(definition_version=2)) for one in [cell(B, "2024-06-30", "44")]]
    told = words_of(two[0], printed(*marked, *second))
    for heading in ("Revised", "Shown for the first time", "Marked otherwise", "Removed", "Redefined"):
        assert f"\n  {heading}\n" in told
    assert "44" not in told
    assert "21" not in told


def test_a_note_that_stood_before_is_no_reason_for_a_change(two: tuple[Release, ...]) -> None:
    note = Note(C, CODE, "2024-06-30", "Counted by hand.")
    old = cast(Release, SimpleNamespace(cells=PublicCells.of(snapshot({C: "12"})), notes=(note,)))
    new = cast(Release, SimpleNamespace(cells=PublicCells.of(snapshot({C: "13"})), notes=(note,)))
    (change,) = changes(old, new)
    assert change.reason == ""


def test_a_line_of_its_own_names_the_figure(two: tuple[Release, ...]) -> None:
    (revised,) = by_kind(changes(*two))["revised"]
    name = areas().by_code[C].name
    expected = f"{name}, Children seen (T1), 2024-06-30, numerator: 12 became 14. A miscount was put right."
    assert line(revised, areas(), CATALOGUE) == expected


def test_the_committed_releases_differ_as_their_revisions_say() -> None:
    made = load_releases(ROOT / "datapackages/releases")
    before, after = made[1], made[2]
    found = by_kind(changes(before, after))
    assert {change.key for change in found["revised"]} <= after.revised
    assert not found["added"]
    assert any(change.key.area == LONDON for change in found["revised"])


def test_changes_are_told_from_the_earlier_release_to_the_later() -> None:
    with pytest.raises(ConfigurationError) as told:
        changes_between(ROOT, "2024-25-Q4", "2023-24-Q4", as_table=False)
    assert told.value.findings[0].problem == "2023-24-Q4 came before 2024-25-Q4."
