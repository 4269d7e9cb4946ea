"""The London set: 37 numbers of 2008 and the Phase II series, each with its file, its decisions and readable words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from site_builder.release.reference import catalogue_order, load_catalogue
from site_builder.vocabulary.frontmatter import split
from site_builder.vocabulary.indicators import HEADINGS, THEMES, Indicator, Kind, Provenance, Status
from site_builder.vocabulary.periods import PeriodKind
from site_builder.vocabulary.symbols import Polarity

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "indicators"
CATALOGUE = load_catalogue(ROOT)
LONDON = {code: indicator for code, indicator in CATALOGUE.items() if not indicator.is_national}
FILES = {path.stem.partition("-")[0]: path for path in sorted(FOLDER.glob("*.md")) if path.name[0] in "sp"}

NUMBERED = [f"SG{number:02}" for number in range(1, 38)]
PHASE_TWO = [f"P2{letter}" for letter in ("a", "b", "c", "d", "e1", "e2", "f", "g", "h", "i", "j", "k", "l", "m")]
BY_QUARTER = {
    "SG01", "SG02", "SG03", "SG04", "SG05", "SG06", "SG07", "SG08", "SG09", "SG10", "SG11", "SG12", "SG13", "SG14",
    "SG35", "P2a", "P2b", "P2d",
}  # fmt: skip
BY_YEAR = {"SG17", "SG18", "P2c", "P2g"}
SNAPSHOTS = {"SG08", "SG11", "SG13", "SG35"}
HOW_WELL = {
    "SG02", "SG03", "SG04", "SG05", "SG07", "SG09", "SG10", "SG11", "SG13", "SG16", "SG17", "SG31", "SG32", "SG33",
    "SG37", "P2l",
}  # fmt: skip
DONE = {"SG12", "P2b", "P2c", "P2d", "P2f", "P2g"}
SAME_AS_NATIONAL = {
    "SG01": "N07", "SG03": "N13", "SG06": "N08a", "SG07": "N16", "SG08": "N09c", "SG09": "N17", "SG10": "N18a",
    "SG11": "N19", "SG13": "N23a",
}  # fmt: skip
MEETING = date(2008, 7, 29)
BARRED = re.compile(
    r"\b(better|worse|best|worst|good|bad|fail(?:s|ed|ing|ure)?|top|bottom|leagues?|slipped|plunged|soared|shocking|alarming"
    r"|LAC|absconders?|a runaway)\b",
    re.IGNORECASE,
)
E_MAIL = re.compile(r"\S@\S|\bwww\.|https?:")
TELEPHONE = re.compile(r"(?<!\d)(?:\+44|0)[ -]?\d(?:[ -]?\d){6,}")

london = pytest.mark.parametrize("indicator", LONDON.values(), ids=lambda indicator: indicator.code)


def words(indicator: Indicator) -> list[str]:
    """Every text of the file that a page may print; aliases are what readers type, so they are not among them."""
    texts = [indicator.title, indicator.agency, indicator.provenance_note, *indicator.sources, *indicator.crosswalk]
    texts += [indicator.measure.numerator, indicator.measure.denominator, *indicator.prose.values()]
    texts += [version.text for version in indicator.versions] + [link.note for link in indicator.national]
    texts += [text for d in indicator.decisions for text in (d.reason, d.body, d.source)]
    return texts + [text for c in indicator.challenges for text in (c.issue, c.decision, c.owner_role, c.source)]


def decided(how: str) -> set[str]:
    """The paragraphs of the minutes that hold a decision of this kind taken on 29 July 2008."""
    return {
        decision.source
        for indicator in LONDON.values()
        for decision in indicator.decisions
        if decision.date == MEETING and decision.decided == how
    }


def test_p01_numbers_run_from_1_to_37_without_gap_and_phase_two_from_a_to_m() -> None:
    assert list(LONDON) == sorted([*NUMBERED, *PHASE_TWO], key=catalogue_order)
    assert all(LONDON[code].status is Status.AGREED for code in NUMBERED)


def test_each_file_is_named_by_its_code_and_a_short_slug() -> None:
    assert len(FILES) == len(LONDON)
    for indicator in LONDON.values():
        path = FILES[indicator.code.lower()]
        assert path.name == f"{indicator.code.lower()}-{indicator.slug}.md"
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,6}", indicator.slug)
        assert "\r" not in path.read_text(encoding="utf-8")


def test_slugs_and_titles_are_not_shared() -> None:
    assert len({indicator.slug for indicator in LONDON.values()}) == len(LONDON)
    assert len({indicator.title for indicator in LONDON.values()}) == len(LONDON)


def test_22_are_collected_from_boroughs_18_by_quarter_and_4_by_year() -> None:
    collected = {code: indicator for code, indicator in CATALOGUE.items() if indicator.is_collected}
    assert set(collected) == BY_QUARTER | BY_YEAR
    assert {code for code, indicator in collected.items() if indicator.cycle.collected == "quarterly"} == BY_QUARTER
    assert {code for code, i in collected.items() if i.cycle.kind == PeriodKind.FINANCIAL_YEAR.value} == BY_YEAR
    assert all(i.cycle.collected == i.cycle.reported for i in collected.values())
    assert {code for code, indicator in collected.items() if indicator.cycle.kind == "snapshot"} == SNAPSHOTS
    assert {code for code, i in collected.items() if i.cycle.window == "rolling-4-quarters"} == {"SG09", "SG10"}
    assert {code for code, indicator in collected.items() if indicator.disclosure.sensitive} == {"P2a"}


def test_what_boroughs_do_not_send_has_another_supplier_or_none() -> None:
    for code, indicator in LONDON.items():
        if code in BY_QUARTER | BY_YEAR:
            assert indicator.source == "borough"
        elif indicator.status is Status.AGREED:
            assert re.fullmatch(r"supplier:[a-z]+(-[a-z]+)*", indicator.source), code
        else:
            assert indicator.source == "none", code


def test_p12_each_has_one_collection_group_and_suppliers_do_not_mix_with_the_refused() -> None:
    groups = {"child-protection", "police", "health", "education", "survey", "housing", "early-help"}
    groups |= {"youth-justice", "training", "transport", "household-income", "probation"}
    refused = {code for code, i in LONDON.items() if i.collection_group == "not-collected"}
    assert refused == {"P2h", "P2i"}
    assert {i.collection_group for code, i in LONDON.items() if code not in refused} == groups


def test_p04_p05_every_theme_tier_and_stage_has_indicators() -> None:
    assert {indicator.theme for indicator in LONDON.values()} == set(THEMES)
    assert {i.tier for i in LONDON.values()} == {"environment", "capability", "efficiency", "outcome"}
    assert {i.stage for i in LONDON.values()} == {"promotion", "early-help", "protection"}


def test_p25_the_set_of_2008_asks_about_need_and_quality_and_hardly_about_help_given() -> None:
    assert {code for code, indicator in LONDON.items() if indicator.question == "how-well"} == HOW_WELL
    assert {code for code, indicator in LONDON.items() if indicator.question == "done"} == DONE
    assert Counter(LONDON[code].question for code in NUMBERED) == {"needs": 21, "done": 1, "how-well": 15}


def test_p16_29_july_2008_included_seven_refused_two_and_left_four_waiting() -> None:
    assert {text[-1] for text in decided("included") if not text.endswith("e")} == set("abcdfg")
    assert len(decided("included")) == 7
    assert {text[-3:] for text in decided("not-included")} == {"9 h", "9 i"}
    assert {text[-1] for text in decided("awaiting")} == set("jklm")
    assert {code for code, i in LONDON.items() if i.status is Status.NOT_INCLUDED} == {"P2h", "P2i"}
    assert {code for code, i in LONDON.items() if i.status is Status.AWAITING} == {"P2j", "P2k", "P2l", "P2m"}
    assert {code for code, i in LONDON.items() if i.status is Status.DEFINITION_PENDING} == {"P2f"}


def test_p15_six_challenges_of_29_july_2008_with_a_role_and_a_state() -> None:
    found: dict[str, set[str]] = {}
    for code, indicator in LONDON.items():
        for challenge in indicator.challenges:
            assert challenge.date == MEETING
            assert challenge.state in ("open", "closed")
            assert challenge.owner_role
            found.setdefault(challenge.source.rpartition(" ")[2], set()).add(code)
    assert found == {
        "4.3": {"SG29", "SG30"},
        "4.4": {"SG24", "SG25"},
        "4.5": {"SG33"},
        "4.6": {"SG34"},
        "4.7": {"SG15", "SG16", "SG17", "SG19", "SG21"},
        "4.8": {"SG12"},
    }
    assert len(found) + sum(len(decided(how)) for how in ("included", "not-included", "awaiting")) == 19


def test_every_challenge_has_its_decision_in_the_register() -> None:
    for indicator in LONDON.values():
        sources = {decision.source for decision in indicator.decisions}
        assert {challenge.source for challenge in indicator.challenges} <= sources
    assert {text.rpartition(" ")[2] for text in decided("kept")} == {"4.3", "4.4", "4.8"}
    assert {text.rpartition(" ")[2] for text in decided("changed")} == {"4.5"}
    assert {text.rpartition(" ")[2] for text in decided("deferred")} == {"4.6", "4.7"}


@pytest.mark.parametrize("code", ["P2h", "P2i"])
def test_a_refused_item_gives_the_reason_and_asks_for_nothing(code: str) -> None:
    indicator = LONDON[code]
    (decision,) = indicator.decisions
    assert "this particular aspect of child abuse, rather than any other" in decision.reason
    assert indicator.prose["What it measures"].startswith("This is not measured.")
    assert "29 July 2008" in indicator.prose["What it measures"]
    assert indicator.national == ()
    assert indicator.measure.kind is Kind.UNDEFINED


def test_p08_sg33_breaks_on_29_july_2008() -> None:
    first, second = LONDON["SG33"].versions
    assert (first.number, second.number) == (1, 2)
    assert first.start < MEETING == second.start
    assert second.comparability == "none"
    assert "over three terms" in first.text
    assert "two or more moves" in second.text


@london
def test_versions_follow_one_another_in_time(indicator: Indicator) -> None:
    starts = [version.start for version in indicator.versions]
    assert starts == sorted(set(starts))
    assert starts[0] == (date(2007, 11, 1) if indicator.code.startswith("SG") else MEETING)


@london
def test_a_head_says_how_the_value_is_worked_out(indicator: Indicator) -> None:
    measure, kind = indicator.measure, indicator.measure.kind
    places = {Kind.RATE: 1, Kind.PROPORTION: 1, Kind.SURVEY: 1, Kind.RATIO: 2}
    assert measure.dp == places.get(kind, 0)
    assert measure.unit in ("rate", "percent", "count", "ratio", "score", "to-be-agreed")
    assert bool(measure.denominator_series) == (kind is Kind.RATE)
    assert measure.multiplier in (1, 100, 1000, 10000, 100000)
    drawn = kind in (Kind.RATE, Kind.PROPORTION, Kind.RATIO)
    assert indicator.compare.funnel == ("additive" if drawn else "none")
    if measure.has_collected_denominator:
        assert measure.denominator


def test_families_in_temporary_homes_are_counted_with_their_own_denominator() -> None:
    measure = LONDON["SG35"].measure
    assert (measure.kind, measure.multiplier, measure.unit) == (Kind.PROPORTION, 1000, "rate")


def test_populations_that_differ_from_the_definition_are_said_plainly() -> None:
    for text in (LONDON["SG14"].versions[0].text, LONDON["SG14"].prose["What it measures"]):
        assert "0 to 15" in text
        assert "0 to 17" in text
    assert LONDON["SG14"].measure.denominator_series == "ons-mye/0-17"
    assert LONDON["SG18"].measure.denominator_series == "ons-mye/10-17"
    assert "not yet at hand" in LONDON["SG18"].prose["What it measures"]


def test_deaths_are_shown_for_london_only() -> None:
    assert {code for code, indicator in LONDON.items() if indicator.floor == "london"} == {"SG27", "P2e2"}
    assert all(LONDON[code].cycle.window == "pooled-3-years" for code in ("SG27", "P2e2"))


@london
def test_p34_a_direction_needs_a_published_source(indicator: Indicator) -> None:
    if indicator.polarity is not Polarity.NO_JUDGEMENT:
        assert indicator.polarity_source in ("LAIT dictionary", "National Indicator Set")
    assert indicator.polarity_source


def test_p01_how_much_of_the_wording_is_known() -> None:
    counts = Counter(LONDON[code].provenance for code in LONDON if code not in ("P2h", "P2i"))
    assert counts == {
        Provenance.SOURCE_VERBATIM: 16,
        Provenance.SOURCE_INFERRED: 6,
        Provenance.NATIONAL_SET: 15,
        Provenance.RECONSTRUCTED: 12,
    }
    opening = {
        Provenance.RECONSTRUCTED: "Our reconstruction.",
        Provenance.NATIONAL_SET: "Filled from national indicator NI ",
        Provenance.SOURCE_INFERRED: "Partly known.",
        Provenance.SOURCE_VERBATIM: "",
    }
    for indicator in LONDON.values():
        assert indicator.provenance_note.startswith(opening[indicator.provenance])
        assert len(indicator.provenance_note.split()) >= 5
        assert indicator.sources


def test_p58_a_national_series_is_the_same_or_related_and_says_why_both() -> None:
    same = {code: [n.series for n in i.national if n.relation == "same"] for code, i in LONDON.items()}
    assert {code: series for code, series in same.items() if series} == {c: [n] for c, n in SAME_AS_NATIONAL.items()}
    for code, indicator in LONDON.items():
        assert indicator.disclosure.external == ((SAME_AS_NATIONAL[code],) if code in SAME_AS_NATIONAL else ())
        for link in indicator.national:
            assert link.series in CATALOGUE
            assert CATALOGUE[link.series].is_national
            assert len(link.note.split()) >= 5


@london
def test_a_title_is_short_and_search_has_plain_words(indicator: Indicator) -> None:
    assert 1 <= len(indicator.title.split()) <= 8
    assert len(set(indicator.aliases)) == len(indicator.aliases) >= 4
    assert not indicator.title.endswith(".")


@london
def test_texts_have_their_length_and_three_or_four_questions(indicator: Indicator) -> None:
    for heading in HEADINGS[:3]:
        assert 60 <= len(indicator.prose[heading].split()) <= 130, heading
    questions = re.split(r"\n(?=\d\. )", indicator.prose[HEADINGS[3]])
    assert 3 <= len(questions) <= 4
    for number, question in enumerate(questions, 1):
        assert question.startswith(f"{number}. ")
        assert question.endswith("?")


@london
def test_p34_no_word_that_judges(indicator: Indicator) -> None:
    found = [match.group() for text in words(indicator) for match in BARRED.finditer(text)]
    assert found == []


def test_the_bar_catches_what_it_should() -> None:
    assert [bool(BARRED.search(text)) for text in ("is better", "has failed", "LAC", "stop", "goods", "a lace")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@london
def test_an_example_is_in_words_so_that_nobody_takes_it_for_a_figure(indicator: Indicator) -> None:
    for text in indicator.prose.values():
        plain = " ".join(text.split())
        assert not re.findall(r"Suppose [^.]*\d", plain)
        assert not re.search(r"\d ?(%|per cent|children\b|episodes\b|incidents\b)", plain)


@london
def test_p22_no_address_and_no_telephone_number(indicator: Indicator) -> None:
    text = FILES[indicator.code.lower()].read_text(encoding="utf-8")
    assert not E_MAIL.search(text)
    assert not TELEPHONE.search(text)


def test_no_sentence_is_repeated_between_files() -> None:
    sentences = {
        code: {s for text in i.prose.values() for s in re.split(r"(?<=[.?])\s+", " ".join(text.split())) if len(s) > 60}
        for code, i in LONDON.items()
    }
    assert [(a, b) for a, b in combinations(sentences, 2) if sentences[a] & sentences[b]] == []


def test_heads_are_toml_and_hold_nothing_empty_that_could_be_left_out() -> None:
    for path in FILES.values():
        head, prose = split(path.read_text(encoding="utf-8"), path.name)
        assert head == tomllib.loads(path.read_text(encoding="utf-8").split("+++\n")[1])
        assert prose.startswith("## What it measures\n")
        assert not [key for key in ("decisions", "challenges", "national") if head.get(key) == []]
