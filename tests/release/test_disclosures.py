"""What a printed number leaves open, against every whole number tried; and statements read as they were written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.release.cells import CellKey
from site_builder.release.disclosures import (
    HEAVIEST,
    Statement,
    Term,
    of_percentage,
    of_rate,
    parse,
    rounded,
    to_bytes,
)

ONE = CellKey("T1", 1, "E09000001", "2023-24", "total", "numerator", "all")
ALL = ONE._replace(measure="denominator")


def printed(numerator: int, denominator: int, multiplier: int, places: int) -> str:
    return str((Decimal(numerator) * multiplier / denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@given(st.integers(0, 40), st.integers(50, 400), st.sampled_from([1, 100, 10_000]), st.integers(0, 2))
def test_a_rate_leaves_exactly_the_counts_that_would_print_it(n: int, d: int, multiplier: int, places: int) -> None:
    told = of_rate(printed(n, d, multiplier, places), d, multiplier)
    same = [
        k for k in range(-3, 900) if k >= 0 and printed(k, d, multiplier, places) == printed(n, d, multiplier, places)
    ]
    assert [k for k in range(max(0, told.least), min(899, told.most) + 1)] == same


@pytest.mark.parametrize(("base", "around"), [(10, (1255, 1264)), (5, (1258, 1262)), (1, (1260, 1260))])
def test_a_rounded_count_leaves_what_rounds_to_it(base: int, around: tuple[int, int]) -> None:
    assert rounded(1260, base) == around


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 1))
def test_a_percentage_leaves_exactly_the_pairs_that_would_print_it(n: int, d: int, places: int) -> None:
    text = printed(min(n, d), d, 100, places)
    ends = of_percentage("x", "somebody", text, ONE, ALL)
    for whole in range(1, 31):
        for part in range(whole + 1):
            value = {ONE: part, ALL: whole}
            holds = all(sum(t.weight * value[t.key] for t in one.terms) >= (one.least or 0) for one in ends)
            assert holds == (printed(part, whole, 100, places) == text), (part, whole)


def test_statements_are_read_as_they_were_written() -> None:
    told = (
        Statement("a", "somebody", (Term(ALL, -3), Term(ONE, 2)), None, 7),
        Statement("b", "somebody else, with a comma", (Term(ONE, 1),), 5, 5),
    )
    assert parse(to_bytes(reversed(told))) == told
    assert parse(to_bytes(())) == ()


@pytest.mark.parametrize("weight", ["0", str(HEAVIEST + 1), "x"])
def test_a_weight_that_no_check_allows_is_refused(weight: str) -> None:
    data = to_bytes([Statement("a", "somebody", (Term(ONE, 2),), 1, 1)]).replace(b",2,1,1", f",{weight},1,1".encode())
    with pytest.raises(ValueError, match=r"weight|literal"):
        parse(data)


def test_two_readings_of_one_statement_are_refused() -> None:
    rows = to_bytes([Statement("a", "somebody", (Term(ONE, 1), Term(ALL, 1)), 1, 1)])
    with pytest.raises(ValueError, match="two readings"):
        parse(rows.replace(b"numerator,all,1,1,1", b"numerator,all,1,1,2"))
