"""Whose figures came, as tables: a line an indicator, period and borough; the same counted; and the figures asked for, counted by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.published import addresses
from site_builder.published.collected import Came, inside_london, slot_of, tally
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData
from site_builder.release.releases import Release
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period

HEADER = (
    "release", "classification", "indicator", "period", "area", "area_name", "state", "state_in_release", "in_part",
    "some_hidden", f"{HERE.key}_coverage",
)  # fmt: skip
COUNTED = (
    "release", "classification", "indicator", "period",
    *(state.value.replace(" ", "_") for state in Came), f"{HERE.key}_coverage",
)  # fmt: skip

ASKED = ("release", "classification", "period", "state_in_release", "figures")


def coverage_file(release: Release) -> str:
    """Where the table of a release stands."""
    return _place(release, "coverage")


def counted_file(release: Release) -> str:
    """Where the table stands that counts boroughs."""
    return _place(release, "coverage-counted")


def asked_file(release: Release) -> str:
    """Where the table stands that counts the figures asked for."""
    return _place(release, "coverage-by-period")


def _place(release: Release, stem: str) -> str:
    return addresses.release_file(str(release.id), f"csv/{file_name(stem, 'csv', release.classification.value)}")


def coverage_csv(inputs: Inputs, release: Release) -> bytes:
    """The table, under HEADER: indicators in order of the catalogue, the oldest period first, boroughs A to Z."""
    return csv_bytes(HEADER, _rows(inputs, release))


def counted_csv(inputs: Inputs, release: Release) -> bytes:
    """How many boroughs are in each of the six states, under COUNTED: a line an indicator and period."""
    lines = (
        (
            str(release.id), release.classification.value, data.indicator.code, str(period),
            *map(str, tally(data, period).values()), inside_london(data, period),
        )
        for data, period in _asked(inputs, release)
    )  # fmt: skip
    return csv_bytes(COUNTED, lines)


def asked_csv(release: Release) -> bytes:
    """How many figures that were asked for came to what, under ASKED: a line a period and state, the oldest period first."""
    told = Counter((Period.parse(one.period), one.state) for one in release.coverage)
    about = (str(release.id), release.classification.value)
    return csv_bytes(ASKED, [(*about, str(p), state, str(number)) for (p, state), number in sorted(told.items())])


def _asked(inputs: Inputs, release: Release) -> Iterator[tuple[IndicatorData, Period]]:
    """Every indicator from returns, in order of the catalogue, with each period that the release holds a word about."""
    told = {(state.indicator, state.period) for state in release.coverage}
    for code, data in inputs.of_release(release).items():
        yield from ((data, period) for period in sorted(Period.parse(text) for one, text in told if one == code))


def _rows(inputs: Inputs, release: Release) -> Iterator[tuple[str, ...]]:
    about = (str(release.id), release.classification.value)
    for data, period in _asked(inputs, release):
        inside = inside_london(data, period)
        for area in inputs.areas.boroughs:
            slot = slot_of(data, area.code, period)
            yield (
                *about, data.indicator.code, str(period), area.code, area.name, slot.came.value, slot.word,
                "yes" if slot.in_part else "", "yes" if slot.hidden else "", inside,
            )  # fmt: skip
