"""What macros draw, as files of their own: colours for classes, visible words, pictures packed without loss; citations."""

from __future__ import annotations

import re
import zlib

import pytest
import vl_convert

from site_builder.published import addresses, citing
from site_builder.published.charts.caption import Caption, Told, wrapped
from site_builder.published.charts.draw import DrawingError, standalone
from site_builder.published.charts.paints import painted
from site_builder.published.charts.png import packed
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.published.compose.values import Drawn
from site_builder.published.downloads.journey import journey_files
from site_builder.published.downloads.places import spread_files
from site_builder.published.drawings import Drawings
from site_builder.published.pages import BoroughJourneyPage
from site_builder.published.tokens import read_tokens
from tests.browser.samples.standing import borough_journey
from tests.published.held import RENDERER, everything, frames_of
from tests.published.test_charts import CSS

LIGHT = read_tokens(CSS).light
DRAWING = (
    '<svg class="chart way wide" viewBox="0 0 100 50"><title id="a">T</title>{}<text x="1" y="2">5 &amp; 6</text></svg>'
)


def journeyed() -> str:
    page = borough_journey()
    assert isinstance(page, BoroughJourneyPage)
    assert page.flow is not None
    chart = page.flow.chart
    return RENDERER.drawn("parts/journey.html", "stepsdrawing", chart, chart.wide, "wide", "j")


@pytest.mark.parametrize("shade", ["usual", "edge", "out", "c", "x", "z", "plain"])
def test_every_square_of_the_map_has_a_paint_and_leads_nowhere(shade: str) -> None:
    fact = TileFact("camden", (0, 0), "#camden", "Camden", "42.1", "a word", shade, "up" if shade == "out" else "")
    body = painted(RENDERER.drawn("parts/tilemap.html", "squares", tile_map("", "", "", [fact])), LIGHT).body
    assert "class=" not in body
    assert "<a" not in body
    assert "href" not in body
    colour = {"out": LIGHT["on-out"]}.get(shade, LIGHT["on-tile"])
    assert re.findall(r"<text[^>]* fill=\"([^\"]+)\"", body) == [colour, colour]
    assert ("url(#hatch)" in body) == ('id="hatch"' in body) == (shade == "c")


def test_the_journey_keeps_its_bars_and_words_and_one_look_of_what_is_hidden() -> None:
    svg = journeyed()
    made = painted(svg, LIGHT)
    assert "class=" not in made.body
    assert "var(" not in made.body
    assert re.findall(r"<text[^>]*>([^<]*)", made.body) == re.findall(r"<text[^>]*>([^<]*)", svg)
    assert made.body.count("<rect") == svg.count("<rect")
    assert made.body.count('fill="url(#hatch)"') == svg.count("url(#hatch)") == 1


def test_a_class_without_a_paint_is_refused() -> None:
    assert f'fill="{LIGHT["usual"]}"' in painted(DRAWING.format('<rect class="usual"/>'), LIGHT).body
    with pytest.raises(DrawingError, match="new"):
        painted(DRAWING.format('<rect class="new"/>'), LIGHT)


def test_words_are_set_in_lines_that_fit() -> None:
    words = "Children who became the subject of a child protection plan for a second or later time, as a percentage"
    lines = wrapped(words, 335, 18)
    assert " ".join(lines) == words
    assert len(lines) == 4
    told = whole(Caption(words, "Sub", "Source", invented=True))
    assert told.count("<text") == 1 + len(wrapped(words, 100, 18)) + 1 + 1 + 1


def whole(caption: Caption) -> str:
    return standalone(painted(DRAWING.format(""), LIGHT), Told("T", "D", caption), LIGHT).decode()


def test_a_packed_picture_has_the_same_pixels_and_no_more_parts() -> None:
    svg = whole(Caption("H", "S", "R", invented=False))
    png = vl_convert.svg_to_png(svg, scale=1.5)
    made = packed(png)
    assert len(made) < len(png)
    assert pixels(made) == pixels(png)
    assert packed(made) == made
    assert vl_convert.svg_to_png(svg, scale=1.5)[:33] == made[:33]  # signature and head


def pixels(png: bytes) -> bytes:
    place, held = 8, b""
    while place < len(png):
        size, kind = int.from_bytes(png[place : place + 4], "big"), png[place + 4 : place + 8]
        data = png[place + 8 : place + 8 + size]
        assert int.from_bytes(png[place + 8 + size : place + 12 + size], "big") == zlib.crc32(kind + data)
        held += data if kind == b"IDAT" else b""
        place += 12 + size
    return zlib.decompress(held)


def test_files_stand_where_pages_say_and_say_what_they_are() -> None:
    inputs = everything()
    made = Drawings(frames_of(inputs), inputs, RENDERER, Drawn(None, LIGHT), pytest.fail)._journeys()
    assert len(made) == 2 * 34
    svg = made[journey_files("camden").svg]().decode()
    assert "The child’s journey in Camden" in svg
    assert "reporting year 2024" in svg
    assert made[journey_files("camden").png]().startswith(b"\x89PNG")
    assert "illustrative-sg08-strip.svg" in spread_files(inputs, inputs.figures["SG08"]).strip
    assert spread_files(inputs, inputs.figures["N06"]).map.startswith("national/")


def test_citations_name_the_page_its_sources_and_what_is_invented() -> None:
    inputs = everything()
    frames, camden = frames_of(inputs), inputs.areas.by_slug["camden"]
    page = citing.borough(frames, inputs, camden)
    assert "“Camden”" in page
    assert "illustrative figures" in page
    assert "Department for Education, Children in need, reporting year 2024" in page
    assert page.endswith(addresses.borough("camden"))
    own = citing.borough_indicator(frames, camden, inputs.figures["SG08"])
    assert "Camden, release" in own
    assert "illustrative figures" in own
    national = citing.borough_indicator(frames, camden, inputs.figures["N06"])
    assert national.startswith("Department for Education, Children in need, reporting year 2024, as shown by")
    assert national.endswith(addresses.borough_indicator("camden", "N06"))
    assert "illustrative" not in national
