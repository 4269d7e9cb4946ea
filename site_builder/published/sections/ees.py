"""The latest release as pairs of files in the shape of Explore Education Statistics, with their guidance."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from site_builder.published import addresses
from site_builder.published.downloads.ees import Pair, pairs
from site_builder.published.downloads.guidance import guidance
from site_builder.published.downloads.table import Places, rows_by_area
from site_builder.published.making import Files, Making
from site_builder.release.releases import Release
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.planes import Classification


def files(making: Making) -> Files:
    """Two files a pair and one text; nothing before the first release."""
    latest = making.inputs.latest
    return _of(making, latest) if latest is not None else {}


def _of(making: Making, latest: Release) -> Files:
    inputs = making.inputs
    places = Places(inputs.areas, inputs.neighbours)
    invented = latest.classification is Classification.SYNTHETIC

    @cache
    def made(code: str) -> tuple[Pair, ...]:
        data = inputs.figures[code]
        return pairs(data.indicator, inputs.areas, rows_by_area(data, places), invented=invented)

    def every() -> list[tuple[Indicator, Pair]]:
        return [(inputs.catalogue[code], pair) for code in codes for pair in made(code)]

    codes = [code for code, data in inputs.figures.items() if not data.source.national and data.indicator.ees]
    found: dict[str, Callable[[], bytes]] = {}
    for code in codes:
        for pair in made(code):
            found[_path(latest, f"{pair.name}.csv")] = partial(bytes, pair.data)
            found[_path(latest, f"{pair.name}.meta.csv")] = partial(bytes, pair.meta)
    contact = making.frames.settings.contact
    found[_path(latest, "data-guidance.txt")] = lambda: guidance(latest, every(), contact)
    return found


def _path(release: Release, name: str) -> str:
    return addresses.release_file(str(release.id), f"ees/{name}")
