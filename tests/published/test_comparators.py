"""What a borough is compared with: on the committed national figures, digit for digit, and on invented cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from site_builder.published import comparators, coverage, funnel_words, likeness, phrases
from site_builder.published.comparators import AS_PUBLISHED, MEAN, MEDIAN, POOLED, Comparator
from site_builder.published.downloads.comparators import HEADER, comparators_csv, comparators_file
from site_builder.published.downloads.table import HEADER as TABLE
from site_builder.published.downloads.table import Places, rows_by_area
from site_builder.published.inputs import Inputs
from site_builder.published.neighbours import NeighbourKind, nearby
from site_builder.published.statistics import IndicatorData
from site_builder.published.unusual import compared
from site_builder.release.cells import Cell
from site_builder.release.reference import Neighbour
from site_builder.release.tables import csv_rows
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.methods.quantiles import median
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up_fraction
from tests.factories import BARKING, BARNET, BOROUGHS, CITY, CODE, areas, cell, counts, figures, indicator, source
from tests.published.held import everything

ROOT = Path(__file__).resolve().parents[2]
YEAR = "2024-25"


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


def children_in_need(inputs: Inputs) -> tuple[IndicatorData, Period]:
    return inputs.figures["N06"], Period.parse("2024-03-31")


# ---- neighbours, on the committed package

MEASURED = (
    ("camden", 10, "433.3", "426.3"),
    ("tower-hamlets", 10, "436.6", "431.1"),
    ("hackney", 10, "456.5", "453.5"),
    ("bexley", 10, "337.0", "327.3"),
    ("bromley", 9, "260.6", "277.6"),
)


@pytest.mark.parametrize(("slug", "shown", "middle", "mean"), MEASURED)
def test_neighbours_of_children_in_need_in_2024(inputs: Inputs, slug: str, shown: int, middle: str, mean: str) -> None:
    data, period = children_in_need(inputs)
    near = nearby(inputs.neighbours, inputs.areas, inputs.areas.by_slug[slug].code, data, period)
    assert (near.kind, near.shown, near.of) == (NeighbourKind.STATISTICAL, shown, 10)
    assert near.median is not None
    assert near.mean is not None
    assert (near.median.plain, near.mean.plain) == (middle, mean)


def test_the_order_of_rounding_shows(inputs: Inputs) -> None:
    """Camden: rounded last 433.3; each neighbour rounded first, to one place 433.35 and so 433.4, to none 433.5."""
    data, period = children_in_need(inputs)
    places = nearby(inputs.neighbours, inputs.areas, inputs.areas.by_slug["camden"].code, data, period).places
    values = [place.exact for place in places if place.exact is not None]
    rounded = {dp: median([type(v)(half_up_fraction(v, dp)) for v in values]) for dp in (0, 1)}
    assert half_up_fraction(median(values), 1) == "433.3"
    assert (half_up_fraction(rounded[1], 2), half_up_fraction(rounded[1], 1)) == ("433.35", "433.4")
    assert half_up_fraction(rounded[0], 1) == "433.5"


def test_all_ten_neighbours_of_every_borough_are_found(inputs: Inputs) -> None:
    data, period = children_in_need(inputs)
    without: dict[tuple[str, str], str] = {}
    for area in inputs.areas.boroughs:
        near = nearby(inputs.neighbours, inputs.areas, area.code, data, period)
        assert near.of == len(near.places) == 10
        assert area.name not in {place.name for place in near.places}
        without |= {(area.slug, place.name): place.value.state for place in near.places if place.exact is None}
    assert set(without.values()) == {"u"}
    assert {name for _, name in without} == {"Hampshire"}
    assert ("bromley", "Hampshire") in without
    outside = {code for code, _ in data.outside}
    assert len(outside) == 42
    assert not outside & set(inputs.areas.by_code)


def test_the_range_is_that_of_the_places_and_closeness_is_the_departments(inputs: Inputs) -> None:
    data, period = children_in_need(inputs)
    far = {}
    for area in inputs.areas.boroughs:
        near = nearby(inputs.neighbours, inputs.areas, area.code, data, period)
        values = [place.exact for place in near.places if place.exact is not None]
        ends = (near.lowest.value, near.highest.value) if near.lowest and near.highest else None
        assert ends == ((min(values), max(values)) if area.funnel else None)
        if near.is_far:
            far[area.slug] = near.far
    assert far == {"city-of-london": 10, "tower-hamlets": 9}


def test_returns_stand_beside_the_nearest_london_neighbours_when_there_are_six(inputs: Inputs) -> None:
    ours = next(data for data in inputs.figures.values() if not data.source.national and data.headline)
    period = ours.headline
    assert period is not None
    counted = []
    for area in inputs.areas.boroughs:
        near = nearby(inputs.neighbours, inputs.areas, area.code, ours, period)
        assert near.kind is NeighbourKind.NEAREST_LONDON
        assert all(place.slug for place in near.places)
        counted.append(near.of)
    assert sum(many >= 6 for many in counted) == 23
    assert sum(counted) == 220


# ---- labels, on the committed package

# above and below London by the plain 95 % interval; spread; beyond 1.96 and 3.09 of the adjusted funnel
FLAGS = {
    "N06": (15, 14, "85.5", 3, 0),
    "N07": (17, 13, "118.3", 4, 0),
    "N08a": (14, 11, "29.3", 4, 3),
    "N08b": (8, 12, "20.5", 2, 1),
    "N09c": (9, 8, "5.7", 4, 2),
    "N13": (7, 14, "16.9", 6, 0),
    "N17": (4, 4, "2.7", 6, 0),
    "N19": (11, 6, "9.9", 4, 0),
}


@pytest.mark.parametrize("code", FLAGS)
def test_flags_of_32_boroughs_in_2024(inputs: Inputs, code: str) -> None:
    data = inputs.figures[code]
    period = data.headline
    assert period is not None
    assert period.end.year == 2024
    boroughs = [area for area in inputs.areas.boroughs if area.funnel]
    labels = Counter[str]()
    for area in boroughs:
        found = {one.kind: one for one in comparators.of(inputs, area, data, period)}
        assert found["london"].label == data.points[area.code, period].compared
        labels[found["london"].label.partition("-")[0]] += 1
    funnel = data.funnels[period]
    assert isinstance(funnel, Funnel)
    variations = Counter(data.points[area.code, period].variation.partition("-")[0] for area in boroughs)
    out = variations["out"]
    above, below, phi, near, far = FLAGS[code]
    assert (labels["higher"], labels["lower"]) == (above, below)
    assert (f"{funnel.phi:.1f}", variations["edge"] + out, out) == (phi, near, far)


# ---- the list of comparators


def kinds(found: tuple[Comparator, ...]) -> list[str]:
    return [one.kind for one in found]


def test_every_comparator_names_its_average_and_how_many_are_in_it(inputs: Inputs) -> None:
    for code, data in inputs.figures.items():
        assert data.headline is not None
        for area in inputs.areas.boroughs:
            for one in comparators.of(inputs, area, data, data.headline):
                assert one.average in (POOLED, MEDIAN, MEAN, AS_PUBLISHED), code
                assert one.of
                assert one.name
                assert one.period == data.headline
                assert one.is_compared is not bool(one.reason)
                assert one.value.is_shown or one.label == "not-compared"


def test_the_comparators_of_a_member_of_the_pilot(inputs: Inputs) -> None:
    data, period = children_in_need(inputs)
    found = comparators.of(inputs, inputs.areas.by_slug["bromley"], data, period)
    assert kinds(found) == ["london", "region", "england", "neighbours", "neighbours-mean", "cohort"]
    pilot = found[-1]
    assert pilot.name == "Pilot boroughs of November 2007 (6 confirmed, 4 provisional)"
    assert pilot.of == "9 of 9 others"
    elsewhere = comparators.of(inputs, inputs.areas.by_slug["camden"], data, period)
    assert kinds(elsewhere) == ["london", "region", "england", "neighbours", "neighbours-mean"]


def test_a_total_that_holds_an_earlier_figure_says_so(inputs: Inputs) -> None:
    data = inputs.figures["N06"]
    camden = inputs.areas.by_slug["camden"]
    (london, *_) = comparators.of(inputs, camden, data, Period.parse("2021-03-31"))
    assert london.of == "includes an earlier figure for a borough that sent none"
    (london, *_) = comparators.of(inputs, camden, data, Period.parse("2024-03-31"))
    assert london.of == "every borough"


def test_a_count_and_a_place_too_small_have_no_comparator(inputs: Inputs) -> None:
    data, period = children_in_need(inputs)
    assert comparators.of(inputs, inputs.areas.by_slug["city-of-london"], data, period) == ()
    made = figures(counts(YEAR, {BARKING: "30", LONDON: "900"}), indicator("count"))
    assert comparators.of(inputs, inputs.areas.by_code[BARKING], made, Period.parse(YEAR)) == ()


def barking() -> Area:
    return areas().by_code[BARKING]


def compared_with(inputs: Inputs, data: IndicatorData) -> dict[str, Comparator]:
    return {one.kind: one for one in comparators.of(inputs, barking(), data, Period.parse(YEAR))}


@pytest.mark.parametrize(
    ("own", "kind", "reason"),
    [
        (("c", "80"), "proportion", comparators.NO_FIGURE),
        (("x", "80"), "proportion", comparators.NO_FIGURE),
        (("7", "19"), "proportion", comparators.NO_FIGURE),  # fewer than 20: no percentage is worked out
        (("30", "80"), "ratio", comparators.NO_INTERVAL),
    ],
)
def test_silence_has_a_reason(inputs: Inputs, own: tuple[str, str], kind: str, reason: str) -> None:
    of = indicator(kind, compare='interval = "none"') if kind == "ratio" else indicator()
    london = compared_with(inputs, figures(counts(YEAR, {BARKING: own, LONDON: ("900", "3000")}), of))["london"]
    assert (london.label, london.reason) == ("not-compared", reason)


def test_a_publishers_percentage_of_few_is_not_compared(inputs: Inputs) -> None:
    printed = [cell(area, YEAR, text, "published") for area, text in ((BARKING, "44.0"), (LONDON, "30.0"))]
    cells = [*counts(YEAR, {BARKING: ("8", "18"), LONDON: ("900", "3000")}), *printed]
    found = compared_with(inputs, figures(cells, where=source(national=True)))
    assert (found["london"].label, found["london"].reason) == ("not-compared", comparators.TOO_FEW)


def test_a_hidden_total_is_a_row_without_a_comparison(inputs: Inputs) -> None:
    found = compared_with(inputs, figures(counts(YEAR, {BARKING: ("30", "80"), LONDON: ("c", "3000")})))
    assert (found["london"].value.state, found["london"].reason) == ("c", comparators.NO_OTHER)


def test_a_total_without_enough_returns_is_a_row_that_says_so(inputs: Inputs) -> None:
    states = {(code, CODE, YEAR): "reported" if k < 21 else "late" for k, code in enumerate(BOROUGHS)}
    found = compared_with(inputs, figures(counts(YEAR, {BARKING: ("30", "80")}), where=source(states=states)))
    assert found["london"].of == "not enough returns: 21 of 33"
    assert (found["london"].value.state, found["london"].reason) == ("x", comparators.NO_OTHER)


def test_every_table_of_comparators_has_rows(inputs: Inputs) -> None:
    for data in inputs.figures.values():
        if comparators_file(inputs, data):
            assert csv_rows(comparators_csv(inputs, data)), data.indicator.code


def test_a_borough_on_another_definition_is_not_compared(inputs: Inputs) -> None:
    cells = counts(YEAR, {BARKING: ("30", "80"), LONDON: ("900", "3000")})
    older = [one._replace(key=one.key._replace(definition_version=2)) for one in cells if one.key.area == BARKING]
    london = compared_with(inputs, figures([*older, *(one for one in cells if one.key.area == LONDON)]))["london"]
    assert (london.label, london.reason) == ("not-compared", likeness.VERSION)


def test_a_partial_total_names_its_boroughs_and_their_share_of_children(inputs: Inputs) -> None:
    some = tuple(BOROUGHS[:29])
    pairs = (("600", "numerator"), ("2000", "denominator"))
    cells = [cell(LONDON, YEAR, value, measure, "n29-0123abcd") for value, measure in pairs]
    people = {code: {2024: 1000 if code in some else 2000} for code in BOROUGHS}
    data = figures(
        [*cells, *counts(YEAR, {BARKING: ("30", "80")})], people=people, where=source(coverage={"n29-0123abcd": some})
    )
    found = compared_with(inputs, data)["london"]
    assert found.of == "29 of 33 boroughs, 78% of under-18s"  # 29,000 of 37,000
    assert found.average == POOLED
    whole = figures(counts(YEAR, {BARKING: ("30", "80"), LONDON: ("900", "3000")}), people=people)
    assert compared_with(inputs, whole)["london"].of == "33 of 33 boroughs"


def test_figures_of_another_kind_period_or_definition_are_unlike() -> None:
    period = Period.parse(YEAR)
    share = figures(counts(YEAR, {BARKING: ("30", "80")}))
    rate = figures(counts(YEAR, {BARKING: "30"}), indicator("rate"))
    earlier = figures(counts("2023-24", {BARKING: ("30", "80")}))
    redefined = figures(counts(YEAR, {BARKING: ("30", "80")}), indicator(versions=[("2024-10-01", "none")]))
    joined = figures(counts(YEAR, {BARKING: ("30", "80")}), indicator(versions=[("2024-10-01", "full")]))
    assert likeness.unlike(share, share, period) == ""
    assert likeness.unlike(share, rate, period) == likeness.KIND
    assert likeness.unlike(share, earlier, period) == likeness.PERIOD
    assert likeness.unlike(share, redefined, period) == likeness.VERSION
    assert likeness.unlike(share, joined, period) == ""


def test_london_as_printed_stands_beside_real_returns_alone(inputs: Inputs) -> None:
    """Where our own total differs from the printed one. Invented returns are never set beside it."""
    code, twin = "SG06", inputs.figures["N08a"]
    period = Period.parse("2023-24")
    ours = inputs.figures[code]
    camden = inputs.areas.by_slug["camden"]
    assert ours.source.classification == "synthetic"
    assert "london-as-published" not in kinds(comparators.of(inputs, camden, ours, period))
    real = replace(ours, source=replace(ours.source, classification="disclosure-controlled"))
    found = {one.kind: one for one in comparators.of(inputs, camden, real, period)}["london-as-published"]
    assert (found.average, found.value) == (AS_PUBLISHED, twin.points[LONDON, period].value)
    same = {**real.points, (LONDON, period): replace(real.points[LONDON, period], value=found.value)}
    assert "london-as-published" not in kinds(comparators.of(inputs, camden, replace(real, points=same), period))


# ---- panels


def london_of(sets: Mapping[str, str]) -> IndicatorData:
    """London's share in five years, over a set of boroughs in each."""
    cells = [
        cell(LONDON, year, value, measure, coverage)
        for k, (year, coverage) in enumerate(sets.items())
        for measure, value in (("numerator", str(100 + 40 * k)), ("denominator", "1000"))
    ]
    return figures(cells, where=source(coverage={"n29-0123abcd": tuple(BOROUGHS[:29])}))


