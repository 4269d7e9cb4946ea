"""Thirty-three small trends on squared London: one scale for all, lines that stop at gaps. Drawn by a macro.

Coordinates are whole numbers, so that a page of thirty-three lines stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from site_builder.published.charts.geometry import Scale, coordinate, scale
from site_builder.published.charts.tiles import extent
from site_builder.vocabulary.here import HERE

_WIDTH, _HEIGHT = 100, 92  # of a square, in units of the drawing
_LEFT, _RIGHT, _TOP, _GROUND = 5, 93, 34, 86  # of a line within its square


class Series(NamedTuple):
    """A borough's figures: shown values, or None; ``place`` is its column and row on squared London."""

    slug: str
    name: str
    href: str
    place: tuple[int, int]
    values: tuple[float | None, ...]


class Small(NamedTuple):
    """One square: where it leads, what a screen reader says, its corner, its letters, and its line (may be empty)."""

    href: str
    label: str
    x: str
    y: str
    letters: str
    line: str


class Grid(NamedTuple):
    """All squares, row by row; ``london``: its line, the same in each square, or empty; ``top``: end of the scale."""

    width: str
    height: str
    london: str
    ground: str
    top: str
    squares: tuple[Small, ...]


def grid(series: Iterable[Series], london: Sequence[float | None], breaks: frozenset[int]) -> Grid | None:
    """The squares on one scale, which ends above the largest shown value. ``breaks``: places that no line crosses.

    None where no borough has two shown values.
    """
    ordered = sorted(series, key=lambda one: (one.place[1], one.place[0]))
    if not any(sum(value is not None for value in one.values) > 1 for one in ordered):
        return None
    of = scale(value for one in (*(s.values for s in ordered), london) for value in one if value is not None)
    columns, rows = extent(one.place for one in ordered)
    return Grid(
        str(columns * _WIDTH),
        str(rows * _HEIGHT),
        line(london, of, breaks),
        f"M{_LEFT} {_GROUND}H{_RIGHT}",
        of.ticks[-1].words,
        tuple(_small(one, of, breaks) for one in ordered),
    )


def _small(one: Series, of: Scale, breaks: frozenset[int]) -> Small:
    letters = HERE.letters_of(one.slug)
    x, y = one.place[0] * _WIDTH, one.place[1] * _HEIGHT
    return Small(one.href, f"{letters} {one.name}", str(x), str(y), letters, line(one.values, of, breaks))


def line(values: Sequence[float | None], of: Scale, breaks: frozenset[int] = frozenset()) -> str:
    """The path of a line within a square, in whole steps from point to point. A lone point is a dot (a line of no
    length with a round end)."""
    width = (_RIGHT - _LEFT) / max(1, len(values) - 1)
    found, last = [], None
    for place, value in enumerate(values):
        if value is None:
            last = None
            continue
        x = int(coordinate(_LEFT + place * width, 0))
        y = int(coordinate(_GROUND - of.place(value) * (_GROUND - _TOP), 0))
        if last is None or place in breaks:
            found.append(f"M{x} {y}h0")
        else:
            dx, dy = x - last[0], y - last[1]
            found.append(f"l{dx}{dy}" if dy < 0 else f"l{dx} {dy}" if dy else f"h{dx}")
        last = (x, y)
    return "".join(found)
