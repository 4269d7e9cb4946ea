"""National figures are the publisher's: every printed value is worked out again, every total is added up again.

The checks run on the committed packages. Those marked ``national_files`` read the publishers' own files, which are no
part of the repository.
"""

from __future__ import annotations

import csv
import io
import json
import statistics
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pytest
from frictionless import Package as FrictionlessPackage

from site_builder.imports.cells import Cell, read_cell, read_sheet
from site_builder.imports.mapping_files import parse_mapping
from site_builder.imports.mappings import Release, Series
from site_builder.imports.steps import import_release
from site_builder.release import package
from site_builder.release.cells import NATIONAL_COLUMNS
from site_builder.release.reconciliation import (
    Agreement,
    Comparison,
    Count,
    compare_total,
    parts_of,
    rate_agrees,
    share_agrees,
)
from site_builder.release.reference import Populations, load_areas, load_neighbours, load_populations
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up, half_up_fraction
from site_builder.vocabulary.symbols import Withheld
from tests.places import INNER_LONDON, OUTER_LONDON

ROOT = Path(__file__).resolve().parents[2]
NATIONAL = ("dfe-cin/2024", "dfe-cla/2023")
REFERENCE = (
    "populations/ons-mye-cin-2024",
    "populations/ons-mye-cla-2023",
    "neighbours/2021",
    "neighbours/2025",
    "covariates/imd-2019",
)
PACKAGES = (*(f"national/{name}" for name in NATIONAL), *(f"reference/{name}" for name in REFERENCE))
HACKNEY, CITY, NEWHAM, HAVERING = "E09000012", "E09000001", "E09000025", "E09000016"
TOTALS = (LONDON, INNER_LONDON, OUTER_LONDON)
Key = tuple[str, str, str, str]  # series, area, period, measure

AREAS = load_areas(ROOT)
AUTHORITIES = package.read(ROOT / "datapackages/reference/areas").rows("authorities.csv")


@dataclass
class National:
    """One committed package, looked up by key."""

    mapping: Release
    cells: dict[Key, str | Withheld]
    status: dict[Key, str]
    notes: dict[tuple[str, str, str], str]
    people: Populations

    def count(self, series: str, area: str, period: str, measure: str = "numerator") -> Count:
        found = self.cells[series, area, period, measure]
        return found if isinstance(found, Withheld) else int(found)

    def number(self, series: str, area: str, period: str, measure: str = "numerator") -> int:
        found = self.count(series, area, period, measure)
        assert isinstance(found, int)
        return found

    def population(self, area: str, period: str) -> int:
        return self.people.counts[area, Period.parse(period).population_year, "0-17"]

    @cached_property
    def index(self) -> dict[tuple[str, str], dict[str, dict[str, Count]]]:
        """For each series and measure of counts, the count of each area by period."""
        found: dict[tuple[str, str], dict[str, dict[str, Count]]] = {}
        for series, area, period, measure in self.cells:
            if measure != "published":
                areas = found.setdefault((series, measure), {}).setdefault(period, {})
                areas[area] = self.count(series, area, period, measure)
        return found

    def periods(self, series: str, measure: str) -> list[str]:
        return sorted(self.index[series, measure])


def _load(name: str) -> National:
    folder = ROOT / "datapackages/national" / name
    mapping = parse_mapping((folder / "mapping.toml").read_text(encoding="utf-8"), "mapping.toml")
    read = package.read(folder)
    cells: dict[Key, str | Withheld] = {}
    status: dict[Key, str] = {}
    for row in read.rows("observations.csv"):
        key = (row["indicator"], row["area"], row["period"], row["measure"])
        cells[key] = row["value"] or Withheld(row["withheld"])
        status[key] = row["obs_status"]
    notes = {(row["indicator"], row["area"], row["period"]): row["note"] for row in read.rows("notes.csv")}
    return National(mapping, cells, status, notes, load_populations(ROOT, mapping.population))


LOADED = {name: _load(name) for name in NATIONAL}
CIN, CLA = LOADED["dfe-cin/2024"], LOADED["dfe-cla/2023"]
SERIES = [(national, series) for national in LOADED.values() for series in national.mapping.series]
IDS = [series.id for _, series in SERIES]
PRINTED = [(national, series) for national, series in SERIES if series.published]


