"""A score card as a table: a row an indicator and period, with the words and the status beside the latest figure."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.published import addresses, board_words
from site_builder.published.cardrows import Row, Rows, Shown
from site_builder.published.downloads.table import file_name
from site_builder.published.figures import Figure
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.scorecards import ScoreCard
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind

HEADER = (
    "release", "classification", "card", "indicator", "definition_version", "position", "area", "area_name", "period",
    "numerator", "numerator_withheld", "denominator", "denominator_withheld", "value", "withheld", "coverage",
    "target_kind", "target", "target_upper", "status", "direction", "readiness", "commentary", "impact", "actions",
)  # fmt: skip
_WORDS = 9  # columns from target_kind on, beside the latest figure alone
_Cells = tuple[str, ...]


def card_file(inputs: Inputs, area: Area, card: ScoreCard) -> str:
    """Where the table of a card stands; empty before the first release, and for a card without rows."""
    if inputs.latest is None or not card.rows:
        return ""
    page = addresses.scorecard(area.slug, card.code)
    name = file_name(card.code, "csv", inputs.latest.classification.value)
    return f"{page.rpartition('/')[0]}/{name}"


def card_csv(inputs: Inputs, area: Area, card: ScoreCard) -> bytes:
    """The table of a card. ``position``: latest, quarter-before, year-before, or london (of the latest period)."""
    rows = Rows(inputs, area).of(card)
    return csv_bytes(HEADER, (cells for row in rows for cells in _rows(inputs, card, row)))


def _rows(inputs: Inputs, card: ScoreCard, row: Row) -> Iterator[_Cells]:
    shown = row.shown
    if shown is None or inputs.latest is None:
        return
    source = shown.data.source
    start = (source.release, source.classification, card.code, row.indicator.code, str(row.indicator.version))
    place = (row.area.code, row.area.name)
    yield (*start, "latest", *place, *_figures(shown, shown.point), *_beside(row, shown))
    for position, earlier in (("quarter-before", shown.quarter_before), ("year-before", shown.year_before)):
        if earlier.point is not None and earlier.figure is not None:
            yield (*start, position, *place, *_figures(shown, earlier.point), *[""] * _WORDS)
    if shown.judged is not shown.point and shown.target:
        yield (*start, "target-period", *place, *_figures(shown, shown.judged), *[""] * _WORDS)
    if shown.london is not None:
        london = (LONDON, inputs.areas.by_code[LONDON].name)
        yield (*start, HERE.key, *london, *_figures(shown, shown.london), *[""] * _WORDS)


def _figures(shown: Shown, point: Point) -> _Cells:
    counted = shown.data.indicator.measure.kind is not Kind.COUNT
    return (
        str(point.period), *_pair(point.numerator), *(_pair(point.denominator) if counted else ("", "")),
        *_pair(point.value), point.coverage,
    )  # fmt: skip


def _pair(figure: Figure) -> tuple[str, str]:
    return figure.plain, figure.mark


def _beside(row: Row, shown: Shown) -> _Cells:
    target = shown.target
    return (
        *((target.kind, target.value, target.upper) if target else ("", "", "")),
        shown.status.value if shown.status else "", shown.direction, row.mark.value, board_words.commentary(row),
        board_words.impact(row), " ".join(board_words.actions(row)),
    )  # fmt: skip
