"""The pieces of the benchmark on tiny tables; seconds are printed by the benchmark and asserted nowhere."""

from __future__ import annotations

from tests.benchmarks import generator
from tests.benchmarks.suppression import _HEAD, measured, next_smallest, opened, table


def test_tables_are_drawn_the_same_each_time() -> None:
    assert generator.london(3).counts == generator.london(3).counts
    assert generator.london(3).counts != generator.london(4).counts
    assert len(generator.london(0).counts) == 36 * 15
    assert len(generator.england(0).counts) == 153 + 9 + 1
    parted = generator.proportion(2).counts.values()
    assert all(one.denominator is not None and one.denominator >= one.numerator for one in parted)


def test_totals_add_up() -> None:
    block = generator.london(9)
    for total, *parts in block.lines:
        assert block.counts[total].numerator == sum(block.counts[part].numerator for part in parts)
    lines = {total.area: len(parts) for total, *parts in generator.england(1).lines}
    assert lines["E92000001"] == 9  # regions, which cover England without rest


def test_the_exact_search_stands_where_the_simple_way_falls() -> None:
    done = [one for one in (measured(generator.tiny(number)) for number in range(12)) if one is not None]
    assert done
    assert all(one.is_least and one.opened == 0 for one in done)
    assert any(one.exactly or one.narrowed for one in done)


def test_the_simple_way_leaves_no_figure_alone_in_its_line() -> None:
    block = generator.london(14, years=1)
    hidden = next_smallest(block)
    assert all(sum(unit in hidden for unit in line) != 1 for line in block.lines)
    assert opened(block, hidden) != (0, 0)


def test_a_line_of_the_report_fills_each_column() -> None:
    assert len(table("tiny", [generator.tiny(3)])) == len(_HEAD)
