"""How ready a figure is for an audit, by what the borough says of six aspects of its source once a year."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from site_builder.release.releases import Release
from site_builder.release.tables import Row
from site_builder.vocabulary.periods import Period

FILE = "readiness.csv"
ASPECTS = {
    "source_system": "Source system",
    "owner": "Owner",
    "definition": "Definition",
    "evidence": "Evidence",
    "sign_off": "Sign-off",
    "audit": "Audit",
}
LEVELS = {"0": "none", "1": "partly", "2": "in place", "3": "in place and tested", "": "not assessed"}


class Mark(Enum):
    """What the six aspects come to together."""

    READY = "ready"
    PART = "part ready"
    NOT = "not ready"
    NOT_ASSESSED = "not assessed"


_BY_LOWEST = {"0": Mark.NOT, "1": Mark.PART, "2": Mark.READY, "3": Mark.READY}


def mark_of(row: Mapping[str, str]) -> Mark:
    """The mark of a row of readiness.csv: its lowest aspect decides, since a sum would let good filing outweigh a wrong
    definition. Not assessed where an aspect is blank. Raises KeyError for a row without one, or for another level."""
    given = [row[aspect] for aspect in ASPECTS]
    return _BY_LOWEST[min(given)] if all(given) else Mark.NOT_ASSESSED


def assessed(release: Release) -> dict[tuple[str, str], Row]:
    """The latest row about each figure, by area and indicator. Of two with one period the borough's own counts."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(release.texts.get(FILE, ()), key=_late):
        found[row["area_code"], row["indicator"]] = row
    return found


def _late(row: Row) -> tuple[Period, bool]:
    return Period.parse(row["period"]), row["area"] == row["area_code"]
