"""Files of the DfE's Explore Education Statistics: a row a place and time, wide, or long with filters."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.imports.cells import Sheet, read_cell
from site_builder.imports.mappings import Release, Table
from site_builder.imports.national import make_national
from site_builder.imports.places import Located, Places, level_fits
from site_builder.imports.releases import Context, Form, Made
from site_builder.imports.shapes import At, Marks, Said, Shape, Text
from site_builder.imports.times import read_year, reporting_year
from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.symbols import Withheld

ALWAYS = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
REGIONAL = ("region_code", "region_name")
LOCAL = ("old_la_code", "new_la_code", "la_name")
OLD_SYMBOLS = {":": Withheld.NOT_AVAILABLE, "~": Withheld.LOW}  # what x and low were until the 2020s


def needed(_table: Table, sheet: Sheet) -> frozenset[str]:
    """The columns that a file of these levels has: one of England alone has none for regions and authorities."""
    column = sheet.header.index("geographic_level") if "geographic_level" in sheet.header else None
    levels = {line.cells[column] for line in sheet.lines} if column is not None else set()
    local = levels & {Level.LOCAL_AUTHORITY.value}
    regional = local or levels & {Level.REGIONAL.value}
    return frozenset((*ALWAYS, *(REGIONAL if regional else ()), *(LOCAL if local else ())))


def _skips(table: Table, text: Text) -> bool:
    return text("geographic_level") in table.skip_levels


def _year(table: Table, text: Text) -> int | None:
    return read_year(table.time, text("time_period"), text("time_identifier"))


def _place(table: Table, text: Text, places: Places) -> Located | None:
    level = next((level for level in Level if level.value == text("geographic_level")), None)
    country, region, code = (text(name) for name in ("country_code", "region_code", "new_la_code"))
    by_name = text("la_name") in places.composites_by_name and not code
    if level is None or not (by_name or level_fits(level, country, region, code)):
        return None
    if level is not Level.LOCAL_AUTHORITY:
        return places.locate_total(level, country, region)
    year = _year(table, text)
    name = text("la_name")
    if table.printed_names.get(code) == name:
        name = places.name_of(code)
    return places.locate(code, name, reporting_year(table.time, year) if year else 0)


def _cell(_table: Table, text: Text, column: str, marks: Marks, counts: bool) -> Said:
    return Said(read_cell(text(column), marks.symbols, counts=counts))


SHAPE = Shape(
    (*ALWAYS, *REGIONAL, *LOCAL),
    At("time_period", "geographic_level", "new_la_code"),
    needed,
    _skips,
    _year,
    _place,
    _cell,
)


def marks_of(release: Release) -> Marks:
    """The symbols of a mapping, and the old ones where it does not speak of them."""
    return Marks({**OLD_SYMBOLS, **release.symbols}, {})


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, mapping: str) -> Made:
    return make_national(release, sheets, context, mapping, SHAPE, marks_of(release))


FORM = Form(
    name="ees",
    says="A data file of Explore Education Statistics, the DfE's open-data service.",
    header=frozenset(ALWAYS),
    needs="a mapping that names its columns, filters and symbols",
    make=_make,
    sources=("dfe-cin", "dfe-cla"),
)
