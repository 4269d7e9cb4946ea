"""The strongest test of promise 3: returns that differ in everything hidden lead to the same bytes everywhere.

A certificate holds whole tables that agree with everything printed. Here one of them takes the place of the true counts:
it is written back as returns, one set for each release as returns stood on its day, and the same releases are made again
with the same decisions. Packages, certificates, ledger and the built site must be the same to the byte, so nothing that
anybody prints can depend on a hidden count.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from site_builder.confidential import steps
from site_builder.confidential.checking import CheckResult
from site_builder.confidential.folders import find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.grains import cell_period
from site_builder.confidential.standards import Standards, load_standards
from site_builder.release.bases import COMPLEMENT, DENOMINATOR, NUMERATOR, Base, Count
from site_builder.release.blocks import Taken, take_apart
from site_builder.release.relations import publication
from site_builder.release.releases import sealed_packages
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from tests.building import build, few_indicators
from tests.published.test_targets import ROW, agree
from tests.synthetic.returns import children_of, returns_as_at, write
from tests.synthetic.story import PUBLISHED_ON

RELEASES = ("2023-24-Q4", "2024-25-Q2", "2024-25-Q2.1")  # a late return lies between two of them, and a correction
KEPT = ("SG01", "SG02", "SG03", "SG14", "N01")  # tied counts, shares, years alone; a national series
TARGETS = tuple(  # every borough has two, those with a hidden figure too: no status may tell its size
    {**ROW, "area": f"E09{number:06}", "indicator": code, "kind": "between", "value": value, "upper": upper, "tolerance": "",
     "reason": "A range to talk about."}
    for number in range(1, 34)
    for code, value, upper in (("SG02", "55", "65"), ("SG03", "10", "20"))
)  # fmt: skip
Files = Mapping[str, bytes]
Truth = Mapping[Base, int]


def without_questions(
    standards: Standards, root: Path, returns: Sequence[Path], visibility: Visibility, *, workers: int
) -> CheckResult:
    """Returns through the gates alone: invented tables jump about, and the check would ask why."""
    folders = [folder for some in returns for folder in find_folders(some, root)[0]]
    gated = [pass_gates(folder, standards, visibility) for folder in folders]
    assert all(one.package is not None for one in gated)
    packages = tuple(one.package for one in gated if one.package is not None)
    return CheckResult((), packages, tuple(str(folder) for folder in folders))


def release_all(root: Path, returns: Mapping[str, Files]) -> None:
    """Make every release from the returns as they stood."""
    for name, files in returns.items():
        folder = root / "returns" / name
        write(folder, files)
        day = date.fromisoformat(PUBLISHED_ON[name])
        assert steps.make_release(root, [folder], name, day, Visibility.PUBLIC).folder is not None


def witness_of(root: Path) -> tuple[Truth, list[Taken]]:
    """A table of every count, hidden ones from the certificate of the last release; and what was known after each."""
    packages = sealed_packages(root / "datapackages/releases")
    editions = [one.edition for one in packages]
    taken = [take_apart(publication(editions[: number + 1])) for number in range(len(editions))]
    table, proofs = dict(taken[-1].known), packages[-1].certificate.proofs()
    for number, block in enumerate(taken[-1].blocks):
        fewest = min(proofs[number].tables, key=lambda one: (sum(0 < n < 6 for n in one), one))  # finer tables tempt
        table |= zip(block.unknowns, fewest, strict=True)
    return table, taken


def newest(taken: Taken) -> dict[Count, Base]:
    """Each count as it stood after a release."""
    found: dict[Count, Base] = {}
    for base in (*taken.known, *(one for block in taken.blocks for one in block.unknowns)):
        count = Count(base.indicator, base.area, base.period, base.category, base.part)
        found[count] = max(base, found.get(count, base), key=lambda one: one.turn)
    return found


def rewritten(files: Files, table: Truth, now: Mapping[Count, Base], standards: Standards) -> dict[str, bytes]:
    """Returns in which every count that a release adds up is the table's."""
    made = dict(files)
    for path in (path for path in files if path.endswith("/return.csv")):
        rows = rows_of(files[path])
        for row in rows:
            period = cell_period(standards.collected[row["indicator"]], Period.parse(row["period"]))
            count = Count(row["indicator"], row["area_code"], period, "total", NUMERATOR)
            part = {one: table[now[key]] for one in (NUMERATOR, COMPLEMENT, DENOMINATOR)
                    if (key := count._replace(part=one)) in now}  # fmt: skip
            if NUMERATOR in part:
                row["numerator"] = str(part[NUMERATOR])
            if COMPLEMENT in part:
                row["denominator"] = str(part[NUMERATOR] + part[COMPLEMENT])
            elif DENOMINATOR in part:
                row["denominator"] = str(part[DENOMINATOR])
        made[path] = csv_bytes(list(rows[0]), [list(row.values()) for row in rows])
    return made


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def figures(returns: Mapping[str, Files]) -> list[tuple[str, str]]:
    return [
        (row["numerator"], row["denominator"])
        for files in returns.values()
        for path in sorted(files)
        if path.endswith("/return.csv")
        for row in rows_of(files[path])
    ]


def test_a_table_of_the_certificate_sent_as_returns_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "check_by", without_questions)
    one, other = (few_indicators(tmp_path / name, KEPT, "SG02") for name in ("one", "other"))
    for root in (one, other):
        agree(root, TARGETS)
    standards = load_standards(one)
    true = {name: returns_as_at(standards, children_of(one), name) for name in RELEASES}
    release_all(one, true)
    table, taken = witness_of(one)
    invented = {
        name: rewritten(true[name], table, newest(after), standards)
        for name, after in zip(RELEASES, taken, strict=True)
    }
    differing = sum(a != b for a, b in zip(figures(true), figures(invented), strict=True))
    assert differing > 100, "the table must be another one"
    shutil.copytree(one / "datapackages/decisions", other / "datapackages/decisions")
    release_all(other, invented)
    for folder in ("datapackages/releases", "datapackages/decisions"):
        assert tree(other / folder) == tree(one / folder)
    sites = [tree(build(root / "build", root)) for root in (one, other)]
    assert sorted(sites[0]) == sorted(sites[1])
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []
