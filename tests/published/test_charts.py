"""True charts: one specification a width, figures swapped in, a small safe drawing, a cache that forgives damage."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import altair as alt
import pytest
import vl_convert

from site_builder.published.charts.caption import INVENTED, Caption
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.draw import DrawingError, cache_key, clean, drawing
from site_builder.published.charts.theme import STAND_INS
from site_builder.published.charts.trend import NARROW, WIDE, Layout, TrendPoint, TrendWords, fill, spec, trend
from site_builder.published.pages_parts import DataTable
from site_builder.published.tokens import read_tokens

ROOT = Path(__file__).parents[2]
CSS = (ROOT / "templates/assets/site.css").read_text(encoding="utf-8")
LIGHT = read_tokens(CSS).light
TABLE = DataTable("Rates", ("Year", "London"), (("2024", "43.9"),))
CAPTION = Caption("Plans & more (SG08)", "Rate, each year", "Release 2024-25-Q4", invented=True)
WORDS = TrendWords("Title", "Describes <it>", "London 42.1", "England 43.9", "Middle half", "It fell.", TABLE, CAPTION)
POINTS = tuple(
    TrendPoint(
        str(2018 + place),
        value,
        44.0,
        36.0,
        50.0,
        provisional=place == 5,
        break_words="Changed" if place == 2 else "",
        comparability="partial" if place == 2 else "full",
    )
    for place, value in enumerate((40.0, 41.0, 43.0, None, 42.5, 42.1))
)


@pytest.fixture(scope="module")
def chart() -> Chart:
    made = trend(POINTS, WORDS, uid="trend", light=LIGHT, cache=None)
    assert made is not None
    return made


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_filled_specification_is_valid_and_the_empty_one_is_left_alone(layout: Layout) -> None:
    before = json.dumps(spec(layout), sort_keys=True)
    filled = fill(spec(layout), POINTS, WORDS, layout)
    alt.LayerChart.from_dict(filled)
    assert json.dumps(spec(layout), sort_keys=True) == before
    domains = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in filled["layer"]
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert domains
    assert all(domain == [0, 50.0] for domain in domains)


def test_altair_runs_once_a_width_however_many_charts() -> None:
    trend(POINTS, WORDS, uid="a", light=LIGHT, cache=None)
    before = spec.cache_info().misses
    trend(POINTS[1:], WORDS, uid="b", light=LIGHT, cache=None)
    assert spec.cache_info().misses == before


def test_lines_stop_at_gaps_and_are_dashed_across_a_partial_change() -> None:
    rows = fill(spec(WIDE), POINTS, WORDS, WIDE)["datasets"]
    assert [(row["x"], row["run"]) for row in rows["london"]] == [(0, 0), (1, 0), (2, 1), (4, 2), (5, 2)]
    assert [row["x"] for row in rows["across"]] == [1, 2]
    assert [row["x"] for row in rows["provisional"]] == [5]
    assert [row["x"] for row in rows["london_dots"]] == [5, 2]  # the last, and one with no neighbour to be joined to
    assert rows["breaks"][0]["x"] == 1.5


def test_a_change_that_cannot_be_compared_across_is_not_joined() -> None:
    points = [
        TrendPoint("a", 1.0),
        TrendPoint("b", 2.0),
        TrendPoint("c", 3.0, comparability="none", break_words="New"),
        TrendPoint("d", 4.0),
    ]
    rows = fill(spec(WIDE), points, WORDS, WIDE)["datasets"]
    assert [row["run"] for row in rows["london"]] == [0, 0, 1, 1]
    assert rows["across"] == []


def test_one_figure_is_no_trend() -> None:
    assert trend((POINTS[0],), WORDS, uid="t", light=LIGHT, cache=None) is None


def test_a_drawing_is_small_plain_and_coloured_by_the_style_sheet(chart: Chart) -> None:
    for made in (chart.wide, chart.narrow):
        assert len(made) < 12_000
        assert not re.search(r"#[0-9a-f]{6}|style=|class=\"mark|NaN|font-family|aria-roledescription", made)
        assert "var(--london)" in made
        assert "<title" in made
        assert "Describes &lt;it&gt;" in made
        assert not re.search(r"\d\.\d\d", re.sub(r"London \S+|England \S+", "", made))
    ids = re.findall(r'\sid="([^"]+)"', chart.wide + chart.narrow)
    assert len(ids) == len(set(ids))


def test_files_hold_light_colours_and_no_stand_in(chart: Chart) -> None:
    loaded = json.loads(chart.spec)
    assert loaded["$schema"].endswith(".json")
    text = chart.spec.decode() + chart.svg.decode()
    assert LIGHT["london"] in text
    assert not [stand_in for stand_in in STAND_INS.values() if stand_in in text]
    assert "var(--" not in text


def test_files_say_in_words_what_they_show_and_that_figures_are_invented(chart: Chart) -> None:
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg.decode()))
    for said in (INVENTED, "Plans &amp; more (SG08)", "Rate, each year", "Release 2024-25-Q4"):
        assert said in words
    loaded = json.loads(chart.spec)
    title = loaded["title"]
    assert title["text"] == ["Plans & more (SG08)"]
    assert title["subtitle"] == ["Rate, each year", "Release 2024-25-Q4", INVENTED]
    assert loaded["description"].startswith(f"{INVENTED}. Plans & more (SG08)")
    assert "Release 2024-25-Q4" in loaded["description"]
    alt.LayerChart.from_dict(loaded)
    assert INVENTED not in chart.wide + chart.narrow


def test_files_of_national_figures_carry_no_tag() -> None:
    words = WORDS._replace(caption=CAPTION._replace(invented=False))
    made = trend(POINTS, words, uid="t", light=LIGHT, cache=None)
    assert made is not None
    assert "llustrative" not in made.svg.decode() + made.spec.decode()


def test_words_and_drawing_of_a_file_do_not_overlap(chart: Chart) -> None:
    svg = chart.svg.decode()
    (height,) = [float(y) for y in re.findall(r'viewBox="0 0 760 ([\d.]+)"', svg)]
    words = [float(y) for y in re.findall(r'<text x="8" y="([\d.]+)"', svg)]
    moved = [float(y) for y in re.findall(r'<g transform="translate\(0,([\d.]+)\)">', svg)]
    top, below = moved[0], moved[-1]  # of the drawing, and of the line of the source
    assert words[:3] == sorted(words[:3])
    assert words[2] < top
    assert below == top + WIDE.height
    assert below + words[-1] < height


def test_the_same_figures_give_the_same_bytes(chart: Chart) -> None:
    assert trend(POINTS, WORDS, uid="trend", light=LIGHT, cache=None) == chart


def test_a_chart_is_refused_without_its_sentence_or_table(chart: Chart) -> None:
    with pytest.raises(ValueError, match="sentence"):
        Chart(chart.wide, chart.narrow, " ", TABLE, chart.spec, chart.svg)
    with pytest.raises(ValueError, match="table"):
        Chart(chart.wide, chart.narrow, "It fell.", TABLE._replace(rows=()), chart.spec, chart.svg)
    with pytest.raises(ValueError, match="drawings"):
        Chart(chart.wide, type(chart.wide)(""), "It fell.", TABLE, chart.spec, chart.svg)


def test_a_drawing_is_kept_and_a_damaged_entry_is_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = fill(spec(WIDE), POINTS, WORDS, WIDE)
    first = drawing(filled, tmp_path)
    (entry,) = tmp_path.iterdir()
    calls: list[int] = []
    draw = vl_convert.vegalite_to_svg

    def counted(*words: object, **more: object) -> str:
        calls.append(1)
        return draw(*words, **more)  # type: ignore[arg-type]  # passed through as they came

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", counted)
    assert drawing(filled, tmp_path) == first
    assert calls == []
    entry.write_bytes(entry.read_bytes()[:-9])
    assert drawing(filled, tmp_path) == first
    assert calls == [1]
    entry.write_bytes(b"\xff\xfe no checksum")
    assert drawing(filled, tmp_path) == first


def test_the_key_of_the_cache_depends_on_the_figures() -> None:
    one = fill(spec(WIDE), POINTS, WORDS, WIDE)
    other = fill(spec(WIDE), POINTS[:-1], WORDS, WIDE)
    assert cache_key(one) != cache_key(other)
    assert cache_key(one) == cache_key(fill(spec(WIDE), POINTS, WORDS, WIDE))


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0,0" fill="#123456"/>',
        '<path style="x" d="M0,0" fill="none"/>',
        '<path d="MNaN,0" fill="none"/>',
        '<path d="M0,0" fill="url(http://x)"/>',
    ],
)
def test_a_drawing_with_anything_foreign_is_refused(inside: str) -> None:
    with pytest.raises(DrawingError):
        clean(f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{inside}</svg>')


def test_an_address_in_a_specification_is_not_fetched() -> None:
    planted = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"url": "https://example.org/x.csv"},
        "mark": "point",
        "encoding": {"x": {"field": "a"}},
    }
    with pytest.raises(ValueError, match=r"(?i)example\.org|denied|allowed|access"):
        drawing(planted, None)


def test_ids_inside_a_drawing_are_renamed_with_what_points_at_them() -> None:
    made = clean(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><defs><clipPath id="clip9"><path d="M0,0h1" fill="none"/></clipPath></defs><g clip-path="url(#clip9)"><path d="M0,0h1" stroke="#010101"/></g></svg>'
    )
    assert 'id="UID-c1"' in made.body
    assert "url(#UID-c1)" in made.body
    assert 'stroke="var(--ink)"' in made.body


_DIGEST = """
import sys
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.draw import drawing
from site_builder.published.charts.trend import NARROW, TrendPoint, TrendWords, fill, spec
from site_builder.published.pages_parts import DataTable
words = TrendWords("t", "d", "London 42.1", "England 43.9", "Middle half", "s", DataTable("c", ("a",), (("b",),)), Caption("h", "s", "r", False))
points = [TrendPoint(str(k), 40.0 + k, 44.0, 36.0, 50.0) for k in range(5)]
sys.stdout.write(drawing(fill(spec(NARROW), points, words, NARROW), None).body)
"""


def test_a_drawing_does_not_depend_on_the_fonts_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path / 'fonts'}</dir></fontconfig>", encoding="utf-8")
    drawn = [
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **more},
            capture_output=True,
            check=True,
        ).stdout
        for more in ({}, {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")})
    ]
    assert drawn[0] == drawn[1] != b""
