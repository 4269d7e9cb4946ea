"""The figures of a trend as rows for each layer of its drawing: runs between gaps, pieces across changes, labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from site_builder.published.charts.caption import Caption
from site_builder.published.charts.geometry import Scale
from site_builder.published.charts.lines import spread
from site_builder.published.pages_parts import DataTable

_APART = 22.0  # pixels between two labels
_LETTER = 7.5  # pixels, of the labels of a chart


class TrendPoint(NamedTuple):
    """One period. ``label``: in words, short. Values are shown values or None (hidden, missing: a gap).

    ``low`` and ``high``: quartiles of boroughs. ``break_words``: what changed at the start of this period, or empty;
    ``comparability`` with the period before: ``full``, ``partial`` (the line is dashed across) or ``none`` (it stops).
    """

    label: str
    london: float | None
    england: float | None = None
    low: float | None = None
    high: float | None = None
    provisional: bool = False
    break_words: str = ""
    comparability: str = "full"


class TrendWords(NamedTuple):
    """What the chart says besides its shape: alternative text, labels with their values, sentence, table, caption of its files."""

    title: str
    desc: str
    london: str
    england: str
    band: str
    sentence: str
    table: DataTable
    caption: Caption


class Layout(NamedTuple):
    """One width of the drawing, in pixels. ``labels``: at most so many along the foot."""

    kind: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    labels: int


WIDE = Layout("wide", 760, 360, 52, 140, 34, 30, 5)

NARROW = Layout("narrow", 335, 320, 46, 12, 58, 30, 3)


def datasets(
    points: Sequence[TrendPoint], words: TrendWords, of: Scale, layout: Layout
) -> dict[str, list[dict[str, Any]]]:
    """Rows for each layer. A line is cut into runs at gaps and at changes that cannot be compared across."""
    london = [point.london for point in points]
    england = [point.england for point in points]
    stops = {place for place, point in enumerate(points) if point.comparability != "full"}
    dashed = {place for place, point in enumerate(points) if point.comparability == "partial"}
    labels = _end_labels(points, words, of, layout)
    return {
        "grid": [{"y": tick.place * of.top, "words": tick.words} for tick in of.ticks],
        "foot": _foot(points, layout),
        "band": _band(points, stops),
        "breaks": _breaks(points),
        "england": _runs(england, stops - dashed),
        "london": _runs(london, stops),
        "across": _across(london, dashed),
        "england_dots": _last(england) + _lonely(england, stops - dashed),
        "london_dots": _last(london) + _lonely(london, stops),
        "provisional": [
            {"x": place, "y": point.london}
            for place, point in enumerate(points)
            if point.provisional and point.london is not None
        ],
        **labels,
    }


def _foot(points: Sequence[TrendPoint], layout: Layout) -> list[dict[str, Any]]:
    last = len(points) - 1
    return [
        {
            "x": place,
            "words": points[place].label,
            "align": "left" if place == 0 else "right" if place == last and layout is NARROW else "center",
        }
        for place in spread(len(points), layout.labels)
    ]


def _runs(values: Sequence[float | None], stops: set[int]) -> list[dict[str, Any]]:
    rows, run = [], 0
    for place, value in enumerate(values):
        run += value is None or place in stops
        if value is not None:
            rows.append({"x": place, "y": value, "run": run})
    return rows


def _band(points: Sequence[TrendPoint], stops: set[int]) -> list[dict[str, Any]]:
    rows, run = [], 0
    for place, point in enumerate(points):
        held = point.low is not None and point.high is not None
        run += not held or place in stops
        if held:
            rows.append({"x": place, "y": point.low, "y2": point.high, "run": run})
    return rows


def _across(values: Sequence[float | None], dashed: set[int]) -> list[dict[str, Any]]:
    """The dashed pieces that join two periods across a change of definition."""
    rows = []
    for place in sorted(dashed - {0}):
        before, after = values[place - 1], values[place]
        if before is not None and after is not None:
            rows += [{"x": place - 1, "y": before, "run": place}, {"x": place, "y": after, "run": place}]
    return rows


def _last(values: Sequence[float | None]) -> list[dict[str, Any]]:
    shown = [(place, value) for place, value in enumerate(values) if value is not None]
    return [{"x": shown[-1][0], "y": shown[-1][1]}] if shown else []


def _lonely(values: Sequence[float | None], stops: set[int]) -> list[dict[str, Any]]:
    """Figures with no neighbour to be joined to: a point keeps them in sight."""
    rows = _runs(values, stops)
    sizes: dict[int, int] = {}
    for row in rows:
        sizes[row["run"]] = sizes.get(row["run"], 0) + 1
    last = _last(values)
    return [place for row in rows if sizes[row["run"]] == 1 and (place := {"x": row["x"], "y": row["y"]}) not in last]


def _breaks(points: Sequence[TrendPoint]) -> list[dict[str, Any]]:
    last = len(points) - 1
    return [
        {
            "x": place - 0.5,
            "words": point.break_words,
            "align": "left" if place * 4 < last else "right" if place * 4 > 3 * last else "center",
        }
        for place, point in enumerate(points)
        if point.break_words and place
    ]


def _end_labels(
    points: Sequence[TrendPoint], words: TrendWords, of: Scale, layout: Layout
) -> dict[str, list[dict[str, Any]]]:
    """Names at the ends of the lines (wide) or above and below them (narrow), apart from each other."""
    per_unit = (layout.height - layout.top - layout.bottom) / of.top
    ends = {"london": points[-1].london, "england": points[-1].england}
    beside = layout is WIDE
    lower = "london" if (ends["london"] or 0) <= (ends["england"] or 0) else "england"
    gap = abs((ends["london"] or 0) - (ends["england"] or 0)) * per_unit
    push = max(0.0, (_APART - gap) / 2) if None not in ends.values() else 0.0
    found: dict[str, list[dict[str, Any]]] = {}
    for name, value in ends.items():
        sign = 1 if name == lower else -1
        dy = 5 + sign * push if beside else (26 if sign > 0 else -16)
        text = words.london if name == "london" else words.england
        row = {"x": len(points) - 1, "y": value, "words": text, "dx": 14 if beside else 0, "dy": dy}
        found[f"{name}_label"] = [{**row, "align": "left" if beside else "right"}] if value is not None and text else []
    found["band_label"] = _band_label(points, words, of, layout)
    return found


def _band_label(points: Sequence[TrendPoint], words: TrendWords, of: Scale, layout: Layout) -> list[dict[str, Any]]:
    """The band's name at its beginning: below it, else above it, else below everything, where no line runs through."""
    first = next(
        (place for place, point in enumerate(points) if point.low is not None and point.high is not None), None
    )
    if first is None or not words.band:
        return []
    per_unit = (layout.height - layout.top - layout.bottom) / of.top
    step = (layout.width - layout.left - layout.right) / max(len(points) - 1, 1)
    beside = points[first : first + 2 + int(len(words.band) * _LETTER / step)]
    lines = [[p.london for p in beside], [p.england for p in beside]]
    low, high = points[first].low or 0.0, points[first].high or 0.0
    least = min(value for p in beside for value in (p.low, p.london, p.england) if value is not None)
    places = ((low, 20), (high, -10), (least, 20))
    free = (one for one in places if not any(_runs_through(line, one, per_unit) for line in lines))
    y, dy = next(free, places[0])
    return [{"x": first, "y": y, "words": words.band, "align": "left", "dx": 6, "dy": dy}]


def _runs_through(line: Sequence[float | None], place: tuple[float, int], per_unit: float) -> bool:
    """Whether a line passes through the words that stand so many pixels below a value, between any two of its points."""
    base = place[0] * per_unit - place[1]
    heights = [value * per_unit for value in line if value is not None]
    return any(min(pair) < base + 18 and max(pair) > base - 6 for pair in pairwise(heights))
