"""Score cards, boards and packs: membership, exceptions at their boundaries, what stands where nothing was supplied."""

from __future__ import annotations

import copy
import csv
import dataclasses
import io
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from site_builder.published.board_words import control
from site_builder.published.cardrows import Row, Rows
from site_builder.published.compose.board import LEADERSHIP, OPERATIONAL, board, found
from site_builder.published.compose.borough_indicator import borough_indicator
from site_builder.published.compose.pack import pack
from site_builder.published.compose.scorecard import scorecard
from site_builder.published.downloads.scorecard import card_csv
from site_builder.published.exceptions import Code, Listed, listed, together
from site_builder.published.inputs import Inputs
from site_builder.published.scorecards import FOLDER, CardRow, load_cards
from site_builder.published.statistics import IndicatorData
from site_builder.published.targets import Target
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.symbols import Polarity
from tests.factories import BOROUGHS, CODE, ROOT, cell, counts, figures, indicator, source
from tests.published.held import RENDERER, everything, frames_of, with_figures, words_of

A = BOROUGHS[6]
YEARS = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
RISING = ("1000", "1300", "1600", "1900", "2400")
COMMENTARY = {
    "commentary.csv": ({"area": A, "period": "2024-25", "indicator": CODE, "commentary": "We know.", "impact": ""},)
}
SUB_GROUPS = {
    "serious-case-review", "child-death-overview", "neglect", "education", "health", "quality-assurance",
    "learning-and-development", "young-and-safe",
}  # fmt: skip
SERVICES = {"private-fostering", "early-help", "domestic-abuse", "safeguarding-and-reviewing"}


@cache
def published_on() -> date:
    return latest().published_on


@cache
def latest() -> Release:
    release = everything().latest
    assert release is not None
    return release


def judged(kind: str = "count", polarity: Polarity = Polarity.LOW_IS_GOOD, trial: date | None = None) -> Indicator:
    return dataclasses.replace(indicator(kind), polarity=polarity, trial_until=trial)


def over_years(values: tuple[str, ...] = RISING, of: Indicator | None = None, **where: object) -> IndicatorData:
    """A count of one borough in five years."""
    cells = [cell(A, period, value) for period, value in zip(YEARS, values, strict=True)]
    return figures(cells, of or judged(), where=source(**where))  # type: ignore[arg-type]


def share(x: str, n: str = "1000", of: Indicator | None = None) -> IndicatorData:
    """A percentage of one borough in one year."""
    return figures(counts("2024-25", {A: (x, n)}), of or judged("proportion"))


def spread(own: int) -> IndicatorData:
    """32 boroughs of 400 children each, one of them with a share of its own."""
    table = {code: (str(60 + 7 * (place % 9)), "400") for place, code in enumerate(BOROUGHS[1:])}
    table[A] = (str(own), "400")
    table[LONDON] = (str(sum(int(x) for x, _ in table.values())), str(400 * len(table)))
    return figures(counts("2024-25", table), judged("proportion", Polarity.NO_JUDGEMENT))


def inputs_of(
    *some: IndicatorData,
    texts: Mapping[str, tuple[dict[str, str], ...]] | None = None,
    targets: tuple[Target, ...] = (),
) -> Inputs:
    """The committed inputs with invented figures and words in the place of their own."""
    release = copy.copy(latest())  # its proof was checked when it was read
    object.__setattr__(release, "texts", texts or {})
    made = dataclasses.replace(
        everything(),
        releases=(release,),
        targets=targets,
        catalogue={one.indicator.code: one.indicator for one in some},
    )
    return with_figures(made, {one.indicator.code: one for one in some})


def rows_of(inputs: Inputs, area: str = A) -> tuple[Row, ...]:
    made = Rows(inputs, inputs.areas.by_code[area])
    return tuple(made.row(CardRow(code, "Success.")) for code in inputs.catalogue)


def raised(data: IndicatorData, area: str = A, **more: object) -> Listed:
    (row,) = rows_of(inputs_of(data, **more), area)  # type: ignore[arg-type]
    return listed(row, published_on())


