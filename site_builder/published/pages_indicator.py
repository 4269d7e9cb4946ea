"""Pages of an indicator: with figures, by rate (the same page, another order), and without figures yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.charts.chart import Chart
from site_builder.published.charts.multiples import Grid
from site_builder.published.pages_parts import (
    BarTable,
    Choice,
    DataBlock,
    DataTable,
    Fact,
    Filter,
    Frame,
    KeyItem,
    Link,
    Row,
    SmallSpread,
    Sparkline,
    Strip,
    TileMap,
    Tools,
    Twin,
    Value,
)


class BoroughsBlock(NamedTuple):
    """The boroughs of the latest period.

    ``heading``: the conclusion. ``sub``: at most two sentences. ``callout``: a strong opening and the rest.
    ``strip``: None when fewer than two figures are shown. ``finder``: squares that lead to rows. ``orders``: A to Z and
    by rate; empty when there is only one. ``more``: label of the checkbox that shows intervals and counts on phones.
    ``notes``: sentences under the table (cautions, provisional figures); may be empty.
    """

    heading: str
    sub: str
    callout: tuple[str, str]
    strip: Strip | None
    finder: TileMap
    key: tuple[KeyItem, ...]
    orders: tuple[Choice, ...]
    more: str
    table: BarTable
    notes: tuple[str, ...]
    tools: Tools


class ChartBlock(NamedTuple):
    """A chart with its anatomy: ``heading`` the conclusion, ``sub`` measure, unit, ages, period; notes; tools.

    ``summary`` opens the table of the same figures. ``key``: the key above the drawing, in the order of its marks.
    """

    heading: str
    sub: str
    chart: Chart
    notes: tuple[str, ...]
    tools: Tools
    summary: str
    key: tuple[KeyItem, ...] = ()


class RankBlock(NamedTuple):
    """Ranks with their range and bands, on demand. ``summary`` opens it; ``notes``: what they are worth, and cut points."""

    summary: str
    notes: tuple[str, ...]
    table: DataTable


class MultiplesBlock(NamedTuple):
    """Every borough's small trend. ``heading``: the conclusion; ``label``: what a screen reader says of the drawing."""

    heading: str
    sub: str
    label: str
    grid: Grid
    notes: tuple[str, ...]
    tools: Tools


class PredictionNote(NamedTuple):
    """What a covariate alone would lead one to expect, in short. ``heading``: the conclusion; ``text``: who lies outside,
    or why nothing is said; ``link``: to the whole."""

    heading: str
    text: str
    link: Link


class AboutBlock(NamedTuple):
    """Definition and method. ``sub``: which version is in force since when."""

    sub: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator with figures; also its twin by rate, which differs in order, callout and links.

    ``kicker``: ``Indicator SG08``. ``heading``: at most seven words. ``measure``: unit, ages, date. ``lead``: at most
    35 words. ``facts``: at most four. ``local``: links to the sections that are on the page, in order. ``boroughs``:
    the latest period. ``ranks``: only by rate, and only with a polarity. ``trend``: None for a single period.
    ``prediction``: None where nothing is declared. ``funnel``: None where there is none. ``groups``: where breakdowns are,
    or why there are none. ``multiples``: None with under three periods, and by rate. ``twin``: the national or
    illustrative series of the same
    subject, or None. ``questions``: at least one. ``prose``: headed paragraphs of the catalogue (why it matters, what
    it cannot tell).
    """

    template: ClassVar[str] = "indicator"
    answers: ClassVar[tuple[str, ...]] = ("lead", "facts", "boroughs", "finder")
    frame: Frame
    kicker: str
    heading: str
    measure: str
    lead: str
    facts: tuple[Fact, ...]
    local: tuple[Link, ...]
    boroughs: BoroughsBlock
    ranks: RankBlock | None
    trend: ChartBlock | None
    prediction: PredictionNote | None
    funnel: ChartBlock | None
    groups: str
    multiples: MultiplesBlock | None
    twin: Twin | None
    about: AboutBlock
    prose: tuple[Row, ...]
    questions: tuple[str, ...]
    data: DataBlock


@dataclass(frozen=True, slots=True)
class IndicatorWithoutFiguresPage:
    """An indicator with a definition and no figures: no returns yet, announced, awaiting, not included.

    ``state``: the status in words, the heading of the notice. ``explanation``: what is awaited, and when.
    Other fields as on the page with figures.
    """

    template: ClassVar[str] = "indicator_without_figures"
    answers: ClassVar[tuple[str, ...]] = ("lead", "state")
    frame: Frame
    kicker: str
    heading: str
    measure: str
    lead: str
    state: str
    explanation: str
    twin: Twin | None
    about: AboutBlock
    prose: tuple[Row, ...]
    questions: tuple[str, ...]


class IndicatorLine(NamedTuple):
    """An indicator in a list. ``london``: its latest figure with ``period``, or None with ``status`` in words.

    ``unit`` follows the value (``per 10,000``); ``tag`` is the illustrative tag, or empty. ``marks``: classes of the choices
    that keep its row, where there are such.
    """

    code: str
    title: str
    href: str
    measure: str
    london: Value | None
    period: str
    tag: str
    status: str
    marks: str = ""


class IndicatorGroup(NamedTuple):
    """Indicators of one theme or kind. ``slug`` is its anchor; ``href`` its page, or empty."""

    slug: str
    heading: str
    href: str
    text: str
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """All indicators by theme. ``lead``: how many and how they are grouped. ``filters``: choices that work without script.
    ``catalogue``: its files."""

    template: ClassVar[str] = "indicators"
    answers: ClassVar[tuple[str, ...]] = ("lead", "filters")
    frame: Frame
    heading: str
    lead: str
    filters: tuple[Filter, ...]
    groups: tuple[IndicatorGroup, ...]
    catalogue: tuple[Link, ...]


class ThemeRow(NamedTuple):
    """An indicator of a theme: London's latest figure and how it moved; how the boroughs are spread, and how many lie beyond
    the usual variation (``lower`` and ``higher``, in words; empty where none is compared)."""

    code: str
    title: str
    href: str
    london: Value
    unit: str
    period: str
    spark: Sparkline | None
    spread: SmallSpread | None
    lower: str
    higher: str


class ThemeTable(NamedTuple):
    """Indicators of a theme from one kind of source. ``slug``: returns or national. ``came``: whose figures came, of
    returns alone."""

    slug: str
    heading: str
    tag: str
    caption: str
    rows: tuple[ThemeRow, ...]
    came: Markup


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme in two halves: what is in it (``tables``: returns, national figures; ``awaited``: no figures yet), and what
    to ask (``questions``: words, and the indicators that they are about). ``matrix``: every borough on it. ``more``: all questions
    with their answers. ``narrative``: what the lead leaves to say. ``objectives``: each with the indicators that speak to
    it."""

    template: ClassVar[str] = "theme"
    answers: ClassVar[tuple[str, ...]] = ("lead", "objectives")
    frame: Frame
    kicker: str
    heading: str
    lead: str
    narrative: Markup
    objectives: tuple[tuple[str, tuple[Link, ...]], ...]
    matrix: Link
    tables: tuple[ThemeTable, ...]
    awaited: IndicatorGroup | None
    questions: tuple[tuple[str, tuple[Link, ...]], ...]
    more: Link


class ThemeLine(NamedTuple):
    """A theme in a list: its name, page, one line, and how many indicators in words."""

    name: str
    href: str
    line: str
    size: str


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The themes."""

    template: ClassVar[str] = "themes"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    heading: str
    lead: str
    themes: tuple[ThemeLine, ...]
