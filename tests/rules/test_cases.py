"""Every folder of ``tests/rules`` gives exactly what its expected.txt says, and tells no count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.cli.reports import formats, renderer
from site_builder.cli.wording import Run
from site_builder.confidential.rules import all_rules
from site_builder.confidential.standards import RETURN
from tests.confidential.house import BOROUGH_CHILDREN, LONDON_CHILDREN, build_house, good_return
from tests.rules.case import folders, lines, run
from tests.rules.generate import HERE, PLACES, files

CODES = {rule.code for rule in all_rules()}


@pytest.mark.parametrize("case", folders(), ids=lambda case: f"{case.parent.name}-{case.name}")
def test_case_gives_exactly_its_codes(case: Path, tmp_path: Path) -> None:
    findings = run(case, tmp_path)
    assert lines(findings, case.parent.name) == (case / "expected.txt").read_text().splitlines()
    run_of = Run(tuple({finding.where.file.rpartition("/")[0] for finding in findings}))
    shown = "".join(
        renderer(form)(findings, run_of) for form in formats() if form != "sarif"
    )  # its digests hold digits
    assert not _told(shown, tmp_path, case)


def test_the_folders_are_those_of_the_table(tmp_path: Path) -> None:
    made = files(build_house(tmp_path))
    here = {p.relative_to(HERE).as_posix(): p.read_bytes() for p in HERE.glob("*/*/**/*") if p.is_file()}
    assert here == made


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {case.parent.name for case in folders()} == {rule.code for rule in all_rules()}


def table(place: Path) -> str:
    """Every code with its cases, their twins and what an officer reads, as found by running them."""
    lines = [
        "# Rules and their cases",
        "",
        "Each folder is a return with one fault; its twin, with `-fixed` at the end, is the same return put right, or the",
        "query answered. This table is written by the tests from what the check says of each.",
        "",
        "| Code | Severity | Case | Message | To fix | Twin |",
        "|---|---|---|---|---|---|",
    ]
    for case in folders():
        if case.name.endswith("-fixed"):
            continue
        code, twin = case.parent.name, case.with_name(f"{case.name}-fixed")
        (first, *_) = (one for one in run(case, place / code / case.name) if one.rule == code)
        left = [line for line in (twin / "expected.txt").read_text().splitlines() if code in line.split()]
        assert all(line.startswith("info") for line in left), "an answered query is a remark"
        words = (f"{text}".replace("|", "\\|") for text in (first.problem, first.fix))
        lines.append(
            f"| {code} | {first.severity.value} | {case.name} | {' | '.join(words)} | {'answered' if left else 'clean'} |"
        )
    return "\n".join([*lines, ""])


def test_the_table_of_rules_is_what_the_check_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made, path = table(tmp_path), HERE / "README.md"
    if request.config.getoption("--update-golden"):
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


def _told(shown: str, root: Path, case: Path) -> set[str]:
    """Cells of the good returns and of the case, and words of their notes, that hold a digit and are in the text. Codes
    of the vocabulary and the public population are allowed."""
    standards = build_house(root / "again")
    tables = [good_return(standards, slug, period)[RETURN] for slug, period in PLACES.values()]
    tables += [path.read_bytes() for path in case.rglob("*.csv")]
    parts = {part for data in tables for part in re.split(r"[,;\s]", data.decode(errors="ignore")) if len(part) > 3}
    telling = {part for part in parts if any(c.isdigit() for c in part) and part not in CODES}
    telling = {
        part for part in telling if not part.startswith(("E09", "2024-25", "2023-24", "2022-23", "2023-04", "SG", "P2"))
    }
    return {
        part
        for part in telling
        if part in shown.replace(f"{LONDON_CHILDREN:,}", "").replace(f"{BOROUGH_CHILDREN:,}", "")
    }
