"""What the DfE's open-data service asks of a pair of files, and what we ask beyond it.

Restated in our words from the department's published guidance on data files (Explore Education Statistics, 2024); the
codes are ours. Pure: two names, two files as bytes, and the places and periods that a full file has.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from site_builder.published.downloads import standards
from site_builder.published.downloads.ees import COUNTRY, LONGEST_NAME, META, PLACE, TIME
from site_builder.vocabulary.areas import Area, Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.symbols import Withheld


class Remark(NamedTuple):
    """What is wrong with a pair: a code, and words without a value of the file."""

    code: str
    words: str


@dataclass(frozen=True)
class Pair:
    """A pair as it came, read as text. ``areas``: those that a file may hold."""

    data_name: str
    data: bytes
    meta_name: str
    meta: bytes
    areas: Areas

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the data file's columns."""
        return tuple(_read(self.data)[0])

    @cached_property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """Rows of the data file."""
        return tuple(dict(zip(self.columns, row, strict=False)) for row in _read(self.data)[1:])

    @cached_property
    def meta_columns(self) -> tuple[str, ...]:
        """Names of the metadata file's columns."""
        return tuple(_read(self.meta)[0])

    @cached_property
    def described(self) -> tuple[Mapping[str, str], ...]:
        """Rows of the metadata file."""
        return tuple(dict(zip(self.meta_columns, row, strict=False)) for row in _read(self.meta)[1:])

    def of_type(self, kind: str) -> tuple[Mapping[str, str], ...]:
        """Metadata of the indicators (``Indicator``) or the filters (``Filter``)."""
        return tuple(row for row in self.described if row.get("col_type") == kind)


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""))) or [[]]


Check = Callable[[Pair], Iterator[Remark]]
SYMBOLS = frozenset(one.value for one in Withheld) | {"k"}
IDENTIFIERS = {
    "Calendar year": 4, "Reporting year": 4, "Financial year": 6, "Academic year": 6,
    **{f"Financial year Q{part}": 6 for part in range(1, 5)},
    "Part 1 (April to September)": 6, "Part 2 (October to March)": 6,
}  # fmt: skip
_TOGETHER = (
    frozenset(f"Financial year Q{part}" for part in range(1, 5)),
    frozenset({"Part 1 (April to September)", "Part 2 (October to March)"}),
)
_LEVELS = ("National", "Regional", "Local authority")
_UNITS = ("", "%", "pp", "£", "£m", "numberstring")
_TYPES = ("Filter", "Indicator")
_NAME = re.compile(r"[a-z0-9_]+\Z")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_MOST_ITEMS = 25_000


def screen(pair: Pair) -> tuple[Remark, ...]:
    """What is wrong with a pair, in order of code. A stage is looked at when the one before it found nothing."""
    for stage in _STAGES:
        if found := {remark for check in stage for remark in check(pair)}:
            return tuple(sorted(found))
    return ()


def names(pair: Pair) -> Iterator[Remark]:
    """O101 to O105: the two names."""
    data, meta = pair.data_name.removesuffix(".csv"), pair.meta_name.removesuffix(".meta.csv")
    if " " in pair.data_name or " " in pair.meta_name:
        yield Remark("O101", "a file name has a space")
    if not _NAME.match(data) or not pair.data_name.endswith(".csv"):
        yield Remark("O102", "the name of the data file has other signs than a to z, 0 to 9 and _")
    if not _NAME.match(meta) or not pair.meta_name.endswith(".meta.csv"):
        yield Remark("O103", "the name of the metadata file has other signs than a to z, 0 to 9 and _")
    if data != meta:
        yield Remark("O104", "the metadata file is not called as the data file with .meta")
    if len(data) > LONGEST_NAME or re.search(r"(19|20)\d\d", data):
        yield Remark("O105", "the name is too long or holds a period")


def bytes_of(pair: Pair) -> Iterator[Remark]:
    """O306: encoding, line ends, and cells that a spreadsheet would take for formulas."""
    for data in (pair.data, pair.meta):
        if data.startswith(b"\xef\xbb\xbf") or b"\r" in data or not data.endswith(b"\n"):
            yield Remark("O306", "a file has a byte order mark, other line ends, or no last line end")
        try:
            cells = [cell for row in _read(data) for cell in row]
        except UnicodeDecodeError:
            yield Remark("O306", "a file is not UTF-8")
            continue
        if any(cell[:1] in "=+-@" and not _NUMBER.match(cell) for cell in cells if cell):
            yield Remark("O306", "a cell begins like a formula")


