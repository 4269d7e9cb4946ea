"""The layout of Open SDG, on which many countries and cities publish indicators: ``data/indicator_<id>.csv`` with a row
a year and group, and ``meta/<id>.yml`` (or the head of a ``.md``) that describes it.

Any country's places will do: they are those of the checkout's own areas package. A package is made, and beside it a
definition of each indicator, filled in from its description.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.imports import file_rules
from site_builder.imports.cells import Cell, Sheet, Unreadable, read_cell
from site_builder.imports.definitions import NoSuchField, Undescribed, definition, described
from site_builder.imports.mappings import Release, Table
from site_builder.imports.national import make_national
from site_builder.imports.packages import Coding
from site_builder.imports.places import Located, Places
from site_builder.imports.releases import Context, Form, Made
from site_builder.imports.shapes import At, Marks, Said, Shape, Text
from site_builder.imports.times import read_year
from site_builder.vocabulary.findings import Finding, blocks

YEAR, VALUE = "Year", "Value"
OPEN = Coding("[^/]+", "A selection of figures published in the layout of Open SDG.")


def _needed(table: Table, _sheet: Sheet) -> frozenset[str]:
    return frozenset((YEAR, VALUE, *([table.place_column] if table.place_column else [])))


def _skips(_table: Table, _text: Text) -> bool:
    return False


def _year(table: Table, text: Text) -> int | None:
    return read_year(table.time, text(YEAR), "Calendar year")


def _place(table: Table, text: Text, places: Places) -> Located | None:
    """A row without a code is of the whole country, where the mapping names one."""
    code = text(table.place_column).strip(" ") or table.country
    return Located(code) if code in places.by_code else Located(problem="I301")


def _cell(table: Table, text: Text, column: str, marks: Marks, counts: bool) -> Said:
    printed = text(column).strip(" ")
    if not printed:
        reason = table.blank.get(column)
        return Said(Cell("", reason) if reason else Unreadable("I201"))
    return Said(read_cell(printed, marks.symbols, counts=counts))


SHAPE = Shape((YEAR, VALUE), At(YEAR, "place", "place"), _needed, _skips, _year, _place, _cell)


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, mapping: str) -> Made:
    findings, made = make_national(
        release, sheets, context, mapping, SHAPE, Marks(release.symbols, release.remarks), OPEN
    )
    heads: dict[str, bytes] = {}
    wrong: list[Finding] = []
    for table in release.tables:
        if table.meta:
            try:
                path, text = definition(release, table, described(table.meta, context.described[table.name]))
                heads[path] = text
            except Undescribed:
                wrong.append(file_rules.undescribed(table.meta))
            except NoSuchField as error:
                wrong.append(file_rules.missing_field(table.meta, error.field))
    findings = (*findings, *wrong)
    return findings, {} if blocks(findings) else {**made, **heads}


def _check(release: Release) -> None:
    for table in release.tables:
        if table.time != "calendar-year":
            raise ValueError("a table of this layout is of calendar years")
        if len(table.series) != 1 and table.meta:
            raise ValueError("a table that is described holds one series")


FORM = Form(
    name="open-sdg",
    says="A folder in the layout of Open SDG: data/indicator_<id>.csv, and meta/<id>.yml beside it.",
    header=frozenset((YEAR, VALUE)),
    needs="a mapping that names the files, the groups that are wanted, and the place of rows without a code",
    make=_make,
    check=_check,
)
