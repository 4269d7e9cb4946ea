"""Challenges that are open on a day: those of the catalogue and those of boroughs in a release, with their age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from site_builder.published.phrases import count_word
from site_builder.release.releases import Release
from site_builder.vocabulary.indicators import CLOSED, Indicator

_BANDS = (("Under a year", 12), ("One to five years", 60), ("Five years or more", None))  # and below how many months


class Open(NamedTuple):
    """A challenge that is open. ``area``: code of the borough that raised it, empty for all of London."""

    raised: date
    indicator: str
    area: str
    issue: str
    action: str


def open_challenges(catalogue: Mapping[str, Indicator], one: Release) -> tuple[Open, ...]:
    """What was raised up to the day of a release and was open on it, the oldest first."""
    ours = (
        Open(c.date, indicator.code, "", c.issue, c.decision)
        for indicator in catalogue.values()
        for c in indicator.challenges
        if c.closed is None or c.closed > one.published_on
    )
    theirs = (
        Open(date.fromisoformat(row["raised"]), row["indicator"], row["area"], row["challenge"], row["action"])
        for row in one.texts.get("challenges.csv", ())
        if row["state"] != CLOSED
    )
    return tuple(sorted(c for c in (*ours, *theirs) if c.raised <= one.published_on))


def age_in_words(raised: date, on: date) -> str:
    """``16 years``, ``nine months``, ``less than a month``: whole ones, between two days."""
    months = months_between(raised, on)
    for length, unit in ((12, "year"), (1, "month")):
        if number := months // length:
            return f"{count_word(number)} {unit}{'' if number == 1 else 's'}"
    return "less than a month"


def months_between(raised: date, on: date) -> int:
    """Whole months from a day to a later one."""
    return (on.year - raised.year) * 12 + on.month - raised.month - (on.day < raised.day)


def banded(found: Iterable[Open], on: date) -> dict[str, int]:
    """How many challenges are how old; bands without any are left out."""
    tally = Counter(_band(months_between(one.raised, on)) for one in found)
    return {words: tally[words] for words, _ in _BANDS if tally[words]}


def _band(months: int) -> str:
    return next(words for words, below in _BANDS if below is None or months < below)
