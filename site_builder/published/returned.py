"""A return beside the department's figure for the same thing. Invented returns are never held against real figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from site_builder.published.agreements import DENOMINATOR, NUMERATOR, RETURNED, Outcome, Row
from site_builder.published.likeness import unlike
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData

PROVISIONAL_TOLERANCE = Fraction(2, 100)


def twins_of(figures: Mapping[str, IndicatorData], data: IndicatorData) -> tuple[IndicatorData, ...]:
    """The national series that count what an indicator of returns counts."""
    codes = () if data.source.national else data.indicator.disclosure.external
    return tuple(figures[code] for code in codes if code in figures)


def returned(figures: Mapping[str, IndicatorData], data: IndicatorData) -> Iterator[Row]:
    """A borough's printed count against the department's. Nothing for invented returns, nor where either is absent."""
    if data.source.classification == "synthetic":
        return
    for twin in twins_of(figures, data):
        for period in data.periods:
            if period in twin.periods:
                for area in data.boroughs:
                    yield from _returned(data, twin, data.points[area, period], twin.points[area, period])


def _returned(data: IndicatorData, twin: IndicatorData, ours: Point, theirs: Point) -> Iterator[Row]:
    measures = (NUMERATOR, DENOMINATOR) if data.indicator.measure.has_collected_denominator else (NUMERATOR,)
    for measure in measures:
        mine, other = (one.numerator if measure == NUMERATOR else one.denominator for one in (ours, theirs))
        row = Row(RETURNED, data.indicator.code, measure, ours.area, ours.period, Outcome.HIDDEN, "", "", "")
        if "c" in (mine.state, other.state):
            yield replace(row, theirs=other.plain)
        elif mine.value is not None and other.value is not None:
            apart = other.value - mine.value
            allowed = other.value * PROVISIONAL_TOLERANCE if "p" in mine.marks else Fraction(0)
            if abs(apart) <= max(allowed, Fraction(data.indicator.disclosure.external_tolerance)):
                outcome = Outcome.EQUAL
            else:
                outcome = Outcome.DEFINITION if unlike(data, twin, ours.period) else Outcome.UNEXPLAINED
            yield replace(row, outcome=outcome, ours=mine.plain, theirs=other.plain, difference=str(apart))
