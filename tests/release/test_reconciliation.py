"""Printed rates against their counts, printed totals against their parts: all figures invented."""

from __future__ import annotations

import pytest

from site_builder.release.reconciliation import (
    Agreement,
    Comparison,
    Count,
    compare_total,
    parts_of,
    rate_agrees,
    share_agrees,
)
from site_builder.vocabulary.symbols import Withheld

X, Z, C = Withheld.NOT_AVAILABLE, Withheld.NOT_APPLICABLE, Withheld.CONFIDENTIAL


@pytest.mark.parametrize(
    ("numerator", "denominator", "dp", "printed", "exact", "agrees"),
    [
        (941, 20_000, 1, "470.5", True, True),
        (940, 20_000, 1, "470", True, True),  # printed without its nought
        (941, 20_000, 1, "470.4", True, False),
        (1, 16, 1, "625", True, True),
        (69_400, 1_926_950, 1, "360.2", False, True),
        (69_400, 1_926_950, 1, "360.3", False, True),  # a tenth off: the counts are to the nearest 10
        (69_400, 1_926_950, 1, "360.4", False, False),
        (9_710, 1_896_862, 0, "51", False, True),
        (10, 0, 1, "0", True, False),
        (10, 100, 1, "c", True, False),
    ],
)
def test_rates(numerator: int, denominator: int, dp: int, printed: str, exact: bool, agrees: bool) -> None:
    assert rate_agrees(numerator, denominator, 10_000, dp, printed, exact=exact) is agrees


@pytest.mark.parametrize(
    ("numerator", "denominator", "dp", "printed", "exact", "agrees"),
    [
        (1, 8, 1, "12.5", True, True),
        (1, 8, 0, "13", True, True),  # half-up, where binary rounding to even gives 12
        (1, 8, 0, "12", True, False),
        (200, 1_000, 1, "20.3", False, True),  # (200 - 5) / (1000 + 4) to (200 + 4) / (1000 - 5)
        (200, 1_000, 1, "20.5", False, True),
        (200, 1_000, 1, "20.6", False, False),
        (200, 1_000, 1, "19.4", False, True),
        (200, 1_000, 1, "19.3", False, False),
        (0, 0, 1, "0", True, False),
    ],
)
def test_shares(numerator: int, denominator: int, dp: int, printed: str, exact: bool, agrees: bool) -> None:
    assert share_agrees(numerator, denominator, dp, printed, exact=exact) is agrees


EARLIER = {"b": [(2020, 50), (2021, 52)]}


@pytest.mark.parametrize(
    ("total", "parts", "year", "expected"),
    [
        (160, {"a": 104, "b": 51}, 2022, Comparison(Agreement.EQUAL, 0)),
        (100, {"a": 104, "b": Z}, 2022, Comparison(Agreement.EQUAL, 0)),
        (100, {"a": 104, "b": X}, 2022, Comparison(Agreement.EQUAL, 0)),
        (160, {"a": 104, "b": X}, 2022, Comparison(Agreement.CARRIED, 60, (("b", 2021),))),
        (160, {"a": 104, "b": X}, 2023, Comparison(Agreement.CARRIED, 60, (("b", 2021),))),
        (160, {"a": 104, "b": X}, 2024, Comparison(Agreement.MISSING, 60)),  # the figure is too old
        (170, {"a": 104, "b": X}, 2022, Comparison(Agreement.MISSING, 70)),
        (X, {"a": 104, "b": 51}, 2022, Comparison(Agreement.MISSING)),
        (170, {"a": 104, "b": 51}, 2022, Comparison(Agreement.ROUNDING, 10)),
        (180, {"a": 104, "b": 51}, 2022, Comparison(Agreement.UNEXPLAINED, 20)),
        (160, {"a": 104, "b": C}, 2022, Comparison(Agreement.HIDDEN)),
        (160, {"a": 160, "b": C}, 2022, Comparison(Agreement.HIDDEN)),
        (C, {"a": 104, "b": 51}, 2022, Comparison(Agreement.HIDDEN)),
        (160, {"a": X, "b": Withheld.LOW}, 2022, Comparison(Agreement.HIDDEN)),
        (160, {"a": X, "b": Withheld.UNRELIABLE}, 2022, Comparison(Agreement.HIDDEN)),
    ],
)
def test_totals(total: Count, parts: dict[str, Count], year: int, expected: Comparison) -> None:
    assert compare_total(total, parts, EARLIER, year) == expected


@pytest.mark.parametrize("hidden", [C, Withheld.LOW, Withheld.UNRELIABLE])
def test_no_difference_beside_a_hidden_figure(hidden: Withheld) -> None:
    """Whatever else is so, a hidden part comes first and no margin is given."""
    for total in (0, 100, 110, 1_000):
        for other in (100, X, Z):
            comparison = compare_total(total, {"a": hidden, "b": other, "d": 7}, EARLIER, 2022)
            assert comparison == Comparison(Agreement.HIDDEN)


def test_a_joint_figure_is_counted_once() -> None:
    counts: dict[str, Count] = {"a": X, "b": X, "a / b": 31, "d": 9, "e / f": 100}
    assert parts_of(["a", "b", "d", "g"], counts) == {"a / b": 31, "d": 9, "g": X}
    assert compare_total(40, parts_of(["a", "b", "d"], counts), {}, 2022).agreement is Agreement.EQUAL
