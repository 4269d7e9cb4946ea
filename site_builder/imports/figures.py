"""Readings into the figures of series: parts added up, the publisher's mistakes put right, joint figures kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.imports.cells import Cell, add
from site_builder.imports.mappings import Correction, Release, Series, Table
from site_builder.imports.readings import Readings
from site_builder.imports.times import period_at
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

NUMERATOR, DENOMINATOR, PUBLISHED = "numerator", "denominator", "published"


class FigureKey(NamedTuple):
    """``year`` is in the encoding of the series' table; ``measure`` numerator, denominator or published."""

    series: str
    area: str
    year: int
    measure: str


class Figure(NamedTuple):
    """A figure and where it was read: file and row (0 for one that stands for the absence of a row)."""

    cell: Cell
    file: str
    row: int


Figures = Mapping[FigureKey, Figure]


def read_figures(readings: Iterable[Readings]) -> dict[FigureKey, Figure]:
    """Every figure of every series. A member of a joint figure without a row of its own is not available."""
    found: dict[FigureKey, Figure] = {}
    for reading in readings:
        for series in reading.table.series:
            for year, places in reading.places().items():
                for area in places:
                    found |= _of_place(reading, series, area, year)
            _members(found, reading, series)
    return found


def _of_place(reading: Readings, series: Series, area: str, year: int) -> dict[FigureKey, Figure]:
    file = reading.table.file
    made: dict[FigureKey, Figure] = {}
    for measure, names in _names(series).items():
        parts = [reading.cells.get((area, year, name)) for name in names]
        if names and all(parts):
            cells = [part.cell for part in parts if part]
            cell = add(cells) if len(cells) > 1 else cells[0]
            made[FigureKey(series.id, area, year, measure)] = Figure(cell, file, parts[0].row if parts[0] else 0)
    return made


def _names(series: Series) -> dict[str, tuple[str, ...]]:
    denominator = () if series.is_rate or not series.denominator else (series.denominator,)
    published = (series.published,) if series.published else ()
    return {NUMERATOR: series.numerator, DENOMINATOR: denominator, PUBLISHED: published}


def _members(found: dict[FigureKey, Figure], reading: Readings, series: Series) -> None:
    absent = Figure(Cell("", Withheld.NOT_AVAILABLE), reading.table.file, 0)
    for joint, members in reading.composites.items():
        for key in [key for key in found if key.series == series.id and key.area == joint]:
            for member in members:
                found.setdefault(key._replace(area=member), absent)


def correct(figures: dict[FigureKey, Figure], release: Release) -> tuple[dict[FigureKey, Figure], list[Correction]]:
    """The figures with the mapping's corrections, and those corrections that fit no figure."""
    right, unfit = dict(figures), []
    for correction in release.corrections:
        key = FigureKey(correction.series, correction.area, correction.year, correction.measure)
        was = read_token(correction.was, release)
        becomes = read_token(correction.becomes, release)
        if key not in right or right[key].cell != was:
            unfit.append(correction)
        else:
            right[key] = right[key]._replace(cell=becomes)
    return right, unfit


def read_token(token: str, release: Release) -> Cell:
    """The cell of a correction's text: a symbol of the mapping, or a number."""
    return Cell("", release.symbols[token]) if token in release.symbols else Cell(token)


def period_of(table: Table, series: Series, year: int) -> Period:
    """The period of a series' figure, from the year in its table's time encoding."""
    return period_at(table.time, year, series.period)


def table_of(release: Release) -> dict[str, tuple[Table, Series]]:
    """For each series its table and itself."""
    return {series.id: (table, series) for table in release.tables for series in table.series}


def by_place(figures: Figures, series: str) -> dict[tuple[str, int], dict[str, Figure]]:
    """The figures of one series: for each place and year, its measures."""
    found: dict[tuple[str, int], dict[str, Figure]] = {}
    for key, figure in figures.items():
        if key.series == series:
            found.setdefault((key.area, key.year), {})[key.measure] = figure
    return found


def carried_totals(figures: Figures, release: Release) -> dict[tuple[str, str, int], str]:
    """Totals in which the publisher carries an earlier figure: (series, area, year) to the note for it.

    A series is affected when the area sent a figure in the carried year, hidden or not, and none in a later one.
    """
    return {
        (series.id, total, year): carried.note
        for carried in release.carried
        for series in release.series
        for year in carried.years
        if _sent(figures.get(FigureKey(series.id, carried.area, carried.from_year, NUMERATOR)))
        and _sent_none(figures.get(FigureKey(series.id, carried.area, year, NUMERATOR)))
        for total in carried.totals
    }


def absent_notes(figures: Figures, release: Release) -> dict[tuple[str, str, int], str]:
    """Notes on areas that sent no figure in years for which totals carry an earlier one: (series, area, year) to text."""
    return {
        (series.id, carried.area, year): carried.area_note
        for carried in release.carried
        for series in release.series
        for year in carried.years
        if _sent_none(figures.get(FigureKey(series.id, carried.area, year, NUMERATOR)))
    }


def _sent(figure: Figure | None) -> bool:
    return figure is not None and figure.cell.withheld not in (Withheld.NOT_AVAILABLE, Withheld.NOT_APPLICABLE)


def _sent_none(figure: Figure | None) -> bool:
    return figure is not None and figure.cell.withheld is Withheld.NOT_AVAILABLE


def excluded_notes(release: Release) -> dict[tuple[str, str, int], str]:
    """Notes on areas that the publisher leaves out, and on the totals without them: (series, area, year) to text."""
    return {
        (series, area, excluded.year): excluded.note
        for excluded in release.excluded
        for series in excluded.series
        for area in (excluded.area, *excluded.totals)
    }


def joint_notes(readings: Sequence[Readings], names: Mapping[str, str]) -> dict[tuple[str, str, int], str]:
    """Notes on the members of joint figures: (series, area, year) to text. ``names`` maps codes to names."""
    found: dict[tuple[str, str, int], str] = {}
    for reading in readings:
        for joint, members in reading.composites.items():
            text = f"Published only together: {' and '.join(names[member] for member in members)}."
            for year, places in reading.places().items():
                if joint in places:
                    areas = [area for area in (joint, *members) if area == joint or area not in places]
                    found |= {(series.id, area, year): text for series in reading.table.series for area in areas}
    return found


def remarked(readings: Sequence[Readings]) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """What a publisher remarks beside the figures of series: (series, area, year) to its words, each once, in order."""
    found: dict[tuple[str, str, int], set[str]] = {}
    for reading in readings:
        users: dict[str, set[str]] = {}
        for series in reading.table.series:
            for name in (name for names in _names(series).values() for name in names):
                users.setdefault(name, set()).add(series.id)
        for (area, year, name), one in reading.cells.items():
            if one.remark:
                for id_ in users.get(name, ()):
                    found.setdefault((id_, area, year), set()).add(one.remark)
    return {key: tuple(sorted(said)) for key, said in found.items()}
