"""Marks of audit-readiness: the lowest aspect decides, a blank is not assessed, and the latest word counts."""

from __future__ import annotations

import dataclasses

import pytest

from site_builder.published.compose.readiness import readiness_page
from site_builder.published.readiness import ASPECTS, FILE, Mark, assessed, mark_of
from site_builder.release.releases import Release
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, words_of


def row(marks: str, **other: str) -> dict[str, str]:
    """A row of readiness.csv; a dot is a blank."""
    given = (mark.replace(".", "") for mark in marks)
    return {"area": "A", "area_code": "A", "indicator": "SG01", "period": "2024-25", "note": "", **other} | dict(
        zip(ASPECTS, given, strict=True)
    )


@pytest.mark.parametrize(
    ("marks", "mark"),
    [
        ("222222", Mark.READY), ("333331", Mark.PART), ("333330", Mark.NOT), ("33333.", Mark.NOT_ASSESSED),
        ("3333.0", Mark.NOT_ASSESSED), ("......", Mark.NOT_ASSESSED), ("111111", Mark.PART), ("333333", Mark.READY),
    ],
)  # fmt: skip
def test_p14_the_lowest_aspect_decides(marks: str, mark: Mark) -> None:
    assert mark_of(row(marks)) is mark
    assert mark_of(row(marks[::-1])) is mark


@pytest.mark.parametrize("level", ["4", "-1", "x"])
def test_another_level_is_refused(level: str) -> None:
    with pytest.raises(KeyError):
        mark_of({**row("222222"), "owner": level, "audit": level, "evidence": level} | dict.fromkeys(ASPECTS, level))


def test_the_latest_row_counts_and_the_boroughs_own_before_a_partners() -> None:
    own, partner = row("222222"), row("000000", area="")
    later = row("111111", period="2025-26")
    assert assessed(_with(own, partner)) == assessed(_with(partner, own)) == {("A", "SG01"): own}
    assert assessed(_with(later, own)) == {("A", "SG01"): later}


def _with(*rows: dict[str, str]) -> Release:
    latest = everything().latest
    assert latest is not None
    return dataclasses.replace(latest, texts={FILE: rows})


# ---- the page


def test_p14_the_grid_is_alphabetical_without_totals_or_ranks() -> None:
    inputs = everything()
    page = readiness_page(frames_of(inputs), inputs)
    names = [one.name for one in page.grid.rows]
    codes = [head.code for head in page.grid.heads]
    assert names == sorted(names)
    assert len(names) == 33
    assert codes == sorted(one.code for one in inputs.catalogue.values() if one.is_collected)
    html = RENDERER.render(page).decode()
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count("<tr") == 33
    assert body.count("<td") == 33 * len(codes)
    assert not JUDGING.search(words_of(html.encode()))
    assert page.frame.noindex


def test_p14_the_marks_of_the_release_stand_in_the_grid() -> None:
    inputs = everything()
    assert inputs.latest is not None
    page = readiness_page(frames_of(inputs), inputs)
    marks = {
        (row.name, head.code): cell.word
        for row in page.grid.rows
        for head, cell in zip(page.grid.heads, row.cells, strict=True)
    }
    rows = assessed(inputs.latest)
    names = {area.code: area.name for area in inputs.areas.boroughs}
    assert {marks[names[area], code] for area, code in rows} == {"part ready", "not assessed"}
    for (area, code), row in rows.items():
        assert marks.pop((names[area], code)) == mark_of(row).value
    assert set(marks.values()) == {"not assessed"}


def test_p54_the_source_system_and_the_note_stand_by_borough_and_indicator() -> None:
    inputs = everything()
    page = readiness_page(frames_of(inputs), inputs)
    told = {(one.borough.label, one.indicator.label.split()[0]): one for one in page.assessed}
    assert page.aspects[0] == "Source system"
    assert told["Camden", "SG01"].levels[0] == "In place and tested"
    assert told["Camden", "SG01"].note == "The duty team's old system is switched off in autumn."
    assert told["Camden", "SG12"].levels[3] == "Not assessed"


def test_before_the_first_release_nothing_is_assessed() -> None:
    inputs = national()
    page = readiness_page(frames_of(inputs), inputs)
    assert page.assessed == ()
    assert {cell.word for row in page.grid.rows for cell in row.cells} == {"not assessed"}
    assert not page.frame.noindex
