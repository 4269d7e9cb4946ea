"""The page of one indicator of one borough: its figure, what it is compared with, its trend, its neighbours."""

from __future__ import annotations

from functools import partial

from site_builder.published import addresses, citing, comparators, phrases, readiness, sentences
from site_builder.published.charts import geometry
from site_builder.published.comparators import Comparator
from site_builder.published.compose import definition, predicted
from site_builder.published.compose.borough import BOROUGHS
from site_builder.published.compose.borough_trend import borough_trend
from site_builder.published.compose.values import interval, number, shade, tag, unit, value
from site_builder.published.downloads.comparators import comparators_file
from site_builder.published.downloads.places import descriptor_of, files_of
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import NEIGHBOUR_MODEL, Inputs
from site_builder.published.neighbours import ENOUGH, Nearby, nearby
from site_builder.published.pages_borough import BoroughIndicatorPage, ComparatorRow
from site_builder.published.pages_parts import (
    NOT_COMPARED,
    BarRow,
    BarTable,
    Fact,
    Link,
    Row,
    Tools,
)
from site_builder.published.points import Point
from site_builder.published.said import NO_IMPACT, commentary_of
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period


def borough_indicator(frames: Frames, inputs: Inputs, area: Area, data: IndicatorData) -> BoroughIndicatorPage:
    """One indicator of one borough. Raises ValueError for an indicator without a period, which has no page."""
    period, indicator = data.headline, data.indicator
    if period is None:
        raise ValueError("an indicator without a period has no figures")
    path = addresses.borough_indicator(area.slug, indicator.code)
    point = data.points[area.code, period]
    near = nearby(inputs.neighbours, inputs.areas, area.code, data, period)
    over_time, trend = borough_trend(area, data)
    compared, uncompared = _said_once(_comparators(area, data, point, comparators.of(inputs, area, data, period)))
    return BoroughIndicatorPage(
        frame=frames.frame(
            path,
            f"{area.name}: {indicator.title} ({indicator.code})",
            f"{indicator.title} in {sentences.in_sentence(area)}, beside {HERE.name} and over time.",
            section="boroughs",
            above=(BOROUGHS, (area.name, addresses.borough(area.slug))),
            notices=(ILLUSTRATIVE,) if tag(data) else (),
            data=(*files_of(inputs, data)[:2], descriptor_of(inputs, data)),
        ),
        kicker=f"{area.name} · Indicator {indicator.code}",
        heading=indicator.title,
        measure=measure_of(area, data, period),
        sentence=sentences.figure(area, data, period),
        facts=_facts(area, data, period),
        cautions=_cautions(area, data, point),
        comparators_heading=sentences.comparators_heading(area, point),
        comparators_caption=_tagged(data, f"{indicator.title}: {area.name} and the places it is compared with"),
        predicted=predicted.of_borough(inputs, area, indicator.code),
        comparators=compared,
        uncompared=uncompared,
        trend_heading=over_time,
        trend=trend,
        neighbours_heading=f"{area.name} and its {near.kind.value}",
        neighbours_sub=_neighbours_sub(data, period, near),
        neighbours=_neighbours(area, data, period, near, path),
        note="" if data.source.national else point.note,
        audit=_audit(inputs, area, data),
        said=_said(inputs, area, data),
        questions=definition.questions(inputs, indicator),
        twin=definition.twin(inputs, indicator, path, partial(addresses.borough_indicator, area.slug)),
        tools=_tools(inputs, data, path),
        onward=_onward(area, indicator, path),
        cite=citing.borough_indicator(frames, area, data),
    )


def measure_of(area: Area, data: IndicatorData, period: Period) -> str:
    """Unit, ages and date of a borough's figure."""
    if not area.funnel and data.indicator.measure.kind is not Kind.COUNT:
        return f"Number, {phrases.when(period)}"
    return phrases.measure_line(data, period)


def _audit(inputs: Inputs, area: Area, data: IndicatorData) -> str:
    if inputs.latest is None or data.source.national:
        return ""
    row = readiness.assessed(inputs.latest).get((area.code, data.indicator.code))
    mark = readiness.mark_of(row) if row else readiness.Mark.NOT_ASSESSED
    return f"Readiness for audit, as the {HERE.area} rates it: {mark.value}."


def _said(inputs: Inputs, area: Area, data: IndicatorData) -> tuple[Row, ...]:
    """The borough's commentary, latest period first, and what difference it says was made."""
    if data.source.national:
        return ()
    rows = []
    for one in commentary_of(inputs.latest, area.code, data.indicator.code):
        rows.append(Row(f"{area.name}, {sentences.short_period(one.period)}", one.text))
        rows.append(Row("What difference was made", one.impact or f"{NO_IMPACT}."))
    return tuple(rows)


def _tagged(data: IndicatorData, words: str) -> str:
    return f"{tag(data)}. {words}" if tag(data) else words


