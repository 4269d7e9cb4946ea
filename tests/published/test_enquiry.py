"""Lines of enquiry: every trigger at its boundary, silence where a figure is not shown, the order and the cap."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.published.changes import Change
from site_builder.published.enquiry.around import around_of, restated, unready
from site_builder.published.enquiry.bank import Bank, Pair, Question
from site_builder.published.enquiry.case import Around, Case, Differing, Fired, Restated, Strength
from site_builder.published.enquiry.lines import fired, lines, shortlist
from site_builder.published.enquiry.loading import DIRECTED, load_bank
from site_builder.published.enquiry.registry import TRIGGERS
from site_builder.published.figures import limit
from site_builder.published.predictions import Expected
from site_builder.published.readiness import ASPECTS
from site_builder.published.statistics import IndicatorData
from site_builder.release.cells import Cell, CellKey
from site_builder.release.reference import Neighbour, load_catalogue
from site_builder.release.releases import Note
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.methods.quantiles import quantile
from site_builder.vocabulary.symbols import Polarity
from tests.factories import BOROUGHS, CITY, CODE, ROOT, areas, cell, counts, figures, indicator, releases, source

A, B, C, D, E, F, G, H, *REST = BOROUGHS[1:]
YEARS = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
QUARTERS = tuple(f"{year}-Q{part}" for year in YEARS for part in (1, 2, 3, 4))
GENERAL = load_bank(ROOT, load_catalogue(ROOT)).general


def around(*some: IndicatorData, **more: object) -> Around:
    """Figures by code and whatever else stands around them."""
    return Around(areas(), {data.indicator.code: data for data in some}, **more)  # type: ignore[arg-type]


def case(data: IndicatorData, area: str = A, **more: object) -> Case:
    """The case of a borough at the period that leads."""
    assert data.headline is not None
    return Case(areas().by_code[area], data, data.headline, around(data, **more))


def found(data: IndicatorData, area: str = A, **more: object) -> dict[str, Fired]:
    """What a borough fires, by trigger; the standing one aside."""
    return {name: one for name, one in fired(case(data, area, **more)) if name != "always"}


def series(values: Sequence[str], periods: Sequence[str] = YEARS, of: Indicator | None = None) -> IndicatorData:
    """A count of one borough in some periods."""
    made = [cell(A, period, value) for period, value in zip(periods, values, strict=True)]
    return figures(made, of or indicator("count"))


# ---- above and below


def spread(own: int) -> IndicatorData:
    """32 boroughs of 400 children each, one of them with a share of its own."""
    table = {code: (str(60 + 7 * (place % 9)), "400") for place, code in enumerate(BOROUGHS[1:])}
    table[A] = (str(own), "400")
    total = (str(sum(int(x) for x, _ in table.values())), str(400 * len(table)))
    return figures(counts("2024-25", {**table, LONDON: total}))


def adjusted(data: IndicatorData, own: str) -> float:
    """The adjusted z of a borough, worked out again from the counts."""
    pairs = {
        p.area: (float(p.numerator.plain), float(p.denominator.plain))
        for p in data.at(data.periods[0])
        if p.value.is_shown
    }
    centre = sum(x for x, _ in pairs.values()) / sum(n for _, n in pairs.values())
    z = {
        a: 2 * math.sqrt(n) * (math.asin(math.sqrt(x / n)) - math.asin(math.sqrt(centre)))
        for a, (x, n) in pairs.items()
    }
    low, high = quantile(list(z.values()), Fraction(1, 10)), quantile(list(z.values()), Fraction(9, 10))
    phi = sum(min(max(v, low), high) ** 2 for v in z.values()) / len(z)
    weights = [4 * n for _, n in pairs.values()]
    tau2 = (len(z) * phi - len(z) + 1) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    return z[own] / math.sqrt(1 + max(0.0, tau2) * 4 * pairs[own][1])


@pytest.mark.parametrize(
    ("trigger", "side", "counted"), [("above", 1, range(110, 171, 2)), ("below", -1, range(60, 9, -2))]
)
def test_beyond_the_limits_of_the_funnel_and_nowhere_else(trigger: str, side: int, counted: range) -> None:
    before, strengths = False, []
    for own in counted:
        data = spread(own)
        z = adjusted(data, A) * side
        one = found(data).get(trigger)
        assert (one is not None) is (z > 1.959963984540054), own
        if one is not None:
            strengths.append(one.strength)
            assert (one.strength is Strength.STANDS_OUT) is (z > 3.090232306167813)
            assert one.direction == side
        assert not (before and one is None)
        before = one is not None
    assert set(strengths) == {Strength.EDGE, Strength.STANDS_OUT}


# ---- over time


@pytest.mark.parametrize(
    ("last", "trigger"),
    [("11000", "increasing"), ("10999", ""), ("9000", "decreasing"), ("9001", "")],
)
def test_a_clear_trend_asks_from_a_tenth_on(last: str, trigger: str) -> None:
    step = (int(last) - 10000) // 4
    data = series(["10000", *(str(10000 + step * place) for place in (1, 2, 3)), last])
    assert data.trends[A].verdict.value in ("increasing", "decreasing")
    asked = set(found(data)) & {"increasing", "decreasing"}
    assert asked == ({trigger} if trigger else set())


@pytest.mark.parametrize("gap", ["c", "x", "z", "u", "low"])
def test_a_point_that_is_not_shown_ends_a_trend_and_a_jump(gap: str) -> None:
    whole, broken = ["1000", "1300", "1600", "1900", "2400"], ["1000", "1300", "1600", gap, "2400"]
    assert {"increasing", "jump"} <= set(found(series(whole)))
    assert not {"increasing", "jump"} & set(found(series(broken)))


@pytest.mark.parametrize(("later", "jumps"), [("12000", False), ("12001", True), ("8000", False), ("7999", True)])
def test_a_jump_is_more_than_a_fifth(later: str, jumps: bool) -> None:
    one = found(series(["10000", later], YEARS[-2:])).get("jump")
    assert (one is not None) is jumps
    if one is not None:
        assert one.direction == (1 if int(later) > 10000 else -1)


def test_a_jump_is_more_than_chance_and_stays_within_a_definition() -> None:
    assert "jump" not in found(series(["100", "122"], YEARS[-2:]))
    redefined = indicator("count", versions=[("2024-04-01", "none")])
    alike = indicator("count", versions=[("2024-04-01", "full")])
    assert "jump" not in found(series(["10000", "15000"], YEARS[-2:], redefined))
    assert "jump" in found(series(["10000", "15000"], YEARS[-2:], alike))


@pytest.mark.parametrize(("last", "unusual"), [("57", True), ("56", False), ("45", True), ("46", False)])
def test_a_quarter_beyond_the_limits_of_the_first_twelve(last: str, unusual: bool) -> None:
    """Mean 51, mean moving range 2: limits 45.68 and 56.32."""
    data = series([*["50", "52"] * 6, last], QUARTERS[:13])
    one = found(data).get("unusual-quarter")
    assert (one is not None) is unusual
    if one is not None:
        assert "outside its limits" in one.because


def test_a_pattern_needs_twelve_quarters_in_a_row_and_the_unusual_one_is_recent() -> None:
    assert "unusual-quarter" not in found(series([*["50", "52"] * 5, "90"], QUARTERS[:11]))
    assert "unusual-quarter" in found(series([*["50", "52"] * 6, "90", *["50", "52", "50"]], QUARTERS[:16]))
    assert "unusual-quarter" not in found(series([*["50", "52"] * 6, "90", *["50", "52"] * 2], QUARTERS[:17]))
    for gap in ("c", "x", "u"):
        assert "unusual-quarter" not in found(series(["50", "52", "50", gap, *["50", "52"] * 4, "90"], QUARTERS[:13]))


# ---- neighbours, predictions


def near(many: int, far: int = 0) -> Mapping[str, tuple[Neighbour, ...]]:
    places = [B, C, D, E, F, G, H][:many]
    return {A: tuple(Neighbour(p, i, "not-close" if i <= far else "close") for i, p in enumerate(places, 1))}


def beside(own: str, others: Mapping[str, str] | None = None) -> IndicatorData:
    table = {p: (str(20 + i), "100") for i, p in enumerate((B, C, D, E, F, G))} | {A: (own, "100")}
    return figures(counts("2024-25", table | {p: (x, "100") for p, x in (others or {}).items()}))


@pytest.mark.parametrize(
    ("own", "direction", "ends"),
    [("34", 1, "25.5 to 43.7"), ("33", 0, ""), ("26", 0, ""), ("19", 0, ""), ("13", 0, ""), ("12", -1, "7.0 to 19.8")],
)
def test_the_whole_interval_lies_outside_the_range_of_neighbours(own: str, direction: int, ends: str) -> None:
    one = found(beside(own), neighbours=near(6)).get("apart-from-neighbours")
    assert (one.direction if one else 0) == direction
    if one is not None:
        assert one.because == (
            f"the figure was {own}.0 in the year to 31 March 2025 (95% interval {ends}), while 6 nearest London neighbours "
            "with a figure lie between 20.0 and 25.0"
        )


@pytest.mark.parametrize(("highest", "apart"), [("2544", True), ("2545", False), ("2546", False)])
def test_an_interval_that_a_reader_cannot_see_apart_is_not(highest: str, apart: bool) -> None:
    """The lower limit of 34 in 100 is 25.46, printed as 25.5."""
    table = {p: ("2000", "10000") for p in (B, C, D, E, F)} | {G: (highest, "10000"), A: ("34", "100")}
    told = found(figures(counts("2024-25", table)), neighbours=near(6))
    assert ("apart-from-neighbours" in told) is apart


def test_without_an_interval_nothing_is_apart() -> None:
    table = {p: ("20", "100") for p in (B, C, D, E, F, G)} | {A: ("90", "100")}
    data = figures(counts("2024-25", table), indicator(compare='interval = "none"\n'))
    assert "apart-from-neighbours" not in found(data, neighbours=near(6))


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_chance_alone_sets_fewer_than_one_figure_in_a_hundred_apart(kind: str) -> None:
    """Boroughs that differ by chance alone, each beside six others, the fewest that are enough: the number that the
    methods page and the trigger's own words give."""
    chance, rounds, apart, beyond = random.Random(7), 50, 0, 0
    places, share = BOROUGHS[1:], 0.3 if kind == "proportion" else 0.004
    for _ in range(rounds):
        sizes = {p: chance.randrange(300, 900) * (1 if kind == "proportion" else 100) for p in places}
        error = math.sqrt(share * (1 - share if kind == "proportion" else 1))
        drawn = {p: str(round(n * share + chance.gauss(0, error * math.sqrt(n)))) for p, n in sizes.items()}
        table = {p: (x, str(sizes[p])) if kind == "proportion" else x for p, x in drawn.items()}
        data = figures(counts("2024-25", table), indicator(kind), {p: {2024: n} for p, n in sizes.items()})
        beside = {p: chance.sample([other for other in places if other != p], 6) for p in places}
        near = {p: tuple(Neighbour(q, i, "close") for i, q in enumerate(some, 1)) for p, some in beside.items()}
        for place in places:
            own, *others = (data.points[p, data.periods[0]].value.value or 0 for p in (place, *beside[place]))
            beyond += not min(others) <= own <= max(others)
            apart += TRIGGERS["apart-from-neighbours"].fires(case(data, place, neighbours=near)) is not None
    assert 0 < apart < rounds * len(places) / 100
    assert beyond > rounds * len(places) / 5
    assert "fewer than one figure in a hundred" in TRIGGERS["apart-from-neighbours"].told
    methods = " ".join((ROOT / "content/about/methods/neighbours.md").read_text(encoding="utf-8").split())
    assert "fewer than one figure in a hundred" in methods


