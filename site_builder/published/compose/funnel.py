"""How unusual each borough is: the funnel of the latest period, with its sentence, notes, table and files."""

from __future__ import annotations

from site_builder.published import addresses, funnel_words, phrases
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.funnel import FunnelPoint, FunnelWords, Limits
from site_builder.published.charts.funnel import funnel as draw
from site_builder.published.compose.values import Drawn, caption, number, shade, tag, value, variation
from site_builder.published.downloads.places import FunnelFiles
from site_builder.published.figures import limit
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import ChartBlock
from site_builder.published.pages_parts import DataTable, KeyItem, Link, Tools, Value
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.published.unusual import Compared, beyond_chance, compared, limits_of, whole
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period


def funnel_block(
    inputs: Inputs, data: IndicatorData, period: Period, drawn: Drawn, path: str, files: FunnelFiles, tools: Tools
) -> ChartBlock | None:
    """The section on how unusual boroughs are; None where there is no funnel."""
    found = compared(inputs, data, period)
    if found is None:
        return None
    links = tuple(
        Link(label, addresses.relative(path, file))
        for label, file in (("SVG", files.svg), ("PNG", files.png), ("Vega-Lite", files.spec), ("CSV", files.csv))
    )
    return ChartBlock(
        heading=funnel_words.heading(found.points, own_centre=found.own_centre),
        sub=_sub(data, period),
        chart=_chart(inputs, data, period, found, drawn),
        notes=_notes(inputs, data, period, found),
        tools=Tools(tools.tag, tools.release, links),
        summary="Show this chart as a table",
        key=_key(found),
    )


def _sub(data: IndicatorData, period: Period) -> str:
    """Measure and unit by size, and the period."""
    unit = phrases.unit_line(data.indicator)
    by = f"number of {HERE.people}" if data.indicator.measure.kind is Kind.RATE else "the number it is out of"
    return f"{unit}, by {by}, {phrases.when(period)}"


def _chart(inputs: Inputs, data: IndicatorData, period: Period, found: Compared, drawn: Drawn) -> Chart:
    names = {area.code: area.name for area in inputs.areas.all}
    points = [FunnelPoint(names[p.area], whole(p.denominator.value), number(p) or 0.0, shade(p)) for p in found.points]
    london = data.points[LONDON, period].value
    words = funnel_words.title(data)
    return draw(
        points,
        found.limits,
        FunnelWords(
            title=f"Illustrative: {words[:1].lower()}{words[1:]}" if tag(data) else words,
            desc=_desc(found, names),
            across=funnel_words.across(data),
            london=f"{HERE.name} {london.text}" if found.own_centre and london.is_shown else "",
            sentence=funnel_words.sentence(found.points, beyond_chance(found), names),
            table=_table(data, period, found, names),
            caption=caption(data, _sub(data, period)),
        ),
        uid="unusual",
        light=drawn.light,
        cache=drawn.cache,
    )


def _desc(found: Compared, names: dict[str, str]) -> str:
    if found.limits.funnel:
        return f"{funnel_words.beyond(found.points, names)} All values are in the table that follows."
    return f"{phrases.capital(phrases.boroughs(len(found.points)))} and the limits of chance. All values are in the table that follows."


def _notes(inputs: Inputs, data: IndicatorData, period: Period, found: Compared) -> tuple[str, ...]:
    names = {area.code: area.name for area in inputs.areas.all}
    funnel = found.limits.funnel
    notes = (
        f"{funnel_words.expected(funnel.areas)} {funnel_words.spread(funnel, own_centre=found.own_centre)}"
        if funnel
        else "",
        phrases.missing_names(data.at(period), names),
        funnel_words.too_small(found.small),
    )
    return tuple(note for note in notes if note)


def _key(found: Compared) -> tuple[KeyItem, ...]:
    shades = {shade(point) for point in found.points}
    chance = KeyItem("chance", "Limits of chance alone, 95% and 99.8%")
    centre = KeyItem("london", HERE.name if found.own_centre else "All together")
    if not found.limits.funnel:
        return (chance, centre, KeyItem("circle", HERE.an_area_head))
    marks = (
        ("usual", KeyItem("circle", "Usual variation")),
        ("edge", KeyItem("diamond", "Towards the edge")),
        ("out", KeyItem("square", "Stands out")),
    )
    return (
        KeyItem("band", "Usual variation, 99.8%"),
        chance,
        KeyItem("dashes", "Usual variation, 95%"),
        centre,
        *(item for kind, item in marks if kind in shades),
    )


# ---- the table of the same figures


def _table(data: IndicatorData, period: Period, found: Compared, names: dict[str, str]) -> DataTable:
    kind = "usual variation" if found.limits.funnel else "chance alone"
    columns = (
        HERE.area_head,
        phrases.capital(phrases.noun_of(data.indicator)),
        HERE.people_head if data.indicator.measure.kind is Kind.RATE else "Out of",
        f"95% limits, {kind}",
        f"99.8% limits, {kind}",
        *(("Variation",) if found.limits.funnel else ()),
    )
    caption = f"{data.indicator.title}: limits at the size of each {HERE.area}, {phrases.when(period)}"
    return DataTable(
        f"Illustrative: {caption}" if tag(data) else caption,
        columns,
        tuple(_row(point, found.limits, names[point.area], data.indicator.measure.dp) for point in found.points),
    )


def _row(point: Point, limits: Limits, name: str, dp: int) -> tuple[str | Value, ...]:
    near, far = limits_of(point, limits)
    how = variation(point)
    word = f"{how.word}, {how.side}" if how.side else how.word
    ends = (f"{limit(one.lower, dp).text} to {limit(one.upper, dp).text}" for one in (near, far))
    return (name, value(point.value), point.denominator.text, *ends, *((word,) if limits.funnel else ()))
