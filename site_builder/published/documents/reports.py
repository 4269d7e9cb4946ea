"""Reports in ``content/reports/``: text with placeholders for figures, a register of services, studies of practice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.published.documents.heads import day, head_of, known, one_of, rows_of
from site_builder.published.documents.typed import typed
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.refusals import ConfigurationError

FOLDER = "content/reports"
_FIGURE = re.compile(r"\{\{\s*fig\s+(\w+)")
_SHOWN = re.compile(r"\{\{\s*(?:chart|boroughs)\s+([^{}]*)\}\}")
STATES = ("draft", "current", "withdrawn")
_SERVICE = ("service", "agency", "areas", "kind", "source", "checked_on")
_CASE = ("title", "agency", "areas", "source", "checked_on")


class Service(NamedTuple):
    """A service that exists, as its source says. ``areas``: slugs of boroughs."""

    service: str
    agency: str
    areas: tuple[str, ...]
    kind: str
    source: str
    checked_on: date


class Case(NamedTuple):
    """A study of practice: of a service, never of a child. ``text``: Markdown."""

    title: str
    agency: str
    areas: tuple[str, ...]
    source: str
    checked_on: date
    text: str


class Report(NamedTuple):
    """A report. ``file``: where its text stands; ``aliases``: lay words to find it by; ``review_date``: when somebody is to read it again; ``status``: one of
    STATES."""

    slug: str
    file: str
    title: str
    summary: str
    aliases: tuple[str, ...]
    review_date: date
    status: str
    text: str
    services: tuple[Service, ...]
    cases: tuple[Case, ...]

    @property
    def series(self) -> frozenset[str]:
        """The series whose figures stand in its text, its charts and its tables of boroughs."""
        return frozenset(
            (*_FIGURE.findall(self.text), *(code for codes in _SHOWN.findall(self.text) for code in codes.split()))
        )


def load_reports(root: Path, areas: Areas) -> tuple[Report, ...]:
    """Every report in order of name. Raises ConfigurationError: A101 for a key, state or area that is not known, A103 for
    typed figures."""
    return tuple(_report(root, path, areas) for path in sorted((root / FOLDER).glob("*.md")))


def _report(root: Path, path: Path, areas: Areas) -> Report:
    name, head, text = head_of(root, path, ("title", "summary", "aliases", "review_date", "status"))
    folder = path.with_suffix("")
    made = Report(
        path.stem,
        name,
        head["title"],
        head["summary"],
        tuple(head["aliases"]),
        day(head["review_date"], name, "review_date"),
        one_of(head["status"], STATES, name, "The status"),
        text,
        tuple(_service(row, f"{FOLDER}/{path.stem}/provision.toml", areas) for row in rows_of(root, folder / "provision.toml", "service", _SERVICE)),
        tuple(_case(root, case, areas) for case in sorted((folder / "cases").glob("*.md"))),
    )  # fmt: skip
    for whole in (path, folder / "provision.toml", *sorted((folder / "cases").glob("*.md"))):
        _refuse_typed(root, whole)
    return made


def _refuse_typed(root: Path, path: Path) -> None:
    if path.is_file() and (found := typed(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())):
        raise ConfigurationError(*found)


def _service(row: Mapping[str, Any], file: str, areas: Areas) -> Service:
    return Service(
        row["service"], row["agency"], known(row["areas"], areas.by_slug, file, "A service names areas"), row["kind"],
        row["source"], day(row["checked_on"], file, "checked_on"),
    )  # fmt: skip


def _case(root: Path, path: Path, areas: Areas) -> Case:
    name, head, text = head_of(root, path, _CASE)
    return Case(
        head["title"], head["agency"], known(head["areas"], areas.by_slug, name, "A study names areas"), head["source"],
        day(head["checked_on"], name, "checked_on"), text,
    )  # fmt: skip
