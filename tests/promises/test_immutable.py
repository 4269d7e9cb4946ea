"""Promise: what was published stays as it was, stands in the chain, and proves itself wherever it is copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from site_builder.cli.auditing import refuse_rewritten
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.package import CHECKSUMS, read_checksums, sha256, write_new
from site_builder.release.releases import Release, load_releases
from site_builder.vocabulary.refusals import IntegrityRefusal
from site_builder.vocabulary.releaseid import ReleaseId
from tests.building import site_builder

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "datapackages" / "releases"


@pytest.fixture(scope="module")
def committed() -> tuple[Release, ...]:
    return load_releases(RELEASES)


def test_every_committed_release_is_proved(committed: tuple[Release, ...]) -> None:
    entries = load_ledger(RELEASES).entries
    assert [str(release.id) for release in committed] == [entry.id for entry in entries]
    assert [release.published_on for release in committed] == [entry.published_on for entry in entries]
    assert len(entries) >= 4


def test_every_file_equals_its_checksum_and_no_other_lies_there() -> None:
    for entry in load_ledger(RELEASES).entries:
        folder = RELEASES / entry.id
        listed = read_checksums((folder / CHECKSUMS).read_bytes())
        assert {path.name for path in folder.iterdir()} == {*listed, CHECKSUMS}
        assert {name: sha256((folder / name).read_bytes()) for name in listed} == listed
        assert sha256((folder / CHECKSUMS).read_bytes()) == entry.package_sha256


def test_a_release_is_never_written_twice(tmp_path: Path) -> None:
    write_new(tmp_path / "2024-25-Q4", {"a.csv": b"first\n"})
    with pytest.raises(IntegrityRefusal):
        write_new(tmp_path / "2024-25-Q4", {"a.csv": b"second\n"})
    assert (tmp_path / "2024-25-Q4" / "a.csv").read_bytes() == b"first\n"


def test_a_folder_in_which_a_published_release_is_changed_or_gone_is_refused(tmp_path: Path) -> None:
    """What a pipeline asks of a proposal: the ledger may only grow."""
    lines = (RELEASES / "ledger.csv").read_text().splitlines(keepends=True)
    shorter = tmp_path / "datapackages/releases"
    shorter.mkdir(parents=True)
    (shorter / "ledger.csv").write_text("".join(lines[:-1]))
    refuse_rewritten(RELEASES, shorter)
    refuse_rewritten(RELEASES, RELEASES)
    with pytest.raises(IntegrityRefusal):
        refuse_rewritten(shorter, RELEASES)
    refused = site_builder("--root", str(tmp_path), "audit", "--before", str(RELEASES))
    assert refused.returncode == 4
    assert "changed or gone" in refused.stdout
    other = Ledger().append(ReleaseId.parse("2023-24-Q4"), "0" * 64, date(2024, 7, 18))
    (shorter / "ledger.csv").write_bytes(other.to_bytes())
    with pytest.raises(IntegrityRefusal):
        refuse_rewritten(shorter, RELEASES)


def test_a_release_is_proved_again_elsewhere(tmp_path: Path) -> None:
    """With the packages and the program alone: no repository, no returns, no settings."""
    first = load_ledger(RELEASES).entries[0].id
    shutil.copytree(RELEASES, tmp_path / "copied")
    program = (
        "import sys; from pathlib import Path; from site_builder.release.audits import audit\n"
        "print([(a.release, a.findings, a.open > 0) for a in audit(Path(sys.argv[1]), [sys.argv[2]])])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "copied"), first],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == str([(first, (), True)])
