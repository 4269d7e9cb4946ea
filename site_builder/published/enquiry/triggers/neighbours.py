"""Apart from the places most like it, or from what deprivation alone would lead one to expect."""

from __future__ import annotations

from fractions import Fraction

from site_builder.published.enquiry import thresholds
from site_builder.published.enquiry.case import COMPARED, Case, Fired, Strength, is_firm, trigger
from site_builder.published.enquiry.words import interval, side, told
from site_builder.published.figures import Figure, read
from site_builder.published.neighbours import Near, nearby
from site_builder.published.phrases import united
from site_builder.published.predictions import HIGHER, WITHIN
from site_builder.vocabulary.indicators import Kind


@trigger(
    "apart-from-neighbours",
    "a figure unlike its neighbours’",
    "the figure’s 95% interval lies outside the range of its neighbours, as chance alone brings about for fewer than one "
    "figure in a hundred",
)
def apart_from_neighbours(case: Case) -> Fired | None:
    """The whole 95 % interval outside the range of six or more shown neighbours of which at most four are not close: a
    figure alone is outside about once in five times by chance. Figures are compared as printed, so that a reader sees
    them apart."""
    if not is_firm(case.point) or case.point.limits is None or case.indicator.measure.kind is Kind.COUNT:
        return None
    near = nearby(case.around.neighbours, case.around.areas, case.area.code, case.data, case.period)
    shown = sorted((place.value for place in near.places if _is_firm(place)), key=_printed)
    if len(shown) < thresholds.NEIGHBOURS or near.far > thresholds.NOT_CLOSE:
        return None
    low, high = _printed(shown[0]), _printed(shown[-1])
    direction = (_printed(case.point.lower) > high) - (_printed(case.point.upper) < low)
    if not direction:
        return None
    because = (
        f"the figure was {told(case, case.point)} ({interval(case.point.lower, case.point.upper)}), while {len(shown)} "
        f"{near.kind.value} with a figure lie between {shown[0].text} and {united(shown[-1].text, case.indicator)}"
    )
    return Fired(Strength.APART, because, COMPARED, direction)


def _is_firm(place: Near) -> bool:
    return place.value.is_shown and "few" not in place.value.caution


def _printed(value: Figure) -> Fraction:
    return read(value.plain)


@trigger(
    "predicted-apart",
    "a figure apart from its prediction",
    "the figure lies outside what deprivation alone would lead one to expect",
)
def predicted_apart(case: Case) -> Fired | None:
    """Outside the interval of its prediction."""
    found = case.around.predicted.get(case.key)
    if found is None or found.standing == WITHIN or not is_firm(case.point):
        return None
    direction = 1 if found.standing == HIGHER else -1
    because = (
        f"the figure was {told(case, case.point)}: {side(direction)} than deprivation alone would lead one to expect, "
        f"which is {united(found.value.text, case.indicator)} ({interval(found.lower, found.upper)})"
    )
    return Fired(Strength.APART, because, COMPARED, direction)
