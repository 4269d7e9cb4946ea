"""The national series: every one has its file, as its publisher defines it, with prose that a councillor can read."""

from __future__ import annotations

import csv
import itertools
import re
import tomllib
from pathlib import Path

import pytest

from site_builder.vocabulary.indicators import HEADINGS, THEMES, Indicator, Kind, Status, parse_indicator
from site_builder.vocabulary.symbols import Polarity

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "indicators"
FILES = sorted(FOLDER.glob("n*.md"))
INDICATORS = [parse_indicator(path.read_text(encoding="utf-8"), path.name) for path in FILES]
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

CHILDREN_IN_NEED = {
    "N06", "N07", "N07b", "N07c", "N08a", "N08b", "N09a", "N09b", "N09c", "N11a", "N11b", "N11c", "N11d", "N11e", "N11f", "N12a", "N13", "N14a", "N14b", "N15", "N16", "N17", "N18a", "N18b", "N19", "N26",
}  # fmt: skip
LOOKED_AFTER = {
    "N04a", "N04b", "N10a", "N10b", "N10c", "N23a", "N23b", "N25a", "N25b", "N25c",
}  # fmt: skip
ANNOUNCED = {
    "N01", "N02", "N03", "N05", "N22", "N24",
}  # fmt: skip
SNAPSHOTS = {
    "N06", "N09c", "N10a", "N12a", "N18b", "N19", "N23a", "N23b", "N26",
}  # fmt: skip
LOW_IS_GOOD = {
    "N13", "N17", "N18a", "N18b", "N23a",
}  # fmt: skip
HIGH_IS_GOOD = {
    "N04a", "N04b", "N15", "N16", "N19", "N23b",
}  # fmt: skip
SAME_DEFINITION = {
    "N07": "SG01", "N08a": "SG06", "N09c": "SG08", "N13": "SG03", "N16": "SG07", "N17": "SG09", "N18a": "SG10",
    "N19": "SG11", "N23a": "SG13",
}  # fmt: skip
FIRST_YEARS = {"N07b": 2013, "N07c": 2013, "N15": 2013, "N26": 2021}

national = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)


