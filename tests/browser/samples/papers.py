"""Sample papers for meetings: a score card, the two boards, a pack."""

from __future__ import annotations

from site_builder.published import pages as p
from site_builder.published import pages_papers as pm
from site_builder.published import pages_parts as pp
from site_builder.published.charts.lines import Step, line_drawings
from tests.browser.samples.figures import NOT_RETURNED, TAG, frame, shown

HEARD = (
    pm.Heard("Children", (("Talks led by an advocate", "They want to know who comes.", "Each child is asked."),)),
    pm.Heard("Families", (("A meeting", "Letters are hard to read.", ""),)),
    pm.Heard("Practitioners", ()),
)
CONTROL = (
    "Release 2024-25-Q4, published 17 July 2025.",
    "Catalogue 2024-25.1.",
    "Next review: 16 October 2025.",
    "Marking: illustrative, every figure is invented.",
)
WORDS = pm.Words(
    "Fewer children need a second plan.",
    "Reviews that fell in the holidays were brought forward.",
    "No statement of impact supplied.",
    "part ready",
    ("Plan reviews earlier. (Head of child protection, due 30 June 2025, overdue.)",),
)
SILENT = WORDS._replace(commentary="No commentary supplied.", mark="not assessed", actions=())
PLAN = (
    pm.Planned("30 June 2025", "Plan reviews earlier.", "Head of child protection", overdue=True),
    pm.Planned("1 October 2025", "Ask families again.", "Chair", overdue=False),
)
STATES = (
    pm.TargetStatus("met", "Met"),
    pm.TargetStatus("near", "Near"),
    pm.TargetStatus("missed", "Missed"),
    pm.TargetStatus("inside", "Inside"),
    pm.TargetStatus("outside", "Outside"),
    pm.TargetStatus("", "cannot be shown"),
    pm.TargetStatus("", ""),
)
ONWARD = (pp.Link("All figures of Camden", "../../camden.html"),)


def _line(number: int, status: pm.TargetStatus) -> pm.CardLine:
    return pm.CardLine(
        pp.Link(f"Plans that are second or later plans, part {number}", "../sg09.html"), f"SG0{number}",
        pp.HIDDEN if number == 6 else shown(15.0 + number), "%", "Jan to Mar 2025", pm.Before(shown(14.2), ""),
        pm.Before(NOT_RETURNED, ""), shown(21.7), "32 of 33", "at most 15%", status, "no clear change", "",
        "On trial until 31 March 2026" if number == 2 else "", WORDS if number == 1 else SILENT,
    )  # fmt: skip


def scorecard() -> p.ScoreCardPage:
    """A card with a row in each state of a target, and one without figures."""
    rows = tuple(_line(number, status) for number, status in enumerate(STATES, 1))
    none = pm.Before(None, "yearly")
    bare = rows[-1]._replace(code="SG15", value=None, quarter=none, year=none, london=None, reason="No returns yet.")
    return p.ScoreCardPage(
        frame=frame(
            "boroughs/camden/scorecards/neglect.html", "Camden: score card, neglect", "boroughs", crumbs=("Boroughs",)
        ),
        kicker="Camden · Sub group · Score card",
        heading="Neglect",
        tag=TAG,
        caption="Illustrative. Camden, neglect: score card",
        lines=(*rows, bare),
        empty="",
        notes=("Direction is the trend over five years.",),
        heard=HEARD,
        plan=PLAN,
        plan_empty="No open actions.",
        questions=("What came between?", "Who was asked?"),
        control=CONTROL,
        files=(pp.File("This card, CSV", "illustrative-neglect.csv", ""),),
        onward=ONWARD,
    )


