"""One borough's own trend: its line, London's, changes of definition, and the control chart of a quarterly series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.published import coverage, phrases, sentences, trend_words
from site_builder.published.charts.lines import Control, Step, line_drawings
from site_builder.published.compose.values import number, tag, value
from site_builder.published.figures import limit
from site_builder.published.pages_parts import DataTable, LineChart, Value
from site_builder.published.pattern import Pattern, control
from site_builder.published.points import Point
from site_builder.published.series import over_time
from site_builder.published.statistics import IndicatorData, breaks_of
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Kind
from site_builder.vocabulary.methods.control import Chart, Rule


def borough_trend(area: Area, data: IndicatorData) -> tuple[str, LineChart | None]:
    """Heading and chart of a borough over time; no chart with fewer than two shown values."""
    points = over_time(data, area.code)
    return trend_words.heading(area, data, points), _chart(area, data, points)


def _chart(area: Area, data: IndicatorData, points: Sequence[Point]) -> LineChart | None:
    compared = _is_compared(area, data, points)
    pattern = control(area, data, points)
    drawn = line_drawings(
        _steps(area, data, points, pattern, compared=compared),
        _last_label(area, data, points),
        _london_label(data, points) if compared else "",
        tuple(_drawn(first, one, data) for first, one in pattern.charts) if pattern else (),
    )
    if drawn is None:
        return None
    beside = f"{area.name} and {HERE.name}" if compared else area.name
    told = sentences.trend_words(area, data, points)
    return LineChart(
        _tagged(data, f"{data.indicator.title}: {beside}, {_span(points)}"),
        f"{area.name}: {phrases.capital(told)} All values are in the table that follows.",
        *drawn,
        notes=(
            *trend_words.gaps(area, data, points),
            *_london_notes(data, points, compared=compared),
            *_pattern_notes(area, data, points, pattern),
        ),
        table=_table(area, data, points, pattern, compared=compared),
    )


def _is_compared(area: Area, data: IndicatorData, points: Sequence[Point]) -> bool:
    """Whether London's line stands beside: not for counts, whose size is London's."""
    counted = any(sentences.leading(area, point, data) is point.numerator for point in points)
    return area.funnel and data.indicator.measure.kind is not Kind.COUNT and not counted


def _last_label(area: Area, data: IndicatorData, points: Sequence[Point]) -> str:
    shown = [own for point in points if (own := sentences.leading(area, point, data)).is_shown]
    return f"{area.name} {shown[-1].text}" if shown else ""


def _london_label(data: IndicatorData, points: Sequence[Point]) -> str:
    last = data.points[LONDON, points[-1].period]
    return coverage.label(last.value, last) if last.value.is_shown else ""


def _london_notes(data: IndicatorData, points: Sequence[Point], *, compared: bool) -> tuple[str, ...]:
    """What to know of who is in London's line, where it stands beside."""
    totals = [data.points[LONDON, point.period] for point in points]
    return coverage.cautions([one for one in totals if one.value.is_shown]) if compared else ()


def _span(points: Sequence[Point]) -> str:
    return f"{sentences.short_period(points[0].period)} to {sentences.short_period(points[-1].period)}"


def _tagged(data: IndicatorData, words: str) -> str:
    return f"{tag(data)}. {words}" if tag(data) else words


def _steps(
    area: Area, data: IndicatorData, points: Sequence[Point], pattern: Pattern | None, *, compared: bool
) -> list[Step]:
    breaks = breaks_of(data.indicator, [point.period for point in points])
    steps = []
    for place, point in enumerate(points):
        own, version = sentences.leading(area, point, data), breaks.get(place)
        steps.append(
            Step(
                label=sentences.short_period(point.period),
                value=float(own.plain) if own.is_shown else None,
                london=number(data.points[LONDON, point.period]) if compared else None,
                hollow="p" in own.marks,
                break_words=f"Definition changed, {version.start.year}" if version else "",
                broken=version is not None and version.comparability == "none",
                dashed=version is not None and version.comparability == "partial",
                flagged=bool(pattern and pattern.rules(place)),
            )
        )
    return steps


# ---- the control chart of quarters


def _drawn(first: int, one: Chart, data: IndicatorData) -> Control:
    lower, upper = one.drawn(_ceiling(data))
    return Control(first, len(one.flags), one.mean, lower, upper, dashed=one.is_trial)


def _ceiling(data: IndicatorData) -> float | None:
    measure = data.indicator.measure
    return float(measure.multiplier) if measure.kind in SHARES else None


def _pattern_notes(
    area: Area, data: IndicatorData, points: Sequence[Point], pattern: Pattern | None
) -> tuple[str, ...]:
    if pattern is None:
        return ()
    silent = (trend_words.silence(pattern.reason),) if pattern.reason else ()
    if not pattern.charts:
        return silent
    _, latest = pattern.charts[-1]
    lower, upper = latest.drawn(_ceiling(data))
    counted = sentences.leading(area, points[-1], data) is points[-1].numerator
    dp = 0 if counted else data.indicator.measure.dp
    mean, low, high = (limit(end, dp).text for end in (latest.mean, lower, upper))
    flagged = [(point.period, rules) for k, point in enumerate(points) if (rules := pattern.rules(k))]
    return (*silent, trend_words.limits(mean, low, high, latest.rests_on), trend_words.departures(flagged))


def _table(
    area: Area, data: IndicatorData, points: Sequence[Point], pattern: Pattern | None, *, compared: bool
) -> DataTable:
    rules: Mapping[int, frozenset[Rule]] = {k: pattern.rules(k) for k in range(len(points))} if pattern else {}
    marked = any(rules.values())
    rows: list[tuple[str | Value, ...]] = []
    for place, point in enumerate(points):
        own = value(sentences.leading(area, point, data))
        total = data.points[LONDON, point.period]
        london = (value(total.value), coverage.column(data, total)) if compared else ()
        departs = (phrases.capital(trend_words.rules_in_words(rules[place])),) if marked else ()
        rows.append((sentences.short_period(point.period), own, *london, *departs))
    columns = (
        "Period",
        area.name,
        *((HERE.name, coverage.COLUMN) if compared else ()),
        *(("Departs from its pattern",) if marked else ()),
    )
    return DataTable(_tagged(data, f"{data.indicator.title}: {area.name} by period"), columns, tuple(rows))
