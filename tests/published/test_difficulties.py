"""The log of difficulties and the register of decisions: the counts of 29 July 2008, links both ways, filters."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from datetime import date

import pytest

from site_builder.published import addresses
from site_builder.published.compose import prose
from site_builder.published.compose.challenges import challenges_page
from site_builder.published.compose.definition import about
from site_builder.published.difficulties import STATES, difficulties
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, words_of

MEETING = date(2008, 7, 29)


def test_p15_six_entries_of_the_meeting_each_with_its_indicators() -> None:
    told = {
        one.source.rpartition(", ")[2]: one for one in difficulties(everything().catalogue, None) if one.day == MEETING
    }
    assert {item: one.codes for item, one in told.items()} == {
        "4.3": ("SG29", "SG30"), "4.4": ("SG24", "SG25"), "4.5": ("SG33",), "4.6": ("SG34",),
        "4.7": ("SG15", "SG16", "SG17", "SG19", "SG21"), "4.8": ("SG12",),
    }  # fmt: skip


def test_p15_open_ones_stand_first_and_then_the_oldest() -> None:
    inputs = everything()
    told = [(STATES.index(one.state), one.day) for one in difficulties(inputs.catalogue, inputs.latest)]
    assert told == sorted(told)
    assert {state for state, _ in told} == {0, 1, 2}


def test_p15_each_entry_links_to_its_indicators_and_back() -> None:
    inputs = everything()
    page = challenges_page(frames_of(inputs), inputs)
    assert len(page.entries) == 7
    for row in page.entries:
        for link in row.about:
            code = link.label.split()[0]
            assert link.href == addresses.indicator(code)
            data = inputs.figures.get(code)
            rows = {one.term: str(one.text) for one in about(inputs, inputs.catalogue[code], data).rows}
            assert f'href="../challenges.html#{row.slug}"' in rows["Difficulties"]
    html = RENDERER.render(page).decode()
    assert all(f'id="{row.slug}"' in html for row in page.entries)
    assert not JUDGING.search(words_of(html.encode()))


def test_what_a_borough_sent_is_named_and_tagged() -> None:
    inputs = everything()
    (row,) = [row for row in challenges_page(frames_of(inputs), inputs).entries if "Camden" in row.meta]
    assert (row.tag, row.meta) == (
        "Illustrative",
        "Noted 14 October 2024, in hand. By Camden. For: Early help data lead.",
    )
    assert [row.tag for row in challenges_page(frames_of(national()), national()).entries] == [""] * 6


def test_two_entries_about_one_indicator_have_anchors_of_their_own() -> None:
    inputs = everything()
    assert inputs.latest is not None
    (sent,) = inputs.latest.texts["challenges.csv"]
    more = [{**sent, "challenge": f"Another one, {number}."} for number in range(3)]
    held = dataclasses.replace(inputs.latest, texts={"challenges.csv": tuple(more)})
    slugs = [one.slug for one in difficulties(inputs.catalogue, held)]
    assert len(slugs) == len(set(slugs)) == 9
    assert {"p2b", "p2b-2", "p2b-3"} <= set(slugs)


# ---- filters


@pytest.mark.parametrize("place", [0, 1, 2])
def test_p15_an_entry_has_the_marks_of_its_state_themes_and_agencies(place: int) -> None:
    inputs = everything()
    page = challenges_page(frames_of(inputs), inputs)
    held = difficulties(inputs.catalogue, inputs.latest)
    themes = {one.code: one.title for one in inputs.content.themes.values()}
    for row, one in zip(page.entries, held, strict=True):
        known = [inputs.catalogue[code] for code in one.codes]
        of = ({one.state.replace("-", " ")}, {themes[i.theme] for i in known}, {i.agency for i in known})[place]
        chosen = {words.casefold() for mark, words in page.filters[place].options if mark in row.marks.split()}
        assert chosen == {name.casefold() for name in of}


# ---- decisions


def test_p16_the_register_holds_what_was_decided_on_29_july_2008() -> None:
    inputs = everything()
    page = prose.decisions(frames_of(inputs), inputs.content, inputs.catalogue)
    found: dict[str, set[str]] = defaultdict(set)
    for row in page.decisions:
        code = row.about.label.split()[0]
        if row.date == "29 July 2008" and code.startswith("P2"):
            found[row.decided].add(re.sub(r"\d$", "", code))  # P2e1 and P2e2 are two halves of one
    assert {decided: len(codes) for decided, codes in found.items()} == {
        "included": 7,
        "not-included": 2,
        "awaiting": 4,
    }
    assert sum(len(codes) for codes in found.values()) + 6 == 19  # with the six difficulties
    assert 'href="../../challenges.html"' in RENDERER.render(page).decode()