def codes(data: IndicatorData, area: str = A, **more: object) -> set[Code]:
    return set(raised(data, area, **more).codes)


def target(value: str, kind: str = "at-most", tolerance: str = "2") -> tuple[Target, ...]:
    day = date(2020, 4, 1)
    return (Target(A, CODE, "total", day, None, kind, value, "", tolerance, "A plan", "A board", day, ""),)


# ---- cards


def test_p27_twelve_cards_hold_every_agreed_indicator() -> None:
    cards, catalogue = everything().cards, everything().catalogue
    assert {card.code for card in cards if card.kind == "sub-group"} == SUB_GROUPS
    assert {card.code for card in cards if card.kind == "service-report"} == SERVICES
    held = {row.indicator for card in cards for row in card.rows}
    assert {code for code, one in catalogue.items() if one.status is Status.AGREED} <= held
    assert [card.code for card in cards if not card.rows] == ["serious-case-review"]


GOOD = 'code = "x"\ntitle = "X"\nkind = "sub-group"\nreports_to = "operational"\ncycle = "quarterly"\n'
ONE_ROW = '[[rows]]\nindicator = "SG09"\nsuccess = "Fewer."\n'


@pytest.mark.parametrize(
    "text",
    [
        GOOD + ONE_ROW + 'colour = "red"\n',
        GOOD + 'colour = "red"\n' + ONE_ROW,
        GOOD.replace('"x"', '"y"') + ONE_ROW,
        GOOD.replace("sub-group", "group") + ONE_ROW,
        GOOD.replace("operational", "leadership") + ONE_ROW,
        GOOD.replace("quarterly", "weekly") + ONE_ROW,
        GOOD + ONE_ROW.replace("SG09", "SG99"),
        GOOD + ONE_ROW.replace("SG09", "N17"),
        GOOD + ONE_ROW + ONE_ROW,
        GOOD,
        GOOD + 'themes = ["T9"]\n',
        GOOD + 'themes = ["T1"]\n' + ONE_ROW,
        "code = ",
    ],
)
def test_a_card_that_nobody_knows_how_to_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "x.toml").write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        load_cards(tmp_path, everything().catalogue)
    (finding,) = refused.value.findings
    assert finding.rule == "A101"
    assert finding.where.file.endswith("x.toml")


def test_a_card_is_read_with_the_themes_of_its_rows(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "x.toml").write_text(GOOD + ONE_ROW)
    (card,) = load_cards(tmp_path, everything().catalogue)
    assert card.themes == ("T1",)


def card_of(inputs: Inputs, code: str, area: str = "camden"):  # type: ignore[no-untyped-def]  # a page
    card = next(one for one in inputs.cards if one.code == code)
    return scorecard(frames_of(inputs), inputs, inputs.areas.by_slug[area], card)


def test_p29_p30_a_row_has_its_past_london_words_and_what_was_not_supplied() -> None:
    page = card_of(everything(), "safeguarding-and-reviewing")
    lines = {line.code: line for line in page.lines}
    first, second = lines["SG01"], lines["SG02"]
    assert first.words.impact == "Fewer families are sent from one service to the next."
    assert first.words.mark == "part ready"
    assert (second.words.commentary, second.words.impact) == (
        "No commentary supplied.", "No statement of impact supplied.",
    )  # fmt: skip
    data = everything().figures["SG02"]
    points = {str(period): point for (code, period), point in data.points.items() if code == A}
    assert second.value is not None
    assert second.value.text == points["2024-25-Q4"].value.text
    assert str(second.quarter.value) == points["2024-25-Q3"].value.text
    assert str(second.year.value) == points["2023-24-Q4"].value.text
    assert second.target == "none agreed"
    assert not second.status.word
    assert lines["SG15"].value is None
    assert lines["SG15"].reason


