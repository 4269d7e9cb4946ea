"""Coordinates of drawings: scales, bars, spines, sparklines, tiles, strips, lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.published.charts import geometry
from site_builder.published.charts.lines import Step, line_drawings, spread
from site_builder.published.charts.strip import Spot, strip
from site_builder.published.charts.tiles import TileFact, mark, tile_map
from site_builder.release.reference import load_areas
from site_builder.vocabulary.here import HERE

ROOT = Path(__file__).parents[2]
AREAS = load_areas(ROOT)


@pytest.mark.parametrize(
    ("values", "top", "words"),
    [
        ([64.4], 80, "0 20 40 60 80"),
        ([45.9, 52.4], 60, "0 20 40 60"),
        ([60.0], 60, "0 20 40 60"),
        ([60.1], 80, "0 20 40 60 80"),
        ([81.0], 100, "0 20 40 60 80 100"),
        ([0.31], 0.4, "0.0 0.1 0.2 0.3 0.4"),
        ([101.0], 120, "0 20 40 60 80 100 120"),
        ([121.0], 150, "0 50 100 150"),
        ([2.01], 2.5, "0.0 0.5 1.0 1.5 2.0 2.5"),
        ([251.0], 300, "0 100 200 300"),
        ([8958], 10000, "0 2,000 4,000 6,000 8,000 10,000"),
        ([0.0], 1, "0.0 0.2 0.4 0.6 0.8 1.0"),
        ([], 1, "0.0 0.2 0.4 0.6 0.8 1.0"),
        ([0.004], 0.004, "0.000 0.001 0.002 0.003 0.004"),
        ([1.7], 2, "0.0 0.5 1.0 1.5 2.0"),
    ],
)
def test_a_scale_ends_at_a_round_number(values: list[float], top: float, words: str) -> None:
    made = geometry.scale(values)
    assert made.top == top
    assert " ".join(tick.words for tick in made.ticks) == words


@given(st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1))
def test_a_scale_holds_every_value_and_is_at_most_a_third_longer(values: list[float]) -> None:
    made = geometry.scale(values)
    highest = max(values)
    assert made.top >= highest
    assert highest == 0 or made.top <= highest * 4 / 3 * 1.0000001
    assert made.ticks[0] == (0.0, made.ticks[0].words)
    assert made.ticks[-1].place == 1


def test_a_bar_has_its_length_and_its_interval() -> None:
    of = geometry.scale([80.0])
    bar = geometry.bar(27.4, of, "edge", (23.6, 31.7), open_end=True)
    assert bar == ("edge", "34.25", "29.5", "39.63", True)
    assert geometry.bar(0.0, of, "usual") == ("usual", "0", "", "", False)
    assert geometry.grid(of) == "M25 0V30M50 0V30M75 0V30"


def test_a_spine_is_centred_on_london_and_scaled_by_the_middle_half() -> None:
    made = geometry.spine(46.0, 42.0, (38.0, 46.0), neighbours=44.0, interval=(41.0, 51.0), shade="edge")
    assert made is not None
    assert made.london == "50"
    assert made.band == ("35", "30")
    assert made.x == "65"
    assert made.neighbours == "57.5"
    assert (made.low, made.high, made.beyond) == ("46.25", "83.75", "")


@pytest.mark.parametrize(("value", "side", "x"), [(500.0, "right", "97"), (0.0, "left", "3")])
def test_a_value_off_the_spine_stands_at_its_edge(value: float, side: str, x: str) -> None:
    made = geometry.spine(value, 42.0, (40.0, 44.0))
    assert made is not None
    assert (made.beyond, made.x) == (side, x)


def test_no_spine_without_a_middle_half() -> None:
    assert geometry.spine(1.0, 1.0, (1.0, 1.0)) is None


def test_a_sparkline_breaks_at_a_gap_and_needs_two_figures() -> None:
    made = geometry.sparkline([1.0, 2.0, None, 3.0, 4.0], "words")
    assert made is not None
    assert made.path.count("M") == 2
    assert (made.x, made.y) == ("76", "4")
    assert geometry.sparkline([None, 1.0], "words") is None
    level = geometry.sparkline([5.0, 5.0], "words")
    assert level is not None
    assert level.path == "M4 12L76 12"


def test_pieces_stop_at_gaps_and_before_breaks() -> None:
    points = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), None, (4.0, 4.0)]
    assert geometry.pieces(points) == ("M0 0L1 1L2 2",)
    assert geometry.pieces(points, frozenset({1})) == ("M1 1L2 2",)


def _facts(shade: str = "plain") -> list[TileFact]:
    made = []
    for area in AREAS.boroughs:
        assert area.tile is not None
        made.append(TileFact(area.slug, area.tile, f"{area.slug}.html", area.name, "", "", shade, ""))
    return made


def test_every_borough_has_a_square_of_its_own_and_three_letters() -> None:
    drawn = tile_map("Find", "Map", "", _facts())
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 33
    assert sorted(HERE.letters) == sorted(area.slug for area in AREAS.boroughs)
    assert len(set(HERE.letters.values())) == 33
    assert all(tile.label.startswith(tile.letters) for tile in drawn.tiles)


def test_two_boroughs_on_one_square_are_refused() -> None:
    facts = _facts()
    with pytest.raises(ValueError, match="one square"):
        tile_map("Find", "Map", "", [facts[0], facts[1]._replace(place=facts[0].place)])


def test_the_icon_is_the_mark_of_the_areas_package() -> None:
    drawn = mark({area.slug: area.tile for area in AREAS.boroughs if area.tile})
    icon = (ROOT / "templates/assets/icon.svg").read_text(encoding="utf-8")
    assert f'd="{drawn.city}"' in icon
    assert f'd="{drawn.others}"' in icon
    assert drawn.others.count("M") == 32


SPOTS = [
    Spot("Bexley", 26.9, "out"),
    Spot("Camden", 40.0, "usual"),
    Spot("Brent", 58.0, "edge"),
    Spot("Croydon", 64.4, "out"),
]


def test_the_strip_names_the_outermost_and_draws_them_last() -> None:
    wide, narrow = strip(SPOTS, geometry.scale([70.0]), (42.1, "London 42.1"), (37.9, 45.9))
    assert [label.text for label in wide.names] == ["Bexley", "Croydon"]
    assert [mark_.shade for mark_ in wide.marks] == ["usual", "edge", "out", "out"]
    assert wide.london is not None
    assert wide.london.text == "London 42.1"
    assert (wide.width, narrow.width) == ("760", "335")


def test_the_strip_leaves_out_a_name_that_would_touch_london() -> None:
    spots = [Spot("Bexley", 43.0, "out"), Spot("Croydon", 64.4, "out")]
    wide, _ = strip(spots, geometry.scale([70.0]), (42.1, "London 42.1"), None)
    assert [label.text for label in wide.names] == ["Croydon"]
    assert wide.band is None


def _steps(*values: float | None) -> list[Step]:
    return [Step(str(2018 + place), value, 40.0) for place, value in enumerate(values)]


def test_a_line_breaks_at_a_hidden_value_and_marks_each_shown_one() -> None:
    drawn = line_drawings(_steps(40.0, 42.0, None, 44.0, 45.0), "Camden 45.0", "London 40.0")
    assert drawn is not None
    wide, narrow = drawn
    assert len(wide.paths) == 2
    assert len(wide.points) == 4
    assert len(wide.compare) == 1
    assert wide.area_label is not None
    assert narrow.area_label is not None
    assert narrow.london_label is not None
    assert narrow.area_label.anchor == "end"
    assert float(narrow.london_label.y) - float(narrow.area_label.y) >= 40


def test_a_hidden_last_value_leaves_no_label_and_no_coordinate() -> None:
    drawn = line_drawings(_steps(40.0, 42.0, None), "Camden", "London 40.0")
    assert drawn is not None
    assert drawn[0].area_label is None
    assert len(drawn[0].points) == 2


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    drawn = line_drawings(_steps(40.0, 40.5), "Camden 40.5", "London 40.0")
    assert drawn is not None
    area, london = drawn[0].area_label, drawn[0].london_label
    assert area is not None
    assert london is not None
    assert float(london.y) - float(area.y) >= 20


def test_one_shown_value_is_no_line() -> None:
    assert line_drawings(_steps(None, 40.0), "Camden", "London") is None


def test_a_change_of_definition_stops_the_line() -> None:
    steps = [
        Step("a", 1.0, 1.0),
        Step("b", 2.0, 1.0),
        Step("c", 3.0, 1.0, break_words="Changed", broken=True),
        Step("d", 3.0, 1.0),
    ]
    drawn = line_drawings(steps, "", "")
    assert drawn is not None
    assert len(drawn[0].paths) == 2
    assert [label.text for label in drawn[0].breaks] == ["Changed"]


@pytest.mark.parametrize(
    ("length", "most", "places"),
    [
        (3, 5, (0, 1, 2)),
        (11, 5, (0, 5, 10)),
        (8, 5, (1, 3, 5, 7)),
        (8, 3, (1, 4, 7)),
        (9, 5, (0, 2, 4, 6, 8)),
        (2, 3, (0, 1)),
    ],
)
def test_labels_are_evenly_spread(length: int, most: int, places: tuple[int, ...]) -> None:
    assert spread(length, most) == places


@pytest.mark.parametrize(("value", "ticks"), [(91.0, "0 20 40 60 80 100"), (93.0, "0 20 40 60 80 100 120")])
def test_a_scale_goes_on_by_a_tick_where_room_is_wanted(value: float, ticks: str) -> None:
    of = geometry.with_room(geometry.scale([95.0]), [value, 3.0], 0.08)
    assert " ".join(tick.words for tick in of.ticks) == ticks
    assert of.ticks[-1].place == 1
    assert of.place(value) <= 0.92


def test_a_scale_with_small_steps_goes_on_by_one_of_them() -> None:
    of = geometry.with_room(geometry.scale([0.0058]), [0.0058], 0.08)
    assert [tick.words for tick in of.ticks] == ["0.000", "0.002", "0.004", "0.006", "0.008"]
    assert of.top == 0.008
