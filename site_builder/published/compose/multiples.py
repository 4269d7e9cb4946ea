"""Each borough over time, side by side: the conclusion, the squares, and who has no line."""

from __future__ import annotations

from collections import Counter

from site_builder.published import addresses, coverage, phrases
from site_builder.published.charts.multiples import Series, grid
from site_builder.published.compose.values import number, shown, tag
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import MultiplesBlock
from site_builder.published.pages_parts import Tools
from site_builder.published.points import Point
from site_builder.published.sentences import short_period
from site_builder.published.statistics import IndicatorData, breaks_of
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.periods import Period, PeriodKind

_LEAST = 3  # periods: two points are a change, and the table of boroughs shows it


def multiples_block(inputs: Inputs, data: IndicatorData, path: str, tools: Tools) -> MultiplesBlock | None:
    """Small trends of all boroughs; None for bare counts, which one scale cannot hold, and for under three periods."""
    periods = _periods(data)
    if data.indicator.measure.kind is Kind.COUNT or len(periods) < _LEAST:
        return None
    series = [
        Series(
            area.slug,
            area.name,
            addresses.relative(path, addresses.borough_indicator(area.slug, data.indicator.code)),
            area.tile or (0, 0),
            tuple(number(data.points[area.code, period]) if area.funnel else None for period in periods),
        )
        for area in inputs.areas.boroughs
    ]
    breaks = {k for k, version in breaks_of(data.indicator, periods).items() if version.comparability != "full"}
    london = [number(data.points[LONDON, period]) for period in periods]
    drawn = grid(series, london, frozenset(breaks))
    if drawn is None:
        return None
    return MultiplesBlock(
        heading=heading(data),
        sub=_sub(data, periods, drawn.top),
        label=f"{'Illustrative: l' if tag(data) else 'L'}ines of the {HERE.areas} as squares of {HERE.name}. Each leads to its own page, with a table.",
        grid=drawn,
        notes=_notes(inputs, data, series, periods, breaks),
        tools=tools,
    )


def _periods(data: IndicatorData) -> tuple[Period, ...]:
    """Quarters where their values are worked out, else periods of the headline's kind."""
    quarters = tuple(p for p in data.periods if p.kind is PeriodKind.FINANCIAL_QUARTER)
    if quarters and data.points[LONDON, quarters[-1]].value.state != "z":
        return quarters
    return tuple(point.period for point in data.series(LONDON))


def heading(data: IndicatorData) -> str:
    """In how many boroughs the five years show a clear change; a plain heading where no trend can be told."""
    noun = phrases.noun_of(data.indicator)
    verdicts = Counter(data.trends[area].verdict for area in data.boroughs)
    told = [v for v in (Trend.INCREASING, Trend.DECREASING) if verdicts[v]]
    if not told:
        return (
            f"No {HERE.area}’s {noun} shows a clear change"
            if verdicts[Trend.NO_CLEAR_CHANGE]
            else f"Each {HERE.area} over time"
        )
    word = phrases.change_word(told[0], data.indicator.polarity)
    first = f"The {noun} is {word} in {phrases.boroughs(verdicts[told[0]])}"
    if len(told) == 1:
        return first
    return f"{first} and {phrases.change_word(told[1], data.indicator.polarity)} in {phrases.count_word(verdicts[told[1]])}"


def _sub(data: IndicatorData, periods: tuple[Period, ...], top: str) -> str:
    unit = _unit(data.indicator)
    over = f"{short_period(periods[0])} to {short_period(periods[-1])}"
    return f"{unit}, {over}. Every square has the same scale, from 0 to {top}; the red line is {HERE.name}."


def _unit(indicator: Indicator) -> str:
    measure = indicator.measure
    return f"Rate per {measure.multiplier:,}" if measure.unit == "rate" else phrases.capital(phrases.noun_of(indicator))


def _notes(
    inputs: Inputs, data: IndicatorData, series: list[Series], periods: tuple[Period, ...], breaks: set[int]
) -> tuple[str, ...]:
    small = [area.name for area in inputs.areas.boroughs if not area.funnel]
    empty = [one.name for one in series if not any(value is not None for value in one.values)]
    without = [name for name in empty if name not in small]
    gaps = any(not shown(point, data).is_shown for point in _points(data, periods))
    notes = (
        "Lines stop where a figure is hidden or missing." if gaps else "",
        f"{phrases.listed(small)} has no line: too small to be compared." if small else "",
        f"No figure of {phrases.listed(without)} is shown." if without else "",
        "Lines also stop where the definition changed." if breaks else "",
        *coverage.cautions(data.points[LONDON, period] for period in periods),
        f"The figures of each line stand on the {HERE.area}’s own page and in the CSV file.",
    )
    return tuple(note for note in notes if note)


def _points(data: IndicatorData, periods: tuple[Period, ...]) -> list[Point]:
    return [data.points[area, period] for area in data.boroughs for period in periods]
