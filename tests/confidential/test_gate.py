"""The gates: what is opened, what is stopped first, and what a description may vary."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli.reports import text
from site_builder.confidential import gate
from site_builder.confidential.descriptions import difference, particulars_said
from site_builder.confidential.folders import Folder, Row, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.newreturn import Correction
from site_builder.confidential.standards import DESCRIPTOR, RETURN, Standards
from site_builder.release.package import json_bytes
from site_builder.vocabulary.planes import Classification, Visibility
from tests.confidential.house import OWN, QUARTER, good_return, particulars, table, write


def folder_of(tmp_path: Path, files: dict[str, bytes], period: str = QUARTER) -> Folder:
    path = write(tmp_path / OWN / period, files)
    return Folder(f"{OWN}/{period}", path)


def with_descriptor(standards: Standards, **changes: object) -> dict[str, bytes]:
    files = good_return(standards)
    value = {**json.loads(files[DESCRIPTOR]), **changes}
    return {**files, DESCRIPTOR: json_bytes(value)}


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.UNKNOWN])
def test_confidential_return_is_not_opened_in_public(
    standards: Standards, tmp_path: Path, visibility: Visibility, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, with_descriptor(standards, classification="confidential"))
    opened: list[str] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    gated = pass_gates(folder, standards, visibility)
    assert opened == [DESCRIPTOR]
    assert [finding.rule for finding in gated.findings] == ["D901"]
    assert gated.package is None


def test_confidential_return_is_read_in_private(standards: Standards, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, with_descriptor(standards, classification="confidential"))
    gated = pass_gates(folder, standards, Visibility.PRIVATE)
    assert gated.findings == ()
    assert gated.package is not None
    assert len(gated.package.rows) == len(table(good_return(standards)[RETURN])) - 1


@pytest.mark.parametrize("word", [None, "", "published", "Confidential", 1, [], {}, "disclosure-controlled"])
def test_unsaid_classification_keeps_the_return_closed(standards: Standards, tmp_path: Path, word: object) -> None:
    folder = folder_of(tmp_path, with_descriptor(standards, classification=word))
    gated = pass_gates(folder, standards, Visibility.PUBLIC)
    assert [finding.rule for finding in gated.findings] == ["D905"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": "another"}, "/name"),
        ({"contact_role": 3}, "/contact_role"),
        ({"contact_role": "Team <script>"}, "/contact_role"),
        ({"signed_off_by_role": "Mrs Example"}, "/signed_off_by_role"),
        ({"collection": "latest"}, "/collection"),
        ({"submitter": {"kind": "borough", "slug": OWN, "area_code": "E09000093"}}, "/submitter/area_code"),
        ({"period": "2024-25-Q3"}, "/period"),
        ({"resources": []}, "/resources"),
        ({"correction": {"release": "x", "reason": "", "indicators": []}}, "/correction"),
        ({"correction": {"release": "2024-25-Q2", "reason": "", "indicators": [1]}}, "/correction"),
        ({"smuggled": True}, "/"),
    ],
)
def test_description_may_vary_nowhere_else(
    standards: Standards, tmp_path: Path, changes: dict[str, object], pointer: str
) -> None:
    gated = pass_gates(folder_of(tmp_path, with_descriptor(standards, **changes)), standards, Visibility.PUBLIC)
    assert [finding.rule for finding in gated.findings] == ["S108"]
    assert gated.findings[0].problem.endswith(f" {pointer}.")
    assert "smuggled" not in gated.findings[0].problem


def test_free_parts_are_read(standards: Standards, tmp_path: Path) -> None:
    block = {"release": "2024-25-Q2", "reason": "A team was left out.", "indicators": ["SG01"]}
    files = with_descriptor(standards, correction=block, collection="2023-24.2", contact_role="Head of data (interim)")
    gated = pass_gates(folder_of(tmp_path, files), standards, Visibility.PUBLIC)
    assert gated.package is not None, gated.findings
    assert gated.package.particulars.correction == Correction("2024-25-Q2", "A team was left out.", ("SG01",))
    assert gated.package.particulars.collection == "2023-24.2"


@pytest.mark.parametrize("period", ["2024-25-H1", "2024-26", "ay2024-25", "latest", "0001-02", "2024-09-30"])
def test_folder_must_be_named_for_a_collected_period(standards: Standards, tmp_path: Path, period: str) -> None:
    gated = pass_gates(folder_of(tmp_path, good_return(standards), period), standards, Visibility.PUBLIC)
    assert [finding.rule for finding in gated.findings] == ["S106"]


def test_pointer_names_expected_keys_only() -> None:
    assert difference({"a": [1, {"b/c": 2}]}, {"a": [1, {"b/c": 3}]}) == "/a/1/b~1c"
    assert difference({"a": 1}, {"a": True}) == "/a"
    assert difference({"a": 1}, {"a": 1, "secret": 2}) == "/"
    assert difference({"a": [1]}, {"a": [1, 2]}) == "/a"
    assert difference({"a": None}, {"a": None}) is None
    assert difference({"a": {"title": "Old"}}, {"a": {"title": "New", "description": "More"}}) is None
    assert difference({"a": {"title": "Old", "type": "string"}}, {"a": {"type": "string"}}) is None
    assert difference({"a": {"title": "Old"}}, {"a": {"title": {"type": "string"}}}) == "/a"


def test_linked_folders_are_strays(tmp_path: Path) -> None:
    (tmp_path / "returns" / OWN / QUARTER).mkdir(parents=True)
    (tmp_path / "returns" / OWN / "2024-25-Q1").symlink_to(tmp_path)
    (tmp_path / "returns" / "notes.txt").write_text("x")
    (tmp_path / "returns" / "README.md").write_text("x")
    (tmp_path / "returns" / OWN / "README.md").write_text("x")
    folders, strays = find_folders(tmp_path / "returns", tmp_path)
    assert [folder.label for folder in folders] == [f"returns/{OWN}/{QUARTER}"]
    assert strays == (f"returns/{OWN}/2024-25-Q1", "returns/notes.txt")


def test_nothing_shows_a_cell(standards: Standards, tmp_path: Path) -> None:
    gated = pass_gates(folder_of(tmp_path, good_return(standards)), standards, Visibility.PUBLIC)
    assert gated.package is not None
    cells = {cell for row in table(good_return(standards)[RETURN])[1:] for cell in row[4:6] if cell}
    for value in (gated, gated.package, gated.package.rows, Row(3, ["numerator"], ["1301"])):
        assert not any(cell in repr(value) for cell in cells | {"1301"})


def test_gate_reads_with_the_standard_library_alone() -> None:
    code = f"import sys, {gate.__name__}; print({{'frictionless', 'pandas', 'numpy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_pipe_is_not_waited_for(standards: Standards, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, good_return(standards))
    (folder.path / RETURN).unlink()
    os.mkfifo(folder.path / RETURN)
    gated = pass_gates(folder, standards, Visibility.PUBLIC)
    assert [(finding.rule, finding.where.file) for finding in gated.findings] == [("S106", f"{folder.label}/{RETURN}")]


@pytest.mark.parametrize("name", ["north\nwick", "\x1b[31m", "northwick\udcff", "Northwick", "%0A::error::"])
def test_hostile_folder_names_are_only_ever_places(standards: Standards, tmp_path: Path, name: str) -> None:
    write(tmp_path / name / QUARTER, good_return(standards))
    (folder,), _ = find_folders(tmp_path, tmp_path)
    (finding,) = pass_gates(folder, standards, Visibility.PUBLIC).findings
    assert finding.rule == "S106"
    assert name not in finding.problem + finding.fix
    assert text.render([finding]).isascii()


def test_repair_keeps_what_was_said_and_never_calls_a_real_return_invented(standards: Standards) -> None:
    fresh = particulars(standards)
    said = {
        "classification": "synthetic",
        "contact_role": "Head of data",
        "collection": 3,
        "signed_off_by_role": "Dr Example",
    }
    kept = particulars_said(fresh, said)
    assert (kept.contact_role, kept.collection) == ("Head of data", fresh.collection)
    assert kept.signed_off_by_role == fresh.signed_off_by_role, "no names"
    assert kept.classification is Classification.SYNTHETIC
    unclear: list[dict[str, object]] = [{}, {"classification": "secret"}, {"classification": []}]
    for unsaid in unclear:
        assert particulars_said(fresh, unsaid).classification is Classification.CONFIDENTIAL
