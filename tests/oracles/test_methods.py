"""Every statistical method agrees with its oracles, and the table of differences says how closely."""

from __future__ import annotations

import pytest

from tests.oracles.comparisons import TABLE, decade, difference, measured, registry, table

ORDER = ["equal", *(f"< 1e{power:+03d}" for power in range(-14, 0))]


def rows() -> list[list[str]]:
    """The table as it is written: method, oracle, cases, bound. Read first, so that nothing is loaded to collect tests."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]


def test_the_table_of_oracles_is_what_is_compared(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        TABLE.write_text(table([decade(measured(one.name)) for one in registry()]), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table([bound for *_, bound in rows()])


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} - {row[1]}")
def test_a_method_agrees_with_its_oracle_as_the_table_says(row: list[str]) -> None:
    method, oracle, _, bound = row
    found, written = ORDER.index(decade(measured((method, oracle)))), ORDER.index(bound)
    assert found <= written, "the worst difference is greater than the table says"
    assert found >= written - 2, "the worst difference is far smaller than the table says"


def test_the_measure_sees_what_is_wrong() -> None:
    assert difference(1.0, 1.0 + 1e-6, 0.0) == pytest.approx(1e-6, rel=1e-3)
    assert difference(float("nan"), 1.0, 0.0) == float("inf")
    assert difference("similar", "higher", 0.0) == float("inf")
    assert difference(3, 4, 0.0) == float("inf")
    assert difference(1e-12, 2e-12, 1e-3) == pytest.approx(1e-9)
    assert [decade(0.0), decade(2e-14), decade(9e-14), decade(1e-30)] == ["equal", "< 1e-13", "< 1e-12", "< 1e-14"]