def test_a_trend_of_london_needs_the_same_boroughs_throughout() -> None:
    years = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
    same = london_of(dict.fromkeys(years, "n29-0123abcd"))
    mixed = london_of({year: "all" if year == "2021-22" else "n29-0123abcd" for year in years})
    assert same.trends[LONDON].verdict.value == "increasing"
    assert mixed.trends[LONDON].verdict.value == "not-comparable"
    assert mixed.points[LONDON, Period.parse("2021-22")].panel == "all"


# ---- the cells of few neighbours, and the download


@pytest.mark.parametrize(("hidden", "used"), [(4, True), (5, False)])
def test_six_of_ten_make_a_median_and_hidden_ones_are_in_none(hidden: int, used: bool) -> None:
    near = tuple(Neighbour(code, k, "close") for k, code in enumerate(BOROUGHS[10:20], 1))
    table: dict[str, tuple[str, str] | str] = {
        one.area: ("c" if k < hidden else str(30 + k), "100") for k, one in enumerate(near)
    }
    data = figures(counts(YEAR, table))
    found = nearby({BARNET: near}, areas(), BARNET, data, Period.parse(YEAR))
    assert (found.shown, found.of) == (10 - hidden, 10)
    assert all((one is None) is not used for one in (found.median, found.mean, found.lowest, found.highest))


