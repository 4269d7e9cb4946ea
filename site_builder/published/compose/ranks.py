"""Ranks with their range and quartile bands: on demand, beside the comparison with London, never in a download."""

from __future__ import annotations

from site_builder.published import phrases, sentences
from site_builder.published.compose.values import tag
from site_builder.published.figures import FEW
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import RankBlock
from site_builder.published.pages_parts import DataTable
from site_builder.published.points import Point, exact_value
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.ranks import Bands, RankRange, bands, rank_ranges, silence
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up_fraction
from site_builder.vocabulary.symbols import Polarity

_HIGH_IS_GOOD = {Polarity.HIGH_IS_GOOD: True, Polarity.LOW_IS_GOOD: False}


def rank_block(inputs: Inputs, data: IndicatorData, period: Period) -> RankBlock | None:
    """Rank ranges and bands of one period; None without a polarity, under 20 boroughs, or where all are equal.

    A place too small to be compared has neither.
    """
    indicator = data.indicator
    direction = _HIGH_IS_GOOD.get(indicator.polarity)
    points = tuple(
        (area, p) for area in inputs.areas.boroughs if _takes_part(area, p := data.points[area.code, period])
    )
    values = [exact_value(point, indicator) for _, point in points]
    if indicator.compare.rank == "none" or direction is None or silence(values, direction):
        return None
    found = bands(values, direction)
    if not isinstance(found, Bands):
        return None
    ranges = rank_ranges(values, [point.limits[0] if point.limits else None for _, point in points], direction)
    rows = [
        (area.name, sentences.label(area, point) or "not compared", rank_words(one), letter)
        for (area, point), one, letter in zip(points, ranges, found.letters, strict=True)
        if one is not None
    ]
    caption = f"{indicator.title}: how little the order tells, {phrases.when(period)}"
    table = DataTable(
        f"Illustrative: {caption}" if tag(data) else caption,
        (HERE.area_head, f"Against {HERE.name}", f"Rank, of {len(rows)} shown", "Band"),
        tuple(rows),
    )
    return RankBlock("Show how far the order can be trusted", _words(found, indicator.measure.dp, direction), table)


def _takes_part(area: Area, point: Point) -> bool:
    n = point.denominator.value
    few = point.value.is_shown and n is not None and n < FEW
    return area.funnel and point.value.is_shown and point.limits is not None and not few


def rank_words(one: RankRange) -> str:
    """``between 4th and 19th``; a place that all others are told apart from is ``1st alone``."""
    if one.first == one.last:
        return f"{ordinal(one.first)} alone"
    return f"between {ordinal(one.first)} and {ordinal(one.last)}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _words(found: Bands, dp: int, high_is_good: bool) -> tuple[str, ...]:
    first, second, third = (half_up_fraction(cut, dp + 1) for cut in found.cuts)
    order = "DCBA" if high_is_good else "ABCD"
    side = "highest" if high_is_good else "lowest"
    return (
        f"Chance alone would move each {HERE.area} between the two ranks of its row; 1st is the {side} figure. Read what the "
        f"comparison with {HERE.name} says first.",
        f"Bands part the {HERE.areas} in quarters, and those on either side of a cut point may hardly differ: {order[0]} up to "
        f"{first}, {order[1]} up to {second}, {order[2]} up to {third}, {order[3]} above.",
    )
