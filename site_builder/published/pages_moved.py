"""What stands where a page was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from site_builder.published.pages_parts import Frame, Link


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A page at an old address. ``lead``: what was there, since when it is gone, and why. ``target``: where it is now, which
    the browser then opens by itself; empty for a page that is nowhere. ``links``: where to go on."""

    template: ClassVar[str] = "moved"
    frame: Frame
    heading: str
    lead: str
    target: str
    links: tuple[Link, ...]
