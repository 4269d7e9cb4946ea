"""The tables of a borough's page: one row an indicator, drawn against London; national and illustrative figures apart."""

from __future__ import annotations

from site_builder.published import addresses, readiness, sentences
from site_builder.published.charts import geometry
from site_builder.published.compose.values import number, shade, tag, unit, value, variation
from site_builder.published.inputs import Inputs
from site_builder.published.neighbours import nearby
from site_builder.published.pages_borough import SpineRow, SpineTable
from site_builder.published.pages_parts import NOT_COMPARED, Sparkline, Spine
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period

_TIERS = ("environment", "capability", "efficiency", "outcome")


def spine_tables(inputs: Inputs, area: Area, slug: str, heading: str, path: str) -> tuple[SpineTable, ...]:
    """The tables under one question: national figures, then illustrative ones; context before results."""
    asked = [data for data in inputs.figures.values() if data.indicator.question == slug and data.headline]
    asked.sort(key=lambda data: _TIERS.index(data.indicator.tier))  # stable: in order of the catalogue within a tier
    kinds = (("National figures", True), (f"Figures from {HERE.area} returns", False))
    tables = []
    for words, national in kinds:
        some = [data for data in asked if data.source.national is national]
        if some:
            marked = tag(some[0])
            caption = f"{area.name}: {words.lower()}. {heading}"
            rows = tuple(_row(inputs, area, data, path) for data in some)
            tables.append(SpineTable(words, marked, f"{marked}. {caption}" if marked else caption, rows))
    return tuple(tables)


def _row(inputs: Inputs, area: Area, data: IndicatorData, path: str) -> SpineRow:
    period = data.headline
    if period is None:
        raise ValueError("an indicator without a period has no row")
    point = data.points[area.code, period]
    own = sentences.leading(area, point, data)
    code = data.indicator.code
    return SpineRow(
        code=code,
        title=data.indicator.title,
        href=addresses.relative(path, addresses.borough_indicator(area.slug, code)),
        value=value(own),
        unit=unit(data) if own is point.value else "counted",
        period=sentences.short_period(period),
        spine=_spine(inputs, area, data, period),
        spark=_spark(area, data),
        variation=variation(point) if area.funnel else NOT_COMPARED,
        change=sentences.change(area, data),
        mark=_mark(inputs, area, data),
    )


def _mark(inputs: Inputs, area: Area, data: IndicatorData) -> str:
    """How ready the borough rates a figure of its returns for an audit; empty where it says nothing."""
    if inputs.latest is None or data.source.national:
        return ""
    row = readiness.assessed(inputs.latest).get((area.code, data.indicator.code))
    return f"Readiness for audit: {readiness.mark_of(row).value}" if row else ""


def _spine(inputs: Inputs, area: Area, data: IndicatorData, period: Period) -> Spine | None:
    """The row's drawing; None for a count, a figure that is not shown, a place too small to be compared,
    and beside a London that a borough is missing from."""
    point, cuts = data.points[area.code, period], data.quartiles.get(period)
    total = data.points[LONDON, period]
    drawn, london = number(point), None if total.absent else number(total)
    if drawn is None or london is None or cuts is None or not area.funnel or data.indicator.measure.kind is Kind.COUNT:
        return None
    middle = nearby(inputs.neighbours, inputs.areas, area.code, data, period).median
    return geometry.spine(
        drawn,
        london,
        (float(cuts[0]), float(cuts[2])),
        neighbours=float(middle.plain) if middle and middle.is_shown else None,
        interval=(float(point.lower.plain), float(point.upper.plain)) if point.limits else None,
        shade=shade(point),
    )


def _spark(area: Area, data: IndicatorData) -> Sparkline | None:
    series = [sentences.leading(area, point, data) for point in data.series(area.code)]
    values = [float(own.plain) if own.is_shown else None for own in series]
    return geometry.sparkline(values, sentences.trend_words(area, data, data.series(area.code)))
