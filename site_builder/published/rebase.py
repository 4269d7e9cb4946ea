"""Links of a page that is put elsewhere on the site: each still leads to what it named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from html import escape, unescape

from site_builder.published import addresses

IN_LATEST = "latest:"  # before a path: the page of the latest release, whatever tree the link stands in
_LINK = re.compile(rb'(\s(?:href|src|action)=")([^"]*)"')
_OUTSIDE = ("http:", "https:", "mailto:", "tel:", "data:", "#")
_BOROUGH_INDICATOR = re.compile(r"boroughs/([a-z-]+)/([a-z0-9]+)\.html")


def rebased(html: bytes, path: str, start: str, own: Container[str]) -> bytes:
    """A page written for ``path`` as it stands at ``start + path``. ``own``: what stands below ``start`` too, by the path
    that it has in the latest release; every other link leads out of there.

    A borough's page of one indicator is in no release but the latest: the link stays in the release that it stands in.
    """

    def moved(link: re.Match[bytes]) -> bytes:
        way = unescape(link[2].decode())
        return link[0] if way.startswith(_OUTSIDE) or not way else link[1] + _led(way).encode() + b'"'

    def _led(way: str) -> str:
        target, mark, fragment = way.partition("#")
        if target.startswith(IN_LATEST):
            return escape(addresses.relative(start + path, target.removeprefix(IN_LATEST)) + mark + fragment)
        named, query, asked = target.partition("?")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), named))
        kept = _kept(there, path, own)
        behind = query + asked + mark + fragment if kept in ("", there) else ""  # another page has other anchors
        return escape(addresses.relative(start + path, start + kept if kept else there) + behind)

    return _LINK.sub(moved, html)


def _kept(target: str, path: str, own: Container[str]) -> str:
    """Where a link leads within the release, or empty when it leads out of it."""
    if target in own:
        return target
    if found := _BOROUGH_INDICATOR.fullmatch(target):
        other = addresses.indicator(found[2])
        kept = other if other != path else addresses.borough(found[1])
        return kept if kept in own else ""
    return ""
