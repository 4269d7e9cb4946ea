"""The one frame of every download: a row an area and period, digits as on the page. And how files are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from site_builder.published.figures import Figure
from site_builder.published.neighbours import nearby
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Neighbour
from site_builder.release.tables import field
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind

Row = tuple[str, ...]


class Places(NamedTuple):
    """The areas, and each borough's statistical neighbours."""

    areas: Areas
    neighbours: Mapping[str, Sequence[Neighbour]]


COMPARED = f"compared_with_{HERE.key}"
HEADER = (
    "release", "classification", "indicator", "definition_version", "area", "area_name", "period", "breakdown",
    "numerator", "numerator_withheld", "denominator", "denominator_withheld", "value", "lower_95", "upper_95",
    "withheld", "obs_status", "caution", COMPARED, "variation", "neighbours_median", "neighbours_used", "neighbours_kind",
    "coverage",
)  # fmt: skip
NUMBERS = ("numerator", "denominator", "value", "lower_95", "upper_95", "neighbours_median", "neighbours_used")
_FILLED = (
    "release", "classification", "indicator", "definition_version", "area", "area_name", "period", "breakdown",
    COMPARED,
)  # fmt: skip
DESCRIPTIONS = {
    "release": "Release, or reporting year of a national publisher.",
    "classification": "synthetic: invented; published: a publisher’s open data; disclosure-controlled: real and made safe.",
    "indicator": "Code of the catalogue.",
    "definition_version": "Version of the definition.",
    "area": "GSS code of the place.",
    "area_name": "Name of the place.",
    "period": "Quarter, financial year, or day of a snapshot.",
    "breakdown": "Part of the figure; total when there is none.",
    "numerator": "What was counted; empty when withheld.",
    "numerator_withheld": "Why there is no numerator.",
    "denominator": "What it is divided by; for a rate, the population used.",
    "denominator_withheld": "Why there is no denominator.",
    "value": "The rate, percentage, ratio or count as printed on the page.",
    "lower_95": "Lower end of the 95% interval.",
    "upper_95": "Upper end of the 95% interval.",
    "withheld": "Why there is no value.",
    "obs_status": "Letters, joined: p provisional, r revised, b break, e estimated.",
    "caution": "Codes of cautions, separated by spaces.",
    COMPARED: f"The interval against {HERE.name}’s value.",
    "variation": f"Place within the usual variation between {HERE.areas}.",
    "neighbours_median": "Median of the neighbours that have a value, when six or more have one; none for counts.",
    "neighbours_used": "How many neighbours are in that median.",
    "neighbours_kind": f"Which neighbours: statistical, the ten of the model; nearest-{HERE.key}, those of them in {HERE.name}.",
    "coverage": f"How many {HERE.areas} a total adds up, or a publisher’s holds when some are not in it.",
}


def schema() -> tuple[dict[str, Any], ...]:
    """The columns as fields of a Table Schema."""
    return tuple(
        field(
            name,
            "number" if name in NUMBERS else "integer" if name == "definition_version" else "string",
            name.replace("_", " ").capitalize(),
            words,
            **({"required": True} if name in _FILLED else {}),
        )
        for name, words in DESCRIPTIONS.items()
    )


def file_name(stem: str, ending: str, classification: str) -> str:
    """The name of a file made here; one of invented figures says so."""
    return f"{'illustrative-' if classification == 'synthetic' else ''}{stem}.{ending}"


def rows_by_area(data: IndicatorData, places: Places) -> dict[str, tuple[Row, ...]]:
    """Rows as long as HEADER for each area, areas in order of code, periods in order."""
    return {
        area: tuple(_row(data, places, data.points[area, period]) for period in data.periods)
        for area in sorted(data.areas)
    }


def _row(data: IndicatorData, places: Places, point: Point) -> Row:
    indicator, source = data.indicator, data.source
    marks = sorted(set(point.value.marks + point.numerator.marks))
    cautions = sorted({*point.value.caution, *point.numerator.caution})
    counted = indicator.measure.kind is not Kind.COUNT
    return (
        source.release, source.classification, indicator.code, str(indicator.version), point.area,
        places.areas.by_code[point.area].name, str(point.period), "total",
        *_pair(point.numerator), *(_pair(point.denominator) if counted else ("", "")),
        point.value.plain, *_limits(point), point.value.mark, "".join(marks), " ".join(cautions),
        point.compared, point.variation, *_median(data, places, point), point.coverage,
    )  # fmt: skip


def _pair(figure: Figure) -> tuple[str, str]:
    return figure.plain, figure.mark


def _median(data: IndicatorData, places: Places, point: Point) -> tuple[str, str, str]:
    near = nearby(places.neighbours, places.areas, point.area, data, point.period)
    if near.median is None or not near.median.is_shown:
        return "", "", ""
    return near.median.plain, str(near.shown), near.kind.code


def _limits(point: Point) -> tuple[str, str]:
    return (point.lower.plain, point.upper.plain) if point.limits else ("", "")
