"""The tables of pages as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published.downloads.table import HEADER, Row
from site_builder.release.tables import csv_bytes


def table_csv(rows: Iterable[Row]) -> bytes:
    """Rows of one indicator, or of one area, under the one header."""
    return csv_bytes(HEADER, rows)
