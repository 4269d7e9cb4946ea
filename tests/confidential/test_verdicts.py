"""Verdicts that are kept change nothing of what is found, go stale with everything that judges, and hold no cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.confidential import judging
from site_builder.confidential.checking import CheckResult, check_returns
from site_builder.confidential.folders import ReturnPackage, Row, find_folders
from site_builder.confidential.gate import pass_gates
from site_builder.confidential.standards import DESCRIPTOR, RETURN, Standards, load_standards
from site_builder.confidential.verdicts import JUDGES, PLACE, verdicts_of
from site_builder.release.package import json_bytes
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.planes import Visibility
from tests.building import site_builder
from tests.confidential.house import BOROUGHS, OWN, QUARTER, build_house, table, write
from tests.fuzz.sent import NOTE, good

Spoil = Callable[[list[list[str]]], None]


def _cell(row: int, column: int, cell: str) -> Spoil:
    def change(rows: list[list[str]]) -> None:
        rows[row][column] = cell

    return change


SPOILT: dict[str, Spoil] = {
    "not at all": lambda rows: None,
    "a suppression mark": _cell(3, 4, "<5"),
    "an unknown status": _cell(4, 6, "final"),
    "another area": _cell(3, 0, "E09000093"),
    "all of them": lambda rows: _cell(4, 4, rows[4][5])(rows),
    "a row twice": lambda rows: rows.append(rows[3]),
    "a figure in a note": _cell(3, 7, "There were 104729 of them"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with two quarters of four boroughs, one of which is wrong in a way of its own."""
    standards = build_house(tmp_path)
    for number, (slug, period) in enumerate((s, p) for p in ("2024-25-Q1", QUARTER) for s in BOROUGHS):
        files = good(standards, slug, period)
        rows = table(files[RETURN])
        [*SPOILT.values()][number % len(SPOILT)](rows)
        write(tmp_path / "returns" / slug / period, {**files, RETURN: csv_bytes(rows[0], rows[1:])})
    return tmp_path


def checked(house: Path, *, cached: bool = True, workers: int = 1, packages: list[Path] | None = None) -> CheckResult:
    return check_returns(house, [house / "returns"], Visibility.PUBLIC, None, packages, workers, cached=cached)


def kept(house: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (house / PLACE).iterdir()}


def test_what_is_found_is_the_same_with_and_without(house: Path) -> None:
    plain = checked(house, cached=False)
    assert not (house / PLACE).exists()
    assert len({finding.rule for finding in plain.findings}) > 8
    for workers in (1, 4, 1):  # nothing kept yet, then all kept, read by four and by one
        again = checked(house, workers=workers)
        assert again.findings == plain.findings
        assert [one.folder for one in again.packages] == [one.folder for one in plain.packages]
        assert len(kept(house)) == 8


def test_processes_that_keep_verdicts_find_the_same(house: Path) -> None:
    shared = checked(house, workers=4)
    assert len(kept(house)) == 8
    assert shared.findings == checked(house, cached=False).findings == checked(house).findings


