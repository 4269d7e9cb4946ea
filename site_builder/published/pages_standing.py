"""What stands out in London, and the profile of one borough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.pages_parts import File, Frame, Link, Value, Variation


class StandingRow(NamedTuple):
    """A borough beyond the 95 % limit. ``z``: adjusted, with a true minus. ``since``: the first period of the run."""

    name: str
    href: str
    variation: Variation
    value: Value
    counted: Value
    out_of: Value
    z: str
    since: str


class StandingSubject(NamedTuple):
    """One indicator. ``slug``: its anchor. ``about``: period, London's value and dispersion. ``empty`` is said when there
    are no rows."""

    slug: str
    code: str
    title: str
    href: str
    about: str
    rows: tuple[StandingRow, ...]
    empty: str


class StandingTheme(NamedTuple):
    """The indicators of one theme."""

    heading: str
    caption: str
    subjects: tuple[StandingSubject, ...]


class StandingPlace(NamedTuple):
    """One borough: ``text`` links to what lies beyond a limit, side by side, or says that nothing does."""

    slug: str
    name: str
    href: str
    text: str | Markup


class StandingKind(NamedTuple):
    """Figures of one kind. ``tag``: illustrative, or empty. ``sentences``: how many were compared, how many by chance, and
    how many could not be. ``file``: every comparison as a table."""

    slug: str
    heading: str
    tag: str
    sentences: tuple[str, ...]
    themes: tuple[StandingTheme, ...]
    places_heading: str
    places: tuple[StandingPlace, ...]
    file: File


@dataclass(frozen=True, slots=True)
class StandsOutPage:
    """Every borough beyond the usual variation, by indicator and by borough. ``method``: comparator and levels."""

    template: ClassVar[str] = "stands_out"
    answers: ClassVar[tuple[str, ...]] = ("lead", "how")
    frame: Frame
    heading: str
    lead: str
    local: tuple[Link, ...]
    method: tuple[str | Markup, ...]
    kinds: tuple[StandingKind, ...]
    empty: str


class ProfileRow(NamedTuple):
    """One indicator of one borough on one line.

    ``london``, ``neighbours``: None where the two are not compared. ``inside``: how many boroughs are in London's, such as
    ``29 of 33``, where some are not. ``reason``: why there is no figure at all, then
    ``value`` is None. ``mark``: whether it was published or returned. ``change``: the word of the trend, or why none.
    """

    code: str
    title: str
    href: str
    value: Value | None
    unit: str
    period: str
    london: Value | None
    inside: str
    neighbours: Value | None
    variation: Variation
    change: str
    mark: str
    reason: str


class ProfileObjective(NamedTuple):
    """An aim of a theme and its indicators."""

    title: str
    rows: tuple[ProfileRow, ...]


class ProfileTable(NamedTuple):
    """Indicators of one kind under a theme. ``tag``: illustrative, or empty."""

    heading: str
    tag: str
    caption: str
    objectives: tuple[ProfileObjective, ...]


class ProfileTheme(NamedTuple):
    """One theme."""

    slug: str
    title: str
    href: str
    tables: tuple[ProfileTable, ...]


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Every indicator of one borough on one line, under theme and objective. ``notes``: how to read a line."""

    template: ClassVar[str] = "profile"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    kicker: Link
    heading: str
    lead: str
    local: tuple[Link, ...]
    notes: tuple[str, ...]
    themes: tuple[ProfileTheme, ...]
    files: tuple[File, ...]
