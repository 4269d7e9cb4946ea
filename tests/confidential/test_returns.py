"""The second check: places found in the batch, keys across packages, nothing taken from what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from frictionless import Resource, Schema

from site_builder.confidential import returns
from site_builder.confidential.folders import Folder, ReturnPackage, Row
from site_builder.confidential.standards import RETURN, Standards
from tests.confidential.house import BOROUGHS, good_return, particulars, table


def package_of(standards: Standards, slug: str, rows: list[list[str]], label: str = "") -> ReturnPackage:
    columns = standards.schemas[RETURN].columns
    made = tuple(Row(number, columns, row) for number, row in enumerate(rows, 2))
    return ReturnPackage(Folder(label or slug, Path(slug)), particulars(standards, slug), made, ())


def good_rows(standards: Standards, slug: str) -> list[list[str]]:
    return table(good_return(standards, slug)[RETURN])[1:]


def noted_calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many packages are read at each call of the validator."""
    calls: list[int] = []
    errors = returns._errors

    def noted(packages: Sequence[ReturnPackage], by: Standards) -> list[returns.Error]:
        calls.append(len(packages))
        return errors(packages, by)

    monkeypatch.setattr(returns, "_errors", noted)
    return calls


def test_good_returns_pass_in_one_table(standards: Standards, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = noted_calls(monkeypatch)
    packages = [package_of(standards, slug, good_rows(standards, slug)) for slug in BOROUGHS]
    assert returns.judged_singly(packages, standards) == ((),) * len(BOROUGHS)
    assert calls == [len(BOROUGHS)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (0, "E09000099", "K502"),
        (0, "Northwick", "K502"),
        (2, "SG99", "K507"),
        (3, "girls", "K509"),
        (4, "-13", "C407"),
        (4, "12.5", "C407"),
        (4, "none", "C407"),
        (6, "final", "C416"),
        (7, "x" * 501, "C418"),
    ],
)
def test_place_is_found_in_the_batch(
    standards: Standards, column: int, cell: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = good_rows(standards, "northwick")
    rows[2][column] = cell
    packages = [package_of(standards, slug, good_rows(standards, slug)) for slug in ("eastmere", "southmarsh")]
    packages.insert(1, package_of(standards, "northwick", rows))
    calls = noted_calls(monkeypatch)
    before, said, after = returns.judged_singly(packages, standards)
    assert (before, after) == ((), ())
    ((found, flaw),) = said
    assert (found, flaw.file, flaw.row) == (code, RETURN, 4)
    assert calls == [3, 1], "only the one with an error is read once more"
    assert not any(part in flaw.problem + flaw.fix for part in ("x" * 501, "12.5", "SG99", "E09000099"))


def test_key_holds_across_packages(standards: Standards) -> None:
    rows = good_rows(standards, "northwick")
    twins = [package_of(standards, "northwick", rows, label) for label in ("one", "two")]
    assert returns.judged_singly(twins, standards) == ((), ())
    findings = returns.judged_together(twins, standards)
    assert {finding.rule for finding in findings} == {"K504"}
    assert {finding.where.file for finding in findings} == {"two/return.csv"}
    assert [finding.where.row for finding in findings] == list(range(2, len(rows) + 2))


def test_more_than_a_thousand_errors_are_all_reported(standards: Standards) -> None:
    row = good_rows(standards, "northwick")[0]
    rows = [[*row[:2], "SG99", *row[3:6], "final", ""] for _ in range(700)]
    (said,) = returns.judged_singly([package_of(standards, "northwick", rows)], standards)
    assert len(said) > 1400


@pytest.mark.parametrize("cell", ["1_0", "１０", " 10 ", "+10", "007", "9" * 20])
def test_what_the_validator_alone_would_let_pass(standards: Standards, cell: str) -> None:
    """Recorded so that an upgrade shows itself; stage C refuses each of them (see the cases of C407 and C410)."""
    field = {"name": "numerator", "type": "integer"}
    schema = Schema.from_descriptor({"fields": [field]})
    assert Resource(data=[["numerator"], [cell]], schema=schema).validate().valid
