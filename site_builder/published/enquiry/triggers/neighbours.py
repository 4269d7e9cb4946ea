"""Apart from the places most like it, or from what deprivation alone would lead one to expect."""

from __future__ import annotations

from fractions import Fraction

from site_builder.published.enquiry import thresholds
from site_builder.published.enquiry.case import COMPARED, Case, Fired, Strength, is_firm, trigger
from site_builder.published.enquiry.words import side, told
from site_builder.published.figures import Figure, read
from site_builder.published.neighbours import Near, nearby
from site_builder.vocabulary.indicators import Kind


@trigger(
    "apart-from-neighbours",
    "a figure unlike its neighbours’",
    "the figure lies outside the range of its statistical neighbours",
)
def apart_from_neighbours(case: Case) -> Fired | None:
    """Outside the range of six or more shown neighbours of which at most four are not close. Figures are compared as
    printed, so that a reader sees them apart."""
    if not is_firm(case.point) or case.indicator.measure.kind is Kind.COUNT:
        return None
    near = nearby(case.around.neighbours, case.around.areas, case.area.code, case.data, case.period)
    shown = sorted((place.value for place in near.places if _is_firm(place)), key=_printed)
    if len(shown) < thresholds.NEIGHBOURS or near.far > thresholds.NOT_CLOSE:
        return None
    own, low, high = _printed(case.point.value), _printed(shown[0]), _printed(shown[-1])
    direction = (own > high) - (own < low)
    if not direction:
        return None
    measure = case.indicator.measure
    unit = {"percent": "%", "rate": f" per {measure.multiplier:,}"}.get(measure.unit, "")
    because = (
        f"the figure was {told(case, case.point)}, while {len(shown)} {near.kind.value} with a figure lie between "
        f"{shown[0].text} and {shown[-1].text}{unit}"
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
    verdict = case.around.predicted.get(case.key, "")
    if verdict not in ("higher", "lower") or not is_firm(case.point):
        return None
    direction = 1 if verdict == "higher" else -1
    because = (
        f"the figure was {told(case, case.point)}: {side(direction)} than deprivation alone would lead one to expect"
    )
    return Fired(Strength.APART, because, COMPARED, direction)
