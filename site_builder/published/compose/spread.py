"""The boroughs of one period: conclusion, strip, map, and the table that is the chart."""

from __future__ import annotations

from site_builder.published import addresses, phrases
from site_builder.published.charts import geometry
from site_builder.published.charts.geometry import Scale
from site_builder.published.charts.strip import Spot, strip
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.published.compose.by_rate import orders
from site_builder.published.compose.values import ground, interval, number, shade, shown, tag, value, variation
from site_builder.published.coverage import out_of_step
from site_builder.published.figures import BESIDE, CAUTIONS, Figure
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import BoroughsBlock
from site_builder.published.pages_parts import Bar, BarRow, BarTable, KeyItem, Strip, TileMap, Tools
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON, PARTS, TOTALS
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period

_CALLOUT = {
    "no-judgement": "It can reflect need, thresholds or how the work is recorded. Use it to decide what to ask next.",
    "high-is-good": "It can reflect small numbers or how the work is recorded. Use it to decide what to ask next.",
    "low-is-good": "It can reflect small numbers or how the work is recorded. Use it to decide what to ask next.",
}
_MARKS = {"e": "estimated", "p": "provisional", "r": "revised", "b": "break in the series"}


def boroughs_block(inputs: Inputs, data: IndicatorData, period: Period, path: str, tools: Tools) -> BoroughsBlock:
    """The section on the boroughs."""
    points = {point.area: point for point in data.at(period)}
    of = _scale(inputs, data, period)
    return BoroughsBlock(
        heading=phrases.spread_heading(data, period),
        sub=phrases.spread_sub(data, period),
        callout=(
            f"A high or low {phrases.noun_of(data.indicator)} is not a judgement.",
            _CALLOUT[data.indicator.polarity.value],
        ),
        strip=_strip(inputs, data, period, of),
        finder=_finder(inputs, data, points),
        key=_key(data, period),
        orders=orders(data, by_rate=False),
        more="Show intervals and counts",
        table=_table(inputs, data, period, path, of),
        notes=_notes(data, period),
        tools=tools,
    )


def _led(data: IndicatorData, point: Point) -> Figure:
    return shown(point, data)


def _number(data: IndicatorData, point: Point) -> float | None:
    led = _led(data, point)
    return float(led.plain) if led.is_shown else None


def _totals(data: IndicatorData) -> tuple[str, ...]:
    if data.indicator.measure.kind is Kind.COUNT:
        return ()  # a total of 33 would flatten every borough's bar
    return (LONDON, *((ENGLAND,) if ENGLAND in data.areas else ()))


def _scale(inputs: Inputs, data: IndicatorData, period: Period) -> Scale:
    drawn = [*data.at(period), *(data.points[area, period] for area in _totals(data))]
    values = [n for point in drawn if (n := _number(data, point)) is not None]
    ends = [float(point.upper.plain) for point in drawn if _makes_room(inputs, point)]
    return geometry.scale([*values, *ends])


def _makes_room(inputs: Inputs, point: Point) -> bool:
    """Whether the scale reaches to the end of an interval. One of a place too small to be compared, or several times its
    value, would flatten all others: it is cut at the end of the scale, and its words stay in the table."""
    if point.limits is None or not inputs.areas.by_code[point.area].funnel:
        return False
    return float(point.upper.plain) <= 3 * max(float(point.value.plain), 1.0)


def _strip(inputs: Inputs, data: IndicatorData, period: Period, of: Scale) -> Strip | None:
    names = {area.code: area.name for area in inputs.areas.all}
    spots = [Spot(names[p.area], n, shade(p)) for p in data.at(period) if (n := number(p)) is not None]
    if len(spots) < 2:
        return None
    london, cuts = data.points[LONDON, period], data.quartiles.get(period)
    with_london = london.value.is_shown and data.indicator.measure.kind is not Kind.COUNT
    wide, narrow = strip(
        spots,
        of,
        (float(london.value.plain), f"{HERE.name} {london.value.text}") if with_london else None,
        (float(cuts[0]), float(cuts[2])) if cuts else None,
    )
    low, high = (min(spots, key=lambda s: s.value), max(spots, key=lambda s: s.value))
    ends = {point.value.plain: point.value.text for point in data.at(period) if point.value.is_shown}
    desc = f"The figures of {len(spots)} {HERE.areas} run from {_text(ends, low.value)} to {_text(ends, high.value)}."
    caption = (
        f"Each line is one {HERE.area}; half of them lie in the shaded part."
        if cuts
        else f"Each line is one {HERE.area}."
    )
    missing = phrases.missing_names(data.at(period), names)
    return Strip(
        heading=f"All {HERE.areas} on one line",
        title=f"{'Illustrative: h' if tag(data) else 'H'}ow the {HERE.areas} are spread",
        desc=f"{desc} Values are in the table that follows.",
        caption=f"{caption} {missing}".strip(),
        wide=wide,
        narrow=narrow,
    )


def _text(ends: dict[str, str], wanted: float) -> str:
    return next(text for plain, text in ends.items() if float(plain) == wanted)


