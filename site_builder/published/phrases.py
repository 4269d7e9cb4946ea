"""Sentences and headings, each a pure function of figures. No number is typed anywhere else, and none judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from site_builder.published.figures import Figure
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData, breaks_of, tested_years
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.periods import MONTHS, Period, PeriodKind, day_in_words
from site_builder.vocabulary.symbols import Polarity

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NAMED = 4  # at most, one by one
_ENOUGH_FOR_FUNNEL, _ENOUGH_TO_COMPARE = 20, 10
_CHANGE = {
    (Trend.INCREASING, Polarity.HIGH_IS_GOOD): "improving",
    (Trend.INCREASING, Polarity.LOW_IS_GOOD): "worsening",
    (Trend.DECREASING, Polarity.HIGH_IS_GOOD): "worsening",
    (Trend.DECREASING, Polarity.LOW_IS_GOOD): "improving",
    (Trend.INCREASING, Polarity.NO_JUDGEMENT): "increasing",
    (Trend.DECREASING, Polarity.NO_JUDGEMENT): "decreasing",
}
AGES = {
    HERE.ages: HERE.ages_of,
    "0-17": "aged 0 to 17",
    "0-15": "aged 0 to 15",
    "10-17": "aged 10 to 17",
    "0-19": "aged 0 to 19",
}


def count_word(number: int) -> str:
    """One to nine in words, others in digits with commas; 0 is ``no``."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


def capital(words: str) -> str:
    """The words with a capital at the start."""
    return words[:1].upper() + words[1:]


def boroughs(number: int) -> str:
    """``one borough``, ``five boroughs``."""
    return f"{count_word(number)} {HERE.area if number == 1 else HERE.areas}"


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def without(indicator: Indicator, total: Point) -> str:
    """Which boroughs a publisher's total lacks: ``without Barnet, which sent no figure but whose children are in the
    base``."""
    base = f"{HERE.people} are in the base" if indicator.measure.kind is Kind.RATE else "base is counted"
    below = f" but whose {base}" if "missing-below" in total.value.caution else ""
    return f"without {named(total.absent)}, which sent no figure{below}"


def named(names: Sequence[str]) -> str:
    """A few boroughs by name, many by their number."""
    return listed(names) if len(names) <= _NAMED else boroughs(len(names))


def change_word(verdict: Trend, polarity: Polarity) -> str:
    """The word of a trend: judged only where a source gives a direction; empty where none can be told."""
    if verdict is Trend.NO_CLEAR_CHANGE:
        return "no clear change"
    return _CHANGE.get((verdict, polarity), "")


def with_unit(point: Point, indicator: Indicator) -> str:
    """The value with its unit: ``41.7 per 10,000``, ``23.6%``, ``214``."""
    return united(point.value.text, indicator)


def united(text: str, indicator: Indicator) -> str:
    """A printed number with the unit of the indicator's value."""
    measure = indicator.measure
    if measure.unit == "percent":
        return f"{text}%"
    return f"{text} per {measure.multiplier:,}" if measure.unit == "rate" else text


def when(period: Period) -> str:
    """``in the year to 31 March 2024``, ``at 31 March 2024``, ``in July to September 2024``."""
    match period.kind:
        case PeriodKind.SNAPSHOT:
            return f"at {day_in_words(period.end)}"
        case PeriodKind.FINANCIAL_YEAR:
            return f"in the year to {day_in_words(period.end)}"
        case PeriodKind.ACADEMIC_YEAR:
            return f"in the school year {period}"
        case _:
            return f"in {period.label}"


def measure_line(data: IndicatorData, period: Period) -> str:
    """Unit, ages and date of the page's figures."""
    return f"{unit_line(data.indicator)}, {when(period)}"


def unit_line(indicator: Indicator) -> str:
    """Unit and ages of an indicator's figures."""
    measure, ages = indicator.measure, indicator.measure.denominator_series.rpartition("/")[2]
    match measure.kind:
        case Kind.RATE:
            return f"Rate per {measure.multiplier:,} {HERE.people} {AGES.get(ages, '')}".strip()
        case Kind.COUNT:
            return "Number"
        case Kind.PROPORTION | Kind.SURVEY if measure.unit == "percent":
            return "Percentage"
        case Kind.PROPORTION:
            return f"Rate per {measure.multiplier:,}"
        case _:
            return "Ratio"


def shown_boroughs(data: IndicatorData, period: Period) -> tuple[Point, ...]:
    """The boroughs whose value is printed."""
    return tuple(point for point in data.at(period) if point.value.is_shown)


def spread_heading(data: IndicatorData, period: Period) -> str:
    """The conclusion about the boroughs of one period."""
    points = data.at(period)
    shown = shown_boroughs(data, period)
    states = {point.value.state for point in points}
    if not shown and states == {"c"}:
        return f"Every {HERE.area}’s figure is hidden to protect {HERE.people}"
    if not shown:
        return (
            f"No figures for {HERE.areas} yet"
            if states <= {"x", "z"}
            else f"Too few figures are published to compare {HERE.areas}"
        )
    labelled = Counter(point.variation for point in points)
    if not any(labelled[code] for code in ("within", "edge-high", "edge-low", "out-high", "out-low")):
        return _without_funnel(data, len(shown))
    high, low = labelled["out-high"], labelled["out-low"]
    parts = [f"{boroughs(high)} {_stand(high)} as higher"] if high else []
    if low and high:
        parts.append(f"{count_word(low)} as lower")
    elif low:
        parts = [f"{boroughs(low)} {_stand(low)} as lower"]
    return capital(" and ".join(parts)) if parts else f"No {HERE.area} stands out"


