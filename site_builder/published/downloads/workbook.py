"""Workbooks of an indicator and of an area, from the rows that the tables of pages have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from site_builder.published.downloads import marks
from site_builder.published.downloads.sheets import Book, Cell, Column, Sheet
from site_builder.published.downloads.table import COMPARED, DESCRIPTIONS, HEADER, Row
from site_builder.published.figures import CAUTIONS
from site_builder.published.phrases import unit_line
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.symbols import Withheld

TITLE, UNIT = "indicator_name", "unit"  # the two columns that the tables of pages lack
_LONG_AGO = date(1980, 1, 1)  # of what a publisher did not date, as in archives
_PLACE = {name: place for place, name in enumerate(HEADER)}
# A number, and the column with the reason when there is none; where none is given it does not apply.
_REASONS = {
    "numerator": "numerator_withheld",
    "denominator": "denominator_withheld",
    "value": "withheld",
    "lower_95": "withheld",
    "upper_95": "withheld",
    "neighbours_median": "",
    "neighbours_used": "",
}
_WORDS = {"variation": "withheld", COMPARED: "", "neighbours_kind": "", "coverage": ""}
_NOT_APPLICABLE = Withheld.NOT_APPLICABLE.value
_NONE = "none"
_KEYS = ("area", "area_name", "indicator", TITLE, UNIT, "period")
COLUMNS = (
    *_KEYS,
    *(name for name in HEADER if name in _REASONS or name in _WORDS or name in ("obs_status", "caution")),
)
_PLAIN = ("area_name", "indicator", TITLE, UNIT, "period")  # headings that say all


class Origin(NamedTuple):
    """Where the figures of a workbook come from. ``name``: of the release or package; ``published_on``: None when its
    publisher does not say; ``source``: the line below each table; ``terms``: licence and lines that must be printed;
    ``address``: where it stands on the site."""

    site: str
    name: str
    published_on: date | None
    is_invented: bool
    source: str
    terms: tuple[str, ...]
    contact: str
    address: str


def of_indicator(origin: Origin, data: IndicatorData, rows: Mapping[str, Sequence[Row]]) -> Book:
    """One indicator: every area in the latest period, and in all. ``rows``: area to its rows, periods in order."""
    indicator = data.indicator
    title, name = f"{indicator.title} ({indicator.code})", f"indicator_{indicator.code.lower()}"
    told = (f"Value: {unit_line(indicator)}.",)
    every = [row for some in rows.values() for row in some]
    return _book(origin, title, name, told, (data,), ([some[-1] for some in rows.values() if some], every))


def of_area(origin: Origin, area: Area, figures: Iterable[tuple[IndicatorData, Sequence[Row]]]) -> Book:
    """One area: the latest figure of every indicator, and all. ``figures``: an indicator and its rows of that area."""
    some = tuple((data, rows) for data, rows in figures if rows)
    latest, every = [rows[-1] for _, rows in some], [row for _, rows in some for row in rows]
    name = f"area_{area.slug.replace('-', '_')}"
    return _book(origin, area.name, name, (), tuple(data for data, _ in some), (latest, every))


def _book(
    origin: Origin,
    title: str,
    name: str,
    told: tuple[str, ...],
    figures: Sequence[IndicatorData],
    tables: tuple[Sequence[Row], Sequence[Row]],
) -> Book:
    opening = "Illustrative: " if origin.is_invented else ""
    named = {data.indicator.code: (data.indicator.title, unit_line(data.indicator)) for data in figures}
    zeros = {data.source.zeros for data in figures}
    names = columns(tables[1], several=len(named) > 1)
    kinds = (("Latest", "latest", "latest figures"), ("All periods", "all_periods", "all periods"))
    sheets = tuple(
        Sheet(
            label,
            f"{name}_{ending}",
            f"{opening}{title}: {words}",
            (*_stands(origin), *told),
            _legend(rows, names, zeros),
            f"Source: {origin.source}",
            tuple(_column(one) for one in names),
            tuple(tuple(cell(row, one, named) for one in names) for row in rows),
        )
        for (label, ending, words), rows in zip(kinds, tables, strict=True)
    )
    return Book(
        f"{opening}{title}",
        origin.site,
        origin.published_on or _LONG_AGO,
        (*_stands(origin), f"Address: {origin.address}", *_meanings(zeros)),
        (f"Source: {origin.source}", *origin.terms),
        (origin.contact,),
        sheets,
    )


def _stands(origin: Origin) -> tuple[str, ...]:
    day = f", published {day_in_words(origin.published_on)}" if origin.published_on else ""
    invented = ("Every figure is invented, to show how the site works.",) if origin.is_invented else ()
    return (f"{origin.site}, {origin.name}{day}.", *invented)


def _meanings(zeros: Iterable[str]) -> tuple[str, ...]:
    """The marks in words, for the cover."""
    letters = {**marks.withheld(tuple(zeros)), **marks.STATUS}
    return ("A mark in brackets stands for a number that is not shown, or beside one:", *_lines(letters))


def _lines(letters: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"[{letter}] {words}" for letter, words in letters.items())


def _legend(rows: Sequence[Row], names: Sequence[str], zeros: Iterable[str]) -> tuple[str, ...]:
    """The marks that stand in a table."""
    used = "".join(str(cell(row, name, {})) for row in rows for name in names if name not in (TITLE, UNIT))
    letters = {**marks.withheld(tuple(zeros)), **marks.STATUS}
    return _lines({letter: words for letter, words in letters.items() if f"[{letter}]" in used})


def columns(rows: Sequence[Row], *, several: bool) -> tuple[str, ...]:
    """The columns of a table. Left out are those of an indicator without that part: of a count, what it is divided by.
    ``several``: whether there is more than one indicator, so that each row names its own."""
    held = {
        name
        for name in (*_REASONS, *_WORDS)
        if any(row[_PLACE[name]] or (_REASONS.get(name) and row[_PLACE[_REASONS[name]]]) for row in rows)
    }
    left = {*_REASONS, *_WORDS} - held | (set() if several else {TITLE, UNIT})
    return tuple(name for name in COLUMNS if name not in left)


def cell(row: Row, name: str, named: Mapping[str, tuple[str, str]]) -> Cell:
    """What a cell holds: a number, words, or a mark in brackets. ``named``: code to name and unit of each indicator."""
    if name in (TITLE, UNIT):
        return named[row[_PLACE["indicator"]]][(TITLE, UNIT).index(name)]
    text = row[_PLACE[name]]
    if name == "obs_status":
        return "".join(f"[{letter}]" for letter in text) or _NONE
    if name == "caution":
        return text or _NONE
    if name in _REASONS:
        return Decimal(text) if text else _mark(row, _REASONS[name])
    return text or _mark(row, _WORDS.get(name, ""))


def _mark(row: Row, reason: str) -> str:
    return f"[{(row[_PLACE[reason]] if reason else '') or _NOT_APPLICABLE}]"


def heading(name: str) -> str:
    """The name of a column in words: ``lower_95`` is ``Lower 95``."""
    words = name.replace("_", " ").replace(HERE.key, HERE.name)
    return words[0].upper() + words[1:]


_SAID = {  # where a workbook has it otherwise than a table of text
    "numerator": "What was counted.",
    "obs_status": " ".join(f"[{letter}] {words}" for letter, words in marks.STATUS.items()),
    "caution": " ".join(f"{code}: {words}" for code, words in CAUTIONS.items()),
}


def _column(name: str) -> Column:
    """A heading with its note."""
    return Column(heading(name), "" if name in _PLAIN else _SAID.get(name, DESCRIPTIONS[name]))