def test_a_range_needs_six_shown_neighbours_of_which_four_at_most_are_unlike() -> None:
    data = beside("40")
    assert "apart-from-neighbours" not in found(data, neighbours=near(5))
    assert "apart-from-neighbours" in found(data, neighbours=near(6, far=4))
    assert "apart-from-neighbours" not in found(data, neighbours=near(6, far=5))
    for state in ("c", "x", "z", "u"):
        assert "apart-from-neighbours" not in found(beside("40", {G: state}), neighbours=near(6))


def expect(standing: str) -> Expected:
    return Expected(limit(22.2, 1), limit(11.1, 1), limit(33.3, 1), standing)


@pytest.mark.parametrize(("verdict", "direction"), [("higher", 1), ("lower", -1), ("within", 0)])
def test_apart_from_a_prediction(verdict: str, direction: int) -> None:
    one = found(beside("40"), predicted={(A, CODE): expect(verdict)}).get("predicted-apart")
    assert (one.direction if one else 0) == direction
    if one is not None:
        assert one.because.endswith(
            f"{verdict} than deprivation alone would lead one to expect, which is 22.2 (95% interval 11.1 to 33.3)"
        )
    assert "predicted-apart" not in found(beside("c"), predicted={(A, CODE): expect(verdict)})


# ---- two figures together


