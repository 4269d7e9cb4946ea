"""The map of all indicators and the model: equal squares, equal tables, nothing that rests on a hidden figure."""

from __future__ import annotations

import re

from site_builder.published import addresses
from site_builder.published.charts.tiles import small_squares
from site_builder.published.compose.london_map import map_page
from site_builder.published.compose.model import TIERS, model_page
from site_builder.published.compose.values import ground
from site_builder.published.matrix import period_of
from tests.factories import BOROUGHS, CITY, cell, counts, figures
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, with_figures, words_of

SQUARE = re.compile(r"M(\d+) (\d+)h8v8h-8z")


def test_p48_the_large_map_has_33_equal_squares_and_an_equal_table() -> None:
    inputs = everything()
    page = map_page(frames_of(inputs), inputs)
    assert page.large is not None
    assert page.large.slug == "n06"
    assert page.large.tag == ""
    squares = page.large.map.tiles
    assert len(squares) == len({(one.x, one.y) for one in squares}) == 33
    rows = {row.slug: str(row.value) for row in page.large.table.rows if row.slug}
    assert {one.href.removeprefix("#"): one.words for one in squares} == rows
    html = RENDERER.render(page).decode()
    assert html.count('width="48" height="48"') == 33


def test_p48_every_indicator_with_figures_is_drawn_once_and_leads_to_its_own_map() -> None:
    inputs = everything()
    page = map_page(frames_of(inputs), inputs)
    assert page.large is not None
    small = [one for kind in page.kinds for theme in kind.themes for one in theme.maps]
    slugs = [one.slug for one in small]
    assert sorted([*slugs, page.large.slug]) == sorted(code.lower() for code in inputs.figures)
    assert all(one.link.href == f"{addresses.indicator(one.slug)}#boroughs" for one in small)
    assert [kind.tag for kind in page.kinds] == ["", "Illustrative"]
    for kind, is_national in zip(page.kinds, (True, False), strict=True):
        for theme in kind.themes:
            assert all(inputs.figures[_code(one.slug)].source.national is is_national for one in theme.maps)
    assert not JUDGING.search(words_of(RENDERER.render(page)))


def _code(slug: str) -> str:
    return next(code for code in everything().figures if code.lower() == slug)


def test_small_squares_are_the_large_ones() -> None:
    inputs = everything()
    page = map_page(frames_of(inputs), inputs)
    for one in (one for kind in page.kinds for theme in kind.themes for one in theme.maps):
        data = inputs.figures[_code(one.slug)]
        drawn = {(int(x) // 10, int(y) // 10): name for name, path in one.grounds for x, y in SQUARE.findall(path)}
        for area in inputs.areas.boroughs:
            point = data.points[area.code, period_of(data)]
            assert area.tile is not None
            assert drawn.get(area.tile, "z") == ground(point, data)


def test_a_hidden_square_looks_the_same_whatever_it_hides() -> None:
    inputs = everything()
    drawn = []
    for hidden in (("c", "c"), ("c", "10")):
        made = [*counts("2024-25", dict.fromkeys(BOROUGHS[1:], ("30", "100")))]
        made += [cell(CITY, "2024-25", hidden[0]), cell(CITY, "2024-25", hidden[1], "denominator")]
        own = with_figures(inputs, {"T1": figures(made)})
        drawn.append(
            [one.grounds for kind in map_page(frames_of(inputs), own).kinds for t in kind.themes for one in t.maps]
        )
    assert drawn[0] == drawn[1]
    assert dict(drawn[0][0])["c"] == small_squares([inputs.areas.by_code[CITY].tile or (0, 0)])


def test_without_figures_the_page_says_so() -> None:
    bare = with_figures(everything(), {})
    page = map_page(frames_of(bare), bare)
    assert (page.large, page.kinds) == (None, ())
    assert "There are no figures to draw yet." in words_of(RENDERER.render(page))
    assert [kind.tag for kind in map_page(frames_of(national()), national()).kinds] == [""]


# ---- the model


def test_p04_every_indicator_is_linked_once_in_the_drawing_and_once_in_the_list() -> None:
    inputs = everything()
    page = model_page(frames_of(inputs), inputs)
    drawn = [chip.href for band in page.bands for chip in band.chips]
    listed = [link.href for tier in page.tiers for link in tier.indicators]
    assert sorted(drawn) == sorted(listed) == sorted(addresses.indicator(code) for code in inputs.catalogue)
    for (key, *_), band, tier in zip(TIERS, page.bands, page.tiers, strict=True):
        assert [chip.label for chip in band.chips] == [link.label for link in tier.indicators]
        assert {inputs.catalogue[chip.code].tier for chip in band.chips} == {key}
    assert "The drawing is ours" in words_of(RENDERER.render(page))


def test_p04_nothing_in_the_drawing_overlaps_or_leaves_it() -> None:
    inputs = everything()
    page = model_page(frames_of(inputs), inputs)
    chips = [(int(chip.x), int(chip.y)) for band in page.bands for chip in band.chips]
    assert all(0 <= x <= int(page.wide) - 53 and 0 <= y <= int(page.high) - 28 for x, y in chips)
    assert all(
        abs(x - u) >= 53 or abs(y - v) >= 28 for place, (x, y) in enumerate(chips) for u, v in chips[place + 1 :]
    )
