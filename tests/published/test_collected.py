"""Whose figures came: six states that add up to every borough, responses in words, and the same label everywhere."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter

import pytest

from site_builder.published import addresses
from site_builder.published.collected import (
    Came,
    Response,
    inside_london,
    responded,
    response,
    responses,
    round_of,
    rounds,
    senders,
    slot_of,
    tally,
)
from site_builder.published.compose import coverage_pages, review
from site_builder.published.downloads.coverage import COUNTED, HEADER, counted_csv, coverage_csv
from site_builder.published.statistics import IndicatorData
from site_builder.release.releases import State
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.periods import Period
from tests.factories import BARKING, BARNET, BOROUGHS, CITY, CODE, areas, cell, counts, figures, indicator, source
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, words_of

YEAR, QUARTERS = "2024-25", [f"2024-25-Q{number}" for number in range(1, 5)]
ALL_STATES = {
    "reported": Came.RETURNED, "unreliable": Came.RETURNED, "late": Came.LATE, "not-yet-available": Came.LATE,
    "not-collected": Came.NOT_COLLECTED, "not-applicable": Came.NOT_APPLICABLE, "not-returned": Came.NOT_RETURNED,
    "withheld": Came.RETURNED, "not-due": Came.NOT_DUE,
}  # fmt: skip


def with_states(told: dict[tuple[str, str], str], period: str = YEAR) -> IndicatorData:
    """Invented figures of a period, with the words of a release by borough and period."""
    states = {(area, CODE, at): word for (area, at), word in told.items()}
    return figures(counts(period, dict.fromkeys(BOROUGHS, ("10", "100"))), where=source(states=states))


@pytest.mark.parametrize(("word", "came"), ALL_STATES.items())
def test_each_word_of_a_release_is_one_of_six_states(word: str, came: Came) -> None:
    data = with_states({(BARNET, YEAR): word})
    assert slot_of(data, BARNET, Period.parse(YEAR)).came is came
    assert slot_of(data, BARKING, Period.parse(YEAR)).came is Came.NOT_DUE  # the release says nothing of it


@pytest.mark.parametrize(
    ("words", "came", "in_part"),
    [
        (("reported", "reported", "not-returned", "reported"), Came.NOT_RETURNED, True),
        (("reported", "late", "reported", "reported"), Came.LATE, True),
        (("late", "not-returned", "reported", "not-collected"), Came.NOT_RETURNED, True),
        (("not-collected", "not-collected", "reported", "reported"), Came.NOT_COLLECTED, True),
        (("not-collected", "not-collected", "not-applicable", "not-applicable"), Came.NOT_COLLECTED, False),
        (("unreliable", "reported", "reported", "reported"), Came.RETURNED, False),
    ],
)
def test_a_year_that_is_not_whole_has_the_state_of_what_it_lacks(
    words: tuple[str, ...], came: Came, in_part: bool
) -> None:
    told = {(BARNET, at): word for at, word in zip(QUARTERS, words, strict=True)}
    slot = slot_of(with_states({**told, (BARNET, YEAR): "incomplete"}), BARNET, Period.parse(YEAR))
    assert (slot.came, slot.in_part, slot.word) == (came, in_part, "incomplete")


def test_p02_the_six_states_add_up_to_every_borough_for_each_indicator_and_period() -> None:
    inputs = everything()
    assert inputs.latest is not None
    told = {(state.indicator, Period.parse(state.period)) for state in inputs.latest.coverage}
    assert len(told) > 150
    seen: Counter[Came] = Counter()
    for code, period in told:
        counted = tally(inputs.figures[code], period)
        assert sum(counted.values()) == 33, (code, period)
        seen.update(counted)
    assert all(seen[state] for state in (Came.RETURNED, Came.NOT_COLLECTED, Came.NOT_APPLICABLE, Came.NOT_RETURNED))


# ---- who answered


def test_p02_a_fixture_like_2007_reads_as_the_papers_did() -> None:
    states = {f"borough {number}": ["reported", "not-collected"] for number in range(20)}
    states |= {f"borough {number}": ["not-yet-available", "withheld"] for number in range(20, 24)}
    states |= {f"borough {number}": ["not-returned", "not-due"] for number in range(24, 33)}
    told = response(Period.parse("2007-08"), states)
    assert responded(told) == "24 of 33 responded: 20 with figures, 4 with commentary only; 9 did not"


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((33, 0, 0, 0), "33 of 33 responded: 33 with figures"),
        ((0, 2, 31, 0), "2 of 33 responded: 2 with commentary only; 31 did not"),
        ((31, 0, 2, 1), "31 of 33 responded: 31 with figures; 2 did not (1 may still send it)"),
        ((0, 0, 33, 0), "0 of 33 responded; 33 did not"),
    ],
)
def test_parts_that_are_none_are_left_out(counted: tuple[int, int, int, int], words: str) -> None:
    assert responded(Response(Period.parse(YEAR), *counted)) == words


def test_a_borough_that_has_longer_time_is_counted_as_silent_and_as_late() -> None:
    told = response(Period.parse(YEAR), {"a": ["late", "not-returned"], "b": ["unreliable"], "c": ["not-applicable"]})
    assert (told.figures, told.commentary, told.silent, told.late, told.of) == (1, 1, 1, 1, 3)


def test_every_round_of_the_release_is_answered_by_somebody() -> None:
    told = responses(everything().figures)
    assert [one.period for one in told] == sorted((one.period for one in told), reverse=True)
    assert all(one.of == 33 and one.figures for one in told)
    assert {one.silent for one in told} == {0, 1}


@pytest.mark.parametrize(
    ("kind", "reported", "period", "expected"),
    [
        ("financial-quarter", "quarterly", "2024-25-Q3", "2024-25-Q3"), ("financial-quarter", "quarterly", "2024-25", None),
        ("snapshot", "quarterly", "2024-12-31", "2024-25-Q3"), ("snapshot", "quarterly", "2024-12-30", None),
        ("snapshot", "annual", "2025-03-31", "2024-25"), ("financial-year", "annual", "2024-25", "2024-25"),
        ("financial-year", "annual", "2024-25-Q1", None),
    ],
)  # fmt: skip
def test_the_round_of_a_figure(kind: str, reported: str, period: str, expected: str | None) -> None:
    own = indicator()
    made = dataclasses.replace(
        own, cycle=dataclasses.replace(own.cycle, kind=kind, collected="quarterly", reported=reported)
    )
    found = round_of(made, Period.parse(period))
    assert (str(found) if found else None) == expected


# ---- the pages


def test_the_label_of_london_is_that_of_the_indicators_page() -> None:
    inputs = everything()
    page = coverage_pages.latest(frames_of(inputs), inputs)
    assert len(page.totals) == 22
    for row in page.totals:
        data = inputs.figures[row.link.label.split()[0]]
        assert data.headline is not None
        assert row.london.startswith(f"London ({data.points[LONDON, data.headline].coverage})")
        assert sum(map(int, row.counts)) == 33


def test_hidden_stands_where_a_printed_cell_is_hidden_and_only_there() -> None:
    cells = [
        *counts(YEAR, dict.fromkeys(BOROUGHS[1:], ("10", "100"))),
        cell(CITY, YEAR, "c"),
        cell(CITY, YEAR, "c", "denominator"),
    ]
    data = figures(cells)
    period = Period.parse(YEAR)
    assert [area for area in data.boroughs if slot_of(data, area, period).hidden] == [CITY]


def test_every_page_of_coverage_is_neutral_and_leads_to_every_round() -> None:
    inputs = everything()
    frames = frames_of(inputs)
    held = rounds(inputs.figures)
    assert len(held) == 10
    pages = [coverage_pages.latest(frames, inputs), *(coverage_pages.of_round(frames, inputs, one) for one in held)]
    for page in pages:
        text = words_of(RENDERER.render(page))
        assert not JUDGING.search(text)
        assert page.frame.noindex
        assert len(page.others) == 10
        assert page.grid is not None
        assert [row.name for row in page.grid.rows] == [area.name for area in areas().boroughs]
        for row in page.totals:
            assert sum(map(int, row.counts)) == 33
    assert [len(page.responses) for page in pages] == [10, *[1] * 10]


def test_before_the_first_release_the_page_says_so() -> None:
    inputs = national()
    page = coverage_pages.latest(frames_of(inputs), inputs)
    assert (page.grid, page.totals, page.responses, page.others) == (None, (), (), ())
    assert "No borough has sent a return yet." in words_of(RENDERER.render(page))


def test_the_table_says_what_the_page_says() -> None:
    inputs = everything()
    assert inputs.latest is not None
    table = list(csv.DictReader(io.StringIO(coverage_csv(inputs, inputs.latest).decode())))
    assert tuple(table[0]) == HEADER
    assert len(table) == len(inputs.latest.coverage)
    page = coverage_pages.latest(frames_of(inputs), inputs)
    assert page.grid is not None
    for place, row in enumerate(page.totals):
        code = row.link.label.split()[0]
        data = inputs.figures[code]
        lines = [line for line in table if line["indicator"] == code and line["period"] == str(data.headline)]
        assert [line["area_name"] for line in lines] == [one.name for one in page.grid.rows]
        counted = Counter(line["state"] for line in lines)
        assert tuple(str(counted[state.value]) for state in Came) == row.counts
        assert ["yes" if one.cells[place].marks else "" for one in page.grid.rows] == [
            line["some_hidden"] for line in lines
        ]
        assert data.headline is not None
        assert {line["london_coverage"] for line in lines} == {inside_london(data, data.headline)}


def test_a_table_counts_what_the_page_counts() -> None:
    inputs = everything()
    assert inputs.latest is not None
    table = list(csv.DictReader(io.StringIO(counted_csv(inputs, inputs.latest).decode())))
    assert tuple(table[0]) == COUNTED
    found = {(line["indicator"], line["period"]): tuple(line.values())[4:] for line in table}
    assert len(found) == len(table) == len({(one.indicator, one.period) for one in inputs.latest.coverage})
    page = coverage_pages.latest(frames_of(inputs), inputs)
    for row in page.totals:
        code = row.link.label.split()[0]
        headline = inputs.figures[code].headline
        assert headline is not None
        assert found[code, str(headline)] == (*row.counts, inside_london(inputs.figures[code], headline))
    assert [one.href.rpartition("/")[2] for one in page.files] == [
        "illustrative-coverage.csv", "illustrative-coverage-counted.csv",
    ]  # fmt: skip


def test_a_borough_sent_something_whether_or_not_its_figure_may_be_shown() -> None:
    release = everything().latest
    assert release is not None
    told = {CITY: "unreliable", BARKING: "withheld", BARNET: "not-returned"}
    given = tuple(State(area, CODE, YEAR, word) for area, word in told.items())
    assert senders(dataclasses.replace(release, coverage=given), YEAR) == {CITY, BARKING}
    assert review.came(indicator(), dataclasses.replace(release, coverage=given)) == "67% (2 of 3)"


def test_addresses_of_rounds_are_lower_case() -> None:
    assert re.fullmatch(r"coverage/2024-25-q3\.html", addresses.coverage_in("2024-25-Q3"))