def test_an_indicator_may_have_no_neighbours() -> None:
    near = tuple(Neighbour(code, k, "close") for k, code in enumerate(BOROUGHS[10:20], 1))
    table: dict[str, tuple[str, str] | str] = {one.area: ("30", "100") for one in near}
    data = figures(counts(YEAR, table), indicator(compare='neighbours = "none"'))
    assert nearby({BARNET: near}, areas(), BARNET, data, Period.parse(YEAR)).median is None


def test_the_download_holds_every_comparator_and_every_neighbour(inputs: Inputs) -> None:
    data, period = children_in_need(inputs)
    rows = csv_rows(comparators_csv(inputs, data))
    assert tuple(rows[0]) == HEADER
    camden = [row for row in rows if row["area_name"] == "Camden"]
    assert [row["comparator"] for row in camden] == [
        "london", "region", "england", "neighbours", "neighbours-mean", *["neighbour"] * 10,
    ]  # fmt: skip
    assert [row["value"] for row in camden if row["comparator"].startswith("neighbours")] == ["433.3", "426.3"]
    hampshire = [row for row in rows if (row["area_name"], row["name"]) == ("Bromley", "Hampshire")]
    assert [(row["value"], row["withheld"]) for row in hampshire] == [("", "u")]
    assert not [row for row in rows if row["area_name"] == "City of London"]
    assert comparators_file(inputs, data).endswith("csv/n06-comparators.csv")
    counted = figures(counts(YEAR, {BARKING: "30"}), indicator("count"))
    assert comparators_file(inputs, counted) == ""
    assert {row["period"] for row in rows} == {str(period)}


