"""What a return is judged by: places, catalogue, the house table schemas, the calendar, and one public number.

Everything here is the repository's own. Nothing of it is ever taken from what a submitter sends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.confidential.submitters import Submitter, SubmitterKind, load_submitters
from site_builder.confidential.ties import Ties, load_ties
from site_builder.release.reference import (
    Collection,
    Populations,
    load_areas,
    load_catalogue,
    load_collection,
    load_populations,
)
from site_builder.release.texts import FILES
from site_builder.vocabulary.areas import LONDON, Area, Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Indicator, collected_by
from site_builder.vocabulary.periods import Period, PeriodKind

RETURN, EXPLANATIONS, DESCRIPTOR = "return.csv", "explanations.csv", "datapackage.json"
REQUIRED_FILES = (DESCRIPTOR, EXPLANATIONS, RETURN)
OPTIONAL_FILES = FILES
TABLES = (RETURN, EXPLANATIONS, *OPTIONAL_FILES)
BOARD_TEXTS = ("commentary.csv", "actions.csv", "voice.csv", "answers.csv")  # of boards, and so of boroughs alone
WHOLE = "total"  # the breakdown of an indicator that has none


@dataclass(frozen=True)
class TableSchema:
    """One of the house Table Schemas: the columns of a file of a return, in order."""

    descriptor: Mapping[str, Any]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(one["name"] for one in self.descriptor["fields"])

    @cached_property
    def disclosive(self) -> tuple[str, ...]:
        """Names of the columns that hold counts, whose cells are never repeated."""
        return tuple(one["name"] for one in self.descriptor["fields"] if one.get("disclosive"))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Names of the columns of free words, which are published."""
        return tuple(one["name"] for one in self.descriptor["fields"] if one.get("published_text"))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Names of the columns that hold codes, days or marks: neither counts nor free words."""
        return tuple(name for name in self.columns if name not in (*self.disclosive, *self.texts))

    def constraint(self, column: str, name: str) -> Any:
        """A constraint of a column. Raises KeyError when the schema has none of that name."""
        described: Mapping[str, Any] = next(f for f in self.descriptor["fields"] if f["name"] == column)
        return described["constraints"][name]

    @cached_property
    def statuses(self) -> Mapping[str, Mapping[str, str]]:
        """Status to what it asks: ``counts`` is ``filled`` or ``blank``, ``note`` ``required`` or ``optional``."""
        statuses: Mapping[str, Mapping[str, str]] = self.descriptor["statuses"]
        return statuses


class Slot(NamedTuple):
    """One figure that a return may hold: which indicator, for which area."""

    indicator: Indicator
    area: Area


@dataclass(frozen=True, repr=False)
class Standards:
    """What judges. ``london_children`` is the latest 0-17 estimate for London and the vintage it comes from."""

    areas: Areas
    catalogue: Mapping[str, Indicator]
    schemas: Mapping[str, TableSchema]
    collection: Collection
    submitters: Mapping[str, Submitter]
    populations: Populations | None = None
    london_children: tuple[int, str] | None = None
    ties: Ties = field(default_factory=Ties)

    def __repr__(self) -> str:
        return f"<Standards, collection {self.collection.version}>"

    @cached_property
    def collected(self) -> Mapping[str, Indicator]:
        """The indicators that boroughs send, by code."""
        return {code: indicator for code, indicator in self.catalogue.items() if indicator.is_collected}

    @cached_property
    def suppliers(self) -> Mapping[str, Submitter]:
        """The partners that send figures for many boroughs, by slug."""
        return {slug: one for slug, one in self.submitters.items() if one.kind is SubmitterKind.SUPPLIER}

    def due(self, period: Period) -> tuple[Indicator, ...]:
        """The indicators that a borough's return for this period holds, in order of the catalogue; none for other
        kinds of period."""
        return tuple(i for i in self.collected.values() if collected_by(i) is period.kind)

    def accepted(self, submitter: Submitter, period: Period) -> tuple[Slot, ...]:
        """Every indicator and area of which the submitter is the source in a period, by indicator, then by area."""
        return self._accepted.get((submitter.slug, period.kind), ())

    def owed(self, submitter: Submitter, period: Period) -> tuple[Slot, ...]:
        """What a return must hold, each with a figure or a status: all of a supplier's figures, a borough's own ones. A
        borough that a supplier leaves out may send that supplier's figures, and then all of them."""
        slots = self.accepted(submitter, period)
        own = tuple(slot for slot in slots if slot.indicator.is_collected)
        return own or slots

    @cached_property
    def sent(self) -> frozenset[str]:
        """The codes of all indicators that somebody sends."""
        return frozenset(slot.indicator.code for slots in self._accepted.values() for slot in slots)

    @cached_property
    def _accepted(self) -> Mapping[tuple[str, PeriodKind], tuple[Slot, ...]]:
        found: dict[tuple[str, PeriodKind], list[Slot]] = {}
        for indicator in self.catalogue.values():
            kind = collected_by(indicator)
            for one in self.submitters.values() if kind is not None else ():
                sent = [area for area in one.areas if one.sends(indicator, area, self.suppliers)]
                if kind is not None and sent:
                    found.setdefault((one.slug, kind), []).extend(Slot(indicator, area) for area in sent)
        return {key: tuple(slots) for key, slots in found.items()}


def counts_of(indicator: Indicator) -> tuple[str, ...]:
    """The count columns that a return fills for this indicator."""
    return ("numerator", "denominator") if indicator.measure.has_collected_denominator else ("numerator",)


def is_share(indicator: Indicator) -> bool:
    """Whether the numerator is part of the denominator, so that it can never be larger."""
    return indicator.measure.kind in SHARES


def load_standards(root: Path) -> Standards:
    """What judges returns in the checkout at ``root``. Raises ConfigurationError or IntegrityRefusal when a
    reference file is missing or not as it should be."""
    areas, populations = load_areas(root), _latest_populations(root)
    return Standards(
        areas,
        load_catalogue(root),
        load_schemas(root),
        load_collection(root),
        load_submitters(root, areas),
        populations,
        _london_children(populations, areas),
        load_ties(root),
    )


def load_schemas(root: Path) -> dict[str, TableSchema]:
    """The house Table Schemas by file name, from ``datapackages/reference``. Raises ConfigurationError."""
    found = {}
    for file in TABLES:
        name = f"{file.removesuffix('.csv')}.schema.json"
        path = root / "datapackages/reference" / name
        try:
            found[file] = TableSchema(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise mistake(name, "The table schema cannot be read.", "Restore it from the repository.") from error
    return found


def _latest_populations(root: Path) -> Populations | None:
    """The latest vintage of estimates; None where none are kept."""
    vintages = sorted(p.name for p in (root / "datapackages/reference/populations").glob("*") if p.is_dir())
    return load_populations(root, vintages[-1]) if vintages else None


def _london_children(estimates: Populations | None, areas: Areas) -> tuple[int, str] | None:
    """The latest estimate of London's children, with the name of its vintage; None where no estimates are kept."""
    if estimates is None:
        return None
    latest = estimates.at(LONDON, 9999, HERE.ages)
    if latest is not None:
        return latest[0], estimates.vintage
    boroughs = [estimates.at(code, 9999, HERE.ages) for code in areas.members(LONDON)]
    return (sum(b[0] for b in boroughs if b), estimates.vintage) if any(boroughs) else None
