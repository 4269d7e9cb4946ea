"""Actual and predicted: what enters, what is said and what is not, on invented countries and on the committed packages."""

from __future__ import annotations

import csv
import dataclasses
import io
import random
import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from site_builder.published import prediction_words as words
from site_builder.published import predictions as p
from site_builder.published.charts.relation import relation, residuals
from site_builder.published.compose import predicted
from site_builder.published.downloads.predicted import boroughs_csv, models_csv
from site_builder.published.inputs import Inputs
from site_builder.published.points import Source
from site_builder.published.predictions import Model, predict
from site_builder.published.statistics import indicator_data
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.reference import Covariate, Populations
from site_builder.release.releases import NationalPackage
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.regression import Case, Family, Fit, fit, leave_one_out
from site_builder.vocabulary.refusals import ConfigurationError
from tests.factories import BOROUGHS, CITY, CODE, areas, indicator
from tests.promises.test_words import barred_words
from tests.published.held import everything

ROOT = Path(__file__).parents[2]
PERIOD, YEAR = "2023-24", 2023
OTHERS = tuple(f"E06{number:06d}" for number in range(1, 100))
EVERYWHERE = (*BOROUGHS, *OTHERS)
MARKS = ("c", "x", "z", "u", "low")
Counts = Mapping[str, tuple[str, str]]  # numerator or mark, denominator or mark


@cache
def series(kind: str) -> Indicator:
    made = indicator(kind)
    return dataclasses.replace(
        made, measure=dataclasses.replace(made.measure, unit="percent" if kind == "proportion" else "rate")
    )


def country(kind: str, *, slope: float = 0.03, noise: float = 0.15, size: int = 4000) -> dict[str, tuple[str, str]]:
    """Invented counts of every authority, which go along with the covariate."""
    draw = random.Random(11)
    found = {}
    for place, area in enumerate(EVERYWHERE):
        n = (size if kind == "proportion" else 20 * size) + 37 * place
        share = 0.05 * (2.718 ** (slope * (float(SCORES[area]) - 20) + draw.gauss(0, noise)))
        found[area] = (str(round(n * min(share, 0.9))), str(n))
    return found


@cache
def usual(kind: str) -> Model:
    """The model of a country where every figure is shown."""
    return model(kind, country(kind))


SCORES = {area: Fraction(5 + (place * 29) % 40) for place, area in enumerate(EVERYWHERE)}


def model(
    kind: str,
    counts: Counts,
    scores: Mapping[str, Fraction] = SCORES,
    authorities: Iterable[str] = EVERYWHERE,
    small: Collection[str] = (),
) -> Model:
    """The model of invented counts; for a rate the denominators are populations."""
    cells = []
    people = {}
    for area, pair in counts.items():
        for measure, text in zip(("numerator", "denominator"), pair, strict=True):
            if kind == "rate" and measure == "denominator":
                if text not in MARKS:
                    people[area, YEAR, "0-17"] = int(text)
                continue
            hidden = text in MARKS
            key = CellKey(CODE, 1, area, PERIOD, "total", measure, "all")
            cells.append(Cell(key, "" if hidden else text, text if hidden else "", ""))
    made = PublicCells.of(cells)
    package = NationalPackage(
        "trees", "2024", "Department of Trees", "unknown", "OGL", ("Trees.",), "mye", "Trees", made, (), {}
    )
    populations = Populations("mye", people)
    source = Source("published", "Trees", "2024", national=True)
    data = indicator_data(made, series(kind), areas(), populations, source)
    covariate = Covariate("rain", "Rain of 2019", "rain", "All places", "Office", "Rain tables", ("Rain.",), scores)
    return predict(data, package, covariate, {"mye": populations}, dict.fromkeys(authorities, "Somewhere"), small)


KINDS = pytest.mark.parametrize("kind", ["rate", "proportion"])


# ---- what enters


