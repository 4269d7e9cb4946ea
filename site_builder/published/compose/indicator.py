"""The page of an indicator: with figures, or with a definition alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from site_builder.published import addresses, citing, coverage, phrases
from site_builder.published.articles import render_inline
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.trend import TrendPoint, TrendWords, trend
from site_builder.published.compose import definition, predicted
from site_builder.published.compose.facts import facts
from site_builder.published.compose.funnel import funnel_block
from site_builder.published.compose.groups import groups
from site_builder.published.compose.multiples import multiples_block
from site_builder.published.compose.spread import boroughs_block
from site_builder.published.compose.values import Drawn, caption, interval, over_time, shown, tag, value
from site_builder.published.datasets import Thing, of_indicator
from site_builder.published.downloads.places import (
    Files,
    descriptor_of,
    files_of,
    funnel_files,
    spread_files,
    workbook_file,
)
from site_builder.published.figures import Figure, limit
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import BoroughsBlock, ChartBlock, IndicatorPage, IndicatorWithoutFiguresPage
from site_builder.published.pages_parts import DataBlock, DataTable, File, Frame, Link, Row, Tools, Value
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData, breaks_of, comparable_from
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind, Status, Version
from site_builder.vocabulary.periods import MONTHS, Period, day_in_words

INDICATORS = ("Indicators", addresses.INDICATORS)
_PROSE = ("Why it matters", "What it cannot tell you")
_STATES = {
    Status.AGREED: ("No returns yet.", f"{HERE.areas_head} do not send this figure yet: it comes from another agency."),
    Status.DEFINITION_PENDING: (
        "Agreed, definition still open.",
        "No figure is collected until the definition is agreed.",
    ),
    Status.AWAITING: ("Awaiting a decision.", "It was proposed in 2008 and has not been decided."),
    Status.NOT_INCLUDED: ("Not included.", "It was considered and not taken in. The reason stands below."),
    Status.ANNOUNCED: ("Announced.", "The publisher’s file is not at hand yet. The page will fill when it is."),
    Status.RETIRED: ("Retired.", "It is no longer collected."),
    Status.NATIONAL: ("Announced.", "The publisher’s file is not at hand yet."),
}


def indicator_page(
    frames: Frames,
    inputs: Inputs,
    data: IndicatorData,
    drawn: Drawn,
    file: Callable[[str], bytes] | None = None,
) -> IndicatorPage:
    """The page of an indicator with figures; the drawings of its charts are downloads too. ``file``: what stands at a path
    of the site, to state sizes and checksums of downloads."""
    indicator, path = data.indicator, addresses.indicator(data.indicator.code)
    period = data.headline
    if period is None:
        raise ValueError("an indicator without a period has no figures")
    files = files_of(inputs, data)
    tools = tools_of(data, path, files)
    chart = trend_chart(data, drawn)
    block = boroughs_block(inputs, data, period, path, tools)
    block = block._replace(tools=_with_drawings(inputs, data, path, block))
    unusual = funnel_block(inputs, data, period, drawn, path, funnel_files(inputs, data), tools)
    cited = citing.indicator(frames, data)
    described = of_indicator(frames.settings, inputs, data, files, unit_words(indicator), cited, file)
    stored = (files.csv, files.json, descriptor_of(inputs, data))
    return IndicatorPage(
        frame=_frame(frames, inputs, indicator, path, described, stored, invented=bool(tag(data))),
        kicker=f"Indicator {indicator.code}",
        heading=indicator.title,
        measure=phrases.measure_line(data, period),
        lead=phrases.lead(data, period),
        facts=facts(data, period),
        local=_local(chart, unusual),
        boroughs=block,
        ranks=None,
        trend=trend_block(data, chart, path, files, tools) if chart else None,
        prediction=predicted.note(inputs, indicator.code, path),
        funnel=unusual,
        groups=groups(inputs, data),
        multiples=multiples_block(inputs, data, path, tools),
        twin=definition.twin(inputs, indicator, path),
        about=definition.about(inputs, indicator, data),
        prose=_prose(indicator),
        questions=definition.questions(inputs, indicator),
        data=_downloads(frames, inputs, data, path, files),
    )


def page_without_figures(frames: Frames, inputs: Inputs, indicator: Indicator) -> IndicatorWithoutFiguresPage:
    """The page of an indicator that has a definition and no figures."""
    path = addresses.indicator(indicator.code)
    state, explanation = state_of(indicator)
    first = indicator.prose["What it measures"].split("\n\n")[0]
    return IndicatorWithoutFiguresPage(
        _frame(frames, inputs, indicator, path, invented=False),
        f"Indicator {indicator.code}",
        indicator.title,
        unit_words(indicator),
        " ".join(first.split()),
        state,
        explanation,
        definition.twin(inputs, indicator, path),
        definition.about(inputs, indicator, None),
        _prose(indicator),
        definition.questions(inputs, indicator),
    )


def _frame(
    frames: Frames,
    inputs: Inputs,
    indicator: Indicator,
    path: str,
    described: tuple[Thing, ...] = (),
    stored: tuple[str, ...] = (),
    *,
    invented: bool,
) -> Frame:
    theme = inputs.content.themes[indicator.theme]
    description = (
        f"{indicator.title}: what it measures, {HERE.name}’s {HERE.areas} compared, and what it cannot tell you."
    )
    return frames.frame(
        path,
        f"{indicator.title} ({indicator.code})",
        description,
        section="indicators",
        above=(INDICATORS, (theme.title, addresses.theme(theme.code))),
        notices=(ILLUSTRATIVE,) if invented else (),
        feeds=((f"{indicator.code}: what is new", addresses.indicator_feed(indicator.code)),),
        described=described,
        data=stored,
    )


def state_of(indicator: Indicator) -> tuple[str, str]:
    """Why an indicator has no figures: a few words, and a sentence."""
    return _STATES[indicator.status]


def unit_words(indicator: Indicator) -> str:
    """What the value is, in words."""
    measure = indicator.measure
    match measure.kind:
        case Kind.RATE:
            return f"Rate per {measure.multiplier:,}"
        case Kind.PROPORTION | Kind.SURVEY:
            return "Percentage" if measure.unit == "percent" else f"Rate per {measure.multiplier:,}"
        case Kind.COUNT:
            return "Number"
        case Kind.RATIO:
            return "Ratio"
        case Kind.SCORE:
            return "Score"
        case Kind.UNDEFINED:
            return "To be agreed"


def _local(chart: Chart | None, unusual: ChartBlock | None) -> tuple[Link, ...]:
    trend_link = (Link("Trend", "#trend"),) if chart else ()
    funnel_link = (Link("How unusual", "#unusual"),) if unusual else ()
    return (
        Link(HERE.areas_head, f"#{HERE.folder}"),
        *trend_link,
        *funnel_link,
        Link("Groups", "#groups"),
        Link("About", "#about"),
        Link("Get the data", "#data"),
    )


def tools_of(data: IndicatorData, path: str, files: Files) -> Tools:
    """The line under a figure of an indicator, for the page at ``path``."""
    links = (Link("CSV", addresses.relative(path, files.csv)), Link("JSON", addresses.relative(path, files.json)))
    return Tools(tag(data), data.source.credit, links)


def _with_drawings(inputs: Inputs, data: IndicatorData, path: str, block: BoroughsBlock) -> Tools:
    """The files of the boroughs' section, its drawings among them."""
    places = spread_files(inputs, data)
    named = (("Line, SVG", places.strip if block.strip else ""), ("Map, SVG", places.map))
    links = tuple(Link(name, addresses.relative(path, place)) for name, place in named if place)
    return block.tools._replace(links=(*block.tools.links, *links))


