"""The search, with everything that has a page from A to Z; and the page for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain

from site_builder.published import addresses
from site_builder.published.compose.prose import borough_finder
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Link
from site_builder.published.pages_site import NotFoundPage, SearchBox, SearchGroup, SearchPage
from site_builder.published.topics import places, topics
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE

_LABEL, _BUTTON = f"Indicator, {HERE.area} or topic", "Search"


def search(frames: Frames, inputs: Inputs, data: str, paths: Container[str]) -> SearchPage:
    """The search. ``data``: where the script with its entries stands; ``paths``: the pages of the site."""
    path = addresses.SEARCH
    content = inputs.content
    found: dict[str, list[tuple[str, str, str]]] = {
        "Indicators": [
            (i.title, addresses.indicator(i.code), ", ".join((i.code, *i.aliases))) for i in inputs.catalogue.values()
        ],
        HERE.areas_head: [(a.name, addresses.borough(a.slug), "") for a in inputs.areas.boroughs],
        "Topics": [
            *((t.title, addresses.theme(t.code), "Theme") for t in content.themes.values()),
            *((a.title, a.path, "") for a in content.articles),
            *((t.title, t.address, t.also) for t in chain(topics(paths), places(paths))),
        ],
    }
    return SearchPage(
        frames.frame(path, "Search", f"Indicators, {HERE.areas} and topics from A to Z.", section="search"),
        f"Find an indicator, {HERE.an_area} or a topic",
        "Everything on this site from A to Z. Without script, your browser’s own search on this page finds a word.",
        data,
        SearchBox("index.html", _LABEL, _BUTTON),
        tuple(_group(path, kind, held) for kind, held in found.items()),
    )


def not_found(frames: Frames, areas: Areas) -> NotFoundPage:
    """The page for an address that leads nowhere."""
    base = frames.settings.base_url
    return NotFoundPage(
        frames.absolute("Page not found", "This address leads nowhere."),
        "This page is not here",
        "The address may be mistyped, or the page may have moved. Look for it, or go on from here:",
        SearchBox(f"{base}/{addresses.SEARCH}", _LABEL, _BUTTON),
        tuple(
            Link(label, f"{base}/{target}")
            for label, target in (
                ("Everything from A to Z", addresses.SEARCH),
                ("Indicators", addresses.INDICATORS),
                (HERE.areas_head, addresses.BOROUGHS),
                ("Start page", addresses.HOME),
            )
        ),
        borough_finder(areas, lambda slug: f"{base}/{addresses.borough(slug)}"),
    )


def _group(path: str, kind: str, held: list[tuple[str, str, str]]) -> SearchGroup:
    ordered = sorted(held, key=lambda entry: entry[0].casefold())
    return SearchGroup(
        addresses.anchor(kind),
        kind,
        tuple((Link(title, addresses.relative(path, target)), also) for title, target, also in ordered),
    )