def second(values: Sequence[str], periods: Sequence[str] = YEARS[-2:]) -> IndicatorData:
    one = series(values, periods)
    return dataclasses.replace(one, indicator=dataclasses.replace(one.indicator, code="T2", title="Children helped"))


@pytest.mark.parametrize(
    ("rises", "falls", "asks"),
    [
        (["10000", "10500"], ["10000", "9500"], True),
        (["10000", "10100"], ["10000", "9500"], False),
        (["10000", "10500"], ["10000", "9900"], False),
        (["10000", "9500"], ["10000", "10500"], False),
        (["10000", "10500"], ["10000", "c"], False),
        (["10000", "10500"], ["x", "9500"], False),
    ],
)
def test_a_pair_asks_when_both_clearly_move_as_declared(rises: list[str], falls: list[str], asks: bool) -> None:
    pair = Pair(CODE, "T2", "Where do they go?", "They follow one another.")
    one, other = series(rises, YEARS[-2:]), second(falls)
    assert one.headline is not None
    here = Case(areas().by_code[A], one, one.headline, around(one, other, pairs=(pair,)))
    told = dict(fired(here))
    assert ("opposite-ways" in told) is asks
    if asks:
        assert told["opposite-ways"].question == "Where do they go?"


def test_a_pair_is_not_asked_about_across_periods() -> None:
    pair = Pair(CODE, "T2", "Where do they go?", "They follow one another.")
    one, other = series(["10000", "10500"], YEARS[-2:]), second(["10000", "9500"], YEARS[-3:-1])
    assert one.headline is not None
    assert "opposite-ways" not in dict(
        fired(Case(areas().by_code[A], one, one.headline, around(one, other, pairs=(pair,))))
    )


