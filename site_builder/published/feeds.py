"""Feeds in the Atom format (RFC 4287), with older entries in archives (RFC 5005). Words alone, no clock, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.settings import Settings

FEEDS = (("Releases", addresses.RELEASES_FEED), ("Revised figures", addresses.REVISIONS_FEED))
MOST = 50  # entries of one file
_HEAD = Markup(
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n<id>{id}</id>\n'
    "<title>{title}</title>\n<subtitle>{subtitle}</subtitle>\n<updated>{updated}</updated>\n"
    "<author><name>{author}</name></author>\n"
    "<rights>Free to reuse under the Open Government Licence v3.0.</rights>\n"
)
_LINK = Markup('<link rel="{}" href="{}"/>\n')
_ARCHIVE = Markup('<archive xmlns="http://purl.org/syndication/history/1.0"/>\n')
_ENTRY = Markup(
    "<entry>\n<id>{id}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n"
    '<link rel="alternate" href="{href}"/>\n'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{content}</div></content>\n</entry>\n'
)


class Entry(NamedTuple):
    """Something that happened on a day. ``name``: what it is called for good, such as ``releases/2024-25-Q4``; no other
    entry of the site has it. ``path``: the page to read on; ``paragraphs``: plain words."""

    name: str
    day: date
    title: str
    path: str
    paragraphs: tuple[str, ...]


class Feed(NamedTuple):
    """A feed at ``path`` on the subject of ``page``. ``began``: the day it counts as changed while it has no entry."""

    path: str
    page: str
    title: str
    subtitle: str
    entries: tuple[Entry, ...]
    began: date


def files(settings: Settings, feed: Feed) -> Mapping[str, bytes]:
    """The feed with its latest entries at its own address, latest first, and full archives of the older ones."""
    ordered = sorted(feed.entries, key=lambda entry: (entry.day, entry.name))
    parts = [ordered[at : at + MOST] for at in range(0, len(ordered), MOST)] or [[]]
    places = [_archive(feed.path, number) for number in range(1, len(parts))] + [feed.path]
    return {place: _file(settings, feed, parts[at], places, at).encode() for at, place in enumerate(places)}


def tag(base_url: str, day: date, name: str) -> str:
    """An id that never changes and is no address (RFC 4151): the host, the year of the entry, and its name."""
    return f"tag:{urlsplit(base_url).hostname},{day.year}:{name}"


def stamp(day: date) -> str:
    """Midnight of a day, as Atom writes it."""
    return f"{day.isoformat()}T00:00:00Z"


def _archive(path: str, number: int) -> str:
    return path.replace(".atom", f"-{number}.atom")


def _file(settings: Settings, feed: Feed, entries: Sequence[Entry], places: Sequence[str], at: int) -> str:
    base, current = settings.base_url, at == len(places) - 1
    links = [("self", places[at]), ("alternate", feed.page)]
    links += [] if current else [("current", feed.path)]
    links += [("prev-archive", places[at - 1])] if at else []
    head = _HEAD.format(
        id=f"{base}/{feed.path}",
        title=f"{feed.title} – {settings.title}",
        subtitle=feed.subtitle,
        updated=stamp(max((entry.day for entry in entries), default=feed.began)),
        author=settings.publisher,
    )
    around = _joined(_LINK.format(rel, f"{base}/{path}") for rel, path in links)
    mark = Markup("") if current else _ARCHIVE
    return head + around + mark + _joined(_entry(base, entry) for entry in reversed(entries)) + Markup("</feed>\n")


def _entry(base: str, entry: Entry) -> Markup:
    return _ENTRY.format(
        id=tag(base, entry.day, entry.name),
        title=entry.title,
        updated=stamp(entry.day),
        href=f"{base}/{entry.path}",
        content=_joined(Markup("<p>{}</p>").format(words) for words in entry.paragraphs if words),
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
