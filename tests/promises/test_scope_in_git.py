"""Promise: a pull request may change one return of its own borough, and never what judges it. Real repositories, judged
by the command as a pipeline runs it: the checkout of the base judges the checkout of the head."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.cli.git import parse_raw
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, Standards, load_standards
from site_builder.release.ledger import Ledger
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.releaseid import ReleaseId
from tests.confidential.house import BOROUGHS, OWN, build_house, good_return, table, write

CLOSED, OPEN, NEXT, NEVER = "2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2022-23-Q1"
ON = "2024-11-01"
RETURNS = "datapackages/returns"
MINE = f"{RETURNS}/{OWN}/{OPEN}"
_ROUNDS = """version = "2024-25.1"
[[rounds]]
period = "2024-25-Q1"
opens = 2024-07-01
due = 2024-08-15
publishes = 2024-10-17
[[rounds]]
period = "2024-25-Q2"
opens = 2024-10-01
due = 2024-11-15
publishes = 2025-01-16
[[rounds]]
period = "2024-25-Q3"
opens = 2025-01-01
due = 2025-02-17
publishes = 2025-04-17
[[late]]
submitter = "westholt"
period = "2024-25-Q1"
until = 2024-11-15
"""


def git(folder: Path, *words: str) -> str:
    """Run git as an invented person."""
    person = ["-c", "user.name=Data officer", "-c", "user.email=data@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *person, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "-q", "--allow-empty", "-m", "A change")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What judges: four boroughs, a quarter that is released, and one whose window is open."""
    root = tmp_path_factory.mktemp("base")
    standards = build_house(root)
    reference = root / "datapackages/reference"
    (reference / "collection.toml").write_text(_ROUNDS)
    accounts = "".join(f'[boroughs.{slug}]\naccounts = ["{slug}-data"]\n' for slug in BOROUGHS)
    (reference / "submitters.toml").write_text(accounts)
    for slug in BOROUGHS:
        write(root / RETURNS / slug / CLOSED, good_return(standards, slug, CLOSED))
        if slug != OWN:
            write(root / RETURNS / slug / OPEN, good_return(standards, slug, OPEN))
    ledger = Ledger().append(ReleaseId.parse(CLOSED), "0" * 64, date(2024, 10, 17))
    write(root / "datapackages/releases", {"ledger.csv": ledger.to_bytes()})
    write(root / "site_builder/confidential/rules", {"scope.py": b"RULES = ()\n"})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture(scope="module")
def standards(base: Path) -> Standards:
    return load_standards(base)


@pytest.fixture
def head(base: Path, tmp_path: Path) -> Path:
    """A pull request without a change as yet."""
    git(base, "clone", "-q", "--shared", str(base), str(tmp_path / "head"))
    return tmp_path / "head"


def asked(base: Path, head: Path, author: str = f"{OWN}-data", *more: str, since: str = "origin/main") -> Result:
    words = ["check", "--returns", str(head / RETURNS), "--changed-since", since, "--author", author, "--each"]
    return CliRunner().invoke(app, ["--root", str(base), "--format", "json", *words, *(more or ("--on", ON))])


def found(result: Result) -> list[tuple[str, str]]:
    """Code and file of every error and open query."""
    assert result.exit_code != 70, result.output
    listed = json.loads(result.stdout)["findings"]
    return sorted((one["rule"], one["file"]) for one in listed if one["severity"] != "info")


def put(head: Path, path: str, data: bytes = b"Words.\n") -> None:
    (head / path).parent.mkdir(parents=True, exist_ok=True)
    (head / path).write_bytes(data)


def send(head: Path, standards: Standards, slug: str = OWN, period: str = OPEN) -> Path:
    return write(head / RETURNS / slug / period, good_return(standards, slug, period))


def edited(head: Path, slug: str, period: str, code: str = "SG01") -> None:
    """A return of the base with one numerator raised a little."""
    path = head / RETURNS / slug / period / RETURN
    rows = table(path.read_bytes())
    for row in rows[1:]:
        row[4] = str(int(row[4]) + 2) if row[2] == code else row[4]
    path.write_bytes(csv_bytes(rows[0], rows[1:]))


