"""How a command answers: formats, reports, exit codes, terminals; and no count of a return in any of them."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from site_builder.cli.app import app
from site_builder.cli.reports import formats
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, Standards
from site_builder.release.package import json_bytes
from site_builder.release.tables import csv_bytes
from tests.building import ROOT
from tests.cli.hostile import TOLD
from tests.confidential.house import BOROUGHS, LONDON_CHILDREN, OWN, QUARTER, build_house, good_return, table, write

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with four boroughs and two quarters, one return of which is wrong in many ways."""
    root = tmp_path_factory.mktemp("house")
    standards = build_house(root)
    for slug in BOROUGHS:
        for period in ("2024-25-Q1", QUARTER):
            write(root / "datapackages/returns" / slug / period, good_return(standards, slug, period))
    write(root / "datapackages/returns" / OWN / QUARTER, {RETURN: _spoilt(standards)})
    write(root / "datapackages/returns/eastmere" / QUARTER, {RETURN: good_return(standards, "eastmere")[RETURN][:-40]})
    write(root / "datapackages/returns/westholt" / QUARTER, _asked(standards))
    return root


def _spoilt(standards: Standards) -> bytes:
    """Counts exchanged, too large, with a comma, with a share, with a mark; a total; a note with a figure."""
    rows = table(good_return(standards)[RETURN])
    rows[2][4], rows[2][5] = rows[2][5], rows[2][4]
    rows[3][4] = f"{int(rows[3][4]):,}"
    rows[4][4] = f"{rows[4][4]}.5"
    rows[5][4] = f"<{rows[5][4]}"
    rows[6][4] = "40000037"
    rows[7][7] = f"It was {rows[7][5]} before."
    rows[8][6] = "sent"
    return csv_bytes(rows[0], [*rows[1:], ["Total", "", "", "", "5000011", "6000011", "reported", ""]])


def _asked(standards: Standards) -> dict[str, bytes]:
    """A return with queries, and an explanation of one of them."""
    files = good_return(standards, "westholt")
    rows = table(files[RETURN])
    for number in (3, 4):
        rows[number][4] = rows[number][5]
    row = ["V605", "E09000094", rows[3][2], "total", "All of them, as the new rule asks."]
    answers = csv_bytes(table(files[EXPLANATIONS])[0], [row])
    return {RETURN: csv_bytes(rows[0], rows[1:]), EXPLANATIONS: answers}


def invoke(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *words])


@pytest.fixture(scope="module")
def said(house: Path) -> dict[str, Result]:
    """The same check in every format."""
    return {form: invoke(house, "--format", form, "check") for form in formats()}


def test_every_format_agrees_on_the_exit_code_and_on_how_much_was_found(said: dict[str, Result]) -> None:
    assert {result.exit_code for result in said.values()} == {1}
    found = {form: TOLD[form](result.stdout) for form, result in said.items()}
    assert len(set(found.values())) == 1, found
    assert found["json"] > 10
    rules = {one["rule"] for one in json.loads(said["json"].stdout)["findings"]}
    assert {"C401", "C403", "C407", "C410", "C415", "C416", "H304", "K505", "V605"} <= rules


def test_a_program_gets_nothing_but_the_findings_on_standard_output(house: Path) -> None:
    clean = str(house / "datapackages/returns/southmarsh")
    told = {form: invoke(house, "--format", form, "check", clean) for form in formats()}
    assert {result.exit_code for result in told.values()} == {0}
    assert len({TOLD[form](result.stdout) for form, result in told.items()}) == 1
    assert [one["ok"] for one in json.loads(told["json"].stdout)["packages"]] == [True, True]
    assert "Thank you" in told["text"].stdout


def test_no_count_of_a_return_is_in_any_format(house: Path, said: dict[str, Result]) -> None:
    counts: set[str] = set()
    for path in (house / "datapackages/returns").rglob(RETURN):
        for row in table(path.read_bytes())[1:]:
            counts |= {digits for cell in row[4:6] if len(digits := re.sub(r"[^0-9]", "", cell)) > 3}
    assert len(counts) > 100
    standing = {
        count: re.compile(rf"(?<![0-9A-Za-z])(?:{count}|{int(count):,})(?![0-9A-Za-z])") for count in sorted(counts)
    }
    for count, pattern in standing.items():
        assert pattern.search(f"It was {count}."), "the search can see"
        assert pattern.search(f"It was {int(count):,}."), "the search can see a number with commas"
    for form, result in said.items():
        told = result.output.replace(f"{LONDON_CHILDREN:,}", "")
        assert not [count for count, pattern in standing.items() if pattern.search(told)], form


