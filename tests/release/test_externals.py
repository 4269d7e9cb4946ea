"""Figures of other publishers: in the interval that their rounding leaves, and only of the counts that we have."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.standards import load_standards
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.externals import COLUMNS, FILE, known_facts, told_exactly, twins
from site_builder.release.releases import NationalPackage
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.refusals import ConfigurationError

CATALOGUE = load_standards(Path(__file__).parents[2]).catalogue
BOROUGH, OTHER, LONDON = "E09000001", "E09000002", "E12000007"
DAY = "2024-03-31"


def key(area: str, coverage: str = "all", code: str = "SG08") -> CellKey:
    return CellKey(code, 1, area, DAY, "total", "numerator", coverage)


def national(**values: str) -> NationalPackage:
    cells = [
        Cell(key(area, code="N09c"), v if v.isdigit() else "", "" if v.isdigit() else v, "")
        for area, v in values.items()
    ]
    return NationalPackage(
        "dfe-cin", "2024", "Department for Education", "2024-10-31", "OGL", (), "", "", PublicCells.of(cells), (), {}
    )


def test_authorities_are_exact_regions_are_rounded_and_hidden_ones_say_nothing() -> None:
    told = twins(CATALOGUE, [national(**{BOROUGH: "57", OTHER: "c", LONDON: "7800", "E06000001": "9"})],
                 [key(BOROUGH), key(OTHER), key(LONDON, "n32-1")])  # fmt: skip
    assert {(one.terms[0].key, one.least, one.most) for one in told} == {
        (key(BOROUGH), 57, 57),
        (key(LONDON), 7795, 7804),
    }
    assert told_exactly(told) == {key(BOROUGH)}
    assert {one.source for one in told} == {"Department for Education, dfe-cin 2024, N09c"}


def test_a_series_that_is_no_twin_is_left_out() -> None:
    assert twins(CATALOGUE, [national(**{BOROUGH: "57"})], [key(BOROUGH, code="SG06")]) == ()


def facts(root: Path, *rows: tuple[str, ...]) -> Path:
    path = root / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(csv_bytes(COLUMNS, rows))
    return root


def row(form: str, printed: str, of: str = "", code: str = "SG08") -> tuple[str, ...]:
    return (code, BOROUGH, DAY, "numerator", form, printed, of, "Answer to a request", "2024-12-01")


@pytest.mark.parametrize(
    ("given", "ends"),
    [(row("exact", "57"), (57, 57)), (row("rounded", "60", "10"), (55, 64)), (row("rate", "9.2", "62000"), (57, 57))],
)
def test_a_known_fact_is_read_by_its_form(tmp_path: Path, given: tuple[str, ...], ends: tuple[int, int]) -> None:
    (one,) = known_facts(facts(tmp_path, given), CATALOGUE, [key(BOROUGH)])
    assert (one.terms[0].key, one.least, one.most) == (key(BOROUGH), *ends)
    assert one.source == "Answer to a request, 2024-12-01"


def test_a_percentage_is_two_statements_of_numerator_and_denominator(tmp_path: Path) -> None:
    told = known_facts(facts(tmp_path, row("percentage", "33.3", code="SG11")), CATALOGUE, [key(BOROUGH, code="SG11")])
    assert len({one.name for one in told}) == 2
    assert all({term.key.measure for term in one.terms} == {"numerator", "denominator"} for one in told)


def test_without_the_file_nothing_is_known_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    assert known_facts(tmp_path, CATALOGUE, [key(BOROUGH)]) == ()
    with pytest.raises(ConfigurationError):
        known_facts(facts(tmp_path, row("guess", "57")), CATALOGUE, [key(BOROUGH)])
