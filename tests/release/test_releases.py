"""A release exists only if it is proved, stands in the ledger, and says nothing beside a hidden figure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from site_builder.release.cells import Cell, PublicCells
from site_builder.release.releases import Note, edition_of, load_releases
from site_builder.release.texts import TextTable
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal
from tests.release.sealed import FIRST, IDS, ROOT, A, C, add, files, key, two_releases


def test_a_note_beside_a_shown_figure_is_kept(tmp_path: Path) -> None:
    note = Note(C, "T1", "p1", "A new team began in May.")
    add(tmp_path, 0, files(0, {"p1": FIRST}, (note,)))
    assert load_releases(tmp_path)[0].notes == (note,)


def test_a_note_beside_a_hidden_figure_is_refused(tmp_path: Path) -> None:
    add(tmp_path, 0, files(0, {"p1": FIRST}, (Note(A, "T1", "p1", "A new team began in May."),)))
    with pytest.raises(DisclosureRefusal, match="Words stand beside a hidden figure"):
        load_releases(tmp_path)


def test_words_of_a_board_beside_a_hidden_figure_are_refused(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "datapackages/reference/commentary.schema.json").read_text(encoding="utf-8"))

    def commented(area: str) -> dict[str, bytes]:
        rows = [(area, "a", "p1", "T1", "A new team began.", "")]
        return files(0, {"p1": FIRST}, texts={"commentary.csv": TextTable(schema, rows)})

    add(tmp_path / "shown", 0, commented(C))
    (row,) = load_releases(tmp_path / "shown")[0].texts["commentary.csv"]
    assert (row["area"], row["commentary"]) == (C, "A new team began.")
    add(tmp_path / "hidden", 0, commented(A))
    with pytest.raises(DisclosureRefusal, match="Words stand beside a hidden figure"):
        load_releases(tmp_path / "hidden")


def test_a_package_outside_the_ledger_is_refused(tmp_path: Path) -> None:
    folder = two_releases(tmp_path / "r")
    shutil.copytree(folder / IDS[1], folder / "2024-25-Q3")
    with pytest.raises(IntegrityRefusal, match="no line"):
        load_releases(folder)


def test_a_missing_package_is_refused(tmp_path: Path) -> None:
    folder = two_releases(tmp_path / "r")
    shutil.rmtree(folder / IDS[0])
    with pytest.raises(IntegrityRefusal):
        load_releases(folder)


@pytest.mark.parametrize("value", ["3.0", "-3", "1_0", "½"])
def test_only_whole_counts_are_figures(value: str) -> None:
    package = files(0, {"p1": {**FIRST, C: value}})
    with pytest.raises(IntegrityRefusal, match="no proof"):
        edition_of(package)


def test_a_measure_that_the_attack_does_not_know_is_refused() -> None:
    """Else a printed complement would be looked at by nobody."""
    package = files(0, {"p1": FIRST})
    other = PublicCells.of([Cell(key(A, "p1")._replace(measure="complement"), "3", "", "")])
    package["observations.csv"] = other.frame.to_csv(index=False, lineterminator="\n").encode()
    with pytest.raises(IntegrityRefusal, match="no proof"):
        edition_of(package)


def test_a_release_is_not_shown_whole_by_its_name(tmp_path: Path) -> None:
    release = load_releases(two_releases(tmp_path / "r"))[0]
    assert repr(release) == f"<Release {IDS[0]}, 4 cells>"
