"""Which cells are hidden: the primary rules, the search against brute force, earlier releases, coarser tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.confidential.grains import QUARTERS_AND_YEAR, SNAPSHOTS
from site_builder.confidential.suppress import coarsen, exact, greedy
from site_builder.confidential.suppress.blocks import Block, Counts, Rules, Unit
from site_builder.confidential.suppress.choose import choose
from site_builder.confidential.suppress.costs import Costs, Levels, year_before
from site_builder.confidential.suppress.cuts import Infeasible
from site_builder.confidential.suppress.greedy import broad_lines, hidden_share
from site_builder.confidential.suppress.history import Past, case_of, changed_without_notice
from site_builder.confidential.suppress.patterns import Bounds, World
from site_builder.confidential.suppress.primary import must_hide, primary, shows_numerator
from site_builder.confidential.suppress.reader import Case, failing
from site_builder.confidential.tabulate import ALL, COLUMNS, Table
from site_builder.release.cells import Cell, PublicCells
from site_builder.vocabulary.areas import LONDON
from tests.oracles.readers import Sum, possible
from tests.places import INNER_LONDON, OUTER_LONDON

INNER, OUTER = ("E09000091", "E09000092", "E09000093", "E09000094"), ("E09000095", "E09000096", "E09000097")
GROUPS = {INNER_LONDON: INNER, OUTER_LONDON: OUTER, LONDON: (*INNER, *OUTER)}
DAY = "2024-06-30"
COUNT = Rules(threshold=5, zeros_shown=True, min_hidden_per_line=2, parted=False)
HIDING = replace(COUNT, zeros_shown=False, min_hidden_per_line=3)
SHARE = replace(COUNT, parted=True)


def block_of(counts: Mapping[str, Counts], rules: Rules, grain: str = SNAPSHOTS, period: str = DAY) -> Block:
    """A block of one period from the counts of boroughs, with its totals."""
    units = {Unit(area, period, ALL): one for area, one in counts.items()}
    for total, members in GROUPS.items():
        inside = [counts[area] for area in members]
        below = [one.denominator for one in inside if one.denominator is not None]
        units[Unit(total, period, ALL)] = Counts(sum(one.numerator for one in inside), sum(below) if below else None)
    return Block("SG99", 1, "total", grain, rules, dict(sorted(units.items())), GROUPS)


def costs_of(block: Block) -> dict[Unit, int]:
    children = {area: 10_000 + 1_000 * place for place, area in enumerate(GROUPS[LONDON])}
    costs = Costs(b"synthetic", children, Levels(), GROUPS)
    return {unit: costs.of(block, unit, ()) for unit in block.counts}


def cheapest(case: Case, costs: Mapping[Unit, int]) -> frozenset[Unit]:
    """What the exact search hides, to its end."""
    found = exact.search([case], costs, exact.Effort())
    assert found.least
    return found.hidden


Search = Callable[[Case, Mapping[Unit, int]], frozenset[Unit]]
either = pytest.mark.parametrize("search", [greedy.search, cheapest])


@pytest.mark.parametrize(
    ("counts", "rules", "hide"),
    [
        (Counts(0, None), COUNT, False),
        (Counts(1, None), COUNT, True),
        (Counts(5, None), COUNT, True),
        (Counts(6, None), COUNT, False),
        (Counts(0, None), HIDING, True),
        (Counts(6, 40), SHARE, False),
        (Counts(57, 60), SHARE, True),
        (Counts(60, 60), SHARE, False),
        (Counts(60, 60), replace(SHARE, zeros_shown=False), True),
        (Counts(0, 4), SHARE, True),
        (Counts(0, 0), SHARE, False),
        (Counts(57, 60), replace(SHARE, parted=False), False),
        (Counts(12, 4), COUNT, True),
        (Counts(7, None), replace(COUNT, threshold=7), True),
    ],
)
def test_primary_rules(counts: Counts, rules: Rules, hide: bool) -> None:
    assert must_hide(counts, rules) is hide


def test_a_zero_is_shown_even_beside_a_hidden_denominator() -> None:
    assert shows_numerator(Counts(0, 4), SHARE)
    assert not shows_numerator(Counts(0, 4), replace(SHARE, zeros_shown=False))


numerators = st.one_of(st.integers(0, 9), st.integers(6, 30))


@st.composite
def small_tables(draw: st.DrawFn) -> Block:
    rules = draw(st.sampled_from([COUNT, HIDING]))
    return block_of({area: Counts(draw(numerators), None) for area in GROUPS[LONDON]}, rules)


@either
@settings(max_examples=40, deadline=None)
@given(block=small_tables())
def test_whatever_the_search_returns_stands_up_to_brute_force(search: Search, block: Block) -> None:
    try:
        hidden = search(Case(block), costs_of(block))
    except Infeasible:
        return
    assert primary(block) <= hidden
    zeros = block.rules.zeros_shown
    boroughs = {u.area: c.numerator for u, c in block.counts.items() if u.area not in GROUPS}
    unknown = {u.area for u in hidden if u.area not in GROUPS}
    sums: list[Sum] = [
        (
            [area for area in GROUPS[unit.area] if area in unknown],
            counts.numerator - sum(boroughs[area] for area in GROUPS[unit.area] if area not in unknown),
        )
        for unit, counts in block.counts.items()
        if unit.area in GROUPS and unit not in hidden
    ]
    free = max(sum(boroughs[area] for area in unknown), 12)
    if free ** len(unknown) > 300_000:
        return  # more tables than can be tried
    found = possible(dict.fromkeys(unknown, int(zeros)), sums, min(free, 40))
    small = set(range(int(zeros), 6))
    for area in unknown:
        assert boroughs[area] in found[area] or boroughs[area] > 40
        assert small <= found[area] or not small & found[area], (area, sorted(found[area]))


@settings(max_examples=30, deadline=None)
@given(small_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(block: Block, random: object) -> None:
    rows = list(block.counts.items())
    random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffled = replace(block, counts=dict(rows))
    assert _outcome(block) == _outcome(shuffled)


def _outcome(block: Block) -> frozenset[Unit] | None:
    try:
        return greedy.search(Case(block), costs_of(block))
    except Infeasible:
        return None


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=7, max_size=7))
def test_shares_hide_numerator_and_denominator_together(pairs: list[tuple[int, int]]) -> None:
    counts = {area: Counts(n, n + c) for area, (n, c) in zip(GROUPS[LONDON], pairs, strict=True)}
    block = block_of(counts, SHARE)
    hidden = _outcome(block)
    if hidden is not None:
        assert primary(block) <= hidden
        assert failing(Case(block), hidden) == ()


@either
def test_two_hidden_under_a_tight_total_need_a_third(search: Search) -> None:
    plain = dict.fromkeys(GROUPS[LONDON], Counts(40, None))
    block = block_of({**plain, INNER[0]: Counts(1, None), INNER[1]: Counts(1, None)}, COUNT)
    assert {unit.area for unit in search(Case(block), costs_of(block))} > {INNER[0], INNER[1]}


def test_a_line_has_as_many_hidden_as_the_rules_ask() -> None:
    plain = dict.fromkeys(GROUPS[LONDON], Counts(40, None))
    block = block_of({**plain, OUTER[1]: Counts(3, None)}, HIDING)
    hidden = broad_lines(Case(block), costs_of(block), set(primary(block)))
    assert sum(unit.area in OUTER for unit in hidden) == 3


@either
def test_nothing_to_hide_beside_is_infeasible(search: Search) -> None:
    zeros = dict.fromkeys(GROUPS[LONDON], Counts(0, None))
    block = block_of({**zeros, OUTER[1]: Counts(3, None)}, COUNT)
    case = Case(block, shown=frozenset(unit for unit in block.counts if unit.area in GROUPS))
    with pytest.raises(Infeasible):
        search(case, costs_of(block))


def test_costs_do_not_look_at_counts() -> None:
    low = block_of(dict.fromkeys(GROUPS[LONDON], Counts(1, None)), COUNT)
    high = block_of(dict.fromkeys(GROUPS[LONDON], Counts(900, None)), COUNT)
    assert costs_of(low) == costs_of(high)
    assert costs_of(low)[Unit(LONDON, DAY, ALL)] > 10 * costs_of(low)[Unit(INNER[0], DAY, ALL)]


def test_a_year_before() -> None:
    assert [year_before(p) for p in ("2024-25-Q3", "2024-25", "2024-06-30")] == ["2023-24-Q3", "2023-24", "2023-06-30"]


def published(block: Block, hidden: frozenset[Unit]) -> PublicCells:
    """The numerators of a block as they were printed."""
    return PublicCells.of(
        Cell(
            block.key(unit, "numerator"), "" if unit in hidden else str(c.numerator), "c" if unit in hidden else "", ""
        )
        for unit, c in block.counts.items()
    )


@either
def test_what_was_hidden_stays_hidden_and_what_was_shown_stays_shown(search: Search) -> None:
    counts = {area: Counts(20 + place, None) for place, area in enumerate(GROUPS[LONDON])}
    block = block_of({**counts, INNER[0]: Counts(2, None)}, COUNT)
    odd = frozenset(Unit(area, DAY, ALL) for area in (INNER[0], INNER[3]))
    past = [Past("r1", published(block, odd), {}, {})]
    case = case_of(block, past)
    hidden = search(case, costs_of(block))
    assert odd == hidden
    assert case.shown == set(block.counts) - odd


@either
def test_a_late_return_cannot_be_had_from_two_totals(search: Search) -> None:
    """London without the late borough was printed; the new total with it would give a small late count away."""
    counts = {area: Counts(20 + place, None) for place, area in enumerate(GROUPS[LONDON])}
    late = INNER[2]
    now = block_of({**counts, late: Counts(4, None)}, COUNT)
    before = {unit: one for unit, one in now.counts.items() if unit.area not in (late, INNER_LONDON, LONDON)}
    for total in (INNER_LONDON, LONDON):
        before[Unit(total, DAY, f"n-{total}")] = Counts(now.counts[Unit(total, DAY, ALL)].numerator - 4, None)
    members = {f"n-{total}": tuple(a for a in GROUPS[total] if a != late) for total in (INNER_LONDON, LONDON)}
    earlier = replace(now, counts=before, members=members)
    case = case_of(now, [Past("r1", published(earlier, frozenset()), members, {})])
    hidden = search(case, costs_of(now))
    assert {unit.area for unit in hidden} == {late, INNER_LONDON, LONDON}


def test_a_revised_count_is_another_count() -> None:
    counts = {area: Counts(20 + place, None) for place, area in enumerate(GROUPS[LONDON])}
    old = block_of(counts, COUNT)
    new = block_of({**counts, INNER[1]: Counts(40, None)}, COUNT)
    past = [Past("r1", published(old, frozenset()), {}, {})]
    assert [unit.area for unit in changed_without_notice(new, past)] == [INNER[1], LONDON, INNER_LONDON]
    revised = frozenset({(INNER[1], DAY)})
    assert changed_without_notice(new, past, revised) == ()
    assert Unit(INNER[1], DAY, ALL) not in case_of(new, past, revised).shown
    later = [*past, Past("r2", published(new, frozenset()), {}, {"SG99": revised})]
    assert changed_without_notice(new, later) == ()


def test_the_ladder_drops_quarters_then_boroughs_then_halves() -> None:
    quarter = block_of(dict.fromkeys(GROUPS[LONDON], Counts(1, None)), COUNT, QUARTERS_AND_YEAR, "2024-25-Q1")
    year = block_of(dict.fromkeys(GROUPS[LONDON], Counts(9, None)), COUNT, QUARTERS_AND_YEAR, "2024-25")
    both = replace(quarter, counts={**quarter.counts, **year.counts})
    assert coarsen.rungs(QUARTERS_AND_YEAR, "borough") == coarsen.LADDER
    assert coarsen.rungs(SNAPSHOTS, "inner-outer") == ("inner-outer", "london")
    assert coarsen.rungs(QUARTERS_AND_YEAR, "borough", "year") == coarsen.LADDER[1:]
    assert set(coarsen.coarsened(both, "year").counts) == set(year.counts)
    assert {unit.area for unit in coarsen.coarsened(both, "inner-outer").counts} == set(GROUPS)
    assert {unit.area for unit in coarsen.coarsened(both, "london").counts} == {LONDON}


def table_of(quarter: Sequence[int]) -> Table:
    """Seven boroughs with these four quarters each, their years and totals."""
    counts = dict(zip((f"2024-25-Q{part}" for part in range(1, 5)), quarter, strict=True)) | {"2024-25": sum(quarter)}
    areas = {area: 1 for area in GROUPS[LONDON]} | {total: len(members) for total, members in GROUPS.items()}
    rows = [
        ("SG99", 1, area, period, "total", "numerator", ALL, many * count, "", "")
        for area, many in areas.items()
        for period, count in counts.items()
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "Int64"})
    return Table(frame, {}, {"SG99": QUARTERS_AND_YEAR}, pd.DataFrame(), ())


def test_what_was_decided_by_year_stays_so_when_its_quarters_would_be_safe() -> None:
    """Both tables print the same years, so what is printed must not follow their quarters."""
    world = World({"SG99": COUNT}, Costs(b"synthetic", {}, Levels(), GROUPS), GROUPS, Bounds(0.4))
    small = choose(table_of([3, 3, 3, 3]), world)["SG99"]
    assert small.rung == coarsen.YEARS
    assert choose(table_of([6, 0, 6, 0]), world)["SG99"].rung == coarsen.FULL
    decided = replace(world, decided={"SG99": dict(small.marks())})
    kept = choose(table_of([6, 0, 6, 0]), decided)["SG99"]
    assert (kept.rung, kept.hidden) == (small.rung, small.hidden)


def test_hidden_share_is_of_boroughs_only() -> None:
    block = block_of(dict.fromkeys(GROUPS[LONDON], Counts(9, None)), COUNT)
    hidden = frozenset({Unit(INNER[0], DAY, ALL), Unit(LONDON, DAY, ALL)})
    assert hidden_share(Case(block), hidden) == pytest.approx(1 / 7)


def test_nothing_shows_a_count() -> None:
    block = block_of(dict.fromkeys(GROUPS[LONDON], Counts(7919, None)), COUNT)
    assert "7919" not in repr(block) + repr(Case(block))
