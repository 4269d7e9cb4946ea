"""What the independent validator finds, in our codes and words. Its own messages repeat cells and are never used."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.confidential.rules import all_rules
from site_builder.confidential.rules.flaws import Flaw
from site_builder.vocabulary.rules import Rule

UNKNOWN = "F299"
_BY_TYPE: Mapping[str, str] = {
    "blank-header": "H301",
    "blank-label": "H302",
    "duplicate-label": "H302",
    "extra-label": "H302",
    "incorrect-label": "H302",
    "missing-label": "H302",
    "header-error": "H302",
    "label-error": "H302",
    "blank-row": "K505",
    "encoding-error": "F203",
    "extra-cell": "H304",
    "missing-cell": "H304",
    "primary-key": "K504",
}
_BY_FIELD: Mapping[tuple[str, str], str] = {
    ("type-error", "numerator"): "C407",
    ("type-error", "denominator"): "C407",
    ("constraint-error", "numerator"): "C407",
    ("constraint-error", "denominator"): "C407",
    ("constraint-error", "status"): "C416",
    ("constraint-error", "area_code"): "K502",
    ("constraint-error", "period"): "C411",
    ("constraint-error", "indicator"): "K507",
    ("constraint-error", "breakdown"): "K509",
    ("constraint-error", "note"): "C418",
}


def code_of(error_type: str, column: str | None) -> str:
    """Our code for an error type of the validator, F299 for any that we do not know at that place."""
    return _BY_FIELD.get((error_type, column or "")) or _BY_TYPE.get(error_type, UNKNOWN)


def rule_of(code: str) -> Rule:
    """The rule of one of our codes. Raises StopIteration when there is none, which would be a mistake in this module."""
    return next(rule for rule in all_rules() if rule.code == code)


def flaw_of(code: str, row: int | None, column: str | None) -> Flaw:
    """What to say when the validator finds something, with the rule's own words and nothing of the file."""
    rule = rule_of(code)
    if code == UNKNOWN:
        flaw: Flaw = next(iter(rule(row, column)))
        return flaw
    advice = " ".join(rule.parts["How to fix"].split())
    return Flaw(f"A second check of the columns finds here: {rule.title.lower()}.", advice, row, column)
