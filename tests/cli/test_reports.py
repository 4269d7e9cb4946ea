"""Renderers: words, order, caps, and hostile paths that come through inert."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.reports import github, text
from site_builder.vocabulary.findings import Finding, Location, Severity

RETURN = "datapackages/returns/northwick/2024-25-Q2/return.csv"
ERROR = Finding(
    "V601",
    Severity.ERROR,
    Location(RETURN, 14, "numerator"),
    "The numerator is larger than the denominator.",
    "Are the two exchanged?",
)
QUERY = Finding("K508", Severity.QUERY, Location(RETURN), "More than half is missing.", "Say why.")
INFO = Finding("F204", Severity.INFO, Location(RETURN, None, None, 7), "Accepted.", "Do nothing.")
HOSTILE = [
    "%0A::error::x",
    "a|b",
    "[red]x",
    "\x1b[31mx",
    "\u202egnp.x",
    "a]]>b",
    "\U0001f600",
    "a\nb",
    "a\r\n::error::b",
    "\udcff",
]


def finding(file: str, severity: Severity = Severity.ERROR, rule: str = "V601", row: int | None = 1) -> Finding:
    return Finding(rule, severity, Location(file, row), "A problem.", "Mend it.")


def test_text_says_place_problem_and_remedy() -> None:
    assert text.render([QUERY, ERROR]) == (
        f"QUERY K508  {RETURN}\n"
        "  More than half is missing.\n"
        "  To fix: Say why.\n"
        "  More: site-builder explain K508\n"
        "\n"
        f"ERROR V601  {RETURN}, row 14, column numerator\n"
        "  The numerator is larger than the denominator.\n"
        "  To fix: Are the two exchanged?\n"
        "  More: site-builder explain V601\n"
        "\n"
        "1 error, 1 open query and 0 remarks.\n"
    )


def test_text_thanks_when_nothing_stands_in_the_way() -> None:
    assert text.render([]).startswith("0 errors, 0 open queries and 0 remarks.\nNothing stands in the way. Thank you")
    assert "1 remark.\nNothing stands" in text.render([INFO])
    assert "Thank you" not in text.render([QUERY])


def test_place_names_a_cell_of_a_workbook() -> None:
    assert text.place(Location("a.xlsx", None, None, None, "Return!F9")) == "a.xlsx, cell Return!F9"
    assert text.place(Location("a.csv", 3, None, 9)) == "a.csv, row 3, character 9"


@pytest.mark.parametrize(
    ("number", "words"), [(20, None), (21, "and 1 more like this"), (5000, "and 4980 more like these")]
)
def test_text_shows_twenty_of_a_kind(number: int, words: str | None) -> None:
    shown = text.render([finding("a.csv", row=row) for row in range(1, number + 1)])
    assert shown.count("ERROR V601") == 20
    assert ("more like" in shown) == (words is not None)
    assert words is None or words in shown
    assert f"{number} errors, " in shown


def test_github_annotations_exactly() -> None:
    assert github.render([INFO, QUERY, ERROR]) == (
        f"::error file={RETURN},line=14,title=V601::The numerator is larger than the denominator. "
        "Are the two exchanged? (column numerator)\n"
        f"::warning file={RETURN},title=K508::More than half is missing. Say why.\n"
        f"::notice file={RETURN},col=7,title=F204::Accepted. Do nothing.\n"
    )
    assert github.render([]) == ""


def test_github_keeps_nine_of_each_level_and_spreads_them() -> None:
    many = [finding("a.csv", row=row) for row in range(1, 5001)] + [finding("z.csv", rule="V602")]
    lines = github.render([*many, finding("b.csv", Severity.QUERY)]).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"]
    assert "file=z.csv" in lines[1], "one of every rule and file comes first"
    assert lines[9] == "::error title=And more::+4992 more of this level, see the summary"


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_paths_are_inert(path: str) -> None:
    shown = text.render([finding(path)])
    assert shown.isascii()
    assert all(c.isprintable() for c in shown.replace("\n", ""))
    assert len(shown.splitlines()) == 6
    (line,) = github.render([finding(path)]).splitlines()
    assert all(c.isprintable() for c in line)
    assert line.count("::") == 2
    assert line.encode("utf-8")


@given(st.text(max_size=30), st.text(max_size=30))
def test_each_finding_is_one_command(path: str, words: str) -> None:
    made = Finding("V601", Severity.ERROR, Location(path, 2), words, "Mend it.")
    shown = github.render([made])
    assert shown.count("\n") == 1
    assert all(c.isprintable() for c in shown[:-1])
    properties = shown.removeprefix("::error ").split("::")[0]
    assert properties.count(",") == 2


def test_order_of_what_is_given_does_not_matter() -> None:
    some = [INFO, QUERY, ERROR, finding("a.csv"), finding("b.csv", row=None)]
    assert text.render(some) == text.render(some[::-1])
    assert github.render(some) == github.render(some[::-1])
