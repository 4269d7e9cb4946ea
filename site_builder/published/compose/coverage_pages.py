"""Whose figures came: the latest of each indicator, and each round of the collection."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.collected import (
    Came,
    Slot,
    inside_london,
    responded,
    responses,
    rounds,
    slot_of,
    tally,
)
from site_builder.published.compose.values import tag
from site_builder.published.downloads.coverage import counted_file, coverage_file
from site_builder.published.figures import HIDDEN_SHORT
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_london import CoveragePage, CoverageTotal, Grid, GridCell, GridHead, GridRow
from site_builder.published.pages_parts import File, Link
from site_builder.published.phrases import capital, when
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period

LETTERS = {
    Came.RETURNED: "R",
    Came.LATE: "L",
    Came.NOT_COLLECTED: "C",
    Came.NOT_APPLICABLE: "A",
    Came.NOT_RETURNED: "N",
    Came.NOT_DUE: "D",
}
_MEANT = {
    Came.RETURNED: f"A figure came, though the {HERE.area} may ask that it is not shown.",
    Came.LATE: f"It may still be sent, or the {HERE.area} says that the figure is not ready yet.",
    Came.NOT_COLLECTED: f"The {HERE.area} does not record it.",
    Came.NOT_APPLICABLE: "There can be no such figure there.",
    Came.NOT_RETURNED: "No return came. Of a year: in at least one quarter.",
    Came.NOT_DUE: "It has not been asked for yet.",
}
_HIDDEN = "[c]"
_NAME = "Whose figures came"
_EMPTY = f"No {HERE.area} has sent a return yet."


def latest(frames: Frames, inputs: Inputs) -> CoveragePage:
    """The period that pages lead with, of each indicator from returns."""
    ours = {code: data for code, data in inputs.figures.items() if not data.source.national}
    held = {code: data.headline for code, data in ours.items() if data.headline is not None}
    lead = (
        f"Every indicator that {HERE.areas} send, in the period that its page leads with. National figures are not here: "
        "their publishers say whose they lack."
    )
    return _page(frames, inputs, addresses.COVERAGE, _NAME, lead if held else "", held)


def of_round(frames: Frames, inputs: Inputs, period: Period) -> CoveragePage:
    """One round: what was asked for a period, in its own return."""
    title = f"{_NAME} {when(period)}"
    lead = f"Every indicator that {HERE.areas} were asked for in this round."
    return _page(frames, inputs, addresses.coverage_in(period.id), title, lead, rounds(inputs.figures)[period])


def _page(frames: Frames, inputs: Inputs, path: str, title: str, lead: str, held: Mapping[str, Period]) -> CoveragePage:
    figures = {code: inputs.figures[code] for code in held}
    marked = next((tag(data) for data in figures.values()), "")
    above = (
        (HERE.areas_head, addresses.BOROUGHS),
        *(((_NAME, addresses.COVERAGE),) if path != addresses.COVERAGE else ()),
    )
    release = inputs.latest
    return CoveragePage(
        frame=frames.frame(
            path,
            title,
            f"Which {HERE.areas} sent which figures, and why others did not.",
            "boroughs",
            above,
            (ILLUSTRATIVE,) if marked else (),
        ),
        heading=title,
        lead=lead,
        tag=marked,
        grid=_grid(inputs, figures, held, path, title) if held else None,
        columns=tuple(capital(state.value) for state in Came),
        totals=tuple(_total(figures[code], period, path) for code, period in held.items()),
        responses=_responses(inputs, path, held),
        others=_others(inputs, path),
        files=(
            (
                File(f"Every {HERE.area} and period, CSV", addresses.relative(path, coverage_file(release)), ""),
                File("The same, counted by indicator, CSV", addresses.relative(path, counted_file(release)), ""),
            )
            if release and held
            else ()
        ),
        empty="" if held else _EMPTY,
    )


def _responses(inputs: Inputs, path: str, held: Mapping[str, Period]) -> tuple[str | Markup, ...]:
    """A sentence a round; of a round's own page only its own."""
    told = [(one.period, f"{capital(when(one.period))}, {responded(one)}.") for one in responses(inputs.figures)]
    if path == addresses.COVERAGE:
        return tuple(words for _, words in told)
    return tuple(words for period, words in told if path == addresses.coverage_in(period.id) and held)


def _others(inputs: Inputs, path: str) -> tuple[Link, ...]:
    every = [("The latest of each indicator", addresses.COVERAGE)] + [
        (capital(period.label), addresses.coverage_in(period.id)) for period in rounds(inputs.figures)
    ]
    return tuple(Link(label, addresses.relative(path, target)) for label, target in every if target != path)


def _grid(
    inputs: Inputs, figures: Mapping[str, IndicatorData], held: Mapping[str, Period], path: str, title: str
) -> Grid:
    table = [
        (area, [slot_of(figures[code], area.code, period) for code, period in held.items()])
        for area in inputs.areas.boroughs
    ]
    marked = next((f"{tag(data)}. " for data in figures.values() if tag(data)), "")
    return Grid(
        f"{marked}{title}, {HERE.areas} A to Z",
        _key({slot.came for _, slots in table for slot in slots}),
        tuple(
            GridHead(code, data.indicator.title, addresses.relative(path, addresses.indicator(code)))
            for code, data in figures.items()
        ),
        tuple(
            GridRow(area.name, addresses.relative(path, addresses.borough(area.slug)), tuple(map(_cell, slots)))
            for area, slots in table
        ),
    )


def _key(present: set[Came]) -> tuple[tuple[str, str, str], ...]:
    states = tuple((LETTERS[state], capital(state.value), _MEANT[state]) for state in Came if state in present)
    return (*states, (_HIDDEN, HIDDEN_SHORT, "Its figure, or a count that it rests on."))


def _cell(slot: Slot) -> GridCell:
    quiet = slot.came is Came.RETURNED
    word = f"{slot.came.value}{' in part' if slot.in_part else ''}"
    return GridCell(LETTERS[slot.came], word, quiet, _HIDDEN if slot.hidden else "")


def _total(data: IndicatorData, period: Period, path: str) -> CoverageTotal:
    counted = tally(data, period)
    inside = inside_london(data, period)
    point = data.points.get((LONDON, period))
    estimated = " [e] estimated" if point and "e" in point.value.marks else ""
    return CoverageTotal(
        Link(
            f"{data.indicator.code} {data.indicator.title}",
            addresses.relative(path, addresses.indicator(data.indicator.code)),
        ),
        capital(period.label),
        tuple(str(counted[state]) for state in Came),
        f"{HERE.name} ({inside}){estimated}" if inside else "Published by year",
    )
