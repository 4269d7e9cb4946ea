"""A new return: the canonical description, every row that is due, and nowhere any figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.confidential.standards import (
    DESCRIPTOR,
    EXPLANATIONS,
    REQUIRED_FILES,
    RETURN,
    TABLES,
    WHOLE,
    Standards,
    TableSchema,
)
from site_builder.confidential.submitters import Submitter
from site_builder.release.package import PROFILE, json_bytes
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification

FRESH_STATUS = "not_yet_available"
_DIALECT = {"delimiter": ",", "doubleQuote": True, "header": True, "lineTerminator": "\n", "quoteChar": '"'}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected return changes: the release that showed it, why, and the indicators that differ."""

    release: str
    reason: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """The only parts of a return's description that may vary. Roles, never names."""

    submitter: Submitter
    period: Period
    classification: Classification
    collection: str  # version of the collection, such as 2025-26.1
    contact_role: str
    signed_off_by_role: str
    correction: Correction | None = None


def descriptor(
    particulars: Particulars, schemas: Mapping[str, TableSchema], optional: Collection[str] = ()
) -> dict[str, Any]:
    """The canonical Data Package v2 description of a return, with the house schemas inline. ``optional``: the files
    that it lists beside the figures and explanations."""
    listed = [path for path in TABLES if path in (RETURN, EXPLANATIONS) or path in optional]
    submitter, period = particulars.submitter, particulars.period
    made: dict[str, Any] = {
        "$schema": PROFILE,
        "classification": particulars.classification.value,
        "collection": particulars.collection,
        "contact_role": particulars.contact_role,
        "name": f"return-{submitter.slug}-{period.id}".lower(),
        "period": period.id,
        "resources": [_resource(path, schemas[path]) for path in listed],
        "signed_off_by_role": particulars.signed_off_by_role,
        "submitter": {"kind": submitter.kind.value, "slug": submitter.slug},
    }
    if submitter.area is not None:
        made["submitter"]["area_code"] = submitter.area.code
    if particulars.correction is not None:
        correction = particulars.correction
        made["correction"] = {
            "indicators": list(correction.indicators),
            "reason": correction.reason,
            "release": correction.release,
        }
    return made


def descriptor_bytes(
    particulars: Particulars, schemas: Mapping[str, TableSchema], optional: Collection[str] = ()
) -> bytes:
    """The canonical bytes of ``datapackage.json``."""
    return json_bytes(descriptor(particulars, schemas, optional))


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
    """The cells of every due row without figures, in order of the catalogue, then of area codes. Raises
    ConfigurationError."""
    submitter, period = particulars.submitter, particulars.period
    owed = standards.owed(submitter, period)
    if not owed:
        raise mistake(
            "datapackages/returns",
            f"Nothing is collected from {submitter.name} for {period.id}.",
            "Name a period of the calendar: a quarter such as 2024-25-Q1, a year such as 2024-25.",
        )
    known = {"period": str(period), "breakdown": WHOLE, "status": FRESH_STATUS}
    columns = standards.schemas[RETURN].columns
    rows = ({**known, "area_code": slot.area.code, "indicator": slot.indicator.code} for slot in owed)
    return [[row.get(column, "") for column in columns] for row in rows]


def repair(standards: Standards, particulars: Particulars, present: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that mend a damaged return: the canonical description, and any required file that is missing.

    ``present`` holds the files of the folder; a file of figures or explanations that is there is left alone.
    """
    fresh = {
        **new_return(standards, particulars),
        DESCRIPTOR: descriptor_bytes(particulars, standards.schemas, present.keys()),
    }
    return {name: fresh[name] for name in REQUIRED_FILES if name == DESCRIPTOR or name not in present}


def _resource(path: str, schema: TableSchema) -> dict[str, Any]:
    return {
        "description": schema.descriptor["description"],
        "dialect": _DIALECT,
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "name": path.removesuffix(".csv"),
        "path": path,
        "schema": schema.descriptor,
        "title": schema.descriptor["title"],
        "type": "table",
    }
