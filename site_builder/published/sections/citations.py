"""How to cite every release, and each indicator in it, for programs that keep references."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.downloads import citations
from site_builder.published.making import Files, Making
from site_builder.published.settings import Settings
from site_builder.release.releases import Release


def files(making: Making) -> Files:
    """Three files a release, and two an indicator of it."""
    made: dict[str, Callable[[], bytes]] = {}
    for release in making.inputs.releases:
        for name, give in _of(making.frames.settings, release).items():
            made[addresses.release_file(str(release.id), name)] = give
    return made


def _of(settings: Settings, release: Release) -> Files:
    whole = citations.of_release(settings, release)
    made: dict[str, Callable[[], bytes]] = {
        citations.FILE: partial(citations.cff, whole),
        citations.BIBTEX: partial(citations.bibtex, whole),
        citations.CSL: partial(citations.csl_json, whole),
    }
    for code in citations.titles(release):
        cited = citations.of_indicator(settings, release, code)
        book, tree = citations.indicator_files(code)
        made[book], made[tree] = partial(citations.bibtex, cited), partial(citations.csl_json, cited)
    return made