def corrects(head: Path, slug: str, indicators: list[str], release: str = CLOSED, period: str = CLOSED) -> None:
    path = head / RETURNS / slug / period / DESCRIPTOR
    reason = "One team's contacts were left out of the first return."
    said = json.loads(path.read_bytes())
    path.write_text(
        json.dumps({**said, "correction": {"indicators": indicators, "reason": reason, "release": release}})
    )


def test_a_clean_return_passes(base: Path, head: Path, standards: Standards) -> None:
    send(head, standards)
    commit(head)
    result = asked(base, head)
    assert (result.exit_code, found(result)) == (0, [])


def test_capitals_in_an_account_make_no_other_person(base: Path, head: Path, standards: Standards) -> None:
    send(head, standards)
    commit(head)
    assert asked(base, head, f"{OWN}-Data".upper()).exit_code == 0


def test_a_developer_changes_anything_but_returns(base: Path, head: Path) -> None:
    put(head, "site_builder/new.py")
    put(head, 'a name\nwith “quotes" and\ttabs.txt')
    (head / "link").symlink_to("site_builder")
    commit(head)
    result = asked(base, head, "somebody")
    assert (result.exit_code, found(result)) == (0, [])


def test_nothing_changed(base: Path, head: Path) -> None:
    assert (asked(base, head).exit_code, found(asked(base, head))) == (0, [])


Change = Callable[[Path, Standards], object]


def _deleted(head: Path, _: Standards) -> None:
    (head / RETURNS / OWN / CLOSED / RETURN).unlink()
    (head / RETURNS / OWN / CLOSED / EXPLANATIONS).unlink()
    (head / RETURNS / OWN / CLOSED / DESCRIPTOR).unlink()


def _linked(head: Path, standards: Standards) -> None:
    send(head, standards)
    (head / MINE / RETURN).unlink()
    (head / MINE / RETURN).symlink_to(head / RETURNS / "westholt" / OPEN / RETURN)


def _became_a_link(head: Path, _: Standards) -> None:
    path = head / RETURNS / "eastmere" / OPEN / RETURN
    path.unlink()
    path.symlink_to(f"../../westholt/{OPEN}/{RETURN}")


def _executable(head: Path, standards: Standards) -> None:
    (send(head, standards) / RETURN).chmod(0o755)


def _submodule(head: Path, _: Standards) -> None:
    git(head, "update-index", "--add", "--cacheinfo", f"160000,{git(head, 'rev-parse', 'HEAD')},{MINE}")
    (head / MINE).mkdir(parents=True)


def _also(path: str, data: bytes = b"Words.\n", *, own: bool = True) -> Change:
    def change(head: Path, standards: Standards) -> None:
        if own:
            send(head, standards)
        put(head, path, data)

    return change


def _children(head: Path, standards: Standards) -> None:
    send(head, standards)
    put(head, f"{MINE}/{RETURN}", b"child_id,date_of_birth\nA1,2011-02-03\n")


def _two_periods(head: Path, standards: Standards) -> None:
    send(head, standards)
    send(head, standards, period="2024-25-Q4")


