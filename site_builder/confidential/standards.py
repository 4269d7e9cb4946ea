"""What a return is judged by: places, catalogue, the house table schemas, the calendar, and one public number.

Everything here is the repository's own. Nothing of it is ever taken from what a submitter sends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from site_builder.confidential.ties import Ties, load_ties
from site_builder.release.reference import Collection, load_areas, load_catalogue, load_collection, load_populations
from site_builder.vocabulary.areas import LONDON, Area, Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period, PeriodKind

RETURN, EXPLANATIONS, DESCRIPTOR = "return.csv", "explanations.csv", "datapackage.json"
REQUIRED_FILES = (DESCRIPTOR, EXPLANATIONS, RETURN)
SCHEMAS = {RETURN: "return.schema.json", EXPLANATIONS: "explanations.schema.json"}
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

    def constraint(self, column: str, name: str) -> Any:
        """A constraint of a column. Raises KeyError when the schema has none of that name."""
        described: Mapping[str, Any] = next(f for f in self.descriptor["fields"] if f["name"] == column)
        return described["constraints"][name]

    @cached_property
    def statuses(self) -> Mapping[str, Mapping[str, str]]:
        """Status to what it asks: ``counts`` is ``filled`` or ``blank``, ``note`` ``required`` or ``optional``."""
        statuses: Mapping[str, Mapping[str, str]] = self.descriptor["statuses"]
        return statuses


@dataclass(frozen=True)
class Standards:
    """What judges. ``london_children`` is the latest 0-17 estimate for London and the vintage it comes from."""

    areas: Areas
    catalogue: Mapping[str, Indicator]
    schemas: Mapping[str, TableSchema]
    collection: Collection
    london_children: tuple[int, str] | None = None
    ties: Ties = field(default_factory=Ties)

    @cached_property
    def collected(self) -> Mapping[str, Indicator]:
        """The indicators that boroughs send, by code."""
        return {code: indicator for code, indicator in self.catalogue.items() if indicator.is_collected}

    @cached_property
    def boroughs(self) -> Mapping[str, Area]:
        """The authorities that may send a return, by slug."""
        return {area.slug: area for area in self.areas.boroughs}

    def due(self, period: Period) -> tuple[Indicator, ...]:
        """The indicators that a return for this period holds, in order of the catalogue; none for other kinds."""
        return tuple(i for i in self.collected.values() if collected_by(i) is period.kind)


def collected_by(indicator: Indicator) -> PeriodKind | None:
    """The kind of period whose folder holds the indicator: the quarter, or the year when it is reported yearly."""
    if indicator.cycle.kind == PeriodKind.FINANCIAL_YEAR.value or indicator.cycle.reported == "annual":
        return PeriodKind.FINANCIAL_YEAR
    return PeriodKind.FINANCIAL_QUARTER if indicator.cycle.collected in ("monthly", "quarterly") else None


def counts_of(indicator: Indicator) -> tuple[str, ...]:
    """The count columns that a return fills for this indicator."""
    return ("numerator", "denominator") if indicator.measure.has_collected_denominator else ("numerator",)


def is_share(indicator: Indicator) -> bool:
    """Whether the numerator is part of the denominator, so that it can never be larger."""
    return indicator.measure.kind in (Kind.PROPORTION, Kind.SURVEY)


def load_standards(root: Path) -> Standards:
    """What judges returns in the checkout at ``root``. Raises ConfigurationError or IntegrityRefusal when a
    reference file is missing or not as it should be."""
    areas = load_areas(root)
    return Standards(
        areas,
        load_catalogue(root),
        load_schemas(root),
        load_collection(root),
        _london_children(root, areas),
        load_ties(root),
    )


def load_schemas(root: Path) -> dict[str, TableSchema]:
    """The house Table Schemas by file name, from ``datapackages/reference``. Raises ConfigurationError."""
    found = {}
    for file, name in SCHEMAS.items():
        path = root / "datapackages/reference" / name
        try:
            found[file] = TableSchema(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise mistake(name, "The table schema cannot be read.", "Restore it from the repository.") from error
    return found


def _london_children(root: Path, areas: Areas) -> tuple[int, str] | None:
    """The latest estimate of London's children, with the name of its vintage; None where no estimates are kept."""
    vintages = sorted(p.name for p in (root / "datapackages/reference/populations").glob("*") if p.is_dir())
    if not vintages:
        return None
    estimates = load_populations(root, vintages[-1])
    latest = estimates.at(LONDON, 9999, "0-17")
    if latest is not None:
        return latest[0], vintages[-1]
    boroughs = [estimates.at(code, 9999, "0-17") for code in areas.members(LONDON)]
    return (sum(b[0] for b in boroughs if b), vintages[-1]) if any(boroughs) else None
