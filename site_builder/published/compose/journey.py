"""The child's journey: the whole path with every indicator, and the steps of one year in London and in each borough."""

from __future__ import annotations

from site_builder.published import addresses, citing, sentences
from site_builder.published import journey_words as words
from site_builder.published.charts.caption import Caption
from site_builder.published.charts.steps import steps_chart
from site_builder.published.compose.definition import questions
from site_builder.published.compose.indicator import state_of
from site_builder.published.compose.values import tag, value
from site_builder.published.downloads.journey import JOURNEY_FILE, journey_files
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.journey import RETURNS, STEPS, Journey, Stage, journey, period_of
from site_builder.published.pages_journey import (
    BoroughJourneyPage,
    JourneyBlock,
    JourneyPage,
    PathLine,
    PathStage,
    StepsChart,
)
from site_builder.published.pages_parts import DataTable, Link, Tools, Value
from site_builder.published.phrases import when
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period

_STAGES = (
    ("promotion", "Promotion", "What helps every child to be safe and well."),
    ("early-help", "Prevention and early help", "Help that comes before harm, or soon after the first signs."),
    ("protection", "Protection", f"What is done once {HERE.a_person} may be at risk."),
)
_EMPTY = "There are no figures of these steps yet."


def london_journey(frames: Frames, inputs: Inputs) -> JourneyPage:
    """Every indicator along the path, then the steps in London."""
    path = addresses.JOURNEY
    return JourneyPage(
        frame=frames.frame(
            path,
            f"The {HERE.person}’s journey",
            f"Every indicator along the path from promotion to protection, and its steps in {HERE.name}.",
            "indicators",
        ),
        heading=f"The {HERE.person}’s journey",
        lead="From help for every child to protection for a few: where each indicator stands along the path, and how many "
        "of each step there were in one year.",
        local=(
            *(Link(title, f"#{slug}") for slug, title, _ in _STAGES),
            Link(f"Steps in {HERE.name}", "#flow"),
            Link(HERE.areas_head, f"#{HERE.folder}"),
        ),
        stages=tuple(
            PathStage(
                slug,
                title,
                text,
                tuple(_line(inputs, one, path) for one in inputs.catalogue.values() if one.stage == slug),
            )
            for slug, title, text in _STAGES
        ),
        flow=_block(frames, inputs, inputs.areas.by_code[LONDON], path),
        empty=_EMPTY,
        boroughs=tuple(
            Link(area.name, addresses.relative(path, addresses.journey(area.slug))) for area in inputs.areas.boroughs
        ),
    )


def borough_journey(frames: Frames, inputs: Inputs, area: Area) -> BoroughJourneyPage:
    """The steps in one borough, beside London's."""
    path, home = addresses.journey(area.slug), addresses.borough(area.slug)
    return BoroughJourneyPage(
        frame=frames.frame(
            path,
            f"The {HERE.person}’s journey in {sentences.in_sentence(area)}",
            f"Steps from referral to protection plan in {sentences.in_sentence(area)}, and where {HERE.people} come back.",
            "boroughs",
            above=((HERE.areas_head, addresses.BOROUGHS), (area.name, home)),
        ),
        kicker=Link(area.name, addresses.relative(path, home)),
        heading=f"The {HERE.person}’s journey in {sentences.in_sentence(area)}",
        lead="How many of each step there were in one year, from referral to plan, and how many came back.",
        flow=_block(frames, inputs, area, path),
        empty=_EMPTY,
        onward=(
            Link(f"The whole path, and {HERE.name}", addresses.relative(path, addresses.JOURNEY)),
            Link(f"Profile of {sentences.in_sentence(area)}", addresses.relative(path, addresses.profile(area.slug))),
        ),
    )


def _line(inputs: Inputs, indicator: Indicator, path: str) -> PathLine:
    data = inputs.figures.get(indicator.code)
    if data is None:
        source = state_of(indicator)[0].rstrip(".")
    elif data.source.national:
        source = "National figures"
    else:
        source = f"Returns{' (illustrative)' if tag(data) else ''}"
    return PathLine(
        indicator.code, indicator.title, addresses.relative(path, addresses.indicator(indicator.code)), source
    )


def drawn_steps(inputs: Inputs, area: Area) -> tuple[StepsChart, Caption] | None:
    """The drawing of the steps in an area, with the words of its files; None without figures."""
    period = period_of(inputs.figures)
    if period is None:
        return None
    of, place = journey(inputs.figures, area, period), sentences.in_sentence(area)
    caption = Caption(f"The {HERE.person}’s journey in {place}", _sub(period), _sources(inputs), invented=False)
    return steps_chart(of, f"Steps of the journey in {place}", words.described(of)), caption


def _block(frames: Frames, inputs: Inputs, area: Area, path: str) -> JourneyBlock | None:
    period, drawn = period_of(inputs.figures), drawn_steps(inputs, area)
    if period is None or drawn is None:
        return None
    chart, caption = drawn
    of = journey(inputs.figures, area, period)
    london = None if area.code == LONDON else journey(inputs.figures, inputs.areas.by_code[LONDON], period)
    asked = [one.code for one in (STEPS[0], *RETURNS) if one.code in inputs.figures]
    files = journey_files(area.slug)
    places = (("SVG", files.svg), ("PNG", files.png), ("CSV", JOURNEY_FILE))
    return JourneyBlock(
        heading=words.heading(of),
        sub=_sub(period),
        chart=chart,
        sentences=tuple(filter(None, (words.flow(of), words.came_back(of)))),
        notes=words.notes(of),
        table=_table(of, london),
        returns=_returns(of, london),
        tools=Tools("", _sources(inputs), tuple(Link(name, addresses.relative(path, file)) for name, file in places)),
        questions=tuple(questions(inputs, inputs.catalogue[code])[0] for code in asked),
        cite=citing.journey(frames, caption.heading, _sources(inputs), path),
    )


def _sub(period: Period) -> str:
    return f"Counts {when(period)}, and how many for every 100 of the step before."


def _sources(inputs: Inputs) -> str:
    lines = dict.fromkeys(
        inputs.figures[one.code].source.credit for one in (*STEPS, *RETURNS) if one.code in inputs.figures
    )
    return "; ".join(lines)


def _table(of: Journey, london: Journey | None) -> DataTable:
    columns = ("Step", "Counted", "For every 100 of the step before", "For every 100 referrals")
    pairs = zip(of.stages, london.stages if london else of.stages, strict=True)
    return DataTable(
        f"Steps in {sentences.in_sentence(of.area)}, {when(of.period)}",
        (*columns, f"{HERE.name}, for every 100 referrals") if london else columns,
        tuple((*_step(stage), *((_or_blank(other),) if london else ())) for stage, other in pairs),
    )


def _step(stage: Stage) -> tuple[str | Value, ...]:
    before = value(stage.before) if stage.before else ""
    return stage.step.title, value(stage.counted), before, _or_blank(stage)


def _or_blank(stage: Stage) -> str | Value:
    return value(stage.first) if stage.first else ""


def _returns(of: Journey, london: Journey | None) -> DataTable:
    columns = ("Came back", "Counted", "Out of", "Percentage")
    pairs = zip(of.backs, london.backs if london else of.backs, strict=True)
    return DataTable(
        f"{HERE.people_head} who came back in {sentences.in_sentence(of.area)}, {when(of.period)}",
        (*columns, f"{HERE.name}, percentage") if london else columns,
        tuple(
            (
                back.back.title,
                value(back.counted),
                value(back.out_of),
                value(back.share),
                *((value(other.share),) if london else ()),
            )
            for back, other in pairs
        ),
    )
