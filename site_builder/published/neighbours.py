"""The statistical neighbours of a borough beside its figure: their figures, and their median when six have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from site_builder.published.figures import Figure, Wording, exact
from site_builder.published.statistics import IndicatorData, exact_value
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import Areas
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


def nearby(
    neighbours: Mapping[str, Sequence[Neighbour]], areas: Areas, code: str, data: IndicatorData, period: Period
) -> Nearby:
    """The neighbours of an area on one indicator in one period. The median is of unrounded values and rounded last."""
    points = [
        (areas.by_code[neighbour.area], data.points[neighbour.area, period])
        for neighbour in neighbours.get(code, ())
        if neighbour.area in areas.by_code
    ]
    values = [value for _, point in points if (value := exact_value(point, data.indicator)) is not None]
    middle = exact(median(values), data.indicator.measure.dp, Wording()) if len(values) >= ENOUGH else None
    places = tuple(Near(area.name, area.slug, point.value) for area, point in points)
    return Nearby(places, len(values), len(neighbours.get(code, ())), middle)
