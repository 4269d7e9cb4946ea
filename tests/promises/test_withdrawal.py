"""Promise: a release that showed what must stay hidden can be taken back. Nothing public gives the figure again, what was
seen counts as known, every page of it still answers, and nothing else changes."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.confidential.standards import load_standards
from site_builder.confidential.withdrawing import withdraw
from site_builder.confidential.withdrawn import FOLDER, PACKAGE, about, narrowed_beyond
from site_builder.published.build import build_site
from site_builder.release.bases import Edition
from site_builder.release.cells import CellKey
from site_builder.release.ledger import FILE as LEDGER
from site_builder.release.ledger import load_ledger
from site_builder.release.package import CHECKSUMS, sha256
from site_builder.release.releases import RECORD, RELEASES, load_releases
from site_builder.release.texts import About
from site_builder.release.withdrawals import FILE as LIST
from site_builder.release.withdrawals import Reason, load_withdrawals
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal
from tests.building import ROOT
from tests.release.sealed import IDS, SECOND, add, files
from tests.sites.test_golden import checkout
from tests.synthetic.returns import children_of, returns_as_at, write

FIRST, GONE, NEXT = "2023-24-Q4", "2024-25-Q2", "2024-25-Q2.1"
LOST = About("E09000007", "SG07", "2024-25-Q1")
FIGURES = f"indicator,area,period\n{LOST.indicator},{LOST.area},{LOST.period}\n"
WORDS = ("--reason", "shown", "--on", "2025-01-20")


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *words])


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with two releases, the second of which is written down."""
    root = checkout(ROOT / "tests/sites/small", tmp_path_factory.mktemp("before"))
    write(root / "datapackages/returns", returns_as_at(load_standards(root), children_of(root), GONE))
    made = run(root, "release", GONE, "--on", "2025-01-16")
    assert made.exit_code == 0, made.output
    (root / RELEASES / f"{GONE}{RECORD}").write_text("0" * 64 + "  csv/sg07.csv\n")
    (root / "figures.csv").write_text(FIGURES)
    return root


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the second withdrawn, and another one in its place."""
    root = tmp_path_factory.mktemp("after") / "site"
    shutil.copytree(before, root)
    said = run(root, "withdraw", GONE, "--figures", str(root / "figures.csv"), *WORDS)
    assert said.exit_code == 0, said.output
    assert NEXT in said.output
    made = run(root, "release", NEXT, "--on", "2025-01-30")
    assert made.exit_code == 0, made.output
    return root


def test_nothing_public_is_left_that_a_figure_could_be_tried_out_on(before: Path, after: Path) -> None:
    old = load_ledger(before / RELEASES).entries[-1]
    package = before / RELEASES / GONE
    tellers = {old.package_sha256, old.chain, *(sha256(p.read_bytes()) for p in package.iterdir())}
    tellers -= {sha256(p.read_bytes()) for p in (after / RELEASES / FIRST).iterdir()}
    tellers -= {sha256(p.read_bytes()) for p in (after / RELEASES / NEXT).iterdir()}  # the same places and policy
    standing = b"\n".join(bytes_below(after / RELEASES).values()).decode("latin-1")
    site = build_site(after)
    for path in ("releases/ledger.csv", "releases/withdrawals.csv", "releases/versions.json", "data/latest.json"):
        standing += site[path]().decode()
    assert len(tellers) > 5
    assert not [one for one in tellers if one in standing]
    assert not (after / RELEASES / f"{GONE}{RECORD}").exists()
    assert load_ledger(after / RELEASES).continues(load_ledger(before / RELEASES))


def test_what_was_shown_is_kept_in_private_byte_for_byte(before: Path, after: Path) -> None:
    assert bytes_below(after / FOLDER / GONE / PACKAGE) == bytes_below(before / RELEASES / GONE)


def test_the_figure_is_hidden_from_now_on_and_all_is_proved_anew(before: Path, after: Path) -> None:
    def marks(root: Path) -> dict[tuple[str, ...], str]:
        latest = load_releases(root / RELEASES)[-1]
        return {tuple(map(str, c.key)): c.withheld for c in latest.cells}

    then, now = marks(before), marks(after)
    changed = {(key[2], key[0], key[3]) for key in now if now[key] != then[key]}
    assert changed == {LOST}
    assert run(after, "audit").exit_code == 0
    assert run(after, "audit", "--before", str(before / RELEASES)).exit_code == 0
    assert run(before, "audit", "--before", str(after / RELEASES)).exit_code == 4  # it cannot come back


def test_the_search_asks_what_a_reader_of_the_withdrawn_one_could_and_heeds_it(
    before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    shutil.copytree(before, root)
    assert run(root, "withdraw", GONE, "--figures", str(root / "figures.csv"), *WORDS).exit_code == 0
    asked: list[list[str]] = []

    def first_finds_one(seen: Sequence[Edition], now: Edition) -> tuple[CellKey, ...]:
        asked.append([one.release for one in seen])
        lost = tuple(c.key for c in now.cells if about(c.key) == LOST and c.key.measure == "numerator")
        return lost if len(asked) == 1 else narrowed_beyond(seen, now)

    monkeypatch.setattr("site_builder.confidential.surroundings.narrowed_beyond", first_finds_one)
    made = run(root, "release", NEXT, "--on", "2025-01-30")
    assert made.exit_code == 0, made.output
    assert len(asked) > 1, "another pattern was looked for"
    assert {tuple(names) for names in asked} == {(FIRST, GONE)}


def test_every_page_of_it_answers_and_says_that_it_was_withdrawn(before: Path, after: Path) -> None:
    start = f"releases/{GONE}/"
    old = {path for path in build_site(before) if path.startswith(start) and path.endswith(".html")}
    site = build_site(after)
    assert old <= set(site)
    for path in (f"{start}index.html", f"{start}indicators/sg07.html", f"{start}embed/sg07/trend.html"):
        page = site[path]().decode()
        assert "was withdrawn on 20 January 2025. It showed what should have been hidden." in page
        assert "noindex" in page
    assert not [path for path in site if path.startswith(start) and not path.endswith(".html")]
    assert "Withdrawn" in site["releases/index.html"]().decode()


def test_lists_for_programs_say_so_and_no_number_is_given_twice(after: Path) -> None:
    listed = json.loads(build_site(after)["releases/versions.json"]())
    told = [(one["id"], one["status"], one["version"], one["withdrawn_on"]) for one in listed["releases"]]
    assert told == [
        (NEXT, "current", "1.2.0", None),
        (GONE, "withdrawn", "1.1.0", "2025-01-20"),
        (FIRST, "superseded", "1.0.0", None),
    ]
    assert (listed["latest"], listed["releases"][0]["supersedes"]) == (NEXT, FIRST)


def test_the_archive_of_every_release_proves_itself_without_it(after: Path, tmp_path: Path) -> None:
    site = build_site(after)
    (path,) = [path for path in site if path.endswith(".zip") and path.count("/") == 1]
    with zipfile.ZipFile(io.BytesIO(site[path]())) as archive:
        archive.extractall(tmp_path)
    assert run(after, "audit", str(tmp_path / "releases"), "--witnesses-only").exit_code == 0
    assert load_withdrawals(tmp_path / "releases") == load_withdrawals(after / RELEASES)


def test_no_release_is_made_without_what_was_kept(after: Path, tmp_path: Path) -> None:
    shutil.copytree(after, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / FOLDER)
    refused = run(tmp_path / "site", "release", "2024-25-Q2.2", "--on", "2025-02-20")
    assert refused.exit_code == 3
    assert "D922" in refused.output


def test_what_differs_from_a_withdrawn_release_needs_a_correction(before: Path, tmp_path: Path) -> None:
    """Who kept it compares; and of figures that cannot all be true nobody could say what follows."""
    root = tmp_path / "site"
    shutil.copytree(before, root)
    assert run(root, "withdraw", GONE, "--figures", str(root / "figures.csv"), *WORDS).exit_code == 0
    mended = root / "datapackages/returns/barnet/2024-25-Q1/return.csv"
    old = next(line for line in mended.read_text().splitlines() if f",{LOST.indicator}," in line)
    cells = old.split(",")
    cells[4] = str(int(cells[4]) - 1)
    mended.write_text(mended.read_text().replace(old, ",".join(cells)))
    refused = run(root, "release", NEXT, "--on", "2025-01-30")
    assert refused.exit_code == 1
    assert "T706" in refused.output
    assert not (root / RELEASES / NEXT).exists()


def test_a_draft_leaves_no_word_of_what_it_revises(before: Path, tmp_path: Path) -> None:
    """The release of the same number may come when another one is the last that readers saw."""
    root = tmp_path / "site"
    shutil.copytree(before, root)
    assert run(root, "withdraw", GONE, "--figures", str(root / "figures.csv"), *WORDS).exit_code == 0
    draft = run(root, "release", "--draft", str(tmp_path / "draft"), "--on", "2025-01-30")
    assert draft.exit_code == 0, draft.output
    assert {path.name for path in (root / FOLDER).iterdir()} == {GONE}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((FIRST, *WORDS), 4),
        (("2024-25-Q4", *WORDS), 4),
        ((GONE, "--reason", "shown", "--on", "2025-01-01"), 2),
        ((GONE, "--reason", "because", "--on", "2025-01-20"), 2),
        ((GONE, "--reason", "shown"), 2),
    ],
)
def test_what_cannot_be_withdrawn_is_refused_and_nothing_changes(
    before: Path, words: tuple[str, ...], code: int
) -> None:
    then = bytes_below(before)
    assert run(before, "withdraw", *words, "--figures", str(before / "figures.csv")).exit_code == code
    assert bytes_below(before) == then


def test_a_list_that_names_another_releases_figures_is_refused(before: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(FIGURES.replace(LOST.period, "2019-20-Q1"))
    then = bytes_below(before)
    refused = run(before, "withdraw", GONE, "--figures", str(tmp_path / "list.csv"), *WORDS)
    assert refused.exit_code == 2
    assert bytes_below(before) == then


def test_earlier_releases_that_show_the_same_are_named(before: Path, tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "site")
    (tmp_path / "list.csv").write_text(FIGURES.replace(LOST.period, "2023-24-Q2"))
    said = run(tmp_path / "site", "withdraw", GONE, "--figures", str(tmp_path / "list.csv"), *WORDS)
    assert said.exit_code == 0
    assert FIRST in said.output
    refused = run(tmp_path / "site", "release", NEXT, "--on", "2025-01-30")
    assert refused.exit_code == 3
    assert "D923" in refused.output


def sealed(root: Path, classification: Classification) -> Mapping[str, bytes]:
    add(root / RELEASES, 0, files(0, {"p1": SECOND}, classification=classification))
    (root / "list.csv").write_text("indicator,area,period\nT1,E09000001,p1\n")
    return bytes_below(root)


def test_real_figures_are_written_down_in_a_private_place_alone(tmp_path: Path) -> None:
    then = sealed(tmp_path, Classification.DISCLOSURE_CONTROLLED)
    words = (tmp_path, IDS[0], "1.0.0", tmp_path / "list.csv", Reason.WORKED_OUT, date(2024, 8, 1))
    for place in (Visibility.PUBLIC, Visibility.UNKNOWN):
        with pytest.raises(DisclosureRefusal, match="D924"):
            withdraw(*words, place)
    assert bytes_below(tmp_path) == then
    assert withdraw(*words, Visibility.PRIVATE).also == ()
    assert {path.split("/")[-1] for path in bytes_below(tmp_path / RELEASES)} == {LEDGER, LIST}


def test_a_run_that_was_broken_off_can_be_made_again(tmp_path: Path) -> None:
    sealed(tmp_path, Classification.SYNTHETIC)
    words = (IDS[0], "1.0.0", tmp_path / "list.csv", Reason.SHOWN, date(2024, 8, 1), Visibility.PUBLIC)
    shutil.copytree(tmp_path / RELEASES / IDS[0], tmp_path / FOLDER / IDS[0] / PACKAGE)
    withdraw(tmp_path, *words)
    assert CHECKSUMS in {path.name for path in (tmp_path / FOLDER / IDS[0] / PACKAGE).iterdir()}


def test_another_package_that_is_kept_is_never_overwritten(tmp_path: Path) -> None:
    sealed(tmp_path, Classification.SYNTHETIC)
    words = (IDS[0], "1.0.0", tmp_path / "list.csv", Reason.SHOWN, date(2024, 8, 1), Visibility.PUBLIC)
    kept = tmp_path / FOLDER / IDS[0] / PACKAGE
    shutil.copytree(tmp_path / RELEASES / IDS[0], kept)
    (kept / "observations.csv").write_text("another\n")
    then = bytes_below(tmp_path)
    with pytest.raises(IntegrityRefusal):
        withdraw(tmp_path, *words)
    assert bytes_below(tmp_path) == then


def test_a_folder_of_a_withdrawn_release_is_refused(tmp_path: Path) -> None:
    sealed(tmp_path, Classification.SYNTHETIC)
    shutil.copytree(tmp_path / RELEASES / IDS[0], tmp_path / "copy")
    words = (IDS[0], "1.0.0", tmp_path / "list.csv", Reason.SHOWN, date(2024, 8, 1), Visibility.PUBLIC)
    withdraw(tmp_path, *words)
    assert load_releases(tmp_path / RELEASES) == ()
    none = run(tmp_path, "audit")  # the site that says so has to be published
    assert (none.exit_code, none.output) == (0, "Every release was withdrawn. There is nothing to prove.\n")
    assert "This release was withdrawn." in run(tmp_path, "audit", IDS[0]).output
    shutil.copytree(tmp_path / "copy", tmp_path / RELEASES / IDS[0])
    with pytest.raises(IntegrityRefusal, match="withdrawn"):
        load_releases(tmp_path / RELEASES)
    assert run(tmp_path, "audit").exit_code == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id,version,classification,withdrawn_on,reason\n",
        "id,version,classification,withdrawn_on,reason\n2024-25-Q1,1.0.0,synthetic,2024-08-01,boredom\n",
        "id,version,classification,withdrawn_on,reason\n2024-25-Q2,1.0.0,synthetic,2024-08-01,shown\n",
    ],
)
def test_a_list_of_withdrawals_that_is_not_the_ledgers_is_refused(tmp_path: Path, text: str) -> None:
    sealed(tmp_path, Classification.SYNTHETIC)
    withdraw(tmp_path, IDS[0], "1.0.0", tmp_path / "list.csv", Reason.SHOWN, date(2024, 8, 1), Visibility.PUBLIC)
    assert [one.reason for one in load_withdrawals(tmp_path / RELEASES)] == [Reason.SHOWN]
    (tmp_path / RELEASES / LIST).write_text(text)
    with pytest.raises(IntegrityRefusal):
        load_withdrawals(tmp_path / RELEASES)
