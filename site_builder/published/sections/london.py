"""Pages over all of London, and what they offer as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.collected import rounds
from site_builder.published.compose import coverage_pages
from site_builder.published.compose.calendar import calendar_page
from site_builder.published.compose.challenges import challenges_page
from site_builder.published.compose.london_map import map_page
from site_builder.published.compose.model import model_page
from site_builder.published.compose.readiness import readiness_page
from site_builder.published.downloads.calendar import every_round, of_borough
from site_builder.published.downloads.coverage import (
    asked_csv,
    asked_file,
    counted_csv,
    counted_file,
    coverage_csv,
    coverage_file,
)
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page


def pages(making: Making) -> Pages:
    """One page of each, and one on coverage for each round that the release holds."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {
        addresses.MAP: partial(map_page, frames, inputs),
        addresses.COVERAGE: partial(coverage_pages.latest, frames, inputs),
        addresses.CALENDAR: partial(calendar_page, frames, inputs),
        addresses.READINESS: partial(readiness_page, frames, inputs),
        addresses.CHALLENGES: partial(challenges_page, frames, inputs),
        addresses.MODEL: partial(model_page, frames, inputs),
    }
    return made | {
        addresses.coverage_in(period.id): partial(coverage_pages.of_round, frames, inputs, period)
        for period in rounds(inputs.figures)
    }


def files(making: Making) -> Files:
    """The calendars, and whose figures came."""
    inputs, base = making.inputs, making.frames.settings.base_url
    made: dict[str, Callable[[], bytes]] = {addresses.CALENDAR_ICS: partial(every_round, inputs, base)}
    for area in inputs.areas.boroughs:
        made[addresses.borough_calendar(area.slug)] = partial(of_borough, inputs, base, area)
    for tree in making.trees:
        made[coverage_file(tree.release)] = partial(coverage_csv, tree.inputs, tree.release)
        made[counted_file(tree.release)] = partial(counted_csv, tree.inputs, tree.release)
        made[asked_file(tree.release)] = partial(asked_csv, tree.release)
    return made