@KINDS
def test_the_fit_and_every_prediction_are_those_of_the_printed_counts(kind: str) -> None:
    counts = country(kind)
    found = usual(kind)
    family = Family.POISSON if kind == "rate" else Family.BINOMIAL
    cases = {area: Case(int(x), int(n), float(SCORES[area])) for area, (x, n) in sorted(counts.items())}
    assert found.fit == fit(family, tuple(cases.values()))
    assert (found.areas, found.reasons, found.left_out) == (len(EVERYWHERE), (), {})
    made = dict(zip(cases, leave_one_out(family, tuple(cases.values())), strict=True))
    inside = 0
    for area, one in made.items():
        assert not isinstance(one, str)
        inside += one.lower <= cases[area].x <= one.upper
        if area in found.boroughs:
            expected = found.boroughs[area].expected
            assert expected is not None
            measure = found.data.indicator.measure
            for printed, count in zip(expected[:3], (one.expected, one.lower, one.upper), strict=True):
                exact = count / cases[area].n * measure.multiplier
                assert abs(float(printed.plain) - exact) <= 0.5 * 10**-measure.dp + 1e-9
            x = cases[area].x
            assert expected.standing == ("higher" if x > one.upper else "lower" if x < one.lower else "within")
    assert found.inside == inside


@KINDS
@pytest.mark.parametrize("mark", MARKS)
def test_a_figure_that_is_not_shown_does_not_enter_and_changes_nothing_but_who_is_in(kind: str, mark: str) -> None:
    """The model is that of a country without the place."""
    counts = country(kind)
    gone = {area: pair for area, pair in counts.items() if area != OTHERS[5]}
    hidden = model(kind, {**counts, OTHERS[5]: (mark, counts[OTHERS[5]][1])})
    without = model(kind, gone)
    assert hidden.areas == len(EVERYWHERE) - 1
    assert (hidden.fit, hidden.residuals, hidden.boroughs) == (without.fit, without.residuals, without.boroughs)
    reason = {"c": p.HIDDEN, "z": p.NOTHING}.get(mark, p.MISSING)
    assert hidden.left_out == {reason: (OTHERS[5],)}


@KINDS
def test_a_borough_with_a_hidden_figure_has_no_expectation_and_one_wording(kind: str) -> None:
    counts = country(kind)
    found = model(kind, {**counts, BOROUGHS[4]: ("c", counts[BOROUGHS[4]][1])})
    one = found.boroughs[BOROUGHS[4]]
    assert (one.expected, one.reason) == (None, p.HIDDEN)
    area = areas().by_code[BOROUGHS[4]]
    assert words.sentence(area, found).endswith("the figure is hidden to protect children.")
    row = next(
        r
        for r in csv.DictReader(io.StringIO(boroughs_csv([found], dict.fromkeys(EVERYWHERE, "A place")).decode()))
        if r["area"] == area.code
    )
    assert [row[name] for name in ("numerator", "value", "expected", "lower_95", "upper_95")] == [""] * 5
    assert (row["withheld"], row["standing"], row["not_expected_because"]) == ("c", "not-compared", "hidden")


def test_a_hidden_denominator_hides_too() -> None:
    counts = country("proportion")
    found = model("proportion", {**counts, OTHERS[5]: (counts[OTHERS[5]][0], "c")})
    assert found.left_out == {p.HIDDEN: (OTHERS[5],)}


def test_a_rate_that_its_publisher_withholds_does_not_enter() -> None:
    """Though its count is printed: nobody but the publisher says that it may be used."""
    counts = country("rate")
    made = usual("rate")
    key = CellKey(CODE, 1, OTHERS[5], PERIOD, "total", "published", "all")
    more = PublicCells.of([*made.package.cells, Cell(key, "", "u", "")])
    again = predict(
        made.data, dataclasses.replace(made.package, cells=more), made.covariate,
        {"mye": Populations("mye", {(a, YEAR, "0-17"): int(n) for a, (_, n) in counts.items()})},
        dict.fromkeys(EVERYWHERE, ""),
    )  # fmt: skip
    assert again.left_out == {p.MISSING: (OTHERS[5],)}


