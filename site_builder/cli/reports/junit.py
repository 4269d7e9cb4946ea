"""Findings as the XML that test runners exchange: one suite a folder of returns, one case a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from site_builder.cli.explain import titled
from site_builder.cli.wording import ELSEWHERE, Run, by_package, cleaned, how_many, place, printable
from site_builder.confidential.rules import all_rules, workbook
from site_builder.vocabulary.findings import Finding, Severity, in_order
from site_builder.vocabulary.rules import Stage

_GATES = frozenset({Stage.S, Stage.F, Stage.H, Stage.D})
_ROWS = frozenset({Stage.C, Stage.K, Stage.V})
_COMPARED = frozenset({Stage.T, Stage.X})
_CHECKED = frozenset({Stage.F, Stage.H, Stage.D}) | _ROWS | _COMPARED  # of scope a check runs some rules only
_OF_WORKBOOKS = frozenset(rule.code for rule in workbook.RULES)  # a check never sees a workbook
_STOPPED = "Not looked at: an earlier stage found an error."
_ALONE = {"T700": Stage.T, "X800": Stage.X}  # remarks that there is nothing to compare with


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """A case for every rule of every folder that was checked: failed by an error or an open query, skipped when its
    stage was not reached, else passed; remarks stand in the output of their case. Elsewhere only rules with findings
    are cases."""
    ordered = in_order(findings)
    root = ET.Element("testsuites", name="site-builder")
    for name, some in by_package(ordered, run.packages).items():
        if name != ELSEWHERE:
            root.append(_suite(name, some, _skipped(some)))
        elif some or not run.packages:
            root.append(_suite("elsewhere", some, None))
    _count(root)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(name: str, findings: Sequence[Finding], skipped: dict[Stage, str] | None) -> ET.Element:
    """One suite. ``skipped``: why each stage was not reached; None where no return was checked."""
    suite = ET.Element("testsuite", name=printable(name))
    for code in _codes(findings, of_returns=skipped is not None):
        stage, some = Stage[code[0]], [finding for finding in findings if finding.rule == code]
        case = ET.SubElement(suite, "testcase", classname=stage.value, name=titled(code))
        if wrong := [finding for finding in some if finding.severity is not Severity.INFO]:
            kind = Severity.ERROR if any(f.severity is Severity.ERROR for f in wrong) else Severity.QUERY
            failure = ET.SubElement(case, "failure", type=kind.value, message=how_many(wrong, kind))
            failure.text = "\n".join(map(_line, wrong))
        elif not some and skipped and stage in skipped:
            ET.SubElement(case, "skipped", message=skipped[stage])
        if remarks := [finding for finding in some if finding.severity is Severity.INFO]:
            ET.SubElement(case, "system-out").text = "\n".join(map(_line, remarks))
    _count(suite)
    return suite


def _codes(findings: Iterable[Finding], *, of_returns: bool) -> Iterator[str]:
    """Every rule that a check of returns runs, and those with findings beside."""
    found = {finding.rule for finding in findings}
    for rule in all_rules() if of_returns else ():
        if (rule.stage in _CHECKED and rule.code not in _OF_WORKBOOKS) or rule.code in found:
            yield rule.code
            found.discard(rule.code)
    yield from sorted(found)


def _skipped(findings: Sequence[Finding]) -> dict[Stage, str]:
    """The stages that a folder did not reach, and why: an error stops what comes after its stage, and T and X need
    something to compare with."""
    errors = {Stage[f.rule[0]] for f in findings if f.severity is Severity.ERROR}
    stopped: set[Stage] = set()
    if errors & _GATES:
        stopped |= _ROWS | _COMPARED
    if errors & {Stage.F, Stage.D}:
        stopped |= {Stage.F, Stage.H}
    if errors & _ROWS:
        stopped |= _COMPARED
    alone = {_ALONE[f.rule]: cleaned(f.problem) for f in findings if f.rule in _ALONE}
    return {**alone, **dict.fromkeys(stopped, _STOPPED)}


def _line(finding: Finding) -> str:
    """A finding on one line. Nothing in it is illegal in XML: what does not print is written as an escape."""
    to_fix = "" if finding.severity is Severity.INFO else "To fix: "
    return f"{place(finding.where)}: {cleaned(finding.problem)} {to_fix}{cleaned(finding.fix)}"


def _count(element: ET.Element) -> None:
    """Write how many cases there are below, and how many of them failed or were skipped."""
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(len(list(element.iter(tag)))))
