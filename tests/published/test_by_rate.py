"""The twin by value, ranks on demand and small trends: order, words, lines, and what they leave out."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder.published.build import Builder
from site_builder.published.charts.geometry import scale
from site_builder.published.charts.multiples import Series, grid, line
from site_builder.published.compose.by_rate import by_rate, has_twin, opening
from site_builder.published.compose.multiples import heading as multiples_heading
from site_builder.published.compose.ranks import ordinal, rank_words
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import IndicatorPage
from site_builder.published.points import exact_value
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.methods.ranks import RankRange
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.symbols import Polarity
from tests.factories import BOROUGHS, counts, figures
from tests.published.held import everything

ROOT = Path(__file__).parents[2]
WORTH = {
    "SG08": "Much of this spread is more than chance.",
    "SG03": "Much of this spread is more than chance.",
    "N13": "Much of this spread is more than chance.",
    "N18b": "Part of this order is chance.",
    "SG14": "This order is largely chance.",
}
CODES = tuple(WORTH)


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


@pytest.fixture(scope="module")
def pairs(inputs: Inputs, builder: Builder) -> dict[str, tuple[IndicatorPage, IndicatorPage]]:
    found = {}
    for code in CODES:
        page = builder._indicator(code)
        found[code] = page, by_rate(inputs, inputs.figures[code], page)
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_twin_has_the_same_rows_by_value_and_names_the_first_page_as_its_own(
    pairs: dict[str, tuple[IndicatorPage, IndicatorPage]], code: str
) -> None:
    page, twin = pairs[code]
    first, second = page.boroughs.table.rows, twin.boroughs.table.rows
    assert sorted(first, key=lambda row: row.name) == sorted(second, key=lambda row: row.name)
    values = [float(row.value.text.replace(",", "")) for row in second if row.value.is_shown]
    assert values == sorted(values, reverse=True)
    last = [row.name for row in second[len(values) :]]
    assert last == sorted(last)
    assert not [row for row in second[len(values) :] if row.value.is_shown]
    assert twin.frame.canonical == page.frame.canonical
    assert twin.frame.title != page.frame.title
    assert twin.boroughs.callout[0] == WORTH[code]
    assert [(c.label, bool(c.href)) for c in page.boroughs.orders] == [
        (c.label, not c.href) for c in twin.boroughs.orders
    ]


def spread(apart: int, by: int, size: int = 1000) -> IndicatorData:
    """32 boroughs around London's 30 in 100: so many of them ``by`` counts away, to either side in turn, one by one."""
    table = {
        area: (str(size * 3 // 10 + (by if place < apart else place % 2) * (-1) ** place), str(size))
        for place, area in enumerate(BOROUGHS[1:])
    }
    return figures(counts("2024-25-Q1", {**table, LONDON: (str(32 * size * 3 // 10), str(32 * size))}))


@pytest.mark.parametrize(
    ("apart", "by", "told"),
    [
        (17, 40, "Much of this spread is more than chance."),  # more than half lie beyond the limits of chance
        (16, 40, "Part of this order is chance."),
        (12, 26, "This order is largely chance."),
        (0, 0, "This order is largely chance."),
    ],
)
def test_how_much_of_an_order_is_chance_follows_from_the_spread(inputs: Inputs, apart: int, by: int, told: str) -> None:
    data = spread(apart, by)
    assert data.headline is not None
    funnel = data.funnels[data.headline]
    assert isinstance(funnel, Funnel)
    outside = sum(p.compared != "similar" for p in data.at(data.headline) if p.value.is_shown)
    assert outside == (apart if by > 30 else 0)
    assert (funnel.phi >= 2) is (apart > 12)
    assert opening(inputs, data, data.headline) == told


def test_without_limits_of_chance_nothing_is_said_of_it(inputs: Inputs) -> None:
    data = figures(counts("2024-25-Q1", {area: ("30", "100") for area in BOROUGHS[1:]}))
    assert data.headline is not None
    assert opening(inputs, data, data.headline) == "How much of this order is chance cannot be said."


def test_places_next_to_one_another_can_rarely_be_told_apart(inputs: Inputs) -> None:
    """As the twin says: three quarters of them have intervals that meet, or more."""
    for data in inputs.figures.values():
        if not has_twin(data) or data.headline is None:
            continue
        points = sorted(
            (p for p in data.at(data.headline) if p.limits), key=lambda p: exact_value(p, data.indicator) or 0
        )
        meet = [a.limits[0].upper >= b.limits[0].lower for a, b in pairwise(points) if a.limits and b.limits]
        assert 4 * sum(meet) >= 3 * len(meet), data.indicator.code


def test_ranks_stand_on_the_twin_alone_and_only_with_a_polarity(
    pairs: dict[str, tuple[IndicatorPage, IndicatorPage]], inputs: Inputs
) -> None:
    for code, (page, twin) in pairs.items():
        assert page.ranks is None
        judged = inputs.figures[code].indicator.polarity is not Polarity.NO_JUDGEMENT
        assert (twin.ranks is not None) == judged, code
        if twin.ranks is None:
            continue
        names = [row[0] for row in twin.ranks.table.rows]
        assert names == sorted(names, key=str)
        assert "City of London" not in names
        assert len(names) >= 20
        assert twin.ranks.table.columns[2] == f"Rank, of {len(names)} shown"
        for _, told, rank, band in twin.ranks.table.rows:
            assert told in {"higher", "lower", "similar"}
            ends = re.fullmatch(
                r"between (\d+)(?:st|nd|rd|th) and (\d+)(?:st|nd|rd|th)|\d+(?:st|nd|rd|th) alone", str(rank)
            )
            assert ends
            assert ends[1] is None or 1 <= int(ends[1]) < int(ends[2]) <= len(names)
            assert str(band) in set("ABCD")
        cuts = [float(cut) for cut in re.findall(r"up to (\d+\.\d\d)", twin.ranks.notes[1])]
        assert cuts == sorted(cuts)
        assert len(cuts) == 3


def test_ranks_are_words_with_both_ends() -> None:
    assert rank_words(RankRange(7, 4, 19, 31)) == "between 4th and 19th"
    assert rank_words(RankRange(1, 1, 1, 31)) == "1st alone"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 30)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
        "30th",
    ]


# ---- small trends


def drawn(path: str) -> list[list[tuple[int, int]]]:
    """The pieces of a path as points: read back by other code than the one that wrote it."""
    pieces: list[list[tuple[int, int]]] = []
    for letter, words in re.findall(r"([Mlh])([^Mlh]*)", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", words)]
        if letter == "M":
            pieces.append([(numbers[0], numbers[1])])
            continue
        x, y = pieces[-1][-1]
        pieces[-1].append((x + numbers[0], y + (numbers[1] if letter == "l" else 0)))
    return [piece[:1] + piece[2:] for piece in pieces]  # each begins with a step of no length


def test_lines_stop_at_gaps_and_at_breaks_and_a_lone_figure_is_a_dot() -> None:
    of = scale([100.0])
    pieces = drawn(line([0, 50, None, 100, None, 20, 40, 60], of, frozenset({6})))
    assert [len(piece) for piece in pieces] == [2, 1, 1, 2]
    heights = [y for piece in pieces for _, y in piece]
    assert heights == [86 - round(52 * v / 100) for v in (0, 50, 100, 20, 40, 60)]
    assert pieces[0][0][0] == 5
    assert pieces[-1][-1][0] == 93


def test_all_squares_share_a_scale_that_only_shown_values_set() -> None:
    one = Series("camden", "Camden", "a.html", (3, 2), (10.0, 20.0, None))
    other = Series("brent", "Brent", "b.html", (2, 2), (None, None, None))
    made = grid([one, other], [15.0, 15.0, 15.0], frozenset())
    assert made is not None
    assert made.top == "20"
    assert [(s.letters, bool(s.line)) for s in made.squares] == [("BRT", False), ("CMD", True)]
    assert grid([other], [15.0, 15.0], frozenset()) is None


def test_the_heading_of_small_trends_counts_verdicts(inputs: Inputs) -> None:
    data = inputs.figures["N08a"]
    verdicts = [data.trends[area].verdict for area in data.boroughs]
    told = re.fullmatch(r"The rate is increasing in (\w+) boroughs and decreasing in (\w+)", multiples_heading(data))
    assert told
    assert told[1] == str(verdicts.count(Trend.INCREASING))
    words = ["no", "one", "two", "three", "four", "five"]
    assert words.index(told[2]) == verdicts.count(Trend.DECREASING)


def test_a_place_too_small_to_be_compared_has_no_line_and_is_told(
    pairs: dict[str, tuple[IndicatorPage, IndicatorPage]],
) -> None:
    block = pairs["N13"][0].multiples
    assert block is not None
    assert [square.letters for square in block.grid.squares if not square.line] == ["CTY"]
    assert "City of London has no line: too small to be compared." in block.notes
    assert pairs["N13"][1].multiples is None
