"""The invented funnel, small trends and ranks of the sample page."""

from __future__ import annotations

from functools import cache

from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.funnel import FunnelPoint, FunnelWords, Limits, funnel
from site_builder.published.charts.multiples import Series, grid
from site_builder.published.tokens import read_tokens
from site_builder.vocabulary.methods.funnels import Funnel, Transform
from tests.browser.samples.figures import AREAS, ROOT, SPREAD, TAG, TOOLS, shown

LIGHT = read_tokens((ROOT / "templates/assets/site.css").read_text(encoding="utf-8")).light

LIMITS = Limits(0.00421, Transform.SQUARE_ROOT, Funnel(Transform.SQUARE_ROOT, 0.00421, 4.5, 0.013, 30), 10_000, 1)

POINTS = tuple(
    FunnelPoint(area.name, 38_000 + 1900 * place, SPREAD.rate[area.slug], pp.VARIATIONS[SPREAD.code[area.slug]].shade)
    for place, area in enumerate(AREAS.boroughs)
    if area.slug in SPREAD.rate
)


@cache
def unusual() -> pi.ChartBlock:
    """The funnel of 30 boroughs."""
    table = pp.DataTable(
        f"{TAG}: limits at the size of each borough",
        ("Borough", "Rate", "Children", "95% limits, usual variation", "99.8% limits, usual variation", "Variation"),
        tuple((p.name, shown(p.value), f"{p.size:,}", "27.1 to 60.3", "20.4 to 71.5", "Usual") for p in POINTS),
    )
    words = FunnelWords(
        f"{TAG}: rate of each borough by its size, with the limits of usual variation",
        "Croydon and Sutton lie beyond the 99.8% limits. All values are in the table that follows.",
        "Children aged 0 to 17", "London 42.1", "Boroughs differ for many ordinary reasons.", table,
        Caption("Children subject of a child protection plan (SG08)", "Rate per 10,000 children", "Release 2024-25-Q4", invented=True),
    )  # fmt: skip
    return pi.ChartBlock(
        "Most differences from London are no more than usual",
        "Rate per 10,000 children, by number of children, at 31 March 2025",
        funnel(POINTS, LIMITS, words, uid="unusual", light=LIGHT, cache=None),
        ("Not drawn: City of London (hidden to protect children).",),
        TOOLS,
        "Show this chart as a table",
        (
            pp.KeyItem("band", "Usual variation, 99.8%"), pp.KeyItem("chance", "Limits of chance alone"),
            pp.KeyItem("dashes", "Usual variation, 95%"), pp.KeyItem("london", "London"),
            pp.KeyItem("circle", "Usual variation"), pp.KeyItem("diamond", "Towards the edge"),
            pp.KeyItem("square", "Stands out"),
        ),
    )  # fmt: skip


def multiples() -> pi.MultiplesBlock:
    """Small trends of all boroughs."""
    series = []
    for area in AREAS.boroughs:
        assert area.tile is not None
        end = SPREAD.rate.get(area.slug)
        values = (None,) * 11 if end is None else tuple(end + step % 4 if step != 5 else None for step in range(11))
        series.append(Series(area.slug, area.name, f"../boroughs/{area.slug}/sg08.html", area.tile, values))
    drawn = grid(series, [40.0 + step / 4 for step in range(11)], frozenset())
    assert drawn is not None
    return pi.MultiplesBlock(
        "The rate is increasing in three boroughs", "Every square has the same scale.", "Lines of the boroughs.", drawn,
        ("Lines stop where a figure is hidden or missing.",), TOOLS,
    )  # fmt: skip


def ranks() -> pi.RankBlock:
    """Ranks with their range."""
    rows = tuple((point.name, "similar", "between 4th and 19th", "B") for point in POINTS)
    columns = ("Borough", "Against London", "Rank, of 30 shown", "Band")
    table = pp.DataTable(f"{TAG}: how little the order tells", columns, rows)
    return pi.RankBlock("Show how far the order can be trusted", ("A up to 12.34.",), table)
