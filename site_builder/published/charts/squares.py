"""A row of squares, one an indicator: shown, hidden, not available, does not apply. Every hidden one looks alike."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published.charts.geometry import coordinate
from site_builder.published.pages_parts import Squares

_PITCH, _SIDE = 14, 12  # units of the drawing
ACROSS = 24
KINDS = {
    "reported": "shown",
    "zero": "shown",
    "low": "shown",
    "c": "hidden",
    "x": "missing",
    "u": "missing",
    "z": "none",
}


def squares(states: Sequence[str]) -> Squares:
    """The squares of some figures in their order, by the state of each. Raises KeyError for an unknown state."""
    paths = dict.fromkeys(("shown", "hidden", "missing", "none"), "")
    for place, state in enumerate(states):
        down, along = divmod(place, ACROSS)
        paths[KINDS[state]] += _square(along * _PITCH + 1, down * _PITCH + 1)
    rows = max(1, -(-len(states) // ACROSS))
    return Squares(str(ACROSS * _PITCH), str(rows * _PITCH), **paths)


def _square(x: int, y: int) -> str:
    return f"M{coordinate(x)} {coordinate(y)}h{_SIDE}v{_SIDE}h-{_SIDE}z"