def is_authority(code: str) -> bool:
    return code not in (*TOTALS, ENGLAND) and not code.startswith("E12")


def compared(national: National, series: Series) -> list[tuple[str, str, bool]]:
    """Area, period and whether the printed value agrees, for every figure of which nothing is withheld."""
    found = []
    for id_, area, period, measure in national.cells:
        if id_ != series.id or measure != "published":
            continue
        printed, numerator = national.cells[id_, area, period, measure], national.count(id_, area, period)
        if series.is_rate and (area, Period.parse(period).population_year, "0-17") not in national.people.counts:
            assert isinstance(printed, Withheld), "a rate is printed for a place without a population"
            continue
        denominator: Count = (
            national.population(area, period) if series.is_rate else national.count(id_, area, period, "denominator")
        )
        if isinstance(printed, Withheld) or isinstance(numerator, Withheld) or isinstance(denominator, Withheld):
            continue
        exact, release = is_authority(area), national.mapping
        agrees = (
            rate_agrees(numerator, denominator, 10_000, release.rate_dp, printed, exact=exact)
            if series.is_rate
            else share_agrees(numerator, denominator, release.percentage_dp, printed, exact=exact)
        )
        found.append((area, period, agrees))
    return found


MEASURED = {  # authorities' values that can be worked out again; N08a and N08b with those under an earlier code
    "N06": 1793, "N07": 1794, "N08a": 1786, "N08b": 1786, "N09a": 1783, "N09b": 1784, "N09c": 1783, "N13": 1795,
    "N14a": 1729, "N14b": 1787, "N17": 1774, "N18a": 1448, "N18b": 1149, "N19": 1784, "N26": 438,
    "N04a": 744, "N04b": 690, "N10a": 754, "N10b": 754, "N10c": 754, "N23a": 744, "N23b": 747, "N25a": 738,
}  # fmt: skip


@pytest.mark.parametrize(("national", "series"), PRINTED, ids=[series.id for _, series in PRINTED])
def test_every_printed_value_is_worked_out_again(national: National, series: Series) -> None:
    """Authorities exactly, in every cell; regions and England within what their rounded counts allow."""
    values = compared(national, series)
    assert [(area, period) for area, period, agrees in values if not agrees] == []
    assert sum(is_authority(area) for area, _, _ in values) == MEASURED[series.id]
    years = {period for _, period, _ in values}
    assert sum(not is_authority(area) for area, _, _ in values) == 12 * len(years)


def test_londons_own_children_in_need() -> None:
    values = compared(CIN, next(series for series in CIN.mapping.series if series.id == "N06"))
    assert sum(area.startswith("E09") for area, _, _ in values) == 394


def test_binary_rounding_would_miss_some() -> None:
    """The printed value is half-up of the exact fraction; rounding to even does not give them all."""
    missed = 0
    for area, period, _ in compared(CIN, next(series for series in CIN.mapping.series if series.id == "N19")):
        if is_authority(area):
            share = 100 * CIN.number("N19", area, period) / CIN.number("N19", area, period, "denominator")
            missed += float(str(CIN.cells["N19", area, period, "published"])) != round(share, 1)
    assert missed == 4


def test_the_wrong_vintage_is_told_by_some_rates() -> None:
    """Looked-after rates of 2023 with the later estimates: 7 of 33 boroughs differ, none in 2022."""
    for period, wrong in (("2023-03-31", 7), ("2022-03-31", 0)):
        failures = 0
        for borough in AREAS.boroughs:
            people = CIN.population(borough.code, period)
            printed = str(CLA.cells["N10a", borough.code, period, "published"])
            failures += not rate_agrees(
                CLA.number("N10a", borough.code, period), people, 10_000, 0, printed, exact=True
            )
        assert failures == wrong


def test_the_year_of_a_population_is_the_one_before_the_reporting_year() -> None:
    """With the estimate of the reporting year itself, nearly every rate of children in need would fail."""
    checked = failed = 0
    for area, period, _ in compared(CIN, next(series for series in CIN.mapping.series if series.id == "N06")):
        people = CIN.people.counts.get((area, int(period[:4]), "0-17"))
        if is_authority(area) and people:
            checked += 1
            printed = str(CIN.cells["N06", area, period, "published"])
            failed += not rate_agrees(CIN.number("N06", area, period), people, 10_000, 1, printed, exact=True)
    assert (failed, checked) == (1603, 1636)


