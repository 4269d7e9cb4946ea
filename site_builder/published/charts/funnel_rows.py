"""The figures of a funnel as rows for each layer of its drawing: limits, points by shade, names that do not touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from site_builder.published.charts import funnel_curves as curves
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.geometry import Scale, Tick, scale, with_room
from site_builder.published.charts.trend_rows import Layout
from site_builder.published.pages_parts import DataTable
from site_builder.vocabulary.methods.funnels import OUT, Funnel, Transform
from site_builder.vocabulary.rounding import half_up_float

SHADES = ("usual", "edge", "out")
WIDE = Layout("wide", 760, 420, 52, 128, 24, 58, 6)
NARROW = Layout("narrow", 335, 360, 46, 14, 24, 58, 3)
_LETTER = 9.5  # width to keep free for a letter at 16 px, bold, in the readers' widest font
_LINE = 18.0  # height of a line of words
_HEADROOM = 0.08  # of the height, kept free above the highest point that is named


class FunnelPoint(NamedTuple):
    """A borough with both counts printed. ``size``: its denominator; ``value`` as printed; ``shade``: one of SHADES."""

    name: str
    size: int
    value: float
    shade: str


class Limits(NamedTuple):
    """What the curves are drawn from. ``centre``: numerator / denominator; ``funnel``: None where only limits of chance are
    drawn; ``multiplier`` and ``dp`` are those of the values."""

    centre: float
    transform: Transform
    funnel: Funnel | None
    multiplier: int
    dp: int


class FunnelWords(NamedTuple):
    """What the chart says besides its shape. ``across``: what is counted along the foot; ``london``: label of the centre."""

    title: str
    desc: str
    across: str
    london: str
    sentence: str
    table: DataTable
    caption: Caption


class Across(NamedTuple):
    """The scale along the foot."""

    start: float
    end: float
    ticks: tuple[Tick, ...]


def scales(points: Sequence[FunnelPoint], limits: Limits) -> tuple[Scale, Across]:
    """Up: from 0 over shown values and the outer limit of the borough of middle size, with room for a name. Along: from a tick at or below the
    smallest."""
    sizes = sorted(point.size for point in points)
    middle = sizes[len(sizes) // 2]
    if limits.funnel:
        reach = limits.funnel.limits(middle, OUT).upper
    else:
        reach = curves.chance_at(limits.centre, limits.transform, middle, OUT).upper
    down = scale([*(point.value for point in points), _height(reach, limits)])
    down = with_room(down, (point.value for point in points if point.shade == "out"), _HEADROOM)
    of = scale([float(sizes[-1])])
    start = max(tick.place for tick in of.ticks[:-1] if tick.place * of.top <= sizes[0])
    ticks = tuple(tick for tick in of.ticks if tick.place >= start)
    return down, Across(start * of.top, of.top, tuple(Tick(tick.place * of.top, tick.words) for tick in ticks))


def datasets(
    points: Sequence[FunnelPoint], limits: Limits, words: FunnelWords, layout: Layout
) -> dict[str, list[dict[str, Any]]]:
    """Rows for each layer. Points have ``y``, a printed value; limits have ``v``, which is no figure of a place."""
    down, across = scales(points, limits)
    smallest = min(point.size for point in points)
    along = curves.sizes(max(across.start, smallest / 2), across.end)
    centre = _height(limits.centre, limits)
    return {
        "grid": [{"y": tick.place * down.top, "words": tick.words} for tick in down.ticks],
        "foot": [{"x": tick.place, "words": tick.words} for tick in _thinned(across.ticks, layout)],
        "across": [{"words": words.across}],
        **_limits(limits, along),
        "london": [{"x": place, "v": centre, "run": 0} for place in (across.start, across.end)],
        **{shade: [{"x": p.size, "y": p.value} for p in points if p.shade == shade] for shade in SHADES},
        "names": list(_names(points, down, across, layout)),
        "london_label": _london(words.london, centre, across, layout),
    }


def _limits(limits: Limits, along: Sequence[float]) -> dict[str, list[dict[str, Any]]]:
    usual = curves.usual(limits.funnel, along) if limits.funnel else ()
    lines = curves.chance(limits.centre, limits.transform, along)
    return {
        "band": [
            {"x": _size(at.size), "v": _height(at.far.lower, limits), "v2": _height(at.far.upper, limits)}
            for at in usual
        ],
        "edges": [
            {"x": _size(at.size), "v": _height(end, limits), "run": run}
            for run in (0, 1)
            for at in usual
            for end in (at.near[run],)
        ],
        "chance": [
            {"x": _size(size), "v": _height(height, limits), "run": run}
            for run, line in enumerate(lines)
            for size, height in line
        ],
    }


def _height(share: float, limits: Limits) -> float:
    return float(half_up_float(share * limits.multiplier, limits.dp + 2))


def _size(size: float) -> float:
    return float(half_up_float(size, 1))


def _thinned(ticks: Sequence[Tick], layout: Layout) -> Sequence[Tick]:
    return ticks if len(ticks) <= layout.labels else ticks[:: -(-len(ticks) // layout.labels)]


def _london(words: str, centre: float, across: Across, layout: Layout) -> list[dict[str, Any]]:
    beside = layout is WIDE
    how = {"align": "left", "dx": 10, "dy": 5} if beside else {"align": "right", "dx": 0, "dy": -8}
    return [{"x": across.end, "v": centre, "words": words, **how}] if words else []


class _Box(NamedTuple):
    left: float
    right: float
    line: float

    def touches(self, other: _Box) -> bool:
        """Whether two lines of words would overlap."""
        return self.left < other.right and other.left < self.right and abs(self.line - other.line) < _LINE


def _names(points: Sequence[FunnelPoint], down: Scale, across: Across, layout: Layout) -> Iterator[dict[str, Any]]:
    """Names beyond the 99.8 % limits, each above or below its point; one that would cover another is left to the words."""
    width = layout.width - layout.left - layout.right
    height = layout.height - layout.top - layout.bottom
    taken: list[_Box] = []
    for point in sorted((p for p in points if p.shade == "out"), key=lambda p: (-p.value, p.name)):
        x = (point.size - across.start) / (across.end - across.start) * width
        y = (1 - down.place(point.value)) * height
        half = len(point.name) * _LETTER / 2
        align = "left" if x < half else "right" if x > layout.width - layout.left - half else "center"
        left = {"left": x, "right": x - 2 * half, "center": x - half}[align]
        for dy in (-12, 24):
            box = _Box(left, left + 2 * half, y + dy)
            if not any(box.touches(other) for other in taken):
                taken.append(box)
                yield {"x": point.size, "y": point.value, "words": point.name, "align": align, "dx": 0, "dy": dy}
                break