def test_places_without_a_covariate_a_population_or_cases_are_left_out_with_their_reason() -> None:
    counts = country("rate")
    scores = {area: score for area, score in SCORES.items() if area != OTHERS[1]}
    found = model("rate", {**counts, OTHERS[2]: (counts[OTHERS[2]][0], "x")}, scores)
    assert found.left_out == {p.NO_COVARIATE: (OTHERS[1],), p.NO_PEOPLE: (OTHERS[2],)}
    none = model("proportion", {**country("proportion"), OTHERS[3]: ("0", "0")})
    assert none.left_out == {p.NOTHING: (OTHERS[3],)}
    told = words.left_out(found, {OTHERS[1]: "Newtown", OTHERS[2]: "Oldtown"})
    assert told == ("Newtown (newer than the measure of rain); Oldtown (no population estimate)")


def test_totals_and_other_places_do_not_enter() -> None:
    counts = country("rate")
    more = {**counts, "E12000007": ("9000", "1800000"), "E09000021 / E09000027": ("90", "8000")}
    found = model("rate", more)
    assert (found.fit, found.left_out) == (usual("rate").fit, {})


# ---- silence


@KINDS
def test_each_reason_for_showing_nothing(kind: str) -> None:
    counts = country(kind)
    few = dict(list(counts.items())[:99])
    assert model(kind, few).reasons == (p.TOO_FEW_AREAS,)
    just = model(kind, dict(list(counts.items())[:100]))
    assert just.reasons == ()
    flat = model(kind, country(kind, slope=0, noise=0.3))
    assert flat.reasons == (p.TOO_LITTLE, p.UNCLEAR)
    weak = model(kind, country(kind, slope=0.008, noise=0.3))
    assert weak.reasons == (p.TOO_LITTLE,)
    one = model(kind, counts, dict.fromkeys(EVERYWHERE, Fraction(7)))
    assert one.reasons == (p.NOT_SETTLED,)
    for made in (model(kind, few), flat, weak, one):
        assert {b.reason for b in made.boroughs.values()} == {p.MODEL}
        assert (made.residuals, made.inside) == ((), 0)
        assert not any(b.expected for b in made.boroughs.values())
        assert words.heading(made) == "Rain alone says too little to expect anything"


def test_reasons_are_told_with_their_numbers() -> None:
    flat = model("rate", country("rate", slope=0, noise=0.3))
    told = words.reasons(flat)
    assert flat.fit is not None
    share = re.match(r"rain explains (\d+\.\d)% of the differences between authorities, and we ask for 10%; ", told)
    assert share is not None
    assert abs(float(share[1]) - 100 * flat.fit.explained) <= 0.05
    assert told.endswith("it is not clear whether the figure rises or falls with rain")
    few = model("rate", dict(list(country("rate").items())[:99]))
    assert words.reasons(few) == "only 99 authorities have a figure, and we ask for 100"
    still = model("rate", country("rate"), dict.fromkeys(EVERYWHERE, Fraction(7)))
    assert words.reasons(still) == "no line could be fitted"
    camden = areas().by_slug["camden"]
    assert words.sentence(camden, few) == (
        "We do not say what rain alone would lead one to expect of Camden: only 99 authorities have a figure, and we ask "
        "for 100."
    )


@KINDS
@pytest.mark.parametrize(("small", "reason"), [((CITY,), p.SMALL_PLACE), ((), "")])
def test_a_place_too_small_to_be_compared_is_not(kind: str, small: tuple[str, ...], reason: str) -> None:
    found = model(kind, country(kind), small=small)
    assert found.boroughs[CITY].reason == reason
    assert (found.boroughs[CITY].expected is None) == bool(reason)
    assert found.areas == len(EVERYWHERE)  # its figure is printed, so it is in the fit


