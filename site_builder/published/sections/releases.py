"""Releases and data: their pages, and every package as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose import data, releases
from site_builder.published.downloads import lists
from site_builder.published.downloads.ees import pair_names
from site_builder.published.downloads.hidden import hidden_csv, hidden_file
from site_builder.published.downloads.places import files_of, pair_file, workbook_file
from site_builder.published.inputs import Inputs
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification


def pages(making: Making) -> Pages:
    """The data page, the list of releases, one page a release, and what changed."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {
        addresses.DATA: lambda: data.data_page(frames, inputs, forms(inputs), making.file),
        addresses.RELEASES: partial(releases.releases, frames, inputs),
        addresses.CHANGES: partial(releases.changed, frames, inputs),
    }
    return made | {
        addresses.release(str(one.id)): partial(releases.release, frames, inputs, one) for one in inputs.releases
    }


def forms(inputs: Inputs) -> data.Forms:
    """Of each indicator with figures every form and its path, CSV first."""
    return {code: tuple(_forms(inputs, one)) for code, one in inputs.figures.items()}


def _forms(inputs: Inputs, one: IndicatorData) -> Iterator[tuple[str, str]]:
    places = files_of(inputs, one)
    yield "CSV", places.csv
    yield "JSON", places.json
    yield "Excel", workbook_file(inputs, one)
    offered = "pairs" in HERE.sections and not one.source.national and one.indicator.ees
    if offered and (latest := inputs.latest) is not None:
        invented = one.source.classification == Classification.SYNTHETIC.value
        for name in pair_names(one.indicator, one.periods, invented=invented).values():
            words = "DfE, years" if name.endswith("_annual") else "DfE"
            yield f"{words}: data", pair_file(latest, f"{name}.csv")
            yield f"{words}: metadata", pair_file(latest, f"{name}.meta.csv")


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
    made[addresses.VERSIONS] = partial(lists.versions_json, inputs, base, inputs.revisions.versions)
    made[addresses.LATEST] = partial(lists.latest_json, inputs, base)
    made["releases/ledger.csv"] = partial(bytes, inputs.ledger)
    made["robots.txt"] = partial(lists.robots, base)
    return made
