"""Sums between indicators that nobody declared: found in shown figures, and only where they hold without exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.identities import ENOUGH, identities, undeclared
from site_builder.release.policy import EffectivePolicy
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.names import Named, SumOf

A, B, C = (Named(code, "numerator") for code in ("A", "B", "C"))
MANY = ENOUGH + 5


def structure(same: Sequence[Sequence[Named]] = (), sums: Sequence[SumOf] = ()) -> Structure:
    form = Form("count", 1, "snapshots", EffectivePolicy(5, "show", 2))
    return Structure({"L": ()}, {}, {}, dict.fromkeys("ABC", form), tuple(map(tuple, same)), sums=tuple(sums))


def cells(**columns: Sequence[int | str]) -> PublicCells:
    """A column an indicator, a row a borough; words are marks."""
    return PublicCells.of(
        Cell(
            CellKey(code, 1, f"E{row:02d}", "t", "total", "numerator", "all"),
            str(value) if isinstance(value, int) else "",
            value if isinstance(value, str) else "",
            "",
        )
        for code, values in columns.items()
        for row, value in enumerate(values)
    )


ONE, OTHER = [7 + k * k % 41 for k in range(MANY)], [9 + k * 5 % 23 for k in range(MANY)]
BOTH = [one + other for one, other in zip(ONE, OTHER, strict=True)]


def test_an_equality_and_a_sum_are_found() -> None:
    assert identities(cells(A=ONE, B=ONE, C=OTHER), structure()) == ((A, B),)
    assert identities(cells(A=BOTH, B=ONE, C=OTHER), structure()) == ((A, B, C),)


def test_what_is_declared_is_not_asked_about() -> None:
    assert identities(cells(A=ONE, B=ONE, C=OTHER), structure(same=[(A, B)])) == ()
    assert identities(cells(A=BOTH, B=ONE, C=OTHER), structure(sums=[SumOf(A, (C, B))])) == ()


@pytest.mark.parametrize("odd", [0, 3, MANY - 1])
def test_one_exception_is_enough(odd: int) -> None:
    other = [value + (row == odd) for row, value in enumerate(BOTH)]
    assert identities(cells(A=other, B=ONE, C=OTHER), structure()) == ()


def test_few_rows_zeros_and_hidden_ones_prove_nothing() -> None:
    few = ENOUGH - 1
    assert identities(cells(A=ONE[:few], B=ONE[:few]), structure()) == ()
    assert identities(cells(A=[0] * MANY, B=[0] * MANY), structure()) == ()
    hidden: Mapping[str, Sequence[int | str]] = {"A": [*ONE[:few], *(["c"] * 6)], "B": ONE}
    assert identities(cells(**hidden), structure()) == ()


def test_totals_are_left_out() -> None:
    rows = PublicCells.of(
        Cell(CellKey(code, 1, "L", f"t{k:02d}", "total", "numerator", "all"), str(value), "", "")
        for code in "AB"
        for k, value in enumerate(ONE)
    )
    assert identities(rows, structure()) == ()


def test_the_question_names_the_indicators() -> None:
    assert (
        undeclared((A, B, C)).problem == "A numerator always equals B numerator plus C numerator where all are shown."
    )
