"""Pages of a borough: the list of boroughs, one borough, and one indicator of one borough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.pages_enquiry import Enquiries
from site_builder.published.pages_papers import Heard
from site_builder.published.pages_parts import (
    BarTable,
    Fact,
    File,
    Frame,
    LineChart,
    Link,
    Row,
    Sparkline,
    Spine,
    Squares,
    TileMap,
    Tools,
    Twin,
    Value,
    Variation,
)


class BoroughLine(NamedTuple):
    """A borough in a list. ``region``: Inner or Outer London. ``returned``: breadth of reporting in words."""

    name: str
    href: str
    region: str
    returned: str


@dataclass(frozen=True, slots=True)
class BoroughsPage:
    """The boroughs A to Z, and as squares."""

    template: ClassVar[str] = "boroughs"
    answers: ClassVar[tuple[str, ...]] = ("lead", "list")
    frame: Frame
    heading: str
    lead: str
    finder: TileMap
    boroughs: tuple[BoroughLine, ...]


class SpineRow(NamedTuple):
    """One indicator of a borough. ``spine`` is None when there is no number; then the value's reason stands there.

    ``unit`` is short (``per 10,000``, ``%``). ``change``: the change word, or empty when it cannot be told.
    ``mark``: how ready the figure is for an audit, where the borough says so; else empty.
    """

    code: str
    title: str
    href: str
    value: Value
    unit: str
    period: str
    spine: Spine | None
    spark: Sparkline | None
    variation: Variation
    change: str
    mark: str


class SpineTable(NamedTuple):
    """Figures of one kind under one heading. ``heading``: such as National figures; ``tag``: illustrative, or empty.

    ``caption`` names borough, question and kind for a screen reader.
    """

    heading: str
    tag: str
    caption: str
    rows: tuple[SpineRow, ...]


class QuestionBlock(NamedTuple):
    """One of the four headings. ``tables`` may be empty; ``empty`` then says why. ``text``: one sentence or empty."""

    slug: str
    heading: str
    text: str
    tables: tuple[SpineTable, ...]
    empty: str


class TodoBlock(NamedTuple):
    """Part of the fourth heading: exceptions, lines of enquiry, gaps. ``empty`` is said when there are no items."""

    heading: str
    items: tuple[str | Markup, ...]
    empty: str


class Cover(NamedTuple):
    """Which figures of one kind are there, a square each. ``tag``: illustrative, or empty. ``text``: the same in words."""

    tag: str
    text: str
    squares: Squares


@dataclass(frozen=True, slots=True)
class BoroughPage:
    """One borough under the four headings.

    ``lead``: what stands out, in one paragraph. ``comparators``: the lines on London and on the ten neighbours.
    ``breadth``: how many figures were returned, in a sentence; ``reach``: from whom, or empty. ``coverage``: what is there
    and what is not. ``questions``: the first three headings with their tables.
    ``todo_heading``, ``enquiries`` and ``todo``: the fourth. ``scale_note``: how each row's scale is drawn. ``notes``: the borough's
    own words, by indicator. ``heard``: from children, families and practitioners, in the third of the questions; empty where
    nothing was sent. ``heard_tag``: illustrative, or empty. ``papers``: links to papers for meetings, in named groups. ``files``: data of this borough; ``cite``: how to cite the page. ``local``: links to the sections.
    """

    template: ClassVar[str] = "borough"
    answers: ClassVar[tuple[str, ...]] = ("lead", "beside", "coverage", "needs")
    frame: Frame
    kicker: str
    heading: str
    lead: str
    comparators: tuple[str | Markup, ...]
    breadth: str
    reach: str
    coverage: tuple[Cover, ...]
    local: tuple[Link, ...]
    questions: tuple[QuestionBlock, ...]
    scale_note: str
    todo_heading: str
    enquiries: Enquiries
    todo: tuple[TodoBlock, ...]
    notes: tuple[Row, ...]
    heard: tuple[Heard, ...]
    heard_tag: str
    papers: tuple[tuple[str, tuple[Link, ...]], ...]
    files: tuple[File, ...]
    files_sub: str
    cite: str


class ComparatorRow(NamedTuple):
    """What the borough is compared with, and the borough itself first. ``note``: kind of average, how many are in it, and
    the range of a median. ``label``: the borough is higher, lower or similar, or why it is not compared; empty in its own
    row."""

    name: str
    note: str
    value: Value
    interval: str
    label: str


@dataclass(frozen=True, slots=True)
class BoroughIndicatorPage:
    """One indicator of one borough; drawn by macros alone, because there are thousands.

    ``kicker``: link to the borough. ``sentence``: figure and comparison in words. ``facts``: value, interval, count.
    ``comparators``: the borough itself first. ``uncompared``: why it is compared with none of them, or empty. ``predicted``: how it lies beside what is expected, or empty. ``trend_heading`` with ``trend``: None for a single period.
    ``neighbours_heading`` with ``neighbours``: None when fewer than six have a figure. ``note``: the borough's own
    words, or empty; ``said``: its commentary and impact, by the period that they are about. ``audit``: how ready it rates the
    figure for an audit, or empty. ``onward``: the indicator, the borough, the method. ``cite``: how to cite the page. ``cautions``: sentences that belong to the
    figure, may be empty.
    """

    template: ClassVar[str] = "borough_indicator"
    answers: ClassVar[tuple[str, ...]] = ("lead", "facts", "compared")
    frame: Frame
    kicker: str
    heading: str
    measure: str
    sentence: str
    facts: tuple[Fact, ...]
    cautions: tuple[str, ...]
    comparators_heading: str
    comparators_caption: str
    comparators: tuple[ComparatorRow, ...]
    uncompared: str
    predicted: str
    trend_heading: str
    trend: LineChart | None
    neighbours_heading: str
    neighbours_sub: str
    neighbours: BarTable | None
    note: str
    audit: str
    said: tuple[Row, ...]
    questions: tuple[str, ...]
    twin: Twin | None
    tools: Tools
    onward: tuple[Link, ...]
    cite: str