def _without_funnel(data: IndicatorData, shown: int) -> str:
    if data.indicator.measure.kind is Kind.COUNT:
        return "Counts are shown as they are: large places count more"
    if shown < _ENOUGH_TO_COMPARE:
        return f"Too few figures are published to compare {HERE.areas}"
    if shown < _ENOUGH_FOR_FUNNEL:
        return capital(f"{boroughs(shown)} are shown: too few to say who stands out")
    return f"{capital(boroughs(shown))} have a published figure"


def _stand(number: int) -> str:
    return "stands out" if number == 1 else "stand out"


def spread_sub(data: IndicatorData, period: Period) -> str:
    """How many are towards the edge and how many within the usual variation; empty without a funnel."""
    labelled = Counter(point.variation for point in data.at(period))
    within = labelled["within"]
    edge, out = labelled["edge-high"] + labelled["edge-low"], labelled["out-high"] + labelled["out-low"]
    compared = within + edge + out
    if not compared:
        return ""
    first = (
        f"{capital(count_word(edge))}{' more' if out else ''} {'is' if edge == 1 else 'are'} towards the edge. "
        if edge
        else ""
    )
    rest = "The other " if edge or out else ""
    return (
        f"{first}{capital(f'{rest}{count_word(within)}')} of the {compared} {HERE.areas} compared "
        f"{'is' if within == 1 else 'are'} within the usual variation between {HERE.areas}."
    )


def trend_heading(data: IndicatorData, series: Sequence[tuple[Period, Figure]]) -> str:
    """The conclusion about London over time. ``series``: the shown figures that are drawn, oldest first."""
    noun = noun_of(data.indicator)
    if not series:
        return f"There is no {HERE.name} figure to follow over time"
    period, last = series[-1]
    if len(series) == 1:
        return f"The first figure: {last.text} {when(period)}"
    word = change_word(data.trends[LONDON].verdict, data.indicator.polarity)
    if word == "no clear change":
        return f"No clear change in {HERE.name}’s {noun} over five years"
    if word:
        first, latest = (data.points[LONDON, year] for year in tested_years(data))
        return (
            f"{HERE.name}’s {noun} is {word}: {first.value.text} in {first.period.end.year}, {latest.value.text} in "
            f"{latest.period.end.year}"
        )
    noun = followed(data, period)
    alike = of_one_london(data, series)[:-1]
    if not alike:  # over other boroughs it was another London
        return f"{HERE.name}’s {noun}: {last.text} {when(period)}"
    apart = [v for v in breaks_of(data.indicator, [p for p, _ in series]).values() if v.comparability != "full"]
    if apart:
        start = apart[-1].start
        return f"{HERE.name}’s {noun} cannot be compared before {MONTHS[start.month - 1]} {start.year}"
    before = next((pair for pair in reversed(alike) if _a_year_apart(pair[0], period)), alike[-1])
    return f"{HERE.name}’s {noun} was {last.text} {when(period)} and {before[1].text} {when(before[0])}"


def followed(data: IndicatorData, period: Period) -> str:
    """What London's line shows: its value, or its count where the rate of a quarter is not worked out."""
    return "count" if data.points[LONDON, period].value.state == "z" else noun_of(data.indicator)


def of_one_london(data: IndicatorData, series: Sequence[tuple[Period, Figure]]) -> tuple[tuple[Period, Figure], ...]:
    """The part of a series of London's figures that is over the same boroughs as its last."""
    last = data.points[LONDON, series[-1][0]].panel
    return tuple(pair for pair in series if data.points[LONDON, pair[0]].panel == last)


def _a_year_apart(earlier: Period, later: Period) -> bool:
    return (earlier.end.year + 1, earlier.end.month) == (later.end.year, later.end.month)


def noun_of(indicator: Indicator) -> str:
    """What the value is called: rate, percentage, number, ratio."""
    unit = indicator.measure.unit
    return {"percent": "percentage", "rate": "rate", "count": "number", "ratio": "ratio"}.get(unit, "figure")


def lead(data: IndicatorData, period: Period) -> str:
    """London's figure in one or two sentences."""
    london, title = data.points[LONDON, period], data.indicator.title
    opening = capital(when(period))
    if not london.value.is_shown:
        if london.numerator.is_shown:
            return f"{opening}, {HERE.name} counted {london.numerator.text}. {london.value.long}"
        return london.value.long
    counts = ""
    if london.numerator.is_shown and data.indicator.measure.kind is not Kind.COUNT:
        out_of = (
            f" of {london.denominator.text}"
            if data.indicator.measure.has_collected_denominator and london.denominator.is_shown
            else ""
        )
        counts = f" ({london.numerator.text}{out_of})"
    return (
        f"{opening}, {HERE.name}’s figure for “{title}” was {with_unit(london, data.indicator)}{counts}."
        f"{_inside(data, london)}{_england(data, period)}"
    )


def _inside(data: IndicatorData, london: Point) -> str:
    if london.absent:
        return f" It is as published, {without(data.indicator, london)}."
    return f" Figures of {london.partial} are in it." if london.partial else ""


def _england(data: IndicatorData, period: Period) -> str:
    england = data.points.get((ENGLAND, period))
    if england is None or not england.value.is_shown:
        return ""
    return f" {HERE.country}’s was {with_unit(england, data.indicator)}."


def missing_names(points: Iterable[Point], names: dict[str, str]) -> str:
    """Who is not drawn and why, by reason; empty when all are."""
    reasons: dict[str, list[str]] = {}
    for point in points:
        if not point.value.is_shown:
            reasons.setdefault(point.value.short, []).append(names[point.area])
    told = [f"{listed(sorted(some))} ({reason.lower()})" for reason, some in sorted(reasons.items())]
    return f"Not drawn: {', '.join(told)}." if told else ""
