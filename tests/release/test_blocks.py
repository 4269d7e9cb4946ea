"""Taking a publication apart: what is known at once, what is left, and what cannot be true."""

from __future__ import annotations

from site_builder.release.blocks import take_apart
from site_builder.release.relations import publication
from tests.release.test_relations import edition, key


def test_the_rest_of_a_sum_is_known_at_once() -> None:
    taken = take_apart(publication([edition({key("A", "q1"): "c", key("B", "q1"): "9", key("L", "q1"): "13"})]))
    assert [value for _, value in taken.closed] == [4]
    assert taken.blocks == ()


def test_counts_without_a_common_sum_are_blocks_of_their_own() -> None:
    hidden = {key(area, period): "c" for area in "AB" for period in ("q1", "q2")}
    alone = take_apart(publication([edition(hidden)]))
    assert [len(block.unknowns) for block in alone.blocks] == [1, 1, 1, 1]
    joined = take_apart(publication([edition({**hidden, key("L", "q1"): "20"})]))
    assert sorted(len(block.unknowns) for block in joined.blocks) == [1, 1, 2]


def test_figures_that_cannot_all_be_true_are_named() -> None:
    taken = take_apart(publication([edition({key("A", "q1"): "7", key("B", "q1"): "9", key("L", "q1"): "17"})]))
    assert taken.clashes
    assert {clash.period for clash in taken.clashes} == {"q1"}


def test_an_undeclared_revision_clashes() -> None:
    first, second = edition({key("A", "q1"): "7"}), edition({key("A", "q1"): "8"})
    assert take_apart(publication([first, second])).clashes
    assert not take_apart(publication([first, edition({key("A", "q1"): "8"}, (key("A", "q1"),))])).clashes
