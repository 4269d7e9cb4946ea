"""The tables of pages as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published.downloads.table import HEADER, Places, rows
from site_builder.published.statistics import IndicatorData
from site_builder.release.tables import csv_bytes


def indicator_csv(data: IndicatorData, places: Places) -> bytes:
    """One indicator: all areas and periods."""
    return csv_bytes(HEADER, rows(data, places))


def area_csv(figures: Iterable[IndicatorData], places: Places, area: str) -> bytes:
    """One area: all indicators and periods."""
    return csv_bytes(HEADER, (row for data in figures for row in rows(data, places, area)))
