"""One release of a source: its tables checked, read and turned into the files of a package. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.imports import figure_rules
from site_builder.imports.covariates import CovariateRow, read_covariate
from site_builder.imports.ees import Sheet
from site_builder.imports.figures import (
    Figures,
    absent_notes,
    carried_totals,
    correct,
    excluded_notes,
    joint_notes,
    read_figures,
)
from site_builder.imports.mappings import Explanation, Release
from site_builder.imports.neighbours import NeighbourRow, read_neighbours
from site_builder.imports.packages import (
    cells_of,
    covariate_package,
    figure_texts,
    national_package,
    neighbour_package,
    population_package,
)
from site_builder.imports.places import Places
from site_builder.imports.readings import Readings, read_table, reporting_year
from site_builder.imports.vintages import differences, recompute
from site_builder.release.reference import Populations
from site_builder.vocabulary.findings import Finding, blocks

Texts = Mapping[tuple[str, str, str, str], str]


@dataclass(frozen=True, slots=True)
class Context:
    """What an import is checked against: places, populations by vintage, and an earlier release of the source."""

    places: Places
    vintages: Mapping[str, Populations] = field(repr=False)
    before: Texts = field(repr=False)


Made = tuple[tuple[Finding, ...], dict[str, bytes]]  # findings, and the files of a package; none when findings block


def make(release: Release, sheets: Mapping[str, Sheet], context: Context, mapping: str) -> Made:
    """The package of a release. ``sheets`` holds the text of each table by the table's name; ``mapping`` names the
    mapping file in findings."""
    if release.source == "dfe-neighbours":
        return _neighbours(release, sheets, context)
    if release.source == "imd":
        return _covariate(release, sheets, context)
    readings: list[Readings] = []
    findings: list[Finding] = []
    for table in release.tables:
        reading, wrong = read_table(table, sheets[table.name], release.symbols, context.places)
        readings.append(reading)
        findings += wrong
    if blocks(findings):
        return tuple(findings), {}
    made = _populations if release.source == "ons-mye" else _national
    more, files = made(release, readings, context, mapping)
    return (*findings, *more), files


def _neighbours(release: Release, sheets: Mapping[str, Sheet], context: Context) -> Made:
    rows: list[NeighbourRow] = []
    findings: list[Finding] = []
    for table in release.tables:
        found, wrong = read_neighbours(table, sheets[table.name], release, context.places)
        rows += found
        findings += wrong
    return tuple(findings), {} if blocks(findings) else neighbour_package(rows, release)


def _covariate(release: Release, sheets: Mapping[str, Sheet], context: Context) -> Made:
    rows: list[CovariateRow] = []
    findings: list[Finding] = []
    for table in release.tables:
        found, wrong = read_covariate(table, sheets[table.name], context.places)
        rows += found
        findings += wrong
    return tuple(findings), {} if blocks(findings) else covariate_package(rows, release)


def _populations(release: Release, readings: Sequence[Readings], context: Context, mapping: str) -> Made:
    findings, unused = explained(release, figure_rules.absent_place(readings, context.places))
    findings = (*findings, *figure_rules.unfit_entry((), unused, mapping))
    rows = [
        (area, reporting_year(reading.table.time, str(year)) - 1, ages, cell.number)
        for reading in readings
        for (area, year, ages), (cell, _) in reading.cells.items()
        if cell.number is not None
    ]
    return findings, {} if blocks(findings) else population_package(rows, release)


def _national(release: Release, readings: Sequence[Readings], context: Context, mapping: str) -> Made:
    figures, unfit = correct(read_figures(readings), release)
    found = [*_beside(release, readings, figures, context), *_against_before(release, figures, context, mapping)]
    findings, unused = explained(release, found)
    findings = (*findings, *figure_rules.unfit_entry(unfit, unused, mapping))
    if blocks(findings):
        return findings, {}
    names = {code: place.name for code, place in context.places.by_code.items()}
    estimated = carried_totals(figures, release)
    notes = {
        **joint_notes(readings, names),
        **excluded_notes(release),
        **absent_notes(figures, release),
        **estimated,
    }
    return findings, national_package(cells_of(figures, estimated, release), notes, figures, release)


def _beside(release: Release, readings: Sequence[Readings], figures: Figures, context: Context) -> list[Finding]:
    recomputed = recompute(figures, release, context.places, context.vintages)
    return [
        *figure_rules.absent_place(readings, context.places),
        *figure_rules.unlike_totals(release, readings),
        *figure_rules.loose_parts(readings, context.places),
        *figure_rules.not_reproduced(recomputed),
        *figure_rules.wrong_vintage(recomputed),
        *figure_rules.doubtful_zero(release, figures),
    ]


def _against_before(release: Release, figures: Figures, context: Context, mapping: str) -> list[Finding]:
    compared = differences(context.before, figure_texts(figures, release)) if context.before else ()
    return [*figure_rules.changed_state(compared, mapping), *figure_rules.revised(compared, mapping)]


def explained(release: Release, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Explanation, ...]]:
    """The findings that the mapping does not explain, and the explanations that answer none."""
    answers = {(e.rule, figure_rules.about(e.where, e.area, e.year)): e for e in release.explained}
    open_, used = [], set()
    for finding in findings:
        key = (finding.rule, finding.where.field or "")
        if key in answers:
            used.add(key)
        else:
            open_.append(finding)
    return tuple(open_), tuple(answers[key] for key in sorted(set(answers) - used))
