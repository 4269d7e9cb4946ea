"""Findings in SARIF 2.1.0, the form in which platforms exchange the results of checks of files."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from site_builder import __version__
from site_builder.cli.explain import capital, every_rule, in_words, page
from site_builder.cli.wording import Run, cleaned, spread
from site_builder.vocabulary.explained import parts_of
from site_builder.vocabulary.findings import Finding, Severity, in_order
from site_builder.vocabulary.rules import Rule

MOST_RESULTS = 5000  # what platforms take in of one run
ROOT = "SRCROOT"  # what the paths are relative to: the checkout
_LEVELS = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.INFO: "note"}


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """One run with its findings and the rules that they are of. Of more than 5,000 findings the gravest are kept, of
    every rule and file first one, and a notification says how many are left out."""
    ordered = in_order(findings)
    kept = _kept(ordered)
    rules = {code: rule for code, rule in every_rule().items() if code in {finding.rule for finding in kept}}
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left := len(ordered) - len(kept):
        message = f"{left} more findings are left out here; site-builder check shows all."
        invocation["toolExecutionNotifications"] = [{"level": "note", "message": {"text": message}}]
    driver = {
        "name": "site-builder",
        "version": __version__,
        "rules": [_descriptor(rule, run) for rule in rules.values()],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The checkout that was looked at."}}},
                "invocations": [invocation],
                "results": list(_results(kept, list(rules))),
            }
        ],
    }
    return json.dumps(log, indent=2, sort_keys=True) + "\n"


def _kept(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    if len(findings) <= MOST_RESULTS:
        return tuple(findings)
    gravest = [finding for severity in Severity for finding in spread(f for f in findings if f.severity is severity)]
    return in_order(gravest[:MOST_RESULTS])


def _descriptor(rule: Rule, run: Run) -> dict[str, Any]:
    """A rule: its title, its docstring as help, and its page where the address of the site is known."""
    address = {"helpUri": page(rule.code, run.site)} if run.site else {}
    return {
        "id": rule.code,
        "shortDescription": {"text": capital(rule.title)},
        "fullDescription": {"text": " ".join(parts_of(rule)["What it checks"].split())},
        "help": {"text": in_words(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        **address,
    }


def _results(findings: Sequence[Finding], rules: Sequence[str]) -> Iterator[dict[str, Any]]:
    alike: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        where = finding.where
        key = (finding.rule, where.file, where.field or "")
        alike[key] += 1
        index = {"ruleIndex": rules.index(finding.rule)} if finding.rule in rules else {}
        named = {name: value for name in ("field", "cell") if (value := getattr(where, name)) is not None}
        yield {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(f"{finding.problem} {finding.fix}")},
            "locations": [_location(finding)],
            "partialFingerprints": {"findingPlace/v1": _fingerprint(*key, str(alike[key]))},
            **index,
            **({"properties": named} if named else {}),
        }


def _location(finding: Finding) -> dict[str, Any]:
    """Where a finding is; a file without a row counts as its first line, since platforms want one."""
    where = finding.where
    region = {"startLine": max(1, where.row or 1)}
    if where.column is not None:
        region["startColumn"] = max(1, where.column)
    address = quote(where.file.encode("utf-8", "surrogateescape"), safe="/")
    outside = address.startswith("/")  # returns may lie beside the checkout
    artifact = {"uri": f"file://{address}"} if outside else {"uri": address, "uriBaseId": ROOT}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _fingerprint(*parts: str) -> str:
    """Names a finding from one run to the next by its rule, its file, its column and its turn among those alike: no
    cell goes into it, since a digest of a small count can be guessed."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _message(words: str) -> str:
    """Words in which SARIF sees neither a link nor a gap to be filled."""
    return cleaned(words).replace("[", "\\[").replace("{", "{{").replace("}", "}}")