@pytest.mark.parametrize(
    ("own", "london", "asks"),
    [
        (("0", "100"), ("1000", "10000"), True),
        (("0", "100"), ("999", "10000"), False),
        (("0", "99"), ("2000", "10000"), False),
        (("1", "100"), ("2000", "10000"), False),
        (("0", "100"), ("c", "10000"), False),
        (("c", "100"), ("2000", "10000"), False),
    ],
)
def test_a_zero_where_ten_would_be_usual(own: tuple[str, str], london: tuple[str, str], asks: bool) -> None:
    data = figures(counts("2024-25", {A: own, LONDON: london}))
    assert ("zero-against-many" in found(data)) is asks


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            "proportion",
            "0 of 2,000 were reported in the year to 31 March 2025, against 1.0 in London (pooled, 33 of 33 boroughs): at "
            "London’s share about 20 would be usual",
        ),
        (
            "rate",
            "none among 2,000 children were reported in the year to 31 March 2025, against 100.0 in London "
            "(pooled, 33 of 33 boroughs): at London’s rate about 20 would be usual",
        ),
    ],
)
def test_a_zero_is_told_in_the_words_of_its_kind(kind: str, told: str) -> None:
    people = {p: {2024: 2000} for p in BOROUGHS}
    table: dict[str, tuple[str, str] | str] = {A: ("0", "2000"), LONDON: ("660", "66000")}
    if kind == "rate":
        table = {A: "0", LONDON: "660"}
    assert found(figures(counts("2024-25", table), indicator(kind), people))["zero-against-many"].because == told


def test_london_of_a_publisher_is_as_published() -> None:
    table = {**dict.fromkeys(BOROUGHS, ("20", "2000")), A: ("0", "2000"), LONDON: ("660", "66000")}
    told = found(figures(counts("2024-25", table), where=source(national=True)))["zero-against-many"].because
    assert ", against 1.0 in London (as published): " in told
    assert "pooled" not in told


