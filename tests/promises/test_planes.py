"""Promise: nothing confidential is opened where it could be seen. Every verb in every plane, as a table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.confidential.standards import DESCRIPTOR, RETURN, load_standards
from site_builder.confidential.withdrawn import FOLDER as WITHDRAWN
from site_builder.published.build import inputs_of
from site_builder.published.drafts import with_draft
from site_builder.release.package import write_files
from site_builder.vocabulary.planes import Classification, Visibility
from tests.building import ROOT
from tests.confidential.house import OWN, QUARTER, build_house, good_return, write
from tests.promises.test_scope_in_git import commit, git
from tests.sites.test_golden import checkout
from tests.synthetic import returns as synthetic

RETURNS = "datapackages/returns"
MINE = f"{RETURNS}/{OWN}/{QUARTER}"
LISTED, OTHER = "git@private.example:returns.git", "git@public.example:returns.git"
PRIVATE = f'visibility = "private"\nprivate_remotes = ["{LISTED}"]\n'
CONFIDENTIAL = ("confidential", "unsaid")  # a return that does not say what it is counts as confidential
EVENTS = {
    "private": {"repository": {"visibility": "private"}},
    "public": {"repository": {"visibility": "public"}},
    "internal": {"repository": {"visibility": "internal"}},
    "silent": {"repository": {}},
    "odd": {"repository": {"visibility": ["private"]}},
}
# a plane: settings, remotes, and the event of a pipeline; whether all of it together is clear evidence of privacy
PLANES: dict[str, tuple[str, tuple[str, ...], str, bool]] = {
    "private, no remote": (PRIVATE, (), "", True),
    "private, a listed remote": (PRIVATE, (LISTED,), "", True),
    "private, in a pipeline": (PRIVATE, (OTHER,), "private", True),
    "public": ('visibility = "public"', (), "", False),
    "public, in a private pipeline": ('visibility = "public"', (), "private", False),
    "no settings": ("", (), "", False),
    "settings that cannot be read": ('visibility = "private', (), "", False),
    "internal": ('visibility = "internal"', (), "", False),
    "private twice over": ('visibility = "private"\nvisibility = "private"', (), "", False),
    "a remote that is not listed": (PRIVATE, (LISTED, OTHER), "", False),
    "remotes listed as one word": (f'visibility = "private"\nprivate_remotes = "{LISTED}"', (LISTED,), "", False),
    "a number for remotes": ('visibility = "private"\nprivate_remotes = 1', (LISTED,), "", False),
    "in a public pipeline": (PRIVATE, (LISTED,), "public", False),
    "in an internal pipeline": (PRIVATE, (LISTED,), "internal", False),
    "in a pipeline that does not say": (PRIVATE, (LISTED,), "silent", False),
    "in a pipeline that says something odd": (PRIVATE, (LISTED,), "odd", False),
    "in a pipeline whose event is missing": (PRIVATE, (LISTED,), "missing", False),
}
CLEAR = [name for name, plane in PLANES.items() if plane[3]]
UNCLEAR = [name for name, plane in PLANES.items() if not plane[3]]
_opened: list[str] | None = None


def _listen(event: str, what: tuple[object, ...]) -> None:
    if _opened is not None and event == "open":
        _opened.append(str(what[0]))


sys.addaudithook(_listen)  # holds for every user, an administrator included; modes of files do not


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The paths that are opened while a test runs."""
    global _opened  # a hook cannot be taken away again, only told to be quiet
    _opened = []
    yield _opened
    _opened = None


def run(root: Path, *words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *words], input=given)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one return, in no plane as yet."""
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    root = tmp_path / "house"
    write(root / MINE, good_return(build_house(root)))
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def put_into(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a checkout the settings, remotes and event of a plane."""
    settings, remotes, event, _ = PLANES[name]
    if settings:
        write(root / "content", {"site.toml": settings.encode()})
    for number, address in enumerate(remotes):
        git(root, "remote", "add", f"r{number}", address)
    if event:
        path = root.parent / "event.json"
        if event in EVENTS:
            path.write_text(json.dumps(EVENTS[event]))
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(path))


def mark(folder: Path, kind: str) -> None:
    """Let a return say what it is, or nothing."""
    said = json.loads((folder / DESCRIPTOR).read_bytes())
    said["classification"] = kind
    if kind == "unsaid":
        del said["classification"]
    (folder / DESCRIPTOR).write_text(json.dumps(said))


