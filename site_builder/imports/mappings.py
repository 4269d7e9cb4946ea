"""The mapping of one published release: which column of which file becomes which series. Declarative TOML, read strictly.

One file a release. A later release with other names gets a file of its own, never a second guess in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.imports.ees import ENCODINGS
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.symbols import Withheld

SOURCES = ("dfe-cin", "dfe-cla", "ons-mye", "dfe-neighbours", "imd")
PERIODS = ("year", "snapshot-31-march")
POPULATION = "population"


@dataclass(frozen=True, slots=True)
class CategoryCell:
    """In a long table: the figure named ``name`` is in ``column`` of the row whose filters hold ``where``."""

    name: str
    column: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One series. ``numerator`` names figures that are added up; ``denominator`` is a figure, ``population`` or empty.

    ``published`` names the rate or percentage as printed; ``period`` says whether the figure is of the year or of its
    last day. ``zero_query``: whether no case at all among a hundred is doubted.
    """

    id: str
    numerator: tuple[str, ...]
    denominator: str
    published: str
    period: str
    zero_query: bool = False

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
    """A release of a source. ``symbols`` maps each printed symbol to its reason, or a band of closeness to ours."""

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

    @property
    def series(self) -> tuple[Series, ...]:
        """Every series of every table, in order of id."""
        return tuple(sorted((s for table in self.tables for s in table.series), key=lambda series: series.id))


PROVENANCE = ("publisher", "title", "published_on", "licence", "attribution")
RETRIEVED = ("repository", "path", "commit")
_RELEASE_KEYS = {
    "source", "release", "mapping_version", "population", "printed", "symbols", "closeness", "table", "same",
    "correction", "explained", "carried", "excluded", *PROVENANCE,
}  # fmt: skip
_TABLE_KEYS = {
    "name", "file", "sha256", "time", "years", "ignore", "columns", "filters", "cell", "skip", "series", "parts",
    "percentages", "neighbours", "covariate", *RETRIEVED,
}  # fmt: skip


def parse_mapping(text: str, file: str) -> Release:
    """The release of a mapping file. Raises ConfigurationError (A101) for an unknown or missing key or a wrong value.

    Missing provenance is not refused here: it is a finding of its own (I701).
    """
    try:
        head = tomllib.loads(text)
        return _release(head)
    except tomllib.TOMLDecodeError as error:
        raise mistake(file, f"The mapping is not valid TOML: {error}.", "Mend it; compare with another.") from error
    except KeyError as error:
        raise mistake(file, f"The mapping lacks {error.args[0]}.", "Add it; compare with another mapping.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise mistake(
            file, f"The mapping holds something that is not allowed: {error}.", "Compare it with another mapping."
        ) from error


def _release(head: dict[str, Any]) -> Release:
    _only(head, _RELEASE_KEYS, "the mapping")
    printed = head.get("printed", {})
    _only(printed, {"rate_dp", "percentage_dp"}, "printed")
    release = Release(
        source=_one_of(head["source"], SOURCES),
        release=head["release"],
        version=int(head["mapping_version"]),
        provenance={key: head[key] for key in PROVENANCE if head.get(key)},
        population=head.get("population", ""),
        rate_dp=int(printed.get("rate_dp", 1)),
        percentage_dp=int(printed.get("percentage_dp", 1)),
        symbols={symbol: Withheld(reason) for symbol, reason in head.get("symbols", {}).items()},
        closeness=dict(head.get("closeness", {})),
        tables=tuple(_table(entry) for entry in head["table"]),
        same=tuple(tuple(group) for group in head.get("same", ())),
        corrections=tuple(_correction(entry) for entry in head.get("correction", ())),
        explained=tuple(Explanation(**entry) for entry in head.get("explained", ())),
        carried=tuple(Carried(**_tuples(entry)) for entry in head.get("carried", ())),
        excluded=tuple(Excluded(**_tuples(entry)) for entry in head.get("excluded", ())),
    )
    _consistent(release)
    return release


def _table(entry: dict[str, Any]) -> Table:
    _only(entry, _TABLE_KEYS, "a table")
    first, last = entry.get("years", (0, 0))
    neighbours, covariate = entry.get("neighbours"), entry.get("covariate")
    return Table(
        name=entry["name"],
        file=entry["file"],
        sha256=entry["sha256"],
        retrieved_from={key: entry[key] for key in RETRIEVED if entry.get(key)},
        time=_one_of(entry["time"], tuple(ENCODINGS)) if not (neighbours or covariate) else "",
        years=(int(first), int(last)),
        ignore=frozenset(entry.get("ignore", ())),
        columns=dict(entry.get("columns", {})),
        filters=tuple(entry.get("filters", ())),
        cells=tuple(CategoryCell(c["name"], c["column"], tuple(c["where"])) for c in entry.get("cell", ())),
        skip=frozenset(tuple(values) for values in entry.get("skip", ())),
        series=tuple(_series(series) for series in entry.get("series", ())),
        parts=tuple(Parts(p["whole"], tuple(p["parts"])) for p in entry.get("parts", ())),
        percentages=frozenset(entry.get("percentages", ())),
        neighbours=NeighbourColumns(**_tuples(neighbours)) if neighbours else None,
        covariate=Covariate(**covariate) if covariate else None,
    )


def _series(entry: dict[str, Any]) -> Series:
    _only(entry, {"id", "numerator", "denominator", "published", "period", "zero_query"}, "a series")
    return Series(
        id=entry["id"],
        numerator=tuple(entry["numerator"]),
        denominator=entry.get("denominator", ""),
        published=entry.get("published", ""),
        period=_one_of(entry["period"], PERIODS),
        zero_query=bool(entry.get("zero_query", False)),
    )


def _correction(entry: dict[str, Any]) -> Correction:
    renamed = {{"from": "was", "to": "becomes"}.get(key, key): value for key, value in entry.items()}
    return Correction(**renamed)


def _consistent(release: Release) -> None:
    """Every name that is used is declared, and declared once."""
    tables, ids = [table.name for table in release.tables], [series.id for series in release.series]
    if len(set(tables)) < len(tables) or len(set(ids)) < len(ids):
        raise ValueError("a table or a series is declared twice")
    for table in release.tables:
        if (table.covariate is not None) != (release.source == "imd"):
            raise ValueError("a covariate is what a table of imd holds, and no other")
        if table.covariate and tuple(table.columns) != COVARIATE_COLUMNS:
            raise ValueError(f"a covariate needs the columns {', '.join(COVARIATE_COLUMNS)}, in that order")
        names = set(table.names)
        if len(names) < len(table.names):
            raise ValueError("a figure of a table is named twice")
        used = {name for series in table.series for name in (*series.numerator, series.denominator, series.published)}
        used |= {name for parts in table.parts for name in (parts.whole, *parts.parts)} | table.percentages
        if not used - {"", POPULATION} <= names:
            raise ValueError("a series or sum uses a figure that its table does not name")
    known = {f"{table.name}.{name}" for table in release.tables for name in table.names}
    if not {name for group in release.same for name in group} <= known:
        raise ValueError("same names a figure that is not declared")
    if any(correction.series not in ids for correction in release.corrections):
        raise ValueError("a correction names a series that is not declared")


def _only(entry: Mapping[str, Any], allowed: set[str], what: str) -> None:
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise ValueError(f"{what} has keys that are not known: {', '.join(unknown)}")


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"one of {', '.join(allowed)} is wanted")
    return value


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
