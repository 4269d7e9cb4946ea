"""The disclosure policy: what is hidden, and how much stricter an indicator may be. Never milder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from site_builder.release.package import json_bytes
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import DisclosureOverrides

FILE = "datapackages/reference/disclosure.toml"
_THRESHOLDS = (5, 7, 10)
_ZEROS = ("show", "hide")


@dataclass(frozen=True, slots=True)
class EffectivePolicy:
    """What holds for one indicator. ``threshold``: the largest small count. ``zeros``: ``show`` or ``hide``.
    ``min_hidden_per_line``: hidden cells that each published line with one must have."""

    threshold: int
    zeros: str
    min_hidden_per_line: int

    @property
    def small(self) -> range:
        """The small values: 1 to the threshold, and 0 where zeros are hidden."""
        return range(1 if self.zeros == "show" else 0, self.threshold + 1)


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """The policy of a release, as in ``datapackages/reference/disclosure.toml``, where each key is explained."""

    version: str
    threshold: int
    zeros: str
    hide_complement: bool
    hide_small_denominator: bool
    symbol: str
    min_hidden_per_line: int
    sensitive_min_hidden_per_line: int
    max_hidden_share: float
    coarsen: tuple[str, ...]
    costs: Mapping[str, int]
    search: Mapping[str, int]
    attack: Mapping[str, Any]

    @classmethod
    def of(cls, table: Mapping[str, Any], file: str) -> Self:
        """The policy of a parsed table. Raises ConfigurationError for an unknown, missing or impossible value."""
        known = {field.name for field in fields(cls)}
        if odd := sorted(set(table) ^ known):
            raise mistake(file, f"These keys are unknown or missing: {', '.join(odd)}.", "Restore the policy file.")
        policy = cls(**{**table, "coarsen": tuple(table["coarsen"])})
        if policy.threshold not in _THRESHOLDS or policy.zeros not in _ZEROS or policy.symbol != "c":
            raise mistake(file, "Threshold, zeros or symbol is not one that is allowed.", "See the notes in the file.")
        if not (policy.hide_complement and policy.hide_small_denominator):
            raise mistake(
                file, f"A rule that protects {HERE.people} is switched off.", "Switch it on: nobody may override it."
            )
        if not 2 <= policy.min_hidden_per_line <= policy.sensitive_min_hidden_per_line:
            raise mistake(file, "Too few hidden cells a line are asked for.", "Ask for two, and three where sensitive.")
        return policy

    def to_bytes(self) -> bytes:
        """The policy as carried in a release."""
        return json_bytes(asdict(self))

    def effective(self, overrides: DisclosureOverrides, name: str = "indicator") -> EffectivePolicy:
        """What holds for an indicator. Raises ConfigurationError when it asks for less than the policy."""
        zeros = ("hide" if overrides.sensitive else self.zeros) if overrides.zeros is None else overrides.zeros
        least = self.sensitive_min_hidden_per_line if overrides.sensitive else self.min_hidden_per_line
        threshold = self.threshold if overrides.threshold is None else overrides.threshold
        lines = least if overrides.min_hidden_per_line is None else overrides.min_hidden_per_line
        made = EffectivePolicy(threshold, zeros, lines)
        if threshold not in _THRESHOLDS or zeros not in _ZEROS:
            raise mistake(name, "Threshold or zeros is not one that is allowed.", "See the notes in the policy file.")
        milder = made.threshold < self.threshold or made.min_hidden_per_line < least
        if milder or (zeros == "show" and (overrides.sensitive or self.zeros == "hide")):
            raise mistake(
                name, "The indicator asks for less protection than the policy.", "Ask for the same or for more."
            )
        return made

    def is_kept_by(self, effective: EffectivePolicy) -> bool:
        """Whether what holds for an indicator is as strict as the policy or stricter."""
        return (
            effective.threshold >= self.threshold
            and effective.zeros in _ZEROS[_ZEROS.index(self.zeros) :]
            and effective.min_hidden_per_line >= self.min_hidden_per_line
        )


def parse_policy(data: bytes, file: str = "policy.json") -> DisclosurePolicy:
    """The policy carried in a release. Raises ConfigurationError."""
    return DisclosurePolicy.of(json.loads(data), file)


def load_policy(root: Path) -> DisclosurePolicy:
    """The policy in force in a checkout. Raises ConfigurationError."""
    try:
        return DisclosurePolicy.of(tomllib.loads((root / FILE).read_text(encoding="utf-8")), FILE)
    except (OSError, TypeError, tomllib.TOMLDecodeError) as error:
        raise mistake(FILE, "The policy cannot be read.", "Restore it from the repository.") from error
