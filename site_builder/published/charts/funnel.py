"""The funnel: each borough by its size, between the limits of chance and those of the usual variation.

As for the trend, Altair builds and checks the specification once for each width, and figures are swapped in. Both
scales come from shown figures alone.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt

from site_builder.published.charts.chart import Chart
from site_builder.published.charts.draw import two_widths, with_domains
from site_builder.published.charts.funnel_rows import (
    NARROW,
    SHADES,
    WIDE,
    FunnelPoint,
    FunnelWords,
    Limits,
    datasets,
    scales,
)
from site_builder.published.charts.theme import colour, config
from site_builder.published.charts.trend_rows import Layout

__all__ = ["NARROW", "WIDE", "FunnelPoint", "FunnelWords", "Limits", "fill", "funnel", "spec"]

_SHAPES = {"usual": ("circle", 70), "edge": ("diamond", 120), "out": ("square", 130)}


def funnel(
    points: Sequence[FunnelPoint],
    limits: Limits,
    words: FunnelWords,
    *,
    uid: str,
    light: Mapping[str, str],
    cache: Path | None,
) -> Chart:
    """The chart of one period. ``uid``: prefix of ids, unique on the page; ``light``: colours by token for files."""
    wide, narrow = (fill(spec(layout), points, limits, words, layout) for layout in (WIDE, NARROW))
    return two_widths(wide, narrow, words, uid=uid, light=light, cache=cache)


@functools.cache
def spec(layout: Layout) -> dict[str, Any]:
    """The specification of one width, without figures, validated against the schema of Vega-Lite."""
    across, down = layout.width - layout.left - layout.right, layout.height - layout.top - layout.bottom
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=True), axis=None)
    v = alt.Y("v:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=True), axis=None)

    def layer(name: str) -> alt.Chart:
        made: alt.Chart = alt.Chart(alt.NamedData(name=name))
        return made

    def line(name: str, token: str, width: float, dash: Sequence[float] | None = None) -> alt.Chart:
        mark = layer(name).mark_line(
            color=colour(token), strokeWidth=width, strokeDash=list(dash) if dash else alt.Undefined, clip=True
        )
        made: alt.Chart = mark.encode(x=x, y=v, detail="run:N", order="x:Q")
        return made

    def text(name: str, token: str, **mark: Any) -> alt.Chart:
        made: alt.Chart = layer(name).mark_text(color=colour(token), baseline="alphabetic", **mark)
        return made

    def points(shade: str) -> alt.Chart:
        shape, size = _SHAPES[shade]
        mark = layer(shade).mark_point(
            filled=True, shape=shape, size=size, fill=colour(shade), stroke=colour("halo"), strokeWidth=1, opacity=1
        )
        made: alt.Chart = mark.encode(x=x, y=y)
        return made

    moved: dict[str, Any] = {
        "align": alt.ExprRef("datum.align"), "dx": alt.ExprRef("datum.dx"), "dy": alt.ExprRef("datum.dy"),
    }  # fmt: skip
    layers = [
        layer("band").mark_area(color=colour("band"), opacity=1, clip=True).encode(x=x, y=v, y2="v2:Q"),
        layer("grid").mark_rule(color=colour("grid")).encode(y=y),
        text("grid", "ink-2", align="right", dx=-8, dy=5).encode(x=alt.value(0), y=y, text="words:N"),
        text("foot", "ink-2").encode(x=x, y=alt.value(down + 22), text="words:N"),
        text("across", "ink-2").encode(x=alt.value(across / 2), y=alt.value(down + 46), text="words:N"),
        line("chance", "rule-2", 1),
        line("edges", "ink-2", 1.5, (6, 4)),
        line("london", "london", 2.5),
        *(points(shade) for shade in SHADES),
        text("names", "ink", fontWeight="bold", **moved).encode(x=x, y=y, text="words:N"),
        text("london_label", "london", fontWeight="bold", **moved).encode(x=x, y=v, text="words:N"),
    ]
    chart = alt.layer(*layers, autosize=alt.AutoSizeParams(type="none"), width=across, height=down)
    chart = chart.properties(
        padding={"left": layout.left, "right": layout.right, "top": layout.top, "bottom": layout.bottom}
    )
    made: dict[str, Any] = chart.to_dict(validate=True)
    made["config"] = config()
    return made


def fill(
    empty: Mapping[str, Any], points: Sequence[FunnelPoint], limits: Limits, words: FunnelWords, layout: Layout
) -> dict[str, Any]:
    """The specification with figures: data sets and the two domains; everything else is shared, nothing is changed."""
    down, across = scales(points, limits)
    domains = {"x": [across.start, across.end], "y": [0, down.top]}
    return {
        **empty,
        "layer": with_domains(empty["layer"], domains),
        "datasets": datasets(points, limits, words, layout),
    }
