"""What stands out in London: every borough held against the usual variation between boroughs, and what could not be.

All of it follows from the over-dispersed funnel of each indicator (Spiegelhalter 2005) at the period that pages lead
with. High and low are told alike, and nothing is put in order of size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from site_builder.published.points import Point
from site_builder.published.series import gaps
from site_builder.published.statistics import IndicatorData, comparable_from
from site_builder.vocabulary.areas import Area, Areas
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.funnels import CAUGHT_95, CAUGHT_998, Funnel
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up_fraction

CHANCE = {"95": Fraction(5, 100), "998": Fraction(2, 1000)}  # beyond these limits, were they exact
CAUGHT = {"95": CAUGHT_95, "998": CAUGHT_998}  # as the limits are


class Comparison(NamedTuple):
    """One borough held against the usual variation.

    ``z``: standard errors from the centre by chance alone; ``adjusted``: with the variance between boroughs added.
    ``since``: the first period of an unbroken run beyond the 95 % limit on this side, ``known_before`` whether the run
    begins with the series; None within the usual variation.
    """

    area: Area
    point: Point
    z: float
    adjusted: float
    since: Period | None
    known_before: bool

    @property
    def label(self) -> str:
        """within, edge-low, edge-high, out-low or out-high."""
        return self.point.variation

    @property
    def is_beyond(self) -> bool:
        """Whether it lies beyond the 95 % limit."""
        return self.label != "within"


class Subject(NamedTuple):
    """One indicator at the period that pages lead with. ``funnel``: or the reason for none. ``made``: comparisons, A to
    Z. ``unmade``: reason to the boroughs that could not be compared, A to Z."""

    data: IndicatorData
    period: Period
    funnel: Funnel | str
    made: tuple[Comparison, ...]
    unmade: Mapping[str, tuple[Area, ...]]

    @property
    def beyond(self) -> tuple[Comparison, ...]:
        """What lies beyond the 95 % limit, A to Z."""
        return tuple(one for one in self.made if one.is_beyond)


class Tally(NamedTuple):
    """How many comparisons some indicators allow. ``beyond``: past the 95 % limit, ``out``: past the 99.8 % limit.
    ``unmade``: reason to how many could not be made."""

    indicators: int
    made: int
    beyond: int
    out: int
    unmade: Mapping[str, int]


def subjects(figures: Iterable[IndicatorData], areas: Areas) -> tuple[Subject, ...]:
    """Every indicator that has a period, in the order given."""
    return tuple(_subject(data, data.headline, areas) for data in figures if data.headline is not None)


def _subject(data: IndicatorData, period: Period, areas: Areas) -> Subject:
    funnel = data.funnels[period]
    made: list[Comparison] = []
    unmade: dict[str, list[Area]] = {}
    for area in areas.boroughs:
        point = data.points[area.code, period]
        if isinstance(funnel, Funnel) and point.variation:
            made.append(_comparison(data, funnel, area, point))
        else:
            unmade.setdefault(_reason(data, funnel, area, point), []).append(area)
    return Subject(data, period, funnel, tuple(made), {reason: tuple(some) for reason, some in unmade.items()})


def _comparison(data: IndicatorData, funnel: Funnel, area: Area, point: Point) -> Comparison:
    x, n = point.numerator.value, point.denominator.value
    if x is None or n is None:
        raise ValueError("a label without two printed counts")
    first, before = since(data, point) if point.variation != "within" else (None, False)
    return Comparison(area, point, funnel.z(int(x), int(n)), funnel.adjusted_z(int(x), int(n)), first, before)


def _reason(data: IndicatorData, funnel: Funnel | str, area: Area, point: Point) -> str:
    """Why a borough is not compared: of the indicator first, then of the place, then of its figure."""
    if isinstance(funnel, str):
        return "count" if data.indicator.measure.kind is Kind.COUNT else funnel
    if not area.funnel:
        return "too-small"
    return "no-counts" if point.value.is_shown else point.value.state


def since(data: IndicatorData, point: Point) -> tuple[Period, bool]:
    """How far back the same side goes without a gap under one definition, and whether that is where figures begin."""
    side = point.variation.rpartition("-")[2]
    known = [p for p in data.periods if p.kind is point.period.kind and not point.period < p]
    missing, begins = gaps(known), comparable_from(data.indicator, known)
    place = len(known) - 1
    while place > begins:
        if place in missing or not data.points[point.area, known[place - 1]].variation.endswith(f"-{side}"):
            return known[place], False
        place -= 1
    return known[place], place < len(known) - 1


def tally(some: Iterable[Subject]) -> Tally:
    """How many comparisons were made, how many lie beyond each limit, and how many could not be made."""
    held = tuple(some)
    made = [one for subject in held for one in subject.made]
    unmade: Counter[str] = Counter()
    for subject in held:
        unmade.update({reason: len(places) for reason, places in subject.unmade.items()})
    return Tally(
        indicators=sum(bool(subject.made) for subject in held),
        made=len(made),
        beyond=sum(one.is_beyond for one in made),
        out=sum(one.label.startswith("out") for one in made),
        unmade=dict(unmade),
    )


def expected(made: int, share: Fraction) -> str:
    """How many of ``made`` comparisons a share comes to, as a whole number printed with commas."""
    return f"{int(half_up_fraction(made * share, 0)):,}"
