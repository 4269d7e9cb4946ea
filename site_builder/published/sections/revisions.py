"""What changed between releases: tables of each release, and a page an indicator."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from site_builder.published import addresses
from site_builder.published.compose.national_changes import national_changes, vintages
from site_builder.published.compose.revisions import Series, every_series, released, revisions_page
from site_builder.published.downloads.revisions import changes_csv, changes_file, triangle_csv, triangle_file
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page


def pages(making: Making) -> Pages:
    """A page for each indicator that a release holds; one on publishers' releases once there are two of one."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {}

    @cache
    def series() -> dict[str, tuple[Series, ...]]:
        return every_series(inputs.releases)

    def page(code: str) -> Page:
        return revisions_page(frames, inputs, inputs.catalogue[code], series()[code])

    made |= {addresses.revisions(code): partial(page, code) for code in released(inputs)}
    if vintages(inputs.nationals):
        made[addresses.NATIONAL_CHANGES] = partial(national_changes, frames, inputs)
    return made


def files(making: Making) -> Files:
    """For each release what it changed, and every figure as each release up to it printed it."""
    inputs = making.inputs
    made: dict[str, Callable[[], bytes]] = {}
    for at, one in enumerate(inputs.releases, 1):
        made[changes_file(one)] = partial(changes_csv, inputs.revisions, one)
        made[triangle_file(one)] = partial(triangle_csv, inputs.releases[:at])
    return made
