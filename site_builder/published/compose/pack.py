"""The pack of a borough: one sheet of A4 for each agreed indicator with figures, legible without colour."""

from __future__ import annotations

from site_builder.published import addresses, board_words, comparators, phrases, sentences
from site_builder.published.cardrows import Rows
from site_builder.published.comparators import Comparator
from site_builder.published.compose import definition, papers
from site_builder.published.compose.borough import BOROUGHS
from site_builder.published.compose.borough_indicator import measure_of
from site_builder.published.compose.borough_trend import borough_trend
from site_builder.published.compose.values import release_tag, value
from site_builder.published.downloads.comparators import comparators_file
from site_builder.published.downloads.places import area_files
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_papers import PackPage, PackRow, PackSheet
from site_builder.published.pages_parts import File, Link
from site_builder.published.scorecards import CardRow
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import Status


def pack(frames: Frames, inputs: Inputs, area: Area) -> PackPage:
    """A cover with the list of sheets, and the sheets."""
    path, tag, rows = addresses.pack(area.slug), release_tag(inputs), Rows(inputs, area)
    sheets = tuple(_sheet(inputs, area, rows, data, tag) for data in _packed(inputs))
    name = sentences.in_sentence(area)
    return PackPage(
        frame=frames.frame(
            path,
            f"{area.name}: pack for a meeting",
            f"One sheet for each indicator of {name}, to print and take into a meeting.",
            section="boroughs",
            above=(BOROUGHS, (area.name, addresses.borough(area.slug))),
            notices=papers.notices(inputs),
        ),
        kicker=area.name,
        heading=f"Pack for a meeting about {name}",
        tag=tag,
        lead="One sheet of paper for each indicator: the figure, what it is compared with, how it moved, and a question. "
        "It can be read without colour.",
        contents=tuple(Link(sheet.heading, f"#{sheet.slug}") for sheet in sheets),
        sheets=sheets,
        empty="No agreed indicator has figures yet.",
        control=board_words.control(inputs),
        files=_files(inputs, area, path),
        onward=papers.onward(inputs, area, path),
    )


def _packed(inputs: Inputs) -> tuple[IndicatorData, ...]:
    """The agreed indicators that have figures."""
    return tuple(
        data
        for data in inputs.figures.values()
        if data.indicator.status is Status.AGREED and data.headline is not None and not data.source.national
    )


def _sheet(inputs: Inputs, area: Area, rows: Rows, data: IndicatorData, tag: str) -> PackSheet:
    period, indicator = data.headline, data.indicator
    if period is None:
        raise ValueError("an indicator without a period has no sheet")
    point = data.points[area.code, period]
    over_time, trend = borough_trend(area, data)
    own = sentences.leading(area, point, data)
    return PackSheet(
        slug=indicator.code.lower(),
        heading=f"{indicator.title} ({indicator.code})",
        measure=measure_of(area, data, period),
        sentence=sentences.figure(area, data, period),
        caption=f"{f'{tag}. ' if tag else ''}{indicator.title}: {area.name} and the places it is compared with",
        rows=(
            PackRow(area.name, "", value(own), ""),
            *(_compared(one) for one in comparators.of(inputs, area, data, period)),
        ),
        trend_heading=over_time,
        chart=trend,
        notes=(*sentences.cautions(own), *(trend.notes if trend else ())),
        words=papers.words_of(rows.row(CardRow(indicator.code, ""))),
        question=definition.questions(inputs, indicator)[0],
    )


def _compared(one: Comparator) -> PackRow:
    label = sentences.LABELS.get(one.label, f"Not compared: {one.reason}")
    return PackRow(one.name, f"{one.average}, {one.of}", value(one.value), phrases.capital(label))


def _files(inputs: Inputs, area: Area, path: str) -> tuple[File, ...]:
    """The borough's table, London's, and for each sheet what the figure is compared with."""
    if inputs.latest is None:
        return ()
    tables = [(one.name, area_files(inputs, one.slug)[0]) for one in (area, inputs.areas.by_code[LONDON])]
    named = [(f"{name}. {one.title}, CSV", one.csv) for name, one in tables]
    compared = [
        (f"{data.indicator.title} ({data.indicator.code}), comparators, CSV", comparators_file(inputs, data))
        for data in _packed(inputs)
    ]
    return tuple(File(words, addresses.relative(path, place), "") for words, place in (*named, *compared) if place)
