"""Messages as values: what is wrong, where, and how to put it right.

The echo rule: ``problem`` and ``fix`` hold only words of the vocabulary, places and public reference numbers;
never a cell, a header read from a file, or any count taken or worked out from a return.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """``error`` blocks; ``query`` blocks until corrected or explained; ``info`` does not."""

    ERROR = "error"
    QUERY = "query"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is. ``row`` is the spreadsheet's (the header is row 1); ``cell`` is a workbook's, ``Return!F9``."""

    file: str
    row: int | None = None
    field: str | None = None
    column: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One message. ``rule`` is its permanent code, such as V601."""

    rule: str
    severity: Severity
    where: Location
    problem: str
    fix: str


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, row, field and rule, then by their words; what has no row or field comes first."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.where.file,
                -1 if f.where.row is None else f.where.row,
                f.where.field is not None,
                f.where.field or "",
                f.rule,
                f.problem,
                f.fix,
                f.severity.value,
            ),
        )
    )


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error or an open query."""
    return any(finding.severity is not Severity.INFO for finding in findings)