def test_nothing_is_set_beside_a_london_that_lacks_a_borough() -> None:
    table = {**dict.fromkeys(BOROUGHS, ("20", "2000")), A: ("0", "2000"), B: ("x", "x"), LONDON: ("660", "66000")}
    fired = found(figures(counts("2024-25", table), where=source(national=True)))
    assert "zero-against-many" not in fired
    assert not any("in London" in one.because for one in fired.values())


# ---- the data itself


@pytest.mark.parametrize(
    ("own", "fires"),
    [(("20", "20"), True), (("0", "20"), True), (("5", "19"), False), (("u", "100"), False), (("x", "100"), False),
     (("z", "100"), False), (("low", "100"), False), (("c", "100"), False)],
)  # fmt: skip
def test_a_standing_question_needs_a_firm_figure(own: tuple[str, str], fires: bool) -> None:
    data = figures(counts("2024-25", {A: own, B: ("40", "100")}))
    assert ("always" in dict(fired(case(data)))) is fires


def test_a_hidden_figure_brings_up_the_general_question_alone() -> None:
    bank = load_bank(ROOT, load_catalogue(ROOT))
    for code in bank_codes(bank):
        data = series(["c"], YEARS[-1:])
        data = dataclasses.replace(data, indicator=dataclasses.replace(data.indicator, code=code))
        assert [line.question_id for line in lines(areas().by_code[A], around(data), bank)] == ["any-hidden"]


def bank_codes(bank: Bank) -> list[str]:
    return sorted({code for question in bank.questions for code in question.indicators})


def change(old: str, new: str, period: str = "2023-24", kind: str = "revised", measure: str = "numerator") -> Change:
    return Change(CellKey(CODE, 1, A, period, "total", measure, "all"), kind, old, new, "", "", "")


@pytest.mark.parametrize(
    ("old", "new", "asks"),
    [
        ("50", "55", False),
        ("49", "54", True),
        ("30", "34", False),
        ("45", "40", True),
        ("0", "5", True),
        ("0", "4", False),
    ],
)
def test_restated_by_more_than_a_tenth_and_by_five(old: str, new: str, asks: bool) -> None:
    assert bool(restated([change(old, new)])) is asks


def test_the_latest_restated_count_is_told_and_other_changes_are_not() -> None:
    made = [change("50", "70"), change("1500", "2000", "2024-25"), change("50", "90", measure="denominator")]
    assert restated(made) == {(A, CODE): Restated("in the year to 31 March 2025", "1,500", "2,000")}
    assert restated([change("", "", kind="now-withheld"), change("", "", kind="now-shown")]) == {}
    told = found(series(["10", "10"], YEARS[-2:]), restated=restated(made))["revised"]
    assert told.because == "the count in the year to 31 March 2025 was 1,500 in the release before, and is 2,000 now"


def test_two_releases_tell_what_was_restated(tmp_path: Path) -> None:
    first = {B: "c", C: "c", D: "30", E: "41"}
    note = Note(D, CODE, "2024-06-30", "A miscount was put right.")
    made = releases(
        tmp_path / "r",
        ([cell(a, "2024-06-30", v) for a, v in first.items()], ()),
        ([cell(a, "2024-06-30", v) for a, v in {**first, D: "36", E: "45"}.items()], (note,)),
    )
    told = around_of(areas(), {}, {}, made, Bank())
    assert told.restated == {(D, CODE): Restated("at 30 June 2024", "30", "36")}
    assert around_of(areas(), {}, {}, made[:1], Bank()).restated == {}
    assert told.unready == unready(made[-1]) == frozenset()


def test_the_national_figure_is_set_beside_a_real_return_and_never_beside_an_invented_one() -> None:
    differing = {(A, CODE): Differing("in the year to 31 March 2025", "312", "345")}
    made = [cell(A, "2024-25", "312")]
    real = figures(
        made, indicator("count"), where=dataclasses.replace(source(), classification="disclosure-controlled")
    )
    assert "differs-from-national" in found(real, differing=differing)
    assert "differs-from-national" not in found(real)
    assert "differs-from-national" not in found(figures(made, indicator("count")), differing=differing)


