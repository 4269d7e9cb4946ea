"""The child's journey: every indicator along the path, and the steps of one year in London or in one borough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import DataTable, Frame, Label, Link, Tools


class StepBar(NamedTuple):
    """The bar of one step. ``kind``: usual, zero, or the state of a count that is not shown (c, x, u, z, low)."""

    kind: str
    x: str
    y: str
    width: str


class StepsDrawing(NamedTuple):
    """The steps at one width. ``names``, ``counts``: words over and behind each bar. ``ratios``: words between two bars,
    each beside one of ``downs``, arrows. ``returns``: words under a bar, each beside one of ``loops``, arrows that lead
    back to it. ``heads``: tips of all arrows, one path."""

    width: str
    height: str
    bars: tuple[StepBar, ...]
    names: tuple[Label, ...]
    counts: tuple[Label, ...]
    ratios: tuple[Label, ...]
    returns: tuple[Label, ...]
    downs: tuple[str, ...]
    loops: tuple[str, ...]
    heads: str


class StepsChart(NamedTuple):
    """The steps drawn at two widths, with their alternative text."""

    title: str
    desc: str
    wide: StepsDrawing
    narrow: StepsDrawing


class JourneyBlock(NamedTuple):
    """Steps of one year: drawing, sentences and tables of the same figures. ``returns``: those who came back. ``cite``: how
    to cite the page."""

    heading: str
    sub: str
    chart: StepsChart
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    table: DataTable
    returns: DataTable
    tools: Tools
    questions: tuple[str, ...]
    cite: str


class PathLine(NamedTuple):
    """An indicator along the path. ``source``: where its figures come from, or why there are none."""

    code: str
    title: str
    href: str
    source: str


class PathStage(NamedTuple):
    """A stage of the path and its indicators."""

    slug: str
    heading: str
    text: str
    lines: tuple[PathLine, ...]


@dataclass(frozen=True, slots=True)
class JourneyPage:
    """The whole path, then its steps in London. ``flow`` is None without figures; then ``empty`` is said."""

    template: ClassVar[str] = "journey"
    frame: Frame
    heading: str
    lead: str
    local: tuple[Link, ...]
    stages: tuple[PathStage, ...]
    flow: JourneyBlock | None
    empty: str
    boroughs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BoroughJourneyPage:
    """The steps in one borough. ``flow`` is None without figures; then ``empty`` is said."""

    template: ClassVar[str] = "borough_journey"
    frame: Frame
    kicker: Link
    heading: str
    lead: str
    flow: JourneyBlock | None
    empty: str
    onward: tuple[Link, ...]
