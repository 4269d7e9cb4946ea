"""Findings for a program, in the form that ``findings.schema.json`` beside this module describes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from site_builder import __version__
from site_builder.cli.wording import Run, by_package
from site_builder.vocabulary.findings import Finding, blocks, in_order

SCHEMA = "findings/1"


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """All findings, and every folder that was checked with whether anything stands in its way. ASCII only."""
    ordered = in_order(findings)
    folders = by_package(ordered, run.packages)
    report = {
        "schema": SCHEMA,
        "builder": __version__,
        "findings": [_entry(finding) for finding in ordered],
        "packages": [{"path": path, "ok": not blocks(folders[path])} for path in sorted(set(run.packages))],
    }
    return json.dumps(report, indent=2, sort_keys=True) + "\n"


def _entry(finding: Finding) -> dict[str, Any]:
    where = finding.where
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": where.file,
        "row": where.row,
        "field": where.field,
        "column": where.column,
        "cell": where.cell,
        "problem": finding.problem,
        "fix": finding.fix,
    }