def _prose(indicator: Indicator) -> tuple[Row, ...]:
    return tuple(Row(heading, render_inline(indicator.prose[heading])) for heading in _PROSE)


# ---- London over time


def trend_chart(data: IndicatorData, drawn: Drawn, uid: str = "trend") -> Chart | None:
    """London over time; None with fewer than two shown figures. ``uid``: prefix of ids, unique on the page."""
    series = over_time(data, LONDON)
    breaks = breaks_of(data.indicator, [point.period for point in series])
    points = tuple(_trend_point(data, point, breaks.get(place)) for place, point in enumerate(series))
    if sum(point.london is not None for point in points) < 2:
        return None
    return trend(points, _trend_words(data, points), uid=uid, light=drawn.light, cache=drawn.cache)


def _trend_point(data: IndicatorData, point: Point, version: Version | None) -> TrendPoint:
    england = data.points.get((ENGLAND, point.period))
    counts = data.indicator.measure.kind is Kind.COUNT  # a borough's count beside London's says nothing
    cuts = None if counts else data.quartiles.get(point.period)
    return TrendPoint(
        label=_short(point.period),
        london=_drawn(data, point),
        england=_drawn(data, england) if england else None,
        low=float(limit(float(cuts[0]), data.indicator.measure.dp).plain) if cuts else None,
        high=float(limit(float(cuts[2]), data.indicator.measure.dp).plain) if cuts else None,
        provisional="p" in shown(point, data).marks,
        break_words=f"Definition changed, {version.start.year}" if version else "",
        comparability=version.comparability if version else "full",
    )


def _drawn(data: IndicatorData, point: Point) -> float | None:
    led = shown(point, data)
    return float(led.plain) if led.is_shown else None


def _series(data: IndicatorData) -> list[tuple[Period, Figure]]:
    """London's shown figures over time, oldest first."""
    led = [(point.period, shown(point, data)) for point in over_time(data, LONDON)]
    return [(period, figure) for period, figure in led if figure.is_shown]


def _short(period: Period) -> str:
    """A label along the foot: the year, or month and year within it."""
    within = period.part or (period.start == period.end and period.end.month != 3)
    return f"{MONTHS[period.end.month - 1][:3]} {period.end.year}" if within else str(period.end.year)


