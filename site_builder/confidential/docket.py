"""One folder on its way through the stages: what was found, what was asked, and what its explanations answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.confidential.folders import Folder, ReturnPackage, Row
from site_builder.confidential.gate import as_finding
from site_builder.confidential.rules import keys
from site_builder.confidential.rules.flaws import EVERY_AREA, WHOLE_RETURN, Flaw
from site_builder.confidential.standards import EXPLANATIONS, WHOLE
from site_builder.vocabulary.findings import Finding, Severity
from site_builder.vocabulary.rules import Rule

_NOT_BY_WORDS = {"T706"}  # only the correction block answers it


@dataclass
class Docket:
    """One folder on its way through the stages. ``queries`` holds what an explanation may answer, with the flaw that
    says about which area and indicator; ``skipped`` the codes of rules that could not be asked here."""

    folder: Folder
    package: ReturnPackage | None
    findings: list[Finding]
    queries: list[tuple[Finding, Flaw]] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)

    def add(self, rule: Rule, flaws: Iterable[Flaw]) -> None:
        """Add what a rule found."""
        for flaw in flaws:
            finding = as_finding(self.folder, rule, flaw)
            if finding.severity is Severity.QUERY:
                self.queries.append((finding, flaw))
            else:
                self.findings.append(finding)

    @property
    def sound(self) -> ReturnPackage | None:
        """The return, when no error has been found in it so far."""
        wrong = any(finding.severity is Severity.ERROR for finding in self.findings)
        return None if wrong else self.package


def settled(docket: Docket) -> list[Finding]:
    """The findings of a folder once its explanations are read: an answered query no longer blocks."""
    answers = _answers(docket.package)
    found, used = list(docket.findings), set()
    for finding, flaw in docket.queries:
        fitting = {key for key in answers if _fits(key, finding.rule, flaw)}
        used |= fitting
        found.append(_answered(finding) if fitting else finding)
    if docket.sound is not None:
        rule = keys.unasked_explanation
        for key in sorted(set(answers) - used):
            if key[0] not in docket.skipped:
                found += [as_finding(docket.folder, rule, flaw) for flaw in rule(answers[key])]
    return found


def answering(docket: Docket) -> tuple[Row, ...]:
    """The explanations that answer a query, or that answer a rule which could not be asked here: only they are
    published."""
    answers = _answers(docket.package)
    return tuple(
        row
        for key, row in answers.items()
        if key[0] in docket.skipped or any(_fits(key, finding.rule, flaw) for finding, flaw in docket.queries)
    )


def open_queries(docket: Docket) -> list[tuple[str, Flaw]]:
    """The code and the flaw of each query that no explanation answers."""
    answers = _answers(docket.package)
    return [
        (finding.rule, flaw)
        for finding, flaw in docket.queries
        if not any(_fits(key, finding.rule, flaw) for key in answers)
    ]


def _answers(package: ReturnPackage | None) -> Mapping[tuple[str, str, str], Row]:
    """Explanations by the code of the rule, the area and the indicator that they name."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in package.explanations if package is not None else ():
        if row["breakdown"].strip() == WHOLE:
            found.setdefault((row["code"].strip(), row["area_code"].strip(), row["indicator"].strip()), row)
    return found


def _fits(key: tuple[str, str, str], code: str, flaw: Flaw) -> bool:
    """Whether an explanation answers a query: of the same rule and indicator, and of the same area or of all."""
    same_area = flaw.area == EVERY_AREA or flaw.about == WHOLE_RETURN or key[1] in (flaw.area, EVERY_AREA)
    return key[0] == code and key[2] == flaw.about and same_area and code not in _NOT_BY_WORDS


def _answered(finding: Finding) -> Finding:
    fix = f"Nothing more is needed: {EXPLANATIONS} answers this."
    return Finding(finding.rule, Severity.INFO, finding.where, finding.problem, fix)