def test_a_total_whose_children_are_not_estimated_names_no_share() -> None:
    point = london_of({YEAR: "n29-0123abcd"}).points[LONDON, Period.parse(YEAR)]
    assert (point.coverage, point.share) == ("29 of 33 boroughs", "")


# ---- a publisher's total that a borough is missing from

PEOPLE = {code: {2024: 10_000, 2025: 10_000} for code in BOROUGHS} | {LONDON: {2024: 330_000, 2025: 330_000}}
RATE = indicator("rate", compare='interval = "byar"\nfunnel = "additive"')


def lacking(*missing: str, status: str = "", year: str = YEAR) -> list[Cell]:
    """A publisher's counts of one year, some boroughs without one; London's is divided by everybody."""
    table = {code: "x" if code in missing else str(60 + 3 * k) for k, code in enumerate(BOROUGHS)}
    total = sum(int(text) for text in table.values() if text != "x")
    printed = half_up_fraction(Fraction(total, 33), 1)
    london = [cell(LONDON, year, str(total), status=status), cell(LONDON, year, printed, "published", status=status)]
    return [*counts(year, table), *london]


def national(*cells: Cell, of: Indicator = RATE) -> IndicatorData:
    return figures(cells, of, PEOPLE, source(national=True))


def test_a_total_that_a_borough_is_missing_from_says_which_and_is_compared_with_nothing(inputs: Inputs) -> None:
    data = national(*lacking(BARNET))
    london = data.points[LONDON, Period.parse(YEAR)]
    assert (london.absent, london.coverage) == (("Barnet",), "32 of 33 boroughs")
    assert london.value.caution == ("missing-below",)
    assert london.value.is_shown
    found = compared_with(inputs, data)["london"]
    assert found.of == "without Barnet, which sent no figure but whose children are in the base"
    assert (found.average, found.label, found.reason) == (AS_PUBLISHED, "not-compared", "Barnet is not in it")
    assert {point.compared for point in data.at(Period.parse(YEAR))} == {"not-compared"}
    told = phrases.lead(data, Period.parse(YEAR))
    assert told.endswith("It is as published, without Barnet, which sent no figure but whose children are in the base.")