def test_a_kept_verdict_is_not_judged_again(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    judge = judging.judge

    def noted(packages: list[ReturnPackage], standards: Standards) -> object:
        judged.extend(package.folder.label for package in packages)
        return judge(packages, standards)

    monkeypatch.setattr(judging, "judge", noted)
    first = checked(house).findings
    assert len(judged) == 8
    judged.clear()
    assert checked(house).findings == first
    assert judged == []
    path = house / "returns" / OWN / QUARTER / RETURN
    path.write_bytes(path.read_bytes().replace(b",SG04,", b",SG99,"))
    changed = checked(house).findings
    assert judged == [f"returns/{OWN}/{QUARTER}"]
    assert changed != first
    assert changed == checked(house, cached=False).findings


def test_comparisons_are_made_anew(house: Path) -> None:
    """The kept verdict on a return says nothing of the return before it, which may have changed."""
    checked(house)
    now, before = (house / "returns" / OWN / period / RETURN for period in (QUARTER, "2024-25-Q1"))
    before.write_bytes(now.read_bytes().replace(b"2024-25-Q2", b"2024-25-Q1"))
    found = checked(house, packages=[now.parent]).findings
    assert found == checked(house, cached=False, packages=[now.parent]).findings
    write(house / "returns" / OWN / QUARTER, good(load_standards(house)))
    write(house / "returns" / OWN / "2024-25-Q1", {RETURN: (now.read_bytes().replace(b"2024-25-Q2", b"2024-25-Q1"))})
    assert "T701" in {finding.rule for finding in checked(house, packages=[now.parent]).findings}


def test_a_return_in_two_places_is_found_from_kept_verdicts(house: Path) -> None:
    write(house / "again" / OWN / QUARTER, good(load_standards(house)))
    write(house / "returns" / OWN / QUARTER, good(load_standards(house)))
    roots = [house / "returns", house / "again"]
    found = [check_returns(house, roots, Visibility.PUBLIC, cached=cached).findings for cached in (False, True, True)]
    assert found[0] == found[1] == found[2]
    assert any(finding.rule in ("K504", "X804") for finding in found[0])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-3],
        lambda data: data.replace(b"status", b"statue"),
        lambda data: b"\xff" + data,
        lambda data: data.split(b"\n")[0] + b"\n[]",
        lambda data: b"\n[[5]]",
        lambda data: data + b" ",
    ],
)
def test_a_damaged_entry_is_as_if_it_were_not_there(house: Path, damage: Callable[[bytes], bytes]) -> None:
    plain = checked(house).findings
    for path in (house / PLACE).iterdir():
        path.write_bytes(damage(path.read_bytes()))
    assert checked(house).findings == plain
    assert all(verdicts_of(house).read(name) is not None for name in kept(house)), "written anew"


def test_an_entry_under_another_name_is_not_read(house: Path) -> None:
    plain = checked(house).findings
    first, *others = sorted((house / PLACE).iterdir())
    for other in others:
        other.write_bytes(first.read_bytes())
    assert checked(house).findings == plain


def test_where_nothing_can_be_kept_the_check_goes_on(house: Path) -> None:
    (house / ".cache").write_text("a file")
    assert checked(house).findings == checked(house, cached=False).findings
    (house / ".cache").unlink()
    key = next(iter(kept(house) if checked(house) else ()))
    (house / PLACE / key).unlink()
    (house / PLACE / key).mkdir()
    assert checked(house).findings == checked(house, cached=False).findings


def _packages(house: Path, standards: Standards) -> list[ReturnPackage]:
    folders, _ = find_folders(house / "returns", house)
    found = [pass_gates(folder, standards, Visibility.PUBLIC).package for folder in folders]
    return [package for package in found if package is not None]


def test_a_key_tells_apart_all_that_a_rule_can_see(house: Path) -> None:
    standards = load_standards(house)
    verdicts = verdicts_of(house)
    package = _packages(house, standards)[0]
    columns = standards.schemas[RETURN].columns
    first = package.rows[0]
    moved = Row(first.line + 1, columns, first.cells)
    joined = Row(first.line, columns, [first.cells[0] + first.cells[1], "", *first.cells[2:]])
    others = [
        replace(package, rows=package.rows[1:]),
        replace(package, rows=(moved, *package.rows[1:])),
        replace(package, rows=(joined, *package.rows[1:])),
        replace(package, rows=package.rows[::-1]),
        replace(package, explanations=()),
        replace(package, rows=(), explanations=package.rows),
        replace(package, folder=replace(package.folder, path=package.folder.path.with_name("2024-25-Q3"))),
        replace(package, particulars=replace(package.particulars, contact_role="Another role")),
    ]
    keys = [verdicts.key(one) for one in (package, *others)]
    assert len(set(keys)) == len(keys)
    assert replace(verdicts, judges="other").key(package) not in keys
    elsewhere = replace(
        package.folder, label="elsewhere", path=Path("/elsewhere") / package.folder.path.relative_to(house)
    )
    assert verdicts.key(replace(package, folder=elsewhere)) == keys[0], "the place of the checkout is no part of it"


