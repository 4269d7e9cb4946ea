"""Charts that stand alone, and pages at old addresses."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from site_builder.published import pages as p
from site_builder.published import pages_parts as pp
from site_builder.published.compose.embed import code
from tests.browser.samples.figures import TAG, frame
from tests.browser.samples.indicator import indicator


def embeds() -> Mapping[str, p.EmbedPage]:
    """A chart of each kind, by path."""
    page = indicator()
    assert page.trend is not None
    assert page.boroughs.strip is not None
    trend = _embed("trend", page, page.trend.chart.table)
    return {
        "embed/sg08/trend.html": dataclasses.replace(trend, chart=page.trend.chart),
        "embed/sg08/spread.html": dataclasses.replace(
            _embed("spread", page, page.trend.chart.table), strip=page.boroughs.strip
        ),
    }


def _embed(view: str, page: p.IndicatorPage, table: pp.DataTable) -> p.EmbedPage:
    path = f"embed/sg08/{view}.html"
    title = f"Children on a child protection plan (SG08): {view}"
    own = frame(path, title, "indicators")
    return p.EmbedPage(
        frame=dataclasses.replace(own, canonical="https://example.org/indicators/sg08.html", tag=TAG),
        kicker="Children on a child protection plan (SG08)",
        heading="London’s rate is decreasing: 45.9 in 2021, 42.1 in 2025",
        sub="Rate per 10,000 children at 31 March each year",
        chart=None,
        strip=None,
        squares=None,
        key=(),
        notes=("A high or low rate is not a judgement.",),
        summary="Show this chart as a table",
        table=table,
        source="Release 2024-25-Q4",
        licence="Free to reuse under the Open Government Licence v3.0.",
        whole=pp.Link("The whole page", "../../indicators/sg08.html"),
        codes=(pp.Row("It always shows the latest figures:", code(f"https://example.org/{path}", title, 800)),),
    )


def gone() -> p.MovedPage:
    """A page at an old address that leads nowhere."""
    return _old(
        "about/gone.html",
        "This page is gone",
        "“Newsletter” stood here until 31 January 2026. Nobody writes one any more.",
        "",
    )


def moved() -> p.MovedPage:
    """A page at an old address that leads on as soon as it is opened, so it stands in no test of every page."""
    return _old(
        "about/old.html",
        "This page has moved",
        "“Methods” stood here until 31 January 2026. It has a folder of its own now.",
        "methods/index.html",
    )


def _old(path: str, heading: str, lead: str, target: str) -> p.MovedPage:
    onward = (pp.Link("Indicators", "../indicators/index.html"),)
    there = (pp.Link("Methods", target),) if target else ()
    return p.MovedPage(frame(path, heading, illustrative=False), heading, lead, target, (*there, *onward))
