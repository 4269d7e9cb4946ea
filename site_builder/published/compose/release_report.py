"""The report of a release, made by the program alone: coverage, changes, movements, barriers, the next dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from site_builder.published import addresses, phrases
from site_builder.published.challenges import Open, age_in_words, banded, open_challenges
from site_builder.published.collected import responded, responses, rounds, senders
from site_builder.published.compose.documents import (
    Cell,
    anchor,
    control,
    count,
    fact,
    is_invented,
    numbered,
    said,
    section,
    table,
    to_indicator,
)
from site_builder.published.compose.indicator import unit_words
from site_builder.published.compose.movements import movement
from site_builder.published.compose.release_changes import group
from site_builder.published.compose.values import over_time, shown, tag, value
from site_builder.published.downloads.coverage import asked_file, counted_file, coverage_file
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import File, Row
from site_builder.published.revisions import in_order
from site_builder.published.statistics import IndicatorData
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period, day_in_words

STATES = {
    "reported": "Reported",
    "withheld": "Sent, not for publication",
    "incomplete": "Incomplete",
    "unreliable": "Unreliable",
    "not-returned": "Not returned",
    "late": "Late",
    "not-collected": "Not collected",
    "not-yet-available": "Not yet available",
    "not-due": "Not due",
    "not-applicable": "Does not apply",
}
_NO_BARRIER = "No challenge is open."


def release_report(frames: Frames, inputs: Inputs, one: Release) -> DocumentPage:
    """The report of a release. Ages and dates are counted to the day on which it was published."""
    name, path = str(one.id), addresses.release_report(str(one.id))
    figures = inputs.figures if one is inputs.latest else inputs.of_release(one)
    ours = {code: data for code, data in figures.items() if not data.source.national}
    barriers = open_challenges(inputs.catalogue, one)
    sections = (
        _coverage(inputs, one, ours, path),
        section("What changed", Part(changes=group(inputs, one, path))),
        _movements(ours, one, path),
        _barriers(inputs, barriers, ours, one, path),
        _next(inputs, one),
    )
    above = (("Data", addresses.DATA), ("Releases", addresses.RELEASES), (f"Release {name}", addresses.release(name)))
    return DocumentPage(
        frames.frame(
            path, f"Report on release {name}", "What came, what changed, what moved and what is still open.", "data", above,
            (ILLUSTRATIVE,) if is_invented(one) else (),
        ),
        "Report on a release",
        f"Report on release {name}",
        f"Published {day_in_words(one.published_on)}. Every sentence and number here is worked out from the release; none is "
        "written by hand.",
        (
            fact(f"{HERE.areas_head} that sent a return for the last quarter", _came(one), f"of {len(inputs.areas.boroughs)}"),
            fact("Indicators", len(ours)),
            fact("Challenges still open", len(barriers)),
        ),
        numbered(sections),
        control(inputs, one),
    )  # fmt: skip


def _came(one: Release) -> int:
    """The boroughs that sent something for the quarter that the release is named after."""
    return len(senders(one, str(one.id.period)))


def _coverage(inputs: Inputs, one: Release, ours: Mapping[str, IndicatorData], path: str) -> Section:
    """Who answered, and what became of each figure that was asked for, by period: those that no earlier release held."""
    told = inputs.revisions.told(one)
    new = told.periods if told else in_order({s.period for s in one.coverage})
    periods = [period for period in new if any(s.period == period for s in one.coverage)]
    if not periods:
        return section("Coverage", said("No period is new in this release."))
    tally = Counter((s.period, s.state) for s in one.coverage)
    states = [state for state in STATES if any(tally[period, state] for period in periods)]
    boroughs = {p: len(senders(one, p)) for p in periods}
    rows: list[tuple[Cell, ...]] = [
        (
            Period.parse(p).label,
            f"{boroughs[p]} of {len(inputs.areas.boroughs)}",
            *(count(tally[p, state]) for state in states),
        )
        for p in periods
    ]
    columns = ("Period", f"{HERE.areas_head} that sent any figure", *(STATES[state] for state in states))
    opening = (
        f"Each number counts figures: one for each {HERE.area} and indicator of a period that no earlier release held."
    )
    tables = (
        ("These numbers, CSV", asked_file(one)),
        ("Whose figures came, CSV", coverage_file(one)),
        ("Counted by indicator, CSV", counted_file(one)),
    )
    files = tuple(File(words, addresses.relative(path, place), "") for words, place in tables)
    return section(
        "Coverage",
        Part(rows=_answers(ours, periods)),
        said(opening),
        Part(table=table("Figures asked for, by period", columns, rows), files=files),
    )


def _answers(ours: Mapping[str, IndicatorData], periods: Sequence[str]) -> tuple[Row, ...]:
    """Who answered in each round that brought one of these periods, the latest first."""
    held = rounds(ours)
    return tuple(
        Row(answer.period.label, f"{responded(answer)}.")
        for answer in responses(ours)
        if any(str(period) in periods for period in held[answer.period].values())
    )


def _movements(ours: Mapping[str, IndicatorData], one: Release, path: str) -> Section:
    """London's latest figure of each indicator, that of a year before, and the trend word or why there is none."""
    rows = []
    for data in ours.values():
        if data.headline is None:
            continue
        moved = movement(data)
        series = over_time(data, LONDON)
        latest = value(shown(series[-1], data))
        ago = value(shown(moved.earlier, data)) if moved.earlier else "None comparable"
        counts = series[-1].value.state == "z"  # quarters of a rate are shown as counts
        what = "Count" if counts else unit_words(data.indicator)
        link = _within(one, data.indicator, path)
        rows.append((link, what, series[-1].period.label, latest, ago, moved.word))
    if not rows:
        return section("Movements", said("The release holds no figures."))
    opening = (
        f"{HERE.name}’s latest figure beside that of a year before. A trend is tested over five comparable years, so it has a "
        "word only where there are five. Two figures that differ are no trend."
    )
    mark = "Illustrative: " if any(tag(data) for data in ours.values()) else ""
    columns = ("Indicator", "Measure", "Latest", HERE.name, "A year before", "Trend")
    return section(
        "Movements", said(opening), Part(table=table(f"{mark}{HERE.name}’s figures", columns, rows), words=True)
    )