def _facts(area: Area, data: IndicatorData, period: Period) -> tuple[Fact, ...]:
    """The borough's figure, London's, and the counts behind the borough's."""
    point, london = data.points[area.code, period], data.points[LONDON, period]
    own, measure = sentences.leading(area, point, data), data.indicator.measure
    noun = phrases.noun_of(data.indicator) if own is point.value else "count"
    ends = f", 95% interval {interval(point)}" if own is point.value and point.limits else ""
    facts = [Fact(f"{area.name}, {noun}{ends}", value(own), unit(data) if own is point.value else "", london=False)]
    if not area.funnel or measure.kind is Kind.COUNT:
        return tuple(facts)
    inside = f" ({london.partial})" if london.partial else ""
    facts.append(Fact(f"{HERE.name}, {noun}{inside}", value(london.value), unit(data), london=True))
    if own is point.value and point.numerator.is_shown:
        facts.append(Fact(f"Counted in {area.name}", value(point.numerator), "", london=False))
        if measure.has_collected_denominator:
            facts.append(Fact("Out of", value(point.denominator), "", london=False))
    return tuple(facts)


def _cautions(area: Area, data: IndicatorData, point: Point) -> tuple[str, ...]:
    own = sentences.leading(area, point, data)
    broken = sentences.break_words(data.indicator)
    publisher = point.note if data.source.national else ""
    return (*sentences.cautions(own), *((publisher,) if publisher else ()), *((broken,) if broken else ()))


# ---- what it is compared with


def _comparators(
    area: Area, data: IndicatorData, point: Point, found: tuple[Comparator, ...]
) -> tuple[ComparatorRow, ...]:
    """The borough itself, then what it is compared with."""
    own = sentences.leading(area, point, data)
    rows = [ComparatorRow(area.name, "", value(own), interval(point) if own is point.value else "", "")]
    return (*rows, *(_comparator(one) for one in found))


def _comparator(one: Comparator) -> ComparatorRow:
    ends = f", from {one.lowest.text} to {one.highest.text}" if one.lowest and one.highest else ""
    label = sentences.LABELS.get(one.label, f"Not compared: {one.reason}")
    ranged = interval(one.point) if one.point else ""
    return ComparatorRow(one.name, f"{one.average}, {one.of}{ends}", value(one.value), ranged, label)


def _said_once(rows: tuple[ComparatorRow, ...]) -> tuple[tuple[ComparatorRow, ...], str]:
    """The rows, and apart from them the reason why nothing is compared where it is the same in each."""
    labels = {row.label for row in rows[1:]}
    (label,) = labels if len(labels) == 1 else ("",)
    if label in ("", *sentences.LABELS.values()):
        return rows, ""
    return tuple(row._replace(label="") for row in rows), label


def _neighbours_sub(data: IndicatorData, period: Period, near: Nearby) -> str:
    london = data.points[LONDON, period].value
    line = f" The upright line is {HERE.name}, {london.text}." if london.is_shown else ""
    far = f" {phrases.capital(phrases.count_word(near.far))} of them are “not close”." if near.is_far else ""
    return (
        f"Places most like it by the department’s model of {NEIGHBOUR_MODEL}, closest first: the order says nothing about "
        f"the figures.{far}{line}"
    )


def _neighbours(area: Area, data: IndicatorData, period: Period, near: Nearby, path: str) -> BarTable | None:
    """The neighbours' figures as bars; national series only, and only when six of them have a figure."""
    if not data.source.national or not area.funnel or near.shown < ENOUGH or data.indicator.measure.kind is Kind.COUNT:
        return None
    point, london = data.points[area.code, period], number(data.points[LONDON, period])
    own = number(point)
    values = [float(place.value.plain) for place in near.places if place.value.is_shown]
    of = geometry.scale([*values, *(n for n in (own, london) if n is not None)])
    rows = [
        BarRow("", "", area.name, "", "", value(point.value), None, "", None, NOT_COMPARED)
        if own is None
        else BarRow(
            "", "", area.name, "", "", value(point.value), geometry.bar(own, of, shade(point)), "", None, NOT_COMPARED
        )
    ]
    for place in near.places:
        bar = geometry.bar(float(place.value.plain), of, "usual") if place.value.is_shown else None
        target = addresses.borough_indicator(place.slug, data.indicator.code) if place.slug else ""
        href = addresses.relative(path, target)
        close = place.closeness.replace("-", " ")
        rows.append(BarRow(place.slug, "", place.name, close, href, value(place.value), bar, "", None, NOT_COMPARED))
    return BarTable(
        uid="n",
        caption=f"{data.indicator.title}: {area.name} and its {near.kind.value}, closest first",
        first="Place",
        measure=phrases.capital(phrases.noun_of(data.indicator)),
        interval="",
        number="",
        variation=False,
        ticks=tuple(tick.words for tick in of.ticks),
        grid=geometry.grid(of),
        london=geometry.along(london, of) if london is not None else "",
        rows=tuple(rows),
    )


# ---- files and links


def _tools(inputs: Inputs, data: IndicatorData, path: str) -> Tools:
    files = files_of(inputs, data)
    places = (("CSV", files.csv), ("JSON", files.json), ("Comparators, CSV", comparators_file(inputs, data)))
    links = tuple(Link(words, addresses.relative(path, place)) for words, place in places if place)
    return Tools(tag(data), data.source.credit, links)


def _onward(area: Area, indicator: Indicator, path: str) -> tuple[Link, ...]:
    name = sentences.in_sentence(area)
    return (
        Link(
            f"All {HERE.areas} on this indicator",
            addresses.relative(path, f"{addresses.indicator(indicator.code)}#{area.slug}"),
        ),
        Link(f"All indicators of {name}", addresses.relative(path, addresses.borough(area.slug))),
        Link("How figures are worked out and compared", addresses.relative(path, addresses.METHODS)),
    )
