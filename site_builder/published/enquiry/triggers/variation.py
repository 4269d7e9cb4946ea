"""Above or below the usual variation between boroughs: the over-dispersed funnel of each indicator."""

from __future__ import annotations

from site_builder.published.enquiry.case import OVERVIEW, Case, Fired, Strength, trigger
from site_builder.published.enquiry.words import beside_london, side, told
from site_builder.vocabulary.here import HERE

_STRENGTH = {"out": (Strength.STANDS_OUT, "99.8"), "edge": (Strength.EDGE, "95")}


@trigger("above", "a high figure", f"the figure is higher than the usual variation between {HERE.areas}")
def above(case: Case) -> Fired | None:
    """Beyond the upper 95 % or 99.8 % limit."""
    return _beyond(case, "high", 1)


@trigger("below", "a low figure", f"the figure is lower than the usual variation between {HERE.areas}")
def below(case: Case) -> Fired | None:
    """Beyond the lower 95 % or 99.8 % limit."""
    return _beyond(case, "low", -1)


def _beyond(case: Case, end: str, direction: int) -> Fired | None:
    code, _, at = case.point.variation.partition("-")
    if at != end:
        return None
    strength, level = _STRENGTH[code]
    because = (
        f"the figure was {told(case, case.point)}{beside_london(case)}: {side(direction)} than the usual variation "
        f"between {HERE.areas}, beyond its {level}% limit"
    )
    return Fired(strength, because, OVERVIEW, direction)
