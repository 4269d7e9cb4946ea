"""The usual variation between boroughs in one period: who takes part, around which value, and where each lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.published.points import Point
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.indicators import SHARES, Indicator, Kind
from site_builder.vocabulary.methods import funnels

Pair = tuple[int, int]


def usual_variation(indicator: Indicator, areas: Areas, here: Iterable[Point], london: Point) -> funnels.Funnel | str:
    """The funnel of one period, or the reason for none."""
    if indicator.measure.kind is Kind.COUNT or indicator.compare.funnel != "additive":
        return "no-funnel"
    pairs = [pair for point in here if (pair := pair_of(areas, point)) is not None]
    return funnels.additive(pairs, centre_of(london, pairs)[0], transform_of(indicator))


def transform_of(indicator: Indicator) -> funnels.Transform:
    """The scale on which the variation of such a figure is roughly the same everywhere."""
    shares = indicator.measure.kind in SHARES
    return funnels.Transform.ARCSINE if shares else funnels.Transform.SQUARE_ROOT


def pair_of(areas: Areas, point: Point) -> Pair | None:
    """Numerator and denominator of a borough that takes part: all is printed, and it is not too small."""
    x, n = point.numerator.value, point.denominator.value
    if not point.value.is_shown or x is None or not n or not areas.by_code[point.area].funnel:
        return None
    return int(x), int(n)


def centre_of(london: Point, pairs: Sequence[Pair]) -> tuple[float, bool]:
    """Numerator over denominator that boroughs vary around, and whether it is London's: of its printed counts, unless a
    borough is missing from them; else of the boroughs together."""
    x, n = london.numerator.value, london.denominator.value
    if x is not None and n and not london.absent:
        return float(x / n), True
    return funnels.pooled(pairs), False


def place(areas: Areas, point: Point, funnel: funnels.Funnel | str) -> tuple[str, str]:
    """Where a borough lies in the usual variation, or why that cannot be said: one of the two is empty."""
    if isinstance(funnel, str):
        return "", funnel
    pair = pair_of(areas, point)
    if pair is None:
        return "", "left-out" if point.value.is_shown else "no-value"
    return funnel.label(*pair).value, ""
