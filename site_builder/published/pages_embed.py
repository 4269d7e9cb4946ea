"""A chart alone, as a page that stands in a frame of another site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from site_builder.published.charts.chart import Chart
from site_builder.published.pages_parts import DataTable, Frame, KeyItem, Link, Row, Strip, TileMap


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """One chart of an indicator with all that it needs away from its page.

    ``kicker``: the indicator. ``heading``: the conclusion; ``sub``: measure, unit, period. One of ``chart``, ``strip`` and
    ``squares`` is there. ``key``: the key above it. ``notes``: its sentence and what belongs to it. ``summary`` opens the
    table of the same figures. ``source``: the release in words; ``licence``: with lines that must be printed. ``whole``:
    the page it is from. ``codes``: what to paste to show it elsewhere, and what that shows.
    """

    template: ClassVar[str] = "embed"
    frame: Frame
    kicker: str
    heading: str
    sub: str
    chart: Chart | None
    strip: Strip | None
    squares: TileMap | None
    key: tuple[KeyItem, ...]
    notes: tuple[str, ...]
    summary: str
    table: DataTable
    source: str
    licence: str
    whole: Link
    codes: tuple[Row, ...]
