"""The rules for returns, one module a stage. Each rule's docstring is what its users read."""

from __future__ import annotations

from site_builder.confidential.rules import (
    boroughs,
    cells,
    disclosure,
    file,
    header,
    keys,
    optional,
    scope,
    time,
    values,
    workbook,
)
from site_builder.vocabulary.rules import Rule


def all_rules() -> tuple[Rule, ...]:
    """Every rule for returns, in order of stage and code."""
    gathered = (
        *scope.RULES,
        *file.RULES,
        *header.RULES,
        *cells.RULES,
        *workbook.RULES,
        *keys.RULES,
        *keys.AFTERWARDS,
        *optional.RULES,
        *values.RULES,
        *values.BESIDE_EARLIER,
        *time.RULES,
        *time.OTHERS,
        *boroughs.RULES,
        *boroughs.AMONG_ALL,
        *boroughs.OTHERS,
        *disclosure.RULES,
    )
    stages = "SFHCKVTXD"
    return tuple(sorted(gathered, key=lambda rule: (stages.index(rule.code[0]), rule.code)))
