"""The optional texts of returns on their way into a release: kept beside what is printed, dropped beside what is hidden."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.standards import OPTIONAL_FILES, Standards, TableSchema
from site_builder.release.bases import HIDDEN
from site_builder.release.cells import PublicCells
from site_builder.release.texts import MARKS, About, TextTable
from site_builder.vocabulary.periods import Period


class Text(NamedTuple):
    """One row of an optional file. ``of``: the period that it stands under, that of its figure or of the return.
    ``about``: every figure that it speaks of, its own first; the period of one may be a day or the year of the return's
    quarter. ``bare``: the cells without their words, where the rest may cross without them; else None."""

    file: str
    area: str  # empty when a partner of many boroughs sent it
    submitter: str
    period: Period
    of: str
    cells: tuple[str, ...]
    about: tuple[About, ...]
    bare: tuple[str, ...] | None = None


def texts_of(package: ReturnPackage, place: Mapping[str, str], standards: Standards) -> Iterator[Text]:
    """The texts of a return. ``place``: the period of the printed figure by indicator."""
    submitter, period = package.particulars.submitter, package.particulars.period
    own = submitter.area
    for file, rows in package.texts.items():
        schema = standards.schemas[file]
        for row in rows:
            codes = _named(row, schema, standards)
            areas = [row["area_code"]] if "area_code" in schema.columns else [area.code for area in submitter.areas]
            about = tuple(About(area, code, place.get(code, str(period))) for code in codes for area in areas)
            own_code = row["indicator"] if "indicator" in schema.columns else ""
            of = place.get(own_code, str(period)) if own_code else str(period)
            bare = tuple("" if c in schema.texts else row[c] for c in schema.columns) if file == MARKS else None
            yield Text(file, own.code if own is not None else "", submitter.slug, period, of, row.cells, about, bare)


def _named(row: Row, schema: TableSchema, standards: Standards) -> list[str]:
    """The indicators that a row is about and that its words name, its own first. A code in words counts however it is
    written."""
    own = [row["indicator"]] if "indicator" in schema.columns and row["indicator"] else []
    named = codes_in(" ".join(row[column] for column in schema.texts), standards.collected)
    return [*own, *(code for code in named if code not in own)]


def codes_in(words: str, codes: Iterable[str]) -> list[str]:
    """Those of the codes that words name."""
    said = words.casefold()
    return [code for code in codes if re.search(rf"\b{re.escape(code.casefold())}\b", said)]


def crossing(texts: Iterable[Text], cells: PublicCells, standards: Standards, until: Period) -> dict[str, TextTable]:
    """The tables of texts that a release holds, by file; files without rows are left out.

    A text about figures crosses only beside figures that are printed, or that are missing for a reason which is; one
    about an indicator of which the release holds nothing crosses, too. Of
    several rows with one key, as when a rolling year is spoken of in each of its quarters, the latest return's stands.
    """
    marks, printed = _marks(cells), set(cells.indicators())
    rows: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for text in sorted(texts, key=lambda one: one.period):
        safe = all(_is_safe(about, marks) for about in text.about if about.indicator in printed)
        said = text.cells if safe else text.bare
        if text.period.end <= until.end and said is not None:
            schema = standards.schemas[text.file]
            cell = dict(zip(schema.columns, said, strict=True))
            key = (text.submitter, text.of, *(cell[column] for column in schema.descriptor["primaryKey"]))
            rows.setdefault(text.file, {})[key] = (text.area, text.submitter, text.of, *said)
    return {
        file: TextTable(standards.schemas[file].descriptor, sorted(rows[file].values()))
        for file in OPTIONAL_FILES
        if file in rows
    }


def _is_safe(about: About, marks: Mapping[About, Collection[str]]) -> bool:
    return about in marks and HIDDEN not in marks[about]


def _marks(cells: PublicCells) -> dict[About, set[str]]:
    found: dict[About, set[str]] = {}
    for key, _, withheld, _ in cells:
        found.setdefault(About(key.area, key.indicator, key.period), set()).add(withheld)
    return found
