"""The mapping of a release read from its file: declarative TOML, read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from site_builder.imports.cells import Unreadable, read_cell
from site_builder.imports.mappings import (
    PERIODS,
    POPULATION,
    PROVENANCE,
    RETRIEVED,
    ROUNDING,
    Carried,
    CategoryCell,
    Correction,
    Covariate,
    Excluded,
    Explanation,
    NeighbourColumns,
    Parts,
    Release,
    Series,
    Table,
)
from site_builder.imports.registry import FORMS
from site_builder.imports.releases import ESTIMATED, SHOWN, Form
from site_builder.imports.times import ENCODINGS, YEARS
from site_builder.vocabulary.areas import Level
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.symbols import Withheld

_SOURCE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)  # both are names of folders
_RELEASE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*", re.ASCII)
PLACES = 10  # fewer than these after the point
_REMARKS = (SHOWN, ESTIMATED, *(reason.value for reason in Withheld))
_RELEASE_KEYS = {
    "source", "form", "release", "mapping_version", "population", "printed", "symbols", "closeness", "remarks", "table",
    "same", "correction", "explained", "carried", "excluded", *PROVENANCE,
}  # fmt: skip
_TABLE_KEYS = {
    "name", "file", "sha256", "time", "years", "ignore", "columns", "filters", "cell", "skip", "series", "parts",
    "percentages", "neighbours", "covariate", "skip_levels", "levels", "names", "blank", "country", "place_column", "meta",
    "meta_sha256", "definition", *RETRIEVED,
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
    _only(printed, {"rate_dp", "percentage_dp", "rounding", "in_full"}, "printed")
    form = form_of(head)
    release = Release(
        form=form.name,
        source=_matching(head["source"], _SOURCE),
        release=_matching(head["release"], _RELEASE),
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
        remarks={text: _one_of(means, _REMARKS) for text, means in head.get("remarks", {}).items()},
        rounding=_rounding(printed.get("rounding", ROUNDING)),
        in_full=bool(printed.get("in_full", False)),
    )
    _consistent(release)
    form.check(release)
    return release


def form_of(head: Mapping[str, Any]) -> Form:
    """The form that a mapping names, else that of its source. Raises ValueError when there is none."""
    if "form" in head:
        return FORMS[_one_of(head["form"], tuple(FORMS))]
    by_source = {source: form for form in FORMS.values() for source in form.sources}
    if head["source"] not in by_source:
        raise ValueError(f"form is needed, one of {', '.join(FORMS)}")
    return by_source[head["source"]]


def _rounding(given: Mapping[str, Any]) -> dict[str, int]:
    if set(given) != set(ROUNDING) or not all(isinstance(to, int) and to > 0 for to in given.values()):
        raise ValueError(f"rounding has a whole number for each of {', '.join(ROUNDING)}")
    return dict(given)


def _table(entry: dict[str, Any]) -> Table:
    _only(entry, _TABLE_KEYS, "a table")
    first, last = entry.get("years", (0, 0))
    neighbours, covariate = entry.get("neighbours"), entry.get("covariate")
    return Table(
        name=_word(entry["name"]),
        file=_word(entry["file"]),
        sha256=_word(entry["sha256"]),
        retrieved_from={key: entry[key] for key in RETRIEVED if entry.get(key)},
        time=_one_of(entry["time"], tuple(ENCODINGS)) if not (neighbours or covariate) else "",
        years=(int(first), int(last)),
        ignore=frozenset(_word(name) for name in entry.get("ignore", ())),
        columns=_words(entry.get("columns", {})),
        filters=tuple(_word(name) for name in entry.get("filters", ())),
        cells=tuple(
            CategoryCell(_word(c["name"]), _word(c["column"]), tuple(_word(one) for one in c["where"]))
            for c in entry.get("cell", ())
        ),
        skip=frozenset(tuple(values) for values in entry.get("skip", ())),
        series=tuple(_series(series) for series in entry.get("series", ())),
        parts=tuple(Parts(p["whole"], tuple(p["parts"])) for p in entry.get("parts", ())),
        percentages=frozenset(entry.get("percentages", ())),
        neighbours=NeighbourColumns(**_tuples(neighbours)) if neighbours else None,
        covariate=Covariate(**covariate) if covariate else None,
        skip_levels=frozenset(entry.get("skip_levels", ())),
        levels={word: Level(level) for word, level in entry.get("levels", {}).items()},
        printed_names=_words(entry.get("names", {})),
        blank={column: Withheld(reason) for column, reason in entry.get("blank", {}).items()},
        country=_word(entry.get("country", "")),
        place_column=_word(entry.get("place_column", "")),
        meta=_word(entry.get("meta", "")),
        meta_sha256=_word(entry.get("meta_sha256", "")),
        definition=dict(entry.get("definition", {})),
    )


def _series(entry: dict[str, Any]) -> Series:
    _only(entry, {"id", "numerator", "denominator", "published", "period", "zero_query", "per"}, "a series")
    return Series(
        id=_word(entry["id"]),
        numerator=tuple(entry.get("numerator", ())),
        denominator=entry.get("denominator", ""),
        published=entry.get("published", ""),
        period=_one_of(entry["period"], PERIODS),
        zero_query=bool(entry.get("zero_query", False)),
        per=int(entry.get("per", 0)),
    )


def _correction(entry: dict[str, Any]) -> Correction:
    renamed = {{"from": "was", "to": "becomes"}.get(key, key): value for key, value in entry.items()}
    return Correction(**renamed)


def _consistent(release: Release) -> None:
    """Every name that is used is declared, and declared once; every number is one that can be used."""
    tables, ids = [table.name for table in release.tables], [series.id for series in release.series]
    if len(set(tables)) < len(tables) or len(set(ids)) < len(ids):
        raise ValueError("a table or a series is declared twice")
    for table in release.tables:
        _consistent_table(table, release.form)
    known = {f"{table.name}.{name}" for table in release.tables for name in table.names}
    if not {name for group in release.same for name in group} <= known:
        raise ValueError("same names a figure that is not declared")
    if any(correction.series not in ids for correction in release.corrections):
        raise ValueError("a correction names a series that is not declared")
    if not {release.rate_dp, release.percentage_dp} <= set(range(PLACES)):
        raise ValueError("printed values have 0 to 9 places")
    for correction in release.corrections:
        if any(
            isinstance(read_cell(text, release.symbols, counts=False), Unreadable)
            for text in (correction.was, correction.becomes)
        ):
            raise ValueError("a correction goes from a number or symbol to a number or symbol")


def _consistent_table(table: Table, form: str) -> None:
    if table.covariate and form != "covariates":
        raise ValueError("a covariate is what a table of that form holds, and no other")
    if table.time and ENCODINGS[table.time].parts and any(one.period == PERIODS[1] for one in table.series):
        raise ValueError(f"a table of parts of years has no {PERIODS[1]}; last-day is the last day of each")
    if table.time and not set(table.years) <= set(YEARS):
        raise ValueError("years are the first and the last of a table, four figures each")
    if not all((one.numerator or one.published) and one.per >= 0 for one in table.series):
        raise ValueError("a series has neither a numerator nor a published value, or is per less than nothing")
    names = set(table.names)
    if len(names) < len(table.names):
        raise ValueError("a figure of a table is named twice")
    used = {name for series in table.series for name in (*series.numerator, series.denominator, series.published)}
    used |= {name for parts in table.parts for name in (parts.whole, *parts.parts)} | table.percentages
    if not used - {"", POPULATION} <= names:
        raise ValueError("a series or sum uses a figure that its table does not name")


def _only(entry: Mapping[str, Any], allowed: set[str], what: str) -> None:
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise ValueError(f"{what} has keys that are not known: {', '.join(unknown)}")


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted where there is something else")
    return value


def _words(entry: Mapping[str, Any]) -> dict[str, str]:
    return {key: _word(value) for key, value in entry.items()}


def _matching(value: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value):
        raise ValueError("source and release are small letters and figures with dashes, as folders are called")
    return value


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"one of {', '.join(allowed)} is wanted")
    return value


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