CASES: dict[str, tuple[Change, str, list[tuple[str, str]]]] = {
    "another borough's folder": (
        lambda head, _: edited(head, "eastmere", OPEN), OWN, [("S101", f"{RETURNS}/eastmere/{OPEN}/{RETURN}")],
    ),
    "a new folder of another borough beside one's own": (
        _also(f"{RETURNS}/eastmere/{OPEN}/{EXPLANATIONS}"), OWN,
        [("S101", f"{RETURNS}/eastmere/{OPEN}/{EXPLANATIONS}")],
    ),
    "a workflow": (_also(".github/workflows/check.yml"), OWN, [("S102", ".github/workflows/check.yml")]),
    "git's own settings": (_also(".gitattributes"), OWN, [("S102", ".gitattributes")]),
    "a path with quotes, a line break and letters of others": (
        _also("x\n\"é\" ::error::.txt"), OWN, [("S102", "x\n\"é\" ::error::.txt")],
    ),
    "a path that is no text": (_also(os.fsdecode(b"caf\xe9.txt")), OWN, [("S102", "caf\\xe9.txt")]),
    "a file beside the periods": (_also(f"{RETURNS}/{OWN}/notes.txt"), OWN, [("S106", f"{RETURNS}/{OWN}/notes.txt")]),
    "a return from a developer": (
        send, "somebody", [("S102", f"{MINE}/{name}") for name in (DESCRIPTOR, EXPLANATIONS, RETURN)],
    ),
    "a closed period": (lambda head, _: edited(head, OWN, CLOSED), OWN, [("S104", f"{RETURNS}/{OWN}/{CLOSED}")]),
    "a workbook": (_also(f"{MINE}/figures.xlsx", b"PK"), OWN, [("S105", f"{MINE}/figures.xlsx")]),
    "a folder in the folder": (_also(f"{MINE}/more/{RETURN}"), OWN, [("S106", f"{MINE}/more/{RETURN}")]),
    "a link": (_linked, OWN, [("S106", f"{MINE}/{RETURN}")]),
    "a file that became a link": (_became_a_link, "eastmere", [("S106", f"{RETURNS}/eastmere/{OPEN}/{RETURN}")]),
    "a program": (_executable, OWN, [("S106", f"{MINE}/{RETURN}")]),
    "a submodule in place of the folder": (_submodule, OWN, [("S106", MINE)]),
    "an enormous file": (_also(f"{MINE}/{RETURN}", b"x" * 1_000_001), OWN, [("S107", f"{MINE}/{RETURN}")]),
    "a window that is not open": (
        lambda head, s: send(head, s, period=NEXT), OWN, [("S109", f"{RETURNS}/{OWN}/{NEXT}")],
    ),
    "a period without a round": (
        lambda head, s: send(head, s, period=NEVER), OWN, [("S109", f"{RETURNS}/{OWN}/{NEVER}")],
    ),
    "rows about children": (_children, OWN, [("D903", f"{MINE}/{RETURN}")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_with_exactly_its_code(name: str, base: Path, head: Path, standards: Standards) -> None:
    change, slug, expected = CASES[name]
    change(head, standards)
    commit(head)
    result = asked(base, head, slug if slug == "somebody" else f"{slug}-data")
    assert found(result) == sorted(expected)
    assert result.exit_code == (3 if expected[0][0].startswith("D") else 1)


def test_two_periods_at_once(base: Path, head: Path, standards: Standards) -> None:
    edited(head, "westholt", CLOSED)  # let in late
    edited(head, "westholt", OPEN)
    commit(head)
    assert found(asked(base, head, "westholt-data")) == [("S103", f"{RETURNS}/westholt/{OPEN}")]


def test_a_return_that_disappears(base: Path, head: Path) -> None:
    for name in (DESCRIPTOR, EXPLANATIONS, RETURN):
        (head / RETURNS / "eastmere" / OPEN / name).unlink()
    commit(head)
    files = [("S110", f"{RETURNS}/eastmere/{OPEN}/{name}") for name in (DESCRIPTOR, EXPLANATIONS, RETURN)]
    assert found(asked(base, head, "eastmere-data")) == files


def test_a_folder_that_is_renamed_to_serve_for_the_next_period(base: Path, head: Path) -> None:
    git(head, "mv", f"{RETURNS}/eastmere/{OPEN}", f"{RETURNS}/eastmere/{NEXT}")
    commit(head)
    codes = {code for code, _ in found(asked(base, head, "eastmere-data"))}
    assert codes == {"S103", "S109", "S110"}


def test_a_description_that_says_how_to_read_it(base: Path, head: Path, standards: Standards) -> None:
    path = send(head, standards) / DESCRIPTOR
    path.write_text(path.read_text().replace('"integer"', '"string"'))
    commit(head)
    assert found(asked(base, head)) == [("S108", f"{MINE}/{DESCRIPTOR}")]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("site_builder/confidential/rules/scope.py", b"raise SystemExit(0)\n"),
        ("datapackages/reference/submitters.toml", f'[boroughs.eastmere]\naccounts = ["{OWN}-data"]\n'.encode()),
        ("datapackages/reference/return.schema.json", b"{}"),
        ("datapackages/reference/collection.toml", b'version = "9"\nrounds = []\n'),
    ],
)
def test_what_judges_is_the_bases_own(path: str, data: bytes, base: Path, head: Path, standards: Standards) -> None:
    """The change is refused, and what it would have allowed is refused as well."""
    send(head, standards, "eastmere")
    edited(head, "eastmere", OPEN)
    put(head, path, data)
    commit(head)
    assert found(asked(base, head)) == [("S101", f"{RETURNS}/eastmere/{OPEN}/{RETURN}"), ("S102", path)]


def test_a_developers_new_schema_does_not_judge_the_returns_of_its_own_change(
    base: Path, head: Path, standards: Standards
) -> None:
    put(head, "datapackages/reference/return.schema.json", b"{}")
    commit(head)
    assert asked(base, head, "somebody").exit_code == 0
    send(head, standards)
    commit(head)
    assert {code for code, _ in found(asked(base, head, "somebody"))} == {"S102"}


def test_what_others_changed_in_the_meantime_is_not_ones_own(base: Path, head: Path, standards: Standards) -> None:
    git(head, "checkout", "-q", "-b", "theirs")
    put(head, "site_builder/theirs.py")
    commit(head)
    git(head, "checkout", "-q", "main")
    send(head, standards)
    commit(head)
    assert asked(base, head, since="theirs").exit_code == 0


def test_a_late_return_passes_until_its_day(base: Path, head: Path) -> None:
    edited(head, "westholt", CLOSED)
    commit(head)
    assert asked(base, head, "westholt-data").exit_code == 0
    late = asked(base, head, "westholt-data", "--on", "2024-11-16")
    assert found(late) == [("S104", f"{RETURNS}/westholt/{CLOSED}")]


def test_a_correction_that_names_what_differs_passes(base: Path, head: Path) -> None:
    edited(head, OWN, CLOSED)
    corrects(head, OWN, ["SG01"])
    commit(head)
    result = asked(base, head)
    assert (result.exit_code, found(result)) == (0, [])


def test_a_correction_that_names_something_else_is_asked_about(base: Path, head: Path) -> None:
    edited(head, OWN, CLOSED)
    corrects(head, OWN, ["SG02"])
    commit(head)
    result = asked(base, head)
    assert (result.exit_code, found(result)) == (1, [("T706", f"{RETURNS}/{OWN}/{CLOSED}/{DESCRIPTOR}")])
    assert "These differ: SG01." in result.stdout


def test_a_correction_of_a_release_that_does_not_hold_the_period_opens_nothing(base: Path, head: Path) -> None:
    edited(head, OWN, CLOSED)
    corrects(head, OWN, ["SG01"], release="2023-24-Q4")
    commit(head)
    assert found(asked(base, head)) == [("S104", f"{RETURNS}/{OWN}/{CLOSED}")]


def test_a_correction_of_what_no_release_holds_is_no_correction(base: Path, head: Path, standards: Standards) -> None:
    send(head, standards)
    corrects(head, OWN, ["SG01"], period=OPEN)
    commit(head)
    result = asked(base, head)
    assert ("S109", f"{MINE}/{DESCRIPTOR}") in found(result)
    assert result.exit_code == 1


def test_what_the_commit_holds_and_the_folder_does_not_is_not_passed_over(
    base: Path, head: Path, standards: Standards
) -> None:
    send(head, standards)
    commit(head)
    shutil.rmtree(head / MINE)
    result = asked(base, head)
    assert result.exit_code == 2
    assert "not in this folder" in result.output


def test_capitals_make_no_other_folder_of_returns(base: Path, head: Path) -> None:
    put(head, f"datapackages/Returns/{OWN}/{OPEN}/{RETURN}", b"area_code\n")
    commit(head)
    assert {code for code, _ in found(asked(base, head, "a-developer"))} == {"S102"}


def test_a_real_return_is_named_as_such_whatever_else_is_wrong(base: Path, head: Path, standards: Standards) -> None:
    path = send(head, standards) / DESCRIPTOR
    path.write_text(path.read_text().replace('"synthetic"', '"confidential"'))
    put(head, "README.md")
    commit(head)
    result = asked(base, head)
    assert (result.exit_code, found(result)) == (3, [("D901", f"{MINE}/{DESCRIPTOR}"), ("S102", "README.md")])


def test_each_package_is_valid_to_anybody(base: Path, head: Path, standards: Standards) -> None:
    """The last check reads the file on disk: what it finds is told in our codes, although the gates were passed."""
    from site_builder.confidential.checking import check_returns
    from site_builder.confidential.returns import validate_alone
    from site_builder.vocabulary.planes import Visibility

    folder = send(head, standards)
    (package,) = check_returns(head, [head / RETURNS], Visibility.PUBLIC, packages=[folder]).packages
    assert validate_alone(package, standards) == ()
    rows = table((folder / RETURN).read_bytes())
    rows[1][4] = "many"
    (folder / RETURN).write_bytes(csv_bytes(rows[0], rows[1:]))
    assert [(f.rule, f.where.row) for f in validate_alone(package, standards)] == [("C407", 2)]


@pytest.mark.parametrize("since", ["no-such-branch", "-x", "--output=x", "", "a..b", "main:README.md", "HEAD^{tree}"])
def test_an_unknown_commit_is_refused_in_plain_words(since: str, base: Path, head: Path) -> None:
    result = asked(base, head, since=since)
    assert result.exit_code == 2
    assert "No commit has the name that was given." in result.stdout
    assert not (head / "x").exists()


def test_a_folder_that_is_in_no_repository(base: Path, tmp_path: Path) -> None:
    (tmp_path / RETURNS).mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "missing"):
        result = asked(base, folder)
        assert result.exit_code == 2
        assert "in no git repository" in result.stdout


