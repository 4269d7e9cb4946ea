"""The tables of one release checked, read, and turned into the files of a national package. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.imports import figure_rules
from site_builder.imports.cells import Sheet
from site_builder.imports.figures import (
    Figures,
    absent_notes,
    carried_totals,
    correct,
    excluded_notes,
    joint_notes,
    read_figures,
    remarked,
)
from site_builder.imports.mappings import Release
from site_builder.imports.packages import ENGLISH, Coding, cells_of, figure_texts, national_package
from site_builder.imports.readings import Readings, read_table
from site_builder.imports.releases import ESTIMATED, Context, Made, explained
from site_builder.imports.shapes import Marks, Shape
from site_builder.imports.vintages import Difference, change_rows, differences, recompute
from site_builder.vocabulary.findings import Finding, blocks


def read_tables(
    release: Release, sheets: Mapping[str, Sheet], context: Context, shape: Shape, marks: Marks
) -> tuple[list[Readings], list[Finding]]:
    """The readings of every table, and what is wrong with them."""
    readings: list[Readings] = []
    findings: list[Finding] = []
    for table in release.tables:
        reading, wrong = read_table(table, sheets[table.name], marks, context.places, shape)
        readings.append(reading)
        findings += wrong
    return readings, findings


def make_national(
    release: Release,
    sheets: Mapping[str, Sheet],
    context: Context,
    mapping: str,
    shape: Shape,
    marks: Marks,
    coding: Coding = ENGLISH,
) -> Made:
    """The national package of a release whose rows have a ``shape``."""
    readings, wrong = read_tables(release, sheets, context, shape, marks)
    if blocks(wrong):
        return tuple(wrong), {}
    figures, unfit = correct(read_figures(readings), release)
    compared = differences(context.before, figure_texts(figures, release)) if context.before else ()
    found = [*_beside(release, readings, figures, context), *_against_before(compared, mapping)]
    open_, unused = explained(release, found)
    findings = (*wrong, *open_, *figure_rules.unfit_entry(unfit, unused, mapping))
    if blocks(findings):
        return findings, {}
    notes, estimated = _notes(release, readings, figures, context)
    cells = cells_of(figures, estimated, release)
    changes = change_rows(compared) if context.before else None
    return findings, national_package(cells, notes, figures, release, changes, coding)


Notes = dict[tuple[str, str, int], str]


def _notes(
    release: Release, readings: Sequence[Readings], figures: Figures, context: Context
) -> tuple[Notes, set[tuple[str, str, int]]]:
    """The notes beside figures, and the figures that the publisher estimated."""
    names = {code: place.name for code, place in context.places.by_code.items()}
    carried, remarks = carried_totals(figures, release), remarked(readings)
    notes = {
        **{key: " ".join(said) for key, said in remarks.items()},
        **joint_notes(readings, names),
        **excluded_notes(release),
        **absent_notes(figures, release),
        **carried,
    }
    guessed = {key for key, said in remarks.items() if any(release.remarks.get(one) == ESTIMATED for one in said)}
    return notes, {*carried, *guessed}


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


def _against_before(compared: Sequence[Difference], mapping: str) -> list[Finding]:
    return [
        *figure_rules.changed_state(compared, mapping),
        *figure_rules.revised(compared, mapping),
        *figure_rules.gone(compared, mapping),
    ]
