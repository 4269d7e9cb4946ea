"""How unusual each borough is: the funnel of the latest period, with its sentence, notes, table and files."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published import addresses, funnel_words, phrases
from site_builder.published.charts import funnel_curves
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.funnel import FunnelPoint, FunnelWords, Limits
from site_builder.published.charts.funnel import funnel as draw
from site_builder.published.compose.values import Drawn, number, shade, tag, value, variation
from site_builder.published.downloads.places import FunnelFiles
from site_builder.published.figures import limit
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import ChartBlock
from site_builder.published.pages_parts import DataTable, KeyItem, Link, Tools, Value
from site_builder.published.statistics import IndicatorData, Point
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.funnels import (
    EDGE,
    MINIMUM_PLAIN,
    OUT,
    Funnel,
    Transform,
    outside_plain,
)
from site_builder.vocabulary.methods.intervals import Interval
from site_builder.vocabulary.periods import Period

_SHARES = (Kind.PROPORTION, Kind.SURVEY)


class Compared(NamedTuple):
    """What a funnel is drawn from: ``points`` with both counts printed, A to Z; ``small``: names of places that have a
    figure and are too small; ``own_centre``: whether the centre is London's printed figure."""

    points: tuple[Point, ...]
    small: tuple[str, ...]
    limits: Limits
    own_centre: bool


def compared(inputs: Inputs, data: IndicatorData, period: Period) -> Compared | None:
    """What a funnel of this period is drawn from; None where there is none: counts, under ten boroughs, all equal."""
    measure, how = data.indicator.measure, data.indicator.compare.funnel
    if measure.kind is Kind.COUNT or how == "none":
        return None
    areas = inputs.areas.by_code
    usable = [p for p in data.at(period) if p.value.is_shown and p.numerator.is_shown and p.denominator.value]
    points = tuple(sorted((p for p in usable if areas[p.area].funnel), key=lambda p: areas[p.area].name))
    if len(points) < MINIMUM_PLAIN or len({(p.numerator.value or 0) / (p.denominator.value or 1) for p in points}) == 1:
        return None
    centre, own = _centre(data.points[LONDON, period], points)
    transform = Transform.ARCSINE if measure.kind in _SHARES else Transform.SQUARE_ROOT
    if centre <= 0 or (transform is Transform.ARCSINE and centre >= 1):
        return None
    found = data.funnels[period]
    limits = Limits(centre, transform, found if isinstance(found, Funnel) else None, measure.multiplier, measure.dp)
    small = tuple(areas[p.area].name for p in usable if not areas[p.area].funnel)
    return Compared(points, small, limits, own)


def _centre(london: Point, points: tuple[Point, ...]) -> tuple[float, bool]:
    """London's printed counts where both are there, else those of the boroughs together; and which it is."""
    x, n = london.numerator.value, london.denominator.value
    if x is not None and n:
        return float(x / n), True
    xs, ns = (sum(_whole(getattr(p, name).value) for p in points) for name in ("numerator", "denominator"))
    return xs / ns, False


def _whole(number: object) -> int:
    return int(number)  # type: ignore[call-overload, no-any-return]  # a shown count


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
        heading=funnel_words.heading(found.points),
        sub=_sub(data, period),
        chart=_chart(inputs, data, period, found, drawn),
        notes=_notes(inputs, data, period, found),
        tools=Tools(tools.tag, tools.release, links),
        summary="Show this chart as a table",
        key=_key(found),
    )


def _sub(data: IndicatorData, period: Period) -> str:
    """Measure and unit by size, and the period."""
    unit = phrases.measure_line(data, period).removesuffix(f", {phrases.when(period)}")
    by = "number of children" if data.indicator.measure.kind is Kind.RATE else "the number it is out of"
    return f"{unit}, by {by}, {phrases.when(period)}"


def _chart(inputs: Inputs, data: IndicatorData, period: Period, found: Compared, drawn: Drawn) -> Chart:
    names = {area.code: area.name for area in inputs.areas.all}
    points = [FunnelPoint(names[p.area], _whole(p.denominator.value), number(p) or 0.0, shade(p)) for p in found.points]
    outside = sum(_is_outside(point, found.limits) for point in found.points)
    london = data.points[LONDON, period].value
    words = funnel_words.title(data)
    return draw(
        points,
        found.limits,
        FunnelWords(
            title=f"Illustrative: {words[:1].lower()}{words[1:]}" if tag(data) else words,
            desc=_desc(found, names),
            across=funnel_words.across(data),
            london=f"London {london.text}" if found.own_centre and london.is_shown else "",
            sentence=funnel_words.sentence(found.points, outside, names),
            table=_table(data, period, found, names),
        ),
        uid="unusual",
        light=drawn.light,
        cache=drawn.cache,
    )


def _is_outside(point: Point, limits: Limits) -> bool:
    x, n = _whole(point.numerator.value), _whole(point.denominator.value)
    return outside_plain(x, n, limits.centre, limits.transform, EDGE) != 0


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
    if not found.limits.funnel:
        return (chance, KeyItem("london", "London"), KeyItem("circle", "A borough"))
    marks = (
        ("usual", KeyItem("circle", "Usual variation")),
        ("edge", KeyItem("diamond", "Towards the edge")),
        ("out", KeyItem("square", "Stands out")),
    )
    return (
        KeyItem("band", "Usual variation, 99.8%"),
        chance,
        KeyItem("dashes", "Usual variation, 95%"),
        KeyItem("london", "London" if found.own_centre else "All together"),
        *(item for kind, item in marks if kind in shades),
    )


# ---- the table of the same figures


def limits_of(point: Point, limits: Limits) -> tuple[Interval, Interval]:
    """The 95 % and 99.8 % limits at a borough's denominator, in the unit of the value: those that label it."""
    size = float(point.denominator.value or 0)
    if limits.funnel:
        near, far = limits.funnel.limits(size, EDGE), limits.funnel.limits(size, OUT)
    else:
        near, far = (funnel_curves.chance_at(limits.centre, limits.transform, size, c) for c in (EDGE, OUT))
    times = limits.multiplier
    return Interval(near.lower * times, near.upper * times), Interval(far.lower * times, far.upper * times)


def _table(data: IndicatorData, period: Period, found: Compared, names: dict[str, str]) -> DataTable:
    kind = "usual variation" if found.limits.funnel else "chance alone"
    columns = (
        "Borough",
        phrases.capital(phrases.noun_of(data.indicator)),
        "Children" if data.indicator.measure.kind is Kind.RATE else "Out of",
        f"95% limits, {kind}",
        f"99.8% limits, {kind}",
        *(("Variation",) if found.limits.funnel else ()),
    )
    caption = f"{data.indicator.title}: limits at the size of each borough, {phrases.when(period)}"
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
