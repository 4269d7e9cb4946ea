"""What must hold of the methods whatever the numbers: bounds, mirrors, widths, and independence from the order of areas."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.vocabulary.methods import control, differences, funnels, intervals, ranks
from site_builder.vocabulary.methods.funnels import Funnel, Transform

FEW = settings(max_examples=150, deadline=None, derandomize=True)
FEWER = settings(max_examples=40, deadline=None, derandomize=True)  # each a whole city
CLOSE = 1e-9
LEVELS = st.sampled_from([0.9, 0.95, 0.998])


@st.composite
def shares(draw: st.DrawFn, most: int = 10_000_000) -> tuple[int, int]:
    """A numerator and its denominator, with none and all among them."""
    n = draw(st.integers(1, most))
    return draw(st.one_of(st.sampled_from([0, n]), st.integers(0, n))), n


@st.composite
def areas(draw: st.DrawFn, most: int = 5000) -> list[tuple[int, int]]:
    """Enough areas for a funnel, not all alike, with some events and some none."""
    found = draw(st.lists(shares(most), min_size=20, max_size=33))
    assume(len({Fraction(x, n) for x, n in found}) > 1)
    return found


@FEW
@given(shares(), LEVELS)
def test_the_limits_of_a_proportion_hold_it_and_lie_within_nought_and_one(share: tuple[int, int], level: float) -> None:
    x, n = share
    found = intervals.wilson(x, n, level)
    assert 0 <= found.lower <= x / n <= found.upper <= 1
    assert (found.lower == 0) == (x == 0)
    assert (found.upper == 1) == (x == n)


@FEW
@given(shares(), LEVELS)
def test_the_rest_of_a_proportion_has_the_mirrored_limits(share: tuple[int, int], level: float) -> None:
    x, n = share
    one, rest = intervals.wilson(x, n, level), intervals.wilson(n - x, n, level)
    assert one.lower == pytest.approx(1 - rest.upper, abs=1e-14)
    assert one.upper == pytest.approx(1 - rest.lower, abs=1e-14)


@FEW
@given(shares(100_000), st.integers(0, 100_000))
def test_limits_widen_with_confidence(share: tuple[int, int], count: int) -> None:
    for found in (
        [intervals.wilson(*share, c) for c in (0.9, 0.95, 0.998)],
        [intervals.poisson(count, c) for c in (0.9, 0.95, 0.998)],
    ):
        for inner, outer in ((found[0], found[1]), (found[1], found[2])):
            assert outer.lower <= inner.lower
            assert outer.upper >= inner.upper
            assert outer.upper - outer.lower > inner.upper - inner.lower


@FEW
@given(shares(10_000), st.integers(2, 50), LEVELS)
def test_limits_narrow_when_both_counts_are_multiplied(share: tuple[int, int], times: int, level: float) -> None:
    x, n = share
    small, large = intervals.wilson(x, n, level), intervals.wilson(x * times, n * times, level)
    assert large.upper - large.lower < small.upper - small.lower
    few, many = intervals.rate(x, n, 1, level), intervals.rate(x * times, n * times, 1, level)
    assert many.upper - many.lower < few.upper - few.lower


@FEW
@given(st.integers(0, 100_000), LEVELS)
def test_the_limits_of_a_count_hold_it_and_rise_with_it(x: int, level: float) -> None:
    found, more = intervals.poisson(x, level), intervals.poisson(x + 1, level)
    assert 0 <= found.lower <= x < found.upper
    assert more.lower > found.lower
    assert more.upper > found.upper


@FEW
@given(shares(5000), st.floats(0.001, 0.999), LEVELS)
def test_a_proportion_is_outside_the_plain_funnel_when_its_interval_leaves_the_centre_out(
    share: tuple[int, int], centre: float, level: float
) -> None:
    x, n = share
    reach = intervals.normal_quantile(level) * math.sqrt(
        centre * (1 - centre) / n
    )  # not clipped: 0 and 1 can be outside
    assume(min(abs(x / n - centre - reach), abs(x / n - centre + reach)) > CLOSE)
    by_curve = (x / n > centre + reach) - (x / n < centre - reach)
    assert funnels.outside_plain(x, n, centre, Transform.ARCSINE, level) == by_curve
    limits = funnels.plain_limits(centre, n, level)
    if 0 < x < n:
        assert (x / n > limits.upper) - (x / n < limits.lower) == by_curve


@FEWER
@given(areas(), st.sampled_from(Transform))
def test_without_variance_between_areas_the_adjusted_z_is_the_plain_one(
    points: list[tuple[int, int]], transform: Transform
) -> None:
    made = funnels.additive(points, None, transform)
    if isinstance(made, Funnel):
        plain = Funnel(transform, made.centre, made.phi, 0.0, made.areas)
        for x, n in points:
            assert plain.adjusted_z(x, n) == pytest.approx(plain.z(x, n), rel=1e-12)


@FEWER
@given(areas(), st.sampled_from(Transform), st.floats(0, 2))
def test_more_variance_between_areas_never_moves_a_point_outwards(
    points: list[tuple[int, int]], transform: Transform, more: float
) -> None:
    made = funnels.additive(points, None, transform)
    if isinstance(made, Funnel):
        wider = Funnel(transform, made.centre, made.phi, made.tau2 + more, made.areas)
        assert made.tau2 >= 0
        for x, n in points:
            assert abs(wider.adjusted_z(x, n)) <= abs(made.adjusted_z(x, n)) <= abs(made.z(x, n)) * (1 + 1e-12)
            narrow, wide = made.limits(n, 0.95), wider.limits(n, 0.95)
            assert wide.lower <= narrow.lower
            assert narrow.upper <= wide.upper


@FEWER
@given(areas(), st.booleans(), st.integers(0, 10**9))
def test_ranks_ranges_and_bands_do_not_depend_on_the_order_of_areas(
    points: list[tuple[int, int]], high_is_good: bool, seed: int
) -> None:
    order = list(range(len(points)))
    Random(seed).shuffle(order)
    values = [Fraction(x, n) for x, n in points]
    limits = [intervals.wilson(x, n, 0.95) for x, n in points]
    turned, held = [values[i] for i in order], [limits[i] for i in order]
    plain = ranks.rank_ranges(values, limits, high_is_good)
    assert ranks.rank_ranges(turned, held, high_is_good) == tuple(plain[i] for i in order)
    one, other = ranks.bands(values, high_is_good), ranks.bands(turned, high_is_good)
    assert isinstance(one, ranks.Bands)
    assert isinstance(other, ranks.Bands)
    assert other.cuts == one.cuts
    assert other.letters == tuple(one.letters[i] for i in order)
    first, second = ranks.fifths(values), ranks.fifths(turned)
    assert not isinstance(first, ranks.Reason)
    assert second == tuple(first[i] for i in order)


@FEWER
@given(areas(), st.booleans())
def test_a_range_holds_its_rank_and_bands_rise_with_the_value(
    points: list[tuple[int, int]], high_is_good: bool
) -> None:
    values = [Fraction(x, n) for x, n in points]
    found = ranks.rank_ranges(values, [intervals.wilson(x, n, 0.95) for x, n in points], high_is_good)
    for one in found:
        assert one is not None
        assert 1 <= one.first <= one.rank <= one.last <= one.of == len(points)
    banded = ranks.bands(values, high_is_good)
    assert isinstance(banded, ranks.Bands)
    quarters = [q for q in banded.quarters if q is not None]
    assert len(quarters) == len(values)
    rising = [q for _, q in sorted(zip(values, quarters, strict=True))]
    assert rising == sorted(rising)


@FEW
@given(shares(5000), shares(5000))
def test_a_change_seen_backwards_is_the_same_change(first: tuple[int, int], second: tuple[int, int]) -> None:
    for there, back in (
        (differences.between_proportions(*first, *second), differences.between_proportions(*second, *first)),
        (differences.between_rates(*first, *second, 1), differences.between_rates(*second, *first, 1)),
    ):
        assert there.lower <= there.difference <= there.upper
        assert there.difference == pytest.approx(-back.difference, abs=1e-12)
        assert there.lower == pytest.approx(-back.upper, abs=1e-12)
        assert there.is_clear == back.is_clear or abs(min(there.lower, there.upper, key=abs)) < CLOSE
        assert there.is_clear or not there.is_jump


@FEW
@given(st.lists(st.integers(0, 60), min_size=8, max_size=24), st.integers(-50, 50), st.integers(1, 9))
def test_a_chart_moves_with_its_unit(values: list[int], shift: int, scale: int) -> None:
    one, other = control.chart(values), control.chart([value * scale + shift for value in values])
    if isinstance(one, control.Reason):
        assert other is one
    else:
        assert isinstance(other, control.Chart)
        assert other.flags == one.flags
        assert other.upper == pytest.approx(one.upper * scale + shift)
        assert one.lower <= one.near_lower <= one.mean <= one.near_upper <= one.upper


@FEW
@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=30), st.sets(st.integers(0, 30)))
def test_parts_of_a_series_hold_each_shown_value_once(values: list[int | None], restarts: set[int]) -> None:
    parts = control.stretches(values, restarts)
    again = {part.first + i: value for part in parts for i, value in enumerate(part.values)}
    assert again == {i: value for i, value in enumerate(values) if value is not None}
    assert all(part.values for part in parts)
