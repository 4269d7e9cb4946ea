"""Headings, sentences and notes of the funnel, each a pure function of figures. None judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from site_builder.published.phrases import boroughs, capital, count_word, listed, noun_of
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.funnels import CAUGHT_95, Funnel, Transform
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction, significant

_SCALES = {Transform.ARCSINE: "arcsine", Transform.SQUARE_ROOT: "square root"}
_AGES = {HERE.ages: f"{HERE.people_head} {HERE.ages_of}", "10-17": f"{HERE.people_head} aged 10 to 17"}


def heading(drawn: Sequence[Point], *, own_centre: bool) -> str:
    """The conclusion: how many differences from the centre are no more than usual. ``drawn``: the boroughs of the funnel;
    ``own_centre``: whether they are held against London's figure."""
    labelled = Counter(point.variation for point in drawn)
    within, beyond = labelled["within"], len(drawn) - labelled["within"]
    if not any(code for code in labelled):
        return f"{capital(boroughs(len(drawn)))} are drawn: too few to say who stands out"
    centre = f"from {HERE.name}" if own_centre else f"between {HERE.areas}"
    if not beyond:
        return f"All differences {centre} are no more than usual"
    if 2 * within >= len(drawn):
        return f"Most differences {centre} are no more than usual"
    lie = "lies" if beyond == 1 else "lie"
    return f"{capital(boroughs(beyond))} {lie} beyond the usual variation"


def across(data: IndicatorData) -> str:
    """What the denominators along the foot count."""
    measure = data.indicator.measure
    if measure.kind is Kind.RATE:
        return _AGES.get(measure.denominator_series.rpartition("/")[2], f"People in the {HERE.area}")
    return "Number that the figure is out of"


def sentence(drawn: Sequence[Point], outside: int, names: Mapping[str, str]) -> str:
    """What the funnel shows. ``outside``: how many boroughs lie outside the 95 % limits of chance alone."""
    if not any(point.variation for point in drawn):
        return f"{_chance(outside, len(drawn))} The limits show chance alone: with so few {HERE.areas}, what is usual cannot be told."
    told = f"{HERE.areas_head} differ for many ordinary reasons, so the shaded limits allow for that spread. {beyond(drawn, names)}"
    return f"{told} {_chance(outside, len(drawn))}"


def beyond(drawn: Sequence[Point], names: Mapping[str, str]) -> str:
    """Who lies beyond the 99.8 % limits of the usual variation, by name, and how many between the two limits."""
    out = [names[point.area] for point in drawn if point.variation.startswith("out")]
    edge = sum(point.variation.startswith("edge") for point in drawn)
    if not out:
        first = f"No {HERE.area} lies beyond the 99.8% limits"
    else:
        first = f"{listed(sorted(out))} {'lies' if len(out) == 1 else 'lie'} beyond the 99.8% limits"
    if not edge:
        return f"{first}."
    more = (
        f"{count_word(edge)}{' more' if out else ''} {'lies' if edge == 1 else 'lie'} between these and the 95% limits"
    )
    return f"{first}{', and' if out else ';'} {more}."


def _chance(outside: int, of: int) -> str:
    """How little the limits of chance alone would tell."""
    return f"Of {boroughs(of)}, {count_word(outside)} {'is' if outside == 1 else 'are'} outside the 95% limits of chance alone."


def spread(funnel: Funnel, *, own_centre: bool) -> str:
    """What the limits rest on: phi, tau squared, how many boroughs, and the centre."""
    centre = f"{HERE.name}’s figure" if own_centre else f"the figures of these {HERE.areas} together"
    return (
        f"Spread between {HERE.areas}: phi {half_up_float(funnel.phi, 1)}, tau squared {significant(funnel.tau2, 4)} on the "
        f"{_SCALES[funnel.transform]} scale, N {funnel.areas}. The centre is {centre}."
    )


def expected(areas: int) -> str:
    """How many boroughs are to be expected beyond the 95 % limits of the usual variation in an ordinary year."""
    many = int(half_up_fraction(areas * CAUGHT_95, 0))
    return f"About {count_word(many)} of {count_word(areas)} would be beyond the 95% limits in an ordinary year."


def too_small(names: Sequence[str]) -> str:
    """Which places have a figure but are too small to be compared; empty for none."""
    return f"{listed(sorted(names))}: left out, too small to be compared." if names else ""


def title(data: IndicatorData) -> str:
    """What is drawn against what."""
    return f"{capital(noun_of(data.indicator))} of each {HERE.area} by its size, with the limits of usual variation"


def why_none(reason: str) -> str:
    """Why there is no funnel where one would be looked for; empty where its absence is told elsewhere."""
    return {
        "all-equal": f"No funnel is drawn: every {HERE.area} has the same figure.",
        "centre-at-the-end": f"No funnel is drawn: {HERE.name}’s figure lies at the end of its scale.",
    }.get(reason, "")
