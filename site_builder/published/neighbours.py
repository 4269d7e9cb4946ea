"""The statistical neighbours of a borough beside its figure: their figures, and their median when six have one.

National figures stand beside all ten of the department's list, wherever they lie. Returns come from London alone, so
their figures stand beside those of the ten that are in London: not the department's comparison, and named otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from site_builder.published.figures import Figure, Wording, exact
from site_builder.published.points import exact_value
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.averages import ENOUGH as ENOUGH
from site_builder.vocabulary.methods.averages import mean
from site_builder.vocabulary.methods.quantiles import median
from site_builder.vocabulary.periods import Period

NOT_CLOSE = "not-close"
_NOT_CLOSE_MANY = 5


class NeighbourKind(Enum):
    """Which neighbours: the ten of the department's model, or those of them that are in London."""

    STATISTICAL = "statistical neighbours"
    NEAREST_LONDON = f"nearest {HERE.name} neighbours"

    @property
    def code(self) -> str:
        """The word in tables."""
        return "statistical" if self is NeighbourKind.STATISTICAL else f"nearest-{HERE.key}"


class Near(NamedTuple):
    """A neighbour's figure. ``slug``: of a borough of London; empty for another place. ``exact``: its unrounded value,
    None when it is not shown. ``closeness``: the department's band, such as ``very-close``."""

    name: str
    slug: str
    value: Figure
    exact: Fraction | None = None
    closeness: str = ""


class Nearby(NamedTuple):
    """Neighbours closest first. ``shown`` of ``of`` neighbours have a figure here. ``median``, ``mean``, ``lowest``,
    ``highest``: of unrounded values, rounded last; all None when fewer than six have a figure, for a
    count, and for a place too small to be compared. ``dp``: their places."""

    places: tuple[Near, ...]
    shown: int
    of: int
    median: Figure | None
    kind: NeighbourKind = NeighbourKind.STATISTICAL
    dp: int = 1

    @property
    def mean(self) -> Figure | None:
        """Their simple mean, which the department gives in its interactive tool; the median is ours."""
        values = self._values()
        return exact(mean(values), self.dp, Wording()) if self.median else None

    @property
    def lowest(self) -> Figure | None:
        """The lowest value among them."""
        return exact(min(self._values()), self.dp, Wording()) if self.median else None

    @property
    def highest(self) -> Figure | None:
        """The highest value among them."""
        return exact(max(self._values()), self.dp, Wording()) if self.median else None

    def _values(self) -> list[Fraction]:
        return [place.exact for place in self.places if place.exact is not None]

    @property
    def far(self) -> int:
        """How many of those with a figure are not close, in the department's words."""
        return sum(place.exact is not None and place.closeness == NOT_CLOSE for place in self.places)

    @property
    def is_far(self) -> bool:
        """Whether so many are not close that the comparison needs a warning."""
        return self.far >= _NOT_CLOSE_MANY


def nearby(
    neighbours: Mapping[str, Sequence[Neighbour]], areas: Areas, code: str, data: IndicatorData, period: Period
) -> Nearby:
    """The neighbours of an area on one indicator in one period. The area's own value is never among them."""
    found = (_near(areas, one, data, period) for one in neighbours.get(code, ()))
    places = tuple(place for place in found if place is not None)
    values = [place.exact for place in places if place.exact is not None]
    kind = NeighbourKind.STATISTICAL if data.source.national else NeighbourKind.NEAREST_LONDON
    if len(values) < ENOUGH or not _has_median(areas, code, data):
        return Nearby(places, len(values), len(places), None, kind)
    dp = data.indicator.measure.dp
    return Nearby(places, len(values), len(places), exact(median(values), dp, Wording()), kind, dp)


def _has_median(areas: Areas, code: str, data: IndicatorData) -> bool:
    """Not for a count, which is higher in a larger place, nor for a total or a place too small to be compared."""
    counted, wanted = data.indicator.measure.kind is Kind.COUNT, data.indicator.compare.neighbours != "none"
    return wanted and not counted and areas.by_code[code].funnel


def _near(areas: Areas, one: Neighbour, data: IndicatorData, period: Period) -> Near | None:
    """One neighbour; None for a place that the source of these figures does not cover."""
    area = areas.by_code.get(one.area)
    if area is not None:
        point = data.points[one.area, period]
        return Near(area.name, area.slug, point.value, exact_value(point, data.indicator), one.closeness)
    place = data.outside.get((one.area, period))
    return Near(place.name, "", place.value, place.exact, one.closeness) if place is not None else None
