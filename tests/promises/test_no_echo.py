"""Promise 4, rule by rule: no message, report, crash or kept verdict holds a count, nor what is worked out of two.

The cases of every rule are made anew with primes of five digits as counts, checked with verdicts kept, and written in
every format. Searched are all numbers in what comes out: the primes, and sums, differences and shares of two of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from frictionless import FrictionlessException

from site_builder.cli import session
from site_builder.cli.app import app
from site_builder.cli.reports import formats, renderer
from site_builder.cli.wording import Run
from site_builder.confidential import judging, returns
from site_builder.confidential.checking import check_returns
from site_builder.confidential.rules import all_rules, file, time
from site_builder.confidential.standards import RETURN
from site_builder.confidential.verdicts import PLACE
from tests.confidential import house
from tests.confidential.house import LONDON_CHILDREN, OWN, QUARTER, build_house, good_return, table, write
from tests.fuzz.sent import next_prime
from tests.promises.test_no_leak import numbers_in
from tests.rules import case, generate

_WORDS = " ".join(text for rule in all_rules() for text in rule.parts.values())
# the public population; rows, lengths and years; and what the rules say of themselves
ALLOWED = {str(LONDON_CHILDREN), *map(str, range(2101)), *numbers_in(_WORDS.encode())}


def _primes(many: int) -> list[int]:
    made = [10_007]
    while len(made) < many:
        made.append(next_prime(made[-1] + 40))
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of every case, its counts primes of five digits."""
    root = tmp_path_factory.mktemp("cases")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(house, "_PRIMES", _primes(len(house._PRIMES)))
        for path, data in generate.files(build_house(root / "house")).items():
            write((root / "cases" / path).parent, {Path(path).name: data})
        yield root / "cases"


def _counts(files: Iterator[Path]) -> set[int]:
    """Counts of five digits or more in tables, as far as they can be read."""
    texts = (path.read_bytes().decode(errors="replace") for path in files)
    return {int(number) for text in texts for number in re.findall(r"(?<![0-9A-Z])[0-9]{5,7}(?![0-9])", text)}


def _telling(counts: set[int]) -> set[str]:
    """Counts, sums and differences of two, and shares with one and two decimals, as numbers are found in text."""
    found = {str(count) for count in counts}
    for small, large in combinations(sorted(counts), 2):
        share = 100 * small / large
        found |= {str(large + small), str(large - small)}
        found |= {f"{share:.{places}f}".rstrip("0").rstrip(".") for places in (1, 2)}
    return {number for number in found if number not in ALLOWED}


def _everything(findings: Any, root: Path) -> str:
    folders = {finding.where.file.rpartition("/")[0] for finding in findings}
    shown = [renderer(form)(findings, Run(tuple(sorted(folders)))) for form in formats()]
    kept = [path.read_text() for path in (root / PLACE).glob("*")]
    return "\n".join([*shown, *(entry.partition("\n")[2] for entry in kept)])


def test_no_rule_tells_a_count_in_any_format_or_in_what_is_kept(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case, "check_returns", partial(check_returns, cached=True))
    spoken, seen, kept = set(), 0, 0
    for number, expected in enumerate(sorted(made.glob("*/*/expected.txt"))):
        root = tmp_path / str(number)
        findings = case.run(expected.parent, root)
        counts = _counts(root.glob("datapackages/returns/*/*/*.csv"))
        told = numbers_in(_everything(findings, root).encode()) & _telling(counts)
        assert not told, f"{expected.parent.parent.name}/{expected.parent.name} tells a count"
        spoken |= {finding.rule for finding in findings}
        seen, kept = max(seen, len(counts)), kept + len(list((root / PLACE).glob("*")))
    assert spoken == {rule.code for rule in all_rules()}, "every rule must have spoken"
    assert seen > 25
    assert kept > 100


def test_the_search_would_see_each_of_them() -> None:
    counts = {10_007, 30_011}
    for shown in ("10,007", "10007", "40 018", "20,004", "33.3 %", "33.34"):
        assert numbers_in(f"It is {shown} here.".encode()) & _telling(counts), shown
    assert not numbers_in(b"Rows 3 and 14 of 2024-25-Q2; 400,009 children.") & _telling(counts)


# ---- crashes


def _crash(*cells: object, **_: object) -> Any:
    """A mistake of the program whose message holds what it was given, cells included."""
    raise ValueError(_told(cells))


def _crash_of_the_validator(*cells: object, **_: object) -> Any:
    raise FrictionlessException(_told(cells))


def _told(cells: object) -> str:
    rows = [row.cells for package in _packages(cells) for row in package.rows]
    return f"{COUNT} is no number: {rows}"


def _packages(given: object) -> list[Any]:
    some = given if isinstance(given, tuple | list) else [given]
    return [
        one for part in some for one in (part if isinstance(part, list | tuple) else [part]) if hasattr(one, "rows")
    ]


COUNT = "104729"


def _in_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = type(judging.ROW_RULES[0])("C401", judging.ROW_RULES[0].severity, "Broken", _crash)
    monkeypatch.setattr(judging, "ROW_RULES", (broken,))


def _in_a_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "cells_of", _crash)


def _in_the_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returns, "_errors", _crash_of_the_validator)


def _in_a_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "restated", _crash)


def _in_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "renderer", lambda form: _crash)


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize("broken", [_in_a_rule, _in_a_gate, _in_the_validator, _in_a_comparison, _in_a_format])
def test_a_crash_in_the_check_tells_no_cell(
    broken: Callable[[pytest.MonkeyPatch], None],
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    standards = build_house(tmp_path)
    for period in ("2024-25-Q1", QUARTER):
        write(tmp_path / "datapackages/returns" / OWN / period, good_return(standards, period=period))
    broken(monkeypatch)
    report = tmp_path / "report"
    words = ["--root", str(tmp_path), "--format", form, "check", "--report", f"{form}:{report}"]
    monkeypatch.setattr(sys, "argv", ["site-builder", *words])
    with pytest.raises(SystemExit) as ended:
        session.run(app)
    assert ended.value.code == 70
    said = capsys.readouterr()
    assert "mistake of its own: " in said.err
    kept = [path.read_text().partition("\n")[2] for path in (tmp_path / PLACE).glob("*")]
    shown = numbers_in("\n".join([said.out, said.err, *kept, report.read_text() if report.exists() else ""]).encode())
    cells = {cell for row in table(good_return(standards)[RETURN])[1:] for cell in row[4:6] if cell}
    assert not shown & {COUNT, *cells}


def _crash_elsewhere(_: int) -> None:
    raise ValueError(COUNT)


def test_a_crash_in_another_process_tells_no_cell() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool, pytest.raises(ValueError, match=COUNT) as caught:
        pool.submit(_crash_elsewhere, 1).result()
    said = session.crash_report(caught.value)
    assert "ValueError" in said
    assert COUNT not in said
