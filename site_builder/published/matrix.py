"""What the matrix of a theme holds: its indicators with figures, national ones and those from returns apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.funnels import CAUGHT_95, CAUGHT_998
from site_builder.vocabulary.periods import Period

HEADINGS = {True: "National figures", False: f"Figures from {HERE.area} returns"}  # by whether they are national
TOGETHER = 24  # columns that one page carries within its budget; beyond it, figures from returns have their own page


class Part(NamedTuple):
    """Figures of one kind in a theme, in the order of the catalogue. ``national``: a publisher's own, not from returns."""

    theme: str
    national: bool
    figures: tuple[IndicatorData, ...]

    @property
    def slug(self) -> str:
        """``national`` or ``returns``."""
        return "national" if self.national else "returns"

    @property
    def classification(self) -> str:
        """That of its figures."""
        return self.figures[0].source.classification


class Tally(NamedTuple):
    """Counts of comparisons with the usual variation. ``edge``: between its 95 % and 99.8 % limits; ``out``: beyond."""

    made: int
    edge: int
    out: int

    @property
    def beyond(self) -> int:
        """Past the 95 % limit."""
        return self.edge + self.out

    @property
    def expected(self) -> Fraction:
        """How many would lie past the 95 % limit if every borough were an ordinary one."""
        return self.made * CAUGHT_95

    @property
    def expected_out(self) -> Fraction:
        """How many would then lie past the 99.8 % limit."""
        return self.made * CAUGHT_998


def parts(inputs: Inputs, theme: str) -> tuple[Part, ...]:
    """National figures, then those from returns; a kind without figures is left out."""
    held = [data for data in inputs.figures.values() if data.indicator.theme == theme and data.headline]
    kinds = (Part(theme, kind, tuple(data for data in held if data.source.national is kind)) for kind in (True, False))
    return tuple(part for part in kinds if part.figures)


def pages(inputs: Inputs, theme: str) -> Mapping[str, tuple[Part, ...]]:
    """The pages of a theme's matrix, by address: one, or two where one would be too large."""
    held = parts(inputs, theme)
    first = addresses.matrix(theme)
    if len(held) < 2 or sum(len(part.figures) for part in held) <= TOGETHER:
        return {first: held}
    return {first: held[:1], addresses.matrix(theme, returns=True): held[1:]}


def places(part: Part) -> tuple[str, ...]:
    """London, and England where its figures are held: the totals above the boroughs."""
    return (LONDON, *((ENGLAND,) if any(ENGLAND in data.areas for data in part.figures) else ()))


def period_of(data: IndicatorData) -> Period:
    """The period that a column shows. Raises ValueError for an indicator without one."""
    if data.headline is None:
        raise ValueError("an indicator without a period has no column")
    return data.headline


def points(data: IndicatorData, areas: Sequence[str]) -> Iterator[Point | None]:
    """The figures of a column; None for an area that its source does not hold."""
    period = period_of(data)
    return (data.points.get((area, period)) for area in areas)


def tally(figures: Sequence[IndicatorData]) -> Tally:
    """How many figures of boroughs were compared with the usual variation, and where they lie."""
    labels = [point.variation for data in figures for point in data.at(period_of(data)) if point.variation]
    out = sum(label.startswith("out") for label in labels)
    edge = sum(label.startswith("edge") for label in labels)
    return Tally(len(labels), edge, out)
