"""Rows as they stood in a workbook or a spreadsheet's file, and the way from a place in a return back to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from site_builder.confidential.folders import Row
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import TableSchema
from site_builder.vocabulary.findings import Finding, Location
from site_builder.vocabulary.rules import Rule


@dataclass(frozen=True, repr=False)
class Source:
    """The rows of one file of a return, as text in the order of its columns, and where they stood: ``lines`` holds the
    row of each in the sheet or file ``file``, ``head`` that of the header, ``letters`` the column of each field.
    ``sheet`` and ``letters`` are empty for a text file."""

    file: str
    head: int
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: int | None, field: str | None = None) -> Location:
        """A place in it. A row without a column is shown by its first cell."""
        cell = None
        if row is not None and self.sheet:
            column = self.letters.get(field or "") or next(iter(self.letters.values()))
            cell = f"{self.sheet}!{column}{row}"
        return Location(self.file, row, field, None, cell)

    def line(self, number: int) -> int:
        """The row that became a line of the table, whose header is line 1."""
        return self.head if number == 1 else self.lines[number - 2]

    def relined(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """Rows of the table with the rows of the source as their lines."""
        return tuple(Row(self.line(row.line), row.columns, row.cells) for row in rows)


@dataclass(repr=False)
class Reading:
    """What was read, file by file, and what was wrong with it. ``flagged``: file, row and field of the cells that have
    a finding of their own, so that no rule says more of them."""

    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    flagged: set[tuple[str, int | None, str | None]] = field(default_factory=set)

    def add(self, rule: Rule, flaws: Iterable[Flaw], source: Source, name: str, *, flag: bool = False) -> None:
        """Add flaws of a rule at their places in a source."""
        for flaw in flaws:
            self.findings.append(rule.finding(source.at(flaw.row, flaw.field), flaw.problem, flaw.fix))
            if flag:
                self.flagged.add((name, flaw.row, flaw.field))


def without_padding(source: Source, schema: TableSchema) -> Source:
    """The source with no space beside any code."""
    codes = set(schema.codes)
    rows = tuple(
        tuple(cell.strip() if column in codes else cell for column, cell in zip(schema.columns, row, strict=True))
        for row in source.rows
    )
    return replace(source, rows=rows)
