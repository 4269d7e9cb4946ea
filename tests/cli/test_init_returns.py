"""A returns repository from nothing to a proposed release: what it holds, what it refuses, what its commands do.

Every figure is invented and only marked real, in folders that are gone after the test.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.cli.plane import visibility
from site_builder.confidential import instance
from site_builder.confidential.newfolder import make_folder
from site_builder.confidential.standards import DESCRIPTOR, RETURN
from site_builder.release.package import write_files
from site_builder.release.releases import RELEASES
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError
from tests.building import ROOT

REMOTE = "https://code.example/benchmarks/returns.git"
KEY = "datapackages/decisions/jitter.key"
QUARTER, DAY, NEXT = "2023-24-Q1", "2023-10-19", "2023-24-Q2"
RETURNS = ROOT / "datapackages/returns"
PROGRAM = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m site_builder "$@"\n'


def git(folder: Path, *words: str) -> str:
    named = ("-c", "user.name=Maintainer", "-c", "user.email=maintainer@localhost")
    return subprocess.run(["git", "-C", str(folder), *named, *words], check=True, capture_output=True, text=True).stdout


def make(folder: Path, target: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A target of the repository's own Makefile, outside of any pipeline unless ``environ`` says otherwise."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_") and name != "CI"}
    return subprocess.run(
        ["make", "--no-print-directory", target],
        cwd=folder,
        env={**outside, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public repository as one commit, without its national figures, which invented returns would contradict. What
    it installs is the program under test."""
    root = tmp_path_factory.mktemp("public")
    for name in ("content", "templates", "datapackages/reference"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "GLOSSARY.md", root)
    (root / "program").write_text(PROGRAM)
    (root / "program").chmod(0o755)
    (root / "Makefile").write_text("install:\n\tmkdir -p .venv/bin\n\tcp program .venv/bin/site-builder\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "As published")
    return root


def run(*words: str) -> Result:
    """The command line, within this process."""
    return CliRunner().invoke(app, list(words))


def init(checkout: Path, folder: Path, *words: str) -> Result:
    return run("--root", str(checkout), "init-returns", str(folder), *words)


def committed(checkout: Path, folder: Path, *words: str) -> Path:
    """A returns repository under git, with the program fetched from the public one."""
    assert init(checkout, folder, *words).exit_code == 0
    pin = folder / "builder.toml"
    address = tomllib.loads(pin.read_text())["repository"]
    pin.write_text(pin.read_text().replace(address, str(checkout)))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "As made")
    fetched = make(folder, "builder")
    assert fetched.returncode == 0, fetched.stderr
    return folder


