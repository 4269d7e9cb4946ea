"""Promise: a published figure changes in the open. A return of a released quarter is edited, with a reason; the check
lets it through, a draft and its card show what would change, and the next release says old and new."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.confidential.standards import DESCRIPTOR, RETURN, load_standards
from site_builder.published.drafts import with_draft
from site_builder.release.ledger import load_ledger
from site_builder.release.releases import load_releases
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal
from tests.building import ROOT
from tests.confidential.house import table
from tests.promises.test_scope_in_git import commit, git
from tests.sites.test_golden import checkout
from tests.synthetic.returns import children_of, returns_as_at, write

CASE = ROOT / "tests/sites/small"
FIRST, SECOND = "2023-24-Q4", "2023-24-Q4.1"
PLACE, CODE, OTHER = "datapackages/returns/camden/2023-24-Q1", "SG07", "SG12"
REASON = "Conferences of one team had been left out of the first return."
BANNER = "DRAFT, not published"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *words])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with its release, and the returns that it was made of."""
    root = checkout(CASE, tmp_path_factory.mktemp("base"))
    write(root / "datapackages/returns", returns_as_at(load_standards(root), children_of(root), FIRST))
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture(scope="module")
def head(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pull request of Camden that corrects one figure of the first quarter, and says so."""
    root = tmp_path_factory.mktemp("head") / "head"
    git(base, "clone", "-q", "--shared", str(base), str(root))
    rows = table((root / PLACE / RETURN).read_bytes())
    for row in rows[1:]:
        if row[2] == CODE:
            row[4], row[5] = str(int(row[4]) + 3), str(int(row[5]) + 3)
    (root / PLACE / RETURN).write_bytes(csv_bytes(rows[0], rows[1:]))
    says(root, [CODE])
    return root


@pytest.fixture(scope="module")
def draft(head: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of the correction, in a folder of another name than the release."""
    folder = tmp_path_factory.mktemp("draft") / "a-draft"
    made = run(head, "release", SECOND, "--on", "2024-09-19", "--draft", str(folder))
    assert made.exit_code == 0, made.output
    return folder


def says(root: Path, indicators: list[str]) -> None:
    path = root / PLACE / DESCRIPTOR
    correction = {"indicators": indicators, "reason": REASON, "release": FIRST}
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "correction": correction}))
    commit(root)


def asked(base: Path, head: Path) -> Result:
    words = ["check", "--returns", str(head / "datapackages/returns"), "--changed-since", "origin/main", "--each"]
    return run(base, "--format", "json", *words, "--author", "camden-data", "--on", "2024-09-01")


def test_the_check_lets_a_declared_correction_through_and_asks_about_another(base: Path, head: Path) -> None:
    says(head, [OTHER])
    wrong = asked(base, head)
    assert wrong.exit_code == 1
    assert [one["rule"] for one in json.loads(wrong.stdout)["findings"] if one["severity"] == "query"] == ["T706"]
    assert f"These differ: {CODE}." in wrong.stdout
    says(head, [CODE])
    right = asked(base, head)
    assert right.exit_code == 0, right.stdout
    assert "S104" not in right.stdout


def test_a_draft_stands_in_no_ledger(head: Path, draft: Path) -> None:
    assert [entry.id for entry in load_ledger(head / "datapackages/releases").entries] == [FIRST]
    assert [str(one.id) for one in with_draft(head, draft, Visibility.PUBLIC)] == [FIRST, SECOND]


def test_the_card_tells_figures_changes_and_what_is_hidden_from_packages_alone(head: Path, draft: Path) -> None:
    shutil.move(head / "datapackages/returns", head.parent / "away")
    try:
        said = run(head, "card", "camden", "--draft", str(draft))
    finally:
        shutil.move(head.parent / "away", head / "datapackages/returns")
    assert said.exit_code == 0, said.output
    assert f"draft of release {SECOND}" in said.stdout
    assert BANNER in said.stdout
    before, after = (numerators(folder) for folder in (head / "datapackages/releases" / FIRST, draft))
    key = (CODE, "E09000007", "2023-24-Q1")
    (changed,) = [x for x in said.stdout.splitlines() if x.startswith("- Camden") and "2023-24-Q1, numerator" in x]
    assert changed.endswith(f"{before[key][0]} became {after[key][0]}")
    hidden = {period for (code, area, period), (_, mark) in after.items() if (area, mark) == (key[1], "c")}
    assert bool(hidden) is ("Hidden to protect children" in said.stdout)


