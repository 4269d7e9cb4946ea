"""Statistics of one indicator from a handful of cells: each state, totals, rates, labels, trends."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import pytest

from site_builder.published import phrases
from site_builder.published.figures import HIDDEN_SHORT
from site_builder.published.points import NO_POPULATION, RATE_BY_YEAR, Point, compared, exact_value
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.methods.intervals import wilson
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.periods import Period, PeriodKind
from tests.factories import BARKING, BARNET, BOROUGHS, CITY, CODE, areas, cell, counts, figures, indicator, source
from tests.places import INNER_LONDON, OUTER_LONDON

YEAR, QUARTER = "2024-25", "2024-25-Q1"
RATE = indicator("rate")


def one(data: IndicatorData, area: str, period: str = YEAR) -> Point:
    return data.points[area, Period.parse(period)]


def spread(period: str = YEAR, *, total: bool = True) -> IndicatorData:
    """Thirty-three boroughs with shares from 20 to 52 of a hundred, and London's."""
    table: dict[str, tuple[str, str] | str] = {code: (str(20 + k), "100") for k, code in enumerate(BOROUGHS)}
    if total:
        table[LONDON] = (str(sum(20 + k for k in range(33))), "3300")
    return figures(counts(period, table))


# ---- states


@pytest.mark.parametrize("mark", ["c", "x", "z", "u", "low"])
def test_a_numerator_that_is_withheld_leaves_no_number_anywhere(mark: str) -> None:
    point = one(figures(counts(YEAR, {BARKING: (mark, "80"), LONDON: ("900", "3000")})), BARKING)
    assert point.numerator.state == point.value.state == point.lower.state == point.upper.state == mark
    assert point.value.value is None
    assert point.limits is None
    assert (point.compared, point.variation) == ("not-compared", "")


def test_a_hidden_denominator_hides_the_share_and_nothing_else() -> None:
    point = one(figures(counts(YEAR, {BARKING: ("12", "c")})), BARKING)
    assert (point.numerator.plain, point.denominator.state, point.value.state) == ("12", "c", "c")
    assert point.value.short == HIDDEN_SHORT


def test_an_area_without_a_cell_is_not_available_and_says_for_when() -> None:
    states = {(BARKING, CODE, YEAR): "late"}
    data = figures(counts(YEAR, {BARNET: ("12", "60")}), where=source(states=states))
    name = areas().by_code[BARKING].name
    point = one(data, BARKING)
    assert point.value.state == "x"
    assert point.value.short == "Return late"
    assert point.value.long == f"Not available: {name} did not provide this figure for the year to 31 March 2025."
    assert one(data, CITY).value.short == "No return received"


def test_months_keep_their_capital_letter_in_a_reason() -> None:
    data = figures(counts(QUARTER, {BARNET: ("12", "60")}))
    assert one(data, BARKING, QUARTER).value.long.endswith("for April to June 2024.")


def test_a_true_zero_is_a_figure_with_an_upper_limit() -> None:
    point = one(figures(counts(YEAR, {BARKING: ("0", "80")})), BARKING)
    assert (point.value.plain, point.lower.plain) == ("0.0", "0.0")
    assert point.limits is not None
    assert point.limits[0].upper > 0
    assert point.upper.plain == "4.6"


def test_a_share_of_few_keeps_its_counts() -> None:
    point = one(figures(counts(YEAR, {BARKING: ("7", "19"), LONDON: ("900", "3000")})), BARKING)
    assert (point.numerator.plain, point.denominator.plain, point.value.state) == ("7", "19", "u")
    assert point.limits is None
    assert point.compared == "not-compared"


def test_a_note_stands_beside_its_own_figure() -> None:
    data = figures(
        counts(YEAR, {BARKING: ("12", "60"), BARNET: ("12", "60")}),
        where=source(notes={(BARKING, CODE, YEAR): "A new team."}),
    )
    assert (one(data, BARKING).note, one(data, BARNET).note) == ("A new team.", "")


# ---- totals


def test_coverage_counts_the_boroughs_inside_a_total() -> None:
    some = tuple(BOROUGHS[:29])
    cells = [*counts(YEAR, {INNER_LONDON: ("300", "900")})]
    cells += [cell(LONDON, YEAR, v, m, "n29-0123abcd") for v, m in (("600", "numerator"), ("2000", "denominator"))]
    data = figures(cells, where=source(coverage={"n29-0123abcd": some}))
    assert one(data, LONDON).coverage == "29 of 33 boroughs"
    assert one(data, LONDON).value.plain == "30.0"
    assert one(data, INNER_LONDON).coverage == "14 of 14 boroughs"
    assert one(data, BARKING).coverage == ""


