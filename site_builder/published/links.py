"""Every link of every page leads somewhere: files and fragments, checked before the first byte is written."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Container
from urllib.parse import unquote

_LINK = re.compile(rb'\s(?:href|src)="([^"]*)"')
_ID = re.compile(rb'\sid="([^"]*)"')
_OUTSIDE = ("http:", "https:", "mailto:", "tel:", "data:")


class LinkCheck:
    """Collects the links and the anchors of pages as they are made; ``broken`` says which lead nowhere."""

    def __init__(self, paths: Container[str]) -> None:
        self._paths = paths
        self._anchors: dict[str, frozenset[bytes]] = {}
        self._links: list[tuple[str, str, str]] = []

    def add(self, path: str, data: bytes) -> None:
        """Take note of one file. Only HTML pages have links and anchors."""
        if not path.endswith(".html"):
            return
        self._anchors[path] = frozenset(_ID.findall(data))
        for raw in set(_LINK.findall(data)):
            link = html.unescape(raw.decode())
            if not link.startswith(_OUTSIDE):
                target, _, fragment = link.partition("#")
                self._links.append((path, unquote(target.partition("?")[0]), fragment))

    def broken(self) -> tuple[tuple[str, str], ...]:
        """(page, link) for each link without a file or without the anchor it names, in order."""
        return tuple(
            sorted(
                {
                    (page, f"{target}#{mark}" if mark else target)
                    for page, target, mark in self._links
                    if not self._leads(page, target, mark)
                }
            )
        )

    def _leads(self, page: str, target: str, fragment: str) -> bool:
        path = page if not target else posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        if path.startswith("../") or path not in self._paths:
            return False
        return not fragment or fragment.encode() in self._anchors.get(path, frozenset())
