"""Sample pages of questions."""

from __future__ import annotations

from site_builder.published import pages as p
from site_builder.published import pages_enquiry as pe
from site_builder.published import pages_parts as pp
from tests.browser.samples.figures import TAG, frame

LINE = pe.EnquiryLine(
    "What had changed, or not changed, for children who came back to a plan?",
    "Asked because the figure was 23.6% in the year to 31 March 2024, against 21.2% in London (pooled, 32 of 33 boroughs): "
    "higher than the usual variation between boroughs, beyond its 95% limit.",
    pp.Link("Second or later plans (SG09)", "camden/sg09.html#compared"),
    "Ask practitioners and families.",
)
GROUPS = (
    pe.EnquiryGroup("National figures", "", (LINE, LINE)),
    pe.EnquiryGroup("Figures from borough returns", TAG, (LINE._replace(asks=""),)),
)
ANSWER = pe.AnswerLine("Camden", "Not always.", "12 May 2025", pp.Link("Evidence", "https://example.org/minutes"), TAG)


def question(slug: str, *answers: pe.AnswerLine, local: bool = True) -> pe.BankQuestion:
    """A question of the bank."""
    links = (pp.Link("SG09", "indicators/sg09.html"),)
    left = "Unanswered by the other 32." if answers else "Unanswered."
    return pe.BankQuestion(
        slug,
        "What help came between?",
        local,
        "Ask families.",
        "Asked whatever the figure says.",
        links,
        answers,
        left if local else "",
    )


def enquiries() -> pe.Enquiries:
    """The lines of a borough's page."""
    onward = pp.Link("All lines of enquiry", "camden/challenge.html")
    return pe.Enquiries("Lines of enquiry", GROUPS, "Nothing arises.", onward)


def questions() -> p.QuestionsPage:
    """The bank."""
    theme = pe.QuestionTheme(
        "t1", "Safe", "themes/t1.html", (question("q1", ANSWER), question("q2"), question("q3", local=False))
    )
    return p.QuestionsPage(
        frame=frame("questions.html", "Questions", "indicators"),
        heading="Questions",
        lead="Three questions.",
        local=(pp.Link("Safe", "#t1"),),
        themes=(theme, theme._replace(slug="t2", heading="Well", questions=())),
        general_heading="Asked about every indicator",
        general=(question("q4", local=False),),
        triggers_heading="What brings a question up",
        triggers=(pp.Row("A jump", "When it jumps."),),
        others_heading="Other answers",
        others=(("How was it?", ANSWER._replace(evidence=None, tag="")),),
    )


def challenge() -> p.ChallengePage:
    """What to ask of one borough."""
    action = pe.ActionLine(
        "Plan reviews earlier.", "Head of child protection", pp.Link("Reviews (SG11)", "../../indicators/sg11.html"),
        "Raised 20 January 2025, due 30 June 2025, open.", "", overdue=True, tag=TAG,
    )  # fmt: skip
    return p.ChallengePage(
        frame=frame("boroughs/camden/challenge.html", "Camden: what to ask", "boroughs", crumbs=("Boroughs", "Camden")),
        kicker="Camden",
        heading="What to ask about Camden",
        lead="A figure does not say why.",
        local=(pp.Link("Safe", "#t1"), pp.Link("Actions", "#actions")),
        themes=(pe.ThemeEnquiries("t1", "Safe", GROUPS),),
        themes_empty="",
        standing_heading="Standing local questions",
        standing_sub="Asked whatever the figures say.",
        standing=(question("q1", ANSWER), question("q2")),
        actions_heading="Actions of the board",
        actions=(action, action._replace(overdue=False, about=None, outcome="Done early.", tag="")),
        actions_empty="",
        onward=(pp.Link("All figures of Camden", "../camden.html"),),
    )
