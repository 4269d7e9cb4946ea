"""What is due, told from the calendar and the release that the site shows: there is no clock, so nothing is overdue here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from site_builder.published.phrases import listed, when
from site_builder.published.rounds import from_boroughs
from site_builder.release.reference import Collection, Round
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words


def due_line(collection: Collection, catalogue: Iterable[Indicator], published_on: date | None) -> str:
    """The first rounds of boroughs that close after the day of the release, or that the calendar has none yet.

    ``published_on``: of the release that the site shows; None before the first, when every round lies ahead.
    """
    indicators = tuple(catalogue)
    ours = [one for one in collection.rounds if from_boroughs(indicators, one.period.kind)]
    ahead = [one for one in ours if published_on is None or one.due > published_on]
    if ahead:
        first = min(one.due for one in ahead)
        return f"Due next, by {day_in_words(first)}: {_periods([one for one in ahead if one.due == first])}."
    if not ours:
        return "The calendar of returns has no dates yet."
    last = max(one.due for one in ours)
    closed = _periods([one for one in ours if one.due == last])
    return (
        f"The last dates in the calendar have passed: {closed}, by {day_in_words(last)}. The next ones are not set yet."
    )


def _periods(rounds: list[Round]) -> str:
    return listed([when(one.period).removeprefix("in ").removeprefix("at ") for one in rounds])
