"""Sealing: the same proof from the same files, and none for what can be worked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.release.audits import audit
from site_builder.release.certificate import CERTIFICATE, WITNESSES
from site_builder.release.package import CHECKSUMS, write_new
from site_builder.release.sealing import main, seal
from site_builder.vocabulary.refusals import DisclosureRefusal
from tests.release.sealed import FIRST, IDS, LONDON, SECOND, A, B, C, add, files, two_releases

OPEN = {A: "c", B: "20", C: "12", LONDON: "36"}


def test_the_same_files_give_the_same_proof(tmp_path: Path) -> None:
    one, two = two_releases(tmp_path / "one"), two_releases(tmp_path / "two")
    for name in (CERTIFICATE, WITNESSES, CHECKSUMS):
        assert (one / IDS[1] / name).read_bytes() == (two / IDS[1] / name).read_bytes()


def test_what_can_be_worked_out_is_not_sealed(tmp_path: Path) -> None:
    write_new(tmp_path / IDS[0], files(0, {"p1": OPEN}))
    with pytest.raises(DisclosureRefusal) as caught:
        seal(tmp_path / IDS[0], tmp_path)
    assert "D911" in {finding.rule for finding in caught.value.findings}
    assert not (tmp_path / IDS[0] / CERTIFICATE).exists()


def test_what_an_earlier_release_gives_away_is_not_sealed(tmp_path: Path) -> None:
    add(tmp_path, 0, files(0, {"p1": FIRST}))
    write_new(tmp_path / IDS[1], files(1, {"p1": {**FIRST, A: "9"}, "p2": SECOND}))
    with pytest.raises(DisclosureRefusal):
        seal(tmp_path / IDS[1], tmp_path)


def test_the_process_says_how_it_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_new(tmp_path / "safe", files(0, {"p1": FIRST}))
    write_new(tmp_path / "open", files(0, {"p1": OPEN}))
    write_new(tmp_path / "other", files(0, {"p1": FIRST}))
    (tmp_path / "other" / "observations.csv").write_bytes(b"changed\n")
    assert [main([str(tmp_path / name), str(tmp_path / "none")]) for name in ("safe", "open", "other")] == [0, 3, 4]
    said = capsys.readouterr().out
    assert "D911" in said
    assert "36" not in said.replace(LONDON, "").replace(str(tmp_path), "")


def test_an_audit_finds_each_release_proved(tmp_path: Path) -> None:
    folder = two_releases(tmp_path / "r")
    found = audit(folder)
    assert [(a.release, a.findings) for a in found] == [(name, ()) for name in IDS]
    assert [a.open for a in found] == [2, 4]
    assert [a.release for a in audit(folder, [IDS[1]])] == [IDS[1]]
