"""Facts that change by decision, read from ``datapackages/reference/``: places, populations, neighbours, covariates,
rounds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from site_builder.release import package
from site_builder.vocabulary.areas import Area, Areas, Level
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Indicator, parse_indicator
from site_builder.vocabulary.periods import Period

INDICATORS = "content/indicators"
COVARIATES = "datapackages/reference/covariates"


@dataclass(frozen=True)
class Populations:
    """Estimates of one vintage. ``counts`` maps (area code, year, ages) to people; ages such as ``0-17``."""

    vintage: str
    counts: Mapping[tuple[str, int, str], int]

    def at(self, area: str, year: int, ages: str) -> tuple[int, int] | None:
        """The estimate for the middle of ``year``, else the latest earlier one, with its year; None when there is none."""
        known = self.of_ages(ages).get(area, {})
        latest = max((y for y in known if y <= year), default=None)
        return None if latest is None else (known[latest], latest)

    def of_ages(self, ages: str) -> Mapping[str, Mapping[int, int]]:
        """Area code to year to people of these ages; empty for ages that the vintage does not hold."""
        return self._by_ages.get(ages, {})

    @cached_property
    def _by_ages(self) -> dict[str, dict[str, dict[int, int]]]:
        found: dict[str, dict[str, dict[int, int]]] = {}
        for (area, year, ages), people in self.counts.items():
            found.setdefault(ages, {}).setdefault(area, {})[year] = people
        return found


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statistical neighbour: GSS code, place in the order of closeness (1 first), and the band of closeness."""

    area: str
    order: int
    closeness: str


@dataclass(frozen=True, slots=True)
class Covariate:
    """One number an authority, to set beside counts: ``values`` by GSS code.

    ``measure``: what it is; ``noun``: the same in a word; ``areas``: of which places, in words. ``source``, ``publisher``,
    ``attribution``: where it comes from, and lines that must be printed with what rests on it.
    """

    id: str
    measure: str
    noun: str
    areas: str
    publisher: str
    source: str
    attribution: tuple[str, ...]
    values: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Boroughs that took part in something together. ``members``: code and status (confirmed, provisional) of each."""

    name: str
    title: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A collection round: which period, when returns are taken, and when the release follows; None while releases do
    not hold such figures."""

    period: Period
    opens: date
    due: date
    publishes: date | None


@dataclass(frozen=True, slots=True)
class Late:
    """A late return that is let in: whose, for which period, until when."""

    submitter: str
    period: Period
    until: date


@dataclass(frozen=True, slots=True)
class Collection:
    """The calendar of returns."""

    version: str
    rounds: tuple[Round, ...]
    late: tuple[Late, ...]


def load_areas(root: Path) -> Areas:
    """The places of ``datapackages/reference/areas``: 33 boroughs, three London totals, England."""
    rows = package.read(root / "datapackages/reference/areas").rows("areas.csv")
    return Areas.of(
        Area(
            code=row["area_code"],
            name=row["name"],
            slug=row["slug"],
            level=Level(row["level"]),
            dfe_code=row["dfe_code"],
            region=row["region"],
            official_name=row["official_name"],
            funnel=row["funnel"] == "true",
            tile=(int(row["tile_x"]), int(row["tile_y"])) if row["tile_x"] else None,
        )
        for row in rows
    )


def load_authorities(root: Path) -> dict[str, str]:
    """Every English authority of the areas package, those of earlier years too: GSS code to name."""
    rows = package.read(root / "datapackages/reference/areas").rows("authorities.csv")
    return {row["area_code"]: row["name"] for row in rows if row["kind"] == "authority"}


def load_cohorts(root: Path) -> tuple[Cohort, ...]:
    """The cohorts of the areas package, in order of name, members in order of code."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in package.read(root / "datapackages/reference/areas").rows("cohorts.csv"):
        found.setdefault((row["cohort"], row["title"]), []).append((row["area_code"], row["status"]))
    return tuple(Cohort(name, title, tuple(sorted(some))) for (name, title), some in sorted(found.items()))


def load_populations(root: Path, vintage: str) -> Populations:
    """One vintage of ``datapackages/reference/populations``."""
    rows = package.read(root / "datapackages/reference/populations" / vintage).rows("populations.csv")
    return Populations(vintage, {(r["area_code"], int(r["year"]), r["ages"]): int(r["population"]) for r in rows})


def load_neighbours(root: Path, model: str) -> dict[str, tuple[Neighbour, ...]]:
    """One model of ``datapackages/reference/neighbours``: area code to its ten neighbours, closest first; none where
    the checkout keeps no neighbours at all."""
    folder = root / "datapackages/reference/neighbours"
    if not folder.is_dir():
        return {}
    rows = package.read(folder / model).rows("neighbours.csv")
    found: dict[str, list[Neighbour]] = {}
    for row in rows:
        found.setdefault(row["area_code"], []).append(
            Neighbour(row["neighbour_code"], int(row["order"]), row["closeness"])
        )
    return {area: tuple(sorted(some, key=lambda n: n.order)) for area, some in found.items()}


def load_covariates(root: Path) -> dict[str, Covariate]:
    """Every package of ``datapackages/reference/covariates``, by its id; none where there is no such folder."""
    return {
        path.parent.name: _covariate(path.parent) for path in sorted((root / COVARIATES).glob("*/datapackage.json"))
    }


def _covariate(folder: Path) -> Covariate:
    found = package.read(folder)
    said = found.descriptor
    return Covariate(
        folder.name,
        said["lsb:measure"],
        said["lsb:noun"],
        said["lsb:areas"],
        said["lsb:publisher"],
        said["title"],
        tuple(said["lsb:attribution"]),
        {row["area_code"]: Fraction(row["value"]) for row in found.rows("covariates.csv")},
    )


def load_collection(root: Path) -> Collection:
    """``datapackages/reference/collection.toml``. Raises ConfigurationError when it is not as it should be."""
    path = root / "datapackages/reference/collection.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Collection(
            version=table["version"],
            rounds=tuple(
                Round(Period.parse(r["period"]), r["opens"], r["due"], r.get("publishes")) for r in table["rounds"]
            ),
            late=tuple(Late(e["submitter"], Period.parse(e["period"]), e["until"]) for e in table.get("late", ())),
        )
    except (KeyError, OSError, TypeError, ValueError) as error:
        raise mistake(
            path.name, "The collection calendar cannot be read.", "Compare it with its description in CONTRIBUTING."
        ) from error


def load_catalogue(root: Path) -> dict[str, Indicator]:
    """Every indicator of ``content/indicators``, by code, in order of code."""
    found = {}
    for path in sorted((root / INDICATORS).glob("*.md")):
        indicator = parse_indicator(path.read_text(encoding="utf-8"), f"{INDICATORS}/{path.name}")
        found[indicator.code] = indicator
    return dict(sorted(found.items(), key=lambda item: catalogue_order(item[0])))


def catalogue_order(code: str) -> tuple[int, str]:
    """SG first, then the Phase II series, then the national ones; each in order of code."""
    return (0 if code.startswith("SG") else 1 if code.startswith("P") else 2, code)
