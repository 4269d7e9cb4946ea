"""The audit from public files alone: of a folder of releases, of its certificates, and of one package that stands alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from site_builder.cli.auditing import audit_in_words
from site_builder.release.audits import audit, audit_alone
from site_builder.release.certificate import CERTIFICATE, package_digest
from site_builder.release.package import CHECKSUMS, checksums, json_bytes
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal
from tests.release.sealed import IDS, LONDON, A, C, reseal, two_releases

HIDDEN_A, SHOWN_C = f"T1,1,{A},p1,total,numerator,all,,c,", f"T1,1,{C},p1,total,numerator,all,12,,"


def alone(tmp_path: Path, number: int) -> Path:
    """One of two releases, copied by itself into an empty folder."""
    folder = two_releases(tmp_path / "releases")
    return Path(shutil.copytree(folder / IDS[number], tmp_path / "empty" / IDS[number]))


def edit(folder: Path, old: str, new: str, *, careful: bool) -> Path:
    """Change the observations; a careful forger also writes the checksums anew, and the digest in the certificate."""
    path = folder / "observations.csv"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    if careful:
        files = {one.name: one.read_bytes() for one in folder.iterdir() if one.name != CHECKSUMS}
        head = json.loads(files[CERTIFICATE])
        files[CERTIFICATE] = json_bytes({**head, "package_sha256": package_digest(files)})
        (folder / CERTIFICATE).write_bytes(files[CERTIFICATE])
        (folder / CHECKSUMS).write_bytes(checksums(files))
    return folder


def words(findings: tuple[Finding, ...]) -> str:
    return " ".join(f"{finding.where.file} {finding.problem} {finding.fix}" for finding in findings)


def test_the_first_release_alone_is_proved(tmp_path: Path) -> None:
    found = audit_alone(alone(tmp_path, 0))
    assert (found.findings, found.missing, found.hidden, found.earlier) == ((), False, 2, 0)


def test_a_later_one_says_that_earlier_ones_were_not_at_hand(tmp_path: Path) -> None:
    folder = alone(tmp_path, 1)
    assert audit_alone(folder).missing
    said, findings = audit_in_words(tmp_path, [str(folder)])
    assert findings == ()
    assert "not at hand" in said
    assert "proved" not in said


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [(HIDDEN_A, HIDDEN_A.replace(",,c,", ",4,,"), A), (SHOWN_C, SHOWN_C.replace("12", "13"), LONDON)],
)
def test_a_changed_figure_is_refused_with_its_place_and_without_its_number(
    tmp_path: Path, old: str, new: str, place: str, *, careful: bool
) -> None:
    findings = audit_alone(edit(alone(tmp_path, 0), old, new, careful=careful)).findings
    if not careful:
        assert "D913" in {finding.rule for finding in findings}
    assert place in words(tuple(f for f in findings if f.rule in ("D902", "D907", "D911")))
    assert not {"4", "13"} & set(words(findings).replace(",", " ").replace(":", " ").split())


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntegrityRefusal):
        audit_alone(tmp_path)


def test_certificates_can_be_checked_without_a_solver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = two_releases(tmp_path / "r")
    attacked = audit(folder)
    monkeypatch.setattr("site_builder.release.audits.attack", lambda *_: pytest.fail("the attack was made"))
    checked = audit(folder, attacked=False)
    assert [one.tables for one in checked] == [one.tables for one in attacked]
    assert not any(one.attacked for one in checked)


def test_every_certificate_of_a_folder_is_checked(tmp_path: Path) -> None:
    """Also that of an earlier release, which a build leaves to the latest one."""
    folder = two_releases(tmp_path / "r")
    first = folder / IDS[0]
    head = json.loads((first / CERTIFICATE).read_bytes())
    head["blocks"] = []
    (first / CERTIFICATE).write_bytes(json_bytes(head))
    reseal(folder)
    second = json.loads((folder / IDS[1] / CERTIFICATE).read_bytes())
    chain = (folder / "ledger.csv").read_text().splitlines()[1].rpartition(",")[2]
    (folder / IDS[1] / CERTIFICATE).write_bytes(json_bytes({**second, "ledger_head": chain}))
    reseal(folder)
    with pytest.raises(DisclosureRefusal):
        audit(folder, attacked=False)


def test_the_table_has_a_column_a_release(tmp_path: Path) -> None:
    two_releases(tmp_path / "r")
    said, findings = audit_in_words(tmp_path, [str(tmp_path / "r")])
    assert findings == ()
    head, *rows = said.splitlines()
    assert head.split() == list(IDS)
    assert [row.split()[-2:] for row in rows if row.startswith("result")] == [["proved", "proved"]]
    assert max(map(len, said.splitlines())) <= 120
