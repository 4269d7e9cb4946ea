"""How long a check of many returns takes: ``python -m tests.benchmarks.returns [--packages 1320]``.

Makes invented returns in a folder of its own and times the command ``check`` as a whole, start included: nothing kept,
verdicts written, verdicts read; with one process and with two. Beside it, in the same run, the validator alone reads
each package as anybody would. Then every tenth return is spoilt, and what the second check finds in all of them as one
table must be what it finds in each alone; the command ends with 1 when it is not.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from frictionless import Package

from site_builder.confidential import returns
from site_builder.confidential.folders import ReturnPackage, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.rules.time import period_before
from site_builder.confidential.standards import DESCRIPTOR, RETURN, Standards, load_standards
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Visibility
from tests.building import ROOT, site_builder
from tests.confidential.house import table
from tests.synthetic.returns import LAST, children_of, returns_as_at, write

BOROUGHS = 33
RETURNS = Path("datapackages/returns")
_SPOILT = ((4, "12.5"), (4, "x"), (6, "final"), (5, "-7"), (2, "XX99"), (7, "x" * 501))


def checkout(root: Path) -> None:
    """What a check needs beside the returns."""
    for folder in ("datapackages/reference", "content/indicators"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "content/site.toml", root / "content")


def invented(standards: Standards, packages: int) -> dict[str, bytes]:
    """The files of so many quarterly returns, the latest ones last."""
    first = Period.parse(LAST)
    for _ in range(packages // BOROUGHS + 1):  # one more: a few are never sent
        first = period_before(first)
    files = returns_as_at(standards, children_of(ROOT), first=first.id)
    folders = sorted({tuple(path.split("/")[:2]) for path in files if "-Q" in path}, key=lambda one: one[::-1])
    wanted = {"/".join(one) for one in folders[-packages:]}
    return {path: data for path, data in files.items() if path.rpartition("/")[0] in wanted}


def timed(name: str, packages: int, run: Callable[[], object]) -> None:
    """Print how long something took, by the clock and of the processors, and how many packages a second that is."""
    start, busy = time.perf_counter(), _processor_seconds()
    run()
    seconds = time.perf_counter() - start
    print(f"| {name} | {seconds:.2f} | {_processor_seconds() - busy:.2f} | {packages / seconds:,.0f} |", flush=True)


def _processor_seconds() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def check(root: Path, *words: str) -> None:
    """The command in a process of its own. Raises AssertionError when it is not clean."""
    done = site_builder("--root", str(root), "check", *words)
    assert done.returncode in (0, 1), done.stderr  # old quarters may raise queries, which nobody has answered


def validate_each(folders: Sequence[Path]) -> None:
    """The validator alone, one package after another. Raises AssertionError when it refuses one."""
    for folder in folders:
        assert Package(str(folder / DESCRIPTOR)).validate().valid, folder.parent.name


def spoil(folders: Sequence[Path]) -> None:
    """Put a cell that the second check refuses into every tenth return."""
    for number, folder in enumerate(folders[::10]):
        rows = table((folder / RETURN).read_bytes())
        column, cell = _SPOILT[number % len(_SPOILT)]
        rows[1 + number % (len(rows) - 1)][column] = cell
        (folder / RETURN).write_bytes(csv_bytes(rows[0], rows[1:]))


def packages_of(root: Path, standards: Standards) -> list[ReturnPackage]:
    """The returns that came through the gates."""
    found = [
        pass_gates(folder, standards, Visibility.PUBLIC).package for folder in find_folders(root / RETURNS, root)[0]
    ]
    return [package for package in found if package is not None]


def same_alone(packages: Sequence[ReturnPackage], standards: Standards) -> tuple[bool, int]:
    """Whether all in one table are found to be as each alone is; and how many are refused."""
    together = returns.judged_singly(packages, standards)
    alone = tuple(returns.judged_singly([package], standards)[0] for package in packages)
    return together == alone, sum(bool(said) for said in alone)


def measure(root: Path, packages: int) -> bool:
    """Print the table; whether the verdicts in one table and alone are the same."""
    checkout(root)
    standards = load_standards(root)
    files = invented(standards, packages)
    write(root / RETURNS, files)
    write(
        root / "one",
        {path: data for path, data in files.items() if path.startswith(sorted(files)[0].rpartition("/")[0])},
    )
    folders = sorted({(root / RETURNS / path).parent for path in files})
    print(f"{len(folders)} packages\n\n| What | Seconds | of the processor | Packages a second |\n|---|---|---|---|")
    for workers in ("1", "2"):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        for name, option in (
            ("nothing kept", "--no-cache"),
            ("writing verdicts", "--cache"),
            ("reading verdicts", "--cache"),
        ):
            timed(f"check, {name}, processes: {workers}", packages, partial(check, root, option, "--workers", workers))
    timed("check of one", 1, partial(check, root, "--no-cache", "--returns", str(root / "one")))
    timed("the validator alone, each package", packages, partial(validate_each, folders))
    spoil(folders)
    same, refused = same_alone(packages_of(root, standards), standards)
    print(
        f"\nThe second check refuses {refused}; in one table and alone it says {'the same' if same else 'NOT THE SAME'}."
    )
    return same and refused > 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=int, default=1320)
    with tempfile.TemporaryDirectory() as root:
        return 0 if measure(Path(root), parser.parse_args().packages) else 1


if __name__ == "__main__":
    sys.exit(main())
