"""Pages that belong to no indicator and no borough, with the words that lead to them: topics for the search."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.vocabulary.here import HERE


class Topic(NamedTuple):
    """A page to be found. ``also``: other words for it, parted by commas; printed beside it in the A to Z."""

    title: str
    address: str
    line: str
    also: str = ""


_TOPICS = (
    Topic("What stands out", addresses.STANDS_OUT, f"{HERE.areas_head} beyond the usual variation, and since when.",
          "Outliers, unusual figures, funnel"),
    Topic(f"The {HERE.person}’s journey", addresses.JOURNEY, "From the first contact to leaving care, step by step.",
          "Steps, path, flow, pathway"),
    Topic("Actual and predicted", addresses.PREDICTED, "Is a figure what deprivation leads one to expect?",
          "Deprivation, expected figures"),
    Topic(f"Compare {HERE.areas}", addresses.COMPARE, f"Every {HERE.area} beside {HERE.name}, theme by theme.", "Matrix, benchmark"),
    Topic(f"A few {HERE.areas} side by side", addresses.COMPARE_BOROUGHS, f"Up to four {HERE.areas} beside {HERE.name}.",
          f"Compare, choose {HERE.areas}"),
    Topic("Reconciliation", addresses.RECONCILIATION, "Do our figures agree with those that are published?",
          "Differences, checks, agree"),
    Topic("Questions to ask", addresses.QUESTIONS, "What to ask about a figure that differs.",
          "Lines of enquiry, challenge, scrutiny"),
    Topic(f"Map of {HERE.name}", addresses.MAP, f"Which parts of {HERE.name}?", "Squares, tiles, where"),
    Topic("How the indicators hang together", addresses.MODEL, "Needs, work and outcomes in one drawing.",
          "Model, diagram, tiers"),
    Topic("Whose figures came", addresses.COVERAGE, "Which figures came, and which are missing.", "Coverage, missing returns, gaps"),
    Topic("Calendar", addresses.CALENDAR, "What is due when.", "Dates, deadlines, timetable"),
    Topic("Readiness for audit", addresses.READINESS, "How sure those are who made the figures.", "Audit, data quality"),
    Topic("Difficulties", addresses.CHALLENGES, "What is hard to count, and who is working on it.", "Challenges, problems, open points"),
    Topic("Handbook of indicators", addresses.HANDBOOK, "Every definition on one page.", "Definitions, manual"),
    Topic("Common ground", addresses.COMMON_GROUND, f"What {HERE.areas} count for themselves.", "Local indicators"),
    Topic("Reports", addresses.REPORTS, "What the figures say on one subject.", "Reading, analysis"),
    Topic("Proposals", addresses.PROPOSALS, "Changes that are asked for.", "Suggest an indicator, new indicator"),
)  # fmt: skip
_PLACES = (
    Topic("Glossary", addresses.GLOSSARY, "Words used on this site, each in one sentence.", "Words used on this site"),
    Topic("Decisions", addresses.DECISIONS, "What was decided, when, by whom and why."),
    Topic("Rules of the check", addresses.RULES, "What a return is checked against.", "Errors, messages, validation"),
    Topic("Releases", addresses.RELEASES, "Every release, the latest first.", "Versions, history"),
    Topic("What changed", addresses.CHANGES, "Figures that were corrected.", "Corrections, revisions"),
    Topic("All data", addresses.DATA, "Every figure as a file.", "Downloads, files, CSV, JSON, open data, spreadsheet"),
    Topic("All indicators", addresses.INDICATORS, "Every indicator under its theme.", "Catalogue, list of measures"),
    Topic(f"All {HERE.areas}", addresses.BOROUGHS, f"The {HERE.areas} A to Z and as squares.", "Councils, local authorities, areas"),
    Topic("Themes", addresses.THEMES, "The themes of the indicators.", "Subjects"),
)  # fmt: skip

# Of articles, by their address; the settings give others.
OTHER_WORDS = {
    addresses.HIDDEN_FIGURES: ("[c]", "suppression", "small numbers", "disclosure", "privacy"),
    addresses.METHODS: ("statistics", "confidence interval", "rates", "rounding", "how figures are made"),
    addresses.CONTACT: ("feedback", "mistake", "complain", "email"),
    addresses.SUBMITTING: ("submit", "upload", "template", "spreadsheet", "Excel", "workbook"),
}


def topics(paths: Container[str]) -> tuple[Topic, ...]:
    """Overviews of London. ``paths``: the pages of the site; a topic without its page is not offered."""
    return tuple(topic for topic in _TOPICS if topic.address in paths)


def places(paths: Container[str]) -> tuple[Topic, ...]:
    """Lists and registers: where everything of one kind stands."""
    return tuple(topic for topic in _PLACES if topic.address in paths)