# Totals


def total(national: National, series: str, area: str, period: str, measure: str = "numerator") -> Comparison:
    """A printed total of London, Inner or Outer London against its boroughs, earlier figures tried for absent ones."""
    members, by_period = AREAS.members(area), national.index[series, measure]
    earlier = {
        member: [(int(p[:4]), count) for p in by_period if isinstance(count := by_period[p].get(member), int)]
        for member in members
    }
    counts = by_period[period]
    return compare_total(counts[area], parts_of(members, counts), earlier, int(period[:4]))


def agreements(national: National, series: str, area: str, measure: str = "numerator") -> Counter[Agreement]:
    return Counter(total(national, series, area, p, measure).agreement for p in national.periods(series, measure))


EQUAL, CARRIED, HIDDEN, MISSING, ROUNDING = (
    Agreement.EQUAL, Agreement.CARRIED, Agreement.HIDDEN, Agreement.MISSING, Agreement.ROUNDING,
)  # fmt: skip


@pytest.mark.parametrize(
    ("series", "measure", "expected"),
    [
        ("N06", "numerator", {EQUAL: 10, CARRIED: 2}),
        ("N07", "numerator", {EQUAL: 10, CARRIED: 2}),
        ("N08a", "numerator", {EQUAL: 10, HIDDEN: 1, CARRIED: 1}),
        ("N15", "denominator", {EQUAL: 9, CARRIED: 2}),
        ("N08b", "numerator", {EQUAL: 6, HIDDEN: 6}),
        ("N13", "numerator", {EQUAL: 7, MISSING: 1, CARRIED: 1, HIDDEN: 3}),
        ("N09c", "numerator", {EQUAL: 2, HIDDEN: 10}),
        ("N09a", "numerator", {EQUAL: 3, HIDDEN: 9}),
        ("N18b", "numerator", {HIDDEN: 12}),
    ],
)
def test_london_is_the_sum_of_its_boroughs(series: str, measure: str, expected: dict[Agreement, int]) -> None:
    assert agreements(CIN, series, LONDON, measure) == expected


@pytest.mark.parametrize("series", ["N10a", "N10b", "N10c"])
def test_looked_after_totals_are_equal_in_every_year(series: str) -> None:
    for area in TOTALS:
        assert agreements(CLA, series, area) == {EQUAL: 5}


@pytest.mark.parametrize(("national", "series"), SERIES, ids=IDS)
def test_no_london_total_is_left_unexplained(national: National, series: Series) -> None:
    """Hidden figures come first and give no margin; a sum of rounded parts may be one printed unit away."""
    for measure in [measure for id_, measure in sorted(national.index) if id_ == series.id]:
        for area in TOTALS:
            for period in national.periods(series.id, measure):
                found = total(national, series.id, area, period, measure)
                assert found.agreement is not Agreement.UNEXPLAINED
                assert found.agreement is not Agreement.HIDDEN or found.difference is None
                if found.agreement is Agreement.ROUNDING:
                    assert len(series.numerator) > 1, (series.id, area, period)


@pytest.mark.parametrize(
    ("series", "period", "without", "hackney", "printed", "our_rate", "printed_rate"),
    [
        ("N06", "2021-03-31", 66309, 3094, 69400, "354.8", "360.2"),
        ("N06", "2022-03-31", 67869, 3094, 70960, "369.2", "374.6"),
        ("N07", "2020-21", 96665, 5031, 101700, "517.2", "527.8"),
        ("N07", "2021-22", 108287, 5031, 113320, "589.0", "598.3"),
    ],
)
def test_london_holds_hackneys_figure_of_2020_and_says_so(
    series: str, period: str, without: int, hackney: int, printed: int, our_rate: str, printed_rate: str
) -> None:
    others = [code for code in AREAS.members(LONDON) if code != HACKNEY]
    before = "2020-03-31" if series == "N06" else "2019-20"
    assert CIN.cells[series, HACKNEY, period, "numerator"] is Withheld.NOT_AVAILABLE
    assert sum(CIN.number(series, code, period) for code in others) == without
    assert CIN.number(series, HACKNEY, before) == hackney
    assert CIN.number(series, LONDON, period) == printed
    people = sum(CIN.population(code, period) for code in others)
    assert half_up(without, people, 10_000, 1) == our_rate
    assert CIN.cells[series, LONDON, period, "published"] == printed_rate
    found = total(CIN, series, LONDON, period)
    assert found.agreement is Agreement.CARRIED
    assert found.carried == ((HACKNEY, int(before[:4])),)
    for measure in ("numerator", "published"):
        assert CIN.status[series, LONDON, period, measure] == "e"
    assert CIN.notes[series, LONDON, period].startswith("Estimated: includes an earlier figure for Hackney")
    assert CIN.notes[series, HACKNEY, period].startswith("Not available: Hackney sent no figure")


