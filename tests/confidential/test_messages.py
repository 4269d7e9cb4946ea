"""Error types of the validator in our codes: all of them are known, and none brings its own words."""

from __future__ import annotations

import inspect

import frictionless.errors
import pytest
from frictionless import Error

from site_builder.confidential import messages

# those of 5.21.0: a version that adds one must be looked at
KNOWN = [
    "ascii-value",
    "blank-header",
    "blank-label",
    "blank-row",
    "byte-count",
    "catalog-error",
    "cell-error",
    "check-error",
    "checklist-error",
    "compression-error",
    "constraint-error",
    "control-error",
    "data-error",
    "dataset-error",
    "detector-error",
    "deviated-cell",
    "deviated-value",
    "dialect-error",
    "duplicate-label",
    "duplicate-row",
    "encoding-error",
    "error",
    "extra-cell",
    "extra-label",
    "field-count",
    "field-error",
    "file-error",
    "forbidden-value",
    "foreign-key",
    "format-error",
    "hash-count",
    "header-error",
    "incorrect-label",
    "inquiry-error",
    "inquiry-task-error",
    "label-error",
    "metadata-error",
    "missing-cell",
    "missing-label",
    "package-error",
    "pipeline-error",
    "primary-key",
    "report-error",
    "report-task-error",
    "required-value",
    "resource-error",
    "row-constraint",
    "row-count",
    "row-error",
    "schema-error",
    "scheme-error",
    "sequential-value",
    "source-error",
    "stats-error",
    "step-error",
    "table-dimensions",
    "table-error",
    "truncated-value",
    "type-error",
    "unique-error",
    "unmatched-header",
]


def test_validator_has_no_error_type_we_do_not_know() -> None:
    classes = [kind for _, kind in inspect.getmembers(frictionless.errors, inspect.isclass) if issubclass(kind, Error)]
    assert sorted({kind.type for kind in classes}) == KNOWN


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("column", [None, "numerator", "status", "note"])
def test_every_type_becomes_a_finding_of_one_of_our_rules(kind: str, column: str | None) -> None:
    flaw = messages.flaw_of(messages.code_of(kind, column), 3, column)
    assert flaw.problem.endswith(".")
    assert flaw.fix
    assert (flaw.row, flaw.field) == (3, column)


def test_types_that_say_enough_have_their_own_code() -> None:
    assert messages.code_of("type-error", "numerator") == "C407"
    assert messages.code_of("constraint-error", "area_code") == "K502"
    assert messages.code_of("primary-key", None) == "K504"
    assert messages.code_of("type-error", "note") == "F299"
    assert messages.code_of("a-new-type", None) == "F299"
