"""What is hidden in a release, as a table: a line an indicator and level."""

from __future__ import annotations

from site_builder.published import addresses
from site_builder.published.downloads.table import file_name
from site_builder.published.hidden import tallies
from site_builder.release.releases import Release
from site_builder.release.tables import csv_bytes

HEADER = (
    "release", "classification", "indicator", "level", "figures", "printed", "hidden", "other", "published_by",
)  # fmt: skip


def hidden_file(release: Release) -> str:
    """Where the table of a release stands."""
    name = file_name("what-is-hidden", "csv", release.classification.value)
    return addresses.release_file(str(release.id), f"csv/{name}")


def hidden_csv(release: Release) -> bytes:
    """The table of a release, under HEADER; ``all`` stands for every indicator and for every level."""
    about = (str(release.id), release.classification.value)
    return csv_bytes(
        HEADER,
        (
            (*about, one.indicator, one.level, one.figures, one.printed, one.hidden, one.other, one.published)
            for one in tallies(release)
        ),
    )
