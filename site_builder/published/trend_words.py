"""Words on one borough over time: the conclusion, gaps, and where quarters depart from its own pattern. None judges."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published.figures import Figure
from site_builder.published.phrases import capital, count_word, listed, noun_of, when
from site_builder.published.points import Point
from site_builder.published.sentences import change, in_sentence, leading, possessive, short_period
from site_builder.published.statistics import IndicatorData, comparable_from, tested_years
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.control import BASELINE, MINIMUM, Reason, Rule
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.periods import Period

RULES = {
    Rule.OUTSIDE: "outside its limits",
    Rule.TREND: "one of seven or more in a row that rise or fall",
    Rule.TWO_OF_THREE: "one of two in three that lie near a limit",
    Rule.ONE_SIDE: "one of seven or more in a row on one side of the mean",
}
_SILENT = {
    Reason.TOO_FEW_POINTS: f"No limits are drawn: fewer than {count_word(MINIMUM)} quarters in a row can be compared.",
    Reason.SMALL_BASES: "No limits are drawn: most quarters are percentages of fewer than 50.",
    Reason.ALL_EQUAL: "No limits are drawn: every quarter shown is the same.",
}


def heading(area: Area, data: IndicatorData, points: Sequence[Point]) -> str:
    """The conclusion about a borough over time. ``points``: those that are drawn, oldest first."""
    series = [(p.period, own) for p in points if (own := leading(area, p, data)).is_shown]
    if not series:
        return "Over time"
    name, noun = possessive(in_sentence(area)), _noun(area, data, points)
    word, of_years = (
        change(area, data),
        "count" if data.indicator.measure.kind is Kind.COUNT else noun_of(data.indicator),
    )
    if data.trends[area.code].verdict is Trend.NO_CLEAR_CHANGE and word:
        return f"No clear change in {name} {of_years} over five years"
    if word:
        first, latest = (data.points[area.code, year] for year in tested_years(data))
        return (
            f"{capital(name)} {of_years} is {word}: {first.value.text} in {first.period.end.year}, "
            f"{latest.value.text} in {latest.period.end.year}"
        )
    series = series[comparable_from(data.indicator, [period for period, _ in series]) :]
    period, last = series[-1]
    if len(series) == 1:
        return f"{capital(name)} {noun}: {last.text} {when(period)}"
    earlier, before = _a_year_before(series)
    return f"{capital(name)} {noun} was {last.text} {when(period)} and {before.text} {when(earlier)}"


def _noun(area: Area, data: IndicatorData, points: Sequence[Point]) -> str:
    counted = leading(area, points[-1], data) is points[-1].numerator
    return "count" if counted or not area.funnel else noun_of(data.indicator)


def _a_year_before(series: Sequence[tuple[Period, Figure]]) -> tuple[Period, Figure]:
    """The figure a year before the last, because of seasons; else the one before."""
    last = series[-1][0].end
    alike = [one for one in series[:-1] if (one[0].end.year + 1, one[0].end.month) == (last.year, last.month)]
    return alike[-1] if alike else series[-2]


def gaps(area: Area, data: IndicatorData, points: Sequence[Point]) -> tuple[str, ...]:
    """Which periods of a series are not drawn, one sentence a reason."""
    reasons: dict[str, list[str]] = {}
    for point in points:
        own = leading(area, point, data)
        if not own.is_shown:
            reasons.setdefault(own.short, []).append(short_period(point.period))
    return tuple(f"Not drawn: {listed(periods)} ({reason.rstrip('.').lower()})." for reason, periods in reasons.items())


def silence(reason: Reason) -> str:
    """Why a quarterly series has no limits."""
    return _SILENT[reason]


def limits(mean: str, lower: str, upper: str, quarters: int) -> str:
    """What the limits are: ``mean``, ``lower``, ``upper`` as drawn, and how many quarters they rest on."""
    trial = (
        f" The limits are dashed, because they rest on {count_word(quarters)} quarters and move until there are {BASELINE}."
        if quarters < BASELINE
        else ""
    )
    return f"Quarter to quarter, figures between {lower} and {upper} are usual here; the mean is {mean}.{trial}"


def departures(flagged: Sequence[tuple[Period, frozenset[Rule]]]) -> str:
    """Which quarters depart from the borough's own pattern, and by which rule."""
    if not flagged:
        return "No quarter departs from this pattern."
    alike: dict[str, list[str]] = {}
    for period, rules in flagged:
        alike.setdefault(rules_in_words(rules), []).append(short_period(period))
    told = [f"{listed(periods)} ({words})" for words, periods in alike.items()]
    return f"Marked with a ring: {'; '.join(told)}."


def rules_in_words(rules: frozenset[Rule]) -> str:
    """The rules that a quarter breaks, in the order of the rules; empty for none."""
    return listed([words for rule, words in RULES.items() if rule in rules])
