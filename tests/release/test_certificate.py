"""The proof: a change of any file, figure or table makes loading stop, with or without rewritten checksums."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_builder.release.certificate import CERTIFICATE, WITNESSES
from site_builder.release.ledger import FILE
from site_builder.release.releases import load_releases
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal, Refusal
from tests.release.sealed import IDS, ROOT, Tamper, reseal, two_releases


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_releases(tmp_path_factory.mktemp("made") / "releases")


@pytest.fixture
def releases(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "releases"))


def replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode(), 1))


def witnesses(folder: Path) -> list[str]:
    return gzip.decompress((folder / WITNESSES).read_bytes()).decode().splitlines()


def write_witnesses(folder: Path, lines: list[str]) -> None:
    (folder / WITNESSES).write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))


def edit_certificate(folder: Path, **changes: Any) -> None:
    head = json.loads((folder / CERTIFICATE).read_bytes())
    (folder / CERTIFICATE).write_text(json.dumps({**head, **changes}), encoding="utf-8")


def swap(folder: Path) -> None:
    for name in (CERTIFICATE, WITNESSES):
        shutil.copy(folder / IDS[0] / name, folder / IDS[1] / name)


TAMPERS: dict[str, Tamper] = {
    "a table is dropped": lambda f: write_witnesses(f / IDS[1], witnesses(f / IDS[1])[:-1]),
    "all tables are dropped": lambda f: write_witnesses(f / IDS[1], witnesses(f / IDS[1])[:1]),
    "the tables are no archive": lambda f: (f / IDS[1] / WITNESSES).write_bytes(b"tables"),
    "the archive is damaged": lambda f: (f / IDS[1] / WITNESSES).write_bytes(
        (f / IDS[1] / WITNESSES).read_bytes()[:12] + b"\xff" * 40
    ),
    "the proof of another release": swap,
    "a hidden figure becomes a number": lambda f: replace(f / IDS[1], "observations.csv", "all,,c,", "all,9,,"),
    "a figure becomes another": lambda f: replace(f / IDS[1], "observations.csv", "all,12,,", "all,13,,"),
    "an older table is restored": lambda f: shutil.copy(f / IDS[0] / "observations.csv", f / IDS[1]),
    "a sum is forgotten": lambda f: replace(f / IDS[1], "structure.json", "E09000003", "E09000004"),
    "another result": lambda f: edit_certificate(f / IDS[1], result="likely"),
    "another ledger": lambda f: edit_certificate(f / IDS[1], ledger_head=""),
    "another format": lambda f: edit_certificate(f / IDS[1], format="0"),
    "no blocks": lambda f: edit_certificate(f / IDS[1], blocks=[]),
    "a reason out of place": lambda f: edit_certificate(
        f / IDS[1], blocks=[{"id": 0, "reasons": [{"open": 99, "weights": {"99": "1"}}]}]
    ),
    "a reason that is none": lambda f: edit_certificate(
        f / IDS[1], blocks=[{"id": 0, "reasons": [{"open": 0, "weights": {"0": "1/0"}}]}]
    ),
}


def test_both_releases_load(releases: Path) -> None:
    assert [str(release.id) for release in load_releases(releases)] == list(IDS)


@pytest.mark.parametrize("tamper", TAMPERS)
def test_a_changed_file_is_refused(releases: Path, tamper: str) -> None:
    TAMPERS[tamper](releases)
    with pytest.raises(IntegrityRefusal) as caught:
        load_releases(releases)
    assert {finding.rule for finding in caught.value.findings} == {"D913"}


@pytest.mark.parametrize("tamper", TAMPERS)
def test_a_changed_file_with_new_checksums_is_refused(releases: Path, tamper: str) -> None:
    TAMPERS[tamper](releases)
    reseal(releases)
    with pytest.raises(Refusal) as caught:
        load_releases(releases)
    assert isinstance(caught.value, DisclosureRefusal | IntegrityRefusal)


def test_every_digit_of_every_table_counts(releases: Path) -> None:
    """With new checksums, so that only the tables themselves stand in the way."""
    folder = releases / IDS[1]
    lines = witnesses(folder)
    refused = 0
    for number, line in list(enumerate(lines))[1:]:
        start = line.rindex(",") + 1
        for place in (p for p in range(start, len(line)) if line[p].isdigit()):
            other = str((int(line[place]) + 1) % 10)
            write_witnesses(folder, [*lines[:number], line[:place] + other + line[place + 1 :], *lines[number + 1 :]])
            reseal(releases)
            with pytest.raises(DisclosureRefusal):
                load_releases(releases)
            refused += 1
    assert refused > 10


def test_a_line_of_the_ledger_counts(releases: Path) -> None:
    replace(releases, FILE, "2024-07-01", "2024-07-02")
    with pytest.raises(IntegrityRefusal):
        load_releases(releases)


def test_the_check_needs_no_solver(made: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from site_builder.release.releases import load_releases\n"
        "assert len(load_releases(Path(sys.argv[1]))) == 2\n"
        "print(sorted({'highspy', 'site_builder.release.attack', 'scipy'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(made)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"