def test_p62_kind_and_way_of_hearing_always_stand_and_no_count() -> None:
    page = card_of(everything(), "young-and-safe")
    assert [one.kind for one in page.heard] == ["Children", "Families", "Practitioners"]
    ((how, what, changed),) = page.heard[0].items
    assert how == "Talks with children who have a plan, led by an advocate"
    text = RENDERER.render(page).decode()
    assert f"Heard by: {how}." in text
    assert text.count("Nothing supplied.") == 2
    assert not re.search(r"\d", how + what + changed)


def test_p61_release_catalogue_review_and_marking_stand_on_every_paper() -> None:
    inputs, camden = everything(), everything().areas.by_slug["camden"]
    frames = frames_of(inputs)
    line = " ".join(control(inputs))
    assert line.startswith(f"Release {latest().id}, published")
    assert f"Catalogue {latest().pins['collection']}." in line
    assert "illustrative" in line
    for page in (card_of(inputs, "neglect"), board(frames, inputs, camden, LEADERSHIP), pack(frames, inputs, camden)):
        assert line in RENDERER.render(page).decode()


def test_the_table_of_a_card_holds_what_the_card_prints() -> None:
    inputs, camden = everything(), everything().areas.by_slug["camden"]
    for card in inputs.cards:
        page = scorecard(frames_of(inputs), inputs, camden, card)
        table = list(csv.DictReader(io.StringIO(card_csv(inputs, camden, card).decode())))
        for line in page.lines:
            if line.value is None:
                continue
            rows = {row["position"]: row for row in table if row["indicator"] == line.code}
            for position, value in (
                ("latest", line.value), ("quarter-before", line.quarter.value), ("year-before", line.year.value),
                ("london", line.london),
            ):  # fmt: skip
                if value is not None:
                    row = rows[position]
                    printed = (
                        {row["value"], row["numerator"]} if value.text else {row["withheld"], row["numerator_withheld"]}
                    )
                    assert (value.text.replace(",", "") or value.state) in printed, (card.code, line.code, position)
            assert rows["latest"]["commentary"] == line.words.commentary
            assert all(row["classification"] == "synthetic" for row in rows.values())


@pytest.mark.parametrize("mark", ["c"])
def test_nothing_is_said_beside_a_hidden_figure(mark: str) -> None:
    inputs = inputs_of(over_years((*RISING[:4], mark)), texts=COMMENTARY)
    (row,) = rows_of(inputs)
    assert row.left_out
    assert row.commentary is None


# ---- exceptions, each at its boundary


@pytest.mark.parametrize(
    ("polarity", "values", "raises"),
    [
        (Polarity.LOW_IS_GOOD, RISING, True),
        (Polarity.HIGH_IS_GOOD, RISING, False),
        (Polarity.NO_JUDGEMENT, RISING, False),
        (Polarity.HIGH_IS_GOOD, RISING[::-1], True),
        (Polarity.LOW_IS_GOOD, ("1000", "1010", "990", "1005", "1002"), False),  # no clear change
    ],
)
def test_p28_decline(polarity: Polarity, values: tuple[str, ...], raises: bool) -> None:
    assert (Code.DECLINE in codes(over_years(values, judged(polarity=polarity)))) is raises


def test_p28_decline_needs_comparable_years() -> None:
    broken = dataclasses.replace(indicator("count", versions=[("2023-04-01", "none")]), polarity=Polarity.LOW_IS_GOOD)
    assert Code.DECLINE not in codes(over_years(RISING, broken))


@pytest.mark.parametrize(("x", "raises"), [("150", False), ("170", False), ("171", True)])
def test_p28_target_missed(x: str, raises: bool) -> None:
    assert (Code.TARGET_MISSED in codes(share(x), targets=target("15"))) is raises
    assert Code.TARGET_MISSED not in codes(share(x))