def test_the_card_of_a_small_place_hides_in_the_words_of_the_site(head: Path, draft: Path) -> None:
    said = run(head, "card", "city-of-london", "--draft", str(draft), "--before", FIRST).stdout
    rows = [line.split(" | ") for line in said.splitlines() if line.startswith("| ")][1:]
    hidden = [row for row in rows if row[2] == "\\[c\\]"]
    assert hidden
    assert {row[6] for row in hidden} == {"Hidden to protect children"}
    listed = said.partition("### What will be hidden")[2]
    marked = {code for (code, area, _), (_, mark) in numerators(draft).items() if (area, mark) == ("E09000001", "c")}
    assert marked
    assert all(f"- {code} " in listed for code in marked)
    assert "primary" not in said
    assert "secondary" not in said


@pytest.mark.parametrize("words", [("nowhere",), ("camden", "--before", "2030-31-Q1"), ("london",)])
def test_the_card_of_nobody_or_beside_nothing_is_refused(words: tuple[str, ...], head: Path, draft: Path) -> None:
    assert run(head, "card", *words, "--draft", str(draft)).exit_code == 2


def test_the_preview_says_on_every_page_that_it_is_a_draft(head: Path, draft: Path, tmp_path: Path) -> None:
    made = run(head, "build", "--draft", str(draft), "--out", str(tmp_path / "site"))
    assert made.exit_code == 0, made.output
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert len(pages) > 100
    assert [path for path, text in pages.items() if BANNER not in text or 'content="noindex"' not in text] == []
    assert ".html" not in (tmp_path / "site/sitemap.xml").read_text()
    assert (tmp_path / f"site/releases/{SECOND}/index.html").exists()


def test_a_draft_of_real_returns_is_not_shown_in_public(head: Path, draft: Path, tmp_path: Path) -> None:
    """Even a package whose checksums were made anew is refused by what it says of itself, before it is read on."""
    from site_builder.release import package

    real = tmp_path / "real"
    shutil.copytree(draft, real)
    said = (real / DESCRIPTOR).read_text().replace('"synthetic"', '"disclosure-controlled"')
    (real / DESCRIPTOR).write_text(said)
    lines = [line for line in (real / package.CHECKSUMS).read_text().splitlines() if not line.endswith(DESCRIPTOR)]
    lines.append(f"{package.sha256(said.encode())}  {DESCRIPTOR}")
    (real / package.CHECKSUMS).write_text("\n".join(sorted(lines, key=lambda line: line[66:])) + "\n")
    for seen in (Visibility.PUBLIC, Visibility.UNKNOWN):
        with pytest.raises(DisclosureRefusal, match="D920"):
            with_draft(head, real, seen)
    for words in (("build", "--out", str(tmp_path / "site")), ("card", "camden")):
        refused = run(head, *words, "--draft", str(real))
        assert refused.exit_code == 3
        assert "D920" in refused.stdout
    assert not (tmp_path / "site").exists()


def test_the_release_says_old_and_new_and_marks_what_was_revised(head: Path, draft: Path) -> None:
    made = run(head, "release", SECOND, "--on", "2024-09-19")
    assert made.exit_code == 0, made.output
    releases = head / "datapackages/releases"
    assert {p.name: p.read_bytes() for p in draft.iterdir()} == {
        p.name: p.read_bytes() for p in (releases / SECOND).iterdir()
    }
    before, after = (numerators(releases / name) for name in (FIRST, SECOND))
    key = (CODE, "E09000007", "2023-24-Q1")
    assert int(after[key][0]) == int(before[key][0]) + 3
    told = run(head, "changes", FIRST, SECOND)
    assert f"{before[key][0]} became {after[key][0]}" in told.stdout
    revised = {
        (row["indicator"], row["area"], row["period"])
        for row in csv_rows((releases / SECOND / "observations.csv").read_bytes())
        if "r" in row["obs_status"]
    }
    assert key in revised
    assert {code for code, _, _ in revised} == {CODE}
    assert {(one, area) for _, area, one in revised} >= {("2023-24-Q1", "E09000007"), ("2023-24", "E09000007")}
    old, new = load_releases(releases)
    assert old.cells.frame.equals(next(iter(load_releases(CASE / "datapackages/releases"))).cells.frame)
    assert {(k.indicator, k.area, k.period) for k in new.revised} >= {key}


def numerators(folder: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (row["indicator"], row["area"], row["period"]): (row["value"], row["withheld"])
        for row in csv_rows((folder / "observations.csv").read_bytes())
        if row["measure"] == "numerator" and row["coverage"] == "all"
    }
