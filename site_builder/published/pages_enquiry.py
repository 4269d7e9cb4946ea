"""Pages of questions: the bank with its answers, and what to ask of one borough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import Frame, Link, Row


class EnquiryLine(NamedTuple):
    """One line of enquiry. ``because``: a sentence that begins “Asked because”. ``evidence``: where the figures stand,
    labelled with the indicator. ``asks``: who can answer it, in words, or empty."""

    question: str
    because: str
    evidence: Link
    asks: str


class EnquiryGroup(NamedTuple):
    """Lines from figures of one kind. ``heading``: such as National figures; ``tag``: illustrative, or empty."""

    heading: str
    tag: str
    lines: tuple[EnquiryLine, ...]


class Enquiries(NamedTuple):
    """The lines of a borough's page. ``empty`` is said when there are none; ``onward`` leads to all of them."""

    heading: str
    groups: tuple[EnquiryGroup, ...]
    empty: str
    onward: Link


class ThemeEnquiries(NamedTuple):
    """The lines of one theme. ``slug``: its anchor."""

    slug: str
    heading: str
    groups: tuple[EnquiryGroup, ...]


class AnswerLine(NamedTuple):
    """What a borough answered. ``area``: its name; ``evidence``: a public document, or None; ``tag``: illustrative, or
    empty."""

    area: str
    text: str
    day: str
    evidence: Link | None
    tag: str


class BankQuestion(NamedTuple):
    """A question of the bank. ``asks`` and ``when`` in words; ``answers``: may be empty; ``unanswered``: who has not
    answered a standing local question, in words; empty for others."""

    slug: str
    text: str
    local: bool
    asks: str
    when: str
    indicators: tuple[Link, ...]
    answers: tuple[AnswerLine, ...]
    unanswered: str


class QuestionTheme(NamedTuple):
    """The questions of one theme; ``href``: its page."""

    slug: str
    heading: str
    href: str
    questions: tuple[BankQuestion, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The bank of questions by theme. ``general``: what is asked about every indicator. ``triggers``: what
    brings a question up, and when. ``others_heading`` with
    ``others``: answers to questions in other words, each with its question; may be empty."""

    template: ClassVar[str] = "questions"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    heading: str
    lead: str
    local: tuple[Link, ...]
    themes: tuple[QuestionTheme, ...]
    general_heading: str
    general: tuple[BankQuestion, ...]
    triggers_heading: str
    triggers: tuple[Row, ...]
    others_heading: str
    others: tuple[tuple[str, AnswerLine], ...]


class ActionLine(NamedTuple):
    """An action of a board. ``about``: the indicator, or None; ``when``: raised, due and state in words; ``outcome``: may
    be empty; ``overdue``: open after its day when the release was published."""

    action: str
    owner: str
    about: Link | None
    when: str
    outcome: str
    overdue: bool
    tag: str


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """What to ask of one borough, to print and take into a meeting: all lines of enquiry by theme, standing questions with
    the answers that came, actions. ``themes``: those with a line; ``themes_empty`` is said when there are none, and so
    ``actions_empty``. ``onward``: the borough, its data, how lines are made."""

    template: ClassVar[str] = "challenge"
    frame: Frame
    kicker: str
    heading: str
    lead: str
    local: tuple[Link, ...]
    themes: tuple[ThemeEnquiries, ...]
    themes_empty: str
    standing_heading: str
    standing_sub: str
    standing: tuple[BankQuestion, ...]
    actions_heading: str
    actions: tuple[ActionLine, ...]
    actions_empty: str
    onward: tuple[Link, ...]
