"""The child's journey: the published vectors, hidden steps, ratios over 100, and words that can be read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction

import pytest

from site_builder.published import journey_words as words
from site_builder.published.charts.steps import steps_chart
from site_builder.published.compose.journey import borough_journey, london_journey
from site_builder.published.downloads.journey import HEADER, journey_csv
from site_builder.published.figures import HIDDEN_LONG, Figure, Wording, printed, withheld
from site_builder.published.journey import RETURNS, STEPS, Journey, Stage, journey, per_100, period_of
from site_builder.published.pages_journey import JourneyBlock, StepsDrawing
from site_builder.published.pages_parts import Value
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, numbers, with_figures, words_of

YEAR = Period.parse("2023-24")


def held(slug: str) -> Journey:
    areas = everything().areas
    area = areas.by_code[LONDON] if slug == "london" else areas.by_slug[slug]
    return journey(everything().figures, area, YEAR)


def said(figure: Figure | None) -> str:
    return "" if figure is None else figure.text or f"[{figure.state}]"


def state(mark: str) -> Figure:
    return withheld(Withheld(mark), Wording())


def of_counts(counts: Mapping[str, Figure]) -> Journey:
    """A journey of an invented place with some counts in the place of 1,000 each."""
    figures = [counts.get(step.slug, printed("1000")) for step in STEPS]
    stages = [Stage(STEPS[0], figures[0], None, None)]
    for number in range(1, len(STEPS)):
        pair = (per_100(figures[number], figures[number - 1]), per_100(figures[number], figures[0]))
        stages.append(Stage(STEPS[number], figures[number], *pair))
    return Journey(everything().areas.by_slug["camden"], YEAR, tuple(stages), ())


# ---- vectors


@pytest.mark.parametrize(
    ("slug", "counted", "before", "first", "backs"),
    [
        ("london",
         ("105,700", "103,100", "37,100", "11,190", "9,170", "9,060"),
         ("", "97.5", "36.0", "30.2", "81.9", "98.8"),
         ("", "97.5", "35.1", "10.6", "8.7", "8.6"),
         (("19,890", "105,700", "18.8"), ("1,940", "9,170", "21.2"))),
        ("haringey",
         ("3,323", "3,105", "1,250", "216", "203", "250"),
         ("", "93.4", "40.3", "17.3", "94.0", "123.2"),
         ("", "93.4", "37.6", "6.5", "6.1", "7.5"),
         (("613", "3,323", "18.4"), ("48", "203", "23.6"))),
        ("city-of-london",
         ("63", "22", "9", "6", "[c]", "[c]"),
         ("", "34.9", "40.9", "[u]", "[c]", "[c]"),
         ("", "34.9", "14.3", "9.5", "[c]", "[c]"),
         (("[c]", "63", "[c]"), ("[c]", "[c]", "[c]"))),
    ],
)  # fmt: skip
def test_p26_the_steps_are_as_published(
    slug: str,
    counted: tuple[str, ...],
    before: tuple[str, ...],
    first: tuple[str, ...],
    backs: tuple[tuple[str, ...], ...],
) -> None:
    of = held(slug)
    assert period_of(everything().figures) == YEAR
    assert tuple(said(stage.counted) for stage in of.stages) == counted
    assert tuple(said(stage.before) for stage in of.stages) == before
    assert tuple(said(stage.first) for stage in of.stages) == first
    assert tuple((said(b.counted), said(b.out_of), said(b.share)) for b in of.backs) == backs


def test_p26_a_ratio_may_pass_100_and_is_not_clipped() -> None:
    ratios = {area.slug: held(area.slug).stages[1].before for area in everything().areas.boroughs}
    over = {slug: one for slug, one in ratios.items() if one and one.value is not None and one.value > 100}
    assert len(over) == 12
    assert max(over.values(), key=lambda one: one.value or 0).text == "133.1"
    slug = next(slug for slug, one in over.items() if one.text == "133.1")
    page = RENDERER.render(borough_journey(frames_of(everything()), everything(), everything().areas.by_slug[slug]))
    assert "133.1" in words_of(page)


# ---- states


@pytest.mark.parametrize("hidden", [step.slug for step in STEPS])
def test_p26_a_hidden_step_hides_the_ratios_on_both_sides_and_no_others(hidden: str) -> None:
    of = of_counts({hidden: state("c")})
    place = [step.slug for step in STEPS].index(hidden)
    for number, stage in enumerate(of.stages[1:], 1):
        assert (said(stage.before) == "[c]") is (number in (place, place + 1))
        assert (said(stage.first) == "[c]") is (number == place or place == 0)
    assert any(HIDDEN_LONG["show"] in note for note in words.notes(of))


@pytest.mark.parametrize(
    ("counted", "of", "expected"),
    [
        (printed("5"), printed("20"), "25.0"), (printed("5"), printed("19"), "[u]"), (printed("0"), printed("40"), "0.0"),
        (printed("5"), printed("0"), "[z]"), (state("c"), printed("5"), "[c]"), (printed("5"), state("c"), "[c]"),
        (state("c"), state("x"), "[c]"), (state("x"), printed("50"), "[x]"), (printed("50"), state("x"), "[x]"),
        (printed("50"), state("u"), "[u]"), (printed("50"), state("z"), "[z]"), (printed("50"), state("low"), "[x]"),
        (state("c"), state("low"), "[c]"), (printed("300"), printed("40"), "750.0"), (printed("1"), printed("9999"), "[low]"),
    ],
)  # fmt: skip
def test_a_ratio_needs_both_counts_and_twenty(counted: Figure, of: Figure, expected: str) -> None:
    assert said(per_100(counted, of)) == expected


def drawings(of: Journey) -> tuple[StepsDrawing, StepsDrawing]:
    chart = steps_chart(of, "", "")
    return chart.wide, chart.narrow


@pytest.mark.parametrize("mark", ["c", "x", "u"])
def test_what_is_not_shown_has_one_look_and_moves_nothing(mark: str) -> None:
    for whole, part in zip(drawings(of_counts({})), drawings(of_counts({"conferences": state(mark)})), strict=True):
        place = [step.slug for step in STEPS].index("conferences")
        assert part.bars[place].kind == mark
        assert part.bars[place].width == "28"
        assert [bar for n, bar in enumerate(part.bars) if n != place] == [
            b for n, b in enumerate(whole.bars) if n != place
        ]
        assert (part.height, part.names, part.downs) == (whole.height, whole.names, whole.downs)


def test_bars_are_as_long_as_their_counts_and_a_zero_has_none() -> None:
    of = of_counts({"referrals": printed("2000"), "enquiries": printed("500"), "plans-ended": printed("0")})
    for drawing in drawings(of):
        long, short = float(drawing.bars[0].width), float(drawing.bars[2].width)
        assert long == pytest.approx(4 * short, abs=0.5)
        assert (drawing.bars[-1].kind, drawing.bars[-1].width) == ("zero", "0")
        assert all(float(bar.x) + float(bar.width) < float(drawing.width) for bar in drawing.bars)


# ---- words, tables, download


def test_sentences_can_be_read_back() -> None:
    for slug in ("london", *(area.slug for area in everything().areas.boroughs)):
        of = held(slug)
        shown = [stage.first.plain for stage in of.stages if stage.first and stage.first.is_shown]
        told = numbers(words.flow(of).partition(" there were ")[2].replace("section 47", ""))
        assert told == shown
        backs = [(b.share.plain, b.counted.plain, b.out_of.plain) for b in of.backs if b.share.is_shown]
        read = [n for n in numbers(words.came_back(of).replace("within 12 months", "").replace("%", ""))]
        assert read == [number for back in backs for number in back]
        assert (of.stages[4].first is not None and of.stages[4].first.plain in numbers(words.heading(of))) or (
            words.heading(of).startswith("Steps in the same year in ")
        )
        assert (
            JUDGING.findall(" ".join((words.flow(of), words.came_back(of), words.heading(of), *words.notes(of)))) == []
        )
        assert words.NOT_THE_SAME in words.notes(of)
        assert "% of referrals" not in " ".join((words.flow(of), *words.notes(of)))


def block_of(area: Area | None) -> JourneyBlock:
    frames = frames_of(everything())
    page = borough_journey(frames, everything(), area) if area else london_journey(frames, everything())
    assert page.flow is not None
    return page.flow


def test_p26_page_and_download_hold_the_same_figures() -> None:
    rows = list(csv.DictReader(io.StringIO(journey_csv(everything().figures, everything().areas).decode())))
    assert len(rows) == 34 * (1 + 5 * 3 + len(RETURNS))
    assert tuple(rows[0]) == HEADER
    areas = everything().areas
    for area in (None, *areas.boroughs):
        block = block_of(area)
        name = area.name if area else "London"
        mine = [row for row in rows if row["area_name"] == name]
        table = [
            str(cell).replace(",", "")
            for row in (*block.table.rows, *block.returns.rows)
            for cell in row[1:4]
            if isinstance(cell, Value)
        ]
        known = [
            value
            for row in mine
            for value in (
                *(
                    (
                        row["numerator"] or f"[{row['numerator_withheld']}]",
                        row["denominator"] or f"[{row['denominator_withheld']}]",
                    )
                    if row["statistic"].startswith("share")
                    else ()
                ),
                row["value"] or f"[{row['withheld']}]",
            )
        ]
        assert table == known
        for row in mine:
            if row["statistic"].startswith("per-100") and row["value"]:
                exact = Fraction(row["numerator"]) / Fraction(row["denominator"]) * 100
                assert abs(Fraction(row["value"]) - exact) <= Fraction(1, 20)


def test_p26_the_whole_path_has_every_indicator_once() -> None:
    page = london_journey(frames_of(everything()), everything())
    assert [stage.slug for stage in page.stages] == ["promotion", "early-help", "protection"]
    listed = {stage.slug: [line.code for line in stage.lines] for stage in page.stages}
    assert sorted(code for codes in listed.values() for code in codes) == sorted(everything().catalogue)
    assert all(everything().catalogue[code].stage == slug for slug, codes in listed.items() for code in codes)
    assert len(page.boroughs) == 33


def test_without_the_series_nothing_is_drawn() -> None:
    bare = with_figures(everything(), {c: d for c, d in everything().figures.items() if not d.source.national})
    assert period_of(bare.figures) is None
    assert journey_csv(bare.figures, bare.areas).decode().strip() == ",".join(HEADER)
    for page in (
        london_journey(frames_of(bare), bare),
        borough_journey(frames_of(bare), bare, bare.areas.by_slug["camden"]),
    ):
        assert page.flow is None
        assert page.empty in words_of(RENDERER.render(page))


def test_a_missing_series_leaves_a_gap_and_a_named_reason() -> None:
    part = {code: data for code, data in national().figures.items() if code not in ("N08a", "N13")}
    of = journey(part, everything().areas.by_slug["haringey"], YEAR)
    assert said(of.stages[2].counted) == "[x]"
    assert [said(stage.before) for stage in of.stages] == ["", "93.4", "[x]", "[x]", "94.0", "123.2"]
    assert said(of.backs[0].share) == "[x]"
    assert "[x] Not available. So it is for section 47 enquiries and re-referrals within 12 months." in words.notes(of)
