"""What each borough is compared with on an indicator, and its neighbours one by one, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.published import comparators
from site_builder.published.comparators import Comparator
from site_builder.published.downloads.places import files_of
from site_builder.published.downloads.table import Row
from site_builder.published.inputs import Inputs
from site_builder.published.neighbours import nearby
from site_builder.published.statistics import IndicatorData
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period

HEADER = (
    "release", "classification", "indicator", "period", "area", "area_name", "comparator", "name", "average", "value",
    "withheld", "lowest", "highest", "places", "closeness", "compared", "reason",
)  # fmt: skip


def comparators_file(inputs: Inputs, data: IndicatorData) -> str:
    """Where the table of an indicator stands, beside that of its figures; empty for one that is compared with nothing."""
    if data.indicator.measure.kind is Kind.COUNT or data.headline is None:
        return ""
    return files_of(inputs, data).csv.removesuffix(".csv") + "-comparators.csv"


def comparators_csv(inputs: Inputs, data: IndicatorData) -> bytes:
    """The table of an indicator at the period that its pages lead with, under HEADER. Raises ValueError for an indicator
    without a period."""
    period = data.headline
    if period is None:
        raise ValueError("an indicator without a period has no comparators")
    about = (data.source.release, data.source.classification, data.indicator.code, str(period))
    return csv_bytes(
        HEADER,
        (
            (*about, area.code, area.name, *rest)
            for area in sorted(inputs.areas.boroughs)
            for rest in _of_area(inputs, area, data, period)
        ),
    )


def _of_area(inputs: Inputs, area: Area, data: IndicatorData, period: Period) -> Iterator[Row]:
    found = comparators.of(inputs, area, data, period)
    yield from (_row(one) for one in found)
    if found:
        for near in nearby(inputs.neighbours, inputs.areas, area.code, data, period).places:
            value = near.value
            yield "neighbour", near.name, "", value.plain, value.mark, "", "", "", near.closeness, "", ""


def _row(one: Comparator) -> Row:
    ends = (one.lowest.plain if one.lowest else "", one.highest.plain if one.highest else "")
    return one.kind, one.name, one.average, one.value.plain, one.value.mark, *ends, one.of, "", one.label, one.reason