def operational() -> p.BoardPage:
    """The page of the Operational Board: exceptions of every kind, then all rows."""
    link = pp.Link("Plans that are second or later plans", "../sg09.html")
    reasons = (
        ("Decline", "Worsening over five years: from 12.0% in the year to 31 March 2021 to 18.0%."),
        ("Target missed", "18.0% in the year to 31 March 2025, against a target of at most 15%."),
        ("Unusual", "Higher: 39.4% against London’s 21.7%, 2024-25."),
        ("Overdue", "No commentary was supplied."),
        ("Not assured", "The borough rates the source of this figure as not ready for audit."),
    )
    row = pm.BoardRow(
        link, shown(39.4), "%", "2024-25", "worsening", STATES[2], "not ready", "", ("Unusual", "Overdue")
    )
    bare = row._replace(value=None, unit="", period="", status=STATES[-1], reason="No returns yet.", flags=())
    return p.BoardPage(
        frame=frame("boroughs/camden/boards/operational.html", "Camden: Operational Board", "boroughs"),
        kicker="Camden",
        heading="Operational Board",
        tag=TAG,
        lead="All score cards with all their rows.",
        listed_heading="One indicator is listed",
        listed=(pm.FlagLine("sg09", link, reasons, WORDS),),
        themes=(("Theme", "Safe from abuse and neglect: three indicators stand out."),),
        loose=PLAN[:1],
        nothing="Nothing to report.",
        cards_caption="Illustrative. Camden: every row of every score card",
        cards=(
            pm.BoardCard(pp.Link("Neglect", "../scorecards/neglect.html"), (row, bare), ""),
            pm.BoardCard(pp.Link("Case reviews", "../scorecards/neglect.html"), (), "No count: see the card."),
        ),
        control=CONTROL,
        files=(),
        onward=ONWARD,
    )


def leadership() -> p.BoardPage:
    """The page of the Leadership Board with nothing on it."""
    return p.BoardPage(
        frame=frame("boroughs/camden/boards/leadership.html", "Camden: Leadership Board", "boroughs"),
        kicker="Camden",
        heading="Leadership Board",
        tag=TAG,
        lead="What the Operational Board passes on.",
        listed_heading="No indicator is listed",
        listed=(),
        themes=(),
        loose=(),
        nothing="Nothing to report.",
        cards_caption="",
        cards=(),
        control=CONTROL,
        files=(),
        onward=ONWARD,
    )


def pack() -> p.PackPage:
    """A cover and two sheets, the second without a line over time."""
    values = ((40.1, 43.0), (41.0, 43.4), (None, 44.8), (46.0, 42.1))
    steps = [
        Step(f"20{20 + k}-{21 + k}", own, london, hollow=False, break_words="", broken=False)
        for k, (own, london) in enumerate(values)
    ]
    drawn = line_drawings(steps, "Camden 46.0", "London 42.1")
    assert drawn is not None
    table = pp.DataTable("Camden by year", ("Year", "Camden"), (("2023-24", shown(46.0)),))
    chart = pp.LineChart("Camden and London", "From 40.1 to 46.0.", *drawn, notes=(), table=table)
    sheet = pm.PackSheet(
        "sg08", "Children on a child protection plan (SG08)", "Rate per 10,000 children", "Camden’s figure was 46.0.",
        "Illustrative. Camden and the places it is compared with",
        (pm.PackRow("Camden", "", shown(46.0), ""), pm.PackRow("London", "pooled", pp.HIDDEN, "Not compared: no figure")),
        "No clear change in Camden’s rate", chart, ("† Based on fewer than 50.",), WORDS, "What lies behind it?",
    )  # fmt: skip
    bare = sheet._replace(slug="sg09", heading="Second plans (SG09)", chart=None, words=SILENT, notes=())
    return p.PackPage(
        frame=frame("boroughs/camden/pack.html", "Camden: pack for a meeting", "boroughs", crumbs=("Boroughs",)),
        kicker="Camden",
        heading="Pack for a meeting about Camden",
        tag=TAG,
        lead="One sheet of paper for each indicator.",
        contents=(pp.Link("SG08", "#sg08"), pp.Link("SG09", "#sg09")),
        sheets=(sheet, bare),
        empty="",
        control=CONTROL,
        files=(pp.File("Camden, CSV", "camden.csv", ""),),
        onward=(pp.Link("All figures of Camden", "../camden.html"),),
    )
