"""Invented values for the page of components: each macro once, and each that prints a figure in every state.

Nothing here comes from a release. ``SPECIMENS`` holds, by part and macro, what the macro is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from site_builder.published import figures, journey, journey_words
from site_builder.published import pages_borough as pb
from site_builder.published import pages_compare as pc
from site_builder.published import pages_enquiry as pe
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_journey as pj
from site_builder.published import pages_parts as pp
from site_builder.published import pages_predicted as pd
from site_builder.published import pages_prose as pr
from site_builder.published import pages_site as ps
from site_builder.published import pages_standing as pt
from site_builder.published.charts import geometry
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.lines import Step, line_drawings
from site_builder.published.charts.multiples import Series, grid
from site_builder.published.charts.steps import steps_chart
from site_builder.published.charts.strip import Spot, strip
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

TAG = "Illustrative"
HERE = "_parts.html"


class Specimen(NamedTuple):
    """What a macro is given. ``inside``: the element that its drawing needs around it, or empty."""

    given: tuple[object, ...]
    inside: str = ""


def states() -> Mapping[str, pp.Value]:
    """Every state of a value by name: with each reason, each mark, and with a caution."""
    missing = (*figures.MISSING_SHORT.values(), figures.MISSING_OTHER)
    return {
        "reported": pp.Value("reported", "41.7"),
        "true zero": pp.Value("zero", "0"),
        "hidden": pp.HIDDEN,
        **{f"missing: {words}": pp.Value("x", reason=words) for words in missing},
        "does not apply": pp.Value("z", reason=figures.NOT_APPLICABLE),
        "low": pp.Value("low", reason=figures.LOW),
        "unreliable": pp.Value("u", reason=figures.UNRELIABLE),
        **{f"marked {mark}": pp.Value("reported", "41.7", marks=mark) for mark in "preb"},
        "with caution": pp.Value("reported", "41.7", caution=True),
    }


def specimens(area: Area) -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    """By part and macro. ``area``: a borough, for drawings that need its place on the map."""
    return {**_words(), **_states(), **_tables(), **_drawings(area)}


def _one(*given: object, inside: str = "") -> tuple[Specimen, ...]:
    return (Specimen(given, inside),)


LINK = pp.Link("A link", HERE)
KEY = tuple(
    pp.KeyItem(kind, f"Swatch {kind}")
    for kind in (
        "usual", "edge", "out", "london", "interval", "dot", "dark", "c", "x", "low", "u", "z", "band", "chance", "dashes",
        "circle", "diamond", "square", "neighbours",
    )
)  # fmt: skip
TOOLS = pp.Tools(TAG, "Release 2000-01-Q4", (LINK,))
TABLE = pp.DataTable("Every state", ("State", "Value"), tuple(states().items()))
ANSWER = pe.AnswerLine("A borough", "An answer.", "1 May 2001", LINK, TAG)
QUESTION = pe.BankQuestion(
    "q1", "What changed?", True, "Ask families.", "Always.", (LINK,), (ANSWER,), "Unanswered by 32."
)
ENQUIRY = pe.EnquiryLine("What had changed?", "Asked because the figure was 41.7.", LINK, "Ask families.")
THEME = pi.ThemeLine("A theme", HERE, "What it asks", "12 indicators")
FILES = (pp.File("A table, CSV", HERE, "1 KB"),)


def _words() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    decision = pr.DecisionRow("1 May 2001", LINK, "Decided so.", "For a reason.", "A group", "Minutes")
    return {
        ("ask", "ask"): _one(("A question?", "Another?")),
        ("bankquestion", "bankquestion"): _one(QUESTION, True, inside="ul"),
        ("bankquestion", "replied"): _one(ANSWER),
        ("callout", "callout"): _one("Not a judgement.", "It tells what to ask next."),
        ("cite", "cite"): _one("How to cite."),
        ("decisionlist", "decisionlist"): _one((decision,), "Decisions"),
        ("enquiry", "enquirygroup"): _one(pe.EnquiryGroup("Figures from borough returns", TAG, (ENQUIRY,)), 3),
        ("files", "files"): _one(FILES),
        ("localnav", "localnav"): _one((LINK,)),
        ("matrixlist", "matrixlist"): _one((pc.MatrixLine((LINK,), "12 indicators"),)),
        ("order", "order"): _one((pp.Choice("A to Z", ""), pp.Choice("By rate", HERE))),
        ("rows", "definitions"): _one((pp.Row("A term", "What is said of it"),)),
        ("themelist", "themelist"): _one((THEME,)),
        ("tools", "tools"): _one(TOOLS),
        ("twin", "twin"): _one(pp.Twin("The same elsewhere:", "a national series.", (LINK,))),
        ("key", "key"): _one(KEY),
        ("status", "variation"): tuple(Specimen((one,), "p") for one in pp.VARIATIONS.values()),
    }


def _states() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    every = tuple(states().values())
    facts = tuple(pp.Fact(name, value, "%", london=name == "reported") for name, value in states().items())
    return {
        ("value", "value"): tuple(Specimen((value,), "p") for value in every),
        ("value", "spoken"): tuple(Specimen((value,), "p") for value in every),
        ("value", "held"): tuple(Specimen((value,), "p") for value in every if value.reason),
        ("value", "swatch"): tuple(Specimen((item.swatch,), "p") for item in KEY),
        ("facts", "facts"): _one(facts),
        ("table", "scroll"): _one(TABLE),
    }


def _tables() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    return {
        ("bartable", "bartable"): _one(_bar_table()),
        ("spinetable", "spinetable"): _one(
            pb.SpineTable("Returns", TAG, "Spines in every state", tuple(_spine_rows()))
        ),
        ("spinetable", "spinekey"): _one("Each row has its own scale."),
        ("rangetable", "rangetable"): _one(_range_table()),
        ("matrix", "matrix"): _one(_matrix()),
        ("profile", "profiletable"): _one(_profile()),
        ("standing", "standingtable"): _one(_standing(), TAG),
        ("standing", "standingplaces"): _one((pt.StandingPlace("place", "A borough", HERE, "Nothing stands out."),)),
        ("indicatorlist", "indicatorlist"): _one(_indicator_group()),
        ("changes", "changes"): _one(_changed()),
    }


def _bar_table() -> pp.BarTable:
    of = geometry.scale([50.0])
    totals = [("lon", "London", "london"), ("eng", "England", "england")]
    rows = [_bar_row(kind, name, states()["reported"], geometry.bar(41.7, of, shade)) for kind, name, shade in totals]
    for name, value in states().items():
        number = 0.0 if value.state == "zero" else 41.7
        drawn = geometry.bar(number, of, "usual", (30.0, 46.0), open_end="p" in value.marks) if value.text else None
        rows.append(_bar_row("", name.capitalize(), value, drawn))
    for code in ("edge-low", "out-high"):
        is_ = pp.VARIATIONS[code]
        rows.append(_bar_row("", code, states()["reported"], geometry.bar(41.7, of, is_.shade), is_))
    ticks = tuple(tick.words for tick in of.ticks)
    return pp.BarTable(
        "pb", "Bars in every state", "State", "Rate", "95% interval", "Children", True, ticks, geometry.grid(of),
        geometry.along(40.0, of), tuple(rows),
    )  # fmt: skip


def _bar_row(
    kind: str, name: str, value: pp.Value, drawn: pp.Bar | None, is_: pp.Variation = pp.NOT_COMPARED
) -> pp.BarRow:
    return pp.BarRow("", kind, name, "", HERE, value, drawn, "30.0 to 46.0" if drawn else str(value), value, is_)


def _spine_rows() -> Iterator[pb.SpineRow]:
    spark = geometry.sparkline([45.0, None, 43.0, 42.0, 41.7], "From 45.0 to 41.7")
    for name, value in states().items():
        drawn = geometry.spine(41.7, 40.0, (38.0, 42.0), neighbours=39.0, interval=(40.0, 43.0)) if value.text else None
        yield pb.SpineRow(
            "X1", name.capitalize(), HERE, value, "%", "2001", drawn, spark if drawn else None, pp.NOT_COMPARED, "", ""
        )
    for code, number in (("out-high", 90.0), ("out-low", 2.0), ("edge-high", 45.0), ("within", 41.0)):
        is_ = pp.VARIATIONS[code]
        drawn = geometry.spine(number, 40.0, (38.0, 42.0), shade=is_.shade)
        yield pb.SpineRow(
            "X2", code, HERE, pp.Value("reported", str(number)), "%", "2001", drawn, spark, is_, "increasing", "Ready"
        )


def _range_table() -> pd.RangeTable:
    of = geometry.scale([50.0])
    drawn = pd.Range("30", "40", "50", "60", "usual")
    rows = [
        pd.RangeRow(
            name.capitalize(), HERE, value, drawn if value.text else None, "", "30 to 46", "40", pp.NOT_COMPARED
        )
        for name, value in states().items()
    ]
    rows.append(
        pd.RangeRow(
            "Outside",
            HERE,
            states()["reported"],
            drawn._replace(at="90", shade="out"),
            "",
            "30 to 46",
            "40",
            pp.Variation("out", "up", "Higher", ""),
        )
    )
    ticks = tuple(tick.words for tick in of.ticks)
    return pd.RangeTable(
        "pr", "Ranges in every state", "Rate", "Beside expected", ticks, geometry.grid(of), tuple(rows)
    )


def _matrix() -> pc.Matrix:
    values = states()
    heads = tuple(pc.MatrixHead(name.capitalize(), HERE, "%, 2001") for name in values)
    rows = [
        pc.MatrixRow(
            "lon",
            "London",
            "",
            tuple(pc.MatrixCell("", value, pp.NOT_COMPARED, "31 of 33") for value in values.values()),
        )
    ]
    for code, is_ in pp.VARIATIONS.items():
        cells = tuple(
            pc.MatrixCell(HERE, value, is_ if value.text else pp.NOT_COMPARED, "") for value in values.values()
        )
        rows.append(pc.MatrixRow("", code or "not compared", HERE, cells))
    return pc.Matrix(
        "matrix",
        "A matrix",
        TAG,
        "Cells in every state.",
        KEY[:3],
        "A matrix of every state",
        heads,
        tuple(rows),
        ("A note.",),
        FILES,
    )


def _profile() -> pt.ProfileTable:
    rows = [
        pt.ProfileRow("X1", name.capitalize(), HERE, value, "%", "2001", value, "31 of 33", value, pp.VARIATIONS["edge-low"], "increasing", "Returned", "")
        for name, value in states().items()
    ]  # fmt: skip
    rows.append(
        pt.ProfileRow(
            "X2", "No figures", HERE, None, "", "", None, "", None, pp.NOT_COMPARED, "", "", "No returns yet."
        )
    )
    return pt.ProfileTable("Returns", TAG, "A profile in every state", (pt.ProfileObjective("An aim", tuple(rows)),))


def _standing() -> pt.StandingTheme:
    rows = tuple(
        pt.StandingRow(name.capitalize(), HERE, pp.VARIATIONS["out-high"], value, value, value, "3.40", "2001")
        for name, value in states().items()
    )
    empty = pt.StandingSubject("none", "X2", "Nothing stands out", HERE, "2001.", (), "No borough.")
    full = pt.StandingSubject("some", "X1", "In every state", HERE, "2001.", rows, "")
    return pt.StandingTheme("A theme", "What stands out, in every state", (full, empty))


def _indicator_group() -> pi.IndicatorGroup:
    lines = [
        pi.IndicatorLine("X1", name.capitalize(), HERE, "Rate", value, "2001", TAG, "")
        for name, value in states().items()
    ]
    lines.append(pi.IndicatorLine("X2", "No figures", HERE, "Rate", None, "", "", "No returns yet"))
    return pi.IndicatorGroup("list", "A list", "", "Indicators in every state.", tuple(lines))


def _changed() -> ps.ChangeGroup:
    rows = tuple(
        ps.ChangeRow(name.capitalize(), LINK, "2001", value, value, "A reason") for name, value in states().items()
    )
    return ps.ChangeGroup("changed", "Corrected", "Published 1 May 2001.", rows, "Nothing changed.")


def _drawings(area: Area) -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    of = geometry.scale([50.0])
    spots = [Spot("A borough", 41.7, "usual"), Spot("Another", 12.0, "out"), Spot("A third", 30.0, "edge")]
    wide, narrow = strip(spots, of, (40.0, "London 40.0"), (38.0, 42.0))
    spine = geometry.spine(41.7, 40.0, (38.0, 42.0), neighbours=39.0, interval=(40.0, 43.0))
    return {
        ("spine", "spine"): _one(spine),
        ("sparkline", "sparkline"): _one(geometry.sparkline([45.0, None, 43.0, 41.7], "From 45.0 to 41.7")),
        ("strip", "strip"): _one(
            pp.Strip("On one line", "Three boroughs", "Values 12.0 to 41.7.", "Half lie within.", wide, narrow)
        ),
        ("tilemap", "tilemap"): _one(_tiles()),
        ("linechart", "linechart"): _one(_line()),
        ("multiples", "smalltrends"): _one(_small(area)),
        ("journey", "journeyblock"): _one(_journey(area)),
        ("figure", "figure"): _one(_figure(), "pf"),
        ("rangetable", "dotplot"): _one(_dots(), "pd"),
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
            HERE,
            f"{slug.capitalize()}",
            words,
            shade,
            shade,
            "up" if shade in ("edge", "out") else "",
        )
        for place, (slug, (shade, words)) in enumerate(zip(slugs, looks, strict=True))
    ]
    return tile_map("Find a borough", "Squares in every state", "Each square is a state.", facts)


def _line() -> pp.LineChart:
    steps = [
        Step("2001", 40.0, 42.0), Step("2002", 41.0, 42.0, break_words="Definition changed", dashed=True), Step("2003", None, 41.0),
        Step("2004", 43.0, 41.0), Step("2005", 41.7, 40.0, hollow=True, flagged=True),
    ]  # fmt: skip
    drawn = line_drawings(steps, "A borough 41.7", "London 40.0")
    assert drawn is not None
    return pp.LineChart(
        "A trend", "From 40.0 in 2001 to 41.7 in 2005.", *drawn, notes=("2003 is hidden.",), table=TABLE
    )


def _small(area: Area) -> pi.MultiplesBlock:
    drawn = grid(
        [Series(area.slug, area.name, HERE, area.tile or (0, 0), (40.0, None, 41.0, 41.7))], [40.0] * 4, frozenset()
    )
    assert drawn is not None
    return pi.MultiplesBlock("Small trends", "One scale.", "A line of one borough.", drawn, ("A note.",), TOOLS)


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


def _figure() -> pi.ChartBlock:
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
