"""The funnel: its curves against other code, its specification, what it draws, names and says, and its files."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
import random
import re
import struct
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import altair as alt
import pytest

from site_builder.published import funnel_words
from site_builder.published.charts import funnel_curves as curves
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.draw import picture
from site_builder.published.charts.funnel import NARROW, WIDE, FunnelPoint, FunnelWords, fill, spec
from site_builder.published.charts.trend_rows import Layout
from site_builder.published.compose.by_rate import has_twin, orders
from site_builder.published.downloads.funnel import funnel_csv
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData
from site_builder.published.unusual import Compared, compared, limits_of
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.funnels import Funnel, Transform, outside_plain
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import significant
from tests.browser.samples.unusual import LIMITS, POINTS, unusual
from tests.factories import BOROUGHS, CITY, areas, counts, figures, indicator
from tests.published.held import everything

ROOT = Path(__file__).parents[2]
YEAR = "2024-25"
CAPTION = Caption("H", "Rate, each year", "Release 2024-25-Q4", invented=True)
WORDS = FunnelWords("T", "D", "Children", "London 42.1", "S.", unusual().chart.table, CAPTION)
NAMES = {area.code: area.name for area in areas().all}


class _Places:
    """As much of the inputs as a funnel asks for."""

    areas = areas()


def data_of(table: Mapping[str, tuple[str, str] | str], kind: str = "proportion", compare: str = "") -> IndicatorData:
    return figures(counts(YEAR, table), indicator(kind, compare=compare))


def shares(number: int, *, odd: str = "90", hidden: tuple[str, ...] = ()) -> dict[str, tuple[str, str] | str]:
    """Shares of ``number`` boroughs after City of London: 20 to 26 of 100, the last one ``odd``."""
    table: dict[str, tuple[str, str] | str] = {
        code: (str(20 + k % 7), str(100 + k % 9)) for k, code in enumerate(BOROUGHS[1 : number + 1])
    }
    table[BOROUGHS[number]] = (odd, "120")
    table[LONDON] = ("700", "3000")
    return {**table, **dict.fromkeys(hidden, ("c", "c"))}


def found(data: IndicatorData) -> Compared | None:
    return compared(_Places, data, Period.parse(YEAR))  # type: ignore[arg-type]  # the areas alone are asked for


# ---- curves


@pytest.mark.parametrize("size", [900.0, 5_000.0, 64_000.0, 500_000.0])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_a_plain_curve_of_a_rate_passes_between_the_counts_that_the_exact_limits_name(
    size: float, confidence: float
) -> None:
    stats = pytest.importorskip("scipy.stats")
    centre, tail = 0.0021, (1 - confidence) / 2
    found = curves.chance_at(centre, Transform.SQUARE_ROOT, size, confidence)
    expected = centre * size
    upper = next(x for x in range(1, 10**6) if stats.chi2.ppf(tail, 2 * x) / 2 > expected)
    lower = next(x for x in range(10**6) if stats.chi2.ppf(1 - tail, 2 * x + 2) / 2 > expected)
    assert upper - 1 - 0.01 * upper <= found.upper * size <= upper + 0.01 * upper
    assert lower - 1 - 0.01 * lower - 1e-9 <= found.lower * size <= lower + 0.01 * lower


def test_a_point_lies_outside_the_plain_curve_exactly_when_its_own_interval_leaves_the_centre_out() -> None:
    draw = random.Random(7)
    checked = {Transform.ARCSINE: 0, Transform.SQUARE_ROOT: 0}
    for _ in range(600):
        n, centre = draw.randrange(300, 90_000), draw.uniform(0.001, 0.02)
        x = max(0, round(n * centre + draw.uniform(-5, 5) * math.sqrt(n * centre)))
        limits = curves.chance_at(centre, Transform.SQUARE_ROOT, n, 0.95)
        side = -1 if x / n < limits.lower else 1 if x / n > limits.upper else 0
        assert side == outside_plain(x, n, centre, Transform.SQUARE_ROOT, 0.95)
        checked[Transform.SQUARE_ROOT] += side != 0
    assert checked[Transform.SQUARE_ROOT] > 100


def test_adjusted_curves_are_those_of_the_funnel_and_wider_than_chance() -> None:
    made = Funnel(Transform.SQUARE_ROOT, 0.0042, 5.0, 0.01, 30)
    along = curves.sizes(20_000, 100_000)
    assert along[0] == pytest.approx(20_000)
    assert along[-1] == pytest.approx(100_000)
    for at in curves.usual(made, along):
        chance = curves.chance_at(0.0042, Transform.SQUARE_ROOT, at.size, 0.95)
        assert at.far.lower < at.near.lower < chance.lower < 0.0042 < chance.upper < at.near.upper < at.far.upper


# ---- the specification


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_filled_specification_is_valid_and_the_empty_one_is_left_alone(layout: Layout) -> None:
    before = json.dumps(spec(layout), sort_keys=True)
    alt.LayerChart.from_dict(fill(spec(layout), POINTS, LIMITS, WORDS, layout))
    assert json.dumps(spec(layout), sort_keys=True) == before


def test_every_borough_is_drawn_once_by_its_shade_and_named_only_beyond_the_outer_limits() -> None:
    rows = fill(spec(WIDE), POINTS, LIMITS, WORDS, WIDE)["datasets"]
    drawn = {shade: sorted(row["y"] for row in rows[shade]) for shade in ("usual", "edge", "out")}
    assert drawn == {s: sorted(p.value for p in POINTS if p.shade == s) for s in ("usual", "edge", "out")}
    assert {row["words"] for row in rows["names"]} <= {p.name for p in POINTS if p.shade == "out"}
    assert rows["names"]


def test_names_that_would_touch_stand_apart_or_stay_out() -> None:
    points = [FunnelPoint(f"Borough {k}", 50_000, 80.0 + k / 10, "out") for k in range(4)]
    names = fill(spec(WIDE), points, LIMITS, WORDS, WIDE)["datasets"]["names"]
    assert len(names) == 2
    assert {row["dy"] for row in names} == {-12, 24}


def test_without_an_over_dispersed_funnel_only_limits_of_chance_are_drawn() -> None:
    plain = LIMITS._replace(funnel=None)
    rows = fill(spec(WIDE), [p._replace(shade="usual") for p in POINTS], plain, WORDS, WIDE)["datasets"]
    assert rows["band"] == rows["edges"] == rows["names"] == []
    assert {row["run"] for row in rows["chance"]} == {0, 1, 2, 3}


def test_a_drawing_keeps_its_budget_and_what_is_cut_to_its_frame() -> None:
    chart = unusual().chart
    for made in (chart.wide, chart.narrow):
        assert len(made) < 12_288
        ids = set(re.findall(r'<clipPath id="([^"]+)"><rect', made))
        assert ids
        assert set(re.findall(r'clip-path="url\(#([^)]+)\)"', made)) == ids
        assert made.count('fill="var(--out)"') == sum(p.shade == "out" for p in POINTS)
    assert not re.search(r"\bNaN|-0\.0\b|inf\b", chart.spec.decode())


# ---- what it is drawn from


def test_city_of_london_and_hidden_boroughs_take_no_part() -> None:
    table = {**shares(30, hidden=(BOROUGHS[3],)), CITY: ("30", "60")}
    made = found(data_of(table))
    assert made is not None
    assert {p.area for p in made.points} == set(BOROUGHS[1:31]) - {BOROUGHS[3]}
    assert made.small == (NAMES[CITY],)
    assert made.limits.centre == pytest.approx(700 / 3000)
    assert isinstance(made.limits.funnel, Funnel)


@pytest.mark.parametrize(
    ("number", "drawn", "labelled"), [(9, False, False), (10, True, False), (19, True, False), (20, True, True)]
)
def test_under_ten_none_under_twenty_chance_alone(number: int, drawn: bool, labelled: bool) -> None:
    made = found(data_of(shares(number)))
    assert (made is not None) == drawn
    assert bool(made and made.limits.funnel) == labelled


def test_counts_equal_figures_and_a_centre_at_the_end_have_none() -> None:
    assert found(data_of(dict.fromkeys(BOROUGHS[1:31], ("20", "100")))) is None
    assert found(data_of({**shares(30), LONDON: ("0", "4000")})) is None
    assert found(data_of(shares(30), compare='funnel = "none"')) is None
    assert found(figures(counts(YEAR, dict.fromkeys(BOROUGHS, "20")), indicator("count"))) is None


def test_nothing_changes_with_which_boroughs_are_left_without_a_printed_count() -> None:
    """The drawing is a function of the printed cells: hidden, withdrawn and missing neighbours look the same to it."""
    drawn = []
    for mark in ("c", "x", "u"):
        made = found(data_of({**shares(30), BOROUGHS[3]: (mark, mark)}))
        assert made is not None
        drawn.append(([(p.area, p.variation, limits_of(p, made.limits)) for p in made.points], made.limits))
    assert drawn[0] == drawn[1] == drawn[2]


def test_limits_in_the_table_are_the_ones_that_label() -> None:
    made = found(data_of(shares(30)))
    assert made is not None
    seen = set()
    for point in made.points:
        near, far = limits_of(point, made.limits)
        value = float(Fraction(point.numerator.plain) / Fraction(point.denominator.plain) * 100)
        code = "within"
        if not near.lower <= value <= near.upper:
            code = f"edge-{'high' if value > near.upper else 'low'}"
        if not far.lower <= value <= far.upper:
            code = f"out-{'high' if value > far.upper else 'low'}"
        assert code == point.variation
        seen.add(code)
    assert {"within", "out-high"} <= seen


# ---- words, read back


NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}


def read(word: str) -> int:
    return NUMBERS[word.lower()] if word.lower() in NUMBERS else int(word)


@pytest.mark.parametrize("odd", ["2", "26", "45", "90"])
def test_sentences_say_what_the_labels_say(odd: str) -> None:
    made = found(data_of(shares(30, odd=odd)))
    assert made is not None
    beyond = funnel_words.beyond(made.points, NAMES)
    out = sorted(NAMES[p.area] for p in made.points if p.variation.startswith("out"))
    edge = sum(p.variation.startswith("edge") for p in made.points)
    named = re.match(r"(.+?) lies? beyond the 99\.8% limits", beyond)
    assert named is not None
    told = [] if named[1] == "No borough" else re.split(r", (?=[A-Z])| and (?=[A-Z][a-z]+(?: |$))", named[1])
    assert told == out or " and ".join(told) == " and ".join(out)
    between = re.search(r"[,;] (?:and )?(\w+)(?: more)? lies? between", beyond)
    assert (read(between[1]) if between else 0) == edge
    heading = funnel_words.heading(made.points, own_centre=made.own_centre)
    share = sum(p.variation == "within" for p in made.points) / len(made.points)
    first = heading.split()[0]
    assert first == ("All" if share == 1 else "Most")
    assert len(heading.split()) <= 12


def test_a_heading_counts_those_beyond_when_they_are_most() -> None:
    made = found(data_of(shares(30)))
    assert made is not None
    few = [dataclasses.replace(p, variation="edge-high") for p in made.points[:5]]
    assert funnel_words.heading(few, own_centre=True) == "Five boroughs lie beyond the usual variation"
    none = [dataclasses.replace(p, variation="") for p in made.points[:12]]
    assert funnel_words.heading(none, own_centre=True) == "12 boroughs are drawn: too few to say who stands out"


@pytest.mark.parametrize(("value", "words"), [(0.0, "0"), (0.012345, "0.01235"), (0.0006, "0.0006000"), (1.5, "1.500")])
def test_tau_squared_has_four_figures(value: float, words: str) -> None:
    assert significant(value, 4) == words


# ---- pictures and files


def test_a_picture_is_kept_whole_and_drawn_again_when_damaged(tmp_path: Path) -> None:
    svg = unusual().chart.svg
    made = picture(svg, tmp_path)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", made[16:24]) == (1140, 810)
    (entry,) = tmp_path.iterdir()
    assert picture(svg, tmp_path) == made == picture(svg, None)
    entry.write_bytes(entry.read_bytes()[:-5])
    assert picture(svg, tmp_path) == made


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return everything()


def test_the_table_of_a_funnel_holds_every_borough_and_no_rank(inputs: Inputs) -> None:
    data = inputs.figures["SG08"]
    assert data.headline is not None
    rows = list(csv.DictReader(io.StringIO(funnel_csv(inputs, data, data.headline).decode())))
    assert [row["area"] for row in rows] == [*data.boroughs, LONDON]
    assert not [name for name in rows[0] if "rank" in name or "band" in name]
    for row in rows:
        assert bool(row["adjusted_z"]) == (row["not_drawn"] == "" and row["area"] != LONDON)
        assert row["withheld"] != "c" or not any(row[name] for name in row if name.startswith("funnel_"))


def test_orders_lead_to_each_other(inputs: Inputs) -> None:
    data = inputs.figures["SG08"]
    assert has_twin(data)
    assert not has_twin(inputs.figures["N25c"])
    assert [c.href for c in orders(data, by_rate=False)] == ["", "sg08-by-rate.html#boroughs"]
    assert [c.href for c in orders(data, by_rate=True)] == ["sg08.html#boroughs", ""]
