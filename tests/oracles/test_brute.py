"""The attack against tables counted out one by one: on tiny publications they accept and refuse the same ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.structure import Form, Structure
from tests.oracles.brute import Place, TooManyError, World, safe

MEASURES = {"n": "numerator", "d": "denominator"}
BOROUGHS, QUARTERS = ("A", "B", "C"), ("q1", "q2")


def edition(world: World, printed: Mapping[Place, str]) -> Edition:
    """The same publication in the product's own types; no line asks for a second hidden cell here."""
    policy = EffectivePolicy(world.threshold, "show" if world.zeros_shown else "hide", 1)
    grain = "quarters-and-year" if world.years else "snapshots"
    kind = "proportion" if world.nested else "count"
    structure = Structure(dict(world.totals), {}, dict(world.years), {"T": Form(kind, 1, grain, policy)})
    cells = (
        Cell(
            CellKey("T", 1, area, period, "total", MEASURES[measure], "all"), *(("", "c") if v == "c" else (v, "")), ""
        )
        for (area, period, measure), v in printed.items()
    )
    return Edition("r", PublicCells.of(cells), structure, frozenset())


def accepted(world: World, printed: Mapping[Place, str]) -> bool:
    """Whether the attack finds nothing."""
    return not attack([edition(world, printed)]).weaknesses


@st.composite
def publications(draw: st.DrawFn, nested: bool) -> tuple[World, dict[Place, str]]:
    """A true table of small numbers, its totals, small counts hidden, and then more hidden at will."""
    boroughs = BOROUGHS[: draw(st.integers(2, 2 if nested else 3))]
    years: dict[str, tuple[str, ...]] = {} if nested and draw(st.booleans()) else {"Y": QUARTERS}
    world = World({"L": boroughs}, years, nested, draw(st.booleans()), draw(st.integers(1, 2)))
    quarters = QUARTERS if years else QUARTERS[:1]
    parts = ("n", "c") if nested else ("n",)
    truth = {(b, q, p): draw(st.integers(0, 5)) for b in boroughs for q in quarters for p in parts}
    areas = (*boroughs, "L") if draw(st.booleans()) else boroughs
    places = [(a, p, m) for a in areas for p in (*quarters, *years) for m in (("n", "d") if nested else ("n",))]
    printed: dict[Place, str] = {}
    for place in places:
        value = sum(truth[atom] for atom in world.atoms(place))
        small = (0 if not world.zeros_shown else 1) <= value <= world.threshold
        more = draw(st.sampled_from([False, False, True])) and not (world.zeros_shown and value == 0)
        printed[place] = "c" if small or more else str(value)
    return world, printed


def same_verdict(case: tuple[World, dict[Place, str]]) -> None:
    world, printed = case
    try:
        expected = safe(world, printed)
    except TooManyError:
        assume(False)
    assert accepted(world, printed) is expected


QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@QUICK
@given(publications(nested=False))
def test_counts(case: tuple[World, dict[Place, str]]) -> None:
    same_verdict(case)


@QUICK
@given(publications(nested=True))
def test_proportions(case: tuple[World, dict[Place, str]]) -> None:
    same_verdict(case)


@QUICK
@given(publications(nested=False), st.randoms(use_true_random=False))
def test_names_and_order_change_no_verdict(case: tuple[World, dict[Place, str]], chance: object) -> None:
    world, printed = case
    names = {"A": "N", "B": "M", "C": "K", "L": "L"}
    other = World(
        {"L": tuple(names[b] for b in world.totals["L"])}, world.years, False, world.zeros_shown, world.threshold
    )
    renamed = {(names[a], p, m): v for (a, p, m), v in reversed(printed.items())}
    assert accepted(world, printed) is accepted(other, renamed)


def test_the_oracle_counts_what_is_known_by_hand() -> None:
    world = World({"L": ("A", "B", "C")}, {}, False, True, 2)
    printed: dict[Place, str] = {("A", "t", "n"): "c", ("B", "t", "n"): "c", ("C", "t", "n"): "4", ("L", "t", "n"): "8"}
    assert safe(world, printed)
    assert not safe(world, {**printed, ("L", "t", "n"): "6"})
    assert not safe(world, {**printed, ("B", "t", "n"): "3"})


def test_both_verdicts_are_met() -> None:
    """A property that only ever sees refusals would prove little."""
    seen: set[bool] = set()

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(publications(nested=False))
    def look(case: tuple[World, dict[Place, str]]) -> None:
        seen.add(accepted(*case))

    look()
    assert seen == {True, False}


@pytest.mark.parametrize("nested", [False, True])
def test_a_hidden_place_more_never_narrows_another(nested: bool) -> None:
    """Hiding one more total leaves an accepted publication accepted, whenever the total itself stays open."""
    world = World({"L": ("A", "B")}, {}, nested, True, 2)
    measures = ("n", "d") if nested else ("n",)
    printed: dict[Place, str] = {(a, "t", m): "c" for a in ("A", "B") for m in measures}
    printed |= {("L", "t", m): "9" if m == "n" else "20" for m in measures}
    assert accepted(world, printed)
    assert accepted(world, {place: "c" if place[0] == "L" else v for place, v in printed.items()})
