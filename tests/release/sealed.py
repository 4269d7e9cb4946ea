"""Two small sealed releases in a folder of their own: three places, two quarters, all figures invented."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.ledger import FILE, Ledger, load_ledger
from site_builder.release.package import CHECKSUMS, checksums, read_checksums, write_new
from site_builder.release.policy import EffectivePolicy, load_policy
from site_builder.release.releases import Note, State
from site_builder.release.sealing import seal
from site_builder.release.structure import Form, Structure
from site_builder.release.texts import TextTable
from site_builder.release.writing import package_files
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

ROOT = Path(__file__).parents[2]
A, B, C, LONDON = "E09000001", "E09000002", "E09000003", "E12000007"
IDS = ("2024-25-Q1", "2024-25-Q2")
STRUCTURE = Structure({LONDON: (A, B, C)}, {}, {}, {"T1": Form("count", 1, "snapshots", EffectivePolicy(5, "show", 2))})
FIRST = {A: "c", B: "c", C: "12", LONDON: "21"}
SECOND = {A: "9", B: "c", C: "c", LONDON: "30"}


def key(area: str, period: str) -> CellKey:
    return CellKey("T1", 1, area, period, "total", "numerator", "all")


def cells(tables: Mapping[str, Mapping[str, str]]) -> PublicCells:
    """Cells by period and area; ``c`` is hidden."""
    return PublicCells.of(
        Cell(key(area, period), *(("", "c") if value == "c" else (value, "")), "")
        for period, table in tables.items()
        for area, value in table.items()
    )


def files(
    number: int,
    tables: Mapping[str, Mapping[str, str]],
    notes: tuple[Note, ...] = (),
    texts: Mapping[str, TextTable] | None = None,
    classification: Classification = Classification.SYNTHETIC,
) -> dict[str, bytes]:
    """The unsealed package of the first or second release."""
    return package_files(
        ReleaseId.parse(IDS[number]),
        date(2024, 7 + number, 1),
        classification,
        cells(tables),
        STRUCTURE,
        load_policy(ROOT),
        [],
        notes,
        [State(A, "T1", "p1", "submitted")],
        Areas((), {}, {}),
        [],
        {},
        texts=texts or {},
    )


def add(folder: Path, number: int, package: Mapping[str, bytes]) -> None:
    """Seal a package and enter it in the ledger."""
    path = folder / IDS[number]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, package)
    seal(path, folder)
    enter(folder, number)


def enter(folder: Path, number: int) -> None:
    """The ledger with one more line."""
    digest = hashlib.sha256((folder / IDS[number] / CHECKSUMS).read_bytes()).hexdigest()
    ledger = load_ledger(folder).append(ReleaseId.parse(IDS[number]), digest, date(2024, 7 + number, 1))
    (folder / FILE).write_bytes(ledger.to_bytes())


def two_releases(folder: Path) -> Path:
    """A folder with both."""
    folder.mkdir(exist_ok=True)
    add(folder, 0, files(0, {"p1": FIRST}))
    add(folder, 1, files(1, {"p1": FIRST, "p2": SECOND}))
    return folder


def reseal(folder: Path) -> None:
    """What a careful forger does: write every checksum and the whole chain anew, but not the proof."""
    ledger = Ledger()
    (folder / FILE).unlink()
    for number, name in enumerate(IDS):
        path = folder / name
        names = read_checksums((path / CHECKSUMS).read_bytes())
        (path / CHECKSUMS).write_bytes(checksums({n: (path / n).read_bytes() for n in names}))
        digest = hashlib.sha256((path / CHECKSUMS).read_bytes()).hexdigest()
        ledger = ledger.append(ReleaseId.parse(name), digest, date(2024, 7 + number, 1))
    (folder / FILE).write_bytes(ledger.to_bytes())


Tamper = Callable[[Path], object]