def headers(pair: Pair) -> Iterator[Remark]:
    """O111 to O116: the columns of both files."""
    if missing := {*TIME, "geographic_level", "country_code", "country_name"} - set(pair.columns):
        yield Remark("O111", f"the data file lacks {', '.join(sorted(missing))}")
    if set(META) - {"filter_default"} - set(pair.meta_columns):
        yield Remark("O112", "the metadata file lacks a column that it must have")
    if set(pair.meta_columns) - set(META):
        yield Remark("O113", "the metadata file has a column that is not known")
    if len(pair.columns) < len(pair.described) + 5:
        yield Remark("O114", "the data file has too few columns beside those described")
    described = {row.get("col_name", "") for row in pair.described}
    if described - {*pair.columns, ""}:
        yield Remark("O115", "the metadata describes a column that the data file has not")
    groups = {row.get("filter_grouping_column", "") for row in pair.described}
    if set(pair.columns) - described - groups - {*TIME, *PLACE}:
        yield Remark("O116", "a column is neither described nor of time or place")


def column_names(pair: Pair) -> Iterator[Remark]:
    """O121 to O124 and O222: how columns are called."""
    for name in pair.columns:
        if " " in name:
            yield Remark("O121", "the name of a column has a space")
        if not re.fullmatch(r"[a-zA-Z0-9_ ]*", name) or name != name.lower():
            yield Remark("O122", "the name of a column is not in snake case")
        if not _SNAKE.match(name):
            yield Remark("O123", "the name of a column does not begin with a lower-case letter")
        if name in ("characteristic", "characteristic_group"):
            yield Remark("O124", "a column is called characteristic")
        if len(name) > 50:
            yield Remark("O222", "the name of a column has more than 50 letters")
    if twice := [name for name, times in Counter(pair.columns).items() if times > 1 and name]:
        yield Remark("O121", f"{len(twice)} names of columns stand twice")


def meanings(pair: Pair) -> Iterator[Remark]:
    """O125 and O211: what the names of columns are about."""
    for row in pair.of_type("Indicator"):
        if standards.says_who(row["col_name"]):
            yield Remark("O125", "the name of an indicator holds a word that belongs in a filter")
    for row in pair.described:
        if any(standards.is_called_otherwise(row.get(name, "")) for name in ("col_name", "filter_grouping_column")):
            yield Remark("O211", "a column has another name than the standard one for what it is about")


def metadata(pair: Pair) -> Iterator[Remark]:
    """O131 to O149 and O223: every row of the metadata."""
    labels = [row.get("label", "") for row in pair.described]
    called = [row.get("col_name", "") for row in pair.described]
    for code, wrong, words in (
        ("O131", not all(called), "a row of the metadata has no name"),
        ("O132", any(row.get("col_type") not in _TYPES for row in pair.described), "a col_type is not known"),
        ("O133", bool({*TIME, *PLACE} & set(called)), "the metadata describes a column of time or place"),
        ("O141", not all(label.strip() for label in labels), "a label is missing"),
        ("O142", len(set(labels)) < len(labels), "two labels are the same"),
        ("O143", len(set(called)) < len(called), "two rows describe one column"),
        ("O144", any(" " in name for name in called), "a name has a space"),
        ("O202", any(text in standards.NULL_WORDS for row in pair.described for text in row.values()), "a null word"),
        ("O223", any(len(label) > 80 for label in labels), "a label has more than 80 letters"),
    ):
        if wrong:
            yield Remark(code, words)
    for row in pair.described:
        yield from _of_type(row)


def _of_type(row: Mapping[str, str]) -> Iterator[Remark]:
    unit, places = row.get("indicator_unit", ""), row.get("indicator_dp", "")
    if row.get("col_type") == "Filter":
        if row.get("indicator_grouping"):
            yield Remark("O145", "a filter has an indicator grouping")
        if places:
            yield Remark("O146", "a filter has decimals")
        if unit:
            yield Remark("O148", "a filter has a unit")
    else:
        if not re.fullmatch(r"[0-9]+", places):
            yield Remark("O147", "an indicator has no whole number of decimals")
        if unit not in _UNITS:
            yield Remark("O148", "a unit is not one of the list")
        if row.get("filter_hint") or row.get("filter_grouping_column") or row.get("filter_default"):
            yield Remark("O149", "an indicator has what belongs to a filter")


