"""Pages of boroughs from the committed packages: headings word for word, nothing said of a hidden figure, in budget."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from pathlib import Path

import pytest
from markupsafe import escape

from site_builder.published import addresses, coverage, sentences
from site_builder.published.compose.borough import borough, boroughs
from site_builder.published.compose.borough_indicator import borough_indicator
from site_builder.published.compose.borough_next import figures_of
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.render import Renderer
from site_builder.published.sentences import Standing
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates")
HEADINGS = (
    "What are the needs of children, young people and families in our area?",
    "How much have we done to meet those needs?",
    "How well have we done it",
    "What do we still need to do?",
)
BARRED = re.compile(r"\b(better|worse|best|worst|good|bad|failing|top|bottom|league)\b", re.IGNORECASE)
COMPARISON = re.compile(r"\b(higher|lower|similar|stands? out|usual variation|edge|London: )\b")
HIDDEN = "Hidden to protect children: this figure is small, or a small figure could be worked out from it."
_ELEMENT = re.compile(rb"<[a-z]")


@pytest.fixture(scope="module")
def national(everything: Inputs) -> Inputs:
    return dataclasses.replace(everything, releases=())


def frames_of(inputs: Inputs) -> Frames:
    latest = inputs.latest
    dated = (str(latest.id), latest.published_on) if latest else None
    return Frames.of(inputs.content.settings, inputs.areas, RENDERER.assets, dated)


def place(inputs: Inputs, slug: str) -> Area:
    return inputs.areas.by_slug[slug]


def pairs(inputs: Inputs) -> list[tuple[Area, IndicatorData, Point]]:
    return [
        (area, one.data, one.point) for area in inputs.areas.boroughs for one in figures_of(inputs, area) if area.funnel
    ]


# ---- the page of a borough


def test_the_four_headings_stand_word_for_word_and_in_order(everything: Inputs) -> None:
    page = borough(frames_of(everything), everything, place(everything, "camden"))
    assert (*(block.heading for block in page.questions), page.todo_heading) == HEADINGS
    text = RENDERER.render(page).decode()
    placed = [text.index(f">{heading}</h2>") for heading in HEADINGS]
    assert placed == sorted(placed)


def test_there_are_33_pages_before_the_first_release(national: Inputs) -> None:
    frames = frames_of(national)
    pages = [borough(frames, national, area) for area in national.areas.boroughs]
    assert len(pages) == 33
    for page in pages:
        text = RENDERER.render(page).decode()
        assert "Illustrative" not in text
        assert "noindex" not in text
        assert "/releases/20" not in text
        assert page.lead
        assert all(block.tables for block in page.questions)
        assert [table.heading for block in page.questions for table in block.tables] == ["National figures"] * 3
        assert page.breadth == "No returns yet: every figure here is a national one."


def test_national_and_illustrative_figures_never_share_a_table(everything: Inputs) -> None:
    for area in everything.areas.boroughs:
        page = borough(frames_of(everything), everything, area)
        assert page.frame.noindex
        for table in (table for block in page.questions for table in block.tables):
            kinds = {everything.figures[row.code].source.national for row in table.rows}
            assert len(kinds) == 1
            assert bool(table.tag) is not kinds.pop()


def test_every_indicator_with_figures_stands_once_with_context_first(everything: Inputs) -> None:
    page = borough(frames_of(everything), everything, place(everything, "haringey"))
    tiers = ("environment", "capability", "efficiency", "outcome")
    rows = [row.code for block in page.questions for table in block.tables for row in table.rows]
    assert sorted(rows) == sorted(everything.figures)
    for table in (table for block in page.questions for table in block.tables):
        order = [tiers.index(everything.catalogue[row.code].tier) for row in table.rows]
        assert order == sorted(order)


def test_a_row_without_a_figure_is_neither_drawn_nor_compared(everything: Inputs) -> None:
    seen = 0
    for area in everything.areas.boroughs:
        page = borough(frames_of(everything), everything, area)
        for row in (row for block in page.questions for table in block.tables for row in table.rows):
            if not row.value.is_shown:
                seen += 1
                assert row.spine is None
                assert row.variation.word == ""
    assert seen > 50


def test_the_city_of_london_has_counts_and_no_comparison(everything: Inputs) -> None:
    page = borough(frames_of(everything), everything, place(everything, "city-of-london"))
    rows = [row for block in page.questions for table in block.tables for row in table.rows]
    assert {row.unit for row in rows} == {"counted"} or {row.unit for row in rows} == {"counted", ""}
    assert all(row.spine is None and not row.change and not row.variation.word for row in rows)
    assert page.lead.startswith("The City of London is too small to be compared")


def test_pages_of_boroughs_keep_to_their_budget_and_words(everything: Inputs) -> None:
    frames = frames_of(everything)
    for area in everything.areas.boroughs:
        page = borough(frames, everything, area)
        data = RENDERER.render(page)
        assert len(data) <= 85 * 1024
        assert len(_ELEMENT.findall(data)) <= 2000
        said = " ".join((page.lead, page.breadth, page.scale_note, *map(str, page.comparators)))
        assert not BARRED.search(re.sub(r"<[^>]+>", " ", said))
    page_of_all = boroughs(frames, everything)
    assert len(page_of_all.boroughs) == len(page_of_all.finder.tiles) == 33
    assert len(RENDERER.render(page_of_all)) <= 50 * 1024


def test_links_lead_to_pages_of_the_site(everything: Inputs) -> None:
    known = {addresses.borough(area.slug) for area in everything.areas.boroughs}
    known |= {
        addresses.borough_indicator(area.slug, code)
        for area in everything.areas.boroughs
        for code in everything.figures
    }
    known |= {addresses.indicator(code) for code in everything.catalogue}
    known |= {page(area.slug) for area in everything.areas.boroughs for page in (addresses.profile, addresses.journey)}
    for area in everything.areas.boroughs:
        known |= {addresses.challenge(area.slug), addresses.pack(area.slug)}
        known |= {addresses.board(area.slug, name) for name in ("operational", "leadership")}
        known |= {addresses.scorecard(area.slug, card.code) for card in everything.cards}
    frames = frames_of(everything)
    here = [(addresses.BOROUGHS, RENDERER.render(boroughs(frames, everything)))]
    area = place(everything, "bexley")
    here.append((addresses.borough(area.slug), RENDERER.render(borough(frames, everything, area))))
    for code in ("N09c", "SG08"):
        page = borough_indicator(frames, everything, area, everything.figures[code])
        here.append((addresses.borough_indicator(area.slug, code), RENDERER.render(page)))
    for path, data in here:
        main = data.decode().partition("<main")[2].partition("</main>")[0]
        targets = {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), href.partition("#")[0]))
            for href in re.findall(r'href="([^"#][^"]*\.html[^"]*)"', main)
        }
        inside = {target for target in targets if target.startswith(("boroughs/", "indicators/"))}
        assert len(inside) >= 3
        assert inside <= known | {addresses.BOROUGHS, addresses.INDICATORS}


# ---- one indicator of one borough


def test_every_page_of_an_indicator_keeps_to_its_budget(everything: Inputs) -> None:
    frames = frames_of(everything)
    for slug in ("camden", "city-of-london", "kensington-and-chelsea", "bexley"):
        for data in everything.figures.values():
            made = RENDERER.render(borough_indicator(frames, everything, place(everything, slug), data))
            assert len(made) <= 30 * 1024
            assert len(_ELEMENT.findall(made)) <= 600


def test_a_sentence_has_figure_counts_london_and_the_difference(national: Inputs) -> None:
    data = national.figures["N17"]
    area, period = place(national, "haringey"), data.headline
    assert period is not None
    point, london = data.points[area.code, period], data.points[LONDON, period]
    assert sentences.figure(area, data, period) == (
        f"In the year to 31 March {period.end.year}, “{data.indicator.title}” stood at {point.value.text}% in Haringey "
        f"({point.numerator.text} of {point.denominator.text}). London: {london.value.text}%. "
        "The difference is within the usual variation between boroughs."
    )


def test_who_is_in_londons_figure_stands_beside_it_wherever_it_stands(everything: Inputs) -> None:
    area, frames = place(everything, "camden"), frames_of(everything)
    seen = set()
    for data in everything.figures.values():
        page = borough_indicator(frames, everything, area, data)
        assert data.headline is not None
        london = data.points[LONDON, data.headline]
        named = [fact.name for fact in page.facts if fact.london]
        assert all(london.partial in name for name in named)
        assert (
            page.neighbours_heading
            == f"Camden and its {'statistical' if data.source.national else 'nearest London'} neighbours"
        )
        if page.trend is None or "London" not in page.trend.table.columns:
            continue
        assert page.trend.table.columns[3] == coverage.COLUMN
        cells = [(row[2], row[3]) for row in page.trend.table.rows]
        assert all(bool(who) is bool(getattr(own, "text", "")) for own, who in cells)
        apart = len({who for _, who in cells if who}) > 1 and not data.source.national
        assert (coverage.UNEVEN in page.trend.notes) >= apart
        seen.add((apart, data.source.national))
    assert (True, False) in seen


def test_a_place_beside_a_london_that_a_borough_is_missing_from_is_not_said_to_differ_from_it(
    everything: Inputs,
) -> None:
    data, area = everything.figures["N26"], place(everything, "bexley")
    assert data.headline is not None
    said = sentences.figure(area, data, data.headline)
    assert (
        "London (as published, without Barnet, which sent no figure but whose children are in the base): 100.5" in said
    )
    assert said.endswith("The figure is within the usual variation between boroughs.")
    assert sentences.comparators_heading(area, data.points[area.code, data.headline]) == "Other places"


def test_a_hidden_figure_is_never_compared(everything: Inputs) -> None:
    hidden = [(area, data, point) for area, data, point in pairs(everything) if point.value.state == "c"]
    assert hidden
    for area, data, point in hidden:
        said = sentences.figure(area, data, point.period)
        assert said.startswith(HIDDEN)
        assert not COMPARISON.search(said)
        assert sentences.comparators_heading(area, point) == "Other places"
        assert sentences.label(area, point) == ""
    area, data, point = hidden[0]
    page = borough_indicator(frames_of(everything), everything, area, data)
    assert page.comparators[0].value.state == "c"
    assert page.comparators[0].label == ""
    assert page.uncompared == "Not compared: no figure for the borough"
    assert not any(row.label for row in page.comparators)
    assert not any(row.bar for row in page.neighbours.rows[:1]) if page.neighbours else page.neighbours is None


def test_sentences_follow_the_variation_and_judge_nothing(everything: Inputs) -> None:
    told: set[str] = set()
    for area, data, point in pairs(everything):
        said = sentences.figure(area, data, point.period)
        bare = said.replace(data.indicator.title, "")
        assert not BARRED.search(bare)
        assert not re.search(r"\d-\d|-\d", bare.replace(str(point.period), ""))
        if point.variation:
            told.add(point.variation)
            assert ("stands out" in said) is point.variation.startswith("out")
            assert ("towards the" in said) is point.variation.startswith("edge")
            assert ("within the usual" in said) is (point.variation == "within")
        else:
            assert "variation" not in said
    assert {"within", "edge-high", "edge-low", "out-high", "out-low"} <= told


@pytest.mark.parametrize(
    ("compared", "variation", "told"),
    [
        ("higher-95", "within", "Camden is higher than London, within the usual variation"),
        ("lower-998", "within", "Camden is lower than London, within the usual variation"),
        ("higher-998", "edge-high", "Camden is higher than London, towards the edge of the usual variation"),
        ("lower-998", "out-low", "Camden is lower than London, and stands out"),
        ("lower-998", "", "Camden is lower than London"),
        ("similar", "within", "Camden is similar to London"),
        ("not-compared", "", "Other places"),
    ],
)
def test_the_heading_says_how_unusual_a_difference_is(
    everything: Inputs, compared: str, variation: str, told: str
) -> None:
    area, data = place(everything, "camden"), everything.figures["N17"]
    assert data.headline is not None
    point = dataclasses.replace(data.points[area.code, data.headline], compared=compared, variation=variation)
    assert sentences.comparators_heading(area, point) == told


def test_no_heading_contradicts_the_sentence_above_it(everything: Inputs) -> None:
    for area, data, point in pairs(everything):
        said, heading = sentences.figure(area, data, point.period), sentences.comparators_heading(area, point)
        if " than London" in heading and point.variation:
            assert ("within the usual" in heading) is ("within the usual" in said)
            assert ("stands out" in heading) is ("stands out" in said)
            assert ("towards the edge" in heading) is ("edge of the usual" in said)
            assert point.variation == "within" or (" higher " in heading) is (" higher" in said)


def test_a_missing_figure_says_why(everything: Inputs) -> None:
    missing = [(a, d, p) for a, d, p in pairs(everything) if p.value.state == "x" and p.numerator.state == "x"]
    assert missing
    for area, data, point in missing:
        said = sentences.figure(area, data, point.period)
        assert said == f"Not available: {area.name} did not provide this figure for {said.rpartition(' for ')[2]}"
        assert not COMPARISON.search(said)


def test_the_change_word_comes_from_the_trend_test_alone(everything: Inputs) -> None:
    words = {"increasing", "decreasing", "improving", "worsening", "no clear change", ""}
    found = set()
    for area, data, _ in pairs(everything):
        word = sentences.change(area, data)
        found.add(word)
        if word in ("improving", "worsening"):
            assert data.indicator.polarity.value != "no-judgement"
        if data.trends[area.code].chi2 is None:
            assert word == ""
    assert found == words


def test_what_a_borough_says_stands_under_its_own_figure_only(everything: Inputs) -> None:
    noted = [(area, data, point) for area, data, point in pairs(everything) if point.note and not data.source.national]
    assert noted
    for area, data, point in noted[:5]:
        page = borough_indicator(frames_of(everything), everything, area, data)
        assert page.note == point.note
        assert str(escape(point.note)) in RENDERER.render(page).decode()


def test_neighbours_are_drawn_for_national_series_with_six_figures_only(everything: Inputs) -> None:
    frames = frames_of(everything)
    drawn = 0
    for slug in ("camden", "city-of-london"):
        for data in everything.figures.values():
            page = borough_indicator(frames, everything, place(everything, slug), data)
            if page.neighbours is not None:
                drawn += 1
                assert data.source.national
                assert slug == "camden"
                assert sum(row.bar is not None for row in page.neighbours.rows[1:]) >= 6
    assert drawn > 20


# ---- words


@pytest.mark.parametrize(
    ("national", "returned", "expected"),
    [
        (
            Standing(36, 2, 5, 4, 1),
            None,
            "Of 36 national indicators with a comparison, Camden stands out on two and is towards the edge on five. "
            "Four national figures are hidden to protect children; one is not available.",
        ),
        (
            Standing(36, 0, 1, 0, 0),
            None,
            "Of 36 national indicators with a comparison, Camden is towards the edge on one.",
        ),
        (
            Standing(1, 0, 0, 1, 0),
            Standing(18, 1, 0, 0, 2),
            "Of one national indicator with a comparison, Camden is within the usual variation on each. One national "
            "figure is hidden to protect children. Illustrative figures: of 18 indicators with a comparison, Camden "
            "stands out on one. Two figures are not available.",
        ),
        (Standing(0, 0, 0, 0, 0), None, "There are no figures for Camden yet."),
    ],
)
def test_the_lead_leaves_out_what_is_nought(
    national: Standing, returned: Standing | None, expected: str, everything: Inputs
) -> None:
    assert sentences.lead(place(everything, "camden"), national, returned, invented=True) == expected
    real = expected.replace("Illustrative figures", "Figures from returns")
    assert sentences.lead(place(everything, "camden"), national, returned, invented=False) == real


def test_a_warning_stands_where_most_neighbours_are_not_close(everything: Inputs) -> None:
    def warning(slug: str) -> str:
        area = place(everything, slug)
        return sentences.closeness_warning(area, everything.neighbours[area.code])

    assert warning("tower-hamlets").startswith("Nine of the 10 neighbours are “not close”")
    assert warning("city-of-london").startswith("All 10 neighbours are “not close”")
    assert warning("camden") == ""


def test_every_neighbour_is_named(everything: Inputs) -> None:
    frames = frames_of(everything)
    for slug, inside, beyond in (("camden", 10, ""), ("bexley", 1, "Thurrock"), ("bromley", 0, "Hertfordshire")):
        said = " ".join(map(str, borough(frames, everything, place(everything, slug)).comparators))
        assert said.count("<a ") == inside + 3  # and the ways to the profile, the journey and the page that compares
        assert len(re.split("[,;]", said.partition("closest first: ")[2])) >= 10
        assert beyond in said


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Camden", "Camden’s"), ("Tower Hamlets", "Tower Hamlets’"), ("Westminster", "Westminster’s")],
)
def test_possessives(name: str, expected: str) -> None:
    assert sentences.possessive(name) == expected