def test_histories_that_have_nothing_in_common(base: Path, head: Path) -> None:
    git(head, "checkout", "-q", "--orphan", "new")
    commit(head)
    result = asked(base, head)
    assert result.exit_code == 2
    assert "no history in common" in result.stdout


@pytest.mark.parametrize("more", [("--author", "x"), ("--changed-since", "main"), ("--each",)])
def test_options_that_belong_together(more: tuple[str, ...], base: Path) -> None:
    result = CliRunner().invoke(app, ["--root", str(base), "check", *more])
    assert result.exit_code == 2
    assert "go together" in result.output


def test_the_day_is_that_of_the_event_or_must_be_said(
    base: Path, head: Path, standards: Standards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(head, standards)
    commit(head)
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    words = ["check", "--returns", str(head / RETURNS), "--changed-since", "origin/main", "--author", f"{OWN}-data"]
    assert CliRunner().invoke(app, ["--root", str(base), *words]).exit_code == 2
    event = tmp_path / "event.json"
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    for day, code in (("2024-11-01", 0), ("2024-11-16", 1)):
        event.write_text(json.dumps({"pull_request": {"updated_at": f"{day}T09:00:00Z"}}))
        assert CliRunner().invoke(app, ["--root", str(base), *words]).exit_code == code


def test_variables_of_git_lead_nowhere(
    base: Path, head: Path, standards: Standards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(head, "eastmere", OPEN)
    commit(head)
    monkeypatch.setenv("GIT_DIR", str(base / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert [code for code, _ in found(asked(base, head))] == ["S101"]


def test_what_git_lists_is_read_to_the_letter() -> None:
    head, oid = b":100644 100644 " + b"1" * 40 + b" " + b"2" * 40, "2" * 40
    listed = head + b" M\0a b\n\0" + head + b" R090\0old\0new\0" + head + b" C100\0one\0two\0" + head + b" T\0t\0"
    assert [one[:2] for one in parse_raw(listed)] == [
        ("a b\n", "M"), ("old", "D"), ("new", "A"), ("two", "A"), ("t", "T"),
    ]  # fmt: skip
    assert {one.oid for one in parse_raw(listed)} == {oid}
    assert parse_raw(b"") == ()
    for broken in (head + b" M\0", b"words\0path\0"):
        with pytest.raises(ValueError):  # noqa: PT011  (two places, one meaning)
            parse_raw(broken)


def test_what_a_later_commit_takes_away_again_is_named_all_the_same(
    base: Path, head: Path, standards: Standards
) -> None:
    """It stays in the history, and in every copy of it."""
    folder = send(head, standards)
    put(head, f"{RETURNS}/{OWN}/{OPEN}/figures.xlsx", b"PK")
    put(head, f"{RETURNS}/westholt/{OPEN}/extract.csv", b"child_id,dob\n1,2\n")
    commit(head)
    (folder / "figures.xlsx").unlink()
    (head / f"{RETURNS}/westholt/{OPEN}/extract.csv").unlink()
    commit(head)
    assert {rule for rule, _ in found(asked(base, head))} == {"S105", "D903"}