def test_estimates_are_marked_only_where_hackney_sent_none() -> None:
    marked = {
        (area, period[:4] if len(period) == 10 else str(int(period[:4]) + 1))
        for (_, area, period, _), status in CIN.status.items()
        if status
    }
    assert marked == {(area, year) for area in (LONDON, INNER_LONDON, ENGLAND) for year in ("2021", "2022")}
    assert {status for status in CIN.status.values() if status} == {"e"}
    assert not any(CLA.status.values())
    affected = {series for (series, area, _, _), status in CIN.status.items() if status and area == LONDON}
    assert affected == {series.id for series in CIN.mapping.series} - {"N26"}  # plans in need begin with 2022


def test_newham_and_havering_are_why_re_referrals_of_2013_do_not_add_up() -> None:
    assert total(CIN, "N13", LONDON, "2012-13").agreement is Agreement.MISSING
    absent = {code for code in AREAS.members(LONDON) if isinstance(CIN.count("N13", code, "2012-13"), Withheld)}
    assert absent == {NEWHAM, HAVERING}


def test_the_33_add_to_london_in_every_population() -> None:
    for people in (CIN.people, CLA.people):
        years = {year for _, year, _ in people.counts}
        for area in TOTALS:
            for year in years:
                parts = sum(people.counts[code, year, "0-17"] for code in AREAS.members(area))
                assert parts == people.counts[area, year, "0-17"]
    assert {year for _, year, _ in CIN.people.counts} == set(range(2012, 2024))
    assert {year for _, year, _ in CLA.people.counts} == set(range(2018, 2023))


def test_populations_of_two_vintages() -> None:
    """The estimates of the two releases are the same for London to mid-2021 and differ for mid-2022."""
    same = {
        year: sum(
            CIN.people.counts[b.code, year, "0-17"] == CLA.people.counts[b.code, year, "0-17"] for b in AREAS.boroughs
        )
        for year in range(2018, 2023)
    }
    assert same == {2018: 33, 2019: 33, 2020: 33, 2021: 33, 2022: 0}
    assert [people.counts[CITY, 2022, "0-17"] for people in (CLA.people, CIN.people)] == [591, 841]
    assert [people.counts[LONDON, 2022, "0-17"] for people in (CLA.people, CIN.people)] == [1_896_862, 1_899_436]
    assert [CIN.people.counts[LONDON, year, "0-17"] for year in (2020, 2021)] == [1_926_950, 1_894_099]
    assert CIN.people.counts[CITY, 2023, "0-17"] == 642


# Figures as printed


@pytest.mark.parametrize(
    ("series", "period", "count", "london", "england"),
    [
        ("N06", "2024-03-31", 70330, "370.2", "332.9"),
        ("N07", "2023-24", 105700, "556.4", "518.3"),
        ("N13", "2023-24", None, "18.8", "22.4"),
        ("N14a", "2023-24", None, "7.7", "6.3"),
        ("N14b", "2023-24", None, "28.3", "30.3"),
        ("N08a", "2023-24", 37100, "195.3", "187.1"),
        ("N08b", "2023-24", 11190, "58.9", "60.2"),
        ("N09a", "2023-24", 9170, "48.3", "51.8"),
        ("N09c", "2024-03-31", 7690, "40.5", "41.6"),
        ("N17", "2023-24", None, "21.2", "24.7"),
        ("N18a", "2023-24", None, "4.9", "3.8"),
        ("N18b", "2024-03-31", None, "3.3", "2.6"),
        ("N19", "2024-03-31", None, "93.3", "89.8"),
    ],
)
def test_london_and_england_in_2024(series: str, period: str, count: int | None, london: str, england: str) -> None:
    assert CIN.cells[series, LONDON, period, "published"] == london
    assert CIN.cells[series, ENGLAND, period, "published"] == england
    assert count is None or CIN.number(series, LONDON, period) == count


