"""What ``check`` does besides looking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from site_builder.confidential.standards import EXPLANATIONS, load_schemas
from site_builder.confidential.stubs import Asked, write_stubs


def stubbed(root: Path, asked: Sequence[Asked]) -> str:
    """Add empty explanations for the open queries, and say so in words."""
    added = write_stubs(asked, load_schemas(root)[EXPLANATIONS])
    if not added:
        return f"No query is open; {EXPLANATIONS} was left as it is."
    rows = "row" if added == 1 else "rows"
    return f"Added {added} {rows} to {EXPLANATIONS}. Write in the last column what happened, then check again."
