"""All rules together: codes, docstrings, words; and the arithmetic and detectors behind some of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from site_builder.confidential.rules import all_rules, counts, text, time
from site_builder.confidential.rules.scope import Change, Scope
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.indicators import Version
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rules import Rule
from tests.rules.case import folders, run

JARGON = re.compile(
    r"NoneType|dtype|regex|constraint|traceback|\benum\b|exception|boolean|\bintegers?\b|\bparse|stdin|\bdict\b|\btuple",
    re.I,
)
ASKED = ["is", "are", "was", "were", "do", "does", "did", "has", "have", "can"]


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[SFHCKVTXD][0-9]{3}", code) for code in codes)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_docstring_has_four_parts_in_plain_words(rule: Rule) -> None:
    assert all(rule.parts.values())
    assert rule.parts["What it checks"].startswith(("Whether", "Every"))
    words = " ".join(rule.parts[part] for part in ("What it checks", "Why it matters", "How to fix"))
    assert not JARGON.search(words)


def test_messages_are_plain_and_say_how_to_mend(tmp_path: Path) -> None:
    seen = {}
    for case in folders():
        if not case.name.endswith("-fixed"):
            for finding in run(case, tmp_path / case.parent.name / case.name):
                seen[finding.rule] = finding
    for finding in seen.values():
        assert not JARGON.search(finding.problem + finding.fix), finding.rule
        assert finding.problem[0].isupper(), finding.rule
        assert finding.problem.rstrip().endswith((".", "?")), finding.rule
        assert finding.fix.endswith((".", "?")), finding.rule
        first = finding.fix.split()[0]
        assert first[0].isupper() or first[0] == "`"
        assert first.lower().strip("`,") not in {"the", "this", "a", "an", "it", "there", "please"}, finding.rule
        if finding.fix.split(".")[0].endswith("?"):
            assert first.lower() in ASKED, finding.rule


@pytest.mark.parametrize(
    ("first", "second", "z"), [((31, 163), (66, 161), -4.318), ((10, 20), (10, 20), 0.0), ((0, 20), (0, 30), 0.0)]
)
def test_two_proportions(first: tuple[int, int], second: tuple[int, int], z: float) -> None:
    assert time.two_proportions(first, second) == pytest.approx(z, abs=0.0006)


@pytest.mark.parametrize(("first", "second", "z"), [(40, 80, -3.651), (7, 12, -1.147), (0, 0, 0.0)])
def test_two_counts(first: int, second: int, z: float) -> None:
    assert time.two_counts(first, second) == pytest.approx(z, abs=0.0006)


@pytest.mark.parametrize(
    ("count", "earlier", "part", "llr"), [(90, 60, 3, 38.875), (30, 60, 3, -27.042), (60, 30, 2, 11.589)]
)
def test_year_to_date_evidence(count: int, earlier: int, part: int, llr: float) -> None:
    assert time.year_to_date_evidence(count, earlier, part) == pytest.approx(llr, abs=0.0006)


def test_period_before() -> None:
    for period, before in (
        ("2024-25-Q1", "2023-24-Q4"),
        ("2024-25-Q3", "2024-25-Q2"),
        ("2024-25", "2023-24"),
        ("2024-25-H1", "2023-24-H2"),
        ("2024-25-H2", "2024-25-H1"),
        ("2024/25", "2023/24"),
        ("2024", "2023"),
    ):
        assert str(time.period_before(Period.parse(period))) == before
    with pytest.raises(ValueError, match="no period before"):
        time.period_before(Period.parse("2024-03-31"))


def test_a_break_of_definition_switches_comparison_off(standards: Standards) -> None:
    from dataclasses import replace

    indicator = standards.catalogue["SG01"]
    broken = replace(indicator, versions=(*indicator.versions, Version(2, date(2024, 7, 1), "New.", "none")))
    first, second = Period.parse("2024-25-Q1"), Period.parse("2024-25-Q2")
    assert time.comparable(indicator, first, second)
    assert not time.comparable(broken, first, second)
    assert time.comparable(broken, second, Period.parse("2024-25-Q3"))


def test_check_letters_and_digits() -> None:
    assert text.upn_letter("801200001001") == "H"
    assert text.is_nhs_number("9434765919")
    assert not text.is_nhs_number("9434765918")
    assert text.personal_data("943 476 5918") is None
    assert text.figure("943 476 5918"), "an invalid one is still a number"


HONEST = """
A new team took over in April 2025.|Counts are from the year 2024-25 only.|Figures follow in 2024-25-Q3.
Children under 18 are counted.|Young people aged 16 or 17 live elsewhere.|Section 47 work was paused in summer.
Late because of a change of system on 1 April 2025.|Reviews fell due within 15 working days of the start.
The definition follows SG08 and P2a.|See the guidance under s17 and s47.|A small rise, as in other boroughs.
The service moved to another provider in Q2.|Data quality work goes on.|ONS 2024 estimates were used.
The 10 to 17 year olds are counted by another team.|Most cases were closed in the autumn.|Children aged 5-9 joined.
A large family group accounts for most of the rise.|CP and CLA teams were merged.|The YOT moved office.
Recording of dates of conferences changed.|We expect figures within six weeks.|Over 18s are left out.
""".replace("\n", "|")
PLANTED = """
The total was 3.|Two siblings account for the rise.|Both children moved away.|There were 12 plans.|A rise of 20%.
One child died.|CP 12 at the end.|We had ⅔ of them.|Up by five referrals.|Four of the cases closed.
The twins left the family home.|Seven plans ended late.|Numbers fell to １２.|It was 0.5 before.
""".replace("\n", "|")


@pytest.mark.parametrize("words", [w for w in HONEST.split("|") if w])
def test_honest_notes_pass(words: str) -> None:
    assert text.personal_data(words) is None
    assert not text.figure(words)


@pytest.mark.parametrize("words", [w for w in PLANTED.split("|") if w])
def test_planted_figures_are_found(words: str) -> None:
    assert text.figure(words)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", None), ("0", None), ("7", None), ("123456789", None), ("1,234", "C401"), ("45 %", "C402"), (".5", "C402"),
        ("*", "C403"), ("≤5", "C403"), ("N/A", "C404"), ("..", "C404"), ("12.0", "C407"), ("twelve", "C407"),
        ("0.0", "C407"), ("(12)", "C408"), ("#N/A", "C404"), ("=1/0", "C409"), ("1234567890", "C410"),
        ("7\u00a0", "C407"), ("٣", "C407"), ("TRUE", "C407"), ("00", "C407"),
    ],
)  # fmt: skip
def test_a_count_is_diagnosed_once(cell: str, code: str | None) -> None:
    assert counts.diagnose(cell) == code


def test_late_and_corrected_returns_may_change_a_closed_period() -> None:
    folder = ("northwick", "2024-25-Q2")
    change = Change("datapackages/returns/northwick/2024-25-Q2/return.csv", "M")
    windows = {"2024-25-Q2": (date(2024, 10, 1), date(2024, 11, 15))}
    from site_builder.confidential.checking import check_scope

    base = Scope((change,), "northwick", {"northwick": "Northwick"}, date(2025, 3, 1), windows)
    assert [f.rule for f in check_scope(base)] == ["S104"]
    for more in ({"late": frozenset({folder})}, {"corrections": frozenset({folder})}):
        scope = Scope((change,), "northwick", {}, date(2025, 3, 1), windows, {}, **more)
        assert check_scope(scope) == ()
