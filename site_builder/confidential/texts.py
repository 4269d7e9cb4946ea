"""The optional texts of returns on their way into a release: kept beside what is printed, dropped beside what is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.standards import OPTIONAL_FILES, Standards
from site_builder.release.bases import HIDDEN
from site_builder.release.cells import PublicCells
from site_builder.release.texts import OF_FIGURES, About, TextTable
from site_builder.vocabulary.periods import Period


class Text(NamedTuple):
    """One row of an optional file. ``about``: the figure that it speaks of, whose period may be a day or the year of
    the return's quarter; None when it speaks of none."""

    file: str
    area: str  # empty when a partner of many boroughs sent it
    submitter: str
    period: Period
    cells: tuple[str, ...]
    about: About | None


def texts_of(package: ReturnPackage, place: Mapping[str, str]) -> Iterator[Text]:
    """The texts of a return. ``place``: the period of the printed figure by indicator."""
    submitter, period = package.particulars.submitter, package.particulars.period
    own = submitter.area
    for file, rows in package.texts.items():
        for row in rows:
            about = None
            if file in OF_FIGURES and row["indicator"] and own is not None:
                about = About(own.code, row["indicator"], place.get(row["indicator"], str(period)))
            yield Text(file, own.code if own is not None else "", submitter.slug, period, row.cells, about)


def crossing(texts: Iterable[Text], cells: PublicCells, standards: Standards, until: Period) -> dict[str, TextTable]:
    """The tables of texts that a release holds, by file; files without rows are left out.

    A text about a figure crosses only beside a figure that is printed, or that is missing for a reason which is.
    """
    marks = _marks(cells)
    rows: dict[str, list[tuple[str, ...]]] = {}
    for text in texts:
        if text.period.end <= until.end and (text.about is None or _is_safe(text.about, marks)):
            period = str(text.period) if text.about is None else text.about.period
            rows.setdefault(text.file, []).append((text.area, text.submitter, period, *text.cells))
    return {
        file: TextTable(standards.schemas[file].descriptor, sorted(rows[file]))
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
