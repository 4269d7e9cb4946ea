"""Which parts of London: one indicator as a large map with its table, and every other one as a small map."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses, phrases
from site_builder.published.charts.tiles import small_squares
from site_builder.published.compose.lists import in_order, notices
from site_builder.published.compose.spread import boroughs_block
from site_builder.published.compose.values import ground, tag
from site_builder.published.figures import HIDDEN_SHORT, MISSING_OTHER
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.matrix import period_of
from site_builder.published.pages_london import LargeMap, MapKind, MapPage, MapTheme, SmallMap
from site_builder.published.pages_parts import KeyItem, Link, Tools
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE

_PATH = addresses.MAP
_KINDS = (("national", "National figures", True), ("returns", f"Figures from {HERE.area} returns", False))
_GROUNDS = ("usual", "plain", "edge", "out", "c", "x")  # a square without a figure because none applies is not drawn
_KEY = (
    KeyItem("usual", "Usual variation, or not compared"),
    KeyItem("edge", "Towards the edge"),
    KeyItem("out", "Stands out"),
    KeyItem("c", f"[c] {HIDDEN_SHORT}"),
    KeyItem("x", f"[x] {MISSING_OTHER}"),
)


def map_page(frames: Frames, inputs: Inputs) -> MapPage:
    """The first indicator of the front page in full, and all that have figures small, national ones and returns apart."""
    held = [data for data in inputs.figures.values() if data.headline is not None]
    first = next(
        (one for code in inputs.content.settings.front_page for one in held if one.indicator.code == code), None
    )
    others = [data for data in held if data is not first]
    kinds = tuple(
        MapKind(slug, heading, tag(some[0]), _themes(inputs, some))
        for slug, heading, national in _KINDS
        if (some := [data for data in others if data.source.national is national])
    )
    return MapPage(
        frame=frames.frame(
            _PATH,
            f"Map of {HERE.name}",
            f"Every indicator on a map of {HERE.name}’s {HERE.areas}, each {HERE.area} one square.",
            "compare",
            (("Compare", addresses.COMPARE),),
            notices(inputs),
        ),
        heading=f"Which parts of {HERE.name}?",
        lead=f"Each square is one {HERE.area}, roughly in place and all of one size, so that a large {HERE.area} does not count for "
        "more than a small one. A darker square lies further from what is usual, on either side.",
        local=tuple(Link(kind.heading, f"#{kind.slug}") for kind in kinds),
        large=_large(inputs, first) if first else None,
        small_key=_KEY,
        kinds=kinds,
        empty="" if held else "There are no figures to draw yet.",
    )


def _large(inputs: Inputs, data: IndicatorData) -> LargeMap:
    period = period_of(data)
    block = boroughs_block(inputs, data, period, _PATH, Tools("", "", ()))
    indicator = data.indicator
    return LargeMap(
        indicator.code.lower(),
        block.heading,
        Link(f"{indicator.code} {indicator.title}", addresses.indicator(indicator.code)),
        f"{phrases.capital(phrases.measure_line(data, period))}. {block.sub}",
        tag(data),
        block.key,
        block.finder,
        block.table,
    )


def _themes(inputs: Inputs, some: Sequence[IndicatorData]) -> tuple[MapTheme, ...]:
    return tuple(
        MapTheme(theme.title, tuple(_small(inputs, data) for data in held))
        for theme in in_order(inputs)
        if (held := [data for data in some if data.indicator.theme == theme.code])
    )


def _small(inputs: Inputs, data: IndicatorData) -> SmallMap:
    period = period_of(data)
    places: dict[str, list[tuple[int, int]]] = {}
    for area in inputs.areas.boroughs:
        if area.tile:
            places.setdefault(ground(data.points[area.code, period], data), []).append(area.tile)
    indicator = data.indicator
    return SmallMap(
        indicator.code.lower(),
        Link(indicator.title, f"{addresses.indicator(indicator.code)}#{HERE.folder}"),
        phrases.spread_heading(data, period),
        tuple((name, small_squares(places[name])) for name in _GROUNDS if name in places),
    )
