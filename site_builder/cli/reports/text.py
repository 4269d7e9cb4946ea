"""Findings as plain text for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.cli.wording import Run, cleaned, counted, grouped, more, place, remarks_in_words, shown, verdict
from site_builder.vocabulary.findings import Finding, Severity, blocks, in_order

_WORDS = {Severity.ERROR: "ERROR", Severity.QUERY: "QUERY", Severity.INFO: "REMARK"}
_TO_DO = {
    Severity.ERROR: "Put each error right.",
    Severity.QUERY: "Answer each query: correct the figure, or add a line with its code to explanations.csv that says why.",
}
_THANKS = "Nothing stands in the way. Thank you: your care makes these figures worth reading."


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """What must be put right or answered, then remarks; each with its place. Then a summary, and thanks if clean."""
    ordered = in_order(findings)
    visible = shown(ordered, run)
    asked = [finding for finding in visible if finding.severity is not Severity.INFO]
    remarks = [finding for finding in visible if finding.severity is Severity.INFO]
    return "\n\n".join([*_entries(asked), *_entries(remarks), summary(ordered, run)]) + "\n"


def summary(findings: Sequence[Finding], run: Run) -> str:
    """How many errors, open queries and remarks there are, and what is to be done now."""
    checked = f"Checked {counted(len(run.packages), 'return', 'returns')}: " if run.packages else "Found: "
    first = [f"{checked}{verdict(findings)}.", remarks_in_words(findings, run)]
    if not blocks(findings):
        second = [_THANKS]
    else:  # only a return has a file of explanations, and is checked again
        kinds = {finding.severity for finding in findings}
        second = [*(_TO_DO[kind] for kind in _TO_DO if kind in kinds), "Then check again."] if run.packages else []
    return "\n".join(" ".join(part for part in line if part) for line in (first, second) if line)


def _entries(findings: Sequence[Finding]) -> Iterator[str]:
    explained: set[str] = set()
    for finding, left_out in grouped(findings):
        remark = finding.severity is Severity.INFO
        lines = [
            f"{_WORDS[finding.severity]} {finding.rule}  {place(finding.where)}",
            f"  {cleaned(finding.problem)}",
            f"  {'' if remark else 'To fix: '}{cleaned(finding.fix)}",
        ]
        if finding.rule not in explained:
            lines.append(f"  More: site-builder explain {finding.rule}")
        if left_out > 0:
            lines.append(f"  {more(left_out)}")
        explained.add(finding.rule)
        yield "\n".join(lines)
