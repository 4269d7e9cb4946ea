"""What is due: from the calendar and the day of the release that is shown, never from a clock."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from site_builder.published.compose.due import due_line
from site_builder.release.reference import Collection, Round, load_catalogue
from site_builder.vocabulary.periods import Period, day_in_words
from tests.building import ROOT

FIRST = Round(Period.parse("2024-25-Q4"), date(2025, 4, 1), date(2025, 5, 15), date(2025, 7, 17))
YEAR = Round(Period.parse("2024-25"), date(2025, 4, 1), date(2025, 5, 31), date(2025, 7, 17))
NEXT = Round(Period.parse("2025-26-Q1"), date(2025, 7, 1), date(2025, 8, 15), None)
PARTNERS = Round(Period.parse("2025-26-H1"), date(2025, 10, 1), date(2025, 11, 30), None)  # no borough sends half-years
EVERY = Collection("1", (FIRST, YEAR, NEXT, PARTNERS), ())
CATALOGUE = tuple(load_catalogue(ROOT).values())


def test_the_next_round_is_the_first_that_closes_after_the_release() -> None:
    assert due_line(EVERY, CATALOGUE, date(2025, 7, 17)) == "Due next, by 15 August 2025: April to June 2025."
    assert due_line(EVERY, CATALOGUE, None).startswith("Due next, by 15 May 2025:")
    assert due_line(EVERY, CATALOGUE, date(2025, 5, 15)) == "Due next, by 31 May 2025: the year to 31 March 2025."


def test_when_every_round_has_closed_the_last_is_told() -> None:
    line = due_line(EVERY, CATALOGUE, date(2025, 8, 15))
    assert line.startswith("The last dates in the calendar have passed: April to June 2025, by 15 August 2025.")
    assert due_line(Collection("1", (), ()), CATALOGUE, None) == "The calendar of returns has no dates yet."


@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_nothing_is_due_before_the_release(day: date) -> None:
    line = due_line(EVERY, CATALOGUE, day)
    days = [one.due for one in EVERY.rounds if day_in_words(one.due) in line]
    assert len(days) == 1
    assert line.startswith("Due next") == (days[0] > day)
