"""How two figures of one thing compare, as the page of reconciliation and its tables hold it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from site_builder.vocabulary.periods import Period

RECOMPUTED, ADDED_UP, RETURNED = "R1", "R2", "R3"
NUMERATOR, DENOMINATOR = "numerator", "denominator"


class Outcome(Enum):
    """How two figures of one thing compare."""

    EQUAL = "equal"
    CARRIED = "carried"
    MISSING = "missing"
    HIDDEN = "hidden"
    ROUNDING = "rounding"
    VINTAGE = "vintage"
    DEFINITION = "definition"
    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"

    @property
    def differs(self) -> bool:
        """Whether there is a difference to speak of."""
        return self not in (Outcome.EQUAL, Outcome.HIDDEN)


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. ``check``: R1, R2 or R3. ``ours``, ``theirs``, ``difference``: as printed; ``ours`` and
    ``difference`` are empty where a figure is hidden. ``rounded``: of R2, ``ours`` to the nearest 10, from which the
    printed total is taken. ``carried``: code, year and count of each earlier figure that explains
    a total. ``our_rate``, ``their_rate``: of R2, over the boroughs that sent a figure and as printed. ``reason``: of an
    explained difference."""

    check: str
    indicator: str
    measure: str
    area: str
    period: Period
    outcome: Outcome
    ours: str
    theirs: str
    difference: str
    rounded: str = ""
    carried: tuple[tuple[str, int, int], ...] = ()
    our_rate: str = ""
    their_rate: str = ""
    reason: str = ""
