"""Marks beside a number: why it is withheld, what state it is in, which way is good."""

from __future__ import annotations

from enum import Enum


class Withheld(Enum):
    """Why a number is not shown. Stands beside an empty value, never instead of it."""

    CONFIDENTIAL = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW = "low"
    UNRELIABLE = "u"


class ObsStatus(Enum):
    """State of a shown or withheld observation; several may hold at once."""

    BREAK = "b"
    ESTIMATED = "e"
    PROVISIONAL = "p"
    REVISED = "r"


class Polarity(Enum):
    """Which way is good, where a source says so."""

    HIGH_IS_GOOD = "high-is-good"
    LOW_IS_GOOD = "low-is-good"
    NO_JUDGEMENT = "no-judgement"


def parse_statuses(text: str) -> frozenset[ObsStatus]:
    """The statuses of a joined field such as ``pr``. Raises ValueError on an unknown letter."""
    return frozenset(ObsStatus(letter) for letter in text)


def format_statuses(statuses: frozenset[ObsStatus]) -> str:
    """The letters in alphabetical order, joined; empty when there are none."""
    return "".join(sorted(status.value for status in statuses))


WORST_FIRST = (
    Withheld.NOT_APPLICABLE,
    Withheld.CONFIDENTIAL,
    Withheld.UNRELIABLE,
    Withheld.NOT_AVAILABLE,
    Withheld.LOW,
)


def worst(*reasons: Withheld | None) -> Withheld | None:
    """The reason a derived figure takes from its inputs: z, then c, then u, then x, then low."""
    present = [reason for reason in reasons if reason is not None]
    return min(present, key=WORST_FIRST.index) if present else None
