"""What was published is found unchanged: every address of every earlier site answers, and no frozen byte differs."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from site_builder.cli.auditing import refuse_rewritten
from site_builder.published.build import Builder
from site_builder.published.downloads.places import DERIVED, FROZEN
from site_builder.published.records import load_records, record, refuse_changed, refuse_strays, unrecorded
from site_builder.release.package import CHECKSUMS, read_checksums
from site_builder.release.policy import load_policy
from site_builder.release.releases import RECORD, RELEASES, load_releases
from site_builder.vocabulary.refusals import ConfigurationError, IntegrityRefusal
from tests.building import ROOT, site_builder
from tests.published.held import builder, everything
from tests.sites.test_golden import checkout


@cache
def site_after(count: int) -> Builder:
    """The site as it stood when that many releases were out."""
    if count == len(everything().releases):
        return builder()
    return Builder(ROOT, replace(everything(), releases=everything().releases[:count]), load_policy(ROOT))


def every_count() -> list[int]:
    return list(range(1, len(everything().releases) + 1))


@pytest.mark.parametrize("count", every_count()[:-1])
def test_every_address_of_an_earlier_site_still_answers(count: int) -> None:
    lost = set(site_after(count).site) - set(site_after(len(everything().releases)).site)
    # the picture of a page and the scripts with a fingerprint belong to one build
    assert not {path for path in lost if not path.startswith("assets/")}


@pytest.mark.parametrize("count", every_count()[:-1])
def test_no_byte_of_a_package_or_a_frozen_download_differs_from_the_day_it_came(count: int) -> None:
    then, now = site_after(count), site_after(len(everything().releases))
    for early, late in zip(then.trees, now.trees, strict=False):
        assert early.name == late.name
        assert then.frozen(early) == now.frozen(late)
        assert early.release.files == late.release.files


@pytest.mark.parametrize("name", [str(release.id) for release in everything().releases])
def test_the_lists_of_a_release_name_every_file_once_with_its_checksum(built_site: Path, name: str) -> None:
    folder = built_site / RELEASES.rpartition("/")[2] / name
    lists = [read_checksums((folder / which).read_bytes()) for which in (CHECKSUMS, FROZEN, DERIVED)]
    named = [path for some in lists for path in some]
    assert len(named) == len(set(named))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - set(named) - {CHECKSUMS, FROZEN, DERIVED} == {path for path in there if path.endswith(".html")}
    for path, digest in ((path, digest) for some in lists for path, digest in some.items()):
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest, path


def test_every_release_has_a_record_of_its_downloads() -> None:
    records = load_records(ROOT)
    assert set(records) == {str(release.id) for release in everything().releases}
    now = site_after(len(everything().releases))
    for tree in now.trees:
        assert records[tree.name] == now.frozen(tree)


@pytest.mark.parametrize(
    ("written", "made", "named"),
    [
        ({"csv/a.csv": "1"}, {"csv/a.csv": "2"}, "csv/a.csv"),
        ({"csv/a.csv": "1", "csv/b.csv": "1"}, {"csv/a.csv": "1"}, "csv/b.csv"),
    ],
)
def test_a_download_that_would_change_is_refused_by_name(
    written: Mapping[str, str], made: Mapping[str, str], named: str
) -> None:
    refuse_changed("R", written, {**written, "csv/new.csv": "1"})
    with pytest.raises(IntegrityRefusal) as told:
        refuse_changed("R", written, made)
    (finding,) = told.value.findings
    assert finding.rule == "D913"
    assert finding.where.file == f"releases/R/{named}"


def test_a_record_that_was_renamed_is_no_way_round_it() -> None:
    releases, lines = ["2024-25-Q2", "2024-25-Q4"], {"csv/a.csv": "1"}
    refuse_strays({"2024-25-Q2": lines}, releases)
    for records, named in (
        ({"2024-25-Q2": lines, "2019-20-Q2": lines}, "2019-20-Q2"),
        ({"2024-25-Q2": {}}, "2024-25-Q2"),
    ):
        with pytest.raises(IntegrityRefusal) as told:
            refuse_strays(records, releases)
        assert told.value.findings[0].where.file == f"{named}{RECORD}"


def test_a_build_names_the_releases_without_a_record(tmp_path: Path) -> None:
    shutil.copytree(ROOT / RELEASES, tmp_path / RELEASES)
    assert unrecorded(tmp_path) == ()
    path = min((tmp_path / RELEASES).glob(f"*{RECORD}"))
    path.unlink()
    assert unrecorded(tmp_path) == (path.name.removesuffix(RECORD),)


def test_a_record_is_written_once(tmp_path: Path) -> None:
    (tmp_path / RELEASES).mkdir(parents=True)
    record(tmp_path, "2024-25-Q2.1", {"b": "2", "a": "1"})
    assert load_records(tmp_path) == {"2024-25-Q2.1": {"a": "1", "b": "2"}}
    with pytest.raises(IntegrityRefusal):
        record(tmp_path, "2024-25-Q2.1", {"a": "9"})
    assert load_records(tmp_path) == {"2024-25-Q2.1": {"a": "1", "b": "2"}}


def test_a_build_that_would_change_a_download_stops_and_leaves_the_site(tmp_path: Path) -> None:
    root = checkout(ROOT / "tests/sites/small", tmp_path)
    table = "csv/illustrative-sg07.csv"
    record(root, str(load_releases(root / RELEASES)[-1].id), {table: "0" * 64})
    done = site_builder("--root", str(root), "build", "--out", str(tmp_path / "out"))
    assert done.returncode == 4
    assert table in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_a_comparison_with_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        refuse_rewritten(ROOT / RELEASES, tmp_path / "mistyped")
    refuse_rewritten(ROOT / RELEASES, tmp_path)  # before the first release


def test_a_record_cannot_be_changed_by_a_proposal(tmp_path: Path) -> None:
    head = tmp_path / "head"
    shutil.copytree(ROOT / RELEASES, head / RELEASES)
    kept = site_builder("--root", str(head), "audit", "--witnesses-only", "--before", str(ROOT / RELEASES))
    assert kept.returncode == 0, kept.stdout + kept.stderr
    path = min((head / RELEASES).glob(f"*{RECORD}"))
    path.write_text(path.read_text().replace("a", "b", 1))
    done = site_builder("--root", str(head), "audit", "--witnesses-only", "--before", str(ROOT / RELEASES))
    assert done.returncode == 4
    assert path.name in done.stdout + done.stderr
