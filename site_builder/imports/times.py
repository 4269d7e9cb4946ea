"""How publishers write years and parts of years, and the periods that they are.

A time is held as one integer: the year, or for a part of a year ten times the year and the part (20243 is the third
part of 2024). Of two years that follow one another it is the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from site_builder.vocabulary.periods import Period, financial_year, half_year, quarter, snapshot

PART = 10  # times the year, for a part of one
YEARS = range(1800, 2200)  # anything else is a slip of the pen


class Encoding(NamedTuple):
    """``identifiers``: what stands beside the digits, and the part of a year that it means (0: the whole of it);
    ``digits`` of the period itself: 4 for one year, 6 for two."""

    identifiers: Mapping[str, int]
    digits: int

    @property
    def parts(self) -> bool:
        """Whether it is of parts of years."""
        return any(self.identifiers.values())


ENCODINGS = {
    "reporting-year": Encoding({"Reporting year": 0}, 4),
    "mid-year": Encoding({"Reporting year": 0}, 4),
    "calendar-year": Encoding({"Calendar year": 0}, 4),
    "academic-year": Encoding({"Academic year": 0}, 6),
    "financial-year": Encoding({"Financial year": 0}, 6),
    "financial-quarter": Encoding({f"Financial year Q{part}": part for part in (1, 2, 3, 4)}, 6),
    "financial-half-year": Encoding({"Part 1 (April to September)": 1, "Part 2 (October to March)": 2}, 6),
}


def read_year(time: str, period: str, identifier: str) -> int | None:
    """The time of a ``time_period`` and its ``time_identifier`` under the encoding that a mapping declares; None when
    they do not fit it.

    ``reporting-year``: 4 digits, the year ends on 31 March of it. ``mid-year``: printed like a reporting year, but an
    estimate for 30 June of it. ``calendar-year``: 4 digits. The others: 6 digits, two years that follow one another.
    """
    encoding = ENCODINGS[time]
    part = encoding.identifiers.get(identifier)
    if part is None or not re.fullmatch(rf"[0-9]{{{encoding.digits}}}", period, re.ASCII):
        return None
    year = int(period[:4])
    if year not in YEARS or (encoding.digits == 6 and (year + 1) % 100 != int(period[4:])):
        return None
    return year * PART + part if part else year


def year_of(time: str, at: int) -> int:
    """The year of a time."""
    return at // PART if ENCODINGS[time].parts else at


def reporting_year(time: str, at: int) -> int:
    """The reporting year (ending 31 March) in which the end of a time stands, or that of the year that it begins."""
    return year_of(time, at) + (time != "reporting-year")


def period_at(time: str, at: int, period: str) -> Period:
    """The period of a figure. ``period`` is one of a mapping's: ``year`` for all of it, else its last day (of which an
    academic or calendar year has none at 31 March, and stays whole)."""
    whole = _whole(time, at)
    if period == "last-day" or (period == "snapshot-31-march" and (whole.end.month, whole.end.day) == (3, 31)):
        return snapshot(whole.end)
    return whole


def _whole(time: str, at: int) -> Period:
    match time:
        case "academic-year":
            return Period.parse(f"{at:04d}/{(at + 1) % 100:02d}")
        case "calendar-year":
            return Period.parse(f"{at:04d}")
        case "financial-quarter":
            return quarter(at // PART, at % PART)
        case "financial-half-year":
            return half_year(at // PART, at % PART)
        case "reporting-year":
            return financial_year(at - 1)
        case _:
            return financial_year(at)