def test_a_key_is_made_of_nothing_it_does_not_know(house: Path) -> None:
    package = _packages(house, load_standards(house))[0]
    with pytest.raises(TypeError, match="object"):
        verdicts_of(house).key(replace(package, explanations=(object(),)))  # type: ignore[arg-type]


def noting(seen: set[Path], read: Callable[..., object]) -> Callable[..., object]:
    """A way to read a file that remembers which."""

    def noted(path: Path, *words: object, **more: object) -> object:
        seen.add(path)
        return read(path, *words, **more)

    return noted


def test_everything_that_judges_is_part_of_the_key(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the checkout that standards are loaded from, and the source of the rules."""
    opened: set[Path] = set()
    for name in ("read_text", "read_bytes"):
        monkeypatch.setattr(Path, name, noting(opened, getattr(Path, name)))
    load_standards(house)
    monkeypatch.undo()
    inside = {path for path in opened if house in path.parents}
    assert len(inside) > 15
    assert {path for path in inside if not any(house / folder in path.parents for folder in JUDGES)} == set()
    before = verdicts_of(house).judges
    path = house / "datapackages/reference/return.schema.json"
    path.write_bytes(json_bytes({**json.loads(path.read_text()), "more": 1}))
    assert verdicts_of(house).judges != before
    path = next((house / "content/indicators").iterdir())
    before = verdicts_of(house).judges
    path.write_text(path.read_text() + "\n")
    assert verdicts_of(house).judges != before


def test_the_source_of_every_rule_is_part_of_the_key(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, read_bytes = set[Path](), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", noting(read, read_bytes))
    before = verdicts_of(house).judges
    assert {"cells.py", "keys.py", "values.py", "returns.py", "messages.py", "judging.py", "counts.py"} <= {
        path.name for path in read
    }
    monkeypatch.setattr(Path, "read_bytes", lambda path: read_bytes(path) + b"#" * (path.name == "counts.py"))
    assert verdicts_of(house).judges != before


def test_no_cell_is_kept(house: Path) -> None:
    """All counts are primes of five digits; notes and explanations are words of their own."""
    checked(house)
    bodies = [data.partition(b"\n")[2].decode() for data in kept(house).values()]
    assert sum(len(json.loads(body)) for body in bodies) > 5, "much was found"
    texts = [path.read_text() for path in (house / "returns").rglob("*.csv")]
    counts = {number for text in texts for number in re.findall(r"\b[0-9]{5,}\b", text)}
    assert len(counts) > 100
    assert counts.isdisjoint(re.findall(r"[0-9]{5,}", " ".join(bodies).replace(",", "")))
    assert not any(NOTE in body or "new front door" in body for body in bodies)


def test_a_real_return_in_public_leaves_no_verdict(house: Path) -> None:
    for path in (house / "returns").rglob(DESCRIPTOR):
        path.write_bytes(json_bytes({**json.loads(path.read_text()), "classification": "confidential"}))
    assert {finding.rule for finding in checked(house).findings} == {"D901"}
    assert not (house / PLACE).exists()
    hidden = check_returns(house, [house / "returns"], Visibility.PRIVATE, cached=True)
    assert "D901" not in {finding.rule for finding in hidden.findings}
    assert {finding.rule for finding in checked(house).findings} == {"D901"}, "no verdict opens a return"


def test_the_entries_are_read_by_their_owner_alone(house: Path) -> None:
    checked(house)
    assert {path.stat().st_mode & 0o077 for path in (house / PLACE).iterdir()} == {0}


def test_the_command_keeps_verdicts_unless_told_not_to(house: Path) -> None:
    words = ("--root", str(house), "--format", "json", "check", "--returns", str(house / "returns"))
    plain = site_builder(*words, "--no-cache")
    assert not (house / ".cache").exists()
    assert plain.stdout == site_builder(*words).stdout == site_builder(*words).stdout
    assert len(kept(house)) == 8