def _trend_words(data: IndicatorData, points: Sequence[TrendPoint]) -> TrendWords:
    series = _series(data)
    alike = phrases.of_one_london(data, series[comparable_from(data.indicator, [one for one, _ in series]) :])
    (start, first), (end, last) = alike[0], alike[-1]
    england = data.points.get((ENGLAND, end))
    other = shown(england, data) if england is not None else None
    noun = phrases.followed(data, end)
    compared = f" compared with {HERE.country} and the middle half of {HERE.areas}" if other and other.is_shown else ""
    title = f"{HERE.name}’s {noun}{compared}, {series[0][0].end.year} to {end.end.year}"
    before = f"{first.text} {phrases.when(start)} and " if start != end else ""
    inside = data.points[LONDON, end].partial
    desc = f"{HERE.name} was {before}{last.text} {phrases.when(end)}{f' ({inside})' if inside else ''}."
    if other and other.is_shown:
        desc += f" {HERE.country} was {other.text}."
    return TrendWords(
        title=f"Illustrative: {title}" if tag(data) else title,
        desc=f"{desc} All values are in the table that follows.",
        london=f"{HERE.name} {last.text}",
        england=f"{HERE.country} {other.text}" if other and other.is_shown else "",
        band=f"Middle half of {HERE.areas}" if points[-1].low is not None else "",
        sentence=desc,
        table=_trend_table(data),
        caption=caption(data, f"{title}. {_trend_sub(data)}"),
    )


def _trend_table(data: IndicatorData) -> DataTable:
    england = ENGLAND in data.areas
    columns = ("Period", HERE.name, "95% interval", coverage.COLUMN, *((HERE.country,) if england else ()))
    rows: list[tuple[str | Markup | Value, ...]] = []
    for point in over_time(data, LONDON):
        who = coverage.column(data, point)
        row: list[str | Value] = [point.period.label, value(shown(point, data)), interval(point), who]
        if england:
            row.append(value(shown(data.points[ENGLAND, point.period], data)))
        rows.append(tuple(row))
    caption = f"{data.indicator.title}: {HERE.name} by period"
    return DataTable(f"Illustrative: {caption}" if tag(data) else caption, columns, tuple(rows))


def trend_block(data: IndicatorData, chart: Chart, path: str, files: Files, tools: Tools) -> ChartBlock:
    """The chart of London over time with its words, notes and files, for the page at ``path``."""
    links = (
        Link("SVG", addresses.relative(path, files.svg)),
        Link("PNG", addresses.relative(path, files.png)),
        Link("Vega-Lite", addresses.relative(path, files.spec)),
        *tools.links[:1],
    )
    notes = [phrases.capital(note) for note in _trend_notes(data)]
    return ChartBlock(
        phrases.trend_heading(data, _series(data)),
        _trend_sub(data),
        chart,
        tuple(notes),
        Tools(tools.tag, tools.release, links),
        "Show this chart as a table",
    )


def _trend_sub(data: IndicatorData) -> str:
    counts = over_time(data, LONDON)[-1].value.state == "z"  # quarters of a rate are shown as counts
    return f"{'Count' if counts else unit_words(data.indicator)}, {_steps(data)}"


def _steps(data: IndicatorData) -> str:
    """How far apart the points of the series stand, in words."""
    series = over_time(data, LONDON)
    if series[-1].period.part:
        return "each quarter"
    if series[-1].period.start != series[-1].period.end:
        return "each year"
    days = {(point.period.end.month, point.period.end.day) for point in series}
    return (
        f"at {day_in_words(series[-1].period.end).rsplit(' ', 1)[0]} each year"
        if len(days) == 1
        else "at the end of each quarter"
    )


def _trend_notes(data: IndicatorData) -> list[str]:
    notes = sorted({point.note for point in over_time(data, LONDON) if point.note})
    notes += coverage.cautions(over_time(data, LONDON))
    for point in over_time(data, LONDON):
        if "e" in point.value.marks and not point.note and data.source.national:
            notes.append(f"{HERE.name}’s figure {phrases.when(point.period)} is an estimate of the publisher.")
    gaps = [phrases.when(point.period) for point in over_time(data, LONDON) if not shown(point, data).is_shown]
    if gaps:
        notes.append(f"There is no {HERE.name} figure {phrases.listed(gaps)}.")
    return notes


def _downloads(frames: Frames, inputs: Inputs, data: IndicatorData, path: str, files: Files) -> DataBlock:
    national = data.source.national
    licence = "Free to reuse under the Open Government Licence v3.0."
    lines = predicted.attribution(inputs, data.indicator.code) if national else ()
    whole = "The whole national package" if national else "The whole release"
    return DataBlock(
        " ".join((licence, *lines)),
        (
            File("This table, CSV", addresses.relative(path, files.csv), ""),
            File("This table, JSON", addresses.relative(path, files.json), ""),
            File("This table, Excel", addresses.relative(path, workbook_file(inputs, data)), ""),
            File(whole, addresses.relative(path, files.whole), ""),
            File("All forms, and how to load them in R, Python or Excel", addresses.relative(path, addresses.DATA), ""),
        ),
        citing.indicator(frames, data),
        citing.files_of_indicator(data, path),
    )
