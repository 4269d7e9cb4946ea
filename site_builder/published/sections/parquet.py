"""The observations of every release as Parquet."""

from __future__ import annotations

from functools import partial

from site_builder.published.downloads.parquet import parquet
from site_builder.published.downloads.places import parquet_file
from site_builder.published.making import Files, Making


def files(making: Making) -> Files:
    """One file a release."""
    return {parquet_file(release): partial(parquet, release) for release in making.inputs.releases}
