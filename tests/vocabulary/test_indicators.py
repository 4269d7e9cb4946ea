"""The parser of the catalogue: what it makes of a file, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.vocabulary.indicators import Aggregation, Indicator, Kind, Provenance, Status, parse_indicator
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.symbols import Polarity

FILE = "content/indicators/sg91-children-at-the-fair.md"
TEXT = """+++
code = "SG91"
title = "Children at the fair"
theme = "T4"
agency = "parks"
stage = "promotion"
tier = "environment"
question = "needs"
status = "agreed"
provenance = "reconstructed"
source = "borough"
polarity = "no-judgement"
polarity_source = "none"
collection_group = "parks"
aliases = ["funfair"]

[measure]
kind = "rate"
numerator = "Children who went"
denominator = "Children living in the borough"
denominator_series = "ons-mye/0-17"
multiplier = 10000
unit = "rate"

[period]
kind = "financial-quarter"
collected = "quarterly"
reported = "quarterly"

[disclosure]
threshold = 7
external = ["N91"]

[[versions]]
number = 1
from = 2008-07-29
text = "As first agreed."
comparability = "full"

[[decisions]]
date = 2008-07-29
decided = "kept"
reason = "Nobody objected."
body = "fair committee"
source = "minutes, 1"

[[challenges]]
date = 2008-07-29
issue = "Hard to count."
decision = "Keep it."
owner_role = "gatekeeper"
state = "open"
source = "minutes, 2"

[[national]]
series = "N91"
relation = "related"
+++

## What it measures

Children at the fair.

## Why it matters

Joy.

## What it cannot tell you

Whether they laughed.

## Questions to ask

1. Who stayed away?
"""
SECOND = """
[[versions]]
number = {number}
from = 2009-04-01
text = "Counted at the gate."
comparability = "none"