def test_the_funnel_without_a_whole_london_has_the_compared_boroughs_in_its_middle(inputs: Inputs) -> None:
    period = Period.parse(YEAR)
    funnel, whole = (national(*lacking(*some)).funnels[period] for some in ((BARNET,), ()))
    assert isinstance(funnel, Funnel)
    assert isinstance(whole, Funnel)
    inside = [60 + 3 * k for k, code in enumerate(BOROUGHS) if code not in (CITY, BARNET)]
    assert funnel.centre == pytest.approx(sum(inside) / (10_000 * len(inside)))
    assert whole.centre == pytest.approx(sum(60 + 3 * k for k in range(33)) / 330_000)
    made = compared(inputs, national(*lacking(BARNET)), period)
    assert made is not None
    assert (made.own_centre, made.limits.centre) == (False, funnel.centre)
    assert "these boroughs together" in funnel_words.spread(funnel, own_centre=made.own_centre)
    assert "London" not in funnel_words.heading(made.points, own_centre=made.own_centre)


@pytest.mark.parametrize(("missing", "status"), [((), ""), ((BARNET,), "e")])
def test_a_total_that_all_are_in_or_that_carries_an_earlier_figure_is_compared_as_before(
    inputs: Inputs, missing: tuple[str, ...], status: str
) -> None:
    data = national(*lacking(*missing, status=status))
    london = data.points[LONDON, Period.parse(YEAR)]
    assert (london.absent, london.coverage, london.panel) == ((), "", "")
    assert compared_with(inputs, data)["london"].label != "not-compared"


