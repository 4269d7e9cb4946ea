"""Control charts: each rule just fires and just does not, and every silence has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from site_builder.vocabulary.methods.control import (
    Assurance,
    Chart,
    Limits,
    Reason,
    Rule,
    chart,
    flags,
    limits,
    stretches,
)

CALM = [50, 52, 49, 51, 50, 53, 48, 50, 51, 49, 52, 50]


def made(values: Sequence[float]) -> Chart:
    found = chart(values)
    assert isinstance(found, Chart)
    return found


def flagged(values: list[int], rule: Rule, found: Limits) -> list[int]:
    """Places from 0 that a rule flags."""
    return [i for i, broken in enumerate(flags(values, found)) if rule in broken]


def test_the_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    found = made([10, 14, 10, 14, 10, 14, 10, 14, 10, 14, 10, 14])
    assert (found.mean, found.lower, found.upper) == pytest.approx((12, 1.36, 22.64))
    assert (found.near_lower, found.near_upper) == pytest.approx((12 - 7.0933333333, 12 + 7.0933333333))
    assert found.drawn() == (found.lower, found.upper)
    assert found.drawn(ceiling=20) == (found.lower, 20)


def test_drawn_limits_are_cut_at_nought_and_the_calculation_is_not() -> None:
    found = made([0, 4] * 6)
    assert found.lower < 0
    assert found.drawn(100) == (0, found.upper)


@pytest.mark.parametrize(
    ("number", "is_trial", "rests_on"), [(8, True, 8), (11, True, 11), (12, False, 12), (20, False, 12)]
)
def test_limits_are_a_trial_below_twelve_points_and_stay_from_there(number: int, is_trial: bool, rests_on: int) -> None:
    values = (CALM * 2)[:number]
    found = made(values)
    assert (found.is_trial, found.rests_on) == (is_trial, rests_on)
    assert found.mean == pytest.approx(sum(values[:rests_on]) / rests_on)
    assert len(found.flags) == number


def test_later_points_do_not_move_the_limits() -> None:
    assert made([*CALM, 90, 95]).upper == made(CALM).upper


def test_outside_is_beyond_a_limit_and_not_on_it() -> None:
    at = Limits(Fraction(10), Fraction(5))
    assert flagged([15, 16, 5, 4], Rule.OUTSIDE, at) == [1, 3]


def test_seven_points_that_rise_or_fall_are_a_trend_and_six_are_not() -> None:
    at = Limits(Fraction(0), Fraction(1000))
    assert flagged([5, 1, 2, 3, 4, 5, 6, 6], Rule.TREND, at) == []
    assert flagged([5, 1, 2, 3, 4, 5, 6, 7, 7], Rule.TREND, at) == [1, 2, 3, 4, 5, 6, 7]
    assert flagged([1, 9, 8, 7, 6, 5, 4, 3, 2, 2], Rule.TREND, at) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_seven_points_on_one_side_and_a_point_on_the_mean_ends_the_run() -> None:
    at = Limits(Fraction(10), Fraction(1000))
    assert flagged([9, *[11, 12] * 3, 11, 9], Rule.ONE_SIDE, at) == list(range(1, 8))
    assert flagged([*[11, 12] * 3, 10, *[11, 12] * 3], Rule.ONE_SIDE, at) == []


def test_two_of_three_flags_only_the_points_beyond() -> None:
    at = Limits(Fraction(0), Fraction(9))  # near limits at 6
    assert flagged([7, 1, 7], Rule.TWO_OF_THREE, at) == [0, 2]
    assert flagged([7, -1, 7], Rule.TWO_OF_THREE, at) == []
    assert flagged([7, 0, 7], Rule.TWO_OF_THREE, at) == []
    assert flagged([6, 1, 7], Rule.TWO_OF_THREE, at) == []  # on the near limit
    assert flagged([-7, -8, -9], Rule.TWO_OF_THREE, at) == [0, 1, 2]


def test_screening_leaves_out_a_large_range_once() -> None:
    spiked = [*CALM, 90, *CALM]
    assert limits(spiked, screen=True).reach < limits(spiked).reach
    assert limits(CALM, screen=True) == limits(CALM)


def test_a_point_on_the_mean_is_known_in_fractions() -> None:
    thirds = [Fraction(k, 3) for k in (1, 2, 1, 2, 1, 2, 1, 2)]
    assert limits(thirds).mean == Fraction(1, 2)
    assert flags([Fraction(1, 2)] * 9, limits(thirds)) == (frozenset(),) * 9


# ---- silence


@pytest.mark.parametrize("number", range(8))
def test_fewer_than_eight_points_have_no_limits(number: int) -> None:
    assert chart(CALM[:number]) is Reason.TOO_FEW_POINTS


def test_equal_points_have_no_limits() -> None:
    assert chart([3.5] * 14) is Reason.ALL_EQUAL
    assert chart([3] * 12 + [9]) is Reason.ALL_EQUAL  # what the limits rest on


def test_percentages_of_mostly_small_bases_have_no_limits() -> None:
    assert chart(CALM, bases=[49] * 7 + [50] * 5) is Reason.SMALL_BASES
    assert isinstance(chart(CALM, bases=[49] * 6 + [50] * 6), Chart)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="baseline"):
        chart(CALM, baseline=7)
    with pytest.raises(ValueError, match="denominator"):
        chart(CALM, bases=[50])
    with pytest.raises(ValueError, match="two values"):
        limits([1])
    with pytest.raises(ValueError, match="NaN"):
        chart([*CALM, float("nan")])


# ---- parts


def test_a_series_is_parted_at_gaps_and_breaks() -> None:
    assert stretches([1, 2, None, None, 3, 4, 5], restarts={5}) == ((0, (1, 2)), (4, (3,)), (5, (4, 5)))
    assert stretches([None, 1]) == ((1, (1,)),)
    assert stretches([None, None]) == ()
    assert stretches([]) == ()


def test_a_target_is_decided_only_beyond_both_limits() -> None:
    found = made(CALM)
    for target, when_high, when_low in (
        (found.upper, Assurance.MAY_BE_MET, Assurance.MAY_BE_MET),
        (found.upper + 1, Assurance.WILL_NOT_BE_MET, Assurance.WILL_BE_MET),
        (found.lower - 1, Assurance.WILL_BE_MET, Assurance.WILL_NOT_BE_MET),
    ):
        assert found.assurance(target, high_is_good=True) is when_high
        assert found.assurance(target, high_is_good=False) is when_low
