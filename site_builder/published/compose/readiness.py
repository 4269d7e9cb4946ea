"""How ready figures are for an audit: a grid of marks, and what boroughs say of their sources."""

from __future__ import annotations

from site_builder.published import addresses
from site_builder.published.compose.values import ILLUSTRATIVE_TAG
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_london import Grid, GridCell, GridHead, GridRow, ReadinessPage, ReadinessRow
from site_builder.published.pages_parts import Link
from site_builder.published.phrases import capital
from site_builder.published.readiness import ASPECTS, LEVELS, Mark, assessed, mark_of
from site_builder.release.tables import Row
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.planes import Classification

_PATH = addresses.READINESS
LETTERS = {Mark.READY: "R", Mark.PART: "P", Mark.NOT: "N", Mark.NOT_ASSESSED: "–"}
_MEANT = {
    Mark.READY: "Each of the six aspects is at least in place.",
    Mark.PART: "Each aspect is at least partly there, and one is not more than that.",
    Mark.NOT: "One aspect or more is not there at all.",
    Mark.NOT_ASSESSED: f"The {HERE.area} has not said, or not of every aspect.",
}
_CAPTION = f"How ready each figure is for an audit, {HERE.areas} and indicators A to Z"


def readiness_page(frames: Frames, inputs: Inputs) -> ReadinessPage:
    """Boroughs by the indicators that they send, both A to Z, without totals."""
    release = inputs.latest
    held = assessed(release) if release else {}
    invented = release is not None and release.classification is Classification.SYNTHETIC
    marked = ILLUSTRATIVE_TAG if invented else ""
    wanted = sorted((one for one in inputs.catalogue.values() if one.is_collected), key=lambda one: one.code)
    areas = inputs.areas.boroughs
    return ReadinessPage(
        frame=frames.frame(
            _PATH,
            "Readiness for audit",
            f"How ready each figure of each {HERE.area} is for an audit, by the {HERE.area}’s own word.",
            "boroughs",
            ((HERE.areas_head, addresses.BOROUGHS),),
            (ILLUSTRATIVE,) if invented else (),
        ),
        heading="How ready is each figure for an audit?",
        lead=f"Once a year {HERE.an_area} says of every figure it sends how far its source could be checked by somebody else.",
        tag=marked,
        grid=Grid(
            f"{marked}. {_CAPTION}" if marked else _CAPTION,
            tuple((LETTERS[mark], capital(mark.value), words) for mark, words in _MEANT.items()),
            tuple(GridHead(one.code, one.title, addresses.indicator(one.code)) for one in wanted),
            tuple(
                GridRow(
                    area.name,
                    addresses.borough(area.slug),
                    tuple(_cell(held.get((area.code, one.code))) for one in wanted),
                )
                for area in areas
            ),
        ),
        aspects=tuple(ASPECTS.values()),
        assessed=tuple(
            _row(area, one, held[area.code, one.code])
            for area in areas
            for one in wanted
            if (area.code, one.code) in held
        ),
    )


def _cell(row: Row | None) -> GridCell:
    mark = mark_of(row) if row else Mark.NOT_ASSESSED
    return GridCell(LETTERS[mark], mark.value, mark is Mark.NOT_ASSESSED, "")


def _row(area: Area, one: Indicator, row: Row) -> ReadinessRow:
    return ReadinessRow(
        Link(area.name, addresses.borough(area.slug)),
        Link(f"{one.code} {one.title}", addresses.borough_indicator(area.slug, one.code)),
        capital(mark_of(row).value),
        tuple(capital(LEVELS[row[aspect]]) for aspect in ASPECTS),
        row["note"],
    )
