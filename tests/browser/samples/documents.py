"""A sample document: every kind of block once."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.published import pages as p
from site_builder.published import pages_document as pd
from site_builder.published import pages_parts as pp
from site_builder.published.pages_site import ChangeGroup
from tests.browser.samples.figures import FACTS, QUESTIONS, frame, shown
from tests.browser.samples.indicator import indicator


def document(changes: ChangeGroup) -> p.DocumentPage:
    """A document with prose, rows, tables, a chart, changes, questions and files."""
    table = pp.DataTable("Illustrative: boroughs", ("Area", "Rate"), (("Barnet", shown(12.5)), ("City", pp.HIDDEN)))
    words = pp.DataTable("Sources", ("Series", "Source"), (("N25a", "Department for Education"),))
    prose = Markup("<p>What is known.</p><h3>More</h3><ul><li>One thing.</li></ul>")
    first = pd.Section(
        "known",
        "1.",
        "What is known",
        (
            pd.Part(prose=prose),
            pd.Part("sg08", note="Children on a plan (SG08)", chart=indicator().trend),
            pd.Part(table=table),
            pd.Part(heading=pp.Link("SG08", "../indicators/sg08.html"), rows=(pp.Row("Counted", "Children"),)),
        ),
    )
    second = pd.Section(
        "next",
        "2.",
        "What next",
        (
            pd.Part(heading=pp.Link("Sources", ""), table=words, words=True),
            pd.Part(changes=changes),
            pd.Part(questions=QUESTIONS, files=(pp.File("The catalogue, CSV", "../indicators/catalogue.csv", "9 KB"),)),
        ),
    )
    return p.DocumentPage(
        frame("reports/runaways.html", "Children who go missing", "indicators"),
        "Report",
        "Children who go missing",
        "What is known, and what is not.",
        FACTS,
        (first, second),
        (pp.Row("To be read again", "By 30 November 2026"),),
    )