[[decisions]]"""


def parse(old: str = "", new: str = "", file: str = FILE) -> Indicator:
    """The example with one thing changed."""
    assert old in TEXT
    return parse_indicator(TEXT.replace(old, new, 1) if old else TEXT, file)


def refusal(old: str, new: str, file: str = FILE) -> str:
    """The problem of the one finding with which the changed example is refused."""
    with pytest.raises(ConfigurationError) as caught:
        parse(old, new, file)
    (finding,) = caught.value.findings
    assert finding.rule == "A101"
    assert finding.where.file == file
    assert finding.fix
    return finding.problem


def test_a_file_becomes_an_indicator() -> None:
    found = parse()
    assert (found.code, found.slug, found.title) == ("SG91", "children-at-the-fair", "Children at the fair")
    assert (found.status, found.provenance) == (Status.AGREED, Provenance.RECONSTRUCTED)
    assert found.polarity is Polarity.NO_JUDGEMENT
    assert found.measure.kind is Kind.RATE
    assert (found.measure.multiplier, found.measure.dp) == (10000, 1)
    assert found.versions[0].start == found.decisions[0].date == found.challenges[0].date == date(2008, 7, 29)
    assert found.prose["Why it matters"] == "Joy."
    assert found.version == 1


def test_what_is_left_out_has_its_default() -> None:
    found = parse()
    assert (found.cycle.window, found.cycle.lag_days, found.floor) == ("none", 0, "borough")
    assert found.aggregate == Aggregation("exclude-both-sides", 27, 0.8)
    assert (found.compare.interval, found.compare.funnel) == ("byar", "additive")
    assert (found.crosswalk, found.sources, found.expected_first_period) == ((), (), "")
    assert found.disclosure.external == ("N91",)
    assert found.disclosure.sensitive is False
    assert found.national[0].note == ""


@pytest.mark.parametrize(
    ("kind", "interval"), [("proportion", "wilson"), ("survey", "wilson"), ("count", "byar"), ("score", "none")]
)
def test_the_interval_follows_the_kind(kind: str, interval: str) -> None:
    assert parse('kind = "rate"', f'kind = "{kind}"').compare.interval == interval


@pytest.mark.parametrize(
    ("kind", "returned"), [("rate", False), ("count", False), ("proportion", True), ("ratio", True), ("survey", True)]
)
def test_which_kinds_return_a_denominator(kind: str, returned: bool) -> None:
    assert parse('kind = "rate"', f'kind = "{kind}"').measure.has_collected_denominator is returned


@pytest.mark.parametrize(
    ("source", "status", "collected"),
    [
        ("borough", "agreed", True),
        ("borough", "agreed-definition-pending", False),
        ("borough", "retired", False),
        ("supplier:nhs", "agreed", False),
        ("none", "awaiting", False),
    ],
)
def test_collected_means_agreed_and_sent_by_boroughs(source: str, status: str, collected: bool) -> None:
    text = TEXT.replace('source = "borough"', f'source = "{source}"').replace('"agreed"', f'"{status}"')
    assert parse_indicator(text, FILE).is_collected is collected


def test_the_latest_version_is_in_force() -> None:
    assert parse("\n[[decisions]]", SECOND.format(number=2)).version == 2


def test_national_series_are_known_by_status_or_code() -> None:
    assert not parse().is_national
    assert parse('status = "agreed"', 'status = "national"').is_national
    renamed = TEXT.replace('code = "SG91"', 'code = "N91"')
    assert parse_indicator(renamed, "content/indicators/n91-fair.md").is_national


def test_unknown_keys_are_all_named() -> None:
    problem = refusal('theme = "T4"', 'theme = "T4"\npolarty = "x"\ncolour = "red"')
    assert problem == "The head has keys that are not known: colour, polarty."


@pytest.mark.parametrize("key", ["title", "agency", "question", "collection_group", "polarity_source", "source"])
def test_a_missing_key_is_named(key: str) -> None:
    (line,) = [line for line in TEXT.splitlines() if line.startswith(f"{key} = ")][:1]
    assert refusal(f"\n{line}\n", "\n") == f"The head lacks {key}."


@pytest.mark.parametrize(("line", "key"), [('unit = "rate"', "unit"), ('collected = "quarterly"', "collected")])
def test_a_missing_key_inside_a_table_is_named(line: str, key: str) -> None:
    assert refusal(f"{line}\n", "") == f"The head lacks {key}."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('theme = "T4"', 'theme = "T9"'),
        ('stage = "promotion"', 'stage = "prevention"'),
        ('tier = "environment"', 'tier = "weather"'),
        ('question = "needs"', 'question = "why"'),
        ('status = "agreed"', 'status = "liked"'),
        ('provenance = "reconstructed"', 'provenance = "hearsay"'),
        ('polarity = "no-judgement"', 'polarity = "good"'),
        ('kind = "rate"', 'kind = "median"'),
        ('reported = "quarterly"', 'reported = "quarterly"\nwindow = "a-while"'),
        ("[disclosure]", '[geography]\nfloor = "street"\n\n[disclosure]'),
        ('comparability = "full"', 'comparability = "rather"'),
        ('relation = "related"', 'relation = "cousin"'),
        ("multiplier = 10000", 'multiplier = "many"'),
        ("from = 2008-07-29", 'from = "2008-07-29"'),
        ("date = 2008-07-29", "date = 2008-07-29T10:00:00"),
        ("threshold = 7", "threshold = 7\nlenient = true"),
        ("[disclosure]", "[compare]\nmood = 1\n\n[disclosure]"),
        ("[disclosure]", "[aggregate]\nhope = 1\n\n[disclosure]"),
        ("[disclosure]", '[aggregate]\nmissing_boroughs = "carry-forward"\n\n[disclosure]'),
        ('state = "open"', 'state = "open"\nowner = "x"'),
    ],
)
def test_a_value_or_key_that_is_not_allowed_is_refused(old: str, new: str) -> None:
    assert refusal(old, new).startswith("The head holds a value that is not allowed: ")


def test_the_code_must_be_that_of_the_file() -> None:
    assert "code differs" in refusal("", "", "content/indicators/sg92-children-at-the-fair.md")


@pytest.mark.parametrize(
    "heading", ["What it measures", "Why it matters", "What it cannot tell you", "Questions to ask"]
)
def test_a_missing_heading_is_named(heading: str) -> None:
    assert refusal(f"## {heading}\n", "") == f"The head lacks {heading}."


def test_an_empty_heading_is_named() -> None:
    assert refusal("Joy.\n", "") == "Nothing is written under: Why it matters."


@pytest.mark.parametrize("number", [1, 3])
def test_versions_are_numbered_in_order(number: int) -> None:
    assert refusal("\n[[decisions]]", SECOND.format(number=number)).startswith("The versions are not numbered")


def test_a_rate_needs_its_population() -> None:
    assert refusal('denominator_series = "ons-mye/0-17"\n', "") == "A rate needs a denominator_series."


@pytest.mark.parametrize("threshold", [0, 3, 6, 11])
def test_a_threshold_is_5_7_or_10(threshold: int) -> None:
    assert refusal("threshold = 7", f"threshold = {threshold}") == "The threshold must be 5, 7 or 10."


@pytest.mark.parametrize("threshold", [5, 7, 10])
def test_an_allowed_threshold_is_kept(threshold: int) -> None:
    assert parse("threshold = 7", f"threshold = {threshold}").disclosure.threshold == threshold


PREDICT = '[predict]\ncovariate = "trees"\n\n[disclosure]'


def test_a_national_rate_or_share_may_name_what_it_is_set_beside() -> None:
    assert parse().predict is None
    national = TEXT.replace('status = "agreed"', 'status = "national"').replace("[disclosure]", PREDICT)
    for kind in ("rate", "proportion"):
        found = parse_indicator(national.replace('kind = "rate"', f'kind = "{kind}"'), FILE)
        assert found.predict is not None
        assert found.predict.covariate == "trees"
    for wrong in (TEXT.replace("[disclosure]", PREDICT), national.replace('kind = "rate"', 'kind = "count"')):
        with pytest.raises(ConfigurationError) as caught:
            parse_indicator(wrong, FILE)
        assert caught.value.findings[0].problem == "Only a national rate or proportion can be predicted."


def test_what_it_is_set_beside_is_one_covariate_and_no_more() -> None:
    assert "not allowed" in refusal("[disclosure]", PREDICT.replace("covariate", "covariates"))
    assert "not allowed" in refusal("[disclosure]", PREDICT.replace("\n\n", '\nsecond = "rain"\n\n'))


def test_text_without_a_head_is_refused() -> None:
    assert refusal("+++\n", "") == "There is no head between two lines of +++."


def test_a_head_that_is_not_toml_is_refused() -> None:
    assert refusal('theme = "T4"', "theme = T4").startswith("The head is not valid TOML")