@pytest.mark.parametrize("plane", PLANES)
def test_an_invented_return_is_checked_everywhere(plane: str, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_into(house, plane, monkeypatch)
    assert run(house, "check").exit_code == 0


@pytest.mark.parametrize("plane", CLEAR)
def test_a_real_return_is_checked_in_a_private_place(
    plane: str, house: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    put_into(house, plane, monkeypatch)
    mark(house / MINE, "confidential")
    assert run(house, "check").exit_code == 0
    assert str(house / MINE / RETURN) in opened, "the listener hears"


@pytest.mark.parametrize("kind", CONFIDENTIAL)
@pytest.mark.parametrize("plane", UNCLEAR)
def test_a_real_return_is_not_opened_where_privacy_is_not_clear(
    plane: str, kind: str, house: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    put_into(house, plane, monkeypatch)
    mark(house / MINE, kind)
    (house / MINE / RETURN).chmod(0)
    write_pins(house)
    checked = run(house, "--format", "json", "check")
    assert checked.exit_code == 3
    assert {one["rule"] for one in json.loads(checked.stdout)["findings"]} == {
        "D901" if kind == "confidential" else "D905"
    }
    assert run(house, "release", QUARTER, "--on", "2025-01-16").exit_code == 3
    assert run(house, "new", OWN, QUARTER, "--repair").exit_code == 3
    assert [path for path in opened if path.endswith(".csv") and MINE in path] == []


@pytest.mark.parametrize("plane", PLANES)
def test_a_new_return_is_a_real_one_only_in_a_private_place(
    plane: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_into(house, plane, monkeypatch)
    assert run(house, "new", "westholt", QUARTER).exit_code == 0
    said = json.loads((house / RETURNS / "westholt" / QUARTER / DESCRIPTOR).read_bytes())
    assert said["classification"] == ("confidential" if plane in CLEAR else "synthetic")


def test_a_damaged_description_is_mended_and_the_figures_stay_shut(house: Path, opened: list[str]) -> None:
    path = house / MINE / DESCRIPTOR
    good = path.read_bytes()
    path.write_text(json.dumps({**json.loads(good), "name": "another"}))
    assert run(house, "new", OWN, QUARTER, "--repair").exit_code == 0
    assert path.read_bytes() == good
    assert str(house / MINE / RETURN) not in opened


# ---- several folders of returns


def elsewhere(tmp_path: Path, house: Path, slug: str, kind: str = "synthetic", name: str = "theirs") -> Path:
    """Another repository, with the return of one borough."""
    top = tmp_path / name
    write(top / RETURNS / slug / QUARTER, good_return(load_standards(house), slug))
    mark(top / RETURNS / slug / QUARTER, kind)
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    return top


def both(house: Path, theirs: Path, *verb: str) -> Result:
    return run(house, *verb, "--returns", str(house / RETURNS), "--returns", str(theirs / RETURNS))


def test_each_borough_may_have_a_repository_of_its_own(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_into(house, "private, a listed remote", monkeypatch)
    mark(house / MINE, "confidential")
    theirs = elsewhere(tmp_path, house, "westholt", "confidential")
    checked = both(house, theirs, "check")
    assert checked.exit_code == 0
    assert "X800" not in checked.stdout, "each is compared with the other"


@pytest.mark.parametrize(
    ("remote", "settings"),
    [(OTHER, None), (None, 'visibility = "public"'), (None, 'visibility = "pri'), (LISTED, "")],
)
def test_a_real_return_in_another_repository_stays_shut_when_that_one_is_not_private(
    remote: str | None,
    settings: str | None,
    house: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[str],
) -> None:
    put_into(house, "private, no remote", monkeypatch)
    theirs = elsewhere(tmp_path, house, "westholt", "confidential")
    if remote:
        git(theirs, "remote", "add", "origin", remote)
    if settings is not None:
        write(theirs / "content", {"site.toml": settings.encode()})
    opened.clear()
    result = both(house, theirs, "check")
    assert result.exit_code == 3
    assert "D901" in result.stdout
    assert [path for path in opened if path.endswith(RETURN) and "westholt" in path] == []


def test_a_folder_outside_of_any_repository_is_not_known_to_be_private(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_into(house, "private, no remote", monkeypatch)
    write(tmp_path / "loose" / RETURNS / "westholt" / QUARTER, good_return(load_standards(house), "westholt"))
    mark(tmp_path / "loose" / RETURNS / "westholt" / QUARTER, "confidential")
    assert both(house, tmp_path / "loose", "check").exit_code == 3


@pytest.mark.parametrize("verb", [("check",), ("release", QUARTER, "--on", "2025-01-16")])
def test_one_return_in_two_folders_is_refused(verb: tuple[str, ...], house: Path, tmp_path: Path) -> None:
    write_pins(house)
    result = both(house, elsewhere(tmp_path, house, OWN), *verb)
    assert result.exit_code == 1
    assert "X804" in result.stdout
    assert not (house / "datapackages/releases").exists()


def test_a_release_is_not_made_of_invented_and_real_returns(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pins(house)
    put_into(house, "private, no remote", monkeypatch)
    theirs = elsewhere(tmp_path, house, "westholt", "confidential")
    result = both(house, theirs, "release", QUARTER, "--on", "2025-01-16")
    assert result.exit_code == 3
    assert "D906" in result.stdout
    assert not (house / "datapackages/releases").exists()


def write_pins(house: Path) -> None:
    reference = house / "datapackages/reference"
    with (reference / "collection.toml").open("a") as calendar:
        calendar.write('[pins]\npopulations = "mid-2023"\n')
    write(reference, {"disclosure.toml": (ROOT / "datapackages/reference/disclosure.toml").read_bytes()})


# ---- releases, drafts and sites


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A private checkout with returns that are marked real, and the draft of a release of them."""
    root = checkout(ROOT / "tests/sites/small", tmp_path_factory.mktemp("real"))
    made = synthetic.returns_as_at(load_standards(root), synthetic.children_of(root), "2023-24-Q4")
    synthetic.write(root / RETURNS, {p: data.replace(b'"synthetic"', b'"confidential"') for p, data in made.items()})
    write_files(root / "datapackages/decisions", {"jitter.key": b"only for tests"})
    for path in (root / "datapackages/releases").rglob("*"):
        if path.is_file():
            path.unlink()
    for path in (root / "datapackages/releases").iterdir():
        path.rmdir()
    said = (root / "content/site.toml").read_text()
    (root / "content/site.toml").write_text(said.replace('visibility = "public"', 'visibility = "private"'))
    git(root, "init", "-q")
    done = run(root, "release", "2023-24-Q4", "--draft", str(root / "draft"))
    assert done.exit_code == 0, done.output
    return root, root / "draft"


def test_a_draft_of_real_returns_is_controlled_and_looked_at_in_private_alone(
    real: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    root, draft = real
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    (one,) = with_draft(root, draft, Visibility.PRIVATE)
    assert one.classification is Classification.DISCLOSURE_CONTROLLED
    assert run(root, "card", "camden", "--draft", str(draft)).exit_code == 0
    assert run(root, "build", "--draft", str(draft), "--out", str(tmp_path / "site")).exit_code == 0
    assert [path for path in opened if f"/{RETURNS}/" in path] == []
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "missing.json"))
    for words in (("card", "camden"), ("build", "--out", str(tmp_path / "other"))):
        refused = run(root, *words, "--draft", str(draft))
        assert refused.exit_code == 3
        assert "D920" in refused.stdout
    assert not (tmp_path / "other").exists()
    assert run(root, "release", "2023-24-Q4").exit_code == 3
    assert not (root / "datapackages/releases/2023-24-Q4").exists()


def test_a_preview_while_editing_reads_no_returns() -> None:
    assert [path for path in inputs_of(ROOT) if (ROOT / RETURNS).is_relative_to(path)] == []


@pytest.mark.parametrize("place", ["datapackages/releases/2024-25-Q2", "datapackages/national/dfe-cin/2025"])
def test_a_real_return_among_the_inputs_of_a_site_stops_it(place: str, house: Path, opened: list[str]) -> None:
    write(house / place, good_return(load_standards(house)))
    mark(house / place, "confidential")
    opened.clear()
    result = run(house, "build")
    assert result.exit_code == 3
    assert "D921" in result.stdout
    assert [path for path in opened if path.endswith(RETURN)] == []


# ---- what is about to leave


@pytest.fixture
def sent(house: Path) -> Path:
    """A checkout with a first commit that holds no return."""
    (house / RETURNS).rename(house.parent / "kept")
    commit(house)
    (house.parent / "kept").rename(house / RETURNS)
    return house


def push(root: Path, address: str, theirs: str = "0" * 40, ours: str = "HEAD") -> Result:
    oid = ours if set(ours) == {"0"} else git(root, "rev-parse", ours)
    line = f"refs/heads/main {oid} refs/heads/main {theirs}\n"
    return run(root, "hook", "pre-push", "origin", address, given=line)


@pytest.mark.parametrize(
    ("kind", "settings", "address", "code"),
    [
        ("synthetic", 'visibility = "public"', OTHER, 0),
        ("synthetic", PRIVATE, OTHER, 0),
        ("synthetic", PRIVATE, LISTED, 0),
        ("confidential", PRIVATE, LISTED, 0),
        ("unsaid", PRIVATE, LISTED, 0),
        ("confidential", PRIVATE, OTHER, 3),
        ("confidential", PRIVATE, LISTED + "/", 3),
        ("confidential", PRIVATE.replace('private"', 'public"', 1), LISTED, 3),
        ("confidential", "", LISTED, 3),
        ("unsaid", PRIVATE, OTHER, 3),
    ],
)
def test_a_push(kind: str, settings: str, address: str, code: int, sent: Path) -> None:
    mark(sent / MINE, kind)
    commit(sent)
    write(sent / "content", {"site.toml": settings.encode()})
    result = push(sent, address)
    assert result.exit_code == code
    assert ("was stopped" in result.stdout) is bool(code)
    assert (("D901" if kind == "confidential" else "D905") in result.stdout) is bool(code)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("return.xlsx", b"PK\x03\x04", "S105"),
        ("return.csv", b"upn,dob,reason\n1,2,3\n", "D903"),
        ("extract.csv", "\ufeffChild ID;x\n1;2\n".replace(";", ",").encode(), "D903"),
        ("commentary.csv", b"x" * 1_000_001, "S107"),
        ("actions.csv", b"id,indicator,action,owner_role,raised,due,state,outcome\n", ""),
    ],
)
def test_what_no_place_may_hold_is_stopped_on_its_way_to_a_private_one(
    name: str, data: bytes, code: str, sent: Path
) -> None:
    mark(sent / MINE, "confidential")
    write(sent / MINE, {name: data})
    commit(sent)
    write(sent / "content", {"site.toml": PRIVATE.encode()})
    (sent / MINE / name).unlink()
    result = push(sent, LISTED)
    assert bool(result.exit_code) is bool(code)
    assert code in result.stdout


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("old/return.csv", b"area_code,period\nE09000092,2024-25-Q2\n", "D905"),
        ("old/datapackage.json", b"\xef\xbb\xbf{}", "D905"),
        ("forms/barnet.xlsx", b"PK", "S105"),
        (f"{MINE}/list.txt", b"child_id;dob\n1;2\n", "D903"),
        (f"{MINE}/wide.csv", "child_id,dob\n1,2\n".encode("utf-16"), "D903"),
    ],
)
def test_what_has_another_name_or_place_is_stopped_too(name: str, data: bytes, code: str, sent: Path) -> None:
    path = sent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    commit(sent)
    result = push(sent, OTHER)
    assert result.exit_code
    assert code in result.stdout


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [("disclosure-controlled", OTHER, 3), ("disclosure-controlled", LISTED, 0), ("synthetic", OTHER, 0)],
)
def test_what_a_withdrawn_release_showed_stays_in_private(kind: str, address: str, code: int, sent: Path) -> None:
    write(sent / "content", {"site.toml": PRIVATE.encode()})
    folder = sent / WITHDRAWN / "2024-25-Q2"
    write(folder / "package", {DESCRIPTOR: json.dumps({"classification": kind}).encode(), "observations.csv": b"a\n"})
    write(folder, {"figures.csv": b"indicator,area,period\n"})
    commit(sent)
    result = push(sent, address)
    assert (result.exit_code, "D924" in result.stdout) == (code, bool(code))
    (folder / "package" / DESCRIPTOR).unlink()
    (folder / "figures.csv").write_bytes(b"indicator,area,period\nT1,A,p\n")
    commit(sent)
    assert push(sent, OTHER, theirs=git(sent, "rev-parse", "HEAD~1")).exit_code == 3, "nobody knows what it is"


def test_a_tag_of_a_file_is_not_pushed(sent: Path) -> None:
    mark(sent / MINE, "confidential")
    commit(sent)
    for what in ("HEAD^{tree}", f"HEAD:{MINE}/return.csv"):
        assert push(sent, OTHER, ours=what).exit_code == 2


def test_a_push_is_judged_by_its_commits_and_not_by_the_folder(sent: Path) -> None:
    mark(sent / MINE, "confidential")
    commit(sent)
    mark(sent / MINE, "synthetic")
    assert push(sent, OTHER).exit_code == 3, "what is committed is real"
    commit(sent)
    assert push(sent, OTHER).exit_code == 3, "the commit before still holds it"
    assert push(sent, OTHER, theirs=git(sent, "rev-parse", "HEAD~1")).exit_code == 0, "there already"
    mark(sent / MINE, "confidential")
    assert push(sent, OTHER, theirs=git(sent, "rev-parse", "HEAD~1")).exit_code == 0, "not committed"


def test_a_push_of_a_removed_return_and_of_a_removed_branch(sent: Path) -> None:
    mark(sent / MINE, "confidential")
    commit(sent)
    known = git(sent, "rev-parse", "HEAD")
    git(sent, "rm", "-rq", MINE)
    commit(sent)
    assert push(sent, OTHER, theirs=known).exit_code == 0
    assert push(sent, OTHER, theirs="1" * 40).exit_code == 3, "what the remote has is not known here"
    assert push(sent, OTHER, ours="0" * 40).exit_code == 0


def test_a_real_return_that_lies_elsewhere_or_comes_by_a_merge_is_found(sent: Path) -> None:
    git(sent, "checkout", "-q", "-b", "theirs")
    write(sent / "old\nplace", good_return(load_standards(sent)))
    mark(sent / "old\nplace", "confidential")
    commit(sent)
    assert push(sent, OTHER).exit_code == 3
    git(sent, "checkout", "-q", "-")
    write(sent, {"words.txt": b"Words.\n"})
    git(sent, "add", "words.txt")
    git(sent, "commit", "-q", "-m", "Words")
    assert push(sent, OTHER).exit_code == 0
    git(sent, "merge", "-q", "--no-ff", "-m", "Merge", "theirs")
    assert push(sent, OTHER).exit_code == 3


def test_what_stands_in_for_a_commit_does_not_hide_it(sent: Path) -> None:
    mark(sent / MINE, "confidential")
    commit(sent)
    git(sent, "replace", git(sent, "rev-parse", "HEAD"), git(sent, "rev-parse", "HEAD~1"))
    assert push(sent, OTHER).exit_code == 3


def test_the_hook_as_git_starts_it(sent: Path, tmp_path: Path) -> None:
    """A real push to a remote on this machine: stopped for a real return, let through for an invented one."""
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    hook = sent / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nexec env PYTHONPATH="{ROOT}" "{sys.executable}" -m site_builder hook pre-push "$@"\n')
    hook.chmod(0o755)
    git(sent, "remote", "add", "origin", str(remote))
    git(sent, "push", "-q", "origin", "HEAD:refs/heads/main")
    mark(sent / MINE, "confidential")
    commit(sent)
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(sent, "push", "-q", "origin", "HEAD:refs/heads/main")
    assert "D901" in stopped.value.stdout
    assert git(remote, "rev-list", "--count", "main") == "1"


@pytest.mark.parametrize("line", ["words\n", "a b c\n", "a -x b -y\n", "a b c d e\n"])
def test_lines_that_git_does_not_write_are_refused(line: str, sent: Path) -> None:
    assert run(sent, "hook", "pre-push", "origin", OTHER, given=line).exit_code == 2


def test_no_other_hook_is_known(sent: Path) -> None:
    assert run(sent, "hook", "pre-commit", "origin", OTHER).exit_code == 2


@pytest.mark.parametrize("verb", ["template", "convert"])
def test_real_figures_are_not_written_into_another_repository(verb: str, sent: Path, tmp_path: Path) -> None:
    """The checkout is private; the folder that is named lies in a repository that is not."""
    mark(sent / MINE, "confidential")
    write(sent / "content", {"site.toml": PRIVATE.encode()})
    book, other = tmp_path / "form.xlsx", tmp_path / "other"
    assert run(sent, "template", OWN, QUARTER, "--out", str(book)).exit_code == 0, "beside every repository"
    write(other / "content", {"site.toml": b'visibility = "public"\n'})
    git(other, "init", "-q")
    target = other / "w.xlsx" if verb == "template" else other / MINE
    words = (OWN, QUARTER) if verb == "template" else (str(book),)
    result = run(sent, verb, *words, "--out", str(target))
    assert result.exit_code == 3
    assert "D901" in result.stdout
    assert not target.exists()
