"""The figures of the page that compares a few boroughs, as an ordinary script that sets one frozen name.

A page that is opened from a disk may not fetch a file; a script it may read. Cells are text: ``printed;lower;upper;label``
for a figure, with London first and the boroughs A to Z, joined by ``|``; a figure that is not shown is its letter and words
alone. Every number is printed as in the downloads but for commas between thousands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.published import addresses, sentences
from site_builder.published.compose.matrix import notes
from site_builder.published.compose.values import shown, tag, unit, value
from site_builder.published.downloads.matrix import matrix_file
from site_builder.published.inputs import Inputs
from site_builder.published.matrix import HEADINGS, Part, parts, period_of
from site_builder.published.pages_parts import Value
from site_builder.published.phrases import capital
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind

NAME = "compareData"
_COMPARED = {
    "lower": f"lower than {HERE.name}",
    "similar": f"similar to {HERE.name}",
    "higher": f"higher than {HERE.name}",
}
_VARIATION = {
    "within": "within the usual variation",
    "edge-low": "towards the lower edge of usual variation",
    "edge-high": "towards the higher edge of usual variation",
    "out-low": "stands out, lower than usual variation",
    "out-high": "stands out, higher than usual variation",
    "": f"compared with {HERE.name}’s value only",
}
NOT_COMPARED = "Not compared"
SAID = {
    "shown": f"Beside {HERE.name}: {{names}}.",
    "none": f"No {HERE.area} is chosen yet.",
    "unknown": f"No {HERE.area} is called {{names}} in addresses of this site.",
    "over": f"Up to four {HERE.areas} stand side by side; left out: {{names}}.",
    "link": "Link to this comparison",
    "empty": "No indicator of this theme has figures yet.",
    "file": f"Every {HERE.area} on this theme, CSV",
    "indicator": "Indicator",
    "london": HERE.name,
    "to": "to",
}


def compare_script(inputs: Inputs) -> bytes:
    """The script. No figure stands in it that the page of its indicator does not print."""
    groups: list[dict[str, Any]] = []
    labels: dict[str, str] = {}
    for national in (True, False):
        held = [p for code in inputs.content.settings.themes for p in parts(inputs, code) if p.national is national]
        if held:
            groups.append(
                {
                    "heading": HEADINGS[national],
                    "tag": tag(held[0].figures[0]),
                    "notes": list(dict.fromkeys(words for part in held for words in notes(part))),
                    "themes": [_theme(inputs, part, labels) for part in held],
                }
            )
    made = {
        "boroughs": {area.slug: area.name for area in inputs.areas.boroughs},
        "said": SAID,
        "labels": labels,
        "groups": groups,
    }
    return f"const {NAME}=Object.freeze({_json(made)});\n".encode()


def _theme(inputs: Inputs, part: Part, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "code": part.theme.lower(),
        "file": addresses.relative(addresses.COMPARE_BOROUGHS, matrix_file(part)),
        "title": inputs.content.themes[part.theme].title,
        "rows": [
            {
                "title": data.indicator.title,
                "href": addresses.relative(addresses.COMPARE_BOROUGHS, addresses.indicator(data.indicator.code)),
                "small": ", ".join(filter(None, (unit(data), sentences.short_period(period_of(data))))),
                "cells": "|".join(_cells(inputs, data, labels)),
            }
            for data in part.figures
        ],
    }


def _cells(inputs: Inputs, data: IndicatorData, labels: dict[str, str]) -> Iterable[str]:
    for area in (inputs.areas.by_code[LONDON], *inputs.areas.boroughs):
        point = data.points[area.code, period_of(data)]
        yield _cell(data, area, point, labels)


def _cell(data: IndicatorData, area: Area, point: Point, labels: dict[str, str]) -> str:
    made = value(shown(point, data))
    if not made.is_shown:
        return f"{made} {made.reason}"
    limits = (point.lower.text, point.upper.text) if point.limits else ("", "")
    key, words = _total(data, point) if area.code == LONDON else _label(area, point)
    labels[key] = words
    return ";".join((_printed(made), *limits, key))


def _printed(made: Value) -> str:
    """A figure with its dagger and marks, as the value macro prints them."""
    return f"{made.text}{'†' if made.caution else ''}{f' [{made.marks}]' if made.marks else ''}"


def _total(data: IndicatorData, point: Point) -> tuple[str, str]:
    """A short key and words for London's figure: how it is made, and of how many boroughs."""
    if data.source.national and not point.absent:
        return "p", "As the publisher prints it"
    many = point.coverage.partition(" ")[0]
    if data.source.national:
        return f"p{many}", f"As the publisher prints it, {point.coverage}"
    if data.indicator.measure.kind is Kind.COUNT:
        return f"a{many}", f"Added up, {point.coverage}"
    return f"l{many}", f"Pooled, {point.coverage}"


def _label(area: Area, point: Point) -> tuple[str, str]:
    """A short key and its words: the interval against London's value, then the place in the usual variation."""
    compared = sentences.label(area, point)
    place = "".join(part[0] for part in point.variation.split("-") if part)
    if compared:
        return compared[0] + place, f"{capital(_COMPARED[compared])}; {_VARIATION[point.variation]}"
    return f"n{place}", f"Not compared with {HERE.name}; {_VARIATION[point.variation]}" if place else NOT_COMPARED


def _json(made: Mapping[str, Any]) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
