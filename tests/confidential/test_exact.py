"""The exact search: no set of units to hide is cheaper, families hide the same units, and where its work ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest

from site_builder.confidential.suppress import exact
from site_builder.confidential.suppress.answers import Tried, answered
from site_builder.confidential.suppress.blocks import Block, Counts, Rules, Unit
from site_builder.confidential.suppress.costs import SYNTHETIC_KEY, Costs, Levels
from site_builder.confidential.suppress.cuts import Infeasible
from site_builder.confidential.suppress.exact import Effort, Found
from site_builder.confidential.suppress.joint import first_patterns
from site_builder.confidential.suppress.lines import is_thin
from site_builder.confidential.suppress.patterns import Bounds, World
from site_builder.confidential.suppress.reader import Case, failing, value_of
from site_builder.release.bases import REMAINDER
from tests.benchmarks.generator import BOROUGHS, LONDON_GROUPS, costs_of, london, proportion, tiny
from tests.benchmarks.suppression import opened

HIDING = Rules(threshold=5, zeros_shown=False, min_hidden_per_line=3, parted=False)


def by_trial(case: Case, costs: Mapping[Unit, int]) -> frozenset[Unit] | None:
    """The cheapest safe set of units, found by trying every set, the cheapest first; totals shown if that can be."""
    must = exact.must_hide([case])
    for kept in exact.kept_totals([case], must):
        free = sorted(exact.free_units([case]) - must - kept)
        sets = (some for size in range(len(free) + 1) for some in combinations(free, size))
        for some in sorted(sets, key=lambda units: sum(costs[unit] for unit in units)):
            hidden = must | set(some)
            if not any(is_thin(case, line, hidden) for line in case.block.lines) and not failing(case, hidden):
                return hidden
    return None


@pytest.mark.parametrize("number", range(24))
def test_no_set_of_units_is_cheaper(number: int) -> None:
    block = tiny(number, parted=number % 3 == 0)
    block = replace(block, rules=HIDING) if number % 4 == 1 else block
    case, costs = Case(block), costs_of(block)
    best = by_trial(case, costs)
    try:
        found = exact.search([case], costs, Effort())
    except Infeasible:
        assert best is None
        return
    assert best is not None
    assert found.least
    assert not failing(case, found.hidden)
    dear, cheap = (sum(costs[unit] for unit in hidden) for hidden in (found.hidden, best))
    large = any(value_of(block.counts[mark.unit], mark.part) > block.rules.threshold for mark in found.marks)
    assert dear >= cheap
    assert large or dear == cheap  # a large count is made coverable, though it might do to keep it plainly large


@pytest.mark.parametrize("block", [london(12, years=1), london(25, years=1), proportion(8, years=1)])
def test_the_attack_opens_nothing(block: Block) -> None:
    found = exact.search([Case(block)], costs_of(block), Effort())
    assert found.least
    assert opened(block, found.hidden) == (0, 0)


def world_of(*blocks: Block, effort: Effort | None = None) -> World:
    return World(
        rules={block.indicator: block.rules for block in blocks},
        costs=Costs(SYNTHETIC_KEY, dict.fromkeys(BOROUGHS, 20_000), Levels(), LONDON_GROUPS),
        groups=LONDON_GROUPS,
        bounds=Bounds(max_hidden_share=0.9),
        families=[frozenset(block.indicator for block in blocks)],
        effort=effort or Effort(),
    )


def related() -> tuple[Block, Block]:
    """Shares, and the counts that they are shares of."""
    share = proportion(7, years=1)
    counts = {unit: Counts(one.denominator or 0, None) for unit, one in share.counts.items()}
    return share, replace(share, indicator="Q01", counts=counts, rules=replace(share.rules, parted=False))


def test_a_family_hides_the_same_units() -> None:
    share, whole = related()
    made = first_patterns({"P07": share, "Q01": whole}, world_of(share, whole))
    alone = first_patterns({"Q01": whole}, world_of(whole))
    assert made["P07"].hidden == made["Q01"].hidden > alone["Q01"].hidden
    assert all(not failing(pattern.case, pattern.hidden) for pattern in made.values())
    assert made["P07"].found is made["Q01"].found is not None


def test_a_search_that_comes_to_the_end_of_its_work_is_finished_step_by_step() -> None:
    block = proportion(7, years=1)
    assert not exact.search([Case(block)], costs_of(block), Effort(seconds=0)).least
    (pattern,) = first_patterns({"P07": block}, world_of(block, effort=Effort(seconds=0))).values()
    assert pattern.found is None
    assert opened(block, pattern.hidden) == (0, 0)


def test_periods_without_a_common_count_are_searched_apart() -> None:
    block = london(20, years=2)
    parts = exact.components([Case(block)])
    assert [len(case.block.counts) for (case,) in parts] == [len(block.counts) // 2] * 2
    costs = costs_of(block)
    apart = (exact.search(some, costs, Effort()).hidden for some in parts)
    assert exact.search([Case(block)], costs, Effort()).hidden == frozenset().union(*apart)


def test_totals_are_given_up_only_where_nothing_else_helps() -> None:
    block = london(20, years=1)
    assert not {unit.area for unit in exact.search([Case(block)], costs_of(block), Effort()).hidden} & {*LONDON_GROUPS}
    steps = exact.kept_totals([Case(block)], ())
    assert [len({unit.area for unit in kept}) for kept in steps] == [3, 2, 1, 0]


def test_the_search_is_the_same_each_time() -> None:
    block = proportion(6, years=1)
    one, other = (exact.search([Case(block)], costs_of(block), Effort()) for _ in range(2))
    assert (one.hidden, one.marks, one.cuts) == (other.hidden, other.marks, other.cuts)


@pytest.mark.parametrize("measure", ["numerator", REMAINDER])
def test_what_the_attack_finds_is_answered_by_further_units_nearby(measure: str) -> None:
    block = london(22, years=1)
    world = world_of(block)
    before = first_patterns({"L22": block}, world)
    tried: Tried = Counter()
    weak = next(unit for unit in sorted(before["L22"].hidden) if unit.area in BOROUGHS)
    now = before
    for _ in range(3):
        made = answered(now, [block.key(weak, measure)], tried, world)
        assert made is not None
        now = made
    assert len(now["L22"].hidden) > len(before["L22"].hidden)
    assert now["L22"].found is not None
    assert opened(block, now["L22"].hidden) == (0, 0)
    assert tried["L22", weak] == 3


def test_nothing_tells_how_a_pattern_was_found() -> None:
    found = Found(frozenset(), least=True)
    (pattern,) = first_patterns({"L22": london(22, years=1)}, world_of(london(22, years=1))).values()
    assert repr(found) == "<Found>"
    assert repr(pattern) == "<Pattern L22>"
    assert "least" not in str(list(pattern.marks()))
