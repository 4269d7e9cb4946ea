"""How much of a release is hidden, and how finely it is published: read from its printed cells and its structure alone.

Nothing is said that counting the marks of the published table would not say: one mark, one count, no reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.release.cells import PublicCells
from site_builder.release.releases import Release
from site_builder.release.structure import Form
from site_builder.vocabulary.areas import ENGLAND, LONDON, PARTS
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.symbols import Withheld

BOROUGH, HALVES, WHOLE = HERE.area_key, "inner-outer", HERE.key
LEVELS = (BOROUGH, HALVES, WHOLE)
EVERY = "all"  # every indicator, or every level
_TOTALS = {**dict.fromkeys(PARTS, HALVES), LONDON: WHOLE}
_GRAINS = {
    "quarters-and-year": "quarter and year",
    "snapshots": "day",
    "year-of-quarters": "year only, sent by quarter",
    "year": "year",
}
_WIDER = {HALVES: f"{HERE.parts_name} and {HERE.name} only", WHOLE: f"{HERE.name} only"}


class Tally(NamedTuple):
    """Counts of one indicator at one level; either may be EVERY. ``other``: neither printed nor hidden, such as a
    return that did not come. ``published``: how finely, in words; empty for EVERY indicator."""

    indicator: str
    level: str
    printed: int
    hidden: int
    other: int
    published: str

    @property
    def figures(self) -> int:
        """All of them."""
        return self.printed + self.hidden + self.other


def tallies(release: Release) -> tuple[Tally, ...]:
    """A tally of each indicator and level that has figures, then of EVERY indicator by level and in all."""
    seen: Counter[tuple[str, str, str]] = Counter()
    forms = release.structure.indicators
    for cell in release.cells:
        for code in (cell.key.indicator, EVERY):
            for level in (level_of(cell.key.area), EVERY):
                seen[code, level, cell.withheld] += 1
    published = {code: finely(forms[code], release.cells.of_indicator(code)) for code in release.cells.indicators()}
    return tuple(
        _tally(seen, code, level, published.get(code, ""))
        for code in (*published, EVERY)
        for level in (*LEVELS, *((EVERY,) if code == EVERY else ()))
        if any(key[:2] == (code, level) for key in seen)
    )


def level_of(area: str) -> str:
    """One of LEVELS. Raises KeyError for the country, of which no release holds a figure."""
    if area == ENGLAND:
        raise KeyError(area)
    return _TOTALS.get(area, BOROUGH)


def finely(form: Form, cells: PublicCells) -> str:
    """How finely an indicator is published: ``quarter and year``, or ``year only, sent by quarter; London only``."""
    return "; ".join((_GRAINS[form.grain], *_wider_only(cells)))


def coarser(form: Form, cells: PublicCells) -> tuple[str, ...]:
    """In which ways an indicator is published more coarsely than boroughs send it, in words; mostly none."""
    by_year = ("by year only, though sent by quarter",) if form.grain == "year-of-quarters" else ()
    return (*by_year, *(f"for {area}" for area in _wider_only(cells)))


def _wider_only(cells: PublicCells) -> Iterator[str]:
    levels = {level_of(area) for area in cells.frame["area"].unique()}
    finest = min(levels, key=LEVELS.index, default=BOROUGH)
    if finest != BOROUGH:
        yield _WIDER[finest]


def _tally(seen: Counter[tuple[str, str, str]], code: str, level: str, published: str) -> Tally:
    counts = {mark: number for (c, at, mark), number in seen.items() if (c, at) == (code, level)}
    printed, hidden = counts.get("", 0), counts.get(Withheld.CONFIDENTIAL.value, 0)
    return Tally(code, level, printed, hidden, sum(counts.values()) - printed - hidden, published)
