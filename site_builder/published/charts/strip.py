"""All boroughs on one line: a mark for each shown value, the middle half shaded, London named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_builder.published.charts.geometry import Scale, coordinate
from site_builder.published.pages_parts import Label, StripDrawing, StripMark

_ORDER = ("usual", "edge", "out")  # drawn last, seen first
_LETTER = 9.5  # width to keep free for a letter at 16 px, bold, in the readers' widest font


class Spot(NamedTuple):
    """A borough with a shown value. ``shade``: usual, edge or out."""

    name: str
    value: float
    shade: str


class _Layout(NamedTuple):
    width: float
    height: float
    axis: float  # y of the axis
    names: float  # y of the outermost names
    london: float  # y of London's label
    inset: float = 8.0


_WIDE = _Layout(760, 112, 86.5, 46, 20)
_NARROW = _Layout(335, 132, 106.5, 66, 38)


def strip(
    spots: Sequence[Spot], of: Scale, london: tuple[float, str] | None, quartiles: tuple[float, float] | None
) -> tuple[StripDrawing, StripDrawing]:
    """The strip wide and narrow. ``london``: value and label. At most the two outermost that stand out are named."""
    return tuple(_drawing(spots, of, london, quartiles, layout) for layout in (_WIDE, _NARROW))  # type: ignore[return-value]  # two layouts, two drawings


def _drawing(
    spots: Sequence[Spot],
    of: Scale,
    london: tuple[float, str] | None,
    quartiles: tuple[float, float] | None,
    layout: _Layout,
) -> StripDrawing:
    inner = layout.width - 2 * layout.inset

    def at(value: float) -> float:
        return layout.inset + of.place(value) * inner

    band = None
    if quartiles:
        band = (coordinate(at(quartiles[0]), 1), coordinate(at(quartiles[1]) - at(quartiles[0]), 1))
    top = layout.axis - 32.5
    ordered = sorted(spots, key=lambda spot: (_ORDER.index(spot.shade), spot.value, spot.name))
    return StripDrawing(
        width=coordinate(layout.width),
        height=coordinate(layout.height),
        axis=coordinate(layout.axis, 1),
        right=coordinate(layout.width - layout.inset),
        band_top=coordinate(top, 1),
        band=band,
        labels=_scale_labels(of, layout, inner),
        marks=tuple(_mark(spot, at(spot.value), layout.axis) for spot in ordered),
        london=_centred(london[1], at(london[0]), layout.london, layout.width) if london else None,
        london_at=coordinate(at(london[0]), 1) if london else "",
        london_top=coordinate(layout.london + 8),
        names=_names(
            {spot: at(spot.value) for spot in spots if spot.shade == "out"}, at(london[0]) if london else None, layout
        ),
    )


def _mark(spot: Spot, x: float, axis: float) -> StripMark:
    reach = (27.5, 5.5) if spot.shade == "usual" else (32.5, 0.5)
    return StripMark(spot.shade, coordinate(x, 1), coordinate(axis - reach[0], 1), coordinate(axis - reach[1], 1))


def _scale_labels(of: Scale, layout: _Layout, inner: float) -> tuple[Label, ...]:
    last = len(of.ticks) - 1
    return tuple(
        Label(
            coordinate(layout.inset + tick.place * inner, 1),
            coordinate(layout.axis + 19.5, 1),
            "start" if place == 0 else "end" if place == last else "middle",
            tick.words,
        )
        for place, tick in enumerate(of.ticks)
    )


def _names(out: dict[Spot, float], london: float | None, layout: _Layout) -> tuple[Label, ...]:
    """The lowest and the highest of those that stand out, unless a name would touch London's line or the other name."""
    ordered = sorted(out, key=lambda spot: (spot.value, spot.name))
    ends = ordered[:1] + ordered[1:][-1:]
    clear = [spot for spot in ends if london is None or abs(out[spot] - london) > len(spot.name) * _LETTER / 2]
    if len(clear) == 2:
        gap = out[clear[1]] - out[clear[0]]
        if gap < (len(clear[0].name) + len(clear[1].name)) / 2 * _LETTER:
            clear = clear[1:]
    return tuple(_centred(spot.name, out[spot], layout.names, layout.width) for spot in clear)


def _centred(words: str, x: float, y: float, width: float) -> Label:
    """A label over its mark, or flush with the edge that it would cross."""
    half = len(words) * _LETTER / 2
    if x - half < 0:
        return Label("0", coordinate(y), "start", words)
    if x + half > width:
        return Label(coordinate(width), coordinate(y), "end", words)
    return Label(coordinate(x, 1), coordinate(y), "middle", words)
