"""From what was read to the files of a return: judge it as a check would, and place each finding where it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.confidential.checking import judge_alone
from site_builder.confidential.folders import Folder, ReturnPackage, Row
from site_builder.confidential.gate import read_table
from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards
from site_builder.confidential.workbooks.source import Reading, Source
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.findings import Finding, Severity, in_order


@dataclass(frozen=True, repr=False)
class Converted:
    """What came of a conversion: findings in order, and the tables by file name; none when there is an error."""

    findings: tuple[Finding, ...]
    files: dict[str, bytes]


def convert(reading: Reading, folder: Folder, particulars: Particulars, standards: Standards) -> Converted:
    """The tables of a return, judged by the gates and by stages C, K and V. ``folder`` is where they would stand."""
    findings = list(reading.findings)
    files = {name: csv_bytes(standards.schemas[name].columns, source.rows) for name, source in reading.sources.items()}
    tables: dict[str, tuple[Row, ...]] = {}
    for name, data in files.items():
        rows, some = read_table(folder, name, data, particulars, standards)
        findings += _placed(some, reading, lines_of_table=True)
        if rows is not None:
            tables[name] = reading.sources[name].relined(rows)
    if set(tables) == {RETURN, EXPLANATIONS}:
        package = ReturnPackage(folder, particulars, tables[RETURN], tables[EXPLANATIONS])
        findings += _placed(judge_alone(package, standards), reading, lines_of_table=False)
    found = in_order(dict.fromkeys(findings))
    whole = len(tables) == len((RETURN, EXPLANATIONS))
    return Converted(found, files if whole and not has_error(found) else {})


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error; a query does not hinder a conversion."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def existing_table(
    path: Path, folder: Folder, name: str, particulars: Particulars, standards: Standards
) -> tuple[Source, tuple[Finding, ...]]:
    """A table that stands in the folder already and stays as it is; without rows where there is none."""
    label = folder.at(name).file
    if not path.exists():
        return Source(label, 1, (), ()), ()
    rows, findings = read_table(folder, name, path.read_bytes(), particulars, standards)
    some = rows or ()
    return Source(label, 1, tuple(row.line for row in some), tuple(row.cells for row in some)), findings


def _placed(findings: Iterable[Finding], reading: Reading, *, lines_of_table: bool) -> Iterable[Finding]:
    """Findings about the tables at the places that the rows came from. Those of a cell that has a finding already are
    left out. ``lines_of_table``: rows are still counted in the table rather than in its source."""
    for finding in findings:
        where = finding.where
        name = where.file.rpartition("/")[2]
        source = reading.sources.get(name)
        if source is None:
            yield finding
            continue
        row = source.line(where.row) if lines_of_table and where.row is not None else where.row
        if (name, row, where.field) not in reading.flagged:
            yield replace(finding, where=source.at(row, where.field))