def test_a_total_below_the_floors_says_so() -> None:
    data = figures(counts(YEAR, {BARKING: ("12", "60")}), where=source(states={}))
    for total in (LONDON, INNER_LONDON, OUTER_LONDON):
        point = one(data, total)
        assert (point.value.state, point.value.short, point.coverage) == ("x", "Not enough returns", "")
    assert one(data, BARKING).compared == "not-compared"


def test_a_total_below_the_floors_says_how_many_sent_a_figure() -> None:
    states = {(code, CODE, YEAR): "reported" if k < 21 else "late" for k, code in enumerate(BOROUGHS)}
    point = one(figures(counts(YEAR, {BARKING: ("12", "60")}), where=source(states=states)), LONDON)
    assert point.value.short == "Not enough returns: 21 of 33"
    assert point.value.long == "Not enough returns for this total: 21 of 33."


def test_a_total_without_some_boroughs_and_one_with_an_earlier_figure_are_marked() -> None:
    cells = [cell(LONDON, YEAR, v, m, "n29-0123abcd") for v, m in (("600", "numerator"), ("2000", "denominator"))]
    partial = figures(cells, where=source(coverage={"n29-0123abcd": tuple(BOROUGHS[:29])}))
    assert one(partial, LONDON).value.caution == ("partial",)
    assert one(figures(counts(YEAR, {LONDON: ("600", "2000")})), LONDON).value.caution == ()
    printed = [cell(LONDON, YEAR, "30.0", "published", status="e"), *counts(YEAR, {LONDON: ("600", "2000")})]
    assert one(figures(printed, where=source(national=True)), LONDON).value.caution == ("carried",)


def test_london_is_set_beside_an_earlier_london_of_the_same_boroughs_only() -> None:
    def heading(earlier: str) -> str:
        cells = [
            cell(LONDON, year, value, measure, coverage)
            for year, coverage in (("2023-24", earlier), (YEAR, "all"))
            for measure, value in (("numerator", "300"), ("denominator", "1000"))
        ]
        data = figures(cells, where=source(coverage={"n29-0123abcd": tuple(BOROUGHS[:29])}))
        return phrases.trend_heading(data, [(p.period, p.value) for p in data.series(LONDON)])

    assert heading("all").endswith("and 30.0 in the year to 31 March 2024")
    assert heading("n29-0123abcd").endswith(": 30.0 in the year to 31 March 2025")


def test_the_boroughs_of_a_spread_add_up() -> None:
    """City of London has a figure and is not compared: the words count those that are."""
    said = phrases.spread_sub(spread(), Period.parse(YEAR))
    numbers = [
        phrases._WORDS.index(w) if w in phrases._WORDS else int(w)
        for w in re.findall(r"\b(?:\d+|[Oo]ne|two|three)\b", said)
    ]
    points = spread().at(Period.parse(YEAR))
    assert numbers[-1] == sum(bool(point.variation) for point in points) == 32
    assert sum(numbers[:-1]) == 32
    assert "boroughs compared" in said


def test_the_wider_of_two_sets_of_boroughs_is_the_total() -> None:
    cells = [
        cell(LONDON, QUARTER, "300", coverage="n28-aaaaaaaa"),
        cell(LONDON, QUARTER, "330", coverage="n31-00000000"),
    ]
    for order in (cells, cells[::-1]):
        point = one(figures(order, indicator("count")), LONDON, QUARTER)
        assert (point.value.plain, point.coverage) == ("330", "31 of 33 boroughs")


def test_england_is_a_place_of_national_series_alone() -> None:
    cells = counts(YEAR, {ENGLAND: ("300", "900"), BARKING: ("12", "60")})
    assert one(figures(cells, where=source(national=True)), ENGLAND).value.plain == "33.3"
    assert ENGLAND not in figures(cells).areas


# ---- rates and their population


def test_a_rate_divides_by_the_population_of_the_middle_of_the_year_before() -> None:
    point = one(figures(counts(YEAR, {BARKING: "30"}), RATE, {BARKING: {2023: 1, 2024: 20000, 2025: 1}}), BARKING)
    assert (point.denominator.plain, point.value.plain, point.value.marks, point.value.caution) == (
        "20000",
        "15.0",
        "",
        (),
    )


def test_returns_fall_back_to_an_earlier_population_and_say_so() -> None:
    people = {BARKING: {2021: 5, 2022: 20000, 2025: 7}}
    point = one(figures(counts(YEAR, {BARKING: "30"}), RATE, people), BARKING)
    assert (point.value.plain, point.value.marks, point.value.caution) == ("15.0", "e", ("other-population",))
    national = one(figures(counts(YEAR, {BARKING: "30"}), RATE, people, source(national=True)), BARKING)
    assert (national.value.state, national.value.short) == ("x", NO_POPULATION)


