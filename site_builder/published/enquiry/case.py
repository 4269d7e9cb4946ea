"""What a trigger is given, and what it gives back: one indicator of one borough with all that stands around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from site_builder.published.enquiry.bank import Pair
from site_builder.published.points import Point
from site_builder.published.predictions import Expected
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import LONDON, Area, Areas
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Polarity


class Strength(IntEnum):
    """How loudly a line asks, loudest first: the order of lines."""

    STANDS_OUT = 0  # beyond the 99.8 % limits
    EDGE = 1  # beyond the 95 % limits
    CHANGE = 2
    APART = 3  # from its neighbours, or from what is predicted
    QUALITY = 4  # of the data
    STANDING = 5


class Evidence(NamedTuple):
    """Where the figures behind a line stand: the kind of page, and a place on it."""

    page: str  # indicator, borough-indicator, changes
    fragment: str


OVERVIEW = Evidence("indicator", "")  # the borough's row among all
COMPARED = Evidence("borough-indicator", "compared")
TREND = Evidence("borough-indicator", "trend")
ABOUT = Evidence("indicator", "about")
CHANGES = Evidence("changes", "")


class Fired(NamedTuple):
    """Why something is asked. ``because``: words with the figures, to follow “Asked because”. ``direction``: +1 for
    high or rising, -1 for low or falling, 0 for neither. ``question``: words of its own instead of one of the bank."""

    strength: Strength
    because: str
    evidence: Evidence
    direction: int = 0
    question: str = ""


class Restated(NamedTuple):
    """A count that an earlier release printed otherwise; both are printed. ``period``: its label in words."""

    period: str
    old: str
    new: str


class Differing(NamedTuple):
    """A returned count and the national one for the same, both as printed. ``period``: in words."""

    period: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Around:
    """What all cases of a site share. Keys are (area, indicator). ``restated``: counts that differ from the release
    before. ``unready``: figures whose source the borough rates as not ready. ``predicted``: what is
    expected of a figure, and how it lies beside that. ``differing``: unexplained differences from the national figure."""

    areas: Areas
    figures: Mapping[str, IndicatorData]
    neighbours: Mapping[str, Sequence[Neighbour]] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    restated: Mapping[tuple[str, str], Restated] = field(default_factory=dict)
    unready: frozenset[tuple[str, str]] = frozenset()
    predicted: Mapping[tuple[str, str], Expected] = field(default_factory=dict)
    differing: Mapping[tuple[str, str], Differing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator of one borough, at the period that pages lead with."""

    area: Area
    data: IndicatorData
    period: Period
    around: Around

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.data.indicator

    @property
    def key(self) -> tuple[str, str]:
        """Area and indicator."""
        return self.area.code, self.indicator.code

    @property
    def point(self) -> Point:
        """The borough's figures."""
        return self.data.points[self.area.code, self.period]

    @property
    def london(self) -> Point:
        """London's figures."""
        return self.data.points[LONDON, self.period]

    @property
    def is_hidden(self) -> bool:
        """Whether any of the figures is hidden: then nothing that depends on one is asked."""
        return is_hidden(self.point)

    @property
    def state(self) -> str:
        """The state of the return for this period; empty for a national series."""
        return self.data.source.states.get((*self.key, str(self.period)), "")

    def is_favourable(self, direction: int) -> bool:
        """Whether a direction is the one that a source hopes for."""
        hoped = {Polarity.HIGH_IS_GOOD: 1, Polarity.LOW_IS_GOOD: -1}.get(self.indicator.polarity, 0)
        return bool(direction) and direction == hoped


def is_hidden(point: Point) -> bool:
    """Whether a figure of a point is hidden."""
    return "c" in (point.numerator.state, point.denominator.state, point.value.state)


def is_firm(point: Point) -> bool:
    """Whether a value may be compared: printed, and not resting on fewer than twenty."""
    return point.value.is_shown and not is_hidden(point) and "few" not in point.value.caution


class Trigger(NamedTuple):
    """A named reason to ask. ``short``: what it looks for, to follow “Asked about”. ``told``: when it fires, to follow
    “when”. ``compares``: whether it sets a figure beside others, which is not done for a place too small for that."""

    name: str
    short: str
    told: str
    compares: bool
    fires: Callable[[Case], Fired | None]


def trigger(
    name: str, short: str, told: str, *, compares: bool = True
) -> Callable[[Callable[[Case], Fired | None]], Trigger]:
    """Makes a function of a case a trigger; every one in a module of ``triggers`` is found by itself."""

    def made(fires: Callable[[Case], Fired | None]) -> Trigger:
        return Trigger(name, short, told, compares, fires)

    return made