@pytest.mark.parametrize(
    ("state", "hides"),
    [("12", False), ("0", False), ("c", True), ("x", False), ("z", False), ("u", False), ("low", False)],
)
def test_a_hidden_figure_fires_one_trigger_and_nothing_else(state: str, hides: bool) -> None:
    everything: dict[str, Any] = {
        "restated": {(A, CODE): Restated("in 2024", "1", "20")}, "unready": frozenset({(A, CODE)}),
        "predicted": {(A, CODE): expect("higher")}, "neighbours": near(7),
    }  # fmt: skip
    data = figures(counts("2024-25", {**{p: ("40", "100") for p in (B, C, D, E, F, G, H)}, A: (state, "100"), LONDON: ("400", "1000")}),
                   indicator(versions=[("2024-05-01", "none")]))  # fmt: skip
    told = {name for name, _ in fired(case(data, **everything))}
    assert (told == {"hidden"}) is hides
    assert ("hidden" in told) is hides


def test_a_hidden_denominator_hides_all() -> None:
    data = figures(counts("2024-25", {A: ("40", "c")}))
    assert {name for name, _ in fired(case(data))} == {"hidden"}


@pytest.mark.parametrize("state", ["not-returned", "late", "not-collected"])
def test_an_absent_figure_says_why(state: str) -> None:
    def told(of: str, period: str, value: str = "x") -> dict[str, Fired]:
        where = source(states={(A, CODE, "2024-25"): of, (A, CODE, period): state})
        made = [cell(A, "2024-25-Q3", value), cell(A, "2024-25", value)]
        return found(figures(made, indicator("count"), where=where))

    assert set(told(state, "2024-25")) == {state}
    assert told("incomplete", "2024-25-Q3")[state].because.endswith(" for October to December 2024")
    assert told("incomplete", "2023-24-Q3") == {}
    assert told("not-due", "2023-24-Q3") == {}
    assert told(state, "2024-25", "12") == {}


@pytest.mark.parametrize(
    ("day", "how", "asks"),
    [("2020-04-02", "none", True), ("2020-04-01", "none", False), ("2025-03-31", "partial", True),
     ("2025-04-01", "none", False), ("2022-04-01", "full", False)],
)  # fmt: skip
def test_a_definition_that_changed_within_the_years_shown(day: str, how: str, asks: bool) -> None:
    data = series(["50"] * 5, YEARS, indicator("count", versions=[(day, how)]))
    assert ("break" in found(data)) is asks


@pytest.mark.parametrize("asks", [False, True])
def test_a_source_that_is_not_ready_is_asked_about(asks: bool) -> None:
    assert ("not-ready" in found(series(["50"], YEARS[-1:]), unready=frozenset({(A, CODE)} if asks else ()))) is asks


def test_the_latest_mark_of_readiness_counts(tmp_path: Path) -> None:
    (made,) = releases(tmp_path / "r", ([cell(B, "2024-06-30", "30")], ()))
    rows = [
        {
            "area": B,
            "area_code": B,
            "indicator": CODE,
            "period": period,
            "note": "",
            **dict(zip(ASPECTS, marks, strict=True)),
        }
        for period, marks in (("2024-25-Q1", "222222"), ("2024-25-Q2", "220222"))
    ]
    for some, asks in ((rows, True), (rows[:1], False), ([rows[1], {**rows[0], "period": "2024-25-Q3"}], False)):
        held = dataclasses.replace(made, texts={"readiness.csv": tuple(some)})
        assert (unready(held) == {(B, CODE)}) is asks


def test_the_smallest_place_is_asked_about_its_data_and_never_compared() -> None:
    values = ["1000", "1300", "1600", "1900", "2400"]
    made = [cell(CITY, period, value) for period, value in zip(YEARS, values, strict=True)]
    told = found(figures(made, indicator("count")), CITY, restated={(CITY, CODE): Restated("in 2024", "10", "20")},
                 predicted={(CITY, CODE): expect("higher")})  # fmt: skip
    assert set(told) == {"revised"}
    assert {name for name, one in TRIGGERS.items() if not one.compares} == {
        "always", "break", "differs-from-national", "hidden", "late", "not-collected", "not-ready", "not-returned", "revised",
    }  # fmt: skip


# ---- which question, which order


def of_polarity(polarity: Polarity) -> Indicator:
    return dataclasses.replace(indicator("count"), polarity=polarity)


