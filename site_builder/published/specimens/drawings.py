"""Macros that draw."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from site_builder.published import figures, journey, journey_words
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_journey as pj
from site_builder.published import pages_parts as pp
from site_builder.published import pages_predicted as pd
from site_builder.published.charts import geometry
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.lines import Step, line_drawings
from site_builder.published.charts.multiples import Series, grid
from site_builder.published.charts.steps import steps_chart
from site_builder.published.charts.strip import Spot, strip
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.published.specimens.values import AT_HAND, KEY, TABLE, TOOLS, Specimen, one
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld


def drawings(area: Area) -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    of = geometry.scale([50.0])
    spots = [Spot(HERE.an_area_head, 41.7, "usual"), Spot("Another", 12.0, "out"), Spot("A third", 30.0, "edge")]
    wide, narrow = strip(spots, of, (40.0, f"{HERE.name} 40.0"), (38.0, 42.0))
    line = pp.Strip("On one line", f"Three {HERE.areas}", "Values 12.0 to 41.7.", "Half lie within.", wide, narrow)
    trend = _line()
    spine = geometry.spine(41.7, 40.0, (38.0, 42.0), neighbours=39.0, interval=(40.0, 43.0))
    return {
        ("spine", "spine"): one(spine),
        ("sparkline", "sparkline"): one(geometry.sparkline([45.0, None, 43.0, 41.7], "From 45.0 to 41.7")),
        ("strip", "strip"): one(line),
        ("tilemap", "tilemap"): one(_tiles()),
        ("strip", "drawing"): one(line, wide, "one", "ps"),
        ("tilemap", "squares"): one(_tiles(), inside="div"),
        ("linechart", "linechart"): one(trend),
        ("linechart", "drawing"): one(trend, trend.narrow, "one", "pt"),
        ("multiples", "smalltrends"): one(_small(area)),
        ("journey", "journeyblock"): one(_journey(area)),
        ("figure", "figure"): one(figure(), "pf"),
        ("rangetable", "dotplot"): one(_dots(), "pd"),
    }


def _tiles() -> pp.TileMap:
    slugs = ("barnet", "bexley", "brent", "bromley", "camden", "croydon", "ealing", "enfield")
    looks = (
        ("usual", "41.7"),
        ("edge", "41.7"),
        ("out", "41.7"),
        ("c", "[c]"),
        ("x", "[x]"),
        ("z", "[z]"),
        ("plain", ""),
        ("usual", "0"),
    )
    facts = [
        TileFact(
            slug,
            (place, 0),
            AT_HAND,
            f"{slug.capitalize()}",
            words,
            shade,
            shade,
            "up" if shade in ("edge", "out") else "",
        )
        for place, (slug, (shade, words)) in enumerate(zip(slugs, looks, strict=True))
    ]
    return tile_map(f"Find {HERE.an_area}", "Squares in every state", "Each square is a state.", facts)


def _line() -> pp.LineChart:
    steps = [
        Step("2001", 40.0, 42.0), Step("2002", 41.0, 42.0, break_words="Definition changed", dashed=True), Step("2003", None, 41.0),
        Step("2004", 43.0, 41.0), Step("2005", 41.7, 40.0, hollow=True, flagged=True),
    ]  # fmt: skip
    drawn = line_drawings(steps, f"{HERE.an_area_head} 41.7", f"{HERE.name} 40.0")
    assert drawn is not None
    return pp.LineChart(
        "A trend", "From 40.0 in 2001 to 41.7 in 2005.", *drawn, notes=("2003 is hidden.",), table=TABLE
    )


def _small(area: Area) -> pi.MultiplesBlock:
    drawn = grid(
        [Series(area.slug, area.name, AT_HAND, area.tile or (0, 0), (40.0, None, 41.0, 41.7))], [40.0] * 4, frozenset()
    )
    assert drawn is not None
    return pi.MultiplesBlock("Small trends", "One scale.", f"A line of one {HERE.area}.", drawn, ("A note.",), TOOLS)


def _journey(area: Area) -> pj.JourneyBlock:
    wording = figures.Wording()
    counts = [
        figures.printed("120"),
        figures.printed("0"),
        *(figures.withheld(one, wording) for one in Withheld),
    ]
    stages = tuple(journey.Stage(step, count, None, None) for step, count in zip(journey.STEPS, counts, strict=False))
    of = journey.Journey(area, Period.parse("2001-02"), stages, ())
    drawn = steps_chart(of, "Steps in every state", journey_words.described(of))
    return pj.JourneyBlock(
        "Steps",
        "Counts in one year.",
        drawn,
        ("A sentence.",),
        (),
        TABLE,
        TABLE,
        TOOLS,
        ("A question?",),
        "How to cite.",
    )


def figure() -> pi.ChartBlock:
    drawn = Markup(
        '<svg class="chart {}" viewBox="0 0 {} 40" role="img" aria-label="An axis"><path class="ax" d="M0 20H{}"/></svg>'
    )
    wide, narrow = (drawn.format(kind, size, size) for kind, size in (("wide", 760), ("narrow", 335)))
    chart = Chart(wide, narrow, "What it shows.", TABLE, b"{}", b"<svg/>")
    return pi.ChartBlock("A figure", "Rate, 2001", chart, ("A note.",), TOOLS, "Show as a table", KEY[:5])


def _dots() -> pd.DotPlot:
    heights = (pp.Label("0", "20", "start", "50"), pp.Label("0", "190", "start", "0"))
    return pd.DotPlot(
        "Dots",
        "Three authorities.",
        "M0 60H320V120H0z",
        "M0 90H320",
        "M0 60H320",
        "M40 100h.01M160 80h.01",
        "M280 30h.01",
        heights,
        "Low",
        "High",
    )
