"""Clean returns as one table; nothing is guessed, and nothing is opened that may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.confidential.observations import read_observations
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError, DisclosureRefusal
from tests.confidential.house import good_return, write


def test_several_roots_are_one_table(standards: Standards, tmp_path: Path) -> None:
    write(tmp_path / "one/eastmere/2024-25-Q2", good_return(standards, "eastmere"))
    write(tmp_path / "two/westholt/2024-25-Q2", good_return(standards, "westholt"))
    read = read_observations(standards, tmp_path, [tmp_path / "one", tmp_path / "two"], Visibility.PUBLIC)
    assert read.returned == {("E09000091", "2024-25-Q2"), ("E09000094", "2024-25-Q2")}
    assert len(read) == len(read.frame) > 10
    assert read.frame["numerator"].notna().all()


def test_it_shows_its_shape_only(standards: Standards, tmp_path: Path) -> None:
    write(tmp_path / "eastmere/2024-25-Q2", good_return(standards, "eastmere"))
    read = read_observations(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert repr(read) == f"<Observations {len(read)} rows>"


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.UNKNOWN])
def test_a_real_return_is_not_opened_in_public(standards: Standards, tmp_path: Path, visibility: Visibility) -> None:
    files = good_return(standards, "eastmere")
    files["datapackage.json"] = files["datapackage.json"].replace(b'"synthetic"', b'"confidential"')
    folder = write(tmp_path / "eastmere/2024-25-Q2", files)
    (folder / "return.csv").chmod(0)
    with pytest.raises(DisclosureRefusal) as refused:
        read_observations(standards, tmp_path, [tmp_path], visibility)
    assert [finding.rule for finding in refused.value.findings] == ["D901"]


def test_real_and_invented_returns_are_not_mixed(standards: Standards, tmp_path: Path) -> None:
    real = good_return(standards, "eastmere")
    real["datapackage.json"] = real["datapackage.json"].replace(b'"synthetic"', b'"confidential"')
    write(tmp_path / "eastmere/2024-25-Q2", real)
    write(tmp_path / "westholt/2024-25-Q2", good_return(standards, "westholt"))
    with pytest.raises(DisclosureRefusal) as refused:
        read_observations(standards, tmp_path, [tmp_path], Visibility.PRIVATE)
    assert [finding.rule for finding in refused.value.findings] == ["D906"]


def test_a_count_that_is_not_plain_is_refused_without_being_shown(standards: Standards, tmp_path: Path) -> None:
    files = good_return(standards, "eastmere")
    lines = files["return.csv"].decode().splitlines()
    cells = lines[1].split(",")
    lines[1] = ",".join([*cells[:4], "7919.0", *cells[5:]])
    write(tmp_path / "eastmere/2024-25-Q2", {**files, "return.csv": ("\n".join(lines) + "\n").encode()})
    with pytest.raises(ConfigurationError) as refused:
        read_observations(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
    assert "row 2" in refused.value.findings[0].where.file
    assert "7919" not in str(refused.value)


def test_no_return_at_all_is_said(standards: Standards, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        read_observations(standards, tmp_path, [tmp_path], Visibility.PUBLIC)