def test_shares_without_a_printed_value_come_from_the_regional_row() -> None:
    """Assessments in 45 days and conferences in 15: some boroughs' parts are hidden, the region's are not."""
    for series, share, whole in (("N15", "86.1", 103_100), ("N16", "76.9", 11_190)):
        count, of = (CIN.number(series, LONDON, "2023-24", measure) for measure in ("numerator", "denominator"))
        assert (half_up(count, of, 100, 1), of) == (share, whole)
    for series, shown in (("N15", 27), ("N16", 31)):
        counts = [CIN.count(series, code, "2023-24") for code in AREAS.members(LONDON)]
        assert sum(isinstance(count, int) for count in counts) == shown


def test_looked_after_in_london_in_2023() -> None:
    assert CLA.number("N10a", LONDON, "2023-03-31") == 9710
    assert CLA.cells["N10a", LONDON, "2023-03-31", "published"] == "51"


@pytest.mark.parametrize(
    ("series", "period", "pooled", "mean", "median"),
    [("N06", "2024-03-31", "370.2", "374.5", "373.8"), ("N07", "2023-24", "556.4", "568.2", "596.0")],
)
def test_pooled_mean_and_median_differ(series: str, period: str, pooled: str, mean: str, median: str) -> None:
    counts = [(CIN.number(series, b.code, period), CIN.population(b.code, period)) for b in AREAS.boroughs]
    rates = [Fraction(count * 10_000, people) for count, people in counts]
    assert half_up(sum(c for c, _ in counts), sum(p for _, p in counts), 10_000, 1) == pooled
    assert half_up_fraction(sum(rates, Fraction()) / 33, 1) == mean
    assert half_up_fraction(statistics.median(rates), 1) == median


def test_small_counts_are_hidden_and_noughts_are_shown() -> None:
    """A printed count of a borough is nought or 6 and more."""
    for national in LOADED.values():
        shown = {
            int(value)
            for (_, area, _, measure), value in national.cells.items()
            if area.startswith("E09") and measure == "numerator" and not isinstance(value, Withheld)
        }
        assert 0 in shown
        assert min(shown - {0}) == 6


@pytest.mark.parametrize(("national", "series"), PRINTED, ids=[series.id for _, series in PRINTED])
def test_where_a_count_is_withheld_so_is_its_rate(national: National, series: Series) -> None:
    for id_, area, period, measure in national.cells:
        if id_ == series.id and measure == "published" and isinstance(national.count(id_, area, period), Withheld):
            assert isinstance(national.cells[id_, area, period, measure], Withheld)


# Hackney and Barnsley, missing children


def test_missing_children_of_hackney_2021_and_barnsley_2023_are_not_available() -> None:
    for area, period in ((HACKNEY, "2020-21"), ("E08000016", "2022-23")):
        for series, measure in (
            ("N25a", "numerator"),
            ("N25a", "published"),
            ("N25b", "numerator"),
            ("N25c", "numerator"),
        ):
            assert CLA.cells[series, area, period, measure] is Withheld.NOT_AVAILABLE
        assert "sent no figures on missing children" in CLA.notes["N25a", area, period]
    assert "sent no figures" in CLA.notes["N25a", LONDON, "2020-21"]
    assert len(CLA.mapping.corrections) == 8


def test_londons_share_of_missing_children_without_hackney_on_both_sides() -> None:
    printed = CLA.cells["N25a", LONDON, "2020-21", "published"]
    numerator, denominator = (CLA.number("N25a", LONDON, "2020-21", m) for m in ("numerator", "denominator"))
    without = denominator - CLA.number("N25a", HACKNEY, "2020-21", "denominator")
    assert printed == "13"
    assert half_up(numerator, denominator, 100, 0) == "13"
    assert half_up(numerator, without, 100, 1) == "13.5"


