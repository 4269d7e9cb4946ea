"""Pages over all of London: maps, who sent what, the calendar, readiness, difficulties, and the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.pages_parts import BarTable, File, Filter, Frame, KeyItem, Link, Row, TileMap


class SmallMap(NamedTuple):
    """One indicator as a small map. ``slug``: its anchor. ``link``: to its own map; ``words``: what stands out.
    ``grounds``: class of a ground and the path of the squares that have it."""

    slug: str
    link: Link
    words: str
    grounds: tuple[tuple[str, str], ...]


class MapTheme(NamedTuple):
    """The small maps of one theme."""

    heading: str
    maps: tuple[SmallMap, ...]


class MapKind(NamedTuple):
    """Small maps of one kind of figures. ``tag``: illustrative, or empty."""

    slug: str
    heading: str
    tag: str
    themes: tuple[MapTheme, ...]


class LargeMap(NamedTuple):
    """The one map that is drawn in full, with its table. ``slug``: its indicator, by which sentences are read."""

    slug: str
    heading: str
    about: Link
    sub: str
    tag: str
    key: tuple[KeyItem, ...]
    map: TileMap
    table: BarTable


@dataclass(frozen=True, slots=True)
class MapPage:
    """Squared London, one indicator in full and every other one small. ``large``: None before there are figures.
    ``small_key``: what the grounds of the small maps mean."""

    template: ClassVar[str] = "map"
    frame: Frame
    heading: str
    lead: str
    local: tuple[Link, ...]
    large: LargeMap | None
    small_key: tuple[KeyItem, ...]
    kinds: tuple[MapKind, ...]
    empty: str


class GridHead(NamedTuple):
    """A column of a grid: its short name, the whole one, and where it leads."""

    code: str
    title: str
    href: str


class GridCell(NamedTuple):
    """``letter`` and ``word`` of a state. ``quiet``: the word is for screen readers alone, because the state is the usual
    one. ``marks``: letters in brackets behind it."""

    letter: str
    word: str
    quiet: bool
    marks: str


class GridRow(NamedTuple):
    """One borough."""

    name: str
    href: str
    cells: tuple[GridCell, ...]


class Grid(NamedTuple):
    """Boroughs by indicators, in letters and words. ``key``: letter or mark, its word, and what it means."""

    caption: str
    key: tuple[tuple[str, str, str], ...]
    heads: tuple[GridHead, ...]
    rows: tuple[GridRow, ...]


class CoverageTotal(NamedTuple):
    """How many boroughs are in each state, in the order of the page's columns. ``london``: who is in London's figure."""

    link: Link
    period: str
    counts: tuple[str, ...]
    london: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Whose figures came. ``responses``: who answered, a sentence a round. ``others``: the same page of other rounds."""

    template: ClassVar[str] = "coverage"
    frame: Frame
    heading: str
    lead: str
    tag: str
    grid: Grid | None
    columns: tuple[str, ...]
    totals: tuple[CoverageTotal, ...]
    responses: tuple[str | Markup, ...]
    others: tuple[Link, ...]
    files: tuple[File, ...]
    empty: str


class RoundRow(NamedTuple):
    """One round of the collection. ``state`` and ``note`` as the release shows it."""

    period: str
    href: str
    opens: str
    due: str
    publishes: str
    state: str
    note: str


class Cadence(NamedTuple):
    """What is sent equally often: by group of figures, the indicators."""

    slug: str
    heading: str
    groups: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """When returns are taken, due and shown. ``asat``: the day that states are told for. ``announced``: indicators to
    come, each with its first period."""

    template: ClassVar[str] = "calendar"
    frame: Frame
    heading: str
    lead: str
    asat: str
    rounds: tuple[RoundRow, ...]
    states: tuple[Row, ...]
    cadences: tuple[Cadence, ...]
    announced: tuple[tuple[Link, str], ...]
    files: tuple[File, ...]
    boroughs: tuple[Link, ...]


class ReadinessRow(NamedTuple):
    """One figure that a borough has assessed. ``levels``: of each aspect, in words."""

    borough: Link
    indicator: Link
    mark: str
    levels: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """How ready figures are for an audit, by boroughs' own word. ``aspects``: their names, as columns of ``assessed``."""

    template: ClassVar[str] = "readiness"
    frame: Frame
    heading: str
    lead: str
    tag: str
    grid: Grid
    aspects: tuple[str, ...]
    assessed: tuple[ReadinessRow, ...]


class ChallengeRow(NamedTuple):
    """One difficulty. ``slug``: its anchor. ``marks``: classes that filters look for. ``tag``: illustrative, or empty."""

    slug: str
    marks: str
    about: tuple[Link, ...]
    issue: str
    decision: str
    meta: str
    tag: str


@dataclass(frozen=True, slots=True)
class ChallengesPage:
    """Difficulties in collecting indicators, open ones first, then the oldest. ``onward``: where decisions stand."""

    template: ClassVar[str] = "challenges"
    frame: Frame
    heading: str
    lead: str
    filters: tuple[Filter, ...]
    entries: tuple[ChallengeRow, ...]
    onward: Link
    empty: str


class Chip(NamedTuple):
    """An indicator in the drawing of the model. ``national``: a national series."""

    code: str
    label: str
    href: str
    national: bool
    x: str
    y: str


class TierBand(NamedTuple):
    """A tier of the drawing: its words and its indicators. ``line``: above it, ``text_y``: of its title; ``arrow``: to
    the next one, or empty."""

    title: str
    line: str
    text_y: str
    arrow: str
    chips: tuple[Chip, ...]


class TierList(NamedTuple):
    """A tier in words: what it means and its indicators."""

    slug: str
    title: str
    text: str
    indicators: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ModelPage:
    """How the indicators hang together: four tiers drawn and listed. ``wide``, ``high``: of the drawing."""

    template: ClassVar[str] = "model"
    frame: Frame
    heading: str
    lead: str
    wide: str
    high: str
    desc: str
    bands: tuple[TierBand, ...]
    tiers: tuple[TierList, ...]
