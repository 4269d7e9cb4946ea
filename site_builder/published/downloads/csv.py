"""The tables of pages as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published.downloads.table import HEADER, rows
from site_builder.published.statistics import IndicatorData
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import Areas


def indicator_csv(data: IndicatorData, areas: Areas) -> bytes:
    """One indicator: all areas and periods."""
    return csv_bytes(HEADER, rows(data, areas))


def area_csv(figures: Iterable[IndicatorData], areas: Areas, area: str) -> bytes:
    """One area: all indicators and periods."""
    return csv_bytes(HEADER, (row for data in figures for row in rows(data, areas, area)))