@pytest.mark.parametrize(("cases", "reason"), [(19, p.FEW_CASES), (20, "")])
def test_a_percentage_of_few_cases_is_not_compared(cases: int, reason: str) -> None:
    found = model("proportion", {**country("proportion"), CITY: ("2", str(cases))})
    assert found.boroughs[CITY].reason == reason
    assert (found.boroughs[CITY].expected is None) == bool(reason)


def test_a_covariate_that_is_not_there_is_named() -> None:
    without = dataclasses.replace(committed(), covariates={})
    with pytest.raises(ConfigurationError) as caught:
        without._covariate(without.catalogue["N06"])
    assert caught.value.findings[0].where.file.startswith("content/indicators/n06-")


# ---- words


_SENTENCE = re.compile(
    r"(?P<name>.+)’s? (?:rate|percentage) (?:in|at) .+ was (?P<observed>[\d,.]+)(?:%| per 10,000): "
    r"(?P<standing>higher than|within|lower than) what \w+ alone would lead one to expect "
    r"\((?P<expected>[\d,.]+)(?:%| per 10,000), 95% interval (?P<lower>[\d,.]+) to (?P<upper>[\d,.]+)\)\."
)


def check_sentences(found: Model) -> int:
    """Every sentence, read back, says the figures of its borough. How many there are."""
    many = 0
    for code, one in found.boroughs.items():
        told = words.sentence(areas().by_code[code], found)
        match = _SENTENCE.fullmatch(told)
        assert (match is not None) == (one.expected is not None), told
        if match is not None and one.expected is not None:
            many += 1
            assert match["name"].removeprefix("The ") == areas().by_code[code].name
            assert match["observed"] == one.observed.text
            assert match["standing"].split()[0] == one.expected.standing
            assert (match["expected"], match["lower"], match["upper"]) == tuple(f.text for f in one.expected[:3])
    return many


@KINDS
@pytest.mark.parametrize("noise", [0.02, 0.4])
def test_a_sentence_says_the_figures_it_is_made_of(kind: str, noise: float) -> None:
    found = model(kind, country(kind, slope=0.06, noise=noise))
    assert check_sentences(found) == len(BOROUGHS)


