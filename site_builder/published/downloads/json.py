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
    return document(_head(data, "indicator"), (_record(row) for row in rows))


def latest_json(data: IndicatorData, rows: Iterable[Row]) -> bytes:
    """One indicator in the period that pages lead with: all areas. Raises ValueError when it has no period."""
    if data.headline is None:
        raise ValueError("an indicator without a period has no latest figures")
    period, place = str(data.headline), HEADER.index("period")
    return document({**_head(data, "latest"), "period": period}, (_record(row) for row in rows if row[place] == period))


def area_json(release: str, classification: str, area: str, name: str, rows: Iterable[Row]) -> bytes:
    """One area: all indicators and periods of one release or national package, one line a record."""
    head = {
        "schema": SCHEMA,
        "kind": "area",
        "area": area,
        "area_name": name,
        "release": release,
        "classification": classification,
    }
    place = HEADER.index("indicator")
    return document(head, ({"indicator": row[place], **_record(row)} for row in rows))


def _head(data: IndicatorData, kind: str) -> dict[str, Any]:
    indicator = data.indicator
    return {
        "schema": SCHEMA,
        "kind": kind,
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


def document(head: Mapping[str, Any], records: Iterable[Mapping[str, Any]], name: str = "series") -> bytes:
    """A tree with sorted keys: what is said of all, a line each, then the records, a line each, under ``name``."""
    lines = [f"{json.dumps(key)}: {json.dumps(head[key], ensure_ascii=False, sort_keys=True)}" for key in sorted(head)]
    body = ",\n".join(json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)
    return ("{" + ",\n".join([*lines, f"{json.dumps(name)}: [\n{body}\n]"]) + "}\n").encode()
