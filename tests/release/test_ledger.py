"""The ledger: append-only, each line sealing the one before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from site_builder.release.ledger import FILE, Ledger, load_ledger
from site_builder.vocabulary.refusals import IntegrityRefusal
from site_builder.vocabulary.releaseid import ReleaseId

NAMES = ("2023-24-Q4", "2024-25-Q2", "2024-25-Q2.1")


def three() -> Ledger:
    ledger = Ledger()
    for number, name in enumerate(NAMES):
        ledger = ledger.append(ReleaseId.parse(name), f"{number}" * 64, date(2025, 1, 1 + number))
    return ledger


def saved(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8", newline="")
    return folder


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert load_ledger(saved(tmp_path, three().to_bytes().decode())) == three()
    assert load_ledger(tmp_path / "none") == Ledger()
    assert Ledger().head == ""


def test_before_is_what_a_release_knew() -> None:
    assert [entry.id for entry in three().before(NAMES[1]).entries] == [NAMES[0]]
    assert three().before("2030-31-Q1") == three()
    assert three().before(NAMES[0]).head == ""


def test_a_release_stands_once_and_in_order_of_days() -> None:
    with pytest.raises(IntegrityRefusal, match="already"):
        three().append(ReleaseId.parse(NAMES[0]), "0" * 64, date(2026, 1, 1))
    with pytest.raises(IntegrityRefusal, match="before the last"):
        three().append(ReleaseId.parse("2024-25-Q4"), "0" * 64, date(2024, 1, 1))


@pytest.mark.parametrize("line", [1, 2, 3])
@pytest.mark.parametrize("column", range(6))
def test_every_changed_field_breaks_the_chain(tmp_path: Path, line: int, column: int) -> None:
    lines = three().to_bytes().decode().splitlines()
    fields = lines[line].split(",")
    last = fields[column][-1]
    fields[column] = fields[column][:-1] + ("3" if last != "3" else "4")
    lines[line] = ",".join(fields)
    with pytest.raises(IntegrityRefusal):
        load_ledger(saved(tmp_path, "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    "keep", [[0, 2, 3], [0, 1, 3], [0, 2, 1, 3], [0, 1, 1, 2, 3]], ids=["first gone", "middle gone", "swapped", "twice"]
)
def test_lines_cannot_be_taken_out_moved_or_doubled(tmp_path: Path, keep: list[int]) -> None:
    lines = three().to_bytes().decode().splitlines()
    with pytest.raises(IntegrityRefusal):
        load_ledger(saved(tmp_path, "\n".join(lines[place] for place in keep) + "\n"))


@pytest.mark.parametrize("text", ["", "seq,kind\n1,release\n", 'seq,kind,id,package_sha256,published_on,chain\n"1'])
def test_a_ledger_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntegrityRefusal):
        load_ledger(saved(tmp_path, text))
