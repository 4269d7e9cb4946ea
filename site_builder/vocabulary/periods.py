"""Periods of time: typed, ordered, and parsed in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

_QUARTER = re.compile(r"(\d{4})-(\d{2})-Q([1-4])\Z", re.ASCII)
_HALF = re.compile(r"(\d{4})-(\d{2})-H([12])\Z", re.ASCII)
_FINANCIAL = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_ACADEMIC = re.compile(r"(?:ay(\d{4})-(\d{2})|(\d{4})/(\d{2}))\Z", re.ASCII)
_CALENDAR = re.compile(r"(\d{4})\Z", re.ASCII)
_SNAPSHOT = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip  # not strftime: its words depend on the locale


class PeriodKind(Enum):
    """What stretch of time a figure is about."""

    FINANCIAL_QUARTER = "financial-quarter"
    FINANCIAL_HALF_YEAR = "financial-half-year"
    FINANCIAL_YEAR = "financial-year"
    ACADEMIC_YEAR = "academic-year"
    CALENDAR_YEAR = "calendar-year"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time or, for a snapshot, a day. ``part`` is the quarter or half, else 0.

    Ordered by last day, then first day, latest first, so that Q4 stands before its year.
    """

    kind: PeriodKind
    start: date
    end: date
    part: int = 0

    @staticmethod
    def parse(text: str) -> Period:
        """The period of an id such as ``2024-25-Q3``, ``2024-25``, ``2024/25``, ``ay2024-25``, ``2024`` or
        ``2025-03-31``. Raises ValueError for anything else, two years that do not follow one another included."""
        if match := _QUARTER.match(text):
            return quarter(_first_year(match[1], match[2]), int(match[3]))
        if match := _HALF.match(text):
            return half_year(_first_year(match[1], match[2]), int(match[3]))
        if match := _SNAPSHOT.match(text):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Period(PeriodKind.SNAPSHOT, day, day)
        if match := _ACADEMIC.match(text):
            year = _first_year(match[1] or match[3], match[2] or match[4])
            return Period(PeriodKind.ACADEMIC_YEAR, date(year, 9, 1), date(year + 1, 8, 31))
        if match := _FINANCIAL.match(text):
            return financial_year(_first_year(match[1], match[2]))
        if match := _CALENDAR.match(text):
            year = int(match[1])
            return Period(PeriodKind.CALENDAR_YEAR, date(year, 1, 1), date(year, 12, 31))
        raise ValueError("not a period id")

    def __str__(self) -> str:
        """The text of a cell; ``parse(str(p)) == p``."""
        year = f"{self.start.year}-{(self.start.year + 1) % 100:02d}"
        match self.kind:
            case PeriodKind.FINANCIAL_QUARTER:
                first = self.start.year - (self.part == 4)
                return f"{first}-{(first + 1) % 100:02d}-Q{self.part}"
            case PeriodKind.FINANCIAL_HALF_YEAR:
                return f"{year}-H{self.part}"
            case PeriodKind.FINANCIAL_YEAR:
                return year
            case PeriodKind.ACADEMIC_YEAR:
                return year.replace("-", "/")
            case PeriodKind.CALENDAR_YEAR:
                return str(self.start.year)
            case PeriodKind.SNAPSHOT:
                return self.start.isoformat()

    @property
    def id(self) -> str:
        """The text for folders and addresses: ``ay2024-25`` for an academic year, else the cell's text."""
        return "ay" + str(self).replace("/", "-") if self.kind is PeriodKind.ACADEMIC_YEAR else str(self)

    @property
    def label(self) -> str:
        """The period in words: "July to September 2024", "Year to 31 March 2024", "31 March 2024"."""
        match self.kind:
            case PeriodKind.FINANCIAL_QUARTER | PeriodKind.FINANCIAL_HALF_YEAR:
                first, last = MONTHS[self.start.month - 1], MONTHS[self.end.month - 1]
                opening = first if self.start.year == self.end.year else f"{first} {self.start.year}"
                return f"{opening} to {last} {self.end.year}"
            case PeriodKind.FINANCIAL_YEAR:
                return f"Year to 31 March {self.end.year}"
            case PeriodKind.ACADEMIC_YEAR:
                return f"School year {self}"
            case PeriodKind.CALENDAR_YEAR:
                return str(self)
            case PeriodKind.SNAPSHOT:
                return day_in_words(self.start)

    @property
    def year(self) -> Period:
        """The financial year that this quarter, half, year or snapshot lies in."""
        return financial_year(self.end.year if self.end.month > 3 else self.end.year - 1)

    @property
    def population_year(self) -> int:
        """Y such that rates of this period divide by the estimate for the middle (30 June) of year Y.

        Financial year ending March Y and all inside it: Y-1. Calendar year: itself. Academic year: the year it starts.
        """
        if self.kind in (PeriodKind.CALENDAR_YEAR, PeriodKind.ACADEMIC_YEAR):
            return self.start.year
        return self.year.start.year

    def __lt__(self, other: Period) -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[date, int, str]:
        return (self.end, -self.start.toordinal(), self.kind.value)


def quarter(year: int, part: int) -> Period:
    """Quarter ``part`` (1 to 4) of the financial year that starts in April of ``year``."""
    month = (4, 7, 10, 1)[part - 1]
    first = date(year + (part == 4), month, 1)
    following = date(first.year + (month == 10), (month + 3) % 12 or 12, 1)
    return Period(PeriodKind.FINANCIAL_QUARTER, first, following - timedelta(days=1), part)


def half_year(year: int, half: int) -> Period:
    """Half 1 or 2 of the financial year that starts in April of ``year``."""
    first, last = (date(year, 4, 1), date(year, 9, 30)) if half == 1 else (date(year, 10, 1), date(year + 1, 3, 31))
    return Period(PeriodKind.FINANCIAL_HALF_YEAR, first, last, half)


def financial_year(year: int) -> Period:
    """The financial year that starts in April of ``year``."""
    return Period(PeriodKind.FINANCIAL_YEAR, date(year, 4, 1), date(year + 1, 3, 31))


def snapshot(day: date) -> Period:
    """The snapshot of one day."""
    return Period(PeriodKind.SNAPSHOT, day, day)


def quarters(year: Period) -> tuple[Period, Period, Period, Period]:
    """The four quarters of a financial year."""
    first = year.start.year
    return (quarter(first, 1), quarter(first, 2), quarter(first, 3), quarter(first, 4))


def day_in_words(day: date) -> str:
    """``31 March 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _first_year(first: str, last: str) -> int:
    year = int(first)
    if (year + 1) % 100 != int(last):
        raise ValueError("the two years of a period must follow one another")
    return year
