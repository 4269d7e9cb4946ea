"""What everything printed says: bases, revisions, floors and the counts that must stay open."""

from __future__ import annotations

import pytest

from site_builder.release.bases import Edition
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.relations import publication
from site_builder.release.structure import Form, Structure


def key(area: str, period: str, measure: str = "numerator") -> CellKey:
    return CellKey("T", 1, area, period, "total", measure, "all")


def edition(
    cells: dict[CellKey, str],
    revised: tuple[CellKey, ...] = (),
    kind: str = "count",
    zeros: str = "show",
    grain: str = "quarters-and-year",
) -> Edition:
    form = Form(kind, 1, grain, EffectivePolicy(5, zeros, 2))
    structure = Structure({"L": ("A", "B")}, {}, {"Y": ("q1", "q2")}, {"T": form})
    rows = (Cell(k, *(("", v) if v in ("c", "x") else (v, "")), "") for k, v in cells.items())
    return Edition("r", PublicCells.of(rows), structure, frozenset(revised))


def test_a_total_of_a_year_is_the_sum_of_every_quarter_of_every_borough() -> None:
    said = publication([edition({key("L", "Y"): "40"})])
    assert {(b.area, b.period) for b in said.facts[0].bases} == {(a, q) for a in "AB" for q in ("q1", "q2")}


def test_what_did_not_come_is_no_count() -> None:
    said = publication([edition({key("A", "q1"): "x"})])
    assert (said.facts, said.targets) == ((), ())


@pytest.mark.parametrize(
    ("kind", "revised", "moved"),
    [
        ("proportion", "numerator", {"numerator", "complement"}),
        ("proportion", "denominator", {"complement"}),
        ("ratio", "numerator", {"numerator"}),
        ("ratio", "denominator", {"denominator"}),
    ],
)
def test_only_what_is_declared_as_revised_is_another_count(kind: str, revised: str, moved: set[str]) -> None:
    cells = {key("A", "q1"): "9", key("A", "q1", "denominator"): "40"}
    changed = edition(cells, (key("A", "q1", revised),), kind)
    bases = {base for fact in publication([edition(cells, kind=kind), changed]).facts for base in fact.bases}
    assert {base.part for base in bases if base.turn == 1} == moved


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        ({key("A", "q1"): "c"}, 1, 5),
        ({key("A", "q1"): "c", key("A", "q2"): "9", key("A", "Y"): "c"}, 2, 5),
        ({key("A", "q1"): "c", key("A", "q2"): "0", key("A", "Y"): "c"}, 1, 5),
        ({key(a, p): "c" for a in "ABL" for p in ("q1", "q2", "Y")}, 4, 6),
    ],
    ids=["a count alone", "a year", "a year with a zero", "the year of a total"],
)
def test_open_values_begin_at_the_floor_of_the_zero_policy(cells: dict[CellKey, str], low: int, high: int) -> None:
    wanted = max(k for k in cells if cells[k] == "c" and (k.period == "Y") == any(c.period == "Y" for c in cells))
    target = next(t for t in publication([edition(cells)]).targets if t.key == wanted)
    assert (target.low, target.high) == (low, high)


def test_hidden_zeros_open_nought() -> None:
    said = publication([edition({key("A", "q1"): "c"}, zeros="hide")])
    assert (said.targets[0].low, dict(said.floors)) == (0, {})


def test_quarters_of_a_window_are_never_displayed_but_open() -> None:
    said = publication([edition({key("A", "Y"): "9"}, grain="year-of-quarters")])
    assert {(t.key.period, t.printed) for t in said.targets} == {("q1", False), ("q2", False)}
