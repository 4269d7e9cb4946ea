"""Sample pages of indicators."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from site_builder.published import pages as p
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.strip import Spot, strip
from site_builder.published.charts.trend import TrendPoint, TrendWords, trend
from site_builder.published.tokens import read_tokens
from tests.browser.samples.figures import (
    ABOUT,
    AREAS,
    FACTS,
    KEY,
    PROSE,
    QUESTIONS,
    ROOT,
    SCALE,
    SPREAD,
    TAG,
    TOOLS,
    TWIN,
    finder,
    frame,
    shown,
    table,
)
from tests.browser.samples.unusual import multiples, unusual

CSS = (ROOT / "templates/assets/site.css").read_text(encoding="utf-8")

LONDON = (37.2, 38.4, 39.6, 43.1, 44.3, 45.2, 45.9, 45.6, 44.8, 43.9, 42.1)

ENGLAND = (42.9, 43.1, 43.3, 45.3, 44.7, 44.6, 44.2, 44.5, 44.9, 44.6, 43.9)

POINTS = tuple(
    TrendPoint(
        str(2015 + k),
        lon,
        eng,
        lon - 7,
        lon + 6,
        break_words="Definition changed, 2018" if k == 3 else "",
        comparability="partial" if k == 3 else "full",
    )
    for k, (lon, eng) in enumerate(zip(LONDON, ENGLAND, strict=True))
)


@cache
def chart() -> Chart:
    """The invented trend of London."""
    data = pp.DataTable(
        f"{TAG}: rate per 10,000 children by year",
        ("At 31 March", "London", "England", "Lower quartile", "Upper quartile"),
        tuple(
            (
                point.label,
                shown(point.london or 0),
                shown(point.england or 0),
                shown(point.low or 0),
                shown(point.high or 0),
            )
            for point in POINTS
        ),
    )
    words = TrendWords(
        "London rate compared with England and the middle half of boroughs, 2015 to 2025",
        "London was 37.2 in 2015, 45.9 in 2021 and 42.1 in 2025. England was 43.9 in 2025. All values are in the table that follows.",
        "London 42.1", "England 43.9", "Middle half of boroughs", "The last five years show a clear decrease. England’s rate, 43.9, was higher than London’s in 2025.", data,
        Caption("Children subject of a child protection plan (SG08)", "Rate per 10,000 children, each year", "Release 2024-25-Q4", invented=True),
    )  # fmt: skip
    made = trend(POINTS, words, uid="trend", light=read_tokens(CSS).light, cache=None)
    assert made is not None
    return made


@cache
def indicator() -> p.IndicatorPage:
    """A full page of an indicator."""
    spots = [
        Spot(area.name, SPREAD.rate[area.slug], pp.VARIATIONS[SPREAD.code[area.slug]].shade)
        for area in AREAS.boroughs
        if area.slug in SPREAD.rate
    ]
    wide, narrow = strip(spots, SCALE, (42.1, "London 42.1"), (37.9, 45.9))
    block = pi.BoroughsBlock(
        heading="One borough stands out as higher and one as lower",
        sub="Two more are towards the edge. The other 26 of the 28 boroughs compared are within the usual variation between boroughs.",
        callout=(
            "A high or low rate is not a judgement.",
            "It can reflect need, thresholds, or how quickly plans end. Use it to decide what to ask next.",
        ),
        strip=pp.Strip(
            "All boroughs on one line",
            "How the boroughs are spread around London",
            "Half lie between 37.9 and 45.9. Values are in the table that follows.",
            "Each line is one borough; the shaded half of boroughs lies between 37.9 and 45.9. Not drawn: City of London and Richmond upon Thames (hidden to protect children), Southwark (no return received).",
            wide,
            narrow,
        ),
        finder=finder("#", values=True),
        key=KEY,
        orders=(pp.Choice("A to Z", ""), pp.Choice("By rate", "sg08-by-rate.html#boroughs")),
        more="Show intervals and numbers of children",
        table=table(),
        notes=("† Based on fewer than 50.",),
        tools=TOOLS,
    )
    figure = pi.ChartBlock(
        "London’s rate is decreasing: 45.9 in 2021, 42.1 in 2025",
        "Rate per 10,000 children at 31 March each year",
        chart(),
        ("The dotted line marks a change of definition in April 2018. Compare across it with care.",),
        TOOLS,
        "Show this chart as a table",
    )
    return p.IndicatorPage(
        frame=frame(
            "indicators/sg08.html",
            "Children on a child protection plan",
            "indicators",
            crumbs=("Indicators", "Safe from abuse and neglect"),
        ),
        kicker="Indicator SG08",
        heading="Children on a child protection plan",
        measure="Rate per 10,000 children aged 0 to 17, at 31 March 2025",
        lead="About 42 in every 10,000 children in London had a child protection plan. London’s rate has been decreasing over the last five years and is below England’s.",
        facts=FACTS,
        local=tuple(
            pp.Link(label, href)
            for label, href in (
                ("Boroughs", "#boroughs"),
                ("Trend", "#trend"),
                ("About", "#about"),
                ("Get the data", "#data"),
            )
        ),
        boroughs=block,
        ranks=None,
        trend=figure,
        prediction=pi.PredictionNote(
            "Given deprivation alone, one borough is higher than expected",
            "Higher than what deprivation alone would lead one to expect: Camden.",
            pp.Link("Actual and predicted", "../predicted.html#sg08"),
        ),
        funnel=unusual(),
        groups="No figures by group are held for this indicator, so none are shown.",
        multiples=multiples(),
        twin=TWIN,
        about=ABOUT,
        prose=PROSE,
        questions=QUESTIONS,
        data=pp.DataBlock(
            "Free to reuse under the Open Government Licence v3.0",
            (
                pp.File("This table, CSV", "t.csv", "6 KB"),
                pp.File("The whole release with its data package", "all.zip", "1.2 MB"),
            ),
            "London Safeguarding Benchmarks, “Children on a child protection plan” (SG08), release 2024-25-Q4, published 17 July 2025.",
        ),
    )


def indicator_without_figures() -> p.IndicatorWithoutFiguresPage:
    """An indicator that waits for its first return."""
    return p.IndicatorWithoutFiguresPage(
        frame("indicators/sg19.html", "Knife crime victims", "indicators", illustrative=False, crumbs=("Indicators",)),
        "Indicator SG19", "Victims of knife crime", "Rate per 10,000 young people", "Young people hurt by a knife.", "No returns yet.", "The figures come from the police, who have not been asked yet.", TWIN, ABOUT, PROSE, QUESTIONS,
    )  # fmt: skip


def theme_table() -> pi.ThemeTable:
    """A theme's indicators: one compared, one that is a count, and one hidden."""
    spark = pp.Sparkline("M4 20L40 12L76 4", "76", "4", "From 36.1 in 2023 to 41.7 in 2025.")
    spread = pp.SmallSpread("M30 5H60V19H30z", "M45 2V22", "32 boroughs, from 23.0 to 57.2")
    href = "../indicators/sg08.html"
    row = pi.ThemeRow(
        "SG08", "Children on a child protection plan", href, pp.Value("reported", "41.7", "p"), "per 10,000",
        "31 Mar 2025", spark, spread, "1 lower", "2 higher",
    )  # fmt: skip
    count = row._replace(code="P2a", title="Children who went missing", unit="", spread=None, lower="", higher="")
    hidden = count._replace(code="SG35", title="Families in temporary accommodation", london=pp.HIDDEN, spark=None)
    came = Markup('Illustrative: of 99 figures, 98 were returned. <a href="../coverage.html">Whose figures came</a>')
    heading = "Figures from borough returns"
    return pi.ThemeTable("returns", heading, "Illustrative", f"Illustrative. {heading}", (row, count, hidden), came)


def lines() -> tuple[pi.IndicatorGroup, ...]:
    """Indicators in two groups, with and without a figure."""
    return (
        pi.IndicatorGroup("t1", "Safe from abuse and neglect", "../themes/t1.html", "Plans, enquiries and conferences.", (
            pi.IndicatorLine("SG08", "Children on a child protection plan", "sg08.html", "Rate per 10,000 children", shown(42.1), "31 March 2025", TAG, ""),
            pi.IndicatorLine("SG09", "Second or later plans", "sg09.html", "Percentage of plans started", shown(21.2), "2024-25", TAG, ""),
            pi.IndicatorLine("SG14", "Plans that lasted two years", "sg14.html", "Percentage of plans ended", pp.HIDDEN, "2024-25", TAG, ""),
        )),
        pi.IndicatorGroup("t2", "Safe in the community", "", "", (
            pi.IndicatorLine("SG19", "Victims of knife crime", "sg19.html", "Rate per 10,000", None, "", "", "No returns yet"),
        )),
    )  # fmt: skip
