"""Releases and data: their pages, and every package as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose import data, releases
from site_builder.published.downloads.hidden import hidden_csv, hidden_file
from site_builder.published.downloads.places import files_of
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page


def pages(making: Making) -> Pages:
    """The data page, the list of releases, one page a release, and what changed."""
    frames, inputs = making.frames, making.inputs
    tables = {code: (files_of(inputs, one).csv, files_of(inputs, one).json) for code, one in inputs.figures.items()}
    made: dict[str, Callable[[], Page]] = {
        addresses.DATA: partial(data.data_page, frames, inputs, tables, making.file),
        addresses.RELEASES: partial(releases.releases, frames, inputs),
        addresses.CHANGES: partial(releases.changed, frames, inputs),
    }
    return made | {
        addresses.release(str(one.id)): partial(releases.release, frames, inputs, one) for one in inputs.releases
    }


def files(making: Making) -> Files:
    """Every national package and every release, byte for byte, with lists for machines."""
    inputs, base = making.inputs, making.frames.settings.base_url
    made: dict[str, Callable[[], bytes]] = {}
    for package in inputs.nationals:
        for name, content in package.files.items():
            made[addresses.national_file(package.source, package.release, name)] = partial(bytes, content)
    for release in inputs.releases:
        for name, content in release.files.items():
            made[addresses.release_file(str(release.id), name)] = partial(bytes, content)
        made[hidden_file(release)] = partial(hidden_csv, release)
    made["releases/versions.json"] = partial(data.versions_json, inputs, base)
    made["releases/ledger.csv"] = partial(bytes, inputs.ledger)
    made["robots.txt"] = partial(data.robots, base)
    return made
