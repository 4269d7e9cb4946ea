"""The invented returns: the same on every machine, independent of one another, and clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.checking import check_by
from site_builder.confidential.standards import Standards, load_standards
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.findings import blocks
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from tests.synthetic import story
from tests.synthetic.draws import some_of, source
from tests.synthetic.figures import Borough
from tests.synthetic.returns import children_of, quarters_between, returns_as_at, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def house() -> Standards:
    return load_standards(ROOT)


@pytest.fixture(scope="module")
def latest(house: Standards) -> dict[str, bytes]:
    return returns_as_at(house, children_of(ROOT))


def test_the_committed_returns_are_the_generators(latest: dict[str, bytes]) -> None:
    folder = ROOT / "datapackages/returns"
    committed = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert committed - {".gitkeep", "README.md"} == set(latest)
    assert all((folder / path).read_bytes() == data for path, data in latest.items())


@pytest.mark.parametrize("release", story.RELEASES)
def test_every_state_passes_the_check_with_every_query_answered(house: Standards, tmp_path: Path, release: str) -> None:
    write(tmp_path, returns_as_at(house, children_of(ROOT), release))
    result = check_by(house, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert not blocks(result.findings), [f for f in result.findings if blocks([f])]
    assert len(result.packages) == result.checked > 0


def test_fewer_boroughs_and_quarters_do_not_change_the_others(house: Standards, latest: dict[str, bytes]) -> None:
    some = returns_as_at(house, children_of(ROOT), "2023-24-Q4", areas=house.areas.boroughs[:3])
    assert some
    assert all(latest[path] == data for path, data in some.items())


def test_another_key_gives_other_figures(house: Standards, latest: dict[str, bytes]) -> None:
    other = returns_as_at(house, children_of(ROOT), key="another")
    same = [path for path, data in other.items() if path.endswith("return.csv") and latest[path] == data]
    assert set(other) == set(latest)
    assert not same


def test_states_differ_by_the_late_return_and_the_correction_only(house: Standards) -> None:
    children = children_of(ROOT)
    first, second, third, last = (returns_as_at(house, children, release) for release in story.RELEASES)
    assert {path.rsplit("/", 1)[0] for path in second if path.split("/")[1] in _periods(first)} - {
        path.rsplit("/", 1)[0] for path in first
    } == {"lambeth/2023-24-Q3"}
    assert {path for path in third if third[path] != second[path]} == {
        "camden/2024-25-Q1/datapackage.json",
        "camden/2024-25-Q1/return.csv",
    }
    assert all(last[path] == data for path, data in third.items())


def test_there_are_small_counts_zeros_and_every_status(latest: dict[str, bytes]) -> None:
    rows = [row for path, data in latest.items() if path.endswith("return.csv") for row in csv_rows(data)]
    statuses = {row["status"] for row in rows}
    assert {"reported", "not_collected", "not_applicable", "withheld", "not_yet_available"} < statuses
    counts = [int(row["numerator"]) for row in rows if row["numerator"]]
    assert 0 in counts
    assert any(1 <= count <= 5 for count in counts)
    assert {(slug, period) for slug, period in story.NEVER_SENT if f"{slug}/{period}/return.csv" in latest} == set()


def test_shared_denominators_agree(latest: dict[str, bytes]) -> None:
    for path, data in latest.items():
        if path.endswith("return.csv") and "-Q" in path:
            rows = {row["indicator"]: row for row in csv_rows(data)}
            assert rows["SG02"]["denominator"] == rows["SG03"]["denominator"] == rows["SG01"]["numerator"]


def test_draws_depend_on_their_key_alone() -> None:
    period = Period.parse("2023-24-Q1")
    alone, after = Borough("k", "E09000003", 60_000), Borough("k", "E09000003", 60_000)
    after.at("SG06", period, None)
    assert alone.at("SG12", period, None) == after.at("SG12", period, None)


def test_some_of_stays_within_its_whole() -> None:
    drawn = [some_of(source("t", n), 200, 0.97) for n in range(300)]
    assert all(0 <= one <= 200 for one in drawn)
    assert 190 < sum(drawn) / len(drawn) < 198


def test_quarters_between_are_in_order() -> None:
    assert [q.id for q in quarters_between("2023-24-Q3", "2024-25-Q2")] == [
        "2023-24-Q3",
        "2023-24-Q4",
        "2024-25-Q1",
        "2024-25-Q2",
    ]


def _periods(files: dict[str, bytes]) -> set[str]:
    return {path.split("/")[1] for path in files}
