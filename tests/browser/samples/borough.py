"""Sample pages of boroughs."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.published import pages as p
from site_builder.published import pages_borough as pb
from site_builder.published import pages_parts as pp
from site_builder.published.charts import geometry
from site_builder.published.charts.lines import Step, line_drawings
from site_builder.published.charts.squares import squares
from site_builder.vocabulary.rounding import half_up_float
from tests.browser.samples.enquiry import enquiries
from tests.browser.samples.figures import AREAS, NOT_RETURNED, QUESTIONS, TAG, TOOLS, TWIN, frame, shown, table
from tests.browser.samples.papers import HEARD

CITE = "London Safeguarding Benchmarks, “Camden”, release 2024-25-Q4, illustrative figures, https://example.org/"


def spine_rows() -> tuple[pb.SpineRow, ...]:
    """Rows of a borough in every state."""
    made = []
    for place, (title, number, code) in enumerate(
        (
            ("Referrals", 512.3, "within"),
            ("Children on a child protection plan", 57.5, "edge-high"),
            ("Second or later plans", 12.1, "out-low"),
            ("Assessments on time", 88.0, "out-high"),
        )
    ):
        drawn = geometry.spine(
            number,
            number * 0.9,
            (number * 0.8, number),
            neighbours=number * 0.95,
            interval=(number * 0.93, number * 1.08),
            shade=pp.VARIATIONS[code].shade,
        )
        spark = geometry.sparkline(
            [number - 4, number + 3, None if place == 1 else number, number - 1, number],
            f"Five years, last {half_up_float(number, 1)}",
        )
        made.append(
            pb.SpineRow(
                f"SG0{place + 1}",
                title,
                "camden/sg08.html",
                shown(number, marks="p" if place == 3 else ""),
                "per 10,000",
                "2024-25",
                drawn,
                spark,
                pp.VARIATIONS[code],
                "increasing",
                "Readiness for audit: part ready" if place == 2 else "",
            )
        )
    made.append(
        pb.SpineRow(
            "SG14",
            "Plans that lasted two years",
            "camden/sg14.html",
            pp.HIDDEN,
            "%",
            "2024-25",
            None,
            None,
            pp.NOT_COMPARED,
            "",
            "",
        )
    )
    made.append(
        pb.SpineRow(
            "SG35",
            "Visits on time",
            "camden/sg35.html",
            NOT_RETURNED,
            "%",
            "2024-25",
            None,
            None,
            pp.NOT_COMPARED,
            "",
            "",
        )
    )
    return tuple(made)


def borough() -> p.BoroughPage:
    """A borough under the four headings."""
    table_ = (
        pb.SpineTable("National figures", "", "Camden: national figures of need", spine_rows()),
        pb.SpineTable("Figures from borough returns", TAG, "Camden: returns on need", spine_rows()),
    )
    headings = (
        "What are the needs of children, young people and families in our area?",
        "How much have we done to meet those needs?",
        "How well have we done it",
    )
    return p.BoroughPage(
        frame=frame("boroughs/camden.html", "Camden", "boroughs", crumbs=("Boroughs",)),
        kicker="Inner London",
        heading="Camden",
        lead="Of 40 indicators with a comparison, Camden stands out on two and is towards the edge on five. Six are hidden to protect children; one was not returned.",
        comparators=(
            "Compared with London and with ten neighbours.",
            Markup('Closest: <a href="islington.html">Islington</a> (close).'),
        ),
        breadth="21 of 22 indicators were returned for 2024-25 Q4.",
        reach="Breadth of reporting: social care, with figures of social care.",
        coverage=(
            pb.Cover("", "National figures: 36 of 36 are shown.", squares(["reported"] * 36)),
            pb.Cover(TAG, "Figures from returns: two of six are shown.", squares(["zero", "low", "c", "x", "u", "z"])),
        ),
        local=(
            pp.Link("Needs", "#needs"),
            pp.Link("Done", "#done"),
            pp.Link("How well", "#how-well"),
            pp.Link("Next", "#next"),
            pp.Link("Get the data", "#data"),
        ),
        questions=(
            pb.QuestionBlock("needs", headings[0], "There are about 52,000 children.", table_, ""),
            pb.QuestionBlock("done", headings[1], "", (), "No figures yet."),
            pb.QuestionBlock("how-well", headings[2], "", table_[1:], ""),
        ),
        scale_note="Each row has its own scale: the shaded middle half of boroughs is always as wide.",
        todo_heading="What do we still need to do?",
        enquiries=enquiries(),
        todo=(
            pb.TodoBlock("Exceptions", ("Second or later plans stand out as lower.",), ""),
            pb.TodoBlock("Lines of enquiry", (), "None this time."),
            pb.TodoBlock("Gaps", ("Visits on time: no return received.",), ""),
        ),
        notes=(pp.Row("Referrals", "A new front door opened in May."),),
        heard=HEARD,
        heard_tag=TAG,
        papers=(("Boards and pack", (pp.Link("Leadership Board", "camden/boards/leadership.html"),)),),
        files=(pp.File("All figures of Camden, CSV", "camden.csv", "12 KB"),),
        files_sub="Free to reuse under the Open Government Licence v3.0",
        cite=CITE,
    )


def borough_indicator() -> p.BoroughIndicatorPage:
    """One indicator of one borough."""
    steps = [
        Step(
            f"20{17 + k}-{18 + k}",
            value,
            london,
            hollow=k == 7,
            break_words="Definition changed" if k == 2 else "",
            broken=k == 2,
        )
        for k, (value, london) in enumerate(
            zip(
                (40.1, 41.0, 44.2, 45.0, None, 47.3, 45.8, 46.0),
                (43.0, 43.4, 44.8, 45.1, 45.9, 45.6, 43.9, 42.1),
                strict=True,
            )
        )
    ]
    drawn = line_drawings(steps, "Camden 46.0", "London 42.1")
    assert drawn is not None
    data = pp.DataTable(
        "Camden by year",
        ("Year", "Camden", "London"),
        tuple(
            (step.label, pp.HIDDEN if step.value is None else shown(step.value), shown(step.london or 0))
            for step in steps
        ),
    )
    line = pp.LineChart(
        "Camden compared with London, 2017-18 to 2024-25",
        "Camden was 40.1 in 2017-18 and 46.0 in 2024-25. One figure is hidden to protect children.",
        *drawn,
        notes=("2021-22 is hidden to protect children.",),
        table=data,
    )
    rows = (
        pb.ComparatorRow("Camden", "", shown(46.0, caution=True), "41.2 to 51.3", ""),
        pb.ComparatorRow(
            "London", "pooled, 32 of 33 boroughs, 97% of under-18s", shown(42.1), "41.3 to 43.0", "higher"
        ),
        pb.ComparatorRow(
            "Inner London", "pooled, 14 of 14 boroughs", pp.HIDDEN, "[c]", "Not compared: no figure to compare with"
        ),
        pb.ComparatorRow("Statistical neighbours", "median, 8 of 10, from 31.0 to 52.5", shown(44.0), "", "similar"),
    )
    return p.BoroughIndicatorPage(
        frame=frame(
            "boroughs/camden/sg08.html",
            "Children on a child protection plan in Camden",
            "boroughs",
            crumbs=("Boroughs", "Camden"),
        ),
        kicker="Camden · Indicator SG08",
        heading="Children on a child protection plan",
        measure="Rate per 10,000 children aged 0 to 17, at 31 March 2025",
        sentence="At 31 March 2025, 46.0 in every 10,000 children in Camden had a child protection plan (327 children). London: 42.1. The difference is within the usual variation between boroughs.",
        facts=(
            pp.Fact("Camden rate", shown(46.0), "", london=False),
            pp.Fact("London rate", shown(42.1), "", london=True),
        ),
        cautions=("† Based on fewer than 50.",),
        comparators_heading="Camden is higher than London, within the usual variation",
        comparators_caption="Camden and the places it is compared with",
        comparators=rows,
        uncompared="",
        predicted="Camden’s rate was 46.0: within what deprivation alone would lead one to expect (44.1, 95% interval 30.2 to 58.0).",
        trend_heading="No clear change in Camden’s rate",
        trend=line,
        neighbours_heading="Neighbours",
        neighbours_sub="Ten places most like Camden.",
        neighbours=table("n", AREAS.boroughs[:11]),
        note="A new front door opened in May.",
        audit="Readiness for audit, as the borough rates it: part ready.",
        said=(pp.Row("Camden, 31 Mar 2025", "Reviews were moved."), pp.Row("What difference was made", "Fewer waits.")),
        questions=QUESTIONS,
        twin=TWIN,
        tools=TOOLS,
        onward=(
            pp.Link("All boroughs on this indicator", "../../indicators/sg08.html#camden"),
            pp.Link("All indicators of Camden", "../camden.html"),
        ),
        cite=CITE,
    )
