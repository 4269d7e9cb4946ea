"""Every table of figures that the site offers, and the same as trees for programs: paths, and what gives their bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial

from site_builder.published import addresses
from site_builder.published.compose.matrix import matrix_pages
from site_builder.published.downloads.comparators import comparators_csv, comparators_file
from site_builder.published.downloads.csv import table_csv
from site_builder.published.downloads.journey import JOURNEY_FILE, journey_csv
from site_builder.published.downloads.json import area_json, indicator_json
from site_builder.published.downloads.matrix import matrix_csv, matrix_file
from site_builder.published.downloads.places import area_files, files_of
from site_builder.published.downloads.predicted import boroughs_csv, models_csv
from site_builder.published.downloads.reconciliation import ROWS, SUMMARY, reconciliation_csv, summary_csv
from site_builder.published.downloads.standing_out import comparisons_csv, comparisons_file
from site_builder.published.downloads.table import Places, Row, rows_by_area
from site_builder.published.inputs import Inputs
from site_builder.published.journey import period_of
from site_builder.published.reconciliation import Reconciliation, reconcile
from site_builder.published.standing_out import subjects
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE

Made = dict[str, Callable[[], bytes]]


class Tables:
    """The tables of a site. What several of them share is worked out once. ``ours``: those of the latest release, where
    they are made already."""

    def __init__(self, inputs: Inputs, ours: Tables | None = None) -> None:
        self.inputs = inputs
        self._ours = ours
        self._places = Places(inputs.areas, inputs.neighbours)

    @property
    def files(self) -> Made:
        """Every table by its path."""
        groups = (
            self._indicators,
            self._areas,
            self._comparators,
            self._standing,
            self._journey,
            self._matrices,
            self._predicted,
            self._reconciled,
        )
        return {path: made for group in groups for path, made in group().items()}

    def _indicators(self) -> Made:
        made: Made = {}
        for one in self.inputs.figures.values():
            files = files_of(self.inputs, one)
            made[files.csv] = partial(self.indicator_csv, one.indicator.code)
            made[files.json] = partial(self._indicator_json, one.indicator.code)
        return made

    def of_indicator(self, path: str) -> bytes:
        """What stands at the path of an indicator's table, or of the same for programs. Raises KeyError elsewhere."""
        return self._indicators()[path]()

    @cache  # noqa: B019  (the tables live as long as their site)
    def rows(self, code: str) -> Mapping[str, tuple[Row, ...]]:
        """The rows of an indicator's table by area, areas in order of code."""
        if self._ours is not None and code in self._ours.inputs.figures:
            return self._ours.rows(code)
        return rows_by_area(self.inputs.figures[code], self._places)

    def indicator_csv(self, code: str) -> bytes:
        """The table of one indicator."""
        return table_csv(row for rows in self.rows(code).values() for row in rows)

    def _indicator_json(self, code: str) -> bytes:
        rows = (row for some in self.rows(code).values() for row in some)
        return indicator_json(self.inputs.figures[code], rows)

    def _areas(self) -> Made:
        made: Made = {}
        for area in (self.inputs.areas.by_code[LONDON], *self.inputs.areas.boroughs):
            for place, some in zip(area_files(self.inputs, area.slug), self._by_source(), strict=True):
                made[place.csv] = partial(self._area_csv, some, area.code)
                made[place.json] = partial(self._area_json, some, area.code)
        return made

    def _area_csv(self, codes: Sequence[str], area: str) -> bytes:
        return table_csv(row for code in codes for row in self.rows(code)[area])

    def _area_json(self, codes: Sequence[str], area: str) -> bytes:
        source = self.inputs.figures[codes[0]].source
        rows = (row for code in codes for row in self.rows(code)[area])
        return area_json(source.release, source.classification, area, self.inputs.areas.by_code[area].name, rows)

    def _by_source(self) -> list[tuple[str, ...]]:
        """Codes of the latest release's indicators, then of each national package's: the order of ``area_files``."""
        figures, packages = self.inputs.figures, self.inputs.package_of
        groups = [tuple(code for code in figures if code not in packages)] if self.inputs.latest else []
        return groups + [
            tuple(code for code in figures if packages.get(code) is package) for package in self.inputs.nationals
        ]

    def _comparators(self) -> Made:
        """What each borough's figure is compared with, a table an indicator."""
        every = ((comparators_file(self.inputs, one), one) for one in self.inputs.figures.values())
        return {path: partial(comparators_csv, self.inputs, one) for path, one in every if path}

    def _standing(self) -> Made:
        """Every comparison with the usual variation: of national figures, and of the latest release's."""
        made: Made = {}
        for national in (True, False):
            some = [one for one in self.inputs.figures.values() if one.source.national is national]
            if some:
                made[comparisons_file(some[0].source)] = partial(self._comparisons, some)
        return made

    def _comparisons(self, some: Sequence[IndicatorData]) -> bytes:
        return comparisons_csv(subjects(some, self.inputs.areas))

    def _journey(self) -> Made:
        figures = self.inputs.figures
        return {JOURNEY_FILE: partial(journey_csv, figures, self.inputs.areas)} if period_of(figures) else {}

    def _matrices(self) -> Made:
        parts = (part for _, held in matrix_pages(self.inputs).values() for part in held)
        return {matrix_file(part): partial(matrix_csv, part, self.rows) for part in parts}

    def _predicted(self) -> Made:
        if "predicted" not in HERE.sections:
            return {}
        models = tuple(self.inputs.predictions.values())
        names = {**self.inputs.authorities, **{area.code: area.name for area in self.inputs.areas.all}}
        return {
            addresses.PREDICTED_CSV: partial(boroughs_csv, models, names),
            addresses.PREDICTED_MODELS: partial(models_csv, models),
        }

    def _reconciled(self) -> Made:
        offered = (ROWS, SUMMARY) if "reconciliation" in HERE.sections else ()
        return {path: partial(self.reconciled.__getitem__, path) for path in offered}

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Every figure beside the publisher's for the same thing."""
        return reconcile(self.inputs)

    @cached_property
    def reconciled(self) -> dict[str, bytes]:
        """The tables of these comparisons, by path."""
        made = self.reconciliation
        return {ROWS: reconciliation_csv(self.inputs, made), SUMMARY: summary_csv(made)}
