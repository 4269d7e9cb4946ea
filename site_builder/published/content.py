"""The prose of the site, read once: articles, themes, decision records, glossary, rules. The only reader of ``content/``
besides the catalogue and the list of known differences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.published.accessibility import BrowserRun, read_record
from site_builder.published.pictures import checked
from site_builder.published.redirects import FILE as REDIRECTS
from site_builder.published.redirects import Redirect, parse_redirects
from site_builder.published.settings import FILE, Settings, parse_settings
from site_builder.vocabulary.frontmatter import mistake, split

RULES_FILE = "content/about/submitting/rules.json"


class Article(NamedTuple):
    """A page of prose: its path on the site, title, first line, and Markdown."""

    path: str
    title: str
    summary: str
    text: str


class Objective(NamedTuple):
    """An aim of a theme and the indicators that speak to it."""

    code: str
    title: str
    indicators: tuple[str, ...]


class Theme(NamedTuple):
    """One of the eight themes: its objectives, and the narrative in Markdown."""

    code: str
    title: str
    order: int
    objectives: tuple[Objective, ...]
    text: str


class DecisionRecord(NamedTuple):
    """A record of a choice made in building the site."""

    stem: str
    number: int
    title: str
    date: date
    status: str
    text: str


class RuleText(NamedTuple):
    """A rule in words, as ``explain --all --format json`` writes it."""

    code: str
    severity: str
    stage: str
    title: str
    parts: Mapping[str, str]


class GlossaryEntry(NamedTuple):
    """A term and its sentence."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """All prose."""

    settings: Settings
    articles: tuple[Article, ...]
    themes: Mapping[str, Theme]
    decisions: tuple[DecisionRecord, ...]
    rules: tuple[RuleText, ...]
    glossary: tuple[GlossaryEntry, ...]
    drawings: Mapping[str, str]  # SVG by the path of its file
    redirects: tuple[Redirect, ...] = ()
    tested: BrowserRun | None = None  # what the browser tests found when they were last recorded


def load_content(root: Path) -> Content:
    """The prose of a checkout. Raises ConfigurationError (A101) that names the file and what is wrong with it."""
    return Content(
        settings=parse_settings(_text(root, FILE)),
        articles=tuple(_article(root, path) for path in sorted((root / "content/about").rglob("*.md"))),
        themes={
            theme.code: theme for theme in (_theme(root, p) for p in sorted((root / "content/themes").glob("*.md")))
        },
        decisions=tuple(_decision(root, path) for path in sorted((root / "content/decisions").glob("*.md"))),
        rules=_rules(_text(root, RULES_FILE)),
        glossary=_glossary(_text(root, "GLOSSARY.md")),
        drawings=dict(_drawing(root, path) for path in sorted((root / "content/about").rglob("*.svg"))),
        redirects=parse_redirects(_text(root, REDIRECTS)),
        tested=read_record(root),
    )


def _text(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except OSError as error:
        raise mistake(name, "The file cannot be read.", "Restore it from the repository.") from error


def _head(root: Path, path: Path, keys: set[str]) -> tuple[dict[str, Any], str, str]:
    name = path.relative_to(root).as_posix()
    head, text = split(_text(root, name), name)
    if set(head) != keys:
        odd = ", ".join(sorted(set(head) ^ keys))
        raise mistake(name, f"The head lacks, or should not have: {odd}.", "Compare it with a neighbouring file.")
    return head, text, name


def _article(root: Path, path: Path) -> Article:
    head, text, name = _head(root, path, {"title", "summary", "order"})
    return Article(name.removeprefix("content/").removesuffix(".md") + ".html", head["title"], head["summary"], text)


def _drawing(root: Path, path: Path) -> tuple[str, str]:
    name = path.relative_to(root).as_posix()
    return name, checked(_text(root, name), name)


def _theme(root: Path, path: Path) -> Theme:
    head, text, _ = _head(root, path, {"code", "title", "order", "objectives"})
    objectives = tuple(Objective(o["code"], o["title"], tuple(o["indicators"])) for o in head["objectives"])
    return Theme(head["code"], head["title"], head["order"], objectives, text)


def _decision(root: Path, path: Path) -> DecisionRecord:
    head, text, _ = _head(root, path, {"number", "title", "date", "status"})
    return DecisionRecord(path.stem, head["number"], head["title"], head["date"], head["status"], text)


def _rules(text: str) -> tuple[RuleText, ...]:
    return tuple(
        RuleText(rule["code"], rule["severity"], rule["stage"], rule["title"], rule["parts"])
        for rule in json.loads(text)["rules"]
    )


def _glossary(text: str) -> tuple[GlossaryEntry, ...]:
    entries = []
    for line in text.splitlines():
        if line.startswith("- **"):
            term, _, words = line.removeprefix("- **").partition("**: ")
            entries.append(GlossaryEntry(term, words))
    return tuple(sorted(entries, key=lambda entry: entry.term.casefold()))