@pytest.mark.parametrize("side", [1, -1])
def test_p28_unusual_is_beyond_the_outer_limit_on_either_side(side: int) -> None:
    labels = {}
    for own in range(85, 400, 3) if side > 0 else range(85, 0, -3):
        data = spread(own)
        label = data.points[A, data.periods[-1]].variation
        if label not in labels:
            labels[label] = Code.UNUSUAL in codes(data)
        if label.startswith("out"):
            break
    end = "high" if side > 0 else "low"
    assert labels == {"within": False, f"edge-{end}": False, f"out-{end}": True}


@pytest.mark.parametrize("mark", ["c", "x", "z", "u", "low"])
def test_p28_a_withheld_value_raises_none_of_the_first_three(mark: str) -> None:
    assert not codes(over_years((*RISING[:4], mark)), targets=target("15")) - {Code.OVERDUE}
    (row,) = rows_of(inputs_of(share(mark), targets=target("1")))
    assert row.shown is not None
    assert row.shown.status is None
    assert not set(listed(row, published_on()).codes)


@pytest.mark.parametrize(
    ("state", "raises"), [("late", True), ("not-returned", True), ("not-collected", False), ("reported", False)]
)
def test_p28_overdue_return(state: str, raises: bool) -> None:
    data = over_years((*RISING[:4], "x"), states={(A, CODE, "2024-25"): state})
    assert (Code.OVERDUE in codes(data)) is raises


def test_p28_overdue_commentary_is_asked_for_beside_a_listed_row_alone() -> None:
    assert codes(over_years()) == {Code.DECLINE, Code.OVERDUE}
    assert codes(over_years(), texts=COMMENTARY) == {Code.DECLINE}
    assert codes(over_years(RISING[::-1])) == set()


@pytest.mark.parametrize(("days", "state", "raises"), [(1, "open", True), (0, "open", False), (1, "done", False)])
def test_p31_an_open_action_past_its_day_is_overdue(days: int, state: str, raises: bool) -> None:
    due = (published_on() - timedelta(days=days)).isoformat()
    action = {"area": A, "period": "2024-25", "id": "a", "indicator": CODE, "action": "Do it.", "owner_role": "Chair", "raised": "2024-01-01",
              "due": due, "state": state, "outcome": ""}  # fmt: skip
    quiet = over_years(RISING[::-1])
    assert (Code.OVERDUE in codes(quiet, texts={"actions.csv": (action,)})) is raises
    loose = inputs_of(quiet, texts={"actions.csv": ({**action, "indicator": ""},)})
    page = board(frames_of(loose), dataclasses.replace(loose, cards=()), loose.areas.by_code[A], LEADERSHIP)
    with_cards = found(with_figures(dataclasses.replace(loose, cards=()), loose.figures), loose.areas.by_code[A])
    assert bool(with_cards.loose) is bool(page.loose) is raises


@pytest.mark.parametrize(
    ("aspects", "raises"), [("333330", True), ("333331", False), ("33333 ", False), ("0333 3", False)]
)
def test_p28_not_assured_beside_a_listed_row_alone(aspects: str, raises: bool) -> None:
    names = ("source_system", "owner", "definition", "evidence", "sign_off", "audit")
    row = {"area": A, "area_code": A, "indicator": CODE, "period": "2024-25", "note": ""}
    texts = {"readiness.csv": ({**row, **dict(zip(names, (one.strip() for one in aspects), strict=True))},)}
    assert (Code.NOT_ASSURED in codes(over_years(), texts=texts)) is raises
    assert Code.NOT_ASSURED not in codes(over_years(RISING[::-1]), texts=texts)


@pytest.mark.parametrize(("many", "raises"), [(3, True), (2, False)])
def test_p28_a_theme_line_needs_three_indicators_in_one_period(many: int, raises: bool) -> None:
    some = [
        dataclasses.replace(one, indicator=dataclasses.replace(one.indicator, code=f"SG0{place}"))
        for place, one in enumerate([over_years(of=judged(polarity=Polarity.NO_JUDGEMENT))] * many, 1)
    ]
    made = together(rows_of(inputs_of(*some)), published_on())
    assert [len(one.rows) for one in made] == ([many] if raises else [])