def packages() -> list[tuple[str, list[dict[str, str]]]]:
    """(source, observations) of each national package, such as ``national:dfe-cin``."""
    found = []
    for path in sorted((ROOT / "datapackages" / "national").glob("*/*/observations.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.append((f"national:{path.parts[-3]}", list(csv.DictReader(file))))
    return found


def test_every_series_has_one_file_and_there_is_no_other() -> None:
    assert len(INDICATORS) == len(BY_CODE)
    assert set(BY_CODE) == CHILDREN_IN_NEED | LOOKED_AFTER | ANNOUNCED


@national
def test_a_series_names_its_publisher_or_says_that_it_is_announced(indicator: Indicator) -> None:
    if indicator.code in ANNOUNCED:
        assert (indicator.status, indicator.source, indicator.expected_first_period) == (Status.ANNOUNCED, "none", "")
        assert "announced here" in indicator.prose["What it measures"]
    else:
        expected = "national:dfe-cla" if indicator.code in LOOKED_AFTER else "national:dfe-cin"
        assert (indicator.status, indicator.source) == (Status.NATIONAL, expected)
        assert "Department for Education" in indicator.sources[0]


@national
def test_a_series_is_counted_and_printed_as_its_publisher_does(indicator: Indicator) -> None:
    if indicator.code in ANNOUNCED:
        return
    measure = indicator.measure
    assert measure.dp == (0 if indicator.code in LOOKED_AFTER else 1)
    if measure.kind is Kind.RATE:
        assert (measure.multiplier, measure.denominator_series) == (10_000, "ons-mye/0-17")
    elif measure.kind is Kind.PROPORTION:
        assert (measure.multiplier, measure.denominator_series) == (100, "")
        assert measure.denominator
    else:
        assert (indicator.code, measure.kind) == ("N25c", Kind.COUNT)


@national
def test_counts_at_a_date_are_snapshots_and_all_else_is_a_year(indicator: Indicator) -> None:
    if indicator.code not in ANNOUNCED:
        assert indicator.cycle.kind == ("snapshot" if indicator.code in SNAPSHOTS else "financial-year")


@national
def test_a_series_begins_with_its_first_reporting_year(indicator: Indicator) -> None:
    default = 2018 if indicator.code in LOOKED_AFTER else 2017 if indicator.code.startswith("N11") else 2012
    start = indicator.versions[0].start
    assert (start.year, start.month, start.day) == (FIRST_YEARS.get(indicator.code, default), 4, 1)


@national
def test_polarity_follows_the_publishers_dictionary(indicator: Indicator) -> None:
    if indicator.code in ANNOUNCED:
        return
    expected = (
        Polarity.LOW_IS_GOOD
        if indicator.code in LOW_IS_GOOD
        else Polarity.HIGH_IS_GOOD
        if indicator.code in HIGH_IS_GOOD
        else Polarity.NO_JUDGEMENT
    )
    assert indicator.polarity is expected
    assert expected is Polarity.NO_JUDGEMENT or indicator.polarity_source == "LAIT dictionary"


@pytest.mark.parametrize(("series", "code"), sorted(SAME_DEFINITION.items()))
def test_a_series_with_a_twin_in_the_london_set_points_at_it(series: str, code: str) -> None:
    assert BY_CODE[series].crosswalk == (code,)


@national
def test_every_code_a_series_points_at_has_a_file(indicator: Indicator) -> None:
    for code in indicator.crosswalk:
        assert list(FOLDER.glob(f"{code.lower()}-*.md")), code


def test_the_london_set_and_the_national_series_point_at_each_other() -> None:
    for path in sorted(FOLDER.glob("*.md")):
        indicator = parse_indicator(path.read_text(encoding="utf-8"), path.name)
        for link in indicator.national:
            assert indicator.code in BY_CODE[link.series].crosswalk, link.series
            assert (link.relation == "same") == (SAME_DEFINITION.get(link.series) == indicator.code), link.series


@national
def test_the_title_is_at_most_seven_words(indicator: Indicator) -> None:
    assert len(indicator.title.split()) <= 7


@national
def test_the_prose_is_short_enough_to_read_and_long_enough_to_help(indicator: Indicator) -> None:
    for heading in HEADINGS[:3]:
        assert 50 <= len(indicator.prose[heading].split()) <= 110, heading


@national
def test_sentences_are_short(indicator: Indicator) -> None:
    text = " ".join(indicator.prose[heading] for heading in HEADINGS[:3])
    lengths = [len(sentence.split()) for sentence in re.split(r"[.:;]\s+", text)]
    assert sum(lengths) / len(lengths) <= 18
    assert max(lengths) <= 42


@national
def test_three_or_four_questions_are_asked(indicator: Indicator) -> None:
    questions = indicator.prose["Questions to ask"].splitlines()
    assert 3 <= len(questions) <= 4
    assert all(line.startswith("- ") and line.endswith("?") for line in questions)


def test_no_two_series_share_a_paragraph() -> None:
    for one, other in itertools.combinations(INDICATORS, 2):
        for heading in HEADINGS:
            assert one.prose[heading] != other.prose[heading], (one.code, other.code, heading)


def test_the_national_packages_hold_the_series_of_the_catalogue_and_no_other() -> None:
    held: dict[str, set[str]] = {}
    for source, rows in packages():
        held.setdefault(source, set()).update(row["indicator"] for row in rows)
    wanted: dict[str, set[str]] = {}
    for indicator in INDICATORS:
        if indicator.status is Status.NATIONAL:
            wanted.setdefault(indicator.source, set()).add(indicator.code)
    assert held == wanted


def test_the_periods_of_the_packages_are_those_of_the_catalogue() -> None:
    form = {"snapshot": re.compile(r"20\d\d-03-31"), "financial-year": re.compile(r"20\d\d-\d\d")}
    for _, rows in packages():
        for row in rows:
            assert form[BY_CODE[row["indicator"]].cycle.kind].fullmatch(row["period"]), row["indicator"]


@pytest.mark.parametrize("theme", THEMES)
def test_each_indicator_of_a_theme_stands_under_exactly_one_of_its_objectives(theme: str) -> None:
    text = (ROOT / "content" / "themes" / f"{theme.lower()}.md").read_text(encoding="utf-8")
    head = tomllib.loads(text.split("+++")[1])
    listed = [code for objective in head["objectives"] for code in objective["indicators"]]
    everything = [parse_indicator(path.read_text(encoding="utf-8"), path.name) for path in sorted(FOLDER.glob("*.md"))]
    wanted = {i.code for i in everything if i.theme == theme and i.status is not Status.NOT_INCLUDED}
    assert head["code"] == theme
    assert len(listed) == len(set(listed))
    assert set(listed) - wanted == set()
    assert wanted - set(listed) == set()
