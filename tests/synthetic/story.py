"""What happened to the invented returns: gaps, a late one, a correction, a jump, and words beside figures.

Every event is named here, so that a reader of the site can find each of them again.
"""

from __future__ import annotations

from dataclasses import dataclass

# The states of the returns that are released. A release holds every period from the first one to its own.
RELEASES = ("2023-24-Q4", "2024-25-Q2", "2024-25-Q2.1", "2024-25-Q4")
PUBLISHED_ON = {
    "2023-24-Q4": "2024-07-18",
    "2024-25-Q2": "2025-01-16",
    "2024-25-Q2.1": "2025-02-20",
    "2024-25-Q4": "2025-07-17",
}
NEVER_SENT = {("havering", "2023-24-Q2"), ("merton", "2024-25-Q3")}
SENT_LATE = {("lambeth", "2023-24-Q3"): "2024-25-Q2"}  # the first release that holds it


@dataclass(frozen=True, slots=True)
class Correction:
    """A return that was sent anew: first held by ``release``; ``corrects`` is the release that showed the old one."""

    slug: str
    period: str
    release: str
    corrects: str
    indicators: tuple[str, ...]
    reason: str
    more: float  # the corrected numerator of SG01 over the first one


CORRECTION = Correction(
    "camden",
    "2024-25-Q1",
    "2024-25-Q2.1",
    "2024-25-Q2",
    ("SG01", "SG02", "SG03"),
    "Referrals that a duty team had recorded in another system were left out of the first return.",
    1.08,
)
CORRECTED_NOTE = "Corrected: referrals recorded in another system are now included."


@dataclass(frozen=True, slots=True)
class Jump:
    """A count that leaves its usual level for one quarter."""

    slug: str
    period: str
    code: str
    factor: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An explanation: which question of the check it answers, and how."""

    slug: str
    period: str
    code: str
    rule: str
    explanation: str


JUMP = Jump("croydon", "2024-25-Q3", "SG06", 1.7)
ANSWERS = (
    Answer(
        "croydon",
        "2024-25-Q3",
        "SG06",
        "T704",
        "A joint screening team began in the autumn and opened enquiries on contacts that used to wait for an assessment.",
    ),
    Answer(
        "croydon",
        "2024-25-Q4",
        "SG06",
        "T704",
        "The joint screening team now holds a discussion first, so fewer enquiries are opened than in its first months.",
    ),
    Answer(
        "camden",
        "2024-25-Q2",
        "SG09",
        "X801",
        "Several large families who had moved back to the borough came onto plans again in summer.",
    ),
    Answer(
        "croydon",
        "2024-25-Q3",
        "SG06",
        "X801",
        "A joint screening team opened enquiries on contacts that used to wait for an assessment.",
    ),
    Answer(
        "greenwich",
        "2024-25-Q4",
        "SG09",
        "X801",
        "Plans that had ended early were reviewed, and some of them were opened again.",
    ),
    Answer(
        "hammersmith-and-fulham",
        "2023-24-Q4",
        "SG08",
        "X801",
        "Plans are being ended earlier where a family group agrees its own arrangements.",
    ),
    Answer(
        "haringey",
        "2024-25",
        "P2g",
        "X801",
        "The partnership now watches a part of every course, after a year in which few were watched.",
    ),
    Answer(
        "islington",
        "2024-25-Q3",
        "P2d",
        "X801",
        "The waiting list was cleared in autumn, so many interventions ended in the same quarter.",
    ),
    Answer(
        "kensington-and-chelsea",
        "2023-24-Q3",
        "SG07",
        "X801",
        "The conference team was short of chairs before the holidays, so some were held late.",
    ),
    Answer(
        "richmond-upon-thames",
        "2024-25-Q3",
        "SG09",
        "X801",
        "The plans of a few sibling groups began again, which weighs heavily where plans are few.",
    ),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A status other than reported, in some or all periods, with its note. ``periods`` empty means all."""

    slug: str
    code: str
    status: str
    note: str
    periods: tuple[str, ...] = ()