def test_p28_an_indicator_of_another_period_or_on_two_cards_makes_no_third() -> None:
    one = over_years()
    others = [
        dataclasses.replace(one, indicator=dataclasses.replace(one.indicator, code=code, theme=theme))
        for code, theme in (("SG01", "T1"), ("SG02", "T1"), ("SG03", "T2"))
    ]
    rows = rows_of(inputs_of(*others))
    assert together((*rows, *rows), published_on()) == ()


@pytest.mark.parametrize(("until", "raises"), [(0, False), (-1, True)])
def test_p56_an_indicator_on_trial_raises_no_exception(until: int, raises: bool) -> None:
    trial = judged(trial=published_on() + timedelta(days=until))
    assert bool(codes(over_years(of=trial))) is raises
    some = [
        dataclasses.replace(one, indicator=dataclasses.replace(trial, code=f"SG0{place}"))
        for place, one in enumerate([over_years(of=trial)] * 3, 1)
    ]
    assert bool(together(rows_of(inputs_of(*some)), published_on())) is raises


# ---- boards and packs


def test_p28_what_the_leadership_board_sees_the_operational_board_sees() -> None:
    inputs = everything()
    frames, seen = frames_of(inputs), 0
    for area in inputs.areas.boroughs:
        operational, leadership = (board(frames, inputs, area, name) for name in (OPERATIONAL, LEADERSHIP))
        assert leadership.listed == operational.listed
        assert leadership.themes == operational.themes
        flagged = {row.link.href for card in operational.cards for row in card.rows if row.flags}
        assert {line.link.href for line in leadership.listed} == flagged
        assert leadership.cards == ()
        shown = sum(len(card.rows) for card in operational.cards)
        assert shown == sum(len(card.rows) for card in inputs.cards)
        for card in operational.cards:
            flags = [bool(row.flags) for row in card.rows]
            assert flags == sorted(flags, reverse=True)
        text = words_of(RENDERER.render(leadership))
        assert ("Nothing to report." in text) is not bool(leadership.listed or leadership.themes or leadership.loose)
        seen += len(leadership.listed)
    assert seen


def test_p23_a_pack_has_a_sheet_for_each_agreed_indicator_with_figures() -> None:
    inputs = everything()
    page = pack(frames_of(inputs), inputs, inputs.areas.by_slug["camden"])
    agreed = [
        code
        for code, data in inputs.figures.items()
        if data.indicator.status is Status.AGREED and data.headline is not None
    ]
    assert [sheet.slug for sheet in page.sheets] == [code.lower() for code in agreed]
    text = RENDERER.render(page).decode()
    assert text.count('class="paper new"') == len(agreed)
    assert all(sheet.question.endswith("?") for sheet in page.sheets)


def test_papers_stand_before_the_first_release() -> None:
    inputs = dataclasses.replace(everything(), releases=())
    bare = with_figures(inputs, {})
    camden = bare.areas.by_slug["camden"]
    for name in (OPERATIONAL, LEADERSHIP):
        assert "Nothing to report." in words_of(RENDERER.render(board(frames_of(bare), bare, camden, name)))
    assert "No agreed indicator has figures yet." in words_of(RENDERER.render(pack(frames_of(bare), bare, camden)))


def test_p29_what_a_borough_says_stands_beside_its_figure() -> None:
    inputs = everything()
    page = borough_indicator(frames_of(inputs), inputs, inputs.areas.by_slug["camden"], inputs.figures["SG01"])
    text = RENDERER.render(page).decode()
    assert "Schools and health visitors now use one front door" in text
    assert "Fewer families are sent from one service to the next." in text
    assert "Readiness for audit, as the borough rates it: part ready." in text
    other = borough_indicator(frames_of(inputs), inputs, inputs.areas.by_slug["brent"], inputs.figures["SG01"])
    assert other.said == ()


def test_the_sheet_of_papers_has_no_colour_of_its_own() -> None:
    css = (ROOT / "templates/assets/papers.css").read_text()
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", re.sub(r"#onward", "", css))
