"""The table of a matrix: the rows of its indicators, of the period that each column shows, London and England included."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.published.downloads.csv import table_csv
from site_builder.published.downloads.table import HEADER, Row, file_name
from site_builder.published.matrix import Part, period_of, places

_PERIOD = HEADER.index("period")


def matrix_file(part: Part) -> str:
    """Where the table of a matrix stands."""
    return f"compare/{file_name(f'{part.slug}-{part.theme.lower()}', 'csv', part.classification)}"


def matrix_csv(part: Part, rows: Callable[[str], Mapping[str, tuple[Row, ...]]]) -> bytes:
    """The table. ``rows``: code of an indicator to its rows by area."""
    held = []
    for data in part.figures:
        by_area, period = rows(data.indicator.code), str(period_of(data))
        for area in (*places(part), *data.boroughs):
            held += [row for row in by_area.get(area, ()) if row[_PERIOD] == period]
    return table_csv(held)