# Neighbours


def test_neighbours_of_2025() -> None:
    model = load_neighbours(ROOT, "2025")
    boroughs = {borough.code for borough in AREAS.boroughs}
    own = {code: [n for n in model[code] if n.area in boroughs] for code in boroughs}
    pairs = {(code, n.area) for code in boroughs for n in own[code]}
    names = {area.code: area.name for area in AREAS.all}
    assert len(model) == 153
    assert all([n.order for n in some] == list(range(1, 11)) for some in model.values())
    assert len(pairs) == 220
    assert sum((second, first) not in pairs for first, second in pairs) == 72
    assert {names[code] for code, some in own.items() if not some} == {"Bromley"}
    assert {names[code] for code, some in own.items() if len(some) == 1} == {"Bexley", "Havering"}
    far = Counter(names[code] for code in boroughs for n in model[code] if n.closeness == "not-close")
    assert far == {
        "City of London": 10, "Tower Hamlets": 9, "Westminster": 4, "Hackney": 3, "Kensington and Chelsea": 3,
        "Newham": 3, "Islington": 2, "Camden": 1,
    }  # fmt: skip
    assert len({n.area for code in boroughs for n in model[code]} - boroughs) == 42


@pytest.mark.parametrize(
    ("name", "known", "median", "mean", "pooled"),
    [
        ("Camden", 10, "433.3", "426.3", "412.5"),
        ("Tower Hamlets", 10, "436.6", "431.1", "393.3"),
        ("Hackney", 10, "456.5", "453.5", "444.8"),
        ("Bexley", 10, "337.0", "327.3", "297.2"),
        ("Bromley", 9, "260.6", "277.6", "240.3"),
    ],
)
def test_children_in_need_of_neighbours(name: str, known: int, median: str, mean: str, pooled: str) -> None:
    code = next(area.code for area in AREAS.boroughs if area.name == name)
    period = "2024-03-31"
    near = [n.area for n in load_neighbours(ROOT, "2025")[code]]
    counts = [
        (count, CIN.population(area, period))
        for area in near
        if isinstance(count := CIN.count("N06", area, period), int)
    ]
    rates = [Fraction(count * 10_000, people) for count, people in counts]
    assert len(rates) == known
    assert half_up_fraction(statistics.median(rates), 1) == median
    assert half_up_fraction(sum(rates, Fraction()) / known, 1) == mean
    assert half_up(sum(c for c, _ in counts), sum(p for _, p in counts), 10_000, 1) == pooled


# Places


def test_the_list_of_authorities_holds_the_boroughs_as_they_are() -> None:
    by_code = {row["area_code"]: row for row in AUTHORITIES}
    for borough in AREAS.boroughs:
        row = by_code[borough.code]
        assert (row["name"], row["dfe_code"], row["region"]) == (borough.name, borough.dfe_code, borough.region)
        assert row["kind"] == "authority"
    assert sum(row["kind"] == "authority" and not row["last_year"] for row in AUTHORITIES) == 153


def test_boroughs_are_found_by_inner_and_outer_never_by_london() -> None:
    regions = Counter(row["region"] for row in AUTHORITIES if row["kind"] == "authority")
    assert regions[LONDON] == 0
    assert (regions[INNER_LONDON], regions[OUTER_LONDON]) == (14, 19)


def test_every_place_of_a_figure_is_in_the_list() -> None:
    known = {row["area_code"] for row in AUTHORITIES if row["kind"] != "alias"}
    for national in LOADED.values():
        assert {area for _, area, _, _ in national.cells} <= known
        boroughs = {area for _, area, _, _ in national.cells if area.startswith("E09")}
        assert boroughs == set(AREAS.members(LONDON))


# The packages


@pytest.mark.parametrize("name", [*PACKAGES, "reference/areas"])
def test_packages_are_valid_for_others_too(name: str) -> None:
    report = FrictionlessPackage(str(ROOT / "datapackages" / name / "datapackage.json")).validate()
    assert report.valid, name


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_say_where_they_come_from(name: str) -> None:
    descriptor = package.read(ROOT / "datapackages" / name).descriptor
    assert descriptor["classification"] == "published"
    for key in ("source", "release", "publisher", "published_on", "licence", "retrieved_from", "source_sha256"):
        assert descriptor[f"lsb:{key}"], key
    assert (
        "Contains public sector information licensed under the Open Government Licence v3.0."
        in (descriptor["lsb:attribution"])
    )
    for origin in descriptor["lsb:retrieved_from"]:
        assert origin["repository"]
        assert origin["path"]
        assert origin["commit"]


