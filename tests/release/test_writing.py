"""The files of a release: the same bytes from the same values, and a descriptor that others can read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.release.cells import PublicCells
from site_builder.release.package import write_new
from site_builder.release.releases import edition_of
from tests.release.sealed import FIRST, IDS, ROOT, SECOND, STRUCTURE, cells, files

TABLES = {"p1": FIRST, "p2": SECOND}


def test_the_same_values_give_the_same_bytes() -> None:
    turned = {period: dict(reversed(table.items())) for period, table in reversed(TABLES.items())}
    assert files(1, TABLES) == files(1, turned)


def test_a_package_is_read_as_it_was_written() -> None:
    edition = edition_of(files(1, TABLES))
    assert isinstance(edition.cells, PublicCells)
    assert list(edition.cells) == list(cells(TABLES))
    assert (edition.structure, edition.release, edition.revised) == (STRUCTURE, IDS[1], frozenset())


def test_no_column_tells_why_a_figure_is_hidden() -> None:
    header, *rows = files(1, TABLES)["observations.csv"].decode().splitlines()
    hidden = {tuple(row.split(",")[8:]) for row in rows if ",c," in row}
    assert hidden == {("", "c", "")}
    assert not {"reason", "primary", "secondary"} & set(header.split(","))


VALIDATE = (
    "import sys; from frictionless import Package\n"
    "report = Package(sys.argv[1]).validate()\n"
    "sys.exit(None if report.valid else str(report.flatten(['title', 'type'])))"
)


@pytest.mark.parametrize(
    "folder", [None, ROOT / "datapackages" / "releases" / "2023-24-Q4"], ids=["small", "committed"]
)
def test_the_descriptor_is_accepted_by_frictionless(tmp_path: Path, folder: Path | None) -> None:
    if folder is None:
        folder = tmp_path / IDS[1]
        write_new(folder, files(1, TABLES))
    result = subprocess.run(
        [sys.executable, "-c", VALIDATE, str(folder / "datapackage.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
