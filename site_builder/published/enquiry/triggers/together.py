"""Two figures read together: indicators that move opposite ways, a zero where London's figure would make many."""

from __future__ import annotations

from fractions import Fraction

from site_builder.published.enquiry import moves, thresholds
from site_builder.published.enquiry.bank import Pair
from site_builder.published.enquiry.case import COMPARED, TREND, Case, Fired, Strength, trigger
from site_builder.published.enquiry.words import beside_london
from site_builder.published.phrases import when, with_unit
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Kind
from site_builder.vocabulary.rounding import half_up_fraction

_AMONG = {Kind.RATE: (f"none among {{many}} {HERE.people}", "rate"), **dict.fromkeys(SHARES, ("0 of {many}", "share"))}


@trigger(
    "opposite-ways", "figures that move opposite ways", "two figures that belong together clearly move opposite ways"
)
def opposite_ways(case: Case) -> Fired | None:
    """The first pair of which this indicator clearly rose while the other clearly fell over the same year."""
    for pair in case.around.pairs:
        if pair.rises == case.indicator.code and (because := _opposite(case, pair)):
            return Fired(Strength.CHANGE, because, TREND, question=pair.question)
    return None


def _opposite(case: Case, pair: Pair) -> str:
    other = case.around.figures.get(pair.falls)
    if other is None or other.headline is None or other.headline.end != case.period.end:
        return ""
    up = moves.since_last_year(case.data, case.area.code, case.period)
    down = moves.since_last_year(other, case.area.code, other.headline)
    if up is None or down is None or (up.direction, down.direction) != (1, -1):
        return ""
    return f"{_move(case.data, up, 'rose')}, while {_move(other, down, 'fell')}"


def _move(data: IndicatorData, moved: moves.Moved, verb: str) -> str:
    before, after = (with_unit(point, data.indicator) for point in (moved.before, moved.after))
    periods = when(moved.before.period), when(moved.after.period)
    return f"“{data.indicator.title}” {verb} from {before} {periods[0]} to {after} {periods[1]}"


@trigger("zero-against-many", "a zero", f"none are reported where {HERE.name}’s figure would make ten or more")
def zero_against_many(case: Case) -> Fired | None:
    """A true zero among a hundred or more, where London's share, rate or ratio would make ten or more."""
    x, n = case.point.numerator.value, case.point.denominator.value
    expected = _expected(case)
    if x != 0 or n is None or n < thresholds.MANY or expected < thresholds.EXPECTED:
        return None
    among, noun = _AMONG.get(case.indicator.measure.kind, ("none against {many}", "figure"))
    because = (
        f"{among.format(many=case.point.denominator.text)} were reported {when(case.period)}{beside_london(case)}: at "
        f"{HERE.name}’s {noun} about {half_up_fraction(expected, 0)} would be usual"
    )
    return Fired(Strength.QUALITY, because, COMPARED)


def _expected(case: Case) -> Fraction:
    """How many London's figure would make of the borough's denominator; 0 where one of the figures is not printed, or
    London's lacks a borough."""
    if case.london.absent:
        return Fraction(0)
    x, n = case.london.numerator.value, case.london.denominator.value
    own = case.point.denominator.value
    return x / n * own if x is not None and n and own is not None else Fraction(0)
