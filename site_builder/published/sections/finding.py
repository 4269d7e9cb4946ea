"""Finding a page: the search with its index, and the page that is not found."""

from __future__ import annotations

from functools import partial

from site_builder.published import addresses
from site_builder.published.compose.search import not_found, search
from site_builder.published.making import Files, Making, Pages
from site_builder.published.render import named
from site_builder.published.search import search_script


def pages(making: Making) -> Pages:
    """The search and the page that is not found."""
    return {
        addresses.SEARCH: lambda: search(making.frames, making.inputs, _index(making)[0], making.paths()),
        addresses.NOT_FOUND: partial(not_found, making.frames, making.inputs.areas),
    }


def files(making: Making) -> Files:
    """What can be found, as a script."""
    path, script = _index(making)
    return {path: partial(bytes, script)}


def _index(making: Making) -> tuple[str, bytes]:
    """Where the index stands, and its bytes: its name holds a fingerprint of them."""
    script = search_script(making.inputs, making.paths())
    return named("search-index", "js", script), script
