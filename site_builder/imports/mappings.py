"""What a mapping says: which column of which file of a published release becomes which series.

One mapping a release. A later release with other names gets one of its own, never a second guess in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.symbols import Withheld

PERIODS = ("year", "snapshot-31-march", "last-day")
POPULATION = "population"
PROVENANCE = ("publisher", "title", "published_on", "licence", "attribution")
RETRIEVED = ("repository", "path", "commit")
ROUNDING = {"local-authority": 1, "region": 10, "national": 10}  # of counts; what the DfE does


@dataclass(frozen=True, slots=True)
class CategoryCell:
    """In a long table: the figure named ``name`` is in ``column`` of the row whose filters hold ``where``."""

    name: str
    column: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One series. ``numerator`` names figures that are added up; ``denominator`` is a figure, ``population`` or empty.

    ``published`` names the rate or percentage as printed; without a denominator it is passed through as it is.
    ``period`` says whether the figure is of the year or of its last day. ``zero_query``: whether no case at all among a
    hundred is doubted. ``per``: what a printed value is per; 0 means 10,000 of a population and 100 of another figure.
    """

    id: str
    numerator: tuple[str, ...]
    denominator: str
    published: str
    period: str
    zero_query: bool = False
    per: int = 0

    @property
    def is_rate(self) -> bool:
        """Whether it divides by a population."""
        return self.denominator == POPULATION


@dataclass(frozen=True, slots=True)
class Parts:
    """Figures that add up to another of the same table, but for cases without a code."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One file: how it is found again, what its columns are called, and what becomes of them.

    ``columns`` maps our names to the publisher's (wide tables); ``filters`` and ``cells`` read long tables, whose
    categories that are not used are named in ``skip``. ``years`` are the first and last year of its ``time`` encoding.

    ``skip_levels``: printed levels of places whose rows are left alone; ``levels``: what other words for levels mean;
    ``printed_names``: code to the name that this publisher prints; ``blank``: column to the reason of an empty cell in it;
    ``place_column``: the column with the codes of places, where a publisher may
    choose it, and ``country`` the place of a row without one. ``meta``: the file that describes this one, its checksum, and
    ``definition`` what a definition of its indicator says beyond it.
    """

    name: str
    file: str
    sha256: str
    retrieved_from: Mapping[str, str]
    time: str
    years: tuple[int, int]
    ignore: frozenset[str]
    columns: Mapping[str, str]
    filters: tuple[str, ...]
    cells: tuple[CategoryCell, ...]
    skip: frozenset[tuple[str, ...]]
    series: tuple[Series, ...]
    parts: tuple[Parts, ...]
    percentages: frozenset[str]  # names of figures that are no counts
    neighbours: NeighbourColumns | None = None
    covariate: Covariate | None = None
    skip_levels: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)
    printed_names: Mapping[str, str] = field(default_factory=dict)
    blank: Mapping[str, Withheld] = field(default_factory=dict)
    country: str = ""
    place_column: str = ""
    meta: str = ""
    meta_sha256: str = ""
    definition: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Our names of its figures."""
        return (*self.columns, *(cell.name for cell in self.cells))


@dataclass(frozen=True, slots=True)
class NeighbourColumns:
    """Where a table of neighbours keeps them. With ``width`` the columns are positions from 0, else names.

    ``until`` is a text that ends the list; ``year`` the reporting year whose authorities the codes mean.
    """

    authority: str | int
    neighbours: tuple[str | int, ...]
    closeness: tuple[str | int, ...]
    year: int
    width: int = 0
    until: str = ""


@dataclass(frozen=True, slots=True)
class Covariate:
    """A table of one number an authority, in the columns named ``code``, ``name`` and ``value``.

    ``measure``: what the number is; ``noun``: the same in a word inside a sentence; ``areas``: of which places, in words.
    ``year``: the reporting year whose authorities the codes mean.
    """

    measure: str
    noun: str
    areas: str
    year: int


COVARIATE_COLUMNS = ("code", "name", "value")


@dataclass(frozen=True, slots=True)
class Correction:
    """A publisher's mistake put right: this figure, printed ``was``, is taken as ``becomes``."""

    table: str
    area: str
    year: int
    series: str
    measure: str
    was: str
    becomes: str
    reason: str
    reference: str
    decided: date


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query that was looked into: rule, place, year (for I602 the period's id) and where, with the answer."""

    rule: str
    area: str
    year: int | str
    where: str  # a series, or a table
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Totals in which the publisher carries an earlier figure of an area that sent none."""

    area: str
    from_year: int
    years: tuple[int, ...]
    totals: tuple[str, ...]
    note: str
    area_note: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """An area left out of some series for a year, as the release's guidance says."""

    area: str
    year: int
    series: tuple[str, ...]
    totals: tuple[str, ...]
    note: str
    reference: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a source, in a form that is read.

    ``symbols`` maps each printed symbol to its reason, ``closeness`` each band to ours, ``remarks`` what a publisher
    writes beside a figure to what it means: a reason, ``e`` for an estimate, or ``shown``. ``rounding``: to what counts
    of each level are rounded. ``in_full``: whether values are printed with all their places, so that they are compared
    at the places of ``rate_dp`` and ``percentage_dp``.
    """

    form: str
    source: str
    release: str
    version: int
    provenance: Mapping[str, Any]  # publisher, title, published_on, licence, attribution
    population: str
    rate_dp: int
    percentage_dp: int
    symbols: Mapping[str, Withheld]
    closeness: Mapping[str, str]
    tables: tuple[Table, ...]
    same: tuple[tuple[str, ...], ...] = ()
    corrections: tuple[Correction, ...] = ()
    explained: tuple[Explanation, ...] = ()
    carried: tuple[Carried, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    rounding: Mapping[str, int] = field(default_factory=lambda: dict(ROUNDING))
    in_full: bool = False

    @property
    def series(self) -> tuple[Series, ...]:
        """Every series of every table, in order of id."""
        return tuple(sorted((s for table in self.tables for s in table.series), key=lambda series: series.id))