def fill(folder: Path, slug: str, period: str = QUARTER) -> None:
    """Put invented figures into a return that ``new`` has made."""
    target = folder / "datapackages/returns" / slug / period
    for path in (RETURNS / slug / period).iterdir():
        if path.name != DESCRIPTOR:
            shutil.copy(path, target / path.name)


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def returns(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A returns repository in which every borough has sent one quarter. Its remote, ``origin``, is a folder beside it."""
    place = tmp_path_factory.mktemp("private")
    git(place, "init", "--quiet", "--bare", str(place / "origin.git"))
    folder = committed(checkout, place / "returns", "--remote", str(place / "origin.git"))
    git(folder, "remote", "add", "origin", str(place / "origin.git"))
    for source in sorted(RETURNS.iterdir()):
        make_folder(folder, source.name, QUARTER, Visibility.PRIVATE, repair=False)
        fill(folder, source.name)
    git(folder, "add", "--all", "--", ":!datapackages/returns/city-of-london")
    git(folder, "commit", "--quiet", "-m", "Returns")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "The last return")
    return folder


@pytest.fixture(scope="module")
def previewed(returns: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preview as a pipeline makes it: a clone without key and without returns judges the proposal beside it."""
    place = tmp_path_factory.mktemp("previewed")
    clone, event = place / "clone", place / "event.json"
    git(place, "clone", "--quiet", str(returns), str(clone))
    (clone / "builder").symlink_to(returns / "builder")
    shutil.rmtree(clone / "datapackages/returns")
    event.write_text(json.dumps({"repository": {"visibility": "private"}}))
    since = git(returns, "rev-parse", "HEAD~1").strip()
    inside = {"CI": "true", "GITHUB_EVENT_PATH": str(event), "HEAD": str(returns), "UPDATED_AT": "2023-09-01T10:00:00Z"}
    done = make(clone, "preview", GITHUB_STEP_SUMMARY=str(place / "summary.md"), BASE_SHA=since, **inside)
    assert done.returncode == 0, done.stdout + done.stderr
    return clone


def test_two_runs_differ_in_nothing_but_the_secret(checkout: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    said = [init(checkout, folder, "--remote", REMOTE) for folder in (one, other)]
    assert [done.exit_code for done in said] == [0, 0]
    first, second = files_of(one), files_of(other)
    assert len(first[KEY]) == 32
    assert first.pop(KEY) != second.pop(KEY)
    assert first == second
    assert KEY in said[0].stdout
    assert stat.S_IMODE((one / KEY).stat().st_mode) == 0o600
    assert all((one / name).stat().st_mode & stat.S_IXUSR for name in (".githooks/pre-push", ".githooks/try"))


def test_everything_but_the_secret_and_the_litter_of_workbooks_is_kept_by_git(checkout: Path, tmp_path: Path) -> None:
    folder = committed(checkout, tmp_path / "returns")
    litter = ["a.xlsx", "b.xlsm", "c.zip", "d.pdf", "~$e.xlsx", "datapackages/returns/barnet/f.docx"]
    for name in litter:
        (folder / name).write_bytes(b"x")
    kept = set(git(folder, "ls-files").splitlines())
    assert KEY not in kept
    assert {"README.md", "RUNBOOK.md", "builder.toml", ".github/CODEOWNERS", ".gitattributes"} <= kept
    assert git(folder, "status", "--porcelain") == ""


def test_it_is_pinned_and_says_what_it_is(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    init(checkout, folder, "--remote", REMOTE)
    assert tomllib.loads((folder / "builder.toml").read_text())["commit"] == git(checkout, "rev-parse", "HEAD").strip()
    said = tomllib.loads((folder / "content/site.toml").read_text())
    public = tomllib.loads((ROOT / "content/site.toml").read_text())
    assert said == {**public, "visibility": "private", "private_remotes": [REMOTE]}
    git(folder, "init", "--quiet")
    assert visibility(folder, environ={}) is Visibility.PRIVATE
    git(folder, "remote", "add", "origin", REMOTE)
    assert visibility(folder, environ={}) is Visibility.PRIVATE
    git(folder, "remote", "add", "other", "https://code.example/somewhere/else.git")
    assert visibility(folder, environ={}) is Visibility.UNKNOWN


@pytest.mark.parametrize(("given", "number"), [("all", 33), ("barnet, city-of-london", 2)])
def test_each_borough_has_its_folder_its_team_and_a_place_for_its_accounts(
    checkout: Path, tmp_path: Path, given: str, number: int
) -> None:
    folder = tmp_path / "returns"
    init(checkout, folder, "--boroughs", given)
    slugs = {path.name for path in (folder / "datapackages/returns").iterdir() if path.is_dir()}
    assert len(slugs) == number
    assert {"barnet", "city-of-london"} <= slugs
    lines = (folder / ".github/CODEOWNERS").read_text().splitlines()
    assert {line.split()[0] for line in lines if line.startswith("/datapackages/returns/")} == {
        f"/datapackages/returns/{slug}/" for slug in slugs
    }
    accounts = tomllib.loads((folder / "datapackages/reference/submitters.toml").read_text())
    public = tomllib.loads((ROOT / "datapackages/reference/submitters.toml").read_text())
    assert accounts["boroughs"] == {slug: {"accounts": []} for slug in slugs}
    assert accounts["suppliers"] == {slug: {**said, "accounts": []} for slug, said in public["suppliers"].items()}
    about = (folder / "datapackages/returns/barnet/README.md").read_text()
    assert about.startswith("# Barnet\n")
    assert "$" not in about
    checked = run("--root", str(folder), "check")
    assert checked.exit_code == 0, checked.stdout


def test_it_refuses_what_it_cannot_do_and_leaves_nothing_behind(checkout: Path, tmp_path: Path) -> None:
    full, file, fresh = tmp_path / "full", tmp_path / "file", tmp_path / "fresh"
    full.mkdir()
    (full / "note").write_text("x")
    file.write_text("x")
    wrong = [
        (full, ()),
        (file, ()),
        (checkout / "inside", ()),
        (fresh, ("--boroughs", "barnet,nowhere")),
        (fresh, ("--boroughs", "")),
        (fresh, ("--remote", "https://someone:secret@code.example/returns.git")),
        (fresh, ("--refresh",)),
        (full, ("--refresh", "--remote", REMOTE)),
    ]
    for folder, words in wrong:
        done = init(checkout, folder, *words)
        assert done.exit_code == 2, (words, done.stdout)
        assert "secret" not in done.stdout + done.stderr
    assert not fresh.exists()
    assert not (checkout / "inside").exists()
    assert files_of(full) == {"note": b"x"}


def test_a_checkout_that_is_not_one_commit_cannot_be_pinned(checkout: Path, tmp_path: Path) -> None:
    changed, bare = tmp_path / "changed", tmp_path / "bare"
    git(tmp_path, "clone", "--quiet", str(checkout), str(changed))
    (changed / "GLOSSARY.md").write_text("Changed.")
    shutil.copytree(changed, bare, ignore=shutil.ignore_patterns(".git"))
    for root in (changed, bare):
        done = init(root, tmp_path / "returns")
        assert (done.exit_code, "cannot be pinned" in done.stdout) == (2, True)
    assert not (tmp_path / "returns").exists()


@pytest.mark.parametrize(
    ("kinds", "taken"), [([], []), (["synthetic"], []), (["disclosure-controlled"] * 2, ["a.csv", "ledger.csv"])]
)
def test_releases_of_real_returns_come_along_and_invented_ones_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds: list[str], taken: list[str]
) -> None:
    _pretend(monkeypatch, kinds)
    names = [f"{RELEASES}/{name}" for name in ("a.csv", "ledger.csv")]
    write_files(tmp_path, dict.fromkeys(names, b"x"))
    assert list(instance.earlier_releases(tmp_path, names)) == [f"{RELEASES}/{name}" for name in taken]


def test_real_and_invented_releases_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch, ["synthetic", "disclosure-controlled"])
    with pytest.raises(ConfigurationError):
        instance.earlier_releases(tmp_path, [])


def _pretend(monkeypatch: pytest.MonkeyPatch, kinds: list[str]) -> None:
    """Let the ledger hold releases of these classifications."""
    files = [{"datapackage.json": json.dumps({"classification": kind}).encode()} for kind in kinds]
    monkeypatch.setattr(instance, "sealed_packages", lambda _: [SimpleNamespace(files=one) for one in files])


def test_settings_without_the_lines_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        instance.private_settings('title = "x"\nvisibility = "public"\n', None)


def test_refresh_brings_standards_and_leaves_what_is_its_own(checkout: Path, tmp_path: Path) -> None:
    later, folder = tmp_path / "later", tmp_path / "returns"
    committed(checkout, folder, "--remote", REMOTE)
    own = ("content/site.toml", "datapackages/reference/submitters.toml", "README.md", KEY)
    before = files_of(folder)
    git(tmp_path, "clone", "--quiet", str(checkout), str(later))
    (later / "GLOSSARY.md").write_text("# Words\n")
    (later / "content/about/contact.md").rename(later / "content/about/write.md")
    git(later, "add", "--all")
    git(later, "commit", "--quiet", "-m", "Later")
    done = init(later, folder, "--refresh")
    assert done.exit_code == 0, done.stdout
    after = files_of(folder)
    assert all(after[name] == before[name] for name in own)
    assert after["GLOSSARY.md"] == b"# Words\n"
    assert "content/about/write.md" in after
    assert "content/about/contact.md" not in after
    pinned = tomllib.loads((folder / "builder.toml").read_text())
    assert pinned["commit"] == git(later, "rev-parse", "HEAD").strip()
    assert pinned["repository"] == str(checkout)


def test_the_builder_is_the_pinned_commit_and_no_other(checkout: Path, tmp_path: Path) -> None:
    folder = committed(checkout, tmp_path / "returns")
    pinned = tomllib.loads((folder / "builder.toml").read_text())["commit"]
    assert git(folder / "builder", "rev-parse", "HEAD").strip() == pinned
    assert make(folder, "check").returncode == 0
    (folder / "builder.toml").write_text((folder / "builder.toml").read_text().replace(pinned, "0" * 40))
    assert make(folder, "builder").returncode != 0


def test_refresh_from_the_builder_changes_nothing_that_is_new(returns: Path) -> None:
    done = make(returns, "refresh")
    assert done.returncode == 0, done.stderr
    assert git(returns, "status", "--porcelain") == ""


def test_a_new_return_is_real_and_a_clean_one_is_accepted(returns: Path) -> None:
    said = json.loads((returns / "datapackages/returns/barnet" / QUARTER / DESCRIPTOR).read_text())
    assert said["classification"] == "confidential"
    done = make(returns, "check")
    assert (done.returncode, "Checked 33 returns" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("said", ["", 'visibility = "internal"'])
def test_without_a_private_place_no_return_is_opened(returns: Path, tmp_path: Path, said: str) -> None:
    """An ear on every file that is opened hears of no table of a return."""
    place = tmp_path / "returns"
    shutil.copytree(returns, place)
    settings = place / "content/site.toml"
    settings.write_text(settings.read_text().replace('visibility = "private"', said))
    listening = (
        "import sys; heard = open(sys.argv.pop(1), 'w', buffering=1)\n"
        "sys.addaudithook(lambda event, of: event == 'open' and heard.write(f'{of[0]}\\n'))\n"
        "from site_builder.cli.app import main; main()"
    )
    words = ("--root", str(place), "check")
    done = subprocess.run(
        [sys.executable, "-c", listening, str(tmp_path / "heard"), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stdout
    heard = (tmp_path / "heard").read_text().splitlines()
    assert any(line.endswith(DESCRIPTOR) and "returns/barnet" in line for line in heard)
    assert not any(line.endswith(RETURN) for line in heard)
    assert {line.split()[1] for line in done.stdout.splitlines() if line.startswith("ERROR")} == {"D901"}


def test_the_preview_is_a_draft_on_every_page_and_stands_in_no_ledger(previewed: Path) -> None:
    pages = sorted((previewed / "build").rglob("*.html"))
    assert len(pages) > 500
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert f"Draft of release {QUARTER}, not published" in text, page
        assert '<meta name="robots" content="noindex">' in text, page
    assert "<loc>" not in (previewed / "build/sitemap.xml").read_text()
    assert not (previewed / "datapackages/releases").exists()
    said = json.loads((previewed / "draft" / DESCRIPTOR).read_text())
    assert said["classification"] == "disclosure-controlled"
    assert said["created"].startswith("2023-09-01")


def test_the_summary_holds_the_card_of_each_borough_that_sent_something(previewed: Path) -> None:
    cards = (previewed.parent / "summary.md").read_text()
    assert re.findall(r"^## ([^:]*):", cards, re.MULTILINE) == ["City of London"]


def test_a_pipeline_draws_a_key_for_its_preview_and_a_laptop_does_not(
    returns: Path, previewed: Path, tmp_path: Path
) -> None:
    assert (previewed / KEY).read_bytes() != (returns / KEY).read_bytes()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(returns), str(clone))
    (clone / "builder").symlink_to(returns / "builder")
    done = make(clone, "preview")
    assert (done.returncode, "restore it" in done.stdout) == (2, True)
    assert not (clone / KEY).exists()


def test_a_release_is_made_with_the_kept_key_and_proposed_without_a_return(
    checkout: Path, returns: Path, tmp_path: Path
) -> None:
    place = tmp_path / "returns"
    git(tmp_path, "clone", "--quiet", str(returns), str(place))
    (place / "builder").symlink_to(returns / "builder")
    git(
        place,
        "remote",
        "set-url",
        "origin",
        tomllib.loads((place / "content/site.toml").read_text())["private_remotes"][0],
    )
    secret = subprocess.run(["base64", str(returns / KEY)], capture_output=True, text=True, check=True).stdout
    done = make(place, "release", RELEASE=QUARTER, DAY=DAY, JITTER_KEY=secret)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / KEY).read_bytes() == (returns / KEY).read_bytes()

    public, asked = tmp_path / "public.git", tmp_path / "asked"
    git(tmp_path, "clone", "--quiet", "--bare", str(checkout), str(public))
    (place / "builder.toml").write_text((place / "builder.toml").read_text().replace(str(checkout), str(public)))
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(f'#!/bin/sh\necho "$(pwd) $*" >> "{asked}"\n')
    gh.chmod(0o755)
    done = make(place, "propose", RELEASE=QUARTER, PATH=f"{gh.parent}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[1:3] for line in asked.read_text().splitlines()] == [
        ["auth", "setup-git"], ["pr", "create"], ["pr", "create"],
    ]  # fmt: skip

    def sent(repository: Path) -> set[str]:
        return set(git(repository, "diff", "--name-only", "main", f"release/{QUARTER}").splitlines())

    package = {
        f"datapackages/releases/{QUARTER}/{path.name}" for path in (place / "datapackages/releases" / QUARTER).iterdir()
    }
    assert sent(public) == {*package, "datapackages/releases/ledger.csv"}
    assert set(git(place, "diff", "--name-only", "HEAD~1", "HEAD").splitlines()) == {
        *package, "datapackages/releases/ledger.csv", f"datapackages/decisions/{QUARTER}.csv",
    }  # fmt: skip

    git(public, "update-ref", "refs/heads/main", f"refs/heads/release/{QUARTER}")  # accepted
    one = csv_rows((place / "datapackages/releases" / QUARTER / "observations.csv").read_bytes())[0]
    (tmp_path / "list.csv").write_text(
        "indicator,area,period\n" + ",".join(one[c] for c in ("indicator", "area", "period"))
    )
    words = ("withdraw", QUARTER, "--figures", str(tmp_path / "list.csv"), "--reason", "shown", "--on", DAY)
    gone = run("--root", str(place), *words)
    assert gone.exit_code == 0, gone.output
    done = make(place, "propose", RELEASE=QUARTER, PATH=f"{gh.parent}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stdout + done.stderr
    lists = {"datapackages/releases/ledger.csv", "datapackages/releases/withdrawals.csv"}
    taken = git(public, "diff", "--name-only", "main", f"withdrawal/{QUARTER}").splitlines()
    assert set(taken) == {*package, *lists}
    kept = {f"datapackages/decisions/withdrawn/{QUARTER}/package/{path.split('/')[-1]}" for path in package}
    here = set(git(place, "diff", "--name-only", "--no-renames", "HEAD~1", "HEAD").splitlines())
    assert here == {*package, *lists, *kept, f"datapackages/decisions/withdrawn/{QUARTER}/figures.csv"}


@pytest.fixture(scope="module")
def proposed(returns: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, str]]:
    """Base and head side by side, as the workflow puts them: in the head Barnet sends the next quarter. And what the
    workflow tells make."""
    place = tmp_path_factory.mktemp("proposed")
    base, head, event = place / "base", place / "head", place / "event.json"
    accounts = "datapackages/reference/submitters.toml"
    for folder in (base, head):
        git(place, "clone", "--quiet", str(returns), str(folder))
        git(folder, "remote", "remove", "origin")
    (base / "builder").symlink_to(returns / "builder")
    text = (
        (base / accounts)
        .read_text()
        .replace("[boroughs.barnet]\naccounts = []", '[boroughs.barnet]\naccounts = ["Officer-1"]')
    )
    (base / accounts).write_text(text)
    make_folder(head, "barnet", NEXT, Visibility.PRIVATE, repair=False)
    fill(head, "barnet", NEXT)
    git(head, "add", "--all")
    git(head, "commit", "--quiet", "-m", "The next quarter")
    event.write_text(
        json.dumps({"repository": {"visibility": "private"}, "pull_request": {"updated_at": "2023-11-01T10:00:00Z"}})
    )
    since = git(base, "rev-parse", "HEAD").strip()
    return base, head, {"HEAD": str(head), "BASE_SHA": since, "CI": "true", "GITHUB_EVENT_PATH": str(event)}


def test_a_proposal_is_judged_as_the_workflow_calls_it(
    proposed: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    base, _, told = proposed
    summary = tmp_path / "summary.md"
    done = make(base, "check-return", AUTHOR="officer-1", GITHUB_STEP_SUMMARY=str(summary), **told)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Checked 1 return." in summary.read_text()
    done = make(base, "check-return", AUTHOR="stranger", **told)
    assert (done.returncode, "S102" in done.stdout) == (2, True), done.stdout
    done = make(base, "check-return", AUTHOR="x; touch here", **told)
    assert done.returncode == 2
    assert not (base / "here").exists()


def test_a_proposal_cannot_change_what_judges_it(proposed: tuple[Path, Path, dict[str, str]], tmp_path: Path) -> None:
    base, head, told = proposed
    sly = tmp_path / "head"
    git(tmp_path, "clone", "--quiet", str(head), str(sly))
    git(sly, "remote", "remove", "origin")
    (sly / "Makefile").write_text("check-return:\n\ttrue\n")
    (sly / "datapackages/reference/submitters.toml").write_text('[boroughs.barnet]\naccounts = ["stranger"]\n')
    (sly / "datapackages/reference/return.schema.json").write_text("{}")
    git(sly, "commit", "--quiet", "--all", "-m", "Kinder rules")
    done = make(base, "check-return", AUTHOR="stranger", **{**told, "HEAD": str(sly)})
    assert (done.returncode, "S102" in done.stdout) == (2, True), done.stdout
    done = make(base, "check-return", AUTHOR="officer-1", **{**told, "HEAD": str(sly)})
    assert (done.returncode, done.stdout.count("S102")) == (2, 3), done.stdout


def test_the_hook_stops_what_it_must_stop(returns: Path) -> None:
    done = make(returns, "try-hook")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_program_the_hook_lets_nothing_through(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    init(checkout, folder)
    done = subprocess.run(
        ["/bin/sh", str(folder / ".githooks/pre-push"), "origin", REMOTE],
        cwd=folder, env={"PATH": os.defpath}, capture_output=True, text=True, check=False, input="",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Nothing was pushed" in done.stderr


def test_figures_of_the_returns_reach_the_preview_as_letters_where_they_are_small(
    returns: Path, previewed: Path
) -> None:
    """A count of one to five of a borough stands in no row of the draft."""
    drafted = csv_rows((previewed / "draft/observations.csv").read_bytes())
    small = {
        (row["area_code"], row["indicator"])
        for path in sorted(returns.glob(f"datapackages/returns/*/{QUARTER}/{RETURN}"))
        for row in csv_rows(path.read_bytes())
        if row["numerator"] and 0 < int(row["numerator"]) <= 5
    }
    shown = {(row["area"], row["indicator"]): row for row in drafted if row["measure"] == "numerator"}
    known = sorted(small & set(shown))
    assert len(known) > 5
    assert [key for key in known if shown[key]["value"]] == []
