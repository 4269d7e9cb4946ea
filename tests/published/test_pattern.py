"""A series in order of time: where a period is missing, where a definition begins, and one control chart for all."""

from __future__ import annotations

import pytest

from site_builder.published.compose.borough_trend import borough_trend
from site_builder.published.enquiry.case import Around, Case
from site_builder.published.enquiry.lines import fired
from site_builder.published.pattern import control
from site_builder.published.series import gaps, over_time
from site_builder.published.standing_out import subjects
from site_builder.published.statistics import IndicatorData, comparable_from, redefined
from site_builder.published.trend_words import RULES
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.periods import Period
from tests.factories import BARNET, BOROUGHS, areas, cell, counts, figures, indicator

AREA = areas().by_code[BARNET]
QUARTERS = tuple(f"{year}-{year % 100 + 1}-Q{part}" for year in range(2019, 2025) for part in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("2020-21", "2021-22", "2023-24"), {2}),
        (("2020-21", "2022-23"), {1}),
        (("2020-21-Q3", "2020-21-Q4", "2021-22-Q2"), {2}),
        (("2020-21-Q1", "2020-21-Q3"), {1}),
        (("2020-21-H1", "2020-21-H2", "2021-22-H2"), {2}),
        (("2021-03-31", "2022-03-31", "2024-03-31"), {2}),
        (("2021-03-31", "2023-03-31"), {1}),
        (("2021-03-31", "2021-06-30", "2021-12-31"), {2}),
        (("2020", "2021", "2022"), set()),
        (("2020/21",), set()),
        ((), set()),
    ],
)
def test_a_missing_period_is_a_gap(names: tuple[str, ...], expected: set[int]) -> None:
    assert gaps([Period.parse(name) for name in names]) == expected


@pytest.mark.parametrize(
    ("day", "apart", "place"),
    [
        ("2021-04-01", False, 0),
        ("2021-04-02", True, 1),
        ("2022-04-01", True, 1),
        ("2022-04-02", True, 2),
        ("2023-04-02", True, 2),
        ("2024-03-31", True, 2),
        ("2024-04-01", False, 0),
    ],
)
def test_a_period_within_which_the_definition_changed_is_comparable_with_neither_side(
    day: str, apart: bool, place: int
) -> None:
    of = indicator(versions=[(day, "none")])
    periods = [Period.parse(name) for name in ("2021-22", "2022-23", "2023-24")]
    assert redefined(of, periods[0], periods[-1]) is apart
    assert comparable_from(of, periods) == place
    assert not redefined(indicator(versions=[(day, "full")]), periods[0], periods[-1])


# ---- since when a borough stands out


def beyond(names: tuple[str, ...], day: str = "") -> tuple[str, bool]:
    """Since when a borough that lies beyond the limit in every period does."""
    cells = []
    for name in names:
        table = {area: (str(30 + place % 4), "100") for place, area in enumerate(BOROUGHS[1:])}
        cells += counts(name, {**table, BARNET: ("80", "100")})
    data = figures(cells, indicator(versions=[(day, "none")] if day else ()))
    (one,) = (one for one in subjects([data], areas())[0].beyond if one.area.code == BARNET)
    return str(one.since), one.known_before


@pytest.mark.parametrize(
    ("names", "day", "expected"),
    [
        (("2020-21", "2021-22", "2022-23"), "", ("2020-21", True)),
        (("2019-20", "2021-22", "2022-23"), "", ("2021-22", False)),
        (("2020-21", "2022-23"), "", ("2022-23", False)),
        (("2020-21", "2021-22", "2022-23"), "2021-04-01", ("2021-22", True)),
        (("2020-21", "2021-22", "2022-23"), "2021-03-31", ("2021-22", True)),
        (("2020-21", "2021-22", "2022-23"), "2022-06-01", ("2022-23", False)),
        (("2020-21", "2021-22", "2022-23"), "2023-04-01", ("2020-21", True)),
    ],
)
def test_a_run_ends_at_a_missing_period_and_at_a_definition(
    names: tuple[str, ...], day: str, expected: tuple[str, bool]
) -> None:
    assert beyond(names, day) == expected


# ---- the page and the question are of one chart


def quarterly(last: str, *, missing: int = -1, day: str = "") -> IndicatorData:
    values = [*["50", "52"] * 7, last]
    made = [
        cell(area, name, value if area == BARNET else "1500")
        for place, (name, value) in enumerate(zip(QUARTERS[: len(values)], values, strict=True))
        for area in (BARNET, LONDON)
        if place != missing
    ]
    return figures(made, indicator("count", versions=[(day, "none")] if day else ()))


def asked(data: IndicatorData) -> str:
    """Why an unusual quarter is asked about; empty when it is not."""
    assert data.headline is not None
    told = dict(fired(Case(AREA, data, data.headline, Around(areas(), {}))))
    return told["unusual-quarter"].because if "unusual-quarter" in told else ""


@pytest.mark.parametrize(
    ("data", "asks"),
    [
        (quarterly("57"), True),
        (quarterly("56"), False),
        (quarterly("57", missing=1), True),  # thirteen quarters follow it
        (quarterly("90", missing=2), True),  # twelve
        (quarterly("90", missing=3), False),  # eleven
        (quarterly("57", day="2019-10-01"), True),
        (quarterly("57", day="2020-04-01"), False),
    ],
)
def test_the_question_follows_from_the_chart_of_the_page(data: IndicatorData, asks: bool) -> None:
    points = over_time(data, BARNET)
    pattern = control(AREA, data, points)
    assert pattern is not None
    because = asked(data)
    assert bool(because) is asks
    drawn = borough_trend(AREA, data)[1]
    assert drawn is not None
    notes = " ".join(drawn.notes)
    if asks:
        assert pattern.rules(len(points) - 1)
        words = because.rpartition(": ")[2]
        assert words in RULES.values()
        assert f"({words})" in notes
        assert f"departs from {pattern.reaching(len(points) - 1)} quarters" in because