def _within(one: Release, indicator: Indicator, path: str) -> Markup:
    """A link to the page of an indicator in the release itself, where its figures are those of the report."""
    return anchor(path, addresses.release_indicator(str(one.id), indicator.code), f"{indicator.code} {indicator.title}")


def _named(inputs: Inputs, ours: Mapping[str, IndicatorData], one: Release, code: str, path: str) -> Markup | str:
    """The name of an indicator that a release may hold no figures of, with a link to what there is."""
    if code in ours:
        return _within(one, ours[code].indicator, path)
    return to_indicator(path, inputs.catalogue[code]) if code in inputs.catalogue else code


def _barriers(
    inputs: Inputs, found: Sequence[Open], ours: Mapping[str, IndicatorData], one: Release, path: str
) -> Section:
    """Open challenges, the oldest first, and how many are how old."""
    if not found:
        return section("Barriers", said(_NO_BARRIER))
    names = {area.code: area.name for area in inputs.areas.boroughs}
    rows = [
        (
            _named(inputs, ours, one, c.indicator, path),
            names.get(c.area, f"All {HERE.areas}"),
            Markup("{}<br><small>{}</small>").format(c.issue, c.action),
            day_in_words(c.raised),
            phrases.capital(age_in_words(c.raised, one.published_on)),
        )
        for c in found
    ]
    bands = "; ".join(f"{words}: {number}" for words, number in banded(found, one.published_on).items())
    opening = f"What makes figures hard to give and is not settled. Age is counted to {day_in_words(one.published_on)}. {bands}."
    columns = ("Indicator", "Where", "Difficulty, and what is done", "Raised", "Open for")
    return section(
        "Barriers", said(opening), Part(table=table("Open challenges, the oldest first", columns, rows), words=True)
    )


def _next(inputs: Inputs, one: Release) -> Section:
    """The rounds of the calendar that were still to be sent or released on the day of the release."""
    ahead = [r for r in inputs.collection.rounds if max(r.due, r.publishes or r.due) > one.published_on]
    if not ahead:
        return section("Next dates", said("The calendar names no later date yet."))
    rows = [
        (
            one_round.period.label,
            day_in_words(one_round.opens),
            day_in_words(one_round.due),
            day_in_words(one_round.publishes) if one_round.publishes else "From partner agencies; not released yet",
        )
        for one_round in sorted(ahead, key=lambda r: (r.due, r.opens))
    ]
    columns = ("Period", "Returns from", "Returns until", "Release")
    return section("Next dates", Part(table=table("Dates after this release", columns, rows), words=True))
