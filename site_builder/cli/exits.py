"""Outcome to exit code, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from site_builder.vocabulary.findings import Finding, Severity
from site_builder.vocabulary.refusals import ConfigurationError, DisclosureRefusal, IntegrityRefusal, Refusal


class Exit(IntEnum):
    """What a command's exit code says."""

    CLEAN = 0
    BLOCKED = 1
    USAGE = 2
    DISCLOSURE = 3
    INTEGRITY = 4
    BUG = 70


def of_refusal(refusal: Refusal) -> Exit:
    """The exit code of a refusal."""
    match refusal:
        case DisclosureRefusal():
            return Exit.DISCLOSURE
        case IntegrityRefusal():
            return Exit.INTEGRITY
        case ConfigurationError():
            return Exit.USAGE
        case _:
            return Exit.BLOCKED


def of_findings(findings: Iterable[Finding]) -> Exit:
    """The exit code of findings: 3 for a disclosure error, 1 for another error or an open query, else 0."""
    serious = [finding for finding in findings if finding.severity is not Severity.INFO]
    if any(finding.rule.startswith("D") and finding.severity is Severity.ERROR for finding in serious):
        return Exit.DISCLOSURE
    return Exit.BLOCKED if serious else Exit.CLEAN