def _finder(inputs: Inputs, data: IndicatorData, points: dict[str, Point]) -> TileMap:
    facts = []
    for area in inputs.areas.boroughs:
        point = points[area.code]
        led, how = _led(data, point), variation(point)
        meaning = {
            "usual": "within usual variation",
            "edge": f"towards the {how.side} edge of usual variation",
            "out": f"stands out, {how.side} than usual variation",
        }.get(how.shade, "" if led.is_shown else led.short.lower())
        facts.append(
            TileFact(
                area.slug,
                area.tile or (0, 0),
                f"#{area.slug}",
                area.name,
                led.text if led.is_shown else f"[{led.state}]",
                meaning,
                ground(point, data),
                how.glyph.replace("dash", ""),
            )
        )
    label = f"Map of {HERE.name} as squares, one for each {HERE.area}. Choose one to mark its row."
    return tile_map(
        f"Find {HERE.an_area}",
        label,
        f"Each square is one {HERE.area}, roughly in place. Select one to mark its row.",
        facts,
    )


def _key(data: IndicatorData, period: Period) -> tuple[KeyItem, ...]:
    points = data.at(period)
    states = {_led(data, point).state for point in points}
    items = []
    if any(point.variation for point in points):
        items += [
            KeyItem("usual", "Usual variation"),
            KeyItem("edge", "Towards the edge"),
            KeyItem("out", "Stands out"),
        ]
    if LONDON in _totals(data):
        items.append(KeyItem("london", HERE.name))
    if any(point.limits for point in points):
        items.append(KeyItem("interval", "95% interval"))
    if "c" in states:
        items.append(KeyItem("c", f"[c] Hidden to protect {HERE.people}"))
    if "x" in states:
        items.append(KeyItem("x", "[x] Not available"))
    return tuple(items)


def _table(inputs: Inputs, data: IndicatorData, period: Period, path: str, of: Scale) -> BarTable:
    indicator = data.indicator
    counts_lead = data.points[LONDON, period].value.state == "z"
    with_count = indicator.measure.kind is not Kind.COUNT and not counts_lead
    measured = "Count" if counts_lead else phrases.capital(phrases.noun_of(indicator))
    london = _number(data, data.points[LONDON, period]) if LONDON in _totals(data) and not counts_lead else None
    totals = [(LONDON, "lon"), (ENGLAND, "eng"), *((part, "") for part in PARTS)]
    rows = [
        _row(inputs, data, data.points[a, period], kind, path, of) for a, kind in totals if (a, period) in data.points
    ]
    rows += [_row(inputs, data, data.points[a.code, period], "", path, of) for a in inputs.areas.boroughs]
    caption = f"{indicator.title}: {phrases.measure_line(data, period)}, by {HERE.area}, A to Z"
    return BarTable(
        uid="b",
        caption=f"Illustrative. {caption}" if tag(data) else caption,
        first="Area",
        measure=measured,
        interval="95% interval" if any(point.limits for point in data.at(period)) else "",
        number=_count_heading(indicator) if with_count else "",
        variation=any(point.variation for point in data.at(period)),
        ticks=tuple(tick.words for tick in of.ticks),
        grid=geometry.grid(of),
        london=geometry.along(london, of) if london is not None else "",
        rows=tuple(rows),
    )


def _count_heading(indicator: Indicator) -> str:
    return HERE.people_head if HERE.person in indicator.measure.numerator.lower()[:24] else "Count"


def _row(inputs: Inputs, data: IndicatorData, point: Point, kind: str, path: str, of: Scale) -> BarRow:
    area = inputs.areas.by_code[point.area]
    led, drawn = _led(data, point), _number(data, point)
    total = point.area in (*TOTALS, ENGLAND)
    count = data.indicator.measure.kind is Kind.COUNT
    tone = {"lon": "london", "eng": "england"}.get(kind, "usual" if total else shade(point))
    bar: Bar | None = None
    if drawn is not None and not (total and count):
        ends = (float(point.lower.plain), min(float(point.upper.plain), of.top)) if point.limits else None
        bar = geometry.bar(drawn, of, tone, ends, open_end="p" in led.marks)
    return BarRow(
        slug="" if total else area.slug,
        kind=kind,
        name=area.name,
        note=point.coverage,
        href="" if total else addresses.relative(path, addresses.borough_indicator(area.slug, data.indicator.code)),
        value=value(led),
        bar=bar,
        interval=interval(point),
        number=value(point.numerator),
        variation=variation(point),
    )


def _notes(data: IndicatorData, period: Period) -> tuple[str, ...]:
    points = [data.points[area, period] for area in data.areas]
    cautions = sorted({code for point in points for code in _led(data, point).caution})
    notes = [f"† {CAUTIONS[code]}" for code in cautions if code in CAUTIONS and code not in BESIDE]
    marks = sorted({mark for point in points for mark in point.value.marks + point.numerator.marks})
    if marks:
        notes.append("; ".join(f"[{mark}] {_MARKS[mark]}" for mark in marks if mark in _MARKS) + ".")
    notes += sorted({point.note for point in points if point.note and point.area in (LONDON, ENGLAND)})
    notes += filter(None, (out_of_step(data, data.points[LONDON, period]),))
    return tuple(notes)
