"""Squared London: one square a borough, roughly in place. Positions are those of the areas package.

Layout and letters: London Squared, After the Flood Ltd; the permission notice is in LICENSES.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.published.charts.geometry import coordinate
from site_builder.published.pages_parts import Mark, Tile, TileMap
from site_builder.vocabulary.here import HERE

_PITCH, _SIDE, _EDGE = 52, 48, 2  # units of the drawing


class TileFact(NamedTuple):
    """What one square says.

    ``slug`` of the borough, its ``place`` (column, row), where it leads, ``words`` printed in it (the value, ``[c]``,
    or empty), ``meaning`` for a screen reader, ``shade`` (usual, edge, out, c, x, z, plain, hub) and ``glyph``: up, down, "".
    """

    slug: str
    place: tuple[int, int]
    href: str
    name: str
    words: str
    meaning: str
    shade: str
    glyph: str


def tile_map(heading: str, label: str, sub: str, facts: Iterable[TileFact]) -> TileMap:
    """The squares row by row, so that the order of reading is the order of the map.

    Raises ValueError when two boroughs stand in one place.
    """
    ordered = sorted(facts, key=lambda fact: (fact.place[1], fact.place[0]))
    if len({fact.place for fact in ordered}) < len(ordered):
        raise ValueError(f"two {HERE.areas} stand on one square")
    columns, rows = extent(fact.place for fact in ordered)
    return TileMap(
        heading, label, sub, str(columns * _PITCH), str(rows * _PITCH), tuple(_tile(fact) for fact in ordered)
    )


def extent(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """How many columns and rows squares at these places take up."""
    known = list(places)
    return max((x for x, _ in known), default=0) + 1, max((y for _, y in known), default=0) + 1


def _tile(fact: TileFact) -> Tile:
    x, y = fact.place[0] * _PITCH + _EDGE, fact.place[1] * _PITCH + _EDGE
    letters = HERE.letters_of(fact.slug)
    printed = f"{letters} {fact.words}" if fact.words else letters
    meaning = f"{printed}: {fact.name}, {fact.meaning}" if fact.meaning else f"{printed}: {fact.name}"
    first = 21 if fact.words else 29
    return Tile(
        fact.href, meaning, letters, fact.words, fact.shade, _glyph(fact.glyph, x + 36, y + 44),
        str(x), str(y), str(x + _SIDE // 2), str(y + first), str(y + 38),
    )  # fmt: skip


def _glyph(which: str, x: int, y: int) -> str:
    if which == "up":
        return f"M{x} {y}l4.5-8 4.5 8z"
    if which == "down":
        return f"M{x} {y - 8}l4.5 8 4.5-8z"
    return ""


def mark(places: Mapping[str, tuple[int, int]]) -> Mark:
    """The mark of the site: small squares at ``places`` by slug, the hub apart."""
    hub = [place for slug, place in places.items() if slug == HERE.hub]
    return Mark(small_squares(hub), small_squares(place for slug, place in places.items() if slug != HERE.hub))


def small_squares(places: Iterable[tuple[int, int]]) -> str:
    """Squares of a drawing 80 by 70 as one path, row by row."""
    return "".join(_square(place) for place in sorted(places, key=lambda place: (place[1], place[0])))


def _square(place: tuple[int, int]) -> str:
    return f"M{coordinate(place[0] * 10 + 1)} {coordinate(place[1] * 10 + 1)}h8v8h-8z"
