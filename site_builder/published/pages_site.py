"""Pages about the whole: home, data, releases, search, help, and the page that is not found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.downloads.recipes import Recipe
from site_builder.published.pages_indicator import ThemeLine
from site_builder.published.pages_parts import (
    DataTable,
    Fact,
    File,
    Frame,
    Link,
    Row,
    Sparkline,
    TileMap,
    Value,
)


class MovedRow(NamedTuple):
    """An indicator whose London trend is clear. ``change`` says which way, in words; ``since``: from what, and when."""

    title: str
    href: str
    spark: Sparkline
    london: Value
    period: str
    change: str
    since: str


class Panel(NamedTuple):
    """A short block of the home page for one group of readers."""

    heading: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page.

    ``lead``: how many indicators and boroughs. ``standing``: what is real, which release is shown, and how many boroughs
    sent a return. ``finder``: squares
    that are links; ``boroughs``: the same A to Z. ``themes``: each with a question. ``moved_tag``: illustrative tag of the rows, or empty.
    ``moved_empty``: said when nothing moved clearly. ``caution_heading`` and ``caution``: high and low are no judgement.
    """

    template: ClassVar[str] = "home"
    answers: ClassVar[tuple[str, ...]] = ("lead", "standing", "finder", "moved")
    frame: Frame
    heading: str
    lead: str
    standing: str
    finder: TileMap
    boroughs: tuple[Link, ...]
    themes: tuple[ThemeLine, ...]
    moved_tag: str
    moved: tuple[MovedRow, ...]
    moved_empty: str
    caution_heading: str
    caution: str | Markup
    panels: tuple[Panel, ...]


class DataSet(NamedTuple):
    """A release or a national package as a whole: its name, its page where it has one, its files with their sizes."""

    title: str
    href: str
    files: tuple[File, ...]


class DataRow(NamedTuple):
    """Files of one indicator: its name and page, and the files."""

    code: str
    title: str
    href: str
    files: tuple[Link, ...]


class DataGroup(NamedTuple):
    """Indicators of one kind of source, and what to know of their files."""

    heading: str
    text: str
    rows: tuple[DataRow, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """All data: whole release first, then by indicator, across indicators, columns, codes, how to load, licence, citation.

    ``onward``: pages about releases. ``checksums``: of the files of ``whole``, in lines as ``sha256sum`` reads them. ``tables``: the dictionary of each kind
    of table, with what it is of. ``cited``: the citation in files."""

    template: ClassVar[str] = "data"
    answers: ClassVar[tuple[str, ...]] = ("lead", "whole")
    frame: Frame
    heading: str
    lead: str
    sub: str
    onward: tuple[Link, ...]
    whole: tuple[DataSet, ...]
    checksums: str
    indicators: tuple[DataGroup, ...]
    across: tuple[File, ...]
    tables: tuple[DataTable, ...]
    codes: DataTable
    recipes: tuple[Recipe, ...]
    licence: str | Markup
    cite: str
    promise: str | Markup
    cited: tuple[Link, ...] = ()


class ReleaseLine(NamedTuple):
    """A release in a list. ``latest``: whether the site shows it. ``period``: its latest. ``kind``: what it is to the others of its period. ``version``: its number.
    ``text``: what is new in it."""

    id: str
    latest: bool
    period: str
    href: str
    published: str
    kind: str
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All releases, the latest first. ``onward``: pages beside it. ``files``: ledger and lists of the whole series.
    ``follow``: feeds and dates."""

    template: ClassVar[str] = "releases"
    answers: ClassVar[tuple[str, ...]] = ("lead", "all")
    frame: Frame
    heading: str
    lead: str
    releases: tuple[ReleaseLine, ...]
    onward: tuple[Link, ...]
    files: tuple[File, ...]
    follow: tuple[File, ...]


class PackageFile(NamedTuple):
    """A file of a package: its name, what it holds, how big it is."""

    name: str
    text: str
    size: str


class ChangeRow(NamedTuple):
    """A figure that was printed in two releases and differs."""

    area: str
    indicator: Link
    period: str
    old: Value
    new: Value
    reason: str


class ChangeGroup(NamedTuple):
    """Changes made by one release. ``empty`` is said when there are none. ``slug`` is its anchor. ``version``: how much it
    changes, and why; empty for the first release. ``files``: its changes as tables."""

    slug: str
    heading: str
    text: str
    rows: tuple[ChangeRow, ...]
    empty: str
    version: str = ""
    files: tuple[File, ...] = ()


class HiddenBlock(NamedTuple):
    """How much of a release is hidden. ``text``: the whole in a sentence. ``reading``: how not to misread it.
    ``coarser``: sentences on what is published more coarsely than it is sent; may be empty. ``more``: the method."""

    text: str
    reading: str
    table: DataTable
    coarser: tuple[str, ...]
    more: Link
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release: facts, corrections first, how figures were protected, what is hidden, coverage, its own pages, files,
    how to cite it. ``forms``: what is made from the package; ``files``: the package itself."""

    template: ClassVar[str] = "release"
    frame: Frame
    heading: str
    lead: str
    facts: tuple[Fact, ...]
    changes: ChangeGroup
    protection: tuple[Row, ...]
    hidden: HiddenBlock
    coverage: DataTable | None
    files: tuple[PackageFile, ...]
    files_sub: str
    forms: tuple[File, ...]
    indicators: tuple[Link, ...]
    places_heading: str
    places: tuple[Link, ...]
    cite: str
    cited: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Every change to a printed figure, the latest release first. ``links``: revisions indicator by indicator."""

    template: ClassVar[str] = "changes"
    frame: Frame
    heading: str
    lead: str
    groups: tuple[ChangeGroup, ...]
    links: tuple[Link, ...]


class SearchGroup(NamedTuple):
    """Pages of one kind, A to Z. ``also``: other words for a page, printed small."""

    slug: str
    heading: str
    entries: tuple[tuple[Link, str], ...]


class SearchBox(NamedTuple):
    """A form that asks the search page. ``action``: the address of that page."""

    action: str
    label: str
    button: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search, and A to Z of indicators, boroughs and topics. ``data``: the script that holds what can be found."""

    template: ClassVar[str] = "search"
    frame: Frame
    heading: str
    lead: str
    data: str
    box: SearchBox
    groups: tuple[SearchGroup, ...]


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """Served at any depth, so all its links are absolute."""

    template: ClassVar[str] = "not_found"
    frame: Frame
    heading: str
    lead: str
    box: SearchBox
    links: tuple[Link, ...]
    finder: TileMap
