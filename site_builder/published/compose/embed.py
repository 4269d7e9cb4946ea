"""Charts of an indicator as pages for other sites: the same drawings, words and tables as on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from markupsafe import escape

from site_builder.published import addresses
from site_builder.published.charts.chart import Chart
from site_builder.published.frames import DRAFT, Frames
from site_builder.published.pages_embed import EmbedPage
from site_builder.published.pages_indicator import BoroughsBlock, ChartBlock, IndicatorPage
from site_builder.published.pages_parts import BarRow, DataTable, KeyItem, Link, Row, Strip, TileMap, Tools, Value
from site_builder.published.points import Source
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE

_NAMES = {
    "trend": f"{HERE.name} over time",
    "funnel": "how unusual",
    "spread": f"{HERE.areas} on one line",
    "map": f"map of {HERE.areas}",
}
VIEWS = tuple(_NAMES)
_HEIGHTS = {"trend": 980, "funnel": 1260, "spread": 780, "map": 1100}  # of a frame wide enough for the larger drawing
_SQUARES = {"usual", "edge", "out", "c", "x"}  # swatches that stand for a square of the map
_OPENS = "Open or embed this chart"


class _Shown(NamedTuple):
    """What differs from one view to another; fields as of the page."""

    heading: str
    sub: str
    table: DataTable
    notes: tuple[str, ...]
    chart: Chart | None = None
    strip: Strip | None = None
    squares: TileMap | None = None
    key: tuple[KeyItem, ...] = ()


def views(page: IndicatorPage) -> tuple[str, ...]:
    """The charts of an indicator's page that stand alone too."""
    there = {"trend": page.trend, "funnel": page.funnel, "spread": page.boroughs.strip, "map": page.boroughs.finder}
    return tuple(view for view, block in there.items() if block is not None)


def offered(page: IndicatorPage, code: str) -> IndicatorPage:
    """The page of an indicator with a link below each chart to the page where it stands alone."""
    path = addresses.indicator(code)

    def link(view: str, label: str = _OPENS) -> Link:
        return Link(label, addresses.relative(path, addresses.embed(code, view)))

    def with_link(block: ChartBlock | None, view: str) -> ChartBlock | None:
        return block._replace(tools=_with(block.tools, link(view))) if block is not None else None

    squares = link("map", "Open or embed the map")
    lines = (link("spread", "Open or embed the line"), squares) if page.boroughs.strip else (squares,)
    return replace(
        page,
        boroughs=page.boroughs._replace(tools=_with(page.boroughs.tools, *lines)),
        trend=with_link(page.trend, "trend"),
        funnel=with_link(page.funnel, "funnel"),
    )


def pages(
    frames: Frames, data: IndicatorData, page: Callable[[], IndicatorPage], there: tuple[str, ...]
) -> Mapping[str, Callable[[], EmbedPage]]:
    """A page for each chart of an indicator. ``there``: its views."""
    return {addresses.embed(data.indicator.code, view): partial(_embed, frames, data, page, view) for view in there}


def _embed(frames: Frames, data: IndicatorData, given: Callable[[], IndicatorPage], view: str) -> EmbedPage:
    page, indicator = given(), data.indicator
    path, home = addresses.embed(indicator.code, view), addresses.indicator(indicator.code)
    shown = _shown(page, view, path, indicator.code)
    title = f"{indicator.title} ({indicator.code}): {_NAMES[view]}"
    description = f"A chart of “{indicator.title}”, to be shown on other sites."
    # The way that a notice of the page leads would be another from here, and an embed links to its page anyway.
    notices = tuple(one._replace(link=None) for one in page.frame.notices if one != DRAFT)
    frame = frames.frame(path, title, description, notices=notices)
    return EmbedPage(
        frame=replace(frame, canonical=f"{frames.settings.base_url}/{home}", noindex=True, breadcrumb=()),
        kicker=f"{indicator.title} ({indicator.code})",
        heading=shown.heading,
        sub=shown.sub,
        chart=shown.chart,
        strip=shown.strip,
        squares=shown.squares,
        key=shown.key,
        notes=shown.notes,
        summary="Show this chart as a table",
        table=shown.table,
        source=page.boroughs.tools.release,
        licence=page.data.sub,
        whole=Link("The whole page, with files and methods", addresses.relative(path, home)),
        codes=_codes(frames.settings.base_url, data.source, path, title, _HEIGHTS[view]),
    )


def _codes(base_url: str, source: Source, path: str, title: str, height: int) -> tuple[Row, ...]:
    """What to paste to show a chart as it is for good, where its release keeps it, and to show always the newest."""
    newest = Row("It always shows the latest figures:", code(f"{base_url}/{path}", title, height))
    if source.national:
        return (newest,)
    kept = code(f"{base_url}/{addresses.release_file(source.release, path)}", title, height)
    return (Row(f"It stays as it is in release {source.release}:", kept), newest)


def code(address: str, title: str, height: int) -> str:
    """What to paste into a page to show a chart there; a template escapes it once more."""
    return f'<iframe src="{escape(address)}" title="{escape(title)}" loading="lazy" width="100%" height="{height}"></iframe>'


def _shown(page: IndicatorPage, view: str, path: str, code_: str) -> _Shown:
    block = page.boroughs
    not_a_judgement = " ".join(block.callout)
    notes: tuple[str, ...]
    if view == "spread" and block.strip is not None:
        notes = (block.strip.caption, not_a_judgement)
        return _Shown(block.heading, page.measure, _boroughs(block), notes, strip=block.strip)
    if view == "map":
        key = tuple(item for item in block.key if item.swatch in _SQUARES)
        squares = _leading_on(block.finder, path, code_)
        notes = (f"Each square is one {HERE.area}, roughly in place.", not_a_judgement, *filter(None, (HERE.squares,)))
        return _Shown(block.heading, page.measure, _boroughs(block), notes, squares=squares, key=key)
    drawn = page.trend if view == "trend" else page.funnel
    if drawn is None:
        raise ValueError("this indicator has no such chart")
    notes = (drawn.chart.sentence, *drawn.notes)
    return _Shown(drawn.heading, drawn.sub, drawn.chart.table, notes, chart=drawn.chart, key=drawn.key)


def _leading_on(squares: TileMap, path: str, code_: str) -> TileMap:
    """The map with each square leading to the borough's own page of the indicator, for want of rows beside it."""
    return squares._replace(
        tiles=tuple(
            tile._replace(
                href=addresses.relative(path, addresses.borough_indicator(tile.href.removeprefix("#"), code_))
            )
            for tile in squares.tiles
        )
    )


def _boroughs(block: BoroughsBlock) -> DataTable:
    """The table of the boroughs without its bars."""
    table = block.table
    columns = (table.first, table.measure, *((table.interval,) if table.interval else ()))
    columns += ("Variation",) if table.variation else ()
    return DataTable(table.caption, columns, tuple(_row(block, row) for row in table.rows))


def _row(block: BoroughsBlock, row: BarRow) -> tuple[str | Value, ...]:
    name = f"{row.name} ({row.note})" if row.note else row.name
    how = f"{row.variation.word}, {row.variation.side}" if row.variation.side else row.variation.word
    interval = (row.interval or "–",) if block.table.interval else ()
    return (name, row.value, *interval, *((how or "not compared",) if block.table.variation else ()))


def _with(tools: Tools, *links: Link) -> Tools:
    return tools._replace(links=(*tools.links, *links))
