"""What boroughs could work out about each other: exactly what counting out every table shows, and never with a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings

from site_builder.confidential import insiders
from site_builder.confidential.insiders import Inside, Insight, alone, in_pairs, look_inside
from site_builder.confidential.observations import COLUMNS, Observations
from site_builder.confidential.standards import Standards
from site_builder.release.attack import attack
from site_builder.release.bases import Base, Edition
from site_builder.release.blocks import take_apart
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.relations import publication
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.findings import Finding, Severity
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.refusals import ConfigurationError
from tests.confidential.house import BOROUGHS, QUARTER
from tests.oracles.brute import Place, TooManyError, World, agreeing, safe
from tests.oracles.test_brute import edition, publications

EAST, NORTH, SOUTH, WEST = (BOROUGHS[slug][0] for slug in sorted(BOROUGHS))
LONDON = "E12000007"
COUNTS = {EAST: 4, NORTH: 5, SOUTH: 12, WEST: 30}


def printed(hidden: tuple[str, ...], lines: int = 2, code: str = "SG12", counts: Mapping[str, int] = COUNTS) -> Edition:
    """One quarter of one indicator: four boroughs and London, some of the boroughs hidden."""
    form = Form("count", 1, "quarters-and-year", EffectivePolicy(5, "show", lines))
    table = {**{area: str(n) for area, n in counts.items()}, LONDON: str(sum(counts.values()))}
    return Edition(
        "2024-25-Q2",
        PublicCells.of(
            Cell(
                CellKey(code, 1, area, QUARTER, "total", "numerator", "all"),
                *(("", "c") if area in hidden else (value, "")),
                "",
            )
            for area, value in table.items()
        ),
        Structure({LONDON: tuple(sorted(counts))}, {}, {}, {code: form}),
        frozenset(),
    )


def sent(counts: Mapping[str, int] = COUNTS, code: str = "SG12") -> Observations:
    """The returns behind it."""
    rows = [(area, code, QUARTER, n, None, "reported", "") for area, n in sorted(counts.items())]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"numerator": "Int64", "denominator": "Int64"})
    return Observations(
        Classification.SYNTHETIC, frame, frozenset((area, QUARTER) for area in counts), explanations=(), corrections=()
    )


def looked(editions: list[Edition], standards: Standards, observations: Observations | None = None) -> Inside:
    """With the tables that the attack finds."""
    proofs = dict(enumerate(attack(editions).proofs))
    return look_inside(editions, proofs, observations or sent(), standards)


def places(insights: tuple[Insight, ...]) -> set[tuple[tuple[str, ...], str, bool]]:
    return {(one.who, one.area, one.exact) for one in insights}


def test_each_of_two_hidden_boroughs_could_work_out_the_other(standards: Standards) -> None:
    found = alone(looked([printed((EAST, NORTH))], standards))
    assert places(found) == {((EAST,), NORTH, True), ((NORTH,), EAST, True)}


def test_of_three_hidden_boroughs_none_could_but_two_together(standards: Standards) -> None:
    inside = looked([printed((EAST, NORTH, SOUTH), 3)], standards)
    single = alone(inside)
    assert single == ()
    pairs = in_pairs(inside, {"SG12"}, single)
    assert places(pairs) == {
        ((EAST, NORTH), SOUTH, True), ((EAST, SOUTH), NORTH, True), ((NORTH, SOUTH), EAST, True)
    }  # fmt: skip
    assert in_pairs(inside, set(), single) == ()


def test_what_one_could_do_alone_is_no_news_of_a_pair(standards: Standards) -> None:
    inside = looked([printed((EAST, NORTH))], standards)
    assert in_pairs(inside, {"SG12"}, alone(inside)) == ()


def test_a_value_less_is_said_apart(standards: Standards) -> None:
    """South knows twelve of the sixteen: the other two share four, so neither can be four or five."""
    counts = {EAST: 1, NORTH: 3, SOUTH: 12, WEST: 30}
    inside = looked([printed((EAST, NORTH, SOUTH), counts=counts)], standards, sent(counts))
    assert ((SOUTH,), EAST, False) in places(alone(inside))
    assert ((SOUTH,), NORTH, False) in places(alone(inside))
    assert not any(one.exact for one in alone(inside))


def test_a_return_that_is_not_the_one_printed_is_refused(standards: Standards) -> None:
    with pytest.raises(ConfigurationError):
        looked([printed((EAST, NORTH))], standards, sent({**COUNTS, WEST: 31}))
    inside = looked([printed((EAST, NORTH))], standards, sent({**COUNTS, EAST: 40}))
    with pytest.raises(ConfigurationError):
        alone(inside)


def test_a_figure_that_was_revised_is_known_as_it_stands_now(standards: Standards) -> None:
    before, now = printed((EAST, NORTH)), printed((EAST, NORTH), counts={**COUNTS, EAST: 3})
    key = CellKey("SG12", 1, EAST, QUARTER, "total", "numerator", "all")
    london = key._replace(area=LONDON)
    later = now._replace(release="2024-25-Q2.1", revised=frozenset({key, london}))
    taken = take_apart(publication([before, later]))
    inside = look_inside([before, later], {}, sent({**COUNTS, EAST: 3}), standards)
    assert {base.turn for block in taken.blocks for base in block.unknowns if base.area == EAST} == {0, 1}
    assert [base.turn for base in inside.truth if base.area == EAST] == [1]


def test_the_rest_of_a_group_is_known_too(standards: Standards) -> None:
    form = Form("proportion", 1, "quarters-and-year", EffectivePolicy(5, "show", 2))
    values = {EAST: (4, 20), NORTH: (5, 30), SOUTH: (12, 40), WEST: (30, 50), LONDON: (51, 140)}
    cells = [
        Cell(
            CellKey("SG02", 1, area, QUARTER, "total", measure, "all"),
            *(("", "c") if area in (EAST, NORTH) else (str(value), "")),
            "",
        )
        for area, pair in values.items()
        for measure, value in zip(("numerator", "denominator"), pair, strict=True)
    ]
    structure = Structure({LONDON: (EAST, NORTH, SOUTH, WEST)}, {}, {}, {"SG02": form})
    rows = [(area, "SG02", QUARTER, *pair, "reported", "") for area, pair in values.items() if area != LONDON]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"numerator": "Int64", "denominator": "Int64"})
    observations = Observations(Classification.SYNTHETIC, frame, frozenset(), (), ())
    inside = looked([Edition("r", PublicCells.of(cells), structure, frozenset())], standards, observations)
    assert {base.part: n for base, n in inside.truth.items() if base.area == EAST} == {"numerator": 4, "complement": 16}
    assert places(alone(inside)) == {((EAST,), NORTH, True), ((NORTH,), EAST, True)}


def test_a_finding_is_an_error_where_sensitive_and_never_says_a_number(standards: Standards) -> None:
    editions = [printed((EAST, NORTH)), printed((EAST, NORTH), 3, "SG14")]
    sensitive = insiders.sensitive_among(editions, 3)
    assert sensitive == {"SG14"}
    insights = [Insight((EAST,), code, NORTH, QUARTER, exact) for code in ("SG12", "SG14") for exact in (True, False)]
    insights.append(Insight((EAST, SOUTH), "SG14", NORTH, QUARTER, exact=True))
    findings = insiders.findings_of("2024-25-Q2", insights, sensitive, standards.areas)
    assert [(f.rule, f.severity) for f in findings] == [
        ("D915", Severity.QUERY), ("D915", Severity.ERROR), ("D915", Severity.INFO)
    ]  # fmt: skip
    assert all(_has_no_number(finding) for finding in findings)
    assert findings[0].where.file == f"2024-25-Q2: SG12, Northwick, {QUARTER}"
    assert findings[0].problem.startswith("Eastmere can work out")
    assert findings[2].problem.startswith("Eastmere and Southmarsh can work out")


def test_what_is_known_inside_never_shows(standards: Standards) -> None:
    assert repr(looked([printed((EAST, NORTH))], standards)) == "<Inside 1 blocks>"


def _has_no_number(finding: Finding) -> bool:
    return not re.search(r"\d", finding.problem + finding.fix)


def test_the_answer_is_that_of_every_table_counted_out() -> None:
    seen: set[bool] = set()

    @settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(publications(nested=False))
    def look(case: tuple[World, dict[Place, str]]) -> None:
        seen.update(_same_answer(case).values())

    look()
    assert seen == {True, False}, "both answers must have been met"


def _same_answer(case: tuple[World, dict[Place, str]]) -> dict[tuple[str, str, str], bool]:
    world, cells = _renamed(*case)
    try:
        assume(safe(world, cells))
        atoms, tables = agreeing(world, cells)
    except TooManyError:
        assume(False)
    true = dict(zip(atoms, tables[len(tables) // 2].tolist(), strict=True))
    taken = take_apart(publication([edition(world, cells)]))
    truth = {base: true[base.area, base.period, "n"] for block in taken.blocks for base in block.unknowns}
    no_tables = [np.zeros((0, len(block.unknowns)), dtype=np.int64) for block in taken.blocks]
    found = {(one.who[0], one.area, one.period): one.exact for one in alone(Inside(taken, no_tables, truth))}
    assert found == _counted_out(world, cells, truth)
    return found


def _renamed(world: World, cells: Mapping[Place, str]) -> tuple[World, dict[Place, str]]:
    """The same with names of boroughs as they are in areas."""
    names = {area: f"E09{area}" for members in world.totals.values() for area in members}
    totals = {total: tuple(names[area] for area in members) for total, members in world.totals.items()}
    return replace(world, totals=totals), {(names.get(area, area), p, m): text for (area, p, m), text in cells.items()}


def _counted_out(
    world: World, cells: Mapping[Place, str], truth: Mapping[Base, int]
) -> dict[tuple[str, str, str], bool]:
    atoms, tables = agreeing(world, cells)
    small = set(range(1 if world.zeros_shown else 0, world.threshold + 1))
    found = {}
    for who in {base.area for base in truth}:
        own = {(b.area, b.period, "n"): n for b, n in truth.items() if b.area == who}
        left = tables[[all(row[atoms.index(atom)] == n for atom, n in own.items()) for row in tables]]
        for place, text in cells.items():
            if text != "c" or place[0] == who or place[0] not in {area for area, _, _ in atoms}:
                continue
            possible = set(left[:, [atoms.index(atom) for atom in world.atoms(place)]].sum(axis=1).tolist())
            floor = world.floor(place, cells)
            legend = set(range(max(min(small), floor), max(world.threshold, floor + 2) + 1))
            if len(possible) == 1 or (possible & small and not legend <= possible):
                found[who, place[0], place[1]] = len(possible) == 1
    return found
