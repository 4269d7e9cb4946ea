"""The same rows as JSON for programs. A null number always has its reason beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.published.downloads.table import HEADER, NUMBERS, Row
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.symbols import Withheld

SCHEMA = "lsb/1"
_REASONS = ("numerator_withheld", "denominator_withheld", "withheld")
_NONE = Withheld.NOT_APPLICABLE.value
_CONSTANT = ("release", "classification", "indicator", "definition_version", "breakdown")


def indicator_json(data: IndicatorData, rows: Iterable[Row]) -> bytes:
    """One indicator: all areas and periods, one line a record."""
    return _document(_head(data), (_record(row) for row in rows))


def area_json(release: str, classification: str, area: str, name: str, rows: Iterable[Row]) -> bytes:
    """One area: all indicators and periods of one release or national package, one line a record."""
    head = {"schema": SCHEMA, "area": area, "area_name": name, "release": release, "classification": classification}
    place = HEADER.index("indicator")
    return _document(head, ({"indicator": row[place], **_record(row)} for row in rows))


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
        if name in NUMBERS:
            made[name] = _number(text)
        elif name in _REASONS:
            made[name] = text or None
        elif name not in _CONSTANT:
            made[name] = text
    made["limits_withheld"] = None if named["lower_95"] else named["withheld"] or _NONE
    made["neighbours_withheld"] = None if named["neighbours_median"] else _NONE
    if not named["denominator"] and not named["denominator_withheld"]:
        made["denominator_withheld"] = _NONE  # a count divides by nothing
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