@pytest.mark.parametrize(
    ("polarity", "rises", "learn"),
    [(Polarity.HIGH_IS_GOOD, True, True), (Polarity.HIGH_IS_GOOD, False, False), (Polarity.LOW_IS_GOOD, True, False),
     (Polarity.LOW_IS_GOOD, False, True), (Polarity.NO_JUDGEMENT, True, False), (Polarity.NO_JUDGEMENT, False, False)],
)  # fmt: skip
def test_the_hoped_for_direction_asks_what_others_could_learn(polarity: Polarity, rises: bool, learn: bool) -> None:
    own = Question("own", "T1", "What else?", (), (CODE,), False, DIRECTED)
    data = series(["10000", "15000" if rises else "5000"], YEARS[-2:], of_polarity(polarity))
    (line,) = lines(areas().by_code[A], around(data), Bank((own,), GENERAL))
    assert line.trigger == "jump"
    assert line.question_id == ("any-learn" if learn else "own")


def test_a_question_is_asked_once_of_an_indicator_and_its_own_come_first() -> None:
    own = Question("own", "T1", "What else?", (), (CODE,), False, ("increasing", "jump", "always"))
    made = lines(areas().by_code[A], around(series(["1000", "1300", "1600", "1900", "2400"])), Bank((own,), GENERAL))
    assert [(line.trigger, line.question_id) for line in made] == [
        ("increasing", "own"), ("jump", "any-jump"), ("always", "own")
    ]  # fmt: skip


def many(number: int, national: bool) -> list[IndicatorData]:
    letter = "N" if national else "S"
    where = source(national=national)
    made = []
    for place in range(number):
        values = ["1000", "2000"] if place % 2 else ["1000", "c"]
        cells = [cell(A, period, value) for period, value in zip(YEARS[-2:], values, strict=True)]
        one = figures(cells, indicator("count"), where=where)
        made.append(dataclasses.replace(one, indicator=dataclasses.replace(one.indicator, code=f"{letter}{place:02}")))
    return made


@pytest.mark.parametrize(
    ("national", "returned", "expected"),
    [(20, 20, (8, 4)), (20, 2, (10, 2)), (3, 20, (3, 9)), (0, 20, (0, 12)), (20, 0, (12, 0)), (2, 2, (2, 2))],
)
def test_twelve_lines_at_most_one_an_indicator_strongest_first(
    national: int, returned: int, expected: tuple[int, int]
) -> None:
    data = [*many(returned, national=False), *many(national, national=True)]
    every = lines(areas().by_code[A], around(*data), Bank((), GENERAL))
    assert [line.strength for line in every] == sorted(line.strength for line in every)
    some = shortlist(every)
    kinds = [line.data.source.national for line in some]
    assert (kinds.count(True), kinds.count(False)) == expected
    codes = [line.data.indicator.code for line in some]
    assert len(set(codes)) == len(codes)
    for kind in (True, False):
        order = [(line.strength, line.data.indicator.code) for line in some if line.data.source.national is kind]
        assert order == sorted(order)


# ---- what is hidden has no say


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=40, max_size=40),
    st.lists(st.integers(0, 60), min_size=40, max_size=40),
    st.sets(st.integers(0, 39), min_size=1, max_size=20),
)
def test_lines_stay_when_only_hidden_counts_change(first: list[int], other: list[int], hidden: set[int]) -> None:
    """Two truths that agree wherever a figure is printed, hidden in the same places."""
    truths = first, [b if place in hidden else a for place, (a, b) in enumerate(zip(first, other, strict=True))]
    made = []
    for truth in truths:
        printed = ["c" if place in hidden else str(value) for place, value in enumerate(truth)]
        cells: list[Cell] = []
        for start, area in enumerate((A, B, C, D, E, F, G, H)):
            for period, value in zip(YEARS, printed[start * 5 : start * 5 + 5], strict=True):
                cells += counts(period, {area: (value, "100")})
        data = figures(cells)
        made.append(
            [
                line._replace(data=data)
                for line in lines(areas().by_code[A], around(data, neighbours=near(7)), Bank((), GENERAL))
            ]
        )
    assert [line[1:] for line in made[0]] == [line[1:] for line in made[1]]
