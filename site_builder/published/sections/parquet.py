"""The observations of every release as Parquet."""

from __future__ import annotations

from functools import partial

from site_builder.published import addresses
from site_builder.published.downloads.parquet import parquet
from site_builder.published.downloads.table import file_name
from site_builder.published.making import Files, Making


def files(making: Making) -> Files:
    """One file a release."""
    return {
        addresses.release_file(
            str(release.id), f"parquet/{file_name('observations', 'parquet', release.classification.value)}"
        ): partial(parquet, release)
        for release in making.inputs.releases
    }
