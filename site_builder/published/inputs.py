"""Everything a site is made of, read once, and the statistics of each indicator, worked out once when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from site_builder.published.agreements import Outcome
from site_builder.published.as_released import areas_of, catalogue_of
from site_builder.published.content import Content, load_content
from site_builder.published.dictionary import Table, load_dictionary
from site_builder.published.documents.loading import Documents, load_documents
from site_builder.published.drafts import refuse_real_returns, with_draft
from site_builder.published.enquiry.around import around_of
from site_builder.published.enquiry.bank import Bank
from site_builder.published.enquiry.case import Around, Differing
from site_builder.published.enquiry.loading import load_bank
from site_builder.published.joint import joint_notes
from site_builder.published.known_differences import Known, load_known
from site_builder.published.phrases import when
from site_builder.published.points import Source
from site_builder.published.predictions import Model, predict
from site_builder.published.returned import returned
from site_builder.published.revisions import Revisions
from site_builder.published.scorecards import ScoreCard, load_cards
from site_builder.published.statistics import IndicatorData, indicator_data
from site_builder.published.targets import Target, load_targets
from site_builder.release.ledger import load_ledger
from site_builder.release.reference import (
    Cohort,
    Collection,
    Covariate,
    Neighbour,
    Populations,
    load_areas,
    load_authorities,
    load_catalogue,
    load_cohorts,
    load_collection,
    load_covariates,
    load_neighbours,
    load_populations,
)
from site_builder.release.releases import RELEASES, NationalPackage, Release, load_national, load_releases
from site_builder.release.withdrawals import Withdrawal, load_withdrawals
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.planes import Visibility

NEIGHBOUR_MODEL = "2025"
POPULATIONS = "datapackages/reference/populations"
NEIGHBOURS = "datapackages/reference/neighbours"
Pinned = TypeVar("Pinned")


@dataclass(frozen=True)
class Inputs:
    """The inputs of a site. ``releases`` in the order of the ledger; ``populations`` by vintage. ``draft``: whether
    the latest release is a draft, which stands in no ledger. ``covariates`` by id; ``authorities``: code to name of all
    of England's, those of earlier years too.
    ``known``: differences from a publisher's figures that are explained. ``cards``: score cards; ``targets``: agreed
    ones. ``models``: neighbours by the model's name. ``withdrawals``: releases that are gone. ``whole``: of inputs as of a release, those that they were cut from.
    """

    content: Content
    areas: Areas
    catalogue: Mapping[str, Indicator]
    releases: tuple[Release, ...]
    nationals: tuple[NationalPackage, ...]
    populations: Mapping[str, Populations]
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    collection: Collection
    dictionary: tuple[Table, ...]
    ledger: bytes = b""
    draft: bool = False
    covariates: Mapping[str, Covariate] = field(default_factory=dict)
    authorities: Mapping[str, str] = field(default_factory=dict)
    cohorts: tuple[Cohort, ...] = ()
    known: tuple[Known, ...] = ()
    bank: Bank = field(default_factory=Bank)
    documents: Documents = field(default_factory=Documents)
    cards: tuple[ScoreCard, ...] = ()
    targets: tuple[Target, ...] = ()
    models: Mapping[str, Mapping[str, tuple[Neighbour, ...]]] = field(default_factory=dict)
    whole: Inputs | None = None
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def latest(self) -> Release | None:
        """The release that the site shows; None before the first one."""
        return self.releases[-1] if self.releases else None

    @cached_property
    def revisions(self) -> Revisions:
        """What each release changed, as far as the newest one lets it be told."""
        return Revisions(self.releases, self.withdrawals)

    @cached_property
    def figures(self) -> Mapping[str, IndicatorData]:
        """Every indicator that has figures, in order of the catalogue: ours from the latest release, national series
        from their package."""
        found = {**(self.of_release(self.latest) if self.latest else {}), **self._of_nationals()}
        return {code: found[code] for code in self.catalogue if code in found}

    @cached_property
    def package_of(self) -> Mapping[str, NationalPackage]:
        """A national series to the package it comes from."""
        return {code: package for package in self.nationals for code in package.cells.indicators()}

    @cached_property
    def predictions(self) -> Mapping[str, Model]:
        """National series that are set beside a covariate, in order of the catalogue. Raises ConfigurationError for a
        covariate that is not there."""
        small = {area.code for area in self.areas.boroughs if not area.funnel}
        return {
            code: predict(
                data,
                self.package_of[code],
                self._covariate(data.indicator),
                self.populations,
                self.authorities,
                small,
            )
            for code, data in self.figures.items()
            if data.indicator.predict is not None
        }

    def _covariate(self, indicator: Indicator) -> Covariate:
        name = indicator.predict.covariate if indicator.predict else ""
        if name not in self.covariates:
            file = f"content/indicators/{indicator.code.lower()}-{indicator.slug}.md"
            raise mistake(file, "The table predict names a covariate that is not there.", "Import it, or name another.")
        return self.covariates[name]

    @cached_property
    def around(self) -> Around:
        """What lines of enquiry look at besides the figures of a borough."""
        predicted = {
            (area, code): one.expected
            for code, model in self.predictions.items()
            for area, one in model.boroughs.items()
            if one.expected is not None
        }
        differing = {
            (row.area, row.indicator): Differing(when(row.period), row.ours, row.theirs)
            for data in self.figures.values()
            for row in returned(self.figures, data)
            if row.outcome is Outcome.UNEXPLAINED
        }
        return around_of(
            self.areas,
            self.figures,
            self.neighbours,
            self.releases,
            self.bank,
            predicted=predicted,
            differing=differing,
        )

    def of_release(self, release: Release) -> Mapping[str, IndicatorData]:
        """The statistics of each indicator of a release, worked out when first asked for. They do not change with what
        came later. Raises ConfigurationError (A101) when the catalogue or a reference package lacks what it needs."""
        if self.whole is not None and release is self.latest:
            return self._own
        return self.as_of(release).figures

    def as_of(self, release: Release) -> Inputs:
        """The inputs as they stood when a release came: it and those before it, its own catalogue, places and neighbours,
        and no national package, since these have releases and addresses of their own."""
        whole = self.whole or self
        name = str(release.id)
        if name not in whole._as_of:
            whole._as_of[name] = replace(
                whole,
                releases=whole.releases[: whole.releases.index(release) + 1],
                nationals=(),
                areas=areas_of(release, whole.areas),
                catalogue=catalogue_of(release, whole.catalogue),
                neighbours=_pinned(whole.models, release, "neighbours") if "neighbours" in release.pins else {},
                draft=whole.draft and release is whole.latest,
                whole=whole,
            )
        return whole._as_of[name]

    @cached_property
    def _as_of(self) -> dict[str, Inputs]:
        return {}

    @cached_property
    def _own(self) -> dict[str, IndicatorData]:
        if self.latest is None:
            raise ValueError("inputs as of a release have that release")
        return self._statistics(self.latest)

    def _statistics(self, release: Release) -> dict[str, IndicatorData]:
        populations = _pinned(self.populations, release, "populations")
        states = {(s.area, s.indicator, s.period): s.state for s in release.coverage}
        notes = {(n.area, n.indicator, n.period): n.text for n in release.notes}
        held = set(release.cells.indicators())
        return {
            code: indicator_data(
                release.cells.of_indicator(code),
                self.catalogue[code],
                self.areas,
                populations,
                Source(
                    release.classification.value,
                    f"Returns of {HERE.name}’s {HERE.areas}, release {release.id}",
                    str(release.id),
                    national=False,
                    coverage=release.structure.coverage,
                    states=states,
                    notes=notes,
                    zeros=release.structure.indicators[code].policy.zeros,
                ),
            )
            for code in self.catalogue
            if code in held
        }

    def _of_nationals(self) -> dict[str, IndicatorData]:
        found = {}
        outside = self._outside()
        for package in self.nationals:
            notes = {(n.area, n.indicator, n.period): n.text for n in package.notes}
            source = Source(
                "published",
                package.title,
                package.release,
                national=True,
                notes=notes,
                publisher=package.publisher,
            )
            for code in package.cells.indicators():
                cells = package.cells.of_indicator(code)
                for about, words in joint_notes(cells, self.catalogue[code], self.areas):
                    notes[about] = " ".join(filter(None, (notes.get(about, ""), words)))
                populations = self.populations[package.population_vintage]
                found[code] = indicator_data(cells, self.catalogue[code], self.areas, populations, source, outside)
        return found

    def _outside(self) -> dict[str, str]:
        """The neighbours of London's boroughs that lie elsewhere, in order of code."""
        near = {one.area for borough in self.areas.boroughs for one in self.neighbours.get(borough.code, ())}
        return {code: self.authorities[code] for code in sorted(near - set(self.areas.by_code))}


