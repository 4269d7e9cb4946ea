"""JSON Schemas (draft 2020-12) of what the site gives to programs.

Fields are only ever added, so a schema allows fields that it does not know; a removal or another meaning would be a new
schema at a new address. Bounds and lists of words come from here, never from data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from site_builder.published.downloads.api import LISTS, schema_path
from site_builder.published.downloads.json import SCHEMA
from site_builder.published.downloads.table import COMPARED, DESCRIPTIONS
from site_builder.published.neighbours import NeighbourKind
from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import PeriodKind
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.symbols import Polarity, Withheld

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
VERSIONS = "lsb-versions/1"
VERSIONS_PATH = "schemas/lsb-versions-1.json"
POINTER = ("id", "url", "datapackage_sha256", "published_on", "classification")  # what the pointer says of the latest
STATUSES = (CURRENT, SUPERSEDED, WITHDRAWN) = ("current", "superseded", "withdrawn")
_DAY: Schema = {"type": "string", "format": "date"}
_TEXT: Schema = {"type": "string"}
_SHA: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_MARK: Schema = {"enum": [None, *(mark.value for mark in Withheld)]}
_NUMBER: Schema = {"type": ["number", "null"]}
_COUNTED: Schema = {"type": ["integer", "null"], "minimum": 0}
_CLASSES = [one.value for one in Classification if one is not Classification.CONFIDENTIAL]
# A number, and the field that says why there is none.
REASONS = {
    "numerator": "numerator_withheld",
    "denominator": "denominator_withheld",
    "value": "withheld",
    "lower_95": "limits_withheld",
    "upper_95": "limits_withheld",
    "neighbours_median": "neighbours_withheld",
}
_SAID_HERE = {
    "limits_withheld": "Why there are no limits.",
    "neighbours_withheld": "Why there is no median of the neighbours.",
    "text": "What the page shows: the number, or its mark in brackets.",
}
_LABELS = ("lower-998", "lower-95", "similar", "higher-95", "higher-998", "not-compared")
_VARIATION = ("", "within", "edge-low", "edge-high", "out-low", "out-high")


def figures_schema(base_url: str) -> bytes:
    """The schema of every file of ``api/``, told apart by ``kind``. ``base_url``: of the site."""
    kinds = {
        "index": _index(),
        "indicators": _list("indicators", _indicator_entry()),
        "areas": _list("areas", _area_entry()),
        "periods": _list("periods", _period_entry()),
        "indicator": _figures("indicator", _of_indicator(), record()),
        "latest": _figures("latest", {**_of_indicator(), "period": _TEXT}, record()),
        "area": _figures("area", {"area": _area_code(), "area_name": _TEXT}, {**record(), "indicator": _TEXT}),
    }
    return _bytes(
        {
            "$schema": DRAFT,
            "$id": f"{base_url}/{schema_path()}",
            "title": f"Figures of {HERE.title} for programs",
            "description": "One file of the static interface. A number that is null has its reason in the field beside it. "
            "Fields are only added.",
            "type": "object",
            "required": ["schema", "kind"],
            "properties": {"schema": {"const": SCHEMA}, "kind": {"enum": list(kinds)}},
            "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
            "$defs": kinds,
        }
    )


def versions_schema(base_url: str) -> bytes:
    """The schema of the list of releases."""
    head: dict[str, Schema] = {"schema": {"const": VERSIONS}}
    named: Schema = {"type": ["string", "null"]}
    entry: dict[str, Schema] = {
        "id": _TEXT,
        "title": _TEXT,
        "published_on": _DAY,
        "version": {"type": ["string", "null"], "pattern": r"^\d+\.\d+\.\d+$"},
        "status": {"enum": list(STATUSES)},
        "classification": {"enum": _CLASSES},
        "url": {"type": "string", "format": "uri"},
        "datapackage_sha256": {**_SHA, "type": ["string", "null"]},
        "supersedes": named,
        "superseded_by": named,
        "withdrawn_on": {**_DAY, "type": ["string", "null"]},
        "note": _TEXT,
    }
    return _bytes(
        {
            "$schema": DRAFT,
            "$id": f"{base_url}/{VERSIONS_PATH}",
            "title": f"Releases of {HERE.title}",
            "description": "The list of releases, newest first, or the pointer to the latest. Fields are only added.",
            "oneOf": [
                _object({**head, "kind": {"const": "releases"}, "latest": named,
                         "releases": {"type": "array", "items": _object(entry)}}),
                _object({**head, "kind": {"const": "latest"}, **{name: _or_null(entry[name]) for name in POINTER}}),
            ],
        }
    )  # fmt: skip


def _or_null(schema: Schema) -> Schema:
    """Nothing before the first release."""
    return {"anyOf": [schema, {"type": "null"}]}


def record() -> Mapping[str, Schema]:
    """The fields of one record of figures, with what each holds."""
    made: dict[str, Schema] = {
        "area": _area_code(),
        "area_name": _TEXT,
        "period": _TEXT,
        **{name: _NUMBER for name in REASONS},
        **{name: _MARK for name in dict.fromkeys(REASONS.values())},
        "neighbours_used": _COUNTED,
        "neighbours_kind": {"enum": ["", *(kind.code for kind in NeighbourKind)]},
        "obs_status": {"type": "string", "pattern": "^[bepr]*$"},
        "caution": _TEXT,
        COMPARED: {"enum": list(_LABELS)},
        "variation": {"enum": list(_VARIATION)},
        "coverage": _TEXT,
        "text": _TEXT,
    }
    told = DESCRIPTIONS | _SAID_HERE
    return {name: {**schema, "description": told[name]} for name, schema in made.items()}


def _figures(kind: str, head: Mapping[str, Schema], fields: Mapping[str, Schema]) -> Schema:
    rules = [_has_reason(number, reason) for number, reason in REASONS.items()]
    series = {"type": "array", "items": {**_object(fields), "allOf": rules}}
    return _object({**_common(kind), **head, "series": series})


def _has_reason(number: str, reason: str) -> Schema:
    """A number has no reason for its absence; an absent one has."""
    return {
        "if": {"properties": {number: {"type": "null"}}},
        "then": {"properties": {reason: {"type": "string"}}},
        "else": {"properties": {reason: {"type": "null"}}},
    }


def _index() -> Schema:
    paths: Schema = {"type": "object", "additionalProperties": {"type": "string", "pattern": "^api/"}}
    fields: dict[str, Schema] = {
        **_common("index"),
        "title": _TEXT,
        "published_on": {"type": ["string", "null"], "format": "date"},
        "base": {"type": "string", "format": "uri", "pattern": "/$"},
        "schema_url": {"type": "string", "format": "uri"},
        "descriptor": _TEXT,
        "lists": _object({name: {"const": path} for name, path in LISTS.items()}),
        "files": paths,
        "latest": paths,
        "areas": paths,
    }
    return _object(fields)


def _list(kind: str, entry: Mapping[str, Schema]) -> Schema:
    return _object({**_common(kind), kind: {"type": "array", "items": _object(entry)}})


def _of_indicator() -> dict[str, Schema]:
    return {
        "indicator": _TEXT,
        "title": _TEXT,
        "method": _object({"interval": _TEXT, "rounding": {"const": "half-up"}}),
        **_measured(),
    }


def _indicator_entry() -> dict[str, Schema]:
    return {
        "indicator": _TEXT,
        "title": _TEXT,
        "theme": _TEXT,
        "agency": _TEXT,
        "value_kind": {"enum": [kind.value for kind in Kind]},
        "numerator_counts": _TEXT,
        "denominator_counts": _TEXT,
        "periods": {"type": "array", "items": _TEXT},
        "latest_period": {"type": ["string", "null"]},
        "file": _TEXT,
        **_measured(),
    }


def _measured() -> dict[str, Schema]:
    return {
        "definition_version": {"type": "integer", "minimum": 1},
        "unit": _TEXT,
        "multiplier": {"type": "integer", "minimum": 1},
        "dp": {"type": "integer", "minimum": 0},
        "polarity": {"enum": [one.value for one in Polarity]},
    }


def _area_entry() -> dict[str, Schema]:
    optional: Schema = {"type": ["string", "null"]}
    levels = [level.value for level in Level]
    return {"area": _area_code(), "area_name": _TEXT, "slug": _TEXT, "level": {"enum": levels}, "region": optional,
            "file": optional}  # fmt: skip


def _period_entry() -> dict[str, Schema]:
    kinds = [kind.value for kind in PeriodKind]
    return {"period": _TEXT, "kind": {"enum": kinds}, "label": _TEXT, "start": _DAY, "end": _DAY}


def _area_code() -> Schema:
    return {"type": "string", "pattern": r"^\S+$"}


def _common(kind: str) -> dict[str, Schema]:
    return {
        "schema": {"const": SCHEMA},
        "kind": {"const": kind},
        "release": _TEXT,
        "classification": {"enum": _CLASSES},
    }


def _object(fields: Mapping[str, Schema]) -> Schema:
    """An object that has every one of these fields."""
    return {"type": "object", "required": list(fields), "properties": dict(fields)}


def _bytes(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
