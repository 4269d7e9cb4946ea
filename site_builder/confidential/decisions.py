"""Which cells were hidden, kept beside the returns, so that a draft and its release never show two patterns.

``datapackages/decisions/<release>.csv`` belongs to a returns repository and is never published; those of invented
returns are harmless.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from site_builder.release.cells import KEY, CellKey
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.vocabulary.frontmatter import mistake

FOLDER = "datapackages/decisions"
HIDDEN, SHOWN = "hidden", "shown"


def decisions_bytes(marks: Iterable[tuple[CellKey, bool]]) -> bytes:
    """The table of decisions, in order of key: every cell that has a count, and whether it is hidden."""
    return csv_bytes((*KEY, "decision"), ([*key, HIDDEN if hidden else SHOWN] for key, hidden in sorted(marks)))


def read_decisions(path: Path) -> dict[str, dict[CellKey, bool]]:
    """Decisions by indicator; none where there is no such file. Raises ConfigurationError when it cannot be read."""
    if not path.exists():
        return {}
    found: dict[str, dict[CellKey, bool]] = {}
    try:
        for row in csv_rows(path.read_bytes()):
            key = CellKey.of_row(row)
            found.setdefault(key.indicator, {})[key] = {HIDDEN: True, SHOWN: False}[row["decision"]]
    except (KeyError, ValueError) as error:
        raise mistake(
            f"{FOLDER}/{path.name}", "The decisions cannot be read.", "Remove the file, or restore it from history."
        ) from error
    return found