MARKS = (
    Mark("city-of-london", "SG35", "not_applicable", "Families are housed by agreement with a neighbouring council."),
    Mark("bexley", "P2d", "not_collected", "The mental health trust does not yet give figures by borough."),
    Mark(
        "hounslow",
        "P2d",
        "not_collected",
        "The contract with the provider did not ask for these figures at first.",
        ("2023-24-Q1", "2023-24-Q2"),
    ),
    Mark(
        "sutton",
        "SG13",
        "withheld",
        "The director has asked for the records of placements to be checked first.",
        ("2023-24-Q4",),
    ),
    Mark("newham", "P2g", "not_yet_available", "The partnership's training log is still being checked.", ("2024-25",)),
    Mark(
        "ealing",
        "P2b",
        "estimated",
        "Estimated from the records of most teams while the case system was being replaced.",
        ("2023-24-Q3",),
    ),
    Mark(
        "brent", "SG05", "provisional", "Some assessments of the last weeks are still being recorded.", ("2024-25-Q4",)
    ),
    Mark("enfield", "SG12", "provisional", "", ("2024-25-Q4",)),
    Mark(
        "barking-and-dagenham",
        "SG07",
        "unreliable",
        "Dates of enquiries were moved by a fault when the case system was changed.",
        ("2024-25-Q1",),
    ),
)
NOTES = (
    Mark("hackney", "SG01", "reported", "A new front door team took over screening in this quarter.", ("2024-25-Q1",)),
    Mark("wandsworth", "P2a", "reported", "Counted from the police feed, matched to the council's own records."),
)

# Optional files of a return: slug, period, file, and its rows in the order of its columns.
TEXTS: tuple[tuple[str, str, str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "camden",
        "2024-25-Q4",
        "commentary.csv",
        (
            (
                "SG01",
                "Schools and health visitors now use one front door, and more of their worries reach us early.",
                "Fewer families are sent from one service to the next.",
            ),
            ("SG11", "Reviews that fell in the holidays were brought forward.", ""),
        ),
    ),
    (
        "camden",
        "2024-25-Q4",
        "challenges.csv",
        (
            (
                "2024-10-14",
                "P2b",
                "Early help in schools is recorded in several systems.",
                "One form for all of them is being tried in some schools.",
                "Early help data lead",
                "in-hand",
            ),
        ),
    ),
    (
        "camden",
        "2024-25-Q4",
        "actions.csv",
        (
            (
                "holiday-reviews",
                "SG11",
                "Plan reviews so that none falls due in the school holidays.",
                "Head of child protection",
                "2025-01-20",
                "2025-06-30",
                "open",
                "",
            ),
        ),
    ),
    (
        "camden",
        "2024-25-Q4",
        "voice.csv",
        (
            (
                "T3",
                "children",
                "Talks with children who have a plan, led by an advocate",
                "They want to be told beforehand who will be at a meeting, and to say who should not be.",
                "Each child is now asked before the list is made.",
            ),
        ),
    ),
    (
        "camden",
        "2024-25-Q4",
        "answers.csv",
        (
            (
                "Are reviews held on time when a family moves between boroughs?",
                "Not always: records arrive late. The two teams now hold the first review together.",
                "",
                "2025-05-12",
            ),
        ),
    ),
    (
        "camden",
        "2024-25-Q4",
        "readiness.csv",
        (
            ("{area}", "SG01", "3", "3", "2", "2", "2", "1", "The duty team's old system is switched off in autumn."),
            ("{area}", "SG12", "2", "1", "2", "", "1", "0", ""),
        ),
    ),
    # words about a figure so small that it is hidden: they stay behind
    (
        "city-of-london",
        "2024-25-Q4",
        "commentary.csv",
        (
            ("P2b", "Early help is shared with a neighbouring council.", ""),
            ("SG12", "Volunteers were trained anew.", ""),
        ),
    ),
    (
        "city-of-london",
        "2024-25-Q4",
        "actions.csv",
        (
            (
                "shared-early-help",
                "P2b",
                "Agree with the neighbouring council who records early help.",
                "Early help lead",
                "2025-02-03",
                "2025-04-30",
                "done",
                "Both councils record it where the family lives.",
            ),
        ),
    ),
)
