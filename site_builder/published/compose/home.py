"""The first page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses, phrases
from site_builder.published.charts.geometry import sparkline
from site_builder.published.collected import senders
from site_builder.published.compose.data import archive
from site_builder.published.compose.due import due_line
from site_builder.published.compose.lists import theme_lines
from site_builder.published.compose.prose import borough_finder
from site_builder.published.compose.values import number, unit, value
from site_builder.published.downloads.places import DERIVED
from site_builder.published.feeds import FEEDS
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import ThemeLine
from site_builder.published.pages_parts import Link
from site_builder.published.pages_site import HomePage, MovedRow, Panel
from site_builder.published.statistics import IndicatorData, tested_years
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.trends import POINTS
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

_MOST = 4
_RETURNS = f"Figures from {HERE.area} returns"


def home(frames: Frames, inputs: Inputs, file: Callable[[str], bytes]) -> HomePage:
    """What this is, whose, where my borough is, and what moved. Only national figures stand here, so none is invented.

    ``file``: what stands at a path of the site.
    """
    path = addresses.HOME
    return HomePage(
        frame=frames.frame(
            path,
            "",
            f"Figures on how {HERE.name}’s {HERE.areas} {HERE.aim_plain}, compared fairly and explained in plain words.",
            feeds=FEEDS,
        ),
        heading=f"How {HERE.name}’s {HERE.areas} {HERE.aim}, measured the same way",
        lead=f"{len(inputs.catalogue)} indicators for {len(inputs.areas.boroughs)} {HERE.areas}, with questions to ask.",
        standing=_standing(inputs),
        finder=borough_finder(inputs.areas, lambda slug: addresses.relative(path, addresses.borough(slug))),
        boroughs=tuple(
            Link(a.name, addresses.relative(path, addresses.borough(a.slug))) for a in inputs.areas.boroughs
        ),
        themes=tuple(map(partial(_asked, inputs), theme_lines(inputs, path), inputs.content.settings.themes)),
        moved_tag="",
        moved=_moved(inputs),
        moved_empty="Nothing moved clearly.",
        caution_heading="Read this first",
        caution="A high or low figure is not a judgement. It can reflect need, thresholds or how the work is recorded. "
        "Use it to decide what to ask next.",
        panels=_panels(inputs, path, file),
    )


def _standing(inputs: Inputs) -> str:
    """What is real and what is not, and the release that is shown."""
    told, release = "National figures are real.", inputs.latest
    if release is None:
        return f"{told} No {HERE.area} has sent a return yet."
    places, period = len(inputs.areas.boroughs), str(release.id.period)
    came = len(senders(release, period))
    day = day_in_words(release.published_on)
    if release.classification is Classification.SYNTHETIC:
        return (
            f"{told} {_RETURNS} are invented for now, to show how the site works: release {release.id}, published {day}, "
            f"holds returns of {came} of {places} {HERE.areas}."
        )
    return f"{told} {_RETURNS} are those of release {release.id}, published {day}: {came} of {places} {HERE.areas} sent one."


def _asked(inputs: Inputs, line: ThemeLine, code: str) -> ThemeLine:
    """A theme with the first question about it in place of its objective, where the bank has one."""
    questions = inputs.bank.of_theme(code)
    return line._replace(line=questions[0].text) if questions else line


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
    began = f"{first.value.text} in {first.period.end.year}"
    words = f"From {began} to {last.value.text} in {last.period.end.year}"
    spark = sparkline([number(point) for point in series[-POINTS:]], words)
    if spark is None:
        return None
    href = addresses.relative(addresses.HOME, addresses.indicator(data.indicator.code))
    named = f"{unit(data)} in {last.period.end.year}".strip()
    return MovedRow(data.indicator.title, href, spark, value(last.value), named, word, f"from {began}")


def _panels(inputs: Inputs, path: str, file: Callable[[str], bytes]) -> tuple[Panel, ...]:
    def link(label: str, target: str) -> Link:
        return Link(label, addresses.relative(path, target))

    latest = inputs.latest
    published = latest.published_on if latest else None
    return (
        Panel(
            f"For {HERE.areas}",
            f"{due_line(inputs.collection, inputs.catalogue.values(), published)} A web browser is enough to send them.",
            (
                link("Submit a return", addresses.SUBMITTING),
                link("Calendar", addresses.CALENDAR),
                link("Whose figures came", addresses.COVERAGE),
                link("What the check looks for", addresses.RULES),
            ),
        ),
        Panel(
            "For analysts",
            "Every figure as a table, the packages with their checksums, and the proof that hidden figures stay hidden.",
            (
                *(_everything(latest, path, file) if latest else ()),
                link("Get the data", addresses.DATA),
                link("Releases", addresses.RELEASES),
            ),
        ),
        Panel(
            "For boards",
            "What lies beyond the usual, and what to ask about it.",
            (
                link("What stands out", addresses.STANDS_OUT),
                link("Questions to ask", addresses.QUESTIONS),
                link(f"Map of {HERE.name}", addresses.MAP),
                *((link(f"The {HERE.person}’s journey", addresses.JOURNEY),) if "journey" in HERE.sections else ()),
                link(f"Compare {HERE.areas}", addresses.COMPARE),
                link("Reports", addresses.REPORTS),
            ),
        ),
        Panel(
            "For everyone",
            "How we compare, why some figures are hidden, and what this site is not.",
            (
                link("How the indicators hang together", addresses.MODEL),
                link("How we compare", addresses.METHODS),
                link("Hidden figures", addresses.HIDDEN_FIGURES),
                link("What this is not", addresses.SCOPE),
                link("Proposals, and how to make one", addresses.PROPOSALS),
            ),
        ),
    )


def _everything(latest: Release, path: str, file: Callable[[str], bytes]) -> tuple[Link, Link]:
    """The archive of a release with its size, and the checksums of what is made from it."""
    packed = archive(latest, path, file)
    sums = addresses.release_file(str(latest.id), DERIVED)
    return (
        Link(f"{packed.label.replace('one archive', 'one zip')}, {packed.size}", packed.href),
        Link("Its checksum", addresses.relative(path, sums)),
    )
