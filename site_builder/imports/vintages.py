"""Published rates against counts and populations, and one release against an earlier one. Pure.

A published rate is reproduced only with the population of its own release, so every release pins one by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from site_builder.imports.figures import (
    DENOMINATOR,
    NUMERATOR,
    PUBLISHED,
    Figure,
    Figures,
    by_place,
    period_of,
    table_of,
)
from site_builder.imports.mappings import Release, Series, Table
from site_builder.imports.places import Places
from site_builder.release.reconciliation import JOINT, rate_agrees, share_agrees
from site_builder.release.reference import Populations
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rounding import half_up

AGES = HERE.ages
PER = 10_000  # rates are per 10,000 children, unless the mapping says otherwise
PERCENT = 100


class Failure(NamedTuple):
    """A published value that its counts do not give."""

    series: str
    area: str
    year: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Recomputation:
    """One series recomputed. ``checked`` counts values compared; ``fits`` names another vintage that gives them all."""

    series: str
    checked: int
    failures: tuple[Failure, ...]
    fits: str = ""


def recompute(
    figures: Figures, release: Release, places: Places, vintages: Mapping[str, Populations]
) -> tuple[Recomputation, ...]:
    """Every series that has published values and the counts behind them. ``vintages`` holds the pinned population and all others, by name."""
    found = []
    for id_, (table, series) in sorted(table_of(release).items()):
        if series.published and series.numerator and series.denominator:
            values = by_place(figures, id_)
            checked, failures = _failures(values, table, series, release, places, vintages.get(release.population))
            fits = _other_vintage(failures, values, table, series, release, places, vintages)
            found.append(Recomputation(id_, checked, failures, fits))
    return tuple(found)


Values = Mapping[tuple[str, int], Mapping[str, Figure]]


def _failures(
    values: Values, table: Table, series: Series, release: Release, places: Places, population: Populations | None
) -> tuple[int, tuple[Failure, ...]]:
    checked, failures = 0, []
    for (area, year), measures in sorted(values.items()):
        printed = measures.get(PUBLISHED)
        counts = _counts(measures, series, population, area, period_of(table, series, year).population_year)
        if printed is None or _any_withheld(measures):
            continue
        checked += 1
        exact = places.is_exact(area) or set(release.rounding.values()) == {1}
        if not _agrees(counts, printed.cell.text, series, release, exact=exact):
            failures.append(Failure(series.id, area, year, printed))
    return checked, tuple(failures)


def _any_withheld(measures: Mapping[str, Figure]) -> bool:
    """Whether a count or the printed value is withheld: then nothing is worked out, least of all what is hidden."""
    return any(figure.cell.withheld for figure in measures.values())


def _counts(
    measures: Mapping[str, Figure], series: Series, population: Populations | None, area: str, year: int
) -> tuple[int, int] | None:
    numerator = measures[NUMERATOR].cell.number
    if series.is_rate:
        denominator = people(population, area, year) if population else None
    else:
        denominator = measures[DENOMINATOR].cell.number if DENOMINATOR in measures else None
    return None if numerator is None or denominator is None else (numerator, denominator)


def people(population: Populations, area: str, year: int) -> int | None:
    """The population of a place, of a joint place the sum of its members'; None when any is not known."""
    counts = [population.counts.get((part, year, AGES)) for part in area.split(JOINT)]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _agrees(counts: tuple[int, int] | None, printed: str, series: Series, release: Release, *, exact: bool) -> bool:
    if counts is None:
        return False
    dp = release.rate_dp if series.is_rate else release.percentage_dp
    shown = half_up(*Decimal(printed).as_integer_ratio(), 1, dp) if release.in_full else printed
    if series.is_rate or series.per not in (0, PERCENT):
        return rate_agrees(*counts, series.per or PER, dp, shown, exact=exact)
    return share_agrees(*counts, dp, shown, exact=exact)


def _other_vintage(
    failures: Sequence[Failure],
    values: Values,
    table: Table,
    series: Series,
    release: Release,
    places: Places,
    vintages: Mapping[str, Populations],
) -> str:
    failed = {(failure.area, failure.year): values[failure.area, failure.year] for failure in failures}
    if not failed or not series.is_rate:
        return ""
    for name, population in sorted(vintages.items()):
        if name != release.population and not _failures(failed, table, series, release, places, population)[1]:
            return name
    return ""


class Difference(NamedTuple):
    """A figure that another release of the source prints otherwise. ``before`` and ``now`` are text or a symbol."""

    series: str
    area: str
    period: str
    measure: str
    before: str
    now: str
    kind: str  # I602 when one of the two is withheld, I604 when it is not there now, else I603


Texts = Mapping[tuple[str, str, str, str], str]


def differences(before: Texts, now: Texts) -> tuple[Difference, ...]:
    """Figures of two releases that differ, in order. Keys are (series, area, period, measure); a value is the number as
    text, or the symbol of its reason. Of figures in one release only, those are given that the later one leaves out
    although it has the place and period; a figure that was withheld before and is not there now is none of them."""
    known = {key[1:3] for key in now}
    wanted = sorted(key for key in before if key in now or key[1:3] in known)
    found = (Difference(*key, before[key], now.get(key, ""), _kind(before[key], now.get(key, ""))) for key in wanted)
    return tuple(one for one in found if one.before != one.now and (_is_number(one.before) or _is_number(one.now)))


def _kind(before: str, now: str) -> str:
    if not now:
        return "I604"
    return "I603" if _is_number(before) and _is_number(now) else "I602"


def _is_number(text: str) -> bool:
    return text[:1].isdigit()


KINDS = ("revised", "now-withheld", "now-shown", "no-longer-there")


def change_rows(compared: Sequence[Difference]) -> tuple[tuple[str, ...], ...]:
    """Differences as rows of a table: series, area, period, measure, kind, before and now.

    The numbers stand there only where both releases print one: a table of now never gives a figure that its publisher
    has taken back.
    """
    rows = []
    for one in compared:
        if one.kind == "I603":
            rows.append((*one[:4], "revised", one.before, one.now))
        else:
            shown = "now-shown" if _is_number(one.now) else "now-withheld"
            rows.append((*one[:4], "no-longer-there" if one.kind == "I604" else shown, "", ""))
    return tuple(rows)