def changed(high: int, low: int) -> Model:
    """A model in which some boroughs lie far above and some far below."""
    counts = country("rate", slope=0.06, noise=0.02)
    for place, area in enumerate(BOROUGHS[1 : 1 + high + low]):
        x, n = counts[area]
        counts[area] = (str(int(x) * 2 if place < high else int(x) // 3), n)
    return model("rate", counts)


@pytest.mark.parametrize(
    ("high", "low", "heading"),
    [
        (2, 1, "Given rain alone, two boroughs are higher and one lower than expected"),
        (1, 2, "Given rain alone, one borough is higher and two lower than expected"),
        (1, 0, "Given rain alone, one borough is higher than expected"),
        (0, 2, "Given rain alone, two boroughs are lower than expected"),
    ],
)
def test_a_heading_says_how_many_lie_outside(high: int, low: int, heading: str) -> None:
    found = changed(high, low)
    assert [words._many(found, which) for which in (p.HIGHER, p.LOWER)] == [high, low]
    assert words.heading(found) == heading
    assert len(heading.split()) <= 12
    told = words.summary(found, areas().by_code)
    names = sorted(areas().by_code[area].name for area in BOROUGHS[1 : 1 + high])
    if high:
        assert told.startswith(f"Higher than what rain alone would lead one to expect: {' and '.join(names)}. ")
    assert f" {33 - high - low} of the 33 boroughs compared lie within it. " in f" {told}"
    assert told.endswith(words.CHANCE)


def test_when_nobody_lies_outside() -> None:
    spread = model("rate", country("rate", slope=0.06, noise=0.15))
    calm = dataclasses.replace(
        spread,
        boroughs={
            code: one._replace(expected=one.expected._replace(standing=p.WITHIN)) if one.expected else one
            for code, one in spread.boroughs.items()
        },
    )
    assert words.heading(calm) == "Given rain alone, no borough is higher or lower than expected"
    assert words.summary(calm, areas().by_code).startswith(
        "All the 33 boroughs compared lie within what rain alone would lead one to expect."
    )


def test_the_share_inside_is_told_whole_and_by_size() -> None:
    found = usual("rate")
    match = re.fullmatch(
        r"(\d+) of 132 English authorities \(([\d.]+)%\) lie within their intervals\.", words.covered(found)
    )
    assert match is not None
    assert int(match[1]) == found.inside
    thirds = re.findall(r"(\d+) of (\d+)", words.by_size(found))
    assert sum(int(inside) for inside, _ in thirds) == found.inside
    assert [int(size) for _, size in thirds] == [44, 44, 44]
    sizes = [one.size for one in found.residuals]
    assert sizes == sorted(sizes)


# ---- the committed packages


@cache
def committed() -> Inputs:
    return everything()


MEASURED = {
    # areas in the fit, share explained (%), dispersion, authorities inside, London boroughs outside
    "N06": (145, 37.2, 120.7, 137, {"Croydon", "Lambeth"}),
    "N07": (144, 26.5, 381.8, 137, {"Croydon"}),
    "N08a": (144, 27.1, 174.0, 137, {"Croydon"}),
    "N08b": (145, 27.9, 49.9, 135, {"Bromley", "Wandsworth"}),
    "N09c": (144, 34.9, 29.3, 137, {"Croydon"}),
}
SILENT = {"N13": (2.9, (p.TOO_LITTLE,)), "N17": (0.3, (p.TOO_LITTLE, p.UNCLEAR)), "N19": (5.2, (p.TOO_LITTLE,))}


@pytest.mark.parametrize("code", MEASURED)
def test_p41_what_the_models_of_the_national_series_say(code: str) -> None:
    found = committed().predictions[code]
    assert isinstance(found.fit, Fit)
    outside = {
        areas().by_code[area].name
        for area, one in found.boroughs.items()
        if one.expected and one.expected.standing != p.WITHIN
    }
    told = (found.areas, round(100 * found.fit.explained, 1), round(found.fit.phi, 1), found.inside, outside)
    assert told == MEASURED[code]
    assert check_sentences(found) in (31, 32)


def test_no_sentence_praises_blames_or_sets_a_target() -> None:
    inputs = committed()
    for found in inputs.predictions.values():
        told = [words.heading(found), words.summary(found, areas().by_code), words.reasons(found)]
        told += [words.sentence(area, found) for area in areas().boroughs]
        told += [words.left_out(found, inputs.authorities)]
        if found.is_shown:
            told += [str(row.text) for row in predicted._card(inputs, found)[:-1]]  # the last says what it is not
        assert not barred_words(" ".join(told))
        assert not re.search(r"\b(?:targets?|performance|significant\w*|should)\b", " ".join(told), re.IGNORECASE)


@pytest.mark.parametrize("code", SILENT)
def test_p41_what_explains_too_little_is_not_shown(code: str) -> None:
    found = committed().predictions[code]
    assert found.fit is not None
    assert (round(100 * found.fit.explained, 1), found.reasons) == SILENT[code]


def test_every_series_that_is_declared_has_a_model_and_no_other() -> None:
    declared = [code for code, one in committed().catalogue.items() if one.predict]
    assert list(committed().predictions) == declared == [*MEASURED, *SILENT]
    assert all(committed().catalogue[code].measure.kind in (Kind.RATE, Kind.PROPORTION) for code in declared)


def test_counts_of_the_models_are_those_of_the_pages() -> None:
    for found in committed().predictions.values():
        for area, one in found.boroughs.items():
            point = found.data.points[area, found.period]
            assert (one.observed, one.numerator, one.denominator) == (point.value, point.numerator, point.denominator)
            assert one.expected is None or point.value.is_shown


def test_the_tables_hold_every_borough_and_every_model_and_no_strange_number() -> None:
    models = tuple(committed().predictions.values())
    names = {**committed().authorities, **{area.code: area.name for area in areas().all}}
    first, second = boroughs_csv(models, names).decode(), models_csv(models).decode()
    assert not re.search(r"nan|inf|-0\.0+\b", first + second, re.IGNORECASE)
    first_rows = list(csv.DictReader(io.StringIO(first)))
    assert len([row for row in first_rows if row["area"].startswith("E09")]) == 33 * len(models)
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(second))}
    assert rows["N06"]["deviance_explained"] == "0.372"
    assert (rows["N06"]["shown"], rows["N13"]["shown"], rows["N13"]["inside"]) == ("true", "false", "")


