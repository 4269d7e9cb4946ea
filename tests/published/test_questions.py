"""The bank of questions and the pages that ask them: strict reading, words that can be read back to figures, answers."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from site_builder.published import addresses
from site_builder.published.build import Builder
from site_builder.published.compose.borough import borough
from site_builder.published.compose.challenge import actions_of, challenge
from site_builder.published.compose.definition import questions
from site_builder.published.compose.enquiry import asked_of, enquiries
from site_builder.published.compose.questions import questions_page
from site_builder.published.compose.theme import theme as theme_page
from site_builder.published.enquiry.answers import Answer, answers_of, latest, others
from site_builder.published.enquiry.bank import ASKS, Bank
from site_builder.published.enquiry.case import Strength
from site_builder.published.enquiry.lines import Line, lines, shortlist
from site_builder.published.enquiry.loading import FOLDER, STANDING, load_bank
from site_builder.published.enquiry.registry import TRIGGERS
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.phrases import when, with_unit
from site_builder.published.render import Renderer
from site_builder.release.reference import load_catalogue
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import THEMES
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.refusals import ConfigurationError
from tests.promises.test_words import barred_words

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates")
CATALOGUE = load_catalogue(ROOT)
PATH = addresses.challenge("camden")
BANK = load_bank(ROOT, CATALOGUE)
JUDGED = re.compile(r"\b(significant\w*|performance|trend of two|no change)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def every_line(everything: Inputs) -> list[tuple[Area, Line]]:
    return [(a, line) for a in everything.areas.boroughs for line in lines(a, everything.around, everything.bank)]


def frames_of(inputs: Inputs) -> Frames:
    dated = (str(inputs.latest.id), inputs.latest.published_on) if inputs.latest else None
    return Frames.of(inputs.content.settings, inputs.areas, RENDERER.assets, dated)


# ---- the bank


def test_every_indicator_has_a_question_every_theme_a_local_one_and_every_trigger_is_used() -> None:
    assert [code for code in CATALOGUE if not BANK.of_indicator(code)] == []
    for theme in THEMES:
        assert any(one.local for one in BANK.of_theme(theme)), theme
    used = {trigger for one in BANK.questions for trigger in one.when}
    assert set(TRIGGERS) - used == {"opposite-ways", "hidden"}  # which pairs.toml and general.toml ask about
    assert {who for one in BANK.questions for who in one.asks} == set(ASKS)
    assert all(one.local is False or STANDING in one.when or one.when for one in BANK.questions)


def test_a_question_stands_in_the_file_of_the_theme_of_its_indicators() -> None:
    for one in BANK.questions:
        assert {CATALOGUE[code].theme for code in one.indicators} == {one.theme}, one.id
        assert one.id.startswith(f"{one.theme.lower()}-")


def test_no_question_is_one_of_the_catalogue_again() -> None:
    prose = "\n".join(" ".join(i.prose["Questions to ask"].split()) for i in CATALOGUE.values())
    assert [one.id for one in BANK.questions if one.text in prose] == []


def test_every_pair_tells_its_reason() -> None:
    assert len({(pair.rises, pair.falls) for pair in BANK.pairs}) == len(BANK.pairs) >= 10
    assert all(pair.reason.endswith(".") and pair.question.endswith("?") for pair in BANK.pairs)


def edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "file", "said"),
    [
        (edit("t1.toml", '["SG03", "N13"]', '["SG03", "N99"]'), "t1.toml", "N99"),
        (edit("t1.toml", '"above", "increasing"', '"above", "target-missed"'), "t1.toml", "target-missed"),
        (edit("t2.toml", 'asks = ["board"', 'asks = ["the boss"'), "t2.toml", "the boss"),
        (edit("t3.toml", "local = true", "lokal = true"), "t3.toml", "local, lokal"),
        (edit("t4.toml", "[[question]]", "[[questions]]"), "t4.toml", "[[question]] tables only"),
        (edit("t5.toml", "?", "."), "t5.toml", "no question"),
        (edit("t6.toml", 'id = "t6-private"', 'id = "t1-again"'), "questions", "stands twice: t1-again"),
        (edit("t7.toml", "[[question]]", "[question"), "t7.toml", "not valid TOML"),
        (edit("t8.toml", '["P2g"]', "[]"), "t8.toml", "no indicator"),
        (edit("t8.toml", '"unusual-quarter", "revised"', '"hidden"'), "t8.toml", "has the trigger hidden"),
        (edit("general.toml", '["jump"]', '["hidden"]'), "general.toml", "No general question for: jump"),
        (edit("general.toml", '"jump", "apart', '"apart'), "general.toml", "No general question for: jump"),
        (edit("pairs.toml", '"N07"', '"N99"'), "pairs.toml", "N99"),
        (edit("pairs.toml", '"N07"', '"SG01"'), "pairs.toml", "cannot be a pair"),
        (edit("pairs.toml", '"N07"', '"N06"'), "pairs.toml", "cannot be a pair"),
        (edit("pairs.toml", "reason =", "why ="), "pairs.toml", "reason, why"),
        (lambda folder: (folder / "general.toml").unlink(), "general.toml", "missing or not expected"),
        (lambda folder: (folder / "t9.toml").touch(), "t9.toml", "missing or not expected"),
    ],
)
def test_what_nobody_knows_is_refused_with_its_file(
    change: Callable[[Path], None], file: str, said: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    change(tmp_path / FOLDER)
    with pytest.raises(ConfigurationError) as refused:
        load_bank(tmp_path, CATALOGUE)
    (finding,) = refused.value.findings
    assert finding.rule == "A101"
    assert finding.where.file.endswith(file)
    assert said in finding.problem
    assert finding.fix


def test_a_checkout_without_questions_has_no_lines(tmp_path: Path, everything: Inputs) -> None:
    assert load_bank(tmp_path, CATALOGUE) == Bank()
    camden = everything.areas.by_slug["camden"]
    around = dataclasses.replace(everything.around, pairs=())
    assert lines(camden, around, Bank()) == ()


# ---- sentences, read back to their figures

VALUE = r"(\d[\d,]*(?:\.\d+)?(?:%| per [\d,]+)?)"
WHEN = r"((?:in the year to|at) \d{1,2} [A-Z][a-z]+ \d{4}|in [A-Z][a-z]+ to [A-Z][a-z]+ \d{4})"
BESIDE = rf"(?:, against {VALUE} in London \((as published|pooled, \d+ of \d+ boroughs)\))?"
SENTENCES = {
    "above": rf"the figure was {VALUE} {WHEN}{BESIDE}: (higher) than the usual variation between boroughs, beyond its (95|99\.8)% limit",
    "below": rf"the figure was {VALUE} {WHEN}{BESIDE}: (lower) than the usual variation between boroughs, beyond its (95|99\.8)% limit",
    "increasing": rf"the figure has risen over five years, from {VALUE} {WHEN} to {VALUE} {WHEN}",
    "decreasing": rf"the figure has fallen over five years, from {VALUE} {WHEN} to {VALUE} {WHEN}",
    "jump": rf"the figure changed from {VALUE} {WHEN} to {VALUE} {WHEN}: more than chance, and by more than a fifth",
    "apart-from-neighbours": rf"the figure was {VALUE} {WHEN} \(95% interval ([\d.,]+) to ([\d.,]+)\), while (\d+) (?:statistical neighbours|nearest London neighbours) with a figure lie between {VALUE} and {VALUE}",
    "predicted-apart": rf"the figure was {VALUE} {WHEN}: (?:higher|lower) than deprivation alone would lead one to expect, which is {VALUE} \(95% interval ([\d.,]+) to ([\d.,]+)\)",
    "opposite-ways": rf"“(.+)” rose from {VALUE} {WHEN} to {VALUE} {WHEN}, while “(.+)” fell from {VALUE} {WHEN} to {VALUE} {WHEN}",
    "zero-against-many": rf"(?:0 of ([\d,]+)|none among (?:[\d,]+) children) were reported {WHEN}{BESIDE}: at London’s (?:share|rate) about (\d+) would be usual",
    "hidden": rf"the figure {WHEN} is hidden to protect children",
    "not-returned": r"no return came for (.+)",
    "not-collected": r"the figure was not collected for (.+)",
    "always": "it is a standing question",
}


def printed(inputs: Inputs, code: str, area: str) -> dict[tuple[str, str], None]:
    """Every figure of an area on an indicator as (value, period) words, worked out from its table of figures."""
    data = inputs.figures[code]
    points = [data.points[area, period] for period in data.periods if data.points[area, period].value.is_shown]
    return dict.fromkeys((with_unit(point, data.indicator), when(point.period)) for point in points)


def test_every_sentence_is_read_back_to_printed_figures(
    everything: Inputs, every_line: list[tuple[Area, Line]]
) -> None:
    seen = set()
    for area, line in every_line:
        assert line.because.startswith("Asked because ")
        bare = line.because.removeprefix("Asked because ").removesuffix(".")
        match = re.fullmatch(SENTENCES[line.trigger], bare)
        assert match is not None, line.because
        seen.add(line.trigger)
        code = line.data.indicator.code
        told = re.findall(rf"{VALUE} {WHEN}", bare)
        if line.trigger == "opposite-ways":
            (pair,) = (p for p in everything.bank.pairs if p.question == line.question)
            assert (match[1], match[6]) == tuple(CATALOGUE[c].title for c in (pair.rises, pair.falls))
            assert all(one in printed(everything, pair.rises, area.code) for one in told[:2])
            assert all(one in printed(everything, pair.falls, area.code) for one in told[2:])
        elif line.trigger != "zero-against-many":
            assert all(one in printed(everything, code, area.code) for one in told), line.because
    assert seen == set(SENTENCES)


def test_london_and_the_limit_are_those_of_the_figure(everything: Inputs, every_line: list[tuple[Area, Line]]) -> None:
    for area, line in every_line:
        if line.trigger not in ("above", "below", "zero-against-many"):
            continue
        period = line.data.headline
        assert isinstance(period, Period)
        point, london = line.data.points[area.code, period], line.data.points[LONDON, period]
        match = re.fullmatch(SENTENCES[line.trigger], line.because.removeprefix("Asked because ").removesuffix("."))
        assert match is not None
        average = "as published" if line.data.source.national else f"pooled, {london.coverage}"
        beside = (None, None) if london.absent else (with_unit(london, line.data.indicator), average)
        assert (match[3], match[4]) == beside
        if line.trigger == "zero-against-many":
            x, n = (int(f.plain) for f in (london.numerator, london.denominator))
            assert point.numerator.plain == "0"
            assert int(match[5]) == int(x / n * int(point.denominator.plain) + 0.5)
            continue
        side, level = {"high": "higher", "low": "lower"}, {"out": "99.8", "edge": "95"}
        at, _, end = point.variation.partition("-")
        assert (match[5], match[6]) == (side[end], level[at])


def test_what_is_expected_is_that_of_the_model(everything: Inputs, every_line: list[tuple[Area, Line]]) -> None:
    found = [(area, line) for area, line in every_line if line.trigger == "predicted-apart"]
    assert found
    for area, line in found:
        code = line.data.indicator.code
        expected = everything.predictions[code].boroughs[area.code].expected
        match = re.fullmatch(SENTENCES[line.trigger], line.because.removeprefix("Asked because ").removesuffix("."))
        assert match is not None
        assert expected is not None
        ends = (match[4], match[5])
        assert (re.split(r"%| per", match[3])[0], *ends) == tuple(one.text for one in expected[:3])
        own, (low, high) = (re.split(r"%| per", match[1])[0], ends)
        assert not float(low.replace(",", "")) < float(own.replace(",", "")) < float(high.replace(",", ""))


def test_the_neighbours_of_a_sentence_are_the_shown_ones(
    everything: Inputs, every_line: list[tuple[Area, Line]]
) -> None:
    for area, line in every_line:
        if line.trigger != "apart-from-neighbours":
            continue
        data, period = line.data, line.data.headline
        assert period is not None
        known = {
            **{at: one.value for at, one in data.points.items()},
            **{at: one.value for at, one in data.outside.items()},
        }
        values = [known[n.area, period] for n in everything.neighbours[area.code] if (n.area, period) in known]
        shown = sorted(float(v.plain) for v in values if v.is_shown and "few" not in v.caution)
        match = re.fullmatch(SENTENCES[line.trigger], line.because.removeprefix("Asked because ").removesuffix("."))
        assert match is not None
        low, high = (float(re.split(r"%| per", match[at])[0].replace(",", "")) for at in (6, 7))
        assert (int(match[5]), low, high) == (len(shown), shown[0], shown[-1])
        point = data.points[area.code, period]
        assert (match[3], match[4]) == (point.lower.text, point.upper.text)
        assert float(point.upper.plain) < low or float(point.lower.plain) > high


def test_words_praise_and_blame_nobody(every_line: list[tuple[Area, Line]]) -> None:
    said = {line.because for _, line in every_line} | {line.question for _, line in every_line}
    said |= {one.told for one in TRIGGERS.values()} | {one.short for one in TRIGGERS.values()}
    for words in said:
        assert barred_words(words) == []
        assert not JUDGED.search(words)
        assert not re.search(r"nan|inf\b|-0|\d-\d|--", words.replace("2024-25", "")), words


# ---- silence


def test_a_hidden_figure_has_one_line_and_it_says_only_that(
    everything: Inputs, every_line: list[tuple[Area, Line]]
) -> None:
    hidden = 0
    for area in everything.areas.boroughs:
        own = [line for place, line in every_line if place is area]
        for data in everything.figures.values():
            assert data.headline is not None
            point = data.points[area.code, data.headline]
            about = [line for line in own if line.data is data]
            if "c" in (point.numerator.state, point.denominator.state, point.value.state):
                hidden += 1
                assert [line.trigger for line in about] == ["hidden"]
            else:
                assert "hidden" not in {line.trigger for line in about}
    assert hidden > 50


def test_the_smallest_place_is_never_compared(everything: Inputs, every_line: list[tuple[Area, Line]]) -> None:
    told = {line.trigger for area, line in every_line if not area.funnel}
    assert told <= {name for name, one in TRIGGERS.items() if not one.compares}
    assert "hidden" in told


def test_low_is_asked_about_like_high(every_line: list[tuple[Area, Line]]) -> None:
    told = [line.trigger for _, line in every_line]
    assert min(told.count(name) for name in ("above", "below", "increasing", "decreasing")) > 30


# ---- pages


def test_a_boroughs_page_asks_at_most_twelve_with_invented_figures_apart(everything: Inputs) -> None:
    for area in everything.areas.boroughs:
        page = borough(frames_of(everything), everything, area)
        some = shortlist(lines(area, everything.around, everything.bank))
        assert 1 <= sum(len(group.lines) for group in page.enquiries.groups) == len(some) <= 12
        places = [list(everything.figures).index(line.data.indicator.code) for line in some]
        keys = [(not line.data.source.national, line.strength, at) for line, at in zip(some, places, strict=True)]
        assert keys == sorted(keys)
        for group in page.enquiries.groups:
            assert bool(group.tag) is (group.heading == "Figures from borough returns")
        text = RENDERER.render(page).decode()
        assert text.count("Asked because") == len(some)
        assert f'href="{area.slug}/challenge.html"' in text


def test_before_the_first_release_there_are_national_lines_and_no_answers(everything: Inputs) -> None:
    national = dataclasses.replace(everything, releases=())
    vars(national)["figures"] = {code: one for code, one in everything.figures.items() if one.source.national}
    area = national.areas.by_slug["camden"]
    some = enquiries(national, area, addresses.borough(area.slug))
    assert [group.heading for group in some.groups] == ["National figures"]
    text = RENDERER.render(challenge(frames_of(national), national, area)).decode()
    assert "Illustrative" not in text
    assert "noindex" not in text
    assert "No actions were supplied." in text
    bank = questions_page(frames_of(national), national)
    assert not bank.frame.noindex
    assert {q.unanswered for theme in bank.themes for q in theme.questions if q.local} == {"Unanswered."}


def test_the_challenge_page_has_every_line_under_its_theme(everything: Inputs) -> None:
    frames = frames_of(everything)
    for area in everything.areas.boroughs:
        page = challenge(frames, everything, area)
        data = RENDERER.render(page)
        html5lib.HTMLParser(strict=True).parse(data)
        every = lines(area, everything.around, everything.bank)
        expected = sum(line.strength is not Strength.STANDING for line in every)
        assert data.decode().count("Asked because") == expected
        assert sum(len(group.lines) for theme in page.themes for group in theme.groups) == expected
        assert len(page.standing) == len(everything.bank.local)
        titles = [theme.heading for theme in page.themes]
        assert titles == sorted(titles, key=[t.title for t in everything.content.themes.values()].index)


def test_links_of_lines_lead_to_pages_and_places_that_are_there(everything: Inputs, builder: Builder) -> None:
    site = builder.site
    page = challenge(frames_of(everything), everything, everything.areas.by_slug["haringey"])
    for line in (line for theme in page.themes for group in theme.groups for line in group.lines):
        path, _, fragment = line.evidence.href.partition("#")
        target = re.sub(r"^(\.\./)+", "", path) if path.startswith("..") else f"boroughs/haringey/{path}"
        assert target in site, line.evidence.href
        assert f'id="{fragment}"' in site[target]().decode(), line.evidence.href


def test_an_answer_stands_with_the_boroughs_name_and_the_rest_as_unanswered(everything: Inputs) -> None:
    page = questions_page(frames_of(everything), everything)
    data = RENDERER.render(page)
    html5lib.HTMLParser(strict=True).parse(data)
    answered = [one for theme in page.themes for one in theme.questions if one.answers]
    assert [(one.slug, one.answers[0].area, one.unanswered) for one in answered] == [
        ("t1-reviews", "Camden", "Unanswered by the other 32.")
    ]
    assert answered[0].answers[0].tag == "Illustrative"
    waiting = [one for theme in page.themes for one in theme.questions if one.local and not one.answers]
    assert len(waiting) == len(everything.bank.local) - 1
    assert {one.unanswered for one in waiting} == {"Unanswered."}
    assert data.decode().count("Standing local question.") == len(everything.bank.local)
    listed = [one.slug for theme in page.themes for one in theme.questions] + [one.slug for one in page.general]
    assert sorted(listed) == sorted(one.id for one in (*everything.bank.questions, *everything.bank.general))
    for slug, said in (("camden", 1), ("barnet", 0)):
        own = challenge(frames_of(everything), everything, everything.areas.by_slug[slug])
        assert sum(bool(one.answers) for one in own.standing) == said
        assert sum(one.unanswered == "Unanswered." for one in own.standing) == len(own.standing) - said
        text = RENDERER.render(borough(frames_of(everything), everything, everything.areas.by_slug[slug])).decode()
        assert ("records arrive late" in text) is bool(said)


def test_an_answer_is_found_by_the_words_or_the_id_and_the_latest_counts(everything: Inputs) -> None:
    (first,) = answers_of(everything.latest)
    one = next(question for question in BANK.questions if question.id == "t1-reviews")
    later = first._replace(text="Now they are.", question="T1-REVIEWS", day=first.day.replace(year=2026))
    other = first._replace(question="How was it?")
    assert latest([first, later, other], one) == (later,)
    assert others([first, later, other], BANK) == (other,)
    assert isinstance(later, Answer)
    assert answers_of(None) == ()


def test_an_open_action_past_its_day_is_overdue(everything: Inputs) -> None:
    (action,) = actions_of(everything, everything.areas.by_slug["camden"], PATH)
    assert everything.latest is not None
    row = everything.latest.texts["actions.csv"][0]
    assert action.overdue is (row["due"] < everything.latest.published_on.isoformat())
    for due, state, overdue in (
        (everything.latest.published_on.isoformat(), "open", False),
        ("2020-01-01", "done", False),
        ("2020-01-01", "open", True),
    ):
        texts = {**everything.latest.texts, "actions.csv": ({**row, "due": due, "state": state},)}
        release = dataclasses.replace(everything.latest, texts=texts)
        inputs = dataclasses.replace(everything, releases=(*everything.releases[:-1], release))
        (action,) = actions_of(inputs, inputs.areas.by_slug["camden"], PATH)
        assert action.overdue is overdue
        assert action.tag == "Illustrative"


def test_every_theme_has_numbers_and_questions_beside_them(everything: Inputs) -> None:
    for one in everything.content.themes.values():
        page = theme_page(frames_of(everything), everything, one)
        assert page.tables or page.awaited
        assert next(text for text, _ in page.questions) in {
            q.text for q in everything.bank.of_theme(one.code) if q.local
        }
        assert len(page.questions) == len(everything.bank.of_theme(one.code))


def test_an_indicator_asks_its_own_questions_before_those_of_the_bank(everything: Inputs) -> None:
    for indicator in everything.catalogue.values():
        asked = questions(everything, indicator)
        of_bank = [one.text for one in everything.bank.of_indicator(indicator.code)]
        assert list(asked[-len(of_bank) :]) == of_bank
        assert len(asked) > len(of_bank) >= 1


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ((), ""),
        (("board",), "Ask the board."),
        (("children", "families", "partners"), "Ask children, families and partners."),
    ],
)
def test_who_can_answer_in_words(asks: tuple[str, ...], said: str) -> None:
    assert asked_of(asks) == said
