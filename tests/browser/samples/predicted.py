"""A sample of the page on what is actual and what is predicted: one borough outside, one hidden, one too small."""

from __future__ import annotations

from site_builder.published import pages as p
from site_builder.published import pages_parts as pp
from site_builder.published import pages_predicted as pd
from site_builder.published.charts import geometry
from tests.browser.samples.figures import AREAS, QUESTIONS, SPREAD, TOOLS, frame


def _row(place: int, name: str, slug: str) -> pd.RangeRow:
    of, href = geometry.scale([90.0]), f"boroughs/{slug}/sg08.html"
    if slug not in SPREAD.rate:
        return pd.RangeRow(name, href, pp.HIDDEN, None, "", "", "", pp.NOT_COMPARED)
    observed = SPREAD.rate[slug]
    value = pp.Value("reported", f"{observed:.1f}")
    if place == 1:
        return pd.RangeRow(name, href, value, None, "Rests on fewer than 20", "", "", pp.NOT_COMPARED)
    outside = observed > 60
    standing = pp.Variation(*(("out", "up", "Higher") if outside else ("usual", "dash", "Within")), "")
    drawn = pd.Range("22", "44", "47", geometry.along(observed, of), standing.shade)
    return pd.RangeRow(name, href, value, drawn, "", "20.0 to 60.0", "42.1", standing)


def predicted() -> p.PredictedPage:
    """The page with one indicator that is shown and one that is not."""
    block = pd.PredictionBlock(
        "sg08",
        "Given deprivation alone, one borough is higher than expected",
        "Rate per 10,000 children, at 31 March 2025.",
        pp.Link("SG08 Children on a child protection plan", "indicators/sg08.html"),
        (pp.KeyItem("band", "What one would expect"), pp.KeyItem("dot", "The figure"), pp.KeyItem("dark", "Outside")),
        pd.RangeTable(
            "sg08",
            "Each borough beside what is expected",
            "Actual",
            "Against what is expected",
            ("0", "20", "40", "60", "80"),
            geometry.grid(geometry.scale([80.0])),
            tuple(_row(place, area.name, area.slug) for place, area in enumerate(AREAS.boroughs)),
        ),
        "Higher than what deprivation alone would lead one to expect: Brent.",
        TOOLS,
        (pp.Row("Authorities", "145 of England’s authorities."), pp.Row("What it is not", "No target.")),
        (
            pd.DotPlot(
                "How far authorities lie from what is expected",
                "By size.",
                "M0 40L320 20V90L0 100z",
                "M0 80L320 60",
                "M0 56H320",
                "M12 90h.01M40 110h.01",
                "M99 30h.01",
                (pp.Label("0", "110", "start", "50"),),
                "Smaller",
                "Larger",
            ),
        ),
        QUESTIONS,
    )
    return p.PredictedPage(
        frame("predicted.html", "Actual and predicted", "compare"),
        "Actual and predicted",
        "Each figure beside what deprivation alone would lead one to expect.",
        ("What is expected here is not a target.", "Use it to decide what to ask next."),
        (pp.Link("Children on a child protection plan", "#sg08"), pp.Link("Not shown", "#silent")),
        "Show intervals and what is expected",
        (block,),
        ((pp.Link("SG05 Re-referrals", "indicators/sg05.html"), "Deprivation explains 2.9% and we ask for 10%."),),
        pp.DataBlock("Free to reuse.", (pp.File("CSV", "predicted.csv", "30 KB"),), "London Safeguarding Benchmarks"),
    )
