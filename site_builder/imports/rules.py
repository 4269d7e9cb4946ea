"""The rules of an import, in order of code. Every finding about a publisher's file is one of theirs."""

from __future__ import annotations

from site_builder.imports import figure_rules, file_rules, row_rules
from site_builder.vocabulary.rules import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for module in (figure_rules, file_rules, row_rules)
            for value in vars(module).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
