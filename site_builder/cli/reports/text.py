"""Findings as plain text for a terminal or a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from site_builder.vocabulary.findings import Finding, Location, Severity, blocks, in_order

MOST_ALIKE = 20  # shown of one rule in one file
_WORDS = {Severity.ERROR: "ERROR", Severity.QUERY: "QUERY", Severity.INFO: "INFO"}
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.QUERY: ("open query", "open queries"),
    Severity.INFO: ("remark", "remarks"),
}


def render(findings: Iterable[Finding]) -> str:
    """Each finding with its place, what is wrong and how to mend it; then a line that sums up, and thanks if clean."""
    ordered = in_order(findings)
    return "\n\n".join([*_entries(ordered), summary(ordered)]) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many errors, open queries and remarks there are, and whether anything stands in the way."""
    counts = Counter(finding.severity for finding in findings)
    parts = [_counted(counts[severity], *_NOUNS[severity]) for severity in Severity]
    line = f"{', '.join(parts[:-1])} and {parts[-1]}."
    if blocks(findings):
        return line
    return f"{line}\nNothing stands in the way. Thank you: your care makes these figures worth reading."


def place(where: Location) -> str:
    """A location in words: file, row, column; or file and workbook cell."""
    parts = [printable(where.file)]
    if where.cell is not None:
        parts.append(f"cell {printable(where.cell)}")
    if where.row is not None:
        parts.append(f"row {where.row}")
    if where.field is not None:
        parts.append(f"column {printable(where.field)}")
    elif where.column is not None:
        parts.append(f"character {where.column}")
    return ", ".join(parts)


def printable(text: str) -> str:
    """Text with everything outside printable ASCII written as an escape, so that no terminal obeys it."""
    return "".join(c if " " <= c <= "~" and c != "\\" else c.encode("unicode_escape").decode() for c in text)


def grouped(findings: Iterable[Finding], most: int = MOST_ALIKE) -> Iterable[tuple[Finding, int]]:
    """Findings in their order, at most ``most`` of one rule and file; with the last one the number left out."""
    ordered = tuple(findings)
    totals = Counter((f.where.file, f.rule) for f in ordered)
    shown: Counter[tuple[str, str]] = Counter()
    for finding in ordered:
        key = (finding.where.file, finding.rule)
        shown[key] += 1
        if shown[key] <= most:
            yield finding, totals[key] - most if shown[key] == most else 0


def _entries(findings: Sequence[Finding]) -> Iterable[str]:
    for finding, left_out in grouped(findings):
        lines = [
            f"{_WORDS[finding.severity]} {finding.rule}  {place(finding.where)}",
            f"  {_clean(finding.problem)}",
            f"  To fix: {_clean(finding.fix)}",
            f"  More: site-builder explain {finding.rule}",
        ]
        if left_out > 0:
            lines.append(f"  and {left_out} more like {'this' if left_out == 1 else 'these'}")
        yield "\n".join(lines)


def _clean(words: str) -> str:
    """Our own words on one line; anything a terminal could obey is written as an escape, letters are kept."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
