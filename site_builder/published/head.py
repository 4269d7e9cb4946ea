"""What programs read in the head of a page: the picture for sharing, the way to it, its data sets, its feeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from site_builder.published import addresses, social
from site_builder.published.pages_parts import Alternate, Feed, Head
from site_builder.published.settings import Settings
from site_builder.release.package import DESCRIPTOR

_MEDIA = {"csv": "text/csv", "json": "application/json", "jsonld": "application/ld+json"}
_SAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def head(
    settings: Settings,
    path: str,
    title: str,
    crumbs: tuple[tuple[str, str], ...],
    feeds: Iterable[tuple[str, str]],
    data: Iterable[str],
    described: tuple[Mapping[str, object], ...],
    *,
    kept_out: bool,
) -> Head:
    """The head of the page at ``path``. ``crumbs``: label and path of each page above it, from Home down.
    ``data``: paths of its data and of what describes them. ``kept_out``: whether search engines are; then it has neither a
    picture nor linked data."""
    files = tuple(Alternate(*_kind(target), addresses.relative(path, target)) for target in data)
    led = tuple(Feed(label, addresses.relative(path, target)) for label, target in feeds)
    if kept_out:
        return Head(feeds=led, data=files)
    kind = social.kind_of(path)
    trail = (breadcrumb(settings.base_url, (*crumbs, (title, ""))),) if crumbs else ()
    return Head(
        f"{settings.base_url}/{addresses.card(kind)}",
        f"{settings.title}. {social.KINDS[kind]}.",
        linked((*trail, *described)),
        led,
        files,
    )


def _kind(path: str) -> tuple[str, str]:
    """How a page speaks of a file: as its data in another form, or as their description. Raises KeyError for a file of
    another kind."""
    described = path.endswith((".jsonld", DESCRIPTOR))
    return "describedby" if described else "alternate", _MEDIA[path.rpartition(".")[2]]


def breadcrumb(base_url: str, trail: Iterable[tuple[str, str]]) -> Mapping[str, object]:
    """The way from Home to a page: label and path of each step; the last is the page itself, so its path is empty."""
    steps: list[dict[str, object]] = [
        {"@type": "ListItem", "position": place, "name": label, **({"item": f"{base_url}/{path}"} if path else {})}
        for place, (label, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def linked(things: tuple[Mapping[str, object], ...]) -> Markup:
    """Things in schema.org's terms as a data block, which no browser runs; empty for none.

    Every sign that could end the block or begin another is written as an escape of JSON.
    """
    if not things:
        return Markup("")
    graph = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    block = f'<script type="application/ld+json">{graph.translate(_SAFE)}</script>'
    return Markup(block)  # noqa: S704 - nothing in it can end the block
