"""Change between two periods, averages of neighbours, means: the edges of each verdict, and what stays silent."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.vocabulary.methods.averages import Average, mean, mean_interval, neighbour_average
from site_builder.vocabulary.methods.differences import between_proportions, between_rates
from site_builder.vocabulary.methods.funnels import Transform, additive, outside_plain, silence
from site_builder.vocabulary.methods.intervals import byar, exact_poisson, poisson, rate, wilson
from site_builder.vocabulary.methods.reasons import Reason
from site_builder.vocabulary.methods.trends import Trend, trend_of_proportions, trend_of_rates

MANY = 10_000_000


def test_a_clear_change_may_be_no_jump() -> None:
    small = between_proportions(5000, 10_000, 5300, 10_000, 100)  # clear beyond doubt, and 6 % of the earlier value
    assert small.is_clear
    assert not small.is_jump
    assert small.difference == pytest.approx(3)
    assert small.lower < 3 < small.upper
    assert small.relative == Fraction(3, 50)


def test_a_jump_is_more_than_a_fifth_and_five_cases() -> None:
    assert between_rates(10_000, 100_000, 12_001, 100_000, 10_000).is_jump
    assert not between_rates(10_000, 100_000, 12_000, 100_000, 10_000).is_jump  # a fifth exactly
    assert between_proportions(100, 100, 4, 100).is_jump
    assert between_proportions(100, 100_000_000, 105, 1000).is_jump
    assert not between_proportions(100, 100_000_000, 104, 1000).is_jump  # four cases
    assert between_rates(100, 60_000, 60, 60_000, 10_000).is_jump
    assert not between_rates(100, 60_000, 75, 60_000, 10_000).is_jump  # 99.8 % limits hold 0


def test_from_none_any_rise_is_more_than_a_fifth() -> None:
    found = between_rates(0, 50_000, 40, 50_000, 10_000)
    assert found.is_clear
    assert found.is_jump
    assert found.relative is Reason.SMALL_EARLIER_COUNT


@pytest.mark.parametrize(("x", "expected"), [(19, Reason.SMALL_EARLIER_COUNT), (20, Fraction(0))])
def test_a_relative_change_needs_twenty_to_start_from(x: int, expected: object) -> None:
    assert between_rates(x, 100, x, 100, 1000).relative == expected


@pytest.mark.parametrize(("x", "n"), [(0, 1), (1, 1), (0, MANY), (MANY, MANY), (0, 40), (40, 40)])
def test_no_change_is_neither_clear_nor_a_jump(x: int, n: int) -> None:
    for found in (between_proportions(x, n, x, n), between_rates(x, n, x, n, 1)):
        assert found.difference == 0
        assert found.lower <= 0 <= found.upper
        assert not found.is_clear
        assert not found.is_jump


@pytest.mark.parametrize("where", [(0, 0, 1, 2), (1, 2, 0, 0)])
def test_a_share_of_nobody_is_refused(where: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="positive"):
        between_proportions(*where)
    with pytest.raises(ValueError, match="positive"):
        between_rates(*where, 10_000)


def test_the_intervals_refuse_what_cannot_be() -> None:
    for x, n in ((0, 0), (2, 1), (-1, 5)):
        with pytest.raises(ValueError, match="proportion"):
            wilson(x, n, 0.95)
    with pytest.raises(ValueError, match="negative"):
        poisson(-1, 0.95)
    with pytest.raises(ValueError, match="population"):
        rate(0, 0, 10_000, 0.95)
    with pytest.raises(ValueError, match="population"):
        trend_of_rates([1, 2, 3, 4, 5], [9, 9, 9, 9, 0], 100)


def test_the_switch_from_exact_limits_to_byars_is_not_visible() -> None:
    exact, near = exact_poisson(10, 0.95), byar(10, 0.95)
    assert near.lower == pytest.approx(exact.lower, rel=0.0017)
    assert near.upper == pytest.approx(exact.upper, rel=0.00006)
    assert poisson(9, 0.95) == exact_poisson(9, 0.95)
    assert poisson(10, 0.95) == near


# ---- averages


def test_neighbours_have_a_median_or_a_mean_and_say_which() -> None:
    values = [Fraction(k) for k in (1, 2, 3, 4, 5, 60)]
    assert neighbour_average([*values, None]) == Average("median", Fraction(7, 2), 6, 7, Fraction(1), Fraction(60))
    assert neighbour_average(values, "mean") == Average("mean", Fraction(25, 2), 6, 6, Fraction(1), Fraction(60))


def test_five_neighbours_are_too_few() -> None:
    assert neighbour_average([Fraction(1)] * 5 + [None] * 5) is Reason.TOO_FEW_NEIGHBOURS
    assert neighbour_average([], "mean", 0) is Reason.TOO_FEW_NEIGHBOURS


def test_a_mean_has_an_interval_from_two_values_on() -> None:
    assert mean([0.1] * 10) == 0.1
    assert mean_interval([3.0], 0.95) is Reason.TOO_FEW_VALUES
    assert mean_interval([Fraction(3), Fraction(3)], 0.95) == (3.0, 3.0)
    with pytest.raises(ValueError, match="one value"):
        mean([])


# ---- funnels and trends


def test_a_funnel_says_why_it_is_none() -> None:
    some = [(k, 100) for k in range(1, 21)]
    assert silence(some[:9], 0.1, Transform.ARCSINE) is Reason.TOO_FEW_AREAS
    assert silence(some[:10], 0.1, Transform.ARCSINE) is None
    assert silence([(3, 10)] * 10, 0.3, Transform.ARCSINE) is Reason.ALL_EQUAL
    assert silence(some, 0.0, Transform.SQUARE_ROOT) is Reason.CENTRE_AT_THE_END
    assert silence(some, 1.0, Transform.ARCSINE) is Reason.CENTRE_AT_THE_END
    assert silence(some, 1.0, Transform.SQUARE_ROOT) is None
    assert additive(some[:19], None, Transform.ARCSINE) is Reason.TOO_FEW_AREAS
    assert additive([], None, Transform.ARCSINE) is Reason.TOO_FEW_AREAS


def test_the_plain_funnel_of_rates_asks_the_interval_of_the_count() -> None:
    assert outside_plain(0, 1000, 0.001, Transform.SQUARE_ROOT, 0.95) == 0
    assert outside_plain(0, 10_000, 0.001, Transform.SQUARE_ROOT, 0.95) == -1
    assert outside_plain(25, 10_000, 0.001, Transform.SQUARE_ROOT, 0.998) == 1


def test_a_trend_with_none_or_all_cannot_be_worked_out() -> None:
    assert trend_of_proportions([0, 1, 2, 3, 4], [9] * 5) == (Trend.NOT_CALCULABLE, None, None)
    assert trend_of_proportions([9] * 5, [9] * 5) == (Trend.NOT_CALCULABLE, None, None)
    assert trend_of_proportions([0] * 5, [0] * 5) == (Trend.NOT_CALCULABLE, None, None)
    assert trend_of_rates([0] * 5, [100] * 5, 1000).verdict is Trend.NO_CLEAR_CHANGE
    with pytest.raises(ValueError, match="five"):
        trend_of_rates([1] * 4, [100] * 4, 1000)
