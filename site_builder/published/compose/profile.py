"""The profile of a borough: theme, objective, indicator, one line each; national figures and those of returns apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.published import addresses, sentences
from site_builder.published.compose.indicator import state_of
from site_builder.published.compose.lists import in_order, notices
from site_builder.published.compose.values import ILLUSTRATIVE_TAG, tag, unit, value, variation
from site_builder.published.content import Objective, Theme
from site_builder.published.downloads.places import area_files
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.neighbours import nearby
from site_builder.published.pages_parts import NOT_COMPARED, File, Link, Value
from site_builder.published.pages_standing import (
    ProfileObjective,
    ProfilePage,
    ProfileRow,
    ProfileTable,
    ProfileTheme,
)
from site_builder.published.phrases import count_word
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period

_STATES = {
    "reported": "Returned",
    "late": "Late",
    "not-collected": "Not collected",
    "not-returned": "Not returned",
    "not-due": "Not due",
    "not-applicable": "Does not apply",
    "not-yet-available": "Not yet available",
    "incomplete": "Incomplete",
    "unreliable": "Unreliable",
    "withheld": "Kept back",
}
_NOTES = (
    f"{HERE.name} is as published for national series and pooled for returns: all that was counted over all that it is out of. "
    f"How many {HERE.areas} are in it stands beside it where some are not. Neighbours are the median of the {HERE.area}’s statistical neighbours that have a figure here, where at "
    f"least six do. Beside figures from returns they are its nearest {HERE.name} neighbours: those of the same list that are in "
    f"{HERE.name}.",
    "The trend needs five comparable years; without them it is not comparable. Counts have no comparison.",
    "A line that stands out, or is towards the edge, says so on either side. The rest are within the usual variation or "
    "are not compared.",
    "Themes, objectives and the place of each indicator are proposed: the framework of 2008 has not come down to us.",
)


def profile(frames: Frames, inputs: Inputs, area: Area) -> ProfilePage:
    """Every indicator of the catalogue on one line for one borough."""
    path, home = addresses.profile(area.slug), addresses.borough(area.slug)
    name = sentences.in_sentence(area)
    themes = tuple(
        ProfileTheme(
            theme.code.lower(),
            theme.title,
            addresses.relative(path, addresses.theme(theme.code)),
            _tables(inputs, area, theme, path),
        )
        for theme in in_order(inputs)
    )
    return ProfilePage(
        frame=frames.frame(
            path,
            f"Profile of {name}",
            f"Every indicator of {name} on one line, by theme and objective.",
            "boroughs",
            above=((HERE.areas_head, addresses.BOROUGHS), (area.name, home)),
            notices=notices(inputs),
        ),
        kicker=Link(area.name, addresses.relative(path, home)),
        heading=f"Profile of {name}",
        lead=f"{sum(map(_lines, themes))} indicators in {count_word(len(themes))} themes, one line each: {name}, {HERE.name}, "
        "the places most like it, and whether it is changing.",
        local=tuple(Link(theme.title, f"#{theme.code.lower()}") for theme in in_order(inputs)),
        notes=_NOTES if area.funnel else (sentences.too_small(area), *_NOTES),
        themes=themes,
        files=_files(inputs, area, path),
    )


def _lines(theme: ProfileTheme) -> int:
    return sum(len(objective.rows) for table in theme.tables for objective in table.objectives)


def _tables(inputs: Inputs, area: Area, theme: Theme, path: str) -> tuple[ProfileTable, ...]:
    invented = any(tag(data) for data in inputs.figures.values())
    kinds = (
        ("National figures", True, ""),
        (f"Figures from {HERE.area} returns", False, ILLUSTRATIVE_TAG if invented else ""),
    )
    return tuple(
        ProfileTable(
            heading,
            marked,
            f"{f'{marked}. ' if marked else ''}{area.name}, {theme.title.lower()}: {heading.lower()}",
            some,
        )
        for heading, national, marked in kinds
        if (some := _objectives(inputs, area, theme, path, national=national))
    )


def _objectives(inputs: Inputs, area: Area, theme: Theme, path: str, *, national: bool) -> tuple[ProfileObjective, ...]:
    return tuple(
        ProfileObjective(objective.title, tuple(_row(inputs, area, one, path) for one in held))
        for objective in theme.objectives
        if (held := [one for one in _held(inputs, objective) if one.is_national is national])
    )


def _held(inputs: Inputs, objective: Objective) -> Iterable[Indicator]:
    return (inputs.catalogue[code] for code in objective.indicators if code in inputs.catalogue)


def _row(inputs: Inputs, area: Area, indicator: Indicator, path: str) -> ProfileRow:
    data = inputs.figures.get(indicator.code)
    if data is None or data.headline is None:
        href, reason = addresses.relative(path, addresses.indicator(indicator.code)), state_of(indicator)[0]
        return ProfileRow(
            indicator.code, indicator.title, href, None, "", "", None, "", None, NOT_COMPARED, "", "", reason
        )
    return _line(inputs, area, data, data.headline, path)


def _line(inputs: Inputs, area: Area, data: IndicatorData, period: Period, path: str) -> ProfileRow:
    indicator, point, london = data.indicator, data.points[area.code, period], data.points[LONDON, period]
    own = sentences.leading(area, point, data)
    beside = own is point.value and indicator.measure.kind is not Kind.COUNT
    return ProfileRow(
        code=indicator.code,
        title=indicator.title,
        href=addresses.relative(path, addresses.borough_indicator(area.slug, indicator.code)),
        value=value(own),
        unit=unit(data) if own is point.value else "counted",
        period=sentences.short_period(period),
        london=value(london.value) if beside else None,
        inside=london.partial.removesuffix(f" {HERE.areas}"),
        neighbours=_neighbours(inputs, area, data, period) if beside else None,
        variation=variation(point) if area.funnel and point.variation != "within" else NOT_COMPARED,
        change=sentences.direction(area, data),
        mark=_mark(area, data, period),
        reason="",
    )


def _neighbours(inputs: Inputs, area: Area, data: IndicatorData, period: Period) -> Value | None:
    middle = nearby(inputs.neighbours, inputs.areas, area.code, data, period).median
    return value(middle) if middle is not None else None


def _mark(area: Area, data: IndicatorData, period: Period) -> str:
    """Whether the figure was published or returned, whatever is shown of it."""
    if data.source.national:
        return "Published"
    return _STATES[data.source.states.get((area.code, data.indicator.code, str(period)), "not-returned")]


def _files(inputs: Inputs, area: Area, path: str) -> tuple[File, ...]:
    """The tables behind the page: the borough's own, and London's."""
    places: Sequence[tuple[str, str]] = (
        (area.name, area.slug),
        (inputs.areas.by_code[LONDON].name, inputs.areas.by_code[LONDON].slug),
    )
    return tuple(
        File(f"{name}. {one.title}, CSV", addresses.relative(path, one.csv), "")
        for name, slug in places
        for one in area_files(inputs, slug)
    )
