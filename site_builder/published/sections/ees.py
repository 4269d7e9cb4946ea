"""Every release as pairs of files in the shape of Explore Education Statistics, with their guidance."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from site_builder.published.downloads.ees import Pair, pair_names, pairs
from site_builder.published.downloads.guidance import guidance
from site_builder.published.downloads.places import guidance_file, pair_file
from site_builder.published.making import Files, Making
from site_builder.published.trees import Tree
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification


def files(making: Making) -> Files:
    """Two files a pair and one text, for each release; nothing where the place does not offer them."""
    if "pairs" not in HERE.sections:
        return {}
    contact = making.frames.settings.contact
    return {path: made for tree in making.trees for path, made in _of(tree, contact).items()}


def _of(tree: Tree, contact: str) -> Files:
    figures = {code: data for code, data in tree.inputs.figures.items() if data.indicator.ees}
    invented = tree.release.classification is Classification.SYNTHETIC

    @cache
    def made(code: str) -> dict[str, Pair]:
        some = pairs(figures[code].indicator, tree.inputs.areas, tree.rows(code), invented=invented)
        return {pair.name: pair for pair in some}

    def text() -> bytes:
        every = [(data.indicator, pair) for code, data in figures.items() for pair in made(code).values()]
        return guidance(tree.release, every, contact)

    found: dict[str, Callable[[], bytes]] = {guidance_file(tree.release): text}
    for code, data in figures.items():
        for name in pair_names(data.indicator, data.periods, invented=invented).values():
            found[pair_file(tree.release, f"{name}.csv")] = partial(lambda c, n: made(c)[n].data, code, name)
            found[pair_file(tree.release, f"{name}.meta.csv")] = partial(lambda c, n: made(c)[n].meta, code, name)
    return found