def test_the_national_packages_are_of_our_schema_and_small() -> None:
    for name in NATIONAL:
        rows = package.read(ROOT / "datapackages/national" / name).rows("observations.csv")
        assert tuple(rows[0]) == NATIONAL_COLUMNS
        keys = [tuple(row[column] for column in NATIONAL_COLUMNS[:4]) for row in rows]
        assert keys == sorted(set(keys))
    size = sum(path.stat().st_size for path in (ROOT / "datapackages/national").rglob("*") if path.is_file())
    assert size < 6_000_000


def test_no_publishers_file_lies_in_the_repository() -> None:
    """Checksums of the sources, wherever in packages, content, tests or code a copy might have been left."""
    sources = {
        digest
        for name in PACKAGES
        for digest in package.read(ROOT / "datapackages" / name).descriptor["lsb:source_sha256"].values()
    }
    assert len(sources) == 21
    folders = ("datapackages", "content", "tests", "site_builder", "templates", "docs")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert not [path for path in files if package.sha256(path.read_bytes()) in sources]


# With the publishers' own files


def _given(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.csv"))


@pytest.mark.national_files
@pytest.mark.parametrize("name", PACKAGES)
def test_importing_again_gives_the_same_bytes(name: str, national_files: Path) -> None:
    folder = ROOT / "datapackages" / name
    result = import_release(folder / "mapping.toml", _given(national_files), ROOT)
    assert {finding.severity for finding in result.findings} <= {Severity.INFO}
    assert len(result.files) >= 2
    for path, data in result.files.items():
        assert (ROOT / path).read_bytes() == data, path


@pytest.mark.national_files
def test_what_the_importer_remarks_on(national_files: Path) -> None:
    """Two places under an earlier code for seven years; parts that need not add up in four tables."""
    folder = ROOT / "datapackages/national/dfe-cin/2024"
    findings = import_release(folder / "mapping.toml", _given(national_files), ROOT).findings
    assert Counter(finding.rule for finding in findings) == {"I303": 14, "I503": 4}
    assert {finding.where.file[:2] for finding in findings if finding.rule == "I503"} == {"b3", "c2", "c4", "c5"}


@pytest.mark.national_files
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("d5", {"c": 2709, "x": 33, "z": 45, "u": 11}),
        ("c3", {"c": 2013, "x": 2701, "u": 80, "z": 34}),
        ("b6", {"c": 6870, "low": 8, "u": 17, "x": 119}),
    ],
)
def test_each_symbol_is_read_as_its_own_reason(table: str, expected: dict[str, int], national_files: Path) -> None:
    """Over all the number columns of a file: as many of each reason as of its symbol."""
    path = next(path for path in _given(national_files) if path.name.startswith(f"{table}_"))
    sheet = read_sheet(path.read_bytes())
    assert sheet is not None
    first = sheet.header.index("category") + 1
    cells = [read_cell(t, CIN.mapping.symbols, counts=False) for line in sheet.lines for t in line.cells[first:]]
    assert all(isinstance(cell, Cell) for cell in cells)
    assert Counter(c.withheld.value for c in cells if isinstance(c, Cell) and c.withheld) == expected


@pytest.mark.national_files
def test_the_other_children_in_need_rates(national_files: Path) -> None:
    """The seven rates beside the one at 31 March: every authority's is worked out again."""
    path = next(path for path in _given(national_files) if path.name.startswith("b1_"))
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    measured = {}
    for column in [name for name in rows[0] if name.endswith("_rate") and name != "At31_episodes_rate"]:
        outcomes = [_agrees(row, column) for row in rows if row["geographic_level"] == "Local authority"]
        assert False not in outcomes, column
        measured[column] = outcomes.count(True)
    assert sorted(measured.values(), reverse=True) == [1796, 1796, 1795, 1795, 1794, 1791, 1746]


