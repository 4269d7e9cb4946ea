"""The rounds of the collection as they stand against the release that the site shows. There is no clock here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from site_builder.release.reference import Collection, Round
from site_builder.release.releases import Release
from site_builder.vocabulary.indicators import Indicator, Status, collected_by
from site_builder.vocabulary.periods import Period, PeriodKind


class RoundState(Enum):
    """Where a round stands on the day of the release."""

    ANNOUNCED = "announced"
    OPEN = "open"
    DUE = "due"
    RECEIVED = "received"
    OVERDUE = "overdue"


MEANING = {
    RoundState.ANNOUNCED: "Returns are not taken yet.",
    RoundState.OPEN: "Returns are taken, and the last day is still to come.",
    RoundState.DUE: "The last day has passed. The release that will show the figures is still to come.",
    RoundState.RECEIVED: "The release holds the figures of this round.",
    RoundState.OVERDUE: "The release should hold the figures of this round, and does not.",
}
OFTEN = {
    PeriodKind.FINANCIAL_QUARTER: ("quarterly", "Each quarter"),
    PeriodKind.FINANCIAL_HALF_YEAR: ("half-yearly", "Twice a year"),
    PeriodKind.FINANCIAL_YEAR: ("yearly", "Once a year"),
    PeriodKind.ACADEMIC_YEAR: ("school-yearly", "Once a school year"),
    PeriodKind.CALENDAR_YEAR: ("calendar-yearly", "Once a calendar year"),
}


def state_of(one: Round, release: Release | None, held: Iterable[Period]) -> RoundState:
    """The state of a round on the day of a release. ``held``: the rounds whose figures it holds. Without a release
    every round is announced; a round that no release holds yet (of partners) is never overdue."""
    if release is None:
        return RoundState.ANNOUNCED
    if one.period in held:
        return RoundState.RECEIVED
    day = release.published_on
    if one.opens > day:
        return RoundState.ANNOUNCED
    if one.due >= day:
        return RoundState.OPEN
    return RoundState.OVERDUE if one.publishes is not None and one.publishes <= day else RoundState.DUE


def in_order(collection: Collection) -> tuple[Round, ...]:
    """The rounds, the latest first."""
    return tuple(sorted(collection.rounds, key=lambda one: (one.opens, one.due), reverse=True))


def asked(catalogue: Iterable[Indicator], kind: PeriodKind) -> tuple[Indicator, ...]:
    """The agreed indicators that are sent for periods of a kind, by boroughs and by partners."""
    return tuple(one for one in catalogue if one.status is Status.AGREED and collected_by(one) is kind)


def from_boroughs(catalogue: Iterable[Indicator], kind: PeriodKind) -> tuple[Indicator, ...]:
    """Those of them that boroughs send themselves."""
    return tuple(one for one in asked(catalogue, kind) if one.is_collected)