def test_without_a_population_there_is_a_count_and_no_rate() -> None:
    point = one(figures(counts(YEAR, {BARKING: "30"}), RATE, {BARKING: {2026: 20000}}), BARKING)
    assert (point.numerator.plain, point.value.state, point.value.short) == ("30", "x", NO_POPULATION)


def test_a_partial_total_divides_by_the_people_of_its_own_boroughs() -> None:
    people = {code: {2024: 1000 * (k + 1)} for k, code in enumerate(BOROUGHS)}
    some = BOROUGHS[1:29]
    cells = [cell(LONDON, YEAR, "400", coverage="n28-0123abcd"), cell(OUTER_LONDON, YEAR, "200")]
    data = figures(cells, RATE, people, source(coverage={"n28-0123abcd": some}))
    assert one(data, LONDON).denominator.plain == str(1000 * sum(range(2, 30)))
    outer = sum(people[code][2024] for code in areas().members(OUTER_LONDON))
    assert one(data, OUTER_LONDON).denominator.plain == str(outer)


def test_a_quarter_of_a_rate_is_a_count() -> None:
    table = {BARKING: "30", BARNET: "c", CITY: "x"}
    data = figures([*counts(QUARTER, table), *counts(YEAR, {BARKING: "120"})], RATE, {BARKING: {2024: 20000}})
    shown = one(data, BARKING, QUARTER)
    assert (shown.numerator.plain, shown.value.state, shown.value.short) == ("30", "z", RATE_BY_YEAR)
    assert shown.limits is None
    assert [one(data, area, QUARTER).value.state for area in (BARNET, CITY)] == ["c", "x"]
    assert one(data, BARKING).value.plain == "60.0"


def test_counts_of_quarters_are_not_called_a_rate() -> None:
    before = "2023-24-Q1"
    cells = [*counts(before, {LONDON: "300"}), *counts("2024-25-Q1", {LONDON: "330"})]
    data = figures(cells, RATE, {})
    drawn = [(p, data.points[LONDON, p].numerator) for p in data.periods]
    heading = phrases.trend_heading(data, drawn)
    assert heading == "London’s count was 330 in April to June 2024 and 300 in April to June 2023"


def test_a_rate_leads_with_its_year_and_a_share_with_its_latest_period() -> None:
    cells = [*counts(YEAR, {BARKING: ("30", "60")}), *counts("2025-26-Q1", {BARKING: ("30", "60")})]
    rate, share = figures(cells, RATE).headline, figures(cells).headline
    assert (str(rate), str(share)) == (YEAR, "2025-26-Q1")
    assert figures([]).headline is None
    assert [str(p.period) for p in figures(cells).series(BARKING)] == ["2025-26-Q1"]


# ---- what a publisher printed


def test_a_publishers_value_is_taken_as_printed() -> None:
    cells = [*counts(YEAR, {BARKING: ("7", "16")}), cell(BARKING, YEAR, "44", "published", status="p")]
    point = one(figures(cells, where=source(national=True)), BARKING)
    assert (point.value.plain, point.value.marks, point.value.caution) == ("44.0", "p", ("few",))
    assert exact_value(point, indicator()) == Fraction(700, 16)


def test_a_publishers_reason_is_taken_as_printed() -> None:
    cells = [*counts(YEAR, {BARKING: ("30", "60")}), cell(BARKING, YEAR, "c", "published")]
    point = one(figures(cells, where=source(national=True)), BARKING)
    assert (point.numerator.plain, point.value.state, point.limits) == ("30", "c", None)


# ---- comparison and variation


def test_labels_follow_the_interval_against_london() -> None:
    data = spread()
    target = float(Fraction(one(data, LONDON).numerator.plain) / 33)
    labels = {}
    for k, code in enumerate(BOROUGHS):
        point, x = one(data, code), 20 + k
        near, far = (wilson(x, 100, level) for level in (0.95, 0.998))
        side = "higher" if x > target else "lower"
        outside = [not low * 100 <= target <= high * 100 for low, high in (near, far)]
        expected = f"{side}-998" if outside[1] else f"{side}-95" if outside[0] else "similar"
        assert point.compared == expected, code
        labels[expected] = True
    assert {"lower-95", "similar", "higher-95"} <= labels.keys()


def test_without_london_nothing_is_compared() -> None:
    data = spread(total=False)
    assert {one(data, code).compared for code in BOROUGHS} == {"not-compared"}


def test_a_limit_on_the_value_itself_is_similar() -> None:
    point = one(figures(counts(YEAR, {BARKING: ("0", "80")})), BARKING)
    assert compared(point, Fraction(0), indicator()) == "similar"
    assert compared(point, Fraction(50), indicator()) == "lower-998"
    assert compared(point, None, indicator()) == "not-compared"


