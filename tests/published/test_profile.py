"""The profile of a borough: every agreed indicator on a line; and all pages of boroughs before the first release."""

from __future__ import annotations

from collections import Counter

import pytest

from site_builder.published import addresses
from site_builder.published.compose.borough import borough
from site_builder.published.compose.journey import borough_journey
from site_builder.published.compose.profile import profile
from site_builder.published.inputs import Inputs
from site_builder.published.neighbours import nearby
from site_builder.published.pages_standing import ProfilePage, ProfileRow
from site_builder.published.sentences import NEXT, QUESTIONS
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import Kind, Status
from tests.published.held import RENDERER, everything, frames_of, national

AGREED = (Status.AGREED, Status.DEFINITION_PENDING)


def page_of(inputs: Inputs, area: Area) -> ProfilePage:
    return profile(frames_of(inputs), inputs, area)


def rows_of(page: ProfilePage) -> list[ProfileRow]:
    return [
        r for theme in page.themes for table in theme.tables for objective in table.objectives for r in objective.rows
    ]


def test_p39_objectives_part_the_indicators_of_each_theme() -> None:
    catalogue = everything().catalogue
    for theme in everything().content.themes.values():
        listed = [code for objective in theme.objectives for code in objective.indicators]
        assert max(Counter(listed).values()) == 1
        mine = {c for c, i in catalogue.items() if i.theme == theme.code and i.status is not Status.NOT_INCLUDED}
        assert set(listed) == mine
        assert len({objective.code for objective in theme.objectives}) == len(theme.objectives)


def test_p39_thirty_three_profiles_have_every_agreed_indicator_on_a_line() -> None:
    inputs = everything()
    assert len(inputs.areas.boroughs) == 33
    for area in inputs.areas.boroughs:
        page = page_of(inputs, area)
        codes = [row.code for row in rows_of(page)]
        assert max(Counter(codes).values()) == 1
        assert {code for code, one in inputs.catalogue.items() if one.status in AGREED} <= set(codes)
        assert [theme.slug.upper() for theme in page.themes] == list(inputs.content.settings.themes)
        assert str(len(codes)) in page.lead
        for row in rows_of(page):
            assert (row.value is None) is bool(row.reason) is (row.code not in inputs.figures)
            assert bool(row.mark) is (row.value is not None)


@pytest.mark.parametrize("slug", ["camden", "haringey", "havering", "city-of-london"])
def test_p39_a_line_holds_the_figures_of_the_indicator(slug: str) -> None:
    inputs = everything()
    area = inputs.areas.by_slug[slug]
    for row in rows_of(page_of(inputs, area)):
        if row.value is None:
            continue
        data = inputs.figures[row.code]
        assert data.headline is not None
        point, london = data.points[area.code, data.headline], data.points[LONDON, data.headline]
        own = point.value if row.unit != "counted" else point.numerator
        assert (row.value.text, row.value.is_shown) == (own.text, own.is_shown)
        counts = data.indicator.measure.kind is Kind.COUNT or row.unit == "counted"
        assert (row.london is None) is counts
        if row.london is not None:
            assert row.london.text == london.value.text
            assert row.inside == london.partial.removesuffix(" boroughs")
            middle = nearby(inputs.neighbours, inputs.areas, area.code, data, data.headline).median
            assert (row.neighbours.text if row.neighbours else "") == (middle.text if middle else "")
        if not row.value.is_shown:
            assert row.variation.word == ""
        assert area.funnel or row.change == row.variation.word == ""


def test_national_and_illustrative_lines_never_share_a_table() -> None:
    for area in everything().areas.boroughs:
        for table in (table for theme in page_of(everything(), area).themes for table in theme.tables):
            codes = [row.code for objective in table.objectives for row in objective.rows]
            assert {everything().catalogue[code].is_national for code in codes} == {not table.tag}
            assert bool(table.tag) is table.caption.startswith("Illustrative")


def test_p25_four_headings_and_the_way_to_profile_and_journey() -> None:
    for area in everything().areas.boroughs:
        page = borough(frames_of(everything()), everything(), area)
        assert [block.heading for block in page.questions] == [heading for _, heading in QUESTIONS]
        assert page.todo_heading == NEXT
        text = RENDERER.render(page).decode()
        for target in (addresses.profile(area.slug), addresses.journey(area.slug)):
            assert f'href="{addresses.relative(addresses.borough(area.slug), target)}"' in text


def test_p24_p43_every_authority_has_its_pages_before_the_first_release() -> None:
    inputs = national()
    assert inputs.latest is None
    frames = frames_of(inputs)
    for area in inputs.areas.boroughs:
        first = borough(frames, inputs, area)
        assert first.questions[0].slug == "needs"
        assert all(block.tables for block in first.questions)
        own, way = page_of(inputs, area), borough_journey(frames, inputs, area)
        assert way.flow is not None
        texts = [RENDERER.render(page).decode() for page in (first, own, way)]
        for text in texts:
            assert "Illustrative" not in text
            assert "noindex" not in text
        headings = [f">{heading}</h2>" for heading in (*(heading for _, heading in QUESTIONS), NEXT)]
        places = [texts[0].index(heading) for heading in headings]
        assert places == sorted(places)
        assert sum(row.value is not None for row in rows_of(own)) == len(inputs.figures)
        assert {row.mark for row in rows_of(own)} == {"Published", ""}
