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
