"""The statistical neighbours of a borough beside its figure: their figures, and their median when six have one."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.figures import Figure, Wording, exact
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.methods.quantiles import median
from site_builder.vocabulary.periods import Period

ENOUGH = 6


class Near(NamedTuple):
    """A neighbour's figure. ``slug``: of a borough of London; empty for another place."""

    name: str
    slug: str
    value: Figure


class Nearby(NamedTuple):
    """Neighbours closest first. ``shown`` of ``of`` neighbours have a figure here. ``median``: None when fewer than six
    have one. A place outside London has none yet."""

    places: tuple[Near, ...]
    shown: int
    of: int
    median: Figure | None


def nearby(inputs: Inputs, area: Area, data: IndicatorData, period: Period) -> Nearby:
    """The neighbours of a borough on one indicator in one period."""
    places = []
    for neighbour in inputs.neighbours.get(area.code, ()):
        other = inputs.areas.by_code.get(neighbour.area)
        if other is not None:
            places.append(Near(other.name, other.slug, data.points[other.code, period].value))
    values = [place.value.value for place in places if place.value.value is not None]
    middle = exact(median(values), data.indicator.measure.dp, Wording()) if len(values) >= ENOUGH else None
    return Nearby(tuple(places), len(values), len(inputs.neighbours.get(area.code, ())), middle)
