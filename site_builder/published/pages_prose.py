"""Pages of words: articles, decisions, rules, glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.pages_parts import Frame, Link


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of prose. ``summary``: its first line. ``contents``: second-level headings as links. ``body``: HTML."""

    template: ClassVar[str] = "article"
    frame: Frame
    heading: str
    summary: str
    contents: tuple[Link, ...]
    body: Markup


class DecisionRow(NamedTuple):
    """A dated decision. ``about``: the indicator or the page it concerns."""

    date: str
    about: Link
    decided: str
    reason: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """All decisions, the latest first; ``open_heading`` and ``open_items`` list what is not yet settled."""

    template: ClassVar[str] = "decisions"
    frame: Frame
    heading: str
    lead: str
    decisions: tuple[DecisionRow, ...]
    open_heading: str
    open_items: tuple[DecisionRow, ...]


class RuleLine(NamedTuple):
    """A rule in a list. ``checks``: what it looks at; ``severity``: in words."""

    id: str
    href: str
    title: str
    checks: Markup
    severity: str


class RuleGroup(NamedTuple):
    """Rules of one stage of the check, and what the stage is about."""

    slug: str
    heading: str
    text: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All rules that a return or a package is checked against. ``stages``: links to the groups."""

    template: ClassVar[str] = "rules"
    frame: Frame
    heading: str
    lead: str
    stages: tuple[Link, ...]
    groups: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule: what it checks, why, an invented example, how to mend it, and how with the program (empty where it
    does not help). ``others``: the other rules of its stage."""

    template: ClassVar[str] = "rule"
    frame: Frame
    kicker: str
    heading: str
    severity: str
    checks: Markup
    matters: Markup
    example: Markup
    fix: Markup
    program: Markup
    others_heading: str
    others: tuple[Link, ...]
    every: Link


class Entry(NamedTuple):
    """A word of the glossary. ``slug`` is its anchor."""

    slug: str
    term: str
    text: str | Markup


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Words used on the site, A to Z."""

    template: ClassVar[str] = "glossary"
    frame: Frame
    heading: str
    lead: str
    entries: tuple[Entry, ...]