def filters(pair: Pair) -> Iterator[Remark]:
    """O134, O151 to O155, O171 to O178 and O212: filters and their groups."""
    groups = [group for row in pair.of_type("Filter") if (group := row.get("filter_grouping_column"))]
    if len(set(groups)) < len(groups):
        yield Remark("O153", "two filters have one grouping column")
    if any(standards.looks_like_a_place(name) for name in (*groups, *_filters(pair))):
        yield Remark("O134", "a filter is called like a place")
    for row in pair.of_type("Filter"):
        yield from _group(pair, row)
        yield from _levels(pair, row)
    if any(one.get(name) in standards.WHOLE for one in pair.rows for name in (*TIME, *PLACE)):
        yield Remark("O176", "a column of time or place says Total or All")


def _group(pair: Pair, row: Mapping[str, str]) -> Iterator[Remark]:
    group = row.get("filter_grouping_column", "")
    if not group:
        return
    if group not in pair.columns:
        yield Remark("O152", "the grouping column of a filter is not in the data")
    if group not in {other["col_name"] for other in pair.described}:
        yield Remark("O155", "the grouping column of a filter is not described itself")
    levels = _values(pair, group)
    if standards.same_without_signs(levels):
        yield Remark("O154", "two levels of a grouping column differ in signs alone")
    if len(levels) > len(_values(pair, row["col_name"])):
        yield Remark("O172", "a grouping column has more levels than its filter")
    if "Total" not in levels:
        yield Remark("O175", "a grouping column has no Total")


def _levels(pair: Pair, row: Mapping[str, str]) -> Iterator[Remark]:
    levels = _values(pair, row["col_name"])
    if len(levels) < 2:
        yield Remark("O171", "a filter has one level only")
    if "" in levels:
        yield Remark("O173", "a filter has a blank")
    if any(level != level.strip() for level in levels):
        yield Remark("O174", "a level of a filter begins or ends with a space")
    if not levels & {"Total", row.get("filter_default", "") or "Total"}:
        yield Remark("O175", "a filter has neither Total nor the default it names")
    if len(levels) > _MOST_ITEMS or any(len(level) > 120 for level in levels):
        yield Remark("O178", "a filter has too many levels or one with too long a name")
    if row["col_name"] == "ethnicity_major" and levels - standards.MAJOR_GROUPS:
        yield Remark("O212", "an ethnic group is not one of the standard list")


def _values(pair: Pair, column: str) -> set[str]:
    return {one.get(column, "") for one in pair.rows}


def times(pair: Pair) -> Iterator[Remark]:
    """O161 to O165: periods."""
    found = {(one["time_period"], one["time_identifier"]) for one in pair.rows}
    identifiers = {identifier for _, identifier in found}
    if any(not re.fullmatch(r"[0-9]+", period) for period, _ in found):
        yield Remark("O161", "a time_period is not a number")
    if identifiers - set(IDENTIFIERS):
        yield Remark("O162", "a time_identifier is not one of the list")
    if len(identifiers) > 1 and not any(identifiers <= some for some in _TOGETHER):
        yield Remark("O163", "kinds of period are mixed that must not be")
    for period, identifier in found:
        digits = IDENTIFIERS.get(identifier, len(period))
        if len(period) != digits:
            yield Remark("O164", "a time_period has the wrong number of digits for its identifier")
        elif digits == 6 and period.isdigit() and (int(period[2:4]) + 1) % 100 != int(period[4:]):
            yield Remark("O165", "the two years of a time_period do not follow one another")


