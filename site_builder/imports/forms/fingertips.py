"""Files of Fingertips, the public-health profiles of England: a row an indicator, area, sex, age, category and period.

Why a figure is missing stands in words beside it, so a mapping says what each remark means. What cannot be told is
refused: an empty cell without a remark, a number beside a remark that there is none, several years taken together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.imports.cells import Cell, Sheet, Unreadable, read_cell
from site_builder.imports.mappings import Release, Table
from site_builder.imports.national import make_national
from site_builder.imports.places import Located, Places
from site_builder.imports.releases import Context, Form, Made
from site_builder.imports.shapes import At, Marks, Said, Shape, Text
from site_builder.imports.times import ENCODINGS, YEARS, reporting_year
from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.symbols import Withheld

NAMES = ("Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type")
TIMES = ("Time period", "Time period Sortable", "Time period range")
REMARK = "Value note"
WITHHOLDS = ("Value", "Count")  # what a remark of withholding speaks of; a denominator may stand beside it
FILTERS = ("Sex", "Age", "Category Type", "Category")
ONE_YEAR = ("", "1y")  # of the range; any other takes several together
_YEAR = re.compile(r"([0-9]{4})(?:/([0-9]{2}))?", re.ASCII)
_REASONS = {reason.value: reason for reason in Withheld}


def _needed(_table: Table, _sheet: Sheet) -> frozenset[str]:
    return frozenset(("Indicator ID", "Area Code", "Area Name", "Area Type", "Time period", REMARK))


def _skips(table: Table, text: Text) -> bool:
    return text("Area Type") in table.skip_levels


def _year(table: Table, text: Text) -> int | None:
    """``2023`` for calendar years, ``2023/24`` for two years that follow one another."""
    match = _YEAR.fullmatch(text("Time period"))
    if match is None or text("Time period range") not in ONE_YEAR or table.time not in ENCODINGS:
        return None
    year, second = int(match[1]), match[2]
    double = ENCODINGS[table.time].digits == 6
    follows = second is not None and (year + 1) % 100 == int(second) if double else second is None
    sortable = text("Time period Sortable")
    agrees = not sortable or sortable == f"{year}0000"
    return year if follows and agrees and year in YEARS else None


def _place(table: Table, text: Text, places: Places) -> Located | None:
    level = table.levels.get(text("Area Type"))
    if level is None:
        return None
    code, name = text("Area Code"), text("Area Name")
    if level is not Level.LOCAL_AUTHORITY:
        return places.locate_total(level, code, code)
    if table.printed_names.get(code) == name:
        name = places.name_of(code)
    year = _year(table, text)
    return places.locate(code, name, reporting_year(table.time, year) if year else 0)


def _cell(table: Table, text: Text, column: str, marks: Marks, counts: bool) -> Said:
    printed, remark = text(column).strip(" "), text(REMARK).strip(" ")
    if remark and remark not in marks.remarks:
        return Said(Unreadable("I201"))
    withheld = _REASONS.get(marks.remarks.get(remark, ""))
    if printed:
        if withheld and column in WITHHOLDS:
            return Said(Unreadable("I203"))
        return Said(read_cell(printed, marks.symbols, counts=counts), remark)
    reason = withheld or table.blank.get(column)
    return Said(Cell("", reason) if reason else Unreadable("I201"), remark)


SHAPE = Shape(
    (*NAMES, *TIMES, REMARK), At("Time period", "Area Type", "Area Code"), _needed, _skips, _year, _place, _cell
)


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, mapping: str) -> Made:
    return make_national(release, sheets, context, mapping, SHAPE, Marks(release.symbols, release.remarks))


def _check(release: Release) -> None:
    """One file holds many indicators, sexes, ages and categories: a mapping tells them all apart."""
    for table in release.tables:
        if not {"Indicator ID", *FILTERS} <= set(table.filters):
            raise ValueError(f"the filters of such a table are Indicator ID, {', '.join(FILTERS)}")
        if ENCODINGS[table.time].parts or table.time in ("reporting-year", "mid-year"):
            raise ValueError("such a table is of calendar, financial or academic years")


FORM = Form(
    name="fingertips",
    says="A file of Fingertips, the public-health profiles of England.",
    header=frozenset(("Indicator ID", "Area Code", "Area Type", *FILTERS, "Time period", "Value", "Count", REMARK)),
    needs="a mapping that names the indicators, the types of area, and what each value note means",
    make=_make,
    check=_check,
)
