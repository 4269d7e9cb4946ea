"""Each form of a release, read back by a library that we did not write, holds the figures of the release and no more."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from csvw import CSVW

from site_builder.published.downloads.csvw import csvw
from site_builder.published.downloads.parquet import parquet
from site_builder.release.releases import RELEASES, Release, load_releases
from tests.building import ROOT

TABLE = "observations.csv"


@pytest.fixture(scope="module")
def releases() -> tuple[Release, ...]:
    return load_releases(ROOT / RELEASES)


def rows_of(release: Release) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(release.files[TABLE].decode())))


# ---- Parquet


def test_parquet_holds_every_cell_of_the_table(releases: tuple[Release, ...]) -> None:
    for release in releases:
        made = pq.read_table(io.BytesIO(parquet(release)))
        rows = rows_of(release)
        assert made.column_names == list(rows[0])
        found = [{name: _text(cell) for name, cell in row.items()} for row in made.to_pylist()]
        assert found == [{**row, "value": _text(float(row["value"]) if row["value"] else None)} for row in rows]


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def test_parquet_says_what_it_is_and_is_written_the_same_twice(releases: tuple[Release, ...]) -> None:
    latest = releases[-1]
    data = parquet(latest)
    assert data == parquet(latest)
    about = pq.read_schema(io.BytesIO(data)).metadata
    assert about[b"lsb:release"] == str(latest.id).encode()
    assert about[b"lsb:classification"] == latest.classification.value.encode()
    assert b"pandas" not in about


# ---- CSV on the Web


@pytest.fixture
def beside(releases: tuple[Release, ...], tmp_path: Path) -> Path:
    """A folder with the table of the latest release and its metadata."""
    latest = releases[-1]
    (tmp_path / TABLE).write_bytes(latest.files[TABLE])
    made = csvw(json.loads(latest.files["datapackage.json"]), "observations")
    (tmp_path / f"{TABLE}-metadata.json").write_bytes(made)
    return tmp_path / TABLE


def test_a_tool_of_the_web_finds_the_metadata_and_the_table_obeys_it(beside: Path) -> None:
    found = CSVW(str(beside), validate=True)
    assert found.is_valid
    schema = found.t.tableSchema
    assert [column.name for column in schema.columns] == beside.read_text().splitlines()[0].split(",")
    assert schema.primaryKey == [
        "indicator",
        "definition_version",
        "area",
        "period",
        "breakdown",
        "measure",
        "coverage",
    ]


@pytest.mark.parametrize(("old", "new"), [(",total,numerator,all,6,,", ",total,numerator,all,-6,,"), (",c,", ",q,")])
def test_the_metadata_refuses_a_figure_that_cannot_be(beside: Path, old: str, new: str) -> None:
    text = beside.read_text()
    assert old in text
    beside.write_text(text.replace(old, new, 1))
    with warnings.catch_warnings(action="always"):  # it counts them; our settings would make them errors
        assert not CSVW(str(beside), validate=True).is_valid