def test_a_count_is_compared_with_nothing() -> None:
    table = {code: str(20 + k) for k, code in enumerate(BOROUGHS)}
    data = figures(counts(YEAR, {**table, LONDON: "1188"}), indicator("count"))
    points = [one(data, code) for code in BOROUGHS]
    assert {(p.compared, p.variation, p.variation_reason) for p in points} == {("not-compared", "", "no-funnel")}
    assert all(p.denominator.state == "z" and p.value is p.numerator for p in points)


def test_the_smallest_place_is_left_out_of_the_funnel() -> None:
    data = spread()
    funnel = data.funnels[Period.parse(YEAR)]
    assert not isinstance(funnel, str)
    assert funnel.areas == 32
    assert (one(data, CITY).variation, one(data, CITY).variation_reason) == ("", "left-out")
    assert all(one(data, code).variation for code in BOROUGHS if code != CITY)


def test_a_funnel_needs_twenty_places_and_hidden_ones_have_no_label() -> None:
    def funnel(shown: int) -> IndicatorData:
        table = {code: (str(20 + k), "100") if k <= shown else ("c", "100") for k, code in enumerate(BOROUGHS)}
        return figures(counts(YEAR, {**table, LONDON: ("1188", "3300")}))

    assert funnel(19).funnels[Period.parse(YEAR)] == "too-few-areas"
    data = funnel(20)
    assert not isinstance(data.funnels[Period.parse(YEAR)], str)
    assert one(data, BOROUGHS[-1]).variation_reason == "no-value"


def test_quartiles_need_four_figures() -> None:
    def cuts(shown: int) -> tuple[Fraction, Fraction, Fraction] | None:
        table: dict[str, tuple[str, str] | str] = {
            code: (str(20 + k), "100") for k, code in enumerate(BOROUGHS[:shown])
        }
        return figures(counts(YEAR, table)).quartiles[Period.parse(YEAR)]

    assert cuts(3) is None
    assert cuts(5) == tuple(map(Fraction, (21, 22, 23)))


def test_the_order_of_cells_changes_nothing() -> None:
    cells = [
        *counts(YEAR, {code: (str(20 + k), "100") for k, code in enumerate(BOROUGHS)}),
        *counts(QUARTER, {CITY: "c"}),
    ]
    assert figures(cells) == figures(cells[::-1])


# ---- trends


def over(
    years: range, versions: tuple[tuple[str, str], ...] = (), skip: int | None = None, hide: int | None = None
) -> Trend:
    """The verdict on a share that rises steeply year after year."""
    cells = itertools.chain.from_iterable(
        counts(f"{y}-{(y + 1) % 100:02d}", {BARKING: ("c" if y == hide else str(100 + 60 * (y - years[0])), "1000")})
        for y in years
        if y != skip
    )
    return figures(cells, indicator(versions=versions)).trends[BARKING].verdict


def test_five_years_in_a_row_have_a_trend() -> None:
    assert over(range(2018, 2023)) is Trend.INCREASING
    assert over(range(2016, 2023)) is Trend.INCREASING


def test_four_years_a_gap_or_a_hidden_year_have_none() -> None:
    assert over(range(2018, 2022)) is Trend.NOT_COMPARABLE
    assert over(range(2017, 2023), skip=2019) is Trend.NOT_COMPARABLE
    assert over(range(2018, 2023), hide=2020) is Trend.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("day", "how", "verdict"),
    [
        ("2020-10-01", "none", Trend.NOT_COMPARABLE),
        ("2020-10-01", "partial", Trend.NOT_COMPARABLE),
        ("2020-10-01", "full", Trend.INCREASING),
        ("2018-04-01", "none", Trend.INCREASING),
        ("2023-04-01", "none", Trend.INCREASING),
        ("2023-03-31", "none", Trend.NOT_COMPARABLE),
    ],
)
def test_a_trend_lies_within_one_definition(day: str, how: str, verdict: Trend) -> None:
    assert over(range(2018, 2023), versions=((day, how),)) is verdict


def test_quarters_have_no_trend_and_snapshots_count_once_a_year() -> None:
    quarters = [
        row for y in range(2018, 2023) for q in (1, 2, 3, 4)
        for row in counts(f"{y}-{(y + 1) % 100:02d}-Q{q}", {BARKING: (str(100 + 60 * (y - 2018)), "1000")})
    ]  # fmt: skip
    assert figures(quarters).trends[BARKING].verdict is Trend.NOT_COMPARABLE
    days = [
        row for y in range(2019, 2024) for month in ("03-31", "06-30")
        for row in counts(f"{y}-{month}", {BARKING: (str(100 + 60 * (y - 2019)) if month == "03-31" else "c", "1000")})
    ]  # fmt: skip
    data = figures(days)
    assert data.trends[BARKING].verdict is Trend.INCREASING
    assert {period.kind for period in data.periods} == {PeriodKind.SNAPSHOT}
