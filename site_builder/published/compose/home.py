"""The first page."""

from __future__ import annotations

from site_builder.published import addresses, phrases
from site_builder.published.charts.geometry import sparkline
from site_builder.published.compose.lists import theme_lines
from site_builder.published.compose.prose import borough_finder
from site_builder.published.compose.values import number, unit, value
from site_builder.published.feeds import FEEDS
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Link
from site_builder.published.pages_site import HomePage, MovedRow, Panel
from site_builder.published.statistics import IndicatorData, tested_years
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.trends import POINTS
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

_MOST = 6


def home(frames: Frames, inputs: Inputs) -> HomePage:
    """What this is, whose, where my borough is, and what moved. Only national figures stand here, so none is invented."""
    path = addresses.HOME
    return HomePage(
        frames.frame(
            path,
            "",
            "Figures on how London’s boroughs keep children safe, compared fairly and explained in plain words.",
            feeds=FEEDS,
        ),
        "How London’s boroughs safeguard children, measured the same way",
        _lead(inputs),
        borough_finder(inputs.areas, lambda slug: addresses.relative(path, addresses.borough(slug))),
        tuple(Link(a.name, addresses.relative(path, addresses.borough(a.slug))) for a in inputs.areas.boroughs),
        theme_lines(inputs, path),
        "",
        _moved(inputs),
        "Nothing moved clearly.",
        "Read this first",
        "A high or low figure is not a judgement. It can reflect need, thresholds or how the work is recorded. "
        "Use it to decide what to ask next.",
        _panels(path),
    )


def _lead(inputs: Inputs) -> str:
    places = len(inputs.areas.boroughs)
    told = (
        f"{len(inputs.catalogue)} indicators for {places} boroughs, with questions to ask. National figures are real."
    )
    release = inputs.latest
    if release is None:
        return f"{told} No borough has sent a return yet."
    period = str(release.id.period)
    came = len({s.area for s in release.coverage if s.period == period and s.state == "reported"})
    invented = release.classification is Classification.SYNTHETIC
    opening = (
        "Figures from borough returns are invented for now, to show how the site works: release"
        if invented
        else ("Release")
    )
    return (
        f"{told} {opening} {release.id}, "
        f"published {day_in_words(release.published_on)}, holds returns of {came} of {places} boroughs."
    )


def _moved(inputs: Inputs) -> tuple[MovedRow, ...]:
    rows = [
        row
        for code in inputs.content.settings.front_page
        if (data := inputs.figures.get(code)) is not None and data.source.national and (row := _row(data)) is not None
    ]
    return tuple(rows[:_MOST])


def _row(data: IndicatorData) -> MovedRow | None:
    word = phrases.change_word(data.trends[LONDON].verdict, data.indicator.polarity)
    if word in ("", "no clear change"):
        return None
    first, last = (data.points[LONDON, year] for year in tested_years(data))
    series = data.series(LONDON)
    if not (first.value.is_shown and last.value.is_shown):
        return None
    words = f"From {first.value.text} in {first.period.end.year} to {last.value.text} in {last.period.end.year}"
    spark = sparkline([number(point) for point in series[-POINTS:]], words)
    if spark is None:
        return None
    href = addresses.relative(addresses.HOME, addresses.indicator(data.indicator.code))
    named = ", ".join(part for part in (unit(data), str(last.period.end.year)) if part)
    return MovedRow(data.indicator.title, href, spark, value(last.value), named, word)


def _panels(path: str) -> tuple[Panel, ...]:
    def link(label: str, target: str) -> Link:
        return Link(label, addresses.relative(path, target))

    return (
        Panel(
            "For boroughs",
            "What to send, when, and what a red check means. A web browser is enough.",
            (link("Submit a return", addresses.SUBMITTING), link("What the check looks for", addresses.RULES)),
        ),
        Panel(
            "For boards",
            "What lies beyond the usual, and what to ask about it.",
            (
                link("What stands out", addresses.STANDS_OUT),
                link("Questions to ask", addresses.QUESTIONS),
                link("The child’s journey", addresses.JOURNEY),
                link("Compare boroughs", addresses.COMPARE),
                link("Reports", addresses.REPORTS),
            ),
        ),
        Panel(
            "For analysts",
            "Every figure as a table, the packages with their checksums, and the proof that hidden figures stay hidden.",
            (link("Get the data", addresses.DATA), link("Releases", addresses.RELEASES)),
        ),
        Panel(
            "For everyone",
            "How we compare, why some figures are hidden, and what this site is not.",
            (
                link("How we compare", addresses.METHODS),
                link("Hidden figures", addresses.HIDDEN_FIGURES),
                link("What this is not", addresses.SCOPE),
                link("Proposals, and how to make one", addresses.PROPOSALS),
            ),
        ),
    )
