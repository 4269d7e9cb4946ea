"""One borough over time: control limits of quarters, rings and their words, and changes of definition."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from site_builder.published import phrases, trend_words
from site_builder.published.compose.borough_trend import borough_trend
from site_builder.published.compose.values import over_time
from site_builder.published.pages_parts import LineChart
from site_builder.published.pattern import control
from site_builder.published.statistics import IndicatorData, breaks_of
from site_builder.release.reference import load_catalogue
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.control import Reason, Rule
from site_builder.vocabulary.periods import Period
from tests.factories import BARNET, areas, counts, figures, indicator

ROOT = Path(__file__).parents[2]
AREA = areas().by_code[BARNET]
USUAL = (52, 48, 51, 49, 52, 48, 51, 49)


def quarters(number: int) -> list[str]:
    return [f"{2022 + k // 4}-{23 + k // 4}-Q{k % 4 + 1}" for k in range(number)]


def series(
    numbers: Sequence[int | str], base: int = 100, versions: Sequence[tuple[str, str]] = (), skip: int = -1
) -> IndicatorData:
    """Shares of Barnet by quarter; letters are states. ``skip``: a quarter that no cell has."""
    made = []
    for place, (name, x) in enumerate(zip(quarters(len(numbers)), numbers, strict=True)):
        if place != skip:
            pair = (x, x) if isinstance(x, str) else (str(x), str(base))
            made += counts(name, {BARNET: pair, LONDON: ("1500", "3000")})
    return figures(made, indicator(versions=versions))


def chart(data: IndicatorData) -> LineChart:
    made = borough_trend(AREA, data)[1]
    assert made is not None
    return made


def test_eight_quarters_have_trial_limits_and_the_words_give_them() -> None:
    made = chart(series(USUAL))
    ((_, limits, trial),) = made.wide.controls
    assert trial == " br"
    assert limits.count("M") == 2
    mean = sum(USUAL) / 8
    reach = 2.66 * sum(abs(a - b) for a, b in itertools.pairwise(USUAL)) / 7
    told = re.search(
        r"figures between ([\d.]+) and ([\d.]+) are usual here; the mean is ([\d.]+)\.", " ".join(made.notes)
    )
    assert told
    assert [float(n) for n in told.groups()] == pytest.approx([mean - reach, mean + reach, mean], abs=0.051)
    assert "dashed" in " ".join(made.notes)
    assert made.wide.rings == ()


def test_twelve_quarters_have_limits_that_stay() -> None:
    made = chart(series((*USUAL, 50, 51, 49, 50)))
    assert made.wide.controls[0][2] == ""
    assert "dashed" not in " ".join(made.notes)


def test_a_quarter_that_departs_is_ringed_and_its_rule_is_told_in_sentence_and_table() -> None:
    data = series((*USUAL, 50, 51, 49, 50, 95))
    made = chart(data)
    assert len(made.wide.rings) == 1
    assert "Marked with a ring: Apr to Jun 2025 (outside its limits)." in made.notes
    assert made.table.columns[-1] == "Departs from its pattern"
    assert [row[-1] for row in made.table.rows][-2:] == ["", "Outside its limits"]


def test_every_rule_has_words_of_its_own() -> None:
    told = {trend_words.rules_in_words(frozenset({rule})) for rule in Rule}
    assert len(told) == len(Rule)
    assert trend_words.rules_in_words(frozenset()) == ""


@pytest.mark.parametrize("state", ["c", "x"])
def test_no_limits_cross_a_figure_that_is_not_shown(state: str) -> None:
    data = series((*USUAL[:4], state, *USUAL[4:]))
    made = chart(data)
    assert made.wide.controls == ()
    assert "fewer than eight quarters in a row" in " ".join(made.notes)
    data = series((*USUAL, state, *USUAL))
    pattern = control(AREA, data, over_time(data, BARNET))
    assert pattern is not None
    assert [first for first, _ in pattern.charts] == [0, 9]


def test_nothing_drawn_depends_on_why_a_figure_is_not_shown() -> None:
    hidden, missing = (chart(series((*USUAL, state, *USUAL))) for state in ("c", "x"))
    assert hidden.wide == missing.wide
    assert hidden.narrow == missing.narrow


def test_no_limits_cross_a_quarter_that_nobody_has_or_a_new_definition() -> None:
    data = series((*USUAL, *USUAL), skip=8)
    pattern = control(AREA, data, over_time(data, BARNET))
    assert pattern is not None
    assert [first for first, _ in pattern.charts] == [0]
    data = series((*USUAL, *USUAL), versions=[("2024-04-01", "none")])
    pattern = control(AREA, data, over_time(data, BARNET))
    assert pattern is not None
    assert [first for first, _ in pattern.charts] == [0, 8]


def test_percentages_of_few_and_equal_quarters_have_no_limits() -> None:
    for data, reason in (
        (series([20 + k % 3 for k in range(8)], base=49), Reason.SMALL_BASES),
        (series([50] * 8), Reason.ALL_EQUAL),
        (series(USUAL[:7]), Reason.TOO_FEW_POINTS),
    ):
        pattern = control(AREA, data, over_time(data, BARNET))
        assert pattern is not None
        assert (pattern.charts, pattern.reason) == ((), reason)
        assert trend_words.silence(reason) in chart(data).notes


def test_drawn_limits_stay_within_zero_and_a_hundred() -> None:
    made = chart(series((2, 40, 1, 45, 2, 38, 3, 41)))
    assert "between 0.0 and" in " ".join(made.notes)
    made = chart(series((98, 60, 99, 55, 98, 62, 97, 59)))
    assert "and 100.0 are usual" in " ".join(made.notes)


def test_years_have_no_control_limits() -> None:
    made = []
    for year in range(2015, 2025):
        made += counts(f"{year}-{(year + 1) % 100:02d}", {BARNET: ("50", "100"), LONDON: ("1500", "3000")})
    data = figures(made)
    assert control(AREA, data, over_time(data, BARNET)) is None


# ---- changes of definition


def snapshots() -> list[Period]:
    return [Period.parse(f"{year}-03-31") for year in range(2006, 2012)]


def test_a_break_belongs_to_the_first_period_that_ends_after_it_even_between_two_days() -> None:
    made = indicator(versions=[("2008-07-29", "none")])
    assert {k: v.comparability for k, v in breaks_of(made, snapshots()).items()} == {3: "none"}
    years = [Period.parse(f"{year}-{year % 100 + 1:02d}") for year in range(2006, 2012)]
    assert set(breaks_of(made, years)) == {2}
    assert breaks_of(indicator(versions=[("2001-01-01", "none")]), years) == {}
    assert breaks_of(indicator(versions=[("2030-01-01", "none")]), years) == {}


def test_the_less_comparable_of_two_changes_in_one_period_counts() -> None:
    for order in (("none", "full"), ("full", "none")):
        made = indicator(versions=[("2008-07-29", order[0]), ("2008-09-01", order[1])])
        assert breaks_of(made, snapshots())[3].comparability == "none"


def test_school_moves_were_redefined_in_july_2008_and_no_line_crosses_that_day() -> None:
    redefined = load_catalogue(ROOT)["SG33"]
    years = [Period.parse(f"ay{year}-{year % 100 + 1:02d}") for year in range(2005, 2011)]
    found = breaks_of(redefined, years)
    assert [(years[k].start.year, v.comparability) for k, v in found.items()] == [(2007, "none")]


@pytest.mark.parametrize(("how", "pieces", "across"), [("none", 2, 0), ("partial", 2, 1), ("full", 1, 0)])
def test_a_line_ends_at_a_break_is_dashed_across_a_partial_one_and_joins_the_rest(
    how: str, pieces: int, across: int
) -> None:
    made = chart(series((*USUAL, *USUAL), versions=[("2024-04-01", how)]))
    assert (len(made.wide.paths), len(made.wide.across)) == (pieces, across)
    assert [label.text for label in made.wide.breaks] == ["Definition changed, 2024"]


def test_the_heading_says_from_when_london_can_be_compared() -> None:
    data = series((*USUAL, *USUAL), versions=[("2024-04-01", "none")])
    shown = [(p.period, p.value) for p in over_time(data, LONDON)]
    assert phrases.trend_heading(data, shown) == "London’s figure cannot be compared before April 2024"


def test_a_quarter_is_set_beside_the_same_quarter_a_year_before() -> None:
    heading, _ = borough_trend(AREA, series(USUAL))
    assert heading == "Barnet’s figure was 49.0 in January to March 2024 and 49.0 in January to March 2023"