def test_every_dot_of_a_drawing_has_a_row_of_its_counts_and_of_its_distance() -> None:
    inputs = committed()
    names = {**inputs.authorities, **{area.code: area.name for area in areas().all}}
    told = list(csv.DictReader(io.StringIO(boroughs_csv(inputs.predictions.values(), names).decode())))
    assert len({(row["indicator"], row["area"]) for row in told}) == len(told)
    for code, found in inputs.predictions.items():
        rows = {row["area"]: row for row in told if row["indicator"] == code}
        assert set(rows) == {one.area for one in found.residuals} | set(found.boroughs)
        for one in found.residuals:
            row = rows[one.area]
            assert (row["numerator"], row["denominator"]) == (str(one.case.x), str(one.case.n))
            assert abs(float(row["share_of_interval"]) - one.share) <= 0.005
            printed = found.package.cells.of_indicator(code).frame
            (published,) = printed[
                (printed["area"] == one.area)
                & (printed["period"] == str(found.period))
                & (printed["measure"] == "published")
            ]["value"]
            assert float(row["value"]) == float(published)
            if one.area not in found.boroughs and not one.reason:
                away = float(row["share_of_interval"])
                side = "higher" if away > 1 else "lower" if away < -1 else "within"
                assert row["standing"] == side or abs(abs(away) - 1) < 0.005


def test_a_card_has_every_field() -> None:
    inputs = committed()
    for code in MEASURED:
        terms = [row.term for row in predicted._card(inputs, inputs.predictions[code])]
        assert terms == [
            "Figure", "Set beside", "Authorities", "Kind of model", "Line", "Share explained", "Dispersion", "Interval",
            "Does it hold?", "Date", "What it is not",
        ]  # fmt: skip


def test_what_rests_on_the_covariate_prints_its_attribution() -> None:
    inputs = committed()
    for code in (*MEASURED, "N09a"):
        lines = predicted.attribution(inputs, code)
        assert len(lines) == len(set(lines))
        assert any("English indices of deprivation 2019" in line for line in lines) == (code in MEASURED)
        assert any("Department for Education" in line for line in lines)


def test_every_dot_of_the_plot_lies_inside_it() -> None:
    for code in MEASURED:
        found = committed().predictions[code]
        for plot in (relation(found), residuals(found)):
            dots = re.findall(r"M(\d+) (\d+)h", plot.usual + plot.dark)
            assert len(dots) == found.areas
            assert all(0 <= int(x) <= 320 and 0 <= int(y) <= 200 for x, y in dots)
            heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", plot.band + plot.lines)]
            assert all(0 <= y <= 200 for y in heights)
        boroughs = re.findall("M", relation(found).dark)
        assert len(boroughs) == sum(one.area in found.boroughs for one in found.residuals)
        assert len(re.findall("M", residuals(found).dark)) == found.areas - found.inside


def test_the_line_of_the_plot_is_the_fit() -> None:
    found = usual("rate")
    assert found.fit is not None
    plot = relation(found)
    top = max(float(label.text.replace(",", "")) for label in plot.heights)
    scores = [one.case.covariate for one in found.residuals]
    ends = re.findall(r"[ML]([\d.]+) ([\d.]+)", plot.lines)
    for (_, height), score in ((ends[0], min(scores)), (ends[-1], max(scores))):
        expected = found.fit.expected(1, score) * found.data.indicator.measure.multiplier
        assert float(height) == pytest.approx(200 - 200 * expected / top, abs=0.06)
