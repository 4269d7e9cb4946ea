"""Ranks with their ranges, bands and fifths: ties, ends, and why nothing is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.methods.ranks import Bands, RankRange, Reason, bands, fifths, rank_ranges, silence

TWENTY = [Fraction(k) for k in range(1, 21)]


def around(value: Fraction | None, reach: int) -> Interval | None:
    return None if value is None else Interval(float(value) - reach, float(value) + reach)


def test_polarity_decides_which_end_is_first() -> None:
    values = [Fraction(1), Fraction(5), Fraction(9)]
    limits = [around(value, 1) for value in values]
    assert rank_ranges(values, limits, True) == (RankRange(3, 3, 3, 3), RankRange(2, 2, 2, 3), RankRange(1, 1, 1, 3))
    assert rank_ranges(values, limits, False) == (RankRange(1, 1, 1, 3), RankRange(2, 2, 2, 3), RankRange(3, 3, 3, 3))


def test_limits_that_touch_overlap_and_ties_share_the_smallest_rank() -> None:
    values = [Fraction(1), Fraction(3), Fraction(3)]
    assert rank_ranges(values, [around(v, 1) for v in values], True) == (
        RankRange(3, 1, 3, 3),
        RankRange(1, 1, 3, 3),
        RankRange(1, 1, 3, 3),
    )


def test_an_area_without_value_or_limits_counts_nowhere() -> None:
    values = [Fraction(1), None, Fraction(5), Fraction(9)]
    limits = [around(Fraction(1), 1), around(Fraction(3), 1), None, around(Fraction(9), 1)]
    assert rank_ranges(values, limits, True) == (RankRange(2, 2, 2, 2), None, None, RankRange(1, 1, 1, 2))


def test_every_area_needs_an_entry() -> None:
    with pytest.raises(ValueError, match="shorter"):
        rank_ranges([Fraction(1), None], [None], True)


def test_ranks_are_silent_without_polarity_areas_or_differences() -> None:
    assert silence(TWENTY, None) is Reason.NO_POLARITY
    assert silence([*TWENTY[1:], None], True) is Reason.TOO_FEW_AREAS
    assert silence([Fraction(4)] * 20, False) is Reason.ALL_EQUAL
    assert silence(TWENTY, True) is None


def test_a_value_on_a_cut_point_lies_in_the_lower_quarter() -> None:
    values = [Fraction(k) for k in range(21)]  # cut points 5, 10 and 15
    low, high, neither = bands(values, False), bands(values, True), bands(values, None)
    assert isinstance(low, Bands)
    assert isinstance(high, Bands)
    assert isinstance(neither, Bands)
    assert low.cuts == (Fraction(5), Fraction(10), Fraction(15))
    assert (low.letters[5], low.letters[6], low.letters[15], low.letters[20]) == ("A", "B", "C", "D")
    assert (high.letters[5], high.letters[6], high.letters[15], high.letters[16]) == ("D", "C", "B", "A")
    assert neither.quarters == low.quarters == high.quarters
    assert set(neither.letters) == {""}


def test_a_value_that_is_not_shown_has_no_band() -> None:
    found = bands([None, *TWENTY], True)
    assert isinstance(found, Bands)
    assert (found.quarters[0], found.letters[0]) == (None, "")


def test_bands_are_silent_with_few_areas_or_equal_values() -> None:
    assert bands([*TWENTY[1:], None], True) is Reason.TOO_FEW_AREAS
    assert bands([Fraction(7)] * 25, None) is Reason.ALL_EQUAL


def test_fifths_keep_ties_together_and_turn_round() -> None:
    assert fifths(TWENTY) == (1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5)
    assert fifths(TWENTY, invert=True) == (5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1)
    assert fifths([Fraction(1)] * 6) == (1,) * 6
    assert fifths([None, *TWENTY[:5]]) == (None, 1, 2, 3, 4, 5)


def test_fewer_values_than_groups_have_none() -> None:
    assert fifths([*TWENTY[:4], None]) is Reason.TOO_FEW_AREAS
    with pytest.raises(ValueError, match="group"):
        fifths(TWENTY, 0)
