"""Differences between our figures and a publisher's that somebody has looked into: ``content/reconciliation/known.csv``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from site_builder.release.tables import csv_rows
from site_builder.vocabulary.frontmatter import mistake

FILE = "content/reconciliation/known.csv"
COLUMNS = ("check", "indicator", "area", "period", "reason", "decided")


class Known(NamedTuple):
    """One explained difference. ``decided``: the day on which the explanation was accepted."""

    check: str
    indicator: str
    area: str
    period: str
    reason: str
    decided: date

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it explains: check, indicator, area and period."""
        return self.check, self.indicator, self.area, self.period


def load_known(root: Path) -> tuple[Known, ...]:
    """The explained differences of a checkout; none where there is no such file. Raises ConfigurationError (A101)."""
    path = root / FILE
    return parse_known(path.read_bytes()) if path.exists() else ()


def parse_known(data: bytes) -> tuple[Known, ...]:
    """The explained differences of a table. Raises ConfigurationError for a wrong column, a day that is none, an empty
    reason, or two entries on one figure."""
    try:
        found = tuple(
            Known(
                row["check"],
                row["indicator"],
                row["area"],
                row["period"],
                row["reason"],
                date.fromisoformat(row["decided"]),
            )
            for row in csv_rows(data)
        )
    except (KeyError, ValueError) as error:
        raise mistake(FILE, "The table cannot be read.", f"Its columns are {', '.join(COLUMNS)}.") from error
    if not all(one.reason for one in found) or len({one.key for one in found}) < len(found):
        raise mistake(FILE, "An entry has no reason, or stands twice.", "Give one reason for each figure.")
    return found


def refuse_stray(
    known: Iterable[Known], differing: Collection[tuple[str, str, str, str]]
) -> dict[tuple[str, str, str, str], Known]:
    """The entries by what they explain. Raises ConfigurationError for one that speaks of figures which agree, are hidden,
    or are not there: an explanation that outlives its difference hides the next one."""
    found = {one.key: one for one in known}
    for key in found:
        if key not in differing:
            raise mistake(
                FILE, f"The entry on {' '.join(key)} matches no difference.", "Remove it, or correct its key."
            )
    return found
