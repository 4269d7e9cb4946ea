"""Mid-year population estimates: one vintage a folder, in the shape of the DfE's open data."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.imports import figure_rules
from site_builder.imports.cells import Sheet
from site_builder.imports.forms.ees import ALWAYS, SHAPE, marks_of
from site_builder.imports.mappings import Release
from site_builder.imports.national import read_tables
from site_builder.imports.packages import population_package
from site_builder.imports.releases import Context, Form, Made, explained
from site_builder.imports.times import reporting_year
from site_builder.vocabulary.findings import blocks


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, mapping: str) -> Made:
    readings, wrong = read_tables(release, sheets, context, SHAPE, marks_of(release))
    if blocks(wrong):
        return tuple(wrong), {}
    found, unused = explained(release, figure_rules.absent_place(readings, context.places))
    findings = (*wrong, *found, *figure_rules.unfit_entry((), unused, mapping))
    rows = [
        (area, reporting_year(reading.table.time, year) - 1, ages, one.cell.number)
        for reading in readings
        for (area, year, ages), one in reading.cells.items()
        if one.cell.number is not None
    ]
    return findings, {} if blocks(findings) else population_package(rows, release)


FORM = Form(
    name="populations",
    says="Mid-year estimates of residents, in a file of that same shape: each vintage becomes a folder of its own.",
    header=frozenset((*ALWAYS, "age_group", "population_estimate")),
    needs="a mapping that names the vintage, and the ages that are wanted",
    make=_make,
    sources=("ons-mye",),
    folder="datapackages/reference/populations",
)
