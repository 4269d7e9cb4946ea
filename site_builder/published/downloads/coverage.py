"""Whose figures came, as a table: a line an indicator, period and borough."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.published import addresses
from site_builder.published.collected import inside_london, slot_of
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.release.releases import Release
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.periods import Period

HEADER = (
    "release", "classification", "indicator", "period", "area", "area_name", "state", "state_in_release", "in_part",
    "some_hidden", "london_coverage",
)  # fmt: skip


def coverage_file(release: Release) -> str:
    """Where the table of a release stands."""
    name = file_name("coverage", "csv", release.classification.value)
    return addresses.release_file(str(release.id), f"csv/{name}")


def coverage_csv(inputs: Inputs, release: Release) -> bytes:
    """The table, under HEADER: indicators in order of the catalogue, the oldest period first, boroughs A to Z."""
    return csv_bytes(HEADER, _rows(inputs, release))


def _rows(inputs: Inputs, release: Release) -> Iterator[tuple[str, ...]]:
    about = (str(release.id), release.classification.value)
    told = {(state.indicator, state.period) for state in release.coverage}
    for code, data in inputs.figures.items():
        for period in sorted(Period.parse(period) for one, period in told if one == code and not data.source.national):
            inside = inside_london(data, period)
            for area in inputs.areas.boroughs:
                slot = slot_of(data, area.code, period)
                yield (
                    *about, code, str(period), area.code, area.name, slot.came.value, slot.word,
                    "yes" if slot.in_part else "", "yes" if slot.hidden else "", inside,
                )  # fmt: skip
