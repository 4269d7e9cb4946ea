"""What an import writes: observations, populations, neighbours and covariates as data packages, the same bytes for the same files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.imports.covariates import CovariateRow
from site_builder.imports.figures import Figures, period_of, table_of
from site_builder.imports.mappings import Release, Table
from site_builder.imports.neighbours import NeighbourRow
from site_builder.imports.vintages import KINDS
from site_builder.release.cells import NATIONAL_COLUMNS, Cell, CellKey
from site_builder.release.package import DESCRIPTOR, Resource, describe
from site_builder.release.tables import csv_bytes, field
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.symbols import ObsStatus

CODE = "E[0-9]{8}"
JOINT_CODE = f"{CODE}( / {CODE})*"
BANDS = ("extremely-close", "very-close", "close", "somewhat-close", "not-close")
Notes = Mapping[tuple[str, str, int], str]


class Coding(NamedTuple):
    """How places are coded in a package, and of which places it is in words."""

    code: str
    description: str


ENGLISH = Coding(
    CODE, f"A selection of published national figures for English authorities, regions and {HERE.country}."
)


def cells_of(figures: Figures, estimated: Iterable[tuple[str, str, int]], release: Release) -> list[Cell]:
    """The figures as cells, in order of their key. ``estimated`` are (series, area, year) that the publisher estimated."""
    tables, marked = table_of(release), set(estimated)
    cells = []
    for key, figure in figures.items():
        period = period_of(*tables[key.series], key.year)
        status = ObsStatus.ESTIMATED.value if (key.series, key.area, key.year) in marked else ""
        withheld = figure.cell.withheld.value if figure.cell.withheld else ""
        cell_key = CellKey(key.series, 1, key.area, str(period), "total", key.measure, "all")
        cells.append(Cell(cell_key, figure.cell.text, withheld, status))
    return sorted(cells)


def national_package(
    cells: Iterable[Cell],
    notes: Notes,
    figures: Figures,
    release: Release,
    changes: Iterable[tuple[str, ...]] | None = None,
    coding: Coding = ENGLISH,
) -> dict[str, bytes]:
    """The files of a national package, but for its mapping: descriptor, observations and notes, and where there was an
    earlier release what changed since."""
    pattern = f"{coding.code}( / {coding.code})*"
    area = field("area", "string", "Area", "GSS code of the place.", required=True, pattern=pattern)
    observations = csv_bytes(NATIONAL_COLUMNS, (_row(cell) for cell in cells))
    note_rows = csv_bytes(("area", "indicator", "period", "note"), _note_rows(notes, figures, release))
    resources: tuple[Resource, ...] = (
        Resource(
            "observations",
            "observations.csv",
            "Observations",
            "One row a figure: what the publisher counted (numerator, denominator), and the rate or percentage exactly "
            "as printed (published). Rates divide by the population vintage that this package names.",
            tuple(area if one["name"] == "area" else one for one in OBSERVATION_FIELDS),
            NATIONAL_COLUMNS[:4],
            observations,
        ),
        Resource(
            "notes", "notes.csv", "Notes", "What to know beside a figure.", (area, *NOTE_FIELDS[1:]),
            ("area", "indicator", "period"), note_rows,
        ),
    )  # fmt: skip
    if changes is not None:
        resources = (*resources, _changes(changes, area))
    name = f"{HERE.short}-national-{release.source}-{release.release}"
    more = {
        "lsb:rounding": dict(release.rounding),
        "lsb:population_vintage": release.population,
        "lsb:corrections": _corrections(release),
    }
    return _files(release, name, coding.description, resources, more)


def _changes(rows: Iterable[tuple[str, ...]], area: dict[str, Any]) -> Resource:
    return Resource(
        "changes",
        "changes.csv",
        "Changes since the release before",
        "One row a figure that the release before gave otherwise. Its numbers are given where both print one.",
        (_INDICATOR, area, _PERIOD, *CHANGE_FIELDS),
        NATIONAL_COLUMNS[:4],
        csv_bytes(tuple(one["name"] for one in (_INDICATOR, area, _PERIOD, *CHANGE_FIELDS)), rows),
    )


def _row(cell: Cell) -> tuple[str, ...]:
    key = cell.key
    return key.indicator, key.area, key.period, key.measure, cell.value, cell.withheld, cell.obs_status


def population_package(rows: Iterable[tuple[str, int, str, int]], release: Release) -> dict[str, bytes]:
    """The files of one vintage of populations. Rows are area code, mid-year, ages and people."""
    data = csv_bytes(("area_code", "year", "ages", "population"), sorted(rows))
    resource = Resource(
        "populations", "populations.csv", "Populations", "One row a place, mid-year and group of ages.",
        POPULATION_FIELDS, ("area_code", "year", "ages"), data,
    )  # fmt: skip
    description = (
        "Estimated residents on 30 June of each year, as used in one release. A place without an estimate has no row."
    )
    return _files(release, f"{HERE.short}-populations-{release.release}", description, (resource,))


def neighbour_package(rows: Iterable[NeighbourRow], release: Release) -> dict[str, bytes]:
    """The files of one model of statistical neighbours."""
    data = csv_bytes(("area_code", "order", "neighbour_code", "closeness"), rows)
    resource = Resource(
        "neighbours", "neighbours.csv", "Statistical neighbours", "One row an authority and neighbour, closest first.",
        NEIGHBOUR_FIELDS, ("area_code", "order"), data,
    )  # fmt: skip
    description = "For each English authority the ten that are most like it. Neighbours are not mutual."
    return _files(release, f"{HERE.short}-neighbours-{release.release}", description, (resource,))


def covariate_package(rows: Iterable[CovariateRow], release: Release) -> dict[str, bytes]:
    """The files of one covariate: a number an authority, as printed."""
    data = csv_bytes(("area_code", "value"), sorted(rows))
    (said,) = (table.covariate for table in release.tables if table.covariate)
    resource = Resource(
        "covariates", "covariates.csv", said.measure, "One row an authority.", COVARIATE_FIELDS, ("area_code",), data
    )
    description = "One number an authority, to see how much of a figure goes along with it."
    more = {"lsb:measure": said.measure, "lsb:noun": said.noun, "lsb:areas": said.areas}
    return _files(release, f"{HERE.short}-covariates-{release.release}", description, (resource,), more)


def _files(
    release: Release,
    name: str,
    description: str,
    resources: tuple[Resource, ...],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, bytes]:
    said = {**_provenance(release), **more}
    descriptor = describe(name, release.provenance["title"], description, Classification.PUBLISHED, resources, **said)
    return {DESCRIPTOR: descriptor, **{resource.path: resource.data for resource in resources}}


def _provenance(release: Release) -> dict[str, Any]:
    given = release.provenance
    return {
        "lsb:source": release.source,
        "lsb:release": release.release,
        "lsb:publisher": given["publisher"],
        "lsb:published_on": given["published_on"],
        "lsb:licence": given["licence"],
        "lsb:attribution": given["attribution"],
        "lsb:retrieved_from": [_origin(table) for table in sorted(release.tables, key=lambda table: table.file)],
        "lsb:source_sha256": {table.file: table.sha256 for table in release.tables},
        "lsb:mapping_version": release.version,
    }


def _origin(table: Table) -> dict[str, str]:
    return {"file": table.file, **table.retrieved_from}


def _corrections(release: Release) -> list[dict[str, str]]:
    tables = table_of(release)
    return [
        {
            "series": c.series,
            "area": c.area,
            "period": str(period_of(*tables[c.series], c.year)),
            "measure": c.measure,
            "from": c.was,
            "to": c.becomes,
            "reason": c.reason,
            "reference": c.reference,
            "decided": c.decided.isoformat(),
        }
        for c in sorted(release.corrections, key=lambda c: (c.series, c.area, c.year, c.measure))
    ]


def _note_rows(notes: Notes, figures: Figures, release: Release) -> list[tuple[str, str, str, str]]:
    tables = table_of(release)
    shown = {(key.series, key.area, key.year) for key in figures}
    return sorted(
        (area, series, str(period_of(*tables[series], year)), note)
        for (series, area, year), note in notes.items()
        if (series, area, year) in shown
    )


def figure_texts(figures: Figures, release: Release) -> dict[tuple[str, str, str, str], str]:
    """Figures as comparable text: (series, area, period, measure) to the number, or the symbol of its reason."""
    tables = table_of(release)
    return {
        (key.series, key.area, str(period_of(*tables[key.series], key.year)), key.measure): cell.text
        or (cell.withheld.value if cell.withheld else "")
        for key, (cell, _, _) in figures.items()
    }


_AREA = field("area", "string", "Area", "GSS code of the place.", required=True, pattern=JOINT_CODE)
_PERIOD = field("period", "string", "Period", "Financial year, or the day of a count at a date.", required=True)
_INDICATOR = field("indicator", "string", "Series", "Id of the series in the catalogue.", required=True)
OBSERVATION_FIELDS = (
    _INDICATOR,
    _AREA,
    _PERIOD,
    field(
        "measure", "string", "Measure", "numerator, denominator, or the rate or percentage as published.",
        required=True, enum=["numerator", "denominator", "published"],
    ),
    field("value", "number", "Value", "The figure exactly as printed; empty when it is withheld."),
    field(
        "withheld", "string", "Withheld", "Why there is no figure: c confidential, x not available, z not applicable, "
        "low too low to show, u unreliable.", enum=["c", "x", "z", "low", "u"],
    ),
    field("obs_status", "string", "Status", "e estimated by the publisher.", enum=["e"]),
)  # fmt: skip
NOTE_FIELDS = (
    _AREA,
    _INDICATOR,
    _PERIOD,
    field("note", "string", "Note", "What to know beside the figure.", required=True),
)
CHANGE_FIELDS = (
    OBSERVATION_FIELDS[3],
    field("kind", "string", "Kind", "What became of the figure.", required=True, enum=list(KINDS)),
    field("before", "number", "Before", "What the release before printed, where both print a number."),
    field("now", "number", "Now", "What this release prints, where both print a number."),
)
POPULATION_FIELDS = (
    field("area_code", "string", "Area code", "GSS code of the place.", required=True, pattern=CODE),
    field("year", "integer", "Mid-year", "The estimate is for 30 June of this year.", required=True),
    field("ages", "string", "Ages", "First and last age in years, both included.", required=True),
    field("population", "integer", "Population", "Estimated residents.", required=True, minimum=0),
)
NEIGHBOUR_FIELDS = (
    field("area_code", "string", "Area code", "GSS code of the authority.", required=True, pattern=CODE),
    field("order", "integer", "Order", "1 is the closest.", required=True, minimum=1, maximum=10),
    field("neighbour_code", "string", "Neighbour", "GSS code of the neighbour.", required=True, pattern=CODE),
    field("closeness", "string", "Closeness", "The model's own band.", required=True, enum=list(BANDS)),
)
COVARIATE_FIELDS = (
    field("area_code", "string", "Area code", "GSS code of the authority.", required=True, pattern=CODE),
    field("value", "number", "Value", "The number exactly as printed.", required=True),
)
