"""What is hidden, counted again from the published table alone, and how finely an indicator is published."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.published import addresses
from site_builder.published.compose.hidden import hidden_block
from site_builder.published.downloads.hidden import HEADER, hidden_csv, hidden_file
from site_builder.published.hidden import coarser, finely, level_of
from site_builder.published.inputs import Inputs
from site_builder.release.cells import PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.releases import Release
from site_builder.release.structure import Form
from site_builder.vocabulary.areas import ENGLAND, LONDON
from tests.factories import BARNET, cell, releases
from tests.places import INNER_LONDON, OUTER_LONDON

FORM = Form("count", 1, "quarters-and-year", EffectivePolicy(5, "show", 2))
LEVEL = {"E09": "borough", "E12": "london", "E13": "inner-outer"}


def counted_again(one: Release) -> Counter[tuple[str, str, str]]:
    """Marks of the published table by indicator and level, read as anybody would."""
    marks: Counter[tuple[str, str, str]] = Counter()
    for row in csv.DictReader(io.StringIO(one.files["observations.csv"].decode())):
        state = {"": "printed", "c": "hidden"}.get(row["withheld"], "other")
        level = LEVEL[row["area"][:3]]
        marks[row["indicator"], level, state] += 1
        marks["all", level, state] += 1
        marks["all", "all", state] += 1
    return marks


def test_the_table_is_what_counting_the_marks_gives(everything: Inputs) -> None:
    for one in everything.releases:
        marks = counted_again(one)
        rows = list(csv.DictReader(io.StringIO(hidden_csv(one).decode())))
        assert [(r["indicator"], r["level"]) for r in rows] == list(
            dict.fromkeys((r["indicator"], r["level"]) for r in rows)
        )
        assert {(r["indicator"], r["level"]) for r in rows} == {place[:2] for place in marks}
        for row in rows:
            found = [marks[row["indicator"], row["level"], state] for state in ("printed", "hidden", "other")]
            assert [int(row[state]) for state in ("printed", "hidden", "other")] == found
            assert int(row["figures"]) == sum(found)
            assert (row["release"], row["classification"]) == (str(one.id), "synthetic")
        assert marks["all", "all", "hidden"] > 0


def test_the_page_says_the_same_in_words_and_in_its_table(everything: Inputs) -> None:
    for one in everything.releases:
        marks = counted_again(one)
        block = hidden_block(everything, one, addresses.release(str(one.id)))
        total = [marks["all", "all", state] for state in ("printed", "hidden", "other")]
        assert block.text.startswith(f"Of {sum(total):,} figures {total[1]:,} are hidden and {total[0]:,} are printed.")
        assert f"For {total[2]:,} there is none" in block.text
        for name, *cells in block.table.rows:
            code = "all" if name == "All indicators" else str(name).split()[0]
            expected = [
                f"{marks[code, level, state]:,}"
                for level in ("borough", "inner-outer", "london")
                for state in ("hidden", "printed")
            ]
            assert [str(value) for value in cells] == expected
        assert len(block.table.rows) == len({code for code, *_ in marks})


def test_no_column_says_more_than_the_one_mark(everything: Inputs) -> None:
    """Which values a figure could have, why it went and what was tried are no part of the table."""
    assert HEADER == (
        "release", "classification", "indicator", "level", "figures", "printed", "hidden", "other", "published_by",
    )  # fmt: skip
    for one in everything.releases:
        rows = csv.DictReader(io.StringIO(hidden_csv(one).decode()))
        assert {r["published_by"] for r in rows} <= {
            "",
            "quarter and year",
            "day",
            "year",
            "year only, sent by quarter",
        }


def test_indicators_by_year_only_are_those_without_a_quarter_that_returns_hold(everything: Inputs) -> None:
    for one in everything.releases:
        quarters = {s.indicator for s in one.coverage if "-Q" in s.period}
        dated = {c.key.indicator for c in one.cells if "-Q" in c.key.period or len(c.key.period) == len("2024-03-31")}
        expected = sorted((quarters & set(one.cells.indicators())) - dated)
        told = [s for s in hidden_block(everything, one, "x.html").coarser if s.startswith("Published by year only")]
        assert bool(told) == bool(expected)
        assert all(f"{code} " in told[0] for code in expected)
        assert sum(f"{code} " in told[0] for code in one.cells.indicators() if told) == len(expected)


@pytest.mark.parametrize(
    ("grain", "places", "words", "ways"),
    [
        ("quarters-and-year", (BARNET, LONDON), "quarter and year", ()),
        ("year-of-quarters", (BARNET,), "year only, sent by quarter", ("by year only, though sent by quarter",)),
        ("year", (BARNET, INNER_LONDON), "year", ()),
        ("snapshots", (LONDON,), "day; London only", ("for London only",)),
        (
            "year-of-quarters",
            (LONDON, OUTER_LONDON),
            "year only, sent by quarter; Inner and Outer London and London only",
            ("by year only, though sent by quarter", "for Inner and Outer London and London only"),
        ),
    ],
)
def test_how_finely_is_read_from_structure_and_places(
    grain: str, places: Sequence[str], words: str, ways: tuple[str, ...]
) -> None:
    form, cells = replace(FORM, grain=grain), PublicCells.of([cell(place, "2023-24", "40") for place in places])
    assert finely(form, cells) == words
    assert coarser(form, cells) == ways


def test_an_area_of_no_level_is_refused() -> None:
    with pytest.raises(KeyError):
        level_of(ENGLAND)


def test_a_release_that_hides_nothing_says_so(everything: Inputs, tmp_path: Path) -> None:
    (one,) = releases(tmp_path / "r", ([cell(BARNET, "2024-06-30", "40"), cell(LONDON, "2024-06-30", "40")], ()))
    block = hidden_block(everything, one, addresses.release(str(one.id)))
    assert block.text == "Of 2 figures 0 are hidden and 2 are printed."
    assert [str(value) for value in block.table.rows[0][1:]] == ["0", "1", "–", "–", "0", "1"]
    assert hidden_file(one) == "releases/2024-25-Q1/csv/illustrative-what-is-hidden.csv"