def places(pair: Pair) -> Iterator[Remark]:
    """O181 to O199: levels, codes and names."""
    if missing := set(PLACE) - set(pair.columns):
        yield Remark("O182", f"the data file lacks {', '.join(sorted(missing))}")
        return
    authorities = {(a.dfe_code, a.code, a.name): a for a in pair.areas.boroughs}
    regions = {(a.code, a.name) for a in pair.areas.all if a.code.startswith(("E12", "E13"))}
    for one in pair.rows:
        level, region = one["geographic_level"], (one["region_code"], one["region_name"])
        authority = (one[PLACE[5]], one[PLACE[6]], one[PLACE[7]])
        if (one["country_code"], one["country_name"]) != COUNTRY:
            yield Remark("O188", "a country is not in the standard list")
        if level not in _LEVELS:
            yield Remark("O181", "a geographic_level is not one of the list")
        elif level == "Local authority":
            yield from _authority(region, authority, authorities)
        elif any(authority) or (level == "National" and any(region)):
            yield Remark("O185", "a row names a place below its level")
        elif level == "Regional" and not all(region):
            yield Remark("O184", "a regional row lacks its code or name")
        elif level == "Regional" and region not in regions:
            yield Remark("O189", "a region is not in the standard list")


def _authority(
    region: tuple[str, str], authority: tuple[str, str, str], known: Mapping[tuple[str, str, str], Area]
) -> Iterator[Remark]:
    if not all(authority):
        yield Remark("O184", "a row of an authority lacks a code or its name")
    elif authority not in known:
        yield Remark("O190", "an authority is not in the standard list")
    elif region[0] != known[authority].region:
        yield Remark("O187", f"an authority does not carry Inner or Outer {HERE.name}")


def cells(pair: Pair) -> Iterator[Remark]:
    """O201 to O203 and O301: rows and the cells of indicators."""
    keys = [tuple(one.get(name, "") for name in (*TIME, *PLACE, *_filters(pair))) for one in pair.rows]
    if len(set(keys)) < len(keys):
        yield Remark("O201", "a row stands twice")
    nothing = standards.NULL_WORDS | standards.OLD_SYMBOLS
    if any(text in nothing for one in pair.rows for text in one.values()):
        yield Remark("O202", "a cell holds a null word or an obsolete symbol")
    for row in pair.of_type("Indicator"):
        places = int(row["indicator_dp"]) if row.get("indicator_dp", "").isdigit() else 0
        for one in pair.rows:
            text = one.get(row["col_name"], "")
            number = _NUMBER.match(text)
            if not number and text not in SYMBOLS:
                yield Remark("O203", "a cell of an indicator is neither a number nor a symbol")
            elif number and len((number[2] or ".")[1:]) != places:
                yield Remark("O301", "a number has other decimals than the metadata says")


def _filters(pair: Pair) -> tuple[str, ...]:
    return tuple(row["col_name"] for row in pair.of_type("Filter"))


def matrix(pair: Pair) -> Iterator[Remark]:
    """O302: every place has every period and level of every filter."""
    groups = {row.get("filter_grouping_column", "") for row in pair.described}
    own = [name for name in _filters(pair) if name not in groups]
    found = {tuple(one.get(name, "") for name in ("region_code", "new_la_code", *TIME, *own)) for one in pair.rows}
    spots = {key[:2] for key in found}
    moments = {key[2:4] for key in found}
    levels = [{key[4 + place] for key in found} for place in range(len(own))]
    if len(found) < len(spots) * len(moments) * len(list(product(*levels))):
        yield Remark("O302", "a place lacks a period or a level that others have")
    authorities = {code for _, code in spots if code}
    if authorities and authorities != {area.code for area in pair.areas.boroughs}:
        yield Remark("O302", "not every authority is in the file")


def withheld(pair: Pair) -> Iterator[Remark]:
    """O303: what is made from a count that is withheld is withheld for the same reason."""
    counts = [name for name in pair.columns if name.endswith("_count") and not name.endswith("_base_count")]
    made = [name for name in pair.columns if re.search(r"_(percent|rate_per_\d+|ratio)(_lower|_upper)?\Z", name)]
    for count in counts:
        if count == "population_count":
            continue
        for one in pair.rows:
            reason = one[count]
            if reason in SYMBOLS and reason != "low" and any(not _stricter(reason, one[name]) for name in made):
                yield Remark("O303", "a value stands beside a count that is withheld")


_STRENGTH: Sequence[str] = ("low", "k", "x", "u", "c", "z")


def _stricter(reason: str, text: str) -> bool:
    return text in _STRENGTH and _STRENGTH.index(text) >= _STRENGTH.index(reason)


_STAGES: tuple[tuple[Check, ...], ...] = (
    (names, bytes_of),
    (headers,),
    (column_names, meanings, metadata, filters, times, places, cells, matrix, withheld),
)
