"""One borough's own trend: its line, London's, changes of definition, and the control chart of a quarterly series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from site_builder.published import phrases, sentences, trend_words
from site_builder.published.charts.lines import Control, Step, line_drawings
from site_builder.published.compose.values import number, over_time, tag, value
from site_builder.published.figures import limit
from site_builder.published.pages_parts import DataTable, LineChart, Value
from site_builder.published.points import Point, exact_value
from site_builder.published.statistics import IndicatorData, breaks_of
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.control import Chart, Reason, Rule, Stretch, chart, stretches
from site_builder.vocabulary.periods import Period, PeriodKind

_CHARTED = (Kind.RATE, Kind.COUNT, Kind.PROPORTION, Kind.SURVEY)
_SHARES = (Kind.PROPORTION, Kind.SURVEY)
_QUARTER = 3  # months


class Pattern(NamedTuple):
    """The control charts of a series, each with the place of its first point; ``reason``: why the latest stretch of the
    series has none, or None."""

    charts: tuple[tuple[int, Chart], ...]
    reason: Reason | None

    def rules(self, place: int) -> frozenset[Rule]:
        """The rules that the point at a place of the series breaks."""
        for first, one in self.charts:
            if first <= place < first + len(one.flags):
                return one.flags[place - first]
        return frozenset()


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
    beside = f"{area.name} and London" if compared else area.name
    told = sentences.trend_words(area, data, points)
    return LineChart(
        _tagged(data, f"{data.indicator.title}: {beside}, {_span(points)}"),
        f"{area.name}: {phrases.capital(told)} All values are in the table that follows.",
        *drawn,
        notes=(*trend_words.gaps(area, data, points), *_pattern_notes(area, data, points, pattern)),
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
    last = data.points[LONDON, points[-1].period].value
    return f"London {last.text}" if last.is_shown else ""


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


def control(area: Area, data: IndicatorData, points: Sequence[Point]) -> Pattern | None:
    """The XmR charts of a quarterly series, none across a figure that is not shown, a missing quarter or a break.

    None for a series that is not quarterly, and for kinds of measure that have none.
    """
    kind = data.indicator.measure.kind
    if kind not in _CHARTED or not _is_quarterly([point.period for point in points]):
        return None
    breaks = breaks_of(data.indicator, [point.period for point in points])
    restarts = {place for place, version in breaks.items() if version.comparability != "full"}
    restarts |= {k for k, (a, b) in enumerate(pairwise(points), 1) if _months(b.period) - _months(a.period) != _QUARTER}
    found = stretches([_exact(area, data, point) for point in points], restarts)
    made = [(one.first, _charted(area, data, points, one)) for one in found]
    if not made:
        return Pattern((), Reason.TOO_FEW_POINTS)
    last = made[-1][1]
    return Pattern(
        tuple((first, one) for first, one in made if isinstance(one, Chart)), last if isinstance(last, Reason) else None
    )


def _charted(area: Area, data: IndicatorData, points: Sequence[Point], one: Stretch) -> Chart | Reason:
    part = points[one.first : one.first + len(one.values)]
    shares = data.indicator.measure.kind in _SHARES and sentences.leading(area, part[0], data) is part[0].value
    bases = [int(point.denominator.value or 0) for point in part] if shares else None
    return chart(one.values, bases=bases)


def _is_quarterly(periods: Sequence[Period]) -> bool:
    if all(period.kind is PeriodKind.FINANCIAL_QUARTER for period in periods):
        return len(periods) > 1
    steps = {_months(after) - _months(before) for before, after in pairwise(periods)}
    return _QUARTER in steps and all(period.kind is PeriodKind.SNAPSHOT for period in periods)


def _months(period: Period) -> int:
    return period.end.year * 12 + period.end.month


def _exact(area: Area, data: IndicatorData, point: Point) -> Fraction | None:
    """The unrounded figure that leads, where it is shown."""
    own = sentences.leading(area, point, data)
    if not own.is_shown:
        return None
    return own.value if own is not point.value else exact_value(point, data.indicator)


def _drawn(first: int, one: Chart, data: IndicatorData) -> Control:
    lower, upper = one.drawn(_ceiling(data))
    return Control(first, len(one.flags), one.mean, lower, upper, dashed=one.is_trial)


def _ceiling(data: IndicatorData) -> float | None:
    measure = data.indicator.measure
    return float(measure.multiplier) if measure.kind in _SHARES else None


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
        london = (value(data.points[LONDON, point.period].value),) if compared else ()
        departs = (phrases.capital(trend_words.rules_in_words(rules[place])),) if marked else ()
        rows.append((sentences.short_period(point.period), own, *london, *departs))
    columns = (
        "Period",
        area.name,
        *(("London",) if compared else ()),
        *(("Departs from its pattern",) if marked else ()),
    )
    return DataTable(_tagged(data, f"{data.indicator.title}: {area.name} by period"), columns, tuple(rows))
