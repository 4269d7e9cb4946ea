"""The page on what is actual and what is predicted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import DataBlock, Frame, KeyItem, Label, Link, Row, Tools, Value, Variation


class Range(NamedTuple):
    """The drawing of one row, from 0 to 100 along and 30 high. ``low`` and ``width``: the interval; ``expected``: its
    tick; ``at``: the figure. ``shade``: usual inside the interval, out outside."""

    low: str
    width: str
    expected: str
    at: str
    shade: str


class RangeRow(NamedTuple):
    """A borough. ``drawing``: None with ``reason``, the words in its place; these are empty where the figure itself is
    not shown, for then its own words stand there. ``interval``: ``201.7 to 458.1``, or empty. ``standing``: in words and
    shape; empty where nothing is expected."""

    name: str
    href: str
    observed: Value
    drawing: Range | None
    reason: str
    interval: str
    expected: str
    standing: Variation


class RangeTable(NamedTuple):
    """The chart that is a table, A to Z. ``ticks``: printed scale from the origin, evenly spaced; ``grid``: path of the
    inner lines; ``uid``: prefix of ids; ``measure``, ``standing``: headings of two columns."""

    uid: str
    caption: str
    measure: str
    standing: str
    ticks: tuple[str, ...]
    grid: str
    rows: tuple[RangeRow, ...]


class DotPlot(NamedTuple):
    """Authorities as dots, 320 by 200. ``usual`` and ``dark``: one path each with a dot an authority. ``lines``: solid, and
    ``dashed``; ``band``: shaded; any may be empty. ``heights``: labels of heights; ``left``, ``right``: what stands at the
    two ends below. ``title``, ``desc``: its alternative text."""

    title: str
    desc: str
    band: str
    lines: str
    dashed: str
    usual: str
    dark: str
    heights: tuple[Label, ...]
    left: str
    right: str


class PredictionBlock(NamedTuple):
    """One indicator. ``slug``: its anchor. ``sub``: measure and period, with ``link`` to the indicator. ``summary``: the
    sentence of the chart. ``card``: the model card. ``questions``: at least one."""

    slug: str
    heading: str
    sub: str
    link: Link
    key: tuple[KeyItem, ...]
    table: RangeTable
    summary: str
    tools: Tools
    card: tuple[Row, ...]
    plots: tuple[DotPlot, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PredictedPage:
    """Actual and predicted. ``callout``: a strong opening and the rest. ``more``: label of the checkbox that shows
    intervals on phones. ``blocks``: indicators that are shown, in order of the catalogue; ``silent``: those that are not,
    each with its reason."""

    template: ClassVar[str] = "predicted"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    heading: str
    lead: str
    callout: tuple[str, str]
    local: tuple[Link, ...]
    more: str
    blocks: tuple[PredictionBlock, ...]
    silent: tuple[tuple[Link, str], ...]
    data: DataBlock
