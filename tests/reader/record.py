"""What was printed, read straight from the packages with the standard library."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

LONDON, ENGLAND = "E12000007", "E92000001"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Cell(NamedTuple):
    """One printed cell."""

    value: str
    withheld: str
    status: str
    coverage: str


class Shown(NamedTuple):
    """A figure: its printed text without commas, the unrounded value, and the mark that stands for it when there is none."""

    text: str
    exact: Fraction | None
    mark: str

    @property
    def said(self) -> str:
        """The text as people read it, with commas."""
        whole, point, rest = self.text.partition(".")
        return f"{int(whole):,}{point}{rest}" if self.text else ""


def rows(path: Path) -> list[dict[str, str]]:
    """A table as dictionaries."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def half_up(value: Fraction, dp: int) -> str:
    """A value with ``dp`` places, a half away from zero, worked out on decimals of 60 digits."""
    step = Decimal(1).scaleb(-dp)
    exact = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)
    check = Fraction(abs(value) * 10**dp * 2 + 1).__floor__() // 2  # floor(|v| 10^dp + 1/2)
    assert abs(exact.scaleb(dp)) == check
    return f"{exact:f}"


class Record:
    """The committed packages of a checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cells: dict[tuple[str, str, str, str], Cell] = {}
        self.national: set[str] = set()
        self.periods: dict[str, set[str]] = defaultdict(set)
        self.vintage: dict[str, str] = {}
        self.release = rows(root / "datapackages/releases/ledger.csv")[-1]["id"]
        self._read(root / "datapackages/releases" / self.release, "ons-mye-cin-2024", national=False)
        self._read(root / "datapackages/national/dfe-cin/2024", "ons-mye-cin-2024", national=True)
        self._read(root / "datapackages/national/dfe-cla/2023", "ons-mye-cla-2023", national=True)
        self.periods = dict(self.periods)

    def _read(self, folder: Path, vintage: str, *, national: bool) -> None:
        for row in rows(folder / "observations.csv"):
            if row.get("breakdown", "total") != "total":
                continue
            code, coverage = row["indicator"], row.get("coverage", "all")
            key = (code, row["area"], row["period"], row["measure"])
            if key in self.cells and breadth(self.cells[key].coverage) > breadth(coverage):
                continue
            self.cells[key] = Cell(row["value"], row["withheld"], row["obs_status"], coverage)
            self.vintage[code] = vintage
            if row["area"] in self.known:
                self.periods[code].add(row["period"])
            if national:
                self.national.add(code)

    @cached_property
    def areas(self) -> dict[str, dict[str, str]]:
        """Every area of the site by code."""
        return {row["area_code"]: row for row in rows(self.root / "datapackages/reference/areas/areas.csv")}

    @cached_property
    def known(self) -> set[str]:
        """The codes of areas that pages show."""
        return set(self.areas)

    @cached_property
    def boroughs(self) -> list[str]:
        """The codes of the 33 authorities."""
        return sorted(code for code in self.areas if code.startswith("E09"))

    @cached_property
    def catalogue(self) -> dict[str, dict[str, Any]]:
        """The heads of the indicator files by code."""
        found = {}
        for path in sorted((self.root / "content/indicators").glob("*.md")):
            head = tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
            found[head["code"]] = head
        return found

    @cached_property
    def people(self) -> dict[str, dict[tuple[str, int, str], int]]:
        """Vintage to (area, year, ages) to population."""
        folder = self.root / "datapackages/reference/populations"
        return {
            path.name: {
                (row["area_code"], int(row["year"]), row["ages"]): int(row["population"])
                for row in rows(path / "populations.csv")
            }
            for path in folder.iterdir()
        }

    @cached_property
    def by_place(self) -> dict[str, dict[str, dict[tuple[int, str], int]]]:
        """Vintage to area to (year, ages) to population."""
        found: dict[str, dict[str, dict[tuple[int, str], int]]] = {}
        for vintage, people in self.people.items():
            places = found.setdefault(vintage, {})
            for (area, year, ages), number in people.items():
                places.setdefault(area, {})[year, ages] = number
        return found

    @cached_property
    def together(self) -> dict[tuple[str, str], set[str]]:
        """Indicator and period to the areas whose figure a publisher prints together with another's."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, area, period, _ in self.cells:
            if " / " in area:
                found[code, period].update(area.split(" / "))
        return found

    @cached_property
    def sets(self) -> dict[str, list[str]]:
        """The boroughs of each partial total of the release."""
        path = self.root / "datapackages/releases" / self.release / "structure.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))["coverage"])

    @cached_property
    def states(self) -> dict[tuple[str, str, str], str]:
        """(area, indicator, period) to the state of the return."""
        path = self.root / "datapackages/releases" / self.release / "coverage.csv"
        return {(row["area"], row["indicator"], row["period"]): row["state"] for row in rows(path)}

    @cached_property
    def neighbours(self) -> dict[str, list[str]]:
        """An authority to its statistical neighbours of the 2025 model, closest first."""
        found: dict[str, list[str]] = defaultdict(list)
        path = self.root / "datapackages/reference/neighbours/2025/neighbours.csv"
        for row in sorted(rows(path), key=lambda row: (row["area_code"], int(row["order"]))):
            found[row["area_code"]].append(row["neighbour_code"])
        return found

    @cached_property
    def closeness(self) -> dict[str, dict[str, str]]:
        """An authority to how close each of its neighbours is."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(self.root / "datapackages/reference/neighbours/2025/neighbours.csv"):
            found[row["area_code"]][row["neighbour_code"]] = row["closeness"]
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of England's authorities."""
        found = rows(self.root / "datapackages/reference/areas/authorities.csv")
        return {row["area_code"]: row["name"] for row in found if row["kind"] == "authority"}

    @cached_property
    def deprivation(self) -> dict[str, float]:
        """The covariate that figures are set beside."""
        path = self.root / "datapackages/reference/covariates/imd-2019/covariates.csv"
        return {row["area_code"]: float(row["value"]) for row in rows(path)}

    # ---- one figure

    def measure(self, code: str) -> dict[str, Any]:
        """Kind, multiplier, places of an indicator."""
        return dict(self.catalogue[code]["measure"])

    def count(self, code: str, area: str, period: str, which: str = "numerator") -> Shown:
        """A numerator or a collected denominator."""
        cell = self.cells.get((code, area, period, which))
        if cell is None:
            return Shown("", None, "x")
        if not cell.value:
            return Shown("", None, cell.withheld)
        return Shown(cell.value, Fraction(cell.value), "")

    def population(self, code: str, area: str, period: str) -> int | None:
        """The people of an area, or of the boroughs in a partial total, in the year that the period asks for."""
        cell = self.cells.get((code, area, period, "numerator"))
        coverage = cell.coverage if cell else "all"
        inside = [area]
        if coverage != "all":
            inside = self.sets.get(coverage, [])
        elif area in self.areas and not area.startswith("E09") and code not in self.national:
            inside = self.members(area)
        ages, wanted = self.measure(code)["denominator_series"].rpartition("/")[2], population_year(period)
        total = 0
        for one in inside:
            of_place = self.by_place[self.vintage[code]].get(one, {})
            known = {year: number for (year, group), number in of_place.items() if group == ages}
            years = [year for year in known if year <= wanted]
            if not years or (code in self.national and wanted not in known):
                return None
            total += known[max(years)]
        return total or None

    def members(self, area: str) -> list[str]:
        """The boroughs of London, Inner or Outer London."""
        return [one for one in self.boroughs if area in (LONDON, self.areas[one]["region"])]

    def value(self, code: str, area: str, period: str) -> Shown:
        """The value of an area in a period: rate, percentage, count."""
        measure, top = self.measure(code), self.count(code, area, period)
        if measure["kind"] == "rate" and "-Q" in period:
            return Shown("", None, "z" if top.text else top.mark)
        printed = self.cells.get((code, area, period, "published"))
        if printed is not None:
            return self._as_printed(code, area, period, printed)
        if measure["kind"] == "count":
            return top
        if measure["kind"] == "rate":
            people = self.population(code, area, period)
            return top if not top.text else self._ratio(code, top, Fraction(people) if people else None, "x")
        base = self.count(code, area, period, "denominator")
        if not top.text or not base.text:
            worst = next(mark for mark in ("z", "c", "u", "x", "low") if mark in (top.mark, base.mark))
            return Shown("", None, worst)
        few = measure["kind"] in ("proportion", "survey") and Fraction(base.text) < 20
        return self._ratio(code, top, None if few else base.exact, "u" if few and base.exact else "z")

    def _as_printed(self, code: str, area: str, period: str, cell: Cell) -> Shown:
        if not cell.value:
            return Shown("", None, cell.withheld)
        dp = self.measure(code)["dp"]
        whole, _, rest = cell.value.partition(".")
        text = f"{whole}.{rest.ljust(dp, '0')}" if dp else cell.value
        exact = self.share(code, area, period)
        return Shown(text, exact if exact is not None else Fraction(cell.value), "")

    def pair(self, code: str, area: str, period: str) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator, where both are printed or known."""
        top = self.count(code, area, period).exact
        if self.measure(code)["kind"] == "rate":
            people = self.population(code, area, period)
            base = Fraction(people) if people else None
        else:
            base = self.count(code, area, period, "denominator").exact
        return (top, base) if top is not None and base else None

    def share(self, code: str, area: str, period: str) -> Fraction | None:
        """The unrounded value, where both counts are printed."""
        pair = self.pair(code, area, period)
        if pair is None or self.measure(code)["kind"] == "count":
            return None
        return pair[0] / pair[1] * int(self.measure(code)["multiplier"])

    def _ratio(self, code: str, top: Shown, base: Fraction | None, otherwise: str) -> Shown:
        if not base or top.exact is None:
            return Shown("", None, otherwise)
        measure = self.measure(code)
        value = top.exact / base * int(measure["multiplier"])
        return Shown(half_up(value, int(measure["dp"])), value, "")

    def headline(self, code: str) -> str:
        """The period that pages lead with."""
        every = sorted(self.periods[code], key=lambda one: (ending(one), is_year(one)))
        years = [period for period in every if is_year(period)]
        return years[-1] if self.measure(code)["kind"] == "rate" and years else every[-1]

    def series(self, code: str) -> list[str]:
        """Periods of the headline's kind, oldest first."""
        kind = kind_of(self.headline(code))
        return sorted((p for p in self.periods[code] if kind_of(p) == kind), key=ending)


