"""Papers of a borough for its meetings: score cards, the pages of two boards, and a pack of one sheet an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import File, Frame, LineChart, Link, Value


class TargetStatus(NamedTuple):
    """How a figure lies to its target: ``shape`` (met, near, missed, inside, outside) and ``word`` say the same. ``shape``
    is empty where there is no status, and ``word`` may say why."""

    shape: str
    word: str


class Before(NamedTuple):
    """A figure of an earlier period, or the ``reason`` why there is none to compare."""

    value: Value | None
    reason: str


class Words(NamedTuple):
    """What stands below a row. ``success``: what it would look like. ``commentary`` and ``impact``: the borough's, or that
    none was supplied. ``mark``: readiness for audit. ``actions``: each with its owner and its day."""

    success: str
    commentary: str
    impact: str
    mark: str
    actions: tuple[str, ...]


class CardLine(NamedTuple):
    """A row of a score card. ``value`` is None without figures: then ``reason`` says why. ``london`` is None where it is not
    set beside. ``trial``: that the indicator is on trial, or empty."""

    link: Link
    code: str
    value: Value | None
    unit: str
    period: str
    quarter: Before
    year: Before
    london: Value | None
    inside: str
    target: str
    status: TargetStatus
    direction: str
    reason: str
    trial: str
    words: Words


class Heard(NamedTuple):
    """What was heard from one kind of people. ``items``: how it was heard, what was heard, what changed; may be empty."""

    kind: str
    items: tuple[tuple[str, str, str], ...]


class Planned(NamedTuple):
    """An open action. ``due`` in words; ``overdue``: after its day when the release was published."""

    due: str
    text: str
    owner: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class ScoreCardPage:
    """One score card of one borough, on a sheet of A4. ``lines`` may be empty: ``empty`` then says what stands here.
    ``control``: release, catalogue, review, marking. ``tag``: illustrative, or empty."""

    template: ClassVar[str] = "scorecard"
    frame: Frame
    kicker: str
    heading: str
    tag: str
    caption: str
    lines: tuple[CardLine, ...]
    empty: str
    notes: tuple[str, ...]
    heard: tuple[Heard, ...]
    plan: tuple[Planned, ...]
    plan_empty: str
    questions: tuple[str, ...]
    control: tuple[str, ...]
    files: tuple[File, ...]
    onward: tuple[Link, ...]


class FlagLine(NamedTuple):
    """A row that is listed. ``slug``: the code of its indicator; ``reasons``: label and sentence of each exception."""

    slug: str
    link: Link
    reasons: tuple[tuple[str, str], ...]
    words: Words


class BoardRow(NamedTuple):
    """A row of a card on the operational page. ``flags``: labels, may be empty."""

    link: Link
    value: Value | None
    unit: str
    period: str
    direction: str
    status: TargetStatus
    mark: str
    reason: str
    flags: tuple[str, ...]


class BoardCard(NamedTuple):
    """A card on the operational page, flagged rows first. ``empty`` is said where it has no rows."""

    link: Link
    rows: tuple[BoardRow, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page of a board. ``listed``: rows with exceptions; ``themes``: lines; ``loose``: overdue actions about no
    indicator. ``nothing`` is said when all three are empty. ``cards``: all rows of all cards, on the operational page, with
    ``files``: their tables."""

    template: ClassVar[str] = "board"
    frame: Frame
    kicker: str
    heading: str
    tag: str
    lead: str
    listed_heading: str
    listed: tuple[FlagLine, ...]
    themes: tuple[tuple[str, str], ...]
    loose: tuple[Planned, ...]
    nothing: str
    cards_caption: str
    cards: tuple[BoardCard, ...]
    control: tuple[str, ...]
    files: tuple[File, ...]
    onward: tuple[Link, ...]


class PackRow(NamedTuple):
    """A place that the figure is compared with. ``label``: where the borough lies, or why that is not said."""

    name: str
    note: str
    value: Value
    label: str


class PackSheet(NamedTuple):
    """One indicator on one sheet. ``slug``: its code; ``chart``: drawn at its narrow width, None for a single period."""

    slug: str
    heading: str
    measure: str
    sentence: str
    caption: str
    rows: tuple[PackRow, ...]
    trend_heading: str
    chart: LineChart | None
    notes: tuple[str, ...]
    words: Words
    question: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack for a meeting. ``contents``: links to the sheets; ``empty`` is said when there are none. ``files``: the table
    behind the sheets."""

    template: ClassVar[str] = "pack"
    frame: Frame
    kicker: str
    heading: str
    tag: str
    lead: str
    contents: tuple[Link, ...]
    sheets: tuple[PackSheet, ...]
    empty: str
    control: tuple[str, ...]
    files: tuple[File, ...]
    onward: tuple[Link, ...]
