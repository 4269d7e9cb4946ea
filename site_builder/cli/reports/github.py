"""Findings as workflow commands that the platform shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.cli.explain import titled
from site_builder.cli.wording import Run, cleaned, how_many, shown, spread
from site_builder.vocabulary.findings import Finding, Severity, in_order

MOST_A_LEVEL = 9  # the platform keeps about ten of each level a step
_LEVELS = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.INFO: "notice"}


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """One command a finding: errors, then queries, then remarks; at most nine of each, of every rule and file first
    one; then one line for those left out. Empty when there is none."""
    ordered = in_order(findings)
    visible = shown(ordered, run)
    lines: list[str] = []
    for severity, level in _LEVELS.items():
        some = spread(f for f in visible if f.severity is severity)
        lines += [_command(level, finding) for finding in some[:MOST_A_LEVEL]]
        left = len(some) - MOST_A_LEVEL
        if left > 0:
            lines.append(f"::{level} title=And more::+{left} more of this level, see the summary")
    if len(visible) < len(ordered):
        lines.append(f"::notice title=Remarks::{how_many(ordered, Severity.INFO)} that need nothing from you")
    return "".join(line + "\n" for line in lines)


def _command(level: str, finding: Finding) -> str:
    where = finding.where
    properties = [f"file={_property(where.file)}"]
    if where.row is not None:
        properties.append(f"line={where.row}")
    if where.column is not None:
        properties.append(f"col={where.column}")
    properties.append(f"title={_property(titled(finding.rule))}")
    place = f" (cell {where.cell})" if where.cell else f" (column {where.field})" if where.field else ""
    return f"::{level} {','.join(properties)}::{_data(f'{finding.problem} {finding.fix}{place}')}"


def _data(text: str) -> str:
    return cleaned(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