def breadth(coverage: str) -> int:
    """How many boroughs a total holds."""
    return 1000 if coverage == "all" else int(coverage[1:].partition("-")[0])


def kind_of(period: str) -> str:
    """Day, quarter or year, by the look of the id."""
    if "-Q" in period or "-H" in period:
        return "quarter" if "-Q" in period else "half"
    return "day" if len(period) == len("2024-03-31") else "year"


def is_year(period: str) -> bool:
    """Whether a period is a year."""
    return kind_of(period) == "year"


def ending(period: str) -> tuple[int, int, int]:
    """The last day of a period."""
    if kind_of(period) == "day":
        year, month, day = map(int, period.split("-"))
        return year, month, day
    start = int(period[:4])
    if kind_of(period) == "quarter":
        part = int(period[-1])
        return (start, 3 * part + 3, 30) if part < 4 else (start + 1, 3, 31)
    return start + 1, 3, 31


def population_year(period: str) -> int:
    """The middle of which year a period's population is of: that of the financial year's start."""
    year, month, _ = ending(period)
    return year - 1 if month <= 3 else year


def in_words(period: str) -> str:
    """A period within a sentence, without its preposition."""
    year, month, day = ending(period)
    if kind_of(period) == "quarter":
        return f"{MONTHS[month - 3]} to {MONTHS[month - 1]} {year}"
    end = f"{day} {MONTHS[month - 1]} {year}"
    return end if kind_of(period) == "day" else f"the year to {end}"


def short(period: str) -> str:
    """A period where room is short."""
    return period if kind_of(period) == "year" else re.sub(r"([A-Z][a-z]{2})[a-z]*", r"\1", in_words(period))