def test_one_run_writes_every_report_beside_what_it_prints(
    house: Path, said: dict[str, Result], tmp_path: Path
) -> None:
    words = [word for form in formats() for word in ("--report", f"{form}:{tmp_path / form}")]
    result = invoke(house, "check", *words)
    assert (result.exit_code, result.stdout) == (1, said["text"].stdout)
    for form in formats():
        assert (tmp_path / form).read_bytes().decode("utf-8") == said[form].stdout, form


def test_the_same_run_gives_the_same_bytes(house: Path, said: dict[str, Result]) -> None:
    for form in ("json", "junit", "sarif"):
        assert invoke(house, "--format", form, "check").stdout == said[form].stdout


def test_a_real_return_in_a_public_place_is_exit_code_three_in_every_format(house: Path, tmp_path: Path) -> None:
    shutil.copytree(house, tmp_path / "copy")
    path = tmp_path / "copy/datapackages/returns" / OWN / QUARTER / DESCRIPTOR
    path.write_bytes(json_bytes({**json.loads(path.read_bytes()), "classification": "confidential"}))
    for form in formats():
        result = invoke(tmp_path / "copy", "--format", form, "check", str(path.parent))
        assert result.exit_code == 3
        assert "D901" in result.stdout
        assert TOLD[form](result.stdout) == 1


@pytest.mark.parametrize("form", formats())
def test_a_refusal_is_answered_in_the_format_and_in_the_reports(form: str, house: Path, tmp_path: Path) -> None:
    for verb in (["check", "nowhere"], ["release", "2024-25-Q9"], ["audit", "2024-25-Q9"]):
        result = invoke(house, "--format", form, *verb, "--report", f"{form}:{tmp_path / 'report'}")
        assert result.exit_code == 2, result.output
        assert TOLD[form](result.stdout) == 1
        assert (tmp_path / "report").read_text(encoding="utf-8") == result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "xml", "check"],
        ["--output", "no-such-folder/answer", "explain"],
        ["--output", ".", "explain"],
        ["check", "--report", "json"],
        ["check", "--report", "json:"],
        ["check", "--report", "xml:report"],
        ["check", "--report", "json:no-such-folder/report"],
        ["check", "--report", "json:."],
    ],
)
def test_a_format_or_a_file_that_cannot_be_is_refused_before_any_work(words: list[str], tmp_path: Path) -> None:
    result = invoke(tmp_path, *words)
    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_words_of_a_command_and_its_findings_share_one_output(house: Path, tmp_path: Path) -> None:
    arguments = ["release", QUARTER, "--on", "2025-01-16"]
    result = invoke(house, "--output", str(tmp_path / "out"), *arguments)
    written = (tmp_path / "out").read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout) == (2, ""), "the invented house has no policy"
    assert "ERROR" in written


@pytest.mark.parametrize("form", formats())
def test_every_format_is_named_where_the_commands_are(form: str) -> None:
    assert f"`{form}`" in CONTRIBUTING


# ---- explain


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("v60", ["V601", "V602", "V605"]),
        ("V6O1", ["V601"]),
        ("601", ["V601"]),
        ("V661", ["V601"]),
        ("merge", ["F209"]),
        ("D90", ["D901", "D906"]),
    ],
)
def test_explain_offers_what_may_have_been_meant(asked: str, offered: list[str]) -> None:
    result = invoke(ROOT, "explain", asked)
    assert result.exit_code == 2
    found = re.findall(r'"([A-Z][0-9]{3}) [A-Z]', result.stdout)
    assert set(offered) <= set(found)
    assert len(found) <= 8


def test_explain_shows_the_way_when_nothing_is_near() -> None:
    assert "See them all with: site-builder explain --all" in invoke(ROOT, "explain", "qqq").stdout


# ---- terminals


def on_terminal(*words: str, **environ: str) -> str:
    """What a terminal would be sent by a command."""
    leader, follower = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "site_builder", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "60", **environ},
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    sent = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not part:
            break
        sent += part
    done.wait()
    os.close(leader)
    return sent.decode("utf-8").replace("\r\n", "\n")


def test_colour_and_progress_are_for_terminals_and_change_no_word(house: Path) -> None:
    words = ("--root", str(house), "check")
    plain = invoke(house, "check").stdout
    assert "\x1b" not in plain
    sent = on_terminal(*words)
    assert "\x1b[1;31mERROR C401" in sent
    assert "Checking returns" in sent
    assert re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sent).endswith(plain), "lines are not broken at the window's width"


def test_no_colour_where_it_is_not_wanted() -> None:
    sent = on_terminal("explain", "v60", NO_COLOR="1")
    assert sent.startswith("ERROR A401  explain\n")
    assert "\x1b" not in sent