def test_a_hidden_borough_and_one_published_with_another_are_not_missing() -> None:
    hidden = [one for one in lacking(BARNET) if one.key.area != BARNET]
    for more in (cell(BARNET, YEAR, "c"), cell(f"{BARNET} / {BARKING}", YEAR, "120")):
        london = national(*hidden, more).points[LONDON, Period.parse(YEAR)]
        assert london.absent == ()


def test_london_is_not_told_as_changing_between_different_sets_of_boroughs() -> None:
    def change(*earlier: str) -> tuple[str, ...]:
        data = national(*lacking(*earlier, year="2023-24"), *lacking(BARNET))
        return coverage.cautions(data.series(LONDON))

    assert coverage.UNEVEN in change()
    assert coverage.UNEVEN not in change(BARNET)


def test_a_borough_without_a_population_estimate_is_not_missing_from_a_total() -> None:
    people = {code: years for code, years in PEOPLE.items() if code != BARNET}
    data = figures(lacking(), RATE, people, source(national=True))
    assert data.points[BARNET, Period.parse(YEAR)].value.state == "x"
    assert data.points[LONDON, Period.parse(YEAR)].absent == ()


def test_the_committed_london_of_children_with_a_plan_lacks_barnet(inputs: Inputs) -> None:
    """19,090 over all 1,899,880 children; the 32 others' 19,081 and one hidden count are over fewer."""
    data, period = inputs.figures["N26"], Period.parse("2024-03-31")
    london, funnel = data.points[LONDON, period], data.funnels[period]
    assert (london.value.plain, london.absent) == ("100.5", ("Barnet",))
    assert isinstance(funnel, Funnel)
    pairs = [(p.numerator.value, p.denominator.value) for p in data.at(period) if p.value.is_shown]
    assert funnel.centre == pytest.approx(float(sum(x or 0 for x, _ in pairs) / sum(n or 0 for _, n in pairs)))
    assert half_up_fraction(Fraction(funnel.centre) * 10_000, 1) == "105.6"


# ---- one rule for a median of neighbours


def test_counts_and_places_too_small_have_no_median_of_neighbours_in_any_file(inputs: Inputs) -> None:
    places = Places(inputs.areas, inputs.neighbours)
    kinds = set()
    for data in inputs.figures.values():
        for area, rows in rows_by_area(data, places).items():
            held = {(row[TABLE.index("neighbours_median")] != "", row[TABLE.index("neighbours_kind")]) for row in rows}
            if data.indicator.measure.kind is Kind.COUNT or area == CITY:
                assert held == {(False, "")}
            kinds |= {(data.source.national, kind) for has, kind in held if has}
    assert kinds == {(True, "statistical"), (False, "nearest-london")}
