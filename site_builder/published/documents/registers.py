"""Registers: local indicators, sources by agency, duties, and which indicators stand on score cards."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.published.documents.heads import known, rows_of
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.frontmatter import mistake

LOCAL = "datapackages/reference/local-indicators/local.csv"
SOURCES = "datapackages/reference/sources/sources.csv"
DUTIES = "content/about/duties.toml"
_CODE = re.compile(r"[A-Z]{1,2}\d+[a-z]?\d?")


class LocalIndicator(NamedTuple):
    """What one borough counts for itself: a definition, never a figure. ``matches``: a code of the catalogue, or any
    word that rows which count the same thing share; empty for one that is like no other."""

    area: str
    title: str
    agency: str
    frequency: str
    numerator: str
    denominator: str
    since: str
    matches: str


class SourceRow(NamedTuple):
    """An agency of the catalogue: its data, how well they fit boroughs, after how many days they come (or empty), under
    which licence, and the role to ask."""

    agency: str
    dataset: str
    geography_fit: str
    lag_days: str
    licence: str
    contact_role: str


class Duty(NamedTuple):
    """A duty of safeguarding partners and the indicators that bear on it; none where no count can."""

    title: str
    indicators: tuple[str, ...]


def load_local(root: Path, areas: Areas, codes: Collection[str]) -> tuple[LocalIndicator, ...]:
    """The register of local indicators. Raises ConfigurationError (A101) for a column, an area or a code that is not
    known: what looks like a code must be one."""
    made = [LocalIndicator(*row) for row in _rows(root, LOCAL, LocalIndicator._fields)]
    known({one.area for one in made}, areas.by_slug, LOCAL, "It names areas")
    known({one.matches for one in made if _CODE.fullmatch(one.matches)}, codes, LOCAL, "It matches indicators")
    return tuple(made)


def measures(local: Sequence[LocalIndicator]) -> Mapping[str, tuple[LocalIndicator, ...]]:
    """The rows of each measure. Rows with the same ``matches`` are one; a row without stands for itself."""
    found: defaultdict[str, list[LocalIndicator]] = defaultdict(list)
    for place, one in enumerate(local):
        found[one.matches or f"row {place}"].append(one)
    return {name: tuple(rows) for name, rows in found.items()}


def load_sources(root: Path, agencies: Collection[str]) -> tuple[SourceRow, ...]:
    """The register of sources. Raises ConfigurationError (A101) when an agency of the catalogue has no row, or a row
    none."""
    made = tuple(SourceRow(*row) for row in _rows(root, SOURCES, SourceRow._fields))
    names = {one.agency for one in made}
    if made and (missing := sorted(set(agencies) - names)):
        raise mistake(SOURCES, f"An agency of the catalogue has no row: {', '.join(missing)}.", "Add one for each.")
    known(names, agencies, SOURCES, "It names agencies")
    return made


def load_duties(root: Path, codes: Collection[str]) -> tuple[Duty, ...]:
    """The duties in their own order. Raises ConfigurationError (A101) for an indicator that is not known."""
    rows = rows_of(root, root / DUTIES, "duty", ("title", "indicators"))
    return tuple(Duty(row["title"], known(row["indicators"], codes, DUTIES, "A duty names indicators")) for row in rows)


def _rows(root: Path, name: str, columns: Sequence[str]) -> list[list[str]]:
    """The rows of a table whose header is exactly ``columns``; none where there is no file."""
    path = root / name
    if not path.is_file():
        return []
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    if header != list(columns) or any(len(row) != len(columns) for row in rows):
        raise mistake(name, "A row has other columns than expected.", f"Have exactly: {', '.join(columns)}.")
    return rows
