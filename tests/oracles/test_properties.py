"""What must hold of the attack on any publication: who knows more can rule out more, and the truth is never ruled out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from site_builder.release.attack import Search, attack
from site_builder.release.bases import Edition
from site_builder.release.blocks import Aim, take_apart
from site_builder.release.cells import CellKey
from site_builder.release.disclosures import Statement, Term
from site_builder.release.proofs import agrees
from site_builder.release.relations import publication
from tests.oracles.brute import Atom, Place, World
from tests.oracles.test_brute import MEASURES, edition

VALUES = range(7)  # what is looked at
FULL = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Case:
    """A true table of the smallest counts, what is printed of it, and the places that could be printed otherwise."""

    world: World
    truth: Mapping[Atom, int]
    printed: Mapping[Place, str]

    def value(self, place: Place) -> int:
        """What is true of a place."""
        return sum(self.truth[atom] for atom in self.world.atoms(place))

    def edition(self, told: tuple[Statement, ...] = ()) -> Edition:
        """The same in the product's types."""
        return edition(self.world, self.printed)._replace(told=told)

    def hidden(self) -> list[Place]:
        """The places that are hidden."""
        return sorted(place for place, text in self.printed.items() if text == "c")

    def but(self, place: Place, text: str) -> Case:
        """The same with one place printed otherwise."""
        return replace(self, printed={**self.printed, place: text})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    nested = draw(st.booleans())
    boroughs = ("A", "B", "C")[: draw(st.integers(2, 3))]
    years = {"Y": ("q1", "q2")} if draw(st.booleans()) else {}
    world = World({"L": boroughs}, years, nested, draw(st.booleans()), draw(st.integers(1, 2)))
    quarters = ("q1", "q2") if years else ("q1",)
    parts = ("n", "c") if nested else ("n",)
    truth = {
        (area, quarter, part): draw(st.integers(0, 4)) for area in boroughs for quarter in quarters for part in parts
    }
    case = Case(world, truth, {})
    for area in (*boroughs, "L"):
        for period in (*quarters, *years):
            for measure in ("n", "d") if nested else ("n",):
                value = case.value((area, period, measure))
                small = (0 if not world.zeros_shown else 1) <= value <= world.threshold
                more = draw(st.booleans()) and not (world.zeros_shown and value == 0)
                case = case.but((area, period, measure), "c" if small or more else str(value))
    return case


def key_of(place: Place) -> CellKey:
    area, period, measure = place
    return CellKey("T", 1, area, period, "total", MEASURES[measure], "all")


def possible(one: Edition) -> dict[CellKey, frozenset[int]]:
    """The values, of those looked at, that each count that must stay open can take, as the attack finds them."""
    taken = take_apart(publication([one]))
    found = {target.key: {value} & set(VALUES) for target, value in taken.closed}
    for block in taken.blocks:
        probes = [_probe(aim, value) for aim in block.aims for value in VALUES]
        search = Search(replace(block, aims=tuple(probes)))
        for place, probe in enumerate(probes):
            values = found.setdefault(probe.target.key, set())
            if search.examine(place, probe) is None:
                values.add(probe.target.low)
    return {key: frozenset(values) for key, values in found.items()}


def _probe(aim: Aim, value: int) -> Aim:
    """A count that must be able to take this one value."""
    return aim._replace(target=replace(aim.target, printed=False, low=value, high=value, threshold=10**9))


def within(some: Mapping[CellKey, frozenset[int]], others: Mapping[CellKey, frozenset[int]]) -> None:
    """Every count that both speak of has no more values in the first."""
    for key in some.keys() & others.keys():
        assert some[key] <= others[key], key


@FULL
@given(cases())
def test_the_truth_is_always_possible(case: Case) -> None:
    found = possible(case.edition())
    assert found or not case.hidden()
    for area, period, measure in case.hidden():
        place = (area, period, measure)
        assert case.value(place) not in VALUES or case.value(place) in found[key_of(place)]


@FULL
@given(cases(), st.data())
def test_a_figure_shown_besides_never_makes_more_possible(case: Case, data: st.DataObject) -> None:
    assume(case.hidden())
    place = data.draw(st.sampled_from(case.hidden()))
    within(possible(case.but(place, str(case.value(place))).edition()), possible(case.edition()))


@FULL
@given(cases(), st.data(), st.integers(0, 2), st.integers(0, 2))
def test_what_somebody_else_says_never_makes_more_possible(
    case: Case, data: st.DataObject, below: int, above: int
) -> None:
    assume(case.hidden())
    place = data.draw(st.sampled_from(case.hidden()))
    value = case.value(place)
    told = Statement("said", "somebody", (Term(key_of(place), 1),), value - below, value + above)
    before, after = possible(case.edition()), possible(case.edition((told,)))
    within(after, before)
    assert after[key_of(place)] <= set(range(value - below, value + above + 1))


@FULL
@given(cases(), st.data())
def test_a_figure_hidden_besides_never_rules_more_out(case: Case, data: st.DataObject) -> None:
    shown = sorted(place for place, text in case.printed.items() if text not in ("0", "c"))
    assume(shown)
    place = data.draw(st.sampled_from(shown))
    within(possible(case.edition()), possible(case.but(place, "c").edition()))


@FULL
@given(cases(), st.permutations(["K", "M", "N"]))
def test_names_and_their_order_change_nothing_but_names(case: Case, names: list[str]) -> None:
    new = dict(zip(("A", "B", "C"), names, strict=True))
    world = replace(case.world, totals={"L": tuple(new[area] for area in case.world.totals["L"])})
    printed = {(new.get(area, area), *rest): text for (area, *rest), text in reversed(list(case.printed.items()))}
    other = possible(edition(world, printed))  # type: ignore[arg-type]
    assert other == {
        key._replace(area=new.get(key.area, key.area)): values for key, values in possible(case.edition()).items()
    }


@FULL
@given(cases())
def test_every_table_of_a_proof_agrees_with_every_sum(case: Case) -> None:
    one = case.edition()
    for block, proof in zip(take_apart(publication([one])).blocks, attack([one]).proofs, strict=True):
        assert proof.tables
        for table in proof.tables:
            assert agrees(block, table)
            shown = dict(zip(block.unknowns, table, strict=True))
            assert all(shown[base] >= floor for base, floor in zip(block.unknowns, block.floors, strict=True))
