"""The steps of the journey as a table: a row a place and figure, for London and every borough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from site_builder.published.figures import Figure
from site_builder.published.journey import Back, Journey, Stage, journey, period_of
from site_builder.published.statistics import IndicatorData
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON, Areas

JOURNEY_FILE = "data/journey.csv"
HEADER = (
    "area", "area_name", "period", "step", "indicator", "statistic", "numerator", "numerator_withheld", "denominator",
    "denominator_withheld", "value", "withheld", "caution",
)  # fmt: skip


class JourneyFiles(NamedTuple):
    """The drawing of one place's steps as files of the site."""

    svg: str
    png: str


def journey_files(slug: str) -> JourneyFiles:
    """Where the drawing of a place stands."""
    return JourneyFiles(f"data/journey/{slug}.svg", f"data/journey/{slug}.png")


_Row = tuple[str, ...]


def journey_csv(figures: Mapping[str, IndicatorData], areas: Areas) -> bytes:
    """Every figure of every journey, London first; the header alone where no step is held. ``statistic``: count,
    per-100-of-step-before, per-100-of-first-step, or share-that-came-back."""
    period = period_of(figures)
    places = (areas.by_code[LONDON], *areas.boroughs) if period else ()
    return csv_bytes(HEADER, (row for area in places if period for row in _rows(journey(figures, area, period))))


def _rows(of: Journey) -> Iterator[_Row]:
    place = (of.area.code, of.area.name, str(of.period))
    first = before = of.stages[0]
    for stage in of.stages:
        yield from ((*place, *row) for row in _stage(stage, before, first))
        before = stage
    yield from ((*place, *_back(back)) for back in of.backs)


def _stage(stage: Stage, before: Stage, first: Stage) -> Iterator[_Row]:
    what = (stage.step.slug, stage.step.code)
    yield (*what, "count", "", "", "", "", *_ending(stage.counted))
    if stage.before is not None and stage.first is not None:
        yield (*what, "per-100-of-step-before", *_pair(stage.counted), *_pair(before.counted), *_ending(stage.before))
        yield (*what, "per-100-of-first-step", *_pair(stage.counted), *_pair(first.counted), *_ending(stage.first))


def _back(back: Back) -> _Row:
    what = (back.back.slug, back.back.code, "share-that-came-back")
    return (*what, *_pair(back.counted), *_pair(back.out_of), *_ending(back.share))


def _pair(figure: Figure) -> tuple[str, str]:
    return figure.plain, figure.mark


def _ending(figure: Figure) -> _Row:
    return figure.plain, figure.mark, " ".join(figure.caution)
