"""How London's figure of an indicator stands to that of a year before, and the word of its trend."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.compose.values import over_time, shown
from site_builder.published.phrases import change_word
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData, redefined, yearly
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.trends import POINTS


class Movement(NamedTuple):
    """``earlier``: London a year before its latest point, None where there is none to set beside it. ``word``: of the
    trend, or why it has none."""

    earlier: Point | None
    word: str


def movement(data: IndicatorData) -> Movement:
    """London's movement over the periods that its line is drawn over."""
    series = over_time(data, LONDON)
    last = series[-1]
    ago = [
        p
        for p in series
        if (p.period.end.year + 1, p.period.end.month) == (last.period.end.year, last.period.end.month)
    ]
    alike = [
        p
        for p in ago
        if p.panel == last.panel and not redefined(data.indicator, p.period, last.period) and shown(last, data).is_shown
    ]
    return Movement(alike[0] if alike else None, _word(data))


def _word(data: IndicatorData) -> str:
    if word := change_word(data.trends[LONDON].verdict, data.indicator.polarity):
        return word.capitalize()
    years = len(yearly(data.periods))
    if years < POINTS:
        return f"No word yet: {years} of {POINTS} years"
    return "Not comparable"
