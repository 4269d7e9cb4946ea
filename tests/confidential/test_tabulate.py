"""Every cell before suppression, against a slow and obvious twin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from site_builder.confidential import tabulate as tab
from site_builder.confidential.grains import cell_period
from site_builder.confidential.observations import Observations, read_observations
from site_builder.confidential.standards import Standards, load_standards
from site_builder.release.reference import load_populations
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.periods import Period, quarters
from site_builder.vocabulary.planes import Visibility
from tests.places import INNER_LONDON, OUTER_LONDON
from tests.synthetic.returns import VINTAGE, children_of, returns_as_at, write

ROOT = Path(__file__).parents[2]
RELEASE = "2023-24-Q4"
Cells = dict[tuple[str, str, str, str, str], int]


@pytest.fixture(scope="module")
def house() -> Standards:
    return load_standards(ROOT)


@pytest.fixture(scope="module")
def observations(house: Standards, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    folder = tmp_path_factory.mktemp("returns")
    write(folder, returns_as_at(house, children_of(ROOT), RELEASE))
    return read_observations(house, folder, [folder], Visibility.PUBLIC)


@pytest.fixture(scope="module")
def table(house: Standards, observations: Observations) -> tab.Table:
    return tab.tabulate(observations, house, load_populations(ROOT, VINTAGE), Period.parse(RELEASE))


def test_cells_are_those_of_a_slow_twin(table: tab.Table, observations: Observations, house: Standards) -> None:
    frame = table.frame[table.frame["withheld"] == ""]
    columns = ("indicator", "area", "period", "measure", "coverage")
    keys = zip(*(frame[column] for column in columns), strict=True)
    ours = dict(zip(keys, (int(value) for value in frame["value"]), strict=True))
    assert ours == _twin(observations, house)


def test_a_missing_quarter_takes_the_year_with_it(table: tab.Table, house: Standards) -> None:
    frame = table.frame
    havering = house.areas.by_slug["havering"].code
    rows = frame[(frame["area"] == havering) & (frame["indicator"] == "SG01")]
    assert dict(zip(rows["period"], rows["withheld"], strict=True)) == {
        "2023-24": "x",
        "2023-24-Q1": "",
        "2023-24-Q2": "x",
        "2023-24-Q3": "",
        "2023-24-Q4": "",
    }


def test_coverage_sets_of_the_missing_and_the_late_return(table: tab.Table) -> None:
    frame = table.frame
    totals = frame[(frame["indicator"] == "SG01") & (frame["area"].isin([LONDON, INNER_LONDON, OUTER_LONDON]))]
    found = {(a, p): c for a, p, c in zip(totals["area"], totals["period"], totals["coverage"], strict=True)}
    counted = {key: "all" if coverage == "all" else coverage[:3] for key, coverage in found.items()}
    assert counted == {
        (LONDON, "2023-24"): "n31",
        (LONDON, "2023-24-Q1"): "all",
        (LONDON, "2023-24-Q2"): "n32",
        (LONDON, "2023-24-Q3"): "n32",
        (LONDON, "2023-24-Q4"): "all",
        (INNER_LONDON, "2023-24"): "n13",
        (INNER_LONDON, "2023-24-Q1"): "all",
        (INNER_LONDON, "2023-24-Q2"): "all",
        (INNER_LONDON, "2023-24-Q3"): "n13",
        (INNER_LONDON, "2023-24-Q4"): "all",
        (OUTER_LONDON, "2023-24"): "n18",
        (OUTER_LONDON, "2023-24-Q1"): "all",
        (OUTER_LONDON, "2023-24-Q2"): "n18",
        (OUTER_LONDON, "2023-24-Q3"): "all",
        (OUTER_LONDON, "2023-24-Q4"): "all",
    }
    assert all(tab.coverage_id(codes) == name for name, codes in table.members.items())


def test_not_applicable_is_outside_the_totals(table: tab.Table, house: Standards) -> None:
    city = house.areas.by_slug["city-of-london"].code
    frame = table.frame[table.frame["indicator"] == "SG35"]
    assert set(frame.loc[frame["area"] == city, "withheld"]) == {"z"}
    london = frame[(frame["area"] == LONDON) & (frame["period"] == "2023-06-30")]
    (coverage,) = set(london["coverage"])
    assert city not in table.members[coverage]
    assert len(table.members[coverage]) == 32


def test_windows_show_their_year_only_and_snapshots_no_year(table: tab.Table) -> None:
    frame = table.frame
    assert set(frame.loc[frame["indicator"] == "SG10", "period"]) == {"2023-24"}
    assert set(frame.loc[frame["indicator"] == "SG08", "period"]) == {
        "2023-06-30",
        "2023-09-30",
        "2023-12-31",
        "2024-03-31",
    }


def test_too_few_boroughs_make_no_total(house: Standards, tmp_path: Path) -> None:
    some = [area for area in house.areas.boroughs if area.region == OUTER_LONDON][:16]
    write(tmp_path, returns_as_at(house, children_of(ROOT), "2023-24-Q4", areas=some))
    read = read_observations(house, tmp_path, [tmp_path], Visibility.PUBLIC)
    made = tab.tabulate(read, house, load_populations(ROOT, VINTAGE), Period.parse("2023-24-Q4")).frame
    assert set(made["area"]) >= {area.code for area in house.areas.boroughs}
    assert not set(made["area"]) & {LONDON, INNER_LONDON}


def test_an_indicator_may_withhold_its_total_unless_all_report(house: Standards, observations: Observations) -> None:
    strict = {
        code: replace(indicator, aggregate=replace(indicator.aggregate, missing_boroughs="withhold"))
        for code, indicator in house.collected.items()
    }
    populations, until = load_populations(ROOT, VINTAGE), Period.parse(RELEASE)
    made = tab.tabulate(observations, replace(house, catalogue={**house.catalogue, **strict}), populations, until).frame
    usual = tab.tabulate(observations, house, populations, until).frame
    totals, before = (frame[frame["area"].isin([LONDON, INNER_LONDON, OUTER_LONDON])] for frame in (made, usual))
    assert set(totals["coverage"]) == {"all"}
    assert len(totals) == (before["coverage"] == "all").sum() < len(before)


def test_states_say_late_and_why(table: tab.Table, house: Standards) -> None:
    states = {
        (area, code, period): state for area, code, period, state in table.states.itertuples(index=False, name=None)
    }
    lambeth, bexley = house.areas.by_slug["lambeth"].code, house.areas.by_slug["bexley"].code
    assert states[lambeth, "SG01", "2023-24-Q3"] == "late"
    assert states[lambeth, "SG01", "2023-24"] == "incomplete"
    assert states[bexley, "P2d", "2023-24-Q1"] == states[bexley, "P2d", "2023-24"] == "not-collected"
    assert states[lambeth, "SG10", "2023-24-Q3"] == "late"


def test_notes_stand_on_cells(table: tab.Table, house: Standards) -> None:
    ealing = house.areas.by_slug["ealing"].code
    assert [n.text[:9] for n in table.notes if (n.area, n.indicator, n.period) == (ealing, "P2b", "2023-24-Q3")] == [
        "Estimated"
    ]
    flags = table.frame.set_index(["area", "indicator", "period"])["obs_status"]
    assert set(flags.loc[(ealing, "P2b", "2023-24-Q3")]) == set(flags.loc[(ealing, "P2b", "2023-24")]) == {"e"}


def test_the_table_shows_its_shape_only(table: tab.Table) -> None:
    assert repr(table) == f"<Table {len(table)} cells>"


def _twin(observations: Observations, house: Standards) -> Cells:
    """The same cells by dictionaries and loops."""
    frame = observations.frame
    sent: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for area, code, period, n, d, status, _ in frame.itertuples(index=False, name=None):
        if status in ("reported", "provisional", "estimated"):
            sent[area, code, period] = tuple(int(x) for x in (n, d) if not pd.isna(x))
    boroughs: dict[tuple[str, str], dict[str, tuple[int, ...]]] = defaultdict(dict)
    year = Period.parse("2023-24")
    for code, indicator in house.collected.items():
        flow = indicator.cycle.kind != "snapshot" and indicator.cycle.kind == "financial-quarter"
        for area in house.areas.boroughs:
            own = {p: v for (a, c, p), v in sent.items() if (a, c) == (area.code, code)}
            for period, counts in own.items():
                if indicator.cycle.window == "none":
                    boroughs[code, cell_period(indicator, Period.parse(period))][area.code] = counts
            parts = [own[q.id] for q in quarters(year) if q.id in own]
            if flow and len(parts) == 4:
                boroughs[code, "2023-24"][area.code] = tuple(sum(x) for x in zip(*parts, strict=True))
    cells: Cells = {}
    for (code, period), by_area in boroughs.items():
        for total in (None, INNER_LONDON, OUTER_LONDON, LONDON):
            _add(cells, code, period, by_area, total, house)
    return cells


def _add(
    cells: Cells, code: str, period: str, by_area: dict[str, tuple[int, ...]], total: str | None, house: Standards
) -> None:
    measures = ("numerator", "denominator")
    if total is None:
        for area, counts in by_area.items():
            for measure, count in zip(measures, counts, strict=False):
                cells[code, area, period, measure, "all"] = count
        return
    inside = {area: counts for area, counts in by_area.items() if area in house.areas.members(total)}
    if len(inside) < {INNER_LONDON: 12, OUTER_LONDON: 16, LONDON: 27}[total]:
        return
    whole = len(inside) == len(house.areas.members(total))
    coverage = "all" if whole else tab.coverage_id(inside)
    for measure, counts in zip(measures, zip(*inside.values(), strict=True), strict=False):
        cells[code, total, period, measure, coverage] = sum(counts)
