"""A new return: the canonical description, every row that is due, and nowhere any figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.confidential.standards import (
    DESCRIPTOR,
    EXPLANATIONS,
    REQUIRED_FILES,
    RETURN,
    WHOLE,
    Standards,
    TableSchema,
)
from site_builder.release.package import PROFILE, json_bytes
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification

FRESH_STATUS = "not_yet_available"
_DIALECT = {"delimiter": ",", "doubleQuote": True, "header": True, "lineTerminator": "\n", "quoteChar": '"'}
_TITLES = {
    RETURN: ("Return", "The figures: one row for each indicator and breakdown that is due."),
    EXPLANATIONS: ("Explanations", "Answers to the queries of the check, published beside the figure."),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected return changes: the release that showed it, why, and the indicators that differ."""

    release: str
    reason: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """The only parts of a return's description that may vary. Roles, never names."""

    area: Area
    period: Period
    classification: Classification
    collection: str  # version of the collection, such as 2025-26.1
    contact_role: str
    signed_off_by_role: str
    correction: Correction | None = None


def descriptor(particulars: Particulars, schemas: Mapping[str, TableSchema]) -> dict[str, Any]:
    """The canonical Data Package v2 description of a borough's return, with the house schemas inline."""
    area, period = particulars.area, particulars.period
    made: dict[str, Any] = {
        "$schema": PROFILE,
        "classification": particulars.classification.value,
        "collection": particulars.collection,
        "contact_role": particulars.contact_role,
        "name": f"return-{area.slug}-{period.id}".lower(),
        "period": period.id,
        "resources": [_resource(path, schemas[path]) for path in (RETURN, EXPLANATIONS)],
        "signed_off_by_role": particulars.signed_off_by_role,
        "submitter": {"area_code": area.code, "kind": "borough", "slug": area.slug},
    }
    if particulars.correction is not None:
        correction = particulars.correction
        made["correction"] = {
            "indicators": list(correction.indicators),
            "reason": correction.reason,
            "release": correction.release,
        }
    return made


def descriptor_bytes(particulars: Particulars, schemas: Mapping[str, TableSchema]) -> bytes:
    """The canonical bytes of ``datapackage.json``."""
    return json_bytes(descriptor(particulars, schemas))


def new_return(standards: Standards, particulars: Particulars) -> dict[str, bytes]:
    """The files of a fresh return by name: the description, every due row as ``not_yet_available``, no explanations.

    Raises ConfigurationError when nothing is due for the period, for instance for a half-year.
    """
    return {
        DESCRIPTOR: descriptor_bytes(particulars, standards.schemas),
        RETURN: csv_bytes(standards.schemas[RETURN].columns, fresh_rows(standards, particulars)),
        EXPLANATIONS: csv_bytes(standards.schemas[EXPLANATIONS].columns, ()),
    }


def fresh_rows(standards: Standards, particulars: Particulars) -> list[list[str]]:
    """The cells of every due row without figures, in order of the catalogue. Raises ConfigurationError."""
    period = particulars.period
    due = standards.due(period)
    if not due:
        raise mistake(
            "datapackages/returns",
            f"Nothing is collected for {period.id}.",
            "Name a quarter such as 2024-25-Q1 or a year such as 2024-25.",
        )
    known = {"area_code": particulars.area.code, "period": str(period), "breakdown": WHOLE, "status": FRESH_STATUS}
    columns = standards.schemas[RETURN].columns
    return [[{**known, "indicator": indicator.code}.get(column, "") for column in columns] for indicator in due]


def repair(standards: Standards, particulars: Particulars, present: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that mend a damaged return: the canonical description, and any required file that is missing.

    ``present`` holds the files of the folder; a file of figures or explanations that is there is left alone.
    """
    fresh = new_return(standards, particulars)
    return {name: fresh[name] for name in REQUIRED_FILES if name == DESCRIPTOR or name not in present}


def _resource(path: str, schema: TableSchema) -> dict[str, Any]:
    title, description = _TITLES[path]
    return {
        "description": description,
        "dialect": _DIALECT,
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "name": path.removesuffix(".csv"),
        "path": path,
        "schema": schema.descriptor,
        "title": title,
        "type": "table",
    }
