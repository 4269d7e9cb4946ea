"""A figure for two boroughs together is told on both their pages, and never when it is hidden."""

from __future__ import annotations

from site_builder.published.joint import joint_notes
from site_builder.release.cells import PublicCells
from tests.factories import CODE, areas, cell, indicator

KINGSTON, RICHMOND = "E09000021", "E09000027"
JOINT, YEAR = f"{KINGSTON} / {RICHMOND}", "2023-24"


def told(*cells: tuple[str, str]) -> dict[str, str]:
    made = PublicCells.of([cell(JOINT, YEAR, value, measure) for measure, value in cells])
    return {area: words for (area, code, _), words in joint_notes(made, indicator(), areas()) if code == CODE}


def test_both_pages_tell_the_joint_figure() -> None:
    both = "For Kingston upon Thames and Richmond upon Thames together: "
    assert told(("numerator", "30"), ("denominator", "120")) == dict.fromkeys((KINGSTON, RICHMOND), f"{both}25.0.")
    assert told(("numerator", "1234")) == dict.fromkeys((KINGSTON, RICHMOND), f"{both}1,234 counted.")


def test_a_hidden_joint_figure_is_not_told() -> None:
    assert told(("numerator", "c"), ("denominator", "120")) == {}
    assert told(("numerator", "3"), ("denominator", "9")) == {}, "too few to make a share"


def test_other_figures_are_nobodys_joint_ones() -> None:
    made = PublicCells.of([cell(KINGSTON, YEAR, "30"), cell(RICHMOND, YEAR, "20")])
    assert not list(joint_notes(made, indicator(), areas()))