def _agrees(row: dict[str, str], column: str) -> bool | None:
    count, printed = row[column.removesuffix("_rate")], row[column]
    people = CIN.people.counts.get((row["new_la_code"], int(row["time_period"]) - 1, "0-17"))
    if not count.isdigit() or people is None or not printed.replace(".", "", 1).isdigit():
        return None
    return rate_agrees(int(count), people, 10_000, 1, printed, exact=True)


@pytest.mark.national_files
def test_another_vintage_is_refused_by_name(national_files: Path, tmp_path: Path) -> None:
    """The looked-after release with the population of the later release: I505 names the one that fits."""
    for part in ("reference/areas", *(f"reference/populations/{v}" for v in ("ons-mye-cin-2024", "ons-mye-cla-2023"))):
        source = ROOT / "datapackages" / part
        package.write_files(
            tmp_path / "house/datapackages" / part,
            {path.name: path.read_bytes() for path in source.iterdir() if path.is_file()},
        )
    text = (ROOT / "datapackages/national/dfe-cla/2023/mapping.toml").read_text(encoding="utf-8")
    mapping = tmp_path / "house/datapackages/national/dfe-cla/2023/mapping.toml"
    wrong = text.replace('population = "ons-mye-cla-2023"', 'population = "ons-mye-cin-2024"')
    package.write_files(mapping.parent, {"mapping.toml": wrong.encode()})
    result = import_release(mapping, _given(national_files), tmp_path / "house")
    refused = [finding for finding in result.findings if finding.severity is not Severity.INFO]
    assert {finding.rule for finding in refused} == {"I505"}
    assert all("ons-mye-cla-2023" in finding.problem for finding in refused)
    assert not result.files


@pytest.mark.national_files
def test_the_three_measures_of_the_looked_after_file_share_one_population(national_files: Path) -> None:
    path = next(path for path in _given(national_files) if path.name.startswith("cla_number"))
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    seen: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        place = row["new_la_code"] or row["region_code"] or row["country_code"]
        seen.setdefault((place, row["time_period"]), set()).add(row["population_estimate"])
    assert all(len(values) == 1 for values in seen.values())


@pytest.mark.national_files
def test_the_wrong_noughts_would_have_been_asked_about(national_files: Path, tmp_path: Path) -> None:
    """Without its corrections the looked-after mapping raises a query for the noughts of Hackney and Barnsley."""
    for part in ("reference/areas", "reference/populations/ons-mye-cla-2023"):
        source = ROOT / "datapackages" / part
        package.write_files(
            tmp_path / "house/datapackages" / part,
            {path.name: path.read_bytes() for path in source.iterdir() if path.is_file()},
        )
    text = (ROOT / "datapackages/national/dfe-cla/2023/mapping.toml").read_text(encoding="utf-8")
    mapping = tmp_path / "house/datapackages/national/dfe-cla/2023/mapping.toml"
    package.write_files(mapping.parent, {"mapping.toml": text.split("[[correction]]")[0].encode()})
    result = import_release(mapping, _given(national_files), tmp_path / "house")
    asked = {finding.where.field for finding in result.findings if finding.rule == "I601"}
    assert asked == {f"{s} {HACKNEY} 2021" for s in ("N25a", "N25b", "N25c")} | {"N25b E08000016 2023"}
    without_guidance = text.split("[[excluded]]")[0]
    package.write_files(mapping.parent, {"mapping.toml": without_guidance.encode()})
    result = import_release(mapping, _given(national_files), tmp_path / "house")
    assert [f.where.field for f in result.findings if f.rule == "I601"] == [f"N25a {HACKNEY} 2021"]


def test_mappings_and_descriptors_agree() -> None:
    for name in NATIONAL:
        descriptor = json.loads(
            (ROOT / "datapackages/national" / name / "datapackage.json").read_text(encoding="utf-8")
        )
        mapping = LOADED[name].mapping
        assert f"{mapping.source}/{mapping.release}" == name
        assert descriptor["lsb:source_sha256"] == {table.file: table.sha256 for table in mapping.tables}
        assert descriptor["lsb:population_vintage"] == mapping.population
        assert len(descriptor["lsb:corrections"]) == len(mapping.corrections)
