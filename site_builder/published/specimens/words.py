"""Macros that print words, and those that print one figure in every state."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published import pages_compare as pc
from site_builder.published import pages_enquiry as pe
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published import pages_prose as pr
from site_builder.published.specimens.values import AT_HAND, FILES, KEY, LINK, TABLE, TAG, TOOLS, Specimen, one, states
from site_builder.vocabulary.here import HERE

ANSWER = pe.AnswerLine(HERE.an_area_head, "An answer.", "1 May 2001", LINK, TAG)
QUESTION = pe.BankQuestion(
    "q1", "What changed?", True, "Ask families.", "Always.", (LINK,), (ANSWER,), "Unanswered by 32."
)
ENQUIRY = pe.EnquiryLine("What had changed?", "Asked because the figure was 41.7.", LINK, "Ask families.")
THEME = pi.ThemeLine("A theme", AT_HAND, "What it asks", "12 indicators")


def words() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    decision = pr.DecisionRow("1 May 2001", LINK, "Decided so.", "For a reason.", "A group", "Minutes")
    return {
        ("ask", "ask"): one(("A question?", "Another?")),
        ("bankquestion", "bankquestion"): one(QUESTION, True, inside="ul"),
        ("bankquestion", "replied"): one(ANSWER),
        ("callout", "callout"): one("Not a judgement.", "It tells what to ask next."),
        ("cite", "cite"): one("How to cite."),
        ("decisionlist", "decisionlist"): one((decision,), "Decisions"),
        ("enquiry", "enquirygroup"): one(pe.EnquiryGroup(f"Figures from {HERE.area} returns", TAG, (ENQUIRY,)), 3),
        ("files", "files"): one(FILES),
        ("localnav", "localnav"): one((LINK,)),
        ("matrixlist", "matrixlist"): one((pc.MatrixLine((LINK,), "12 indicators"),)),
        ("order", "order"): one((pp.Choice("A to Z", ""), pp.Choice("By rate", AT_HAND))),
        ("rows", "definitions"): one((pp.Row("A term", "What is said of it"),)),
        ("themelist", "themelist"): one((THEME,)),
        ("tools", "tools"): one(TOOLS),
        ("twin", "twin"): one(pp.Twin("The same elsewhere:", "a national series.", (LINK,))),
        ("key", "key"): one(KEY),
        ("status", "variation"): tuple(Specimen((one,), "p") for one in pp.VARIATIONS.values()),
    }


def in_every_state() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    every = tuple(states().values())
    facts = tuple(pp.Fact(name, value, "%", london=name == "reported") for name, value in states().items())
    return {
        ("value", "value"): tuple(Specimen((value,), "p") for value in every),
        ("value", "spoken"): tuple(Specimen((value,), "p") for value in every),
        ("value", "held"): tuple(Specimen((value,), "p") for value in every if value.reason),
        ("value", "swatch"): tuple(Specimen((item.swatch,), "p") for item in KEY),
        ("facts", "facts"): one(facts),
        ("table", "scroll"): one(TABLE),
        ("table", "stacked"): one(TABLE),
    }