def _pinned(some: Mapping[str, Pinned], release: Release, kind: str) -> Pinned:
    """The reference package that a release was made with."""
    name = release.pins[kind]
    if name not in some:
        problem = f"Release {release.id} was made with {name}, which is not there any more."
        raise mistake(f"datapackages/reference/{kind}", problem, "Restore it: releases keep what they were made with.")
    return some[name]


def _refuse_unreleased(releases: tuple[Release, ...], areas: Areas) -> None:
    """Pages of the latest release have a row for every place. Raises ConfigurationError (A101) for a place that is none of
    its own."""
    if releases and (new := sorted(set(areas.by_code) - set(areas_of(releases[-1], areas).by_code))):
        problem = f"{areas.by_code[new[0]].name} ({new[0]}) is no place of release {releases[-1].id}."
        fix = "Add a place together with the first release that has it."
        raise mistake("datapackages/reference/areas", problem, fix)


def load_inputs(root: Path, draft: Path | None = None, visibility: Visibility = Visibility.PUBLIC) -> Inputs:
    """All inputs of a checkout. Raises a Refusal when one cannot be used: 2 for a setting or text, 3 for a release without
    a proof, 4 for a file that was changed. ``draft``: the folder of a draft, as the newest release; 3 when it is of real
    returns and the place is not private."""
    refuse_real_returns(root)
    vintages = sorted(path.name for path in (root / POPULATIONS).glob("*") if path.is_dir())
    models = sorted(path.name for path in (root / NEIGHBOURS).glob("*") if path.is_dir())
    neighbours = {model: load_neighbours(root, model) for model in models}
    catalogue, content, areas = load_catalogue(root), load_content(root), load_areas(root)
    releases = load_releases(root / RELEASES) if draft is None else with_draft(root, draft, visibility)
    _refuse_unreleased(releases, areas)
    return Inputs(
        content,
        areas,
        catalogue,
        releases,
        load_national(root),
        {vintage: load_populations(root, vintage) for vintage in vintages},
        neighbours[NEIGHBOUR_MODEL] if neighbours else {},  # a place may have no model of similar places
        load_collection(root),
        load_dictionary(root),
        load_ledger(root / RELEASES).to_bytes(),
        draft is not None,
        load_covariates(root),
        load_authorities(root),
        load_cohorts(root),
        load_known(root),
        load_bank(root, catalogue),
        load_documents(root, content, areas, catalogue),
        load_cards(root, catalogue),
        load_targets(root, catalogue, areas),
        neighbours,
        withdrawals=load_withdrawals(root / RELEASES),
    )
