"""The same rows as JSON for programs. A null number always has its reason beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.published.downloads.table import HEADER, Places, rows
from site_builder.published.statistics import IndicatorData

SCHEMA = "lsb/1"
_NUMBERS = ("numerator", "denominator", "value", "lower_95", "upper_95")
_REASONS = ("numerator_withheld", "denominator_withheld", "withheld")
_CONSTANT = ("release", "classification", "indicator", "definition_version", "breakdown")


def indicator_json(data: IndicatorData, places: Places) -> bytes:
    """One indicator: all areas and periods, one line a record."""
    return _document(_head(data), (_record(row) for row in rows(data, places)))


def area_json(figures: Iterable[IndicatorData], places: Places, area: str) -> bytes:
    """One area: all indicators and periods, one line a record."""
    known = tuple(figures)
    records = ({"indicator": data.indicator.code, **_record(row)} for data in known for row in rows(data, places, area))
    head = {"schema": SCHEMA, "area": area, "area_name": places.areas.by_code[area].name}
    first = {"release": known[0].source.release, "classification": known[0].source.classification} if known else {}
    return _document({**head, **first}, records)


def index_json(release: str, classification: str, files: Mapping[str, str]) -> bytes:
    """What there is: indicator or area to the path of its file, below the release."""
    table = {"schema": SCHEMA, "release": release, "classification": classification, "files": dict(files)}
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _head(data: IndicatorData) -> dict[str, Any]:
    indicator = data.indicator
    return {
        "schema": SCHEMA,
        "release": data.source.release,
        "classification": data.source.classification,
        "indicator": indicator.code,
        "title": indicator.title,
        "definition_version": indicator.version,
        "unit": indicator.measure.unit,
        "multiplier": indicator.measure.multiplier,
        "dp": indicator.measure.dp,
        "polarity": indicator.polarity.value,
        "method": {"interval": f"{indicator.compare.interval}-95", "rounding": "half-up"},
    }


def _record(row: tuple[str, ...]) -> dict[str, Any]:
    named = dict(zip(HEADER, row, strict=True))
    made: dict[str, Any] = {}
    for name, text in named.items():
        if name in _NUMBERS:
            made[name] = _number(text)
        elif name in _REASONS:
            made[name] = text or None
        elif name not in _CONSTANT:
            made[name] = text
    made["text"] = named["value"] or (f"[{named['withheld']}]" if named["withheld"] else "")
    return made


def _number(text: str) -> int | float | None:
    """The number with the digits that the page prints."""
    if not text:
        return None
    return float(text) if "." in text else int(text)


def _document(head: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> bytes:
    lines = [f"{json.dumps(key)}: {json.dumps(head[key], ensure_ascii=False, sort_keys=True)}" for key in sorted(head)]
    body = ",\n".join(json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    return ("{" + ",\n".join([*lines, f'"series": [\n{body}\n]']) + "}\n").encode()
