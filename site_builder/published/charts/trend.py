"""The trend of London: its line, England's dashed, the middle half of boroughs shaded, changes of definition, gaps.

The specification is built and validated by Altair once for each width; figures are swapped into it afterwards. Places
along the foot are whole numbers (0 is the first period), so that one scale serves years, quarters and days.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt

from site_builder.published.charts.chart import Chart
from site_builder.published.charts.draw import two_widths, with_domains
from site_builder.published.charts.geometry import scale
from site_builder.published.charts.theme import colour, config
from site_builder.published.charts.trend_rows import NARROW, WIDE, Layout, TrendPoint, TrendWords, datasets

__all__ = ["NARROW", "WIDE", "Layout", "TrendPoint", "TrendWords", "fill", "spec", "trend"]

_LAYOUTS = (WIDE, NARROW)


def trend(
    points: Sequence[TrendPoint], words: TrendWords, *, uid: str, light: Mapping[str, str], cache: Path | None
) -> Chart | None:
    """The chart of London's trend. None with fewer than two shown values of London.

    ``uid``: prefix of ids, unique on the page. ``light``: colours by token for files. ``cache``: folder of drawings.
    """
    if sum(point.london is not None for point in points) < 2:
        return None
    wide, narrow = (fill(spec(layout), points, words, layout) for layout in _LAYOUTS)
    return two_widths(wide, narrow, words, uid=uid, light=light, cache=cache)


@functools.cache
def spec(layout: Layout) -> dict[str, Any]:
    """The specification of one width, without figures, validated against the schema of Vega-Lite."""
    across, down = layout.width - layout.left - layout.right, layout.height - layout.top - layout.bottom
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1], nice=False, zero=True), axis=None)

    def layer(name: str) -> alt.Chart:
        made: alt.Chart = alt.Chart(alt.NamedData(name=name))
        return made

    def line(name: str, token: str, width: float, dash: Sequence[float] | None = None) -> alt.Chart:
        mark = layer(name).mark_line(
            color=colour(token), strokeWidth=width, strokeDash=list(dash) if dash else alt.Undefined
        )
        made: alt.Chart = mark.encode(x=x, y=y, detail="run:N", order="x:Q")
        return made

    def text(name: str, token: str, **mark: Any) -> alt.Chart:
        made: alt.Chart = layer(name).mark_text(color=colour(token), baseline="alphabetic", **mark)
        return made

    moved: dict[str, Any] = {
        "align": alt.ExprRef("datum.align"), "dx": alt.ExprRef("datum.dx"), "dy": alt.ExprRef("datum.dy"),
    }  # fmt: skip
    layers = [
        layer("grid").mark_rule(color=colour("grid")).encode(y=y),
        text("grid", "ink-2", align="right", dx=-8, dy=5).encode(x=alt.value(0), y=y, text="words:N"),
        text("foot", "ink-2", align=alt.ExprRef("datum.align")).encode(x=x, y=alt.value(down + 22), text="words:N"),
        layer("band").mark_area(color=colour("band"), opacity=1).encode(x=x, y=y, y2="y2:Q", detail="run:N"),
        layer("breaks").mark_rule(color=colour("ink-2"), strokeDash=[2, 4]).encode(x=x),
        text("breaks", "ink-2", align=alt.ExprRef("datum.align")).encode(x=x, y=alt.value(-10), text="words:N"),
        line("england", "ink", 2, (7, 4)),
        line("london", "london", 3.5),
        line("across", "london", 3.5, (2, 4)),
        _dots(layer("england_dots"), "ink", 85).encode(x=x, y=y),
        _dots(layer("london_dots"), "london", 130).encode(x=x, y=y),
        _hollow(layer("provisional")).encode(x=x, y=y),
        text("england_label", "ink", **moved).encode(x=x, y=y, text="words:N"),
        text("london_label", "london", fontWeight="bold", **moved).encode(x=x, y=y, text="words:N"),
        text("band_label", "ink-2", **moved).encode(x=x, y=y, text="words:N"),
    ]
    chart = alt.layer(*layers, autosize=alt.AutoSizeParams(type="none"), width=across, height=down)
    chart = chart.properties(
        padding={"left": layout.left, "right": layout.right, "top": layout.top, "bottom": layout.bottom}
    )
    made: dict[str, Any] = chart.to_dict(validate=True)
    made["config"] = config()
    return made


def _dots(chart: alt.Chart, token: str, size: int) -> alt.Chart:
    made: alt.Chart = chart.mark_point(
        filled=True, fill=colour(token), stroke=colour("halo"), strokeWidth=2, size=size, opacity=1
    )
    return made


def _hollow(chart: alt.Chart) -> alt.Chart:
    made: alt.Chart = chart.mark_point(
        filled=False, fill=colour("paper"), stroke=colour("london"), strokeWidth=2, size=90, opacity=1
    )
    return made


def fill(empty: Mapping[str, Any], points: Sequence[TrendPoint], words: TrendWords, layout: Layout) -> dict[str, Any]:
    """The specification with figures: data sets and the two domains; everything else is shared, nothing is changed."""
    of = scale(value for point in points for value in _values(point))
    domains: dict[str, list[float]] = {"x": [0, len(points) - 1], "y": [0, of.top]}
    return {
        **empty,
        "layer": with_domains(empty["layer"], domains),
        "datasets": datasets(points, words, of, layout),
    }


def _values(point: TrendPoint) -> Iterable[float]:
    return (value for value in (point.london, point.england, point.low, point.high) if value is not None)
