"""The two refusals: exceptions that are answers, not bugs."""

from __future__ import annotations

from site_builder.vocabulary.findings import Finding


class Refusal(Exception):
    """Carries the findings that say why. Its text never holds a number from a return."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f"{f.rule} {f.problem}" for f in findings))
        self.findings = findings


class DisclosureRefusal(Refusal):
    """A disclosure (D) error: raw data in a public place, or a release that could be solved. Exit code 3."""


class IntegrityRefusal(Refusal):
    """A checksum differs, a release exists already, or the ledger's chain is broken. Exit code 4."""


class ConfigurationError(Refusal):
    """Wrong usage or configuration. Exit code 2."""
