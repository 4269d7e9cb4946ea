"""A borough's card: what a draft would show of it beside the release before. Read from packages, never from a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.published import sentences
from site_builder.published.change_words import line
from site_builder.published.changes import KINDS, changes
from site_builder.published.compose.values import interval, unit
from site_builder.published.figures import Figure
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.release.cells import PublicCells
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

SHOWN = "Shown"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One indicator of the borough, all as printed: a figure that is not shown is its letter in brackets. ``before``: what
    the earlier release led with, and of when; empty without one. ``caveats``: cautions, marks and the borough's own note."""

    code: str
    title: str
    period: str
    now: str
    interval: str
    london: str
    before: str
    status: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """``before``: the release that is compared, empty for none. ``changed``: its figures that the draft shows otherwise,
    in words; two numbers only where both were printed. ``hidden``: indicator to the figures of the borough that
    the draft does not show, in words; ``meaning``: the sentences that the site prints beside them."""

    name: str
    draft: str
    before: str
    illustrative: bool
    rows: tuple[CardRow, ...]
    changed: tuple[str, ...]
    hidden: Mapping[str, tuple[str, ...]]
    meaning: tuple[str, ...]


def card(area: Area, draft: Inputs, before: Inputs | None) -> Card:
    """The card of one borough. ``draft``, ``before``: inputs whose latest release is the one that is meant."""
    latest = draft.latest
    if latest is None:
        raise ValueError("a card needs a release")
    ours = [data for data in draft.figures.values() if not data.source.national]
    earlier = before.figures if before is not None else {}
    points = [point for data in ours for point in _of(data, area)]
    return Card(
        area.name,
        str(latest.id),
        str(before.latest.id) if before is not None and before.latest is not None else "",
        any(data.source.classification == "synthetic" for data in ours),
        tuple(_row(area, data, earlier.get(data.indicator.code)) for data in ours if data.periods),
        _changed(area, latest, before),
        {data.indicator.code: some for data in ours if (some := _hidden(latest.cells, data, area))},
        tuple(dict.fromkeys(f.long for point in points for f in (point.numerator, point.denominator) if _is_hidden(f))),
    )


def _changed(area: Area, draft: Release, before: Inputs | None) -> tuple[str, ...]:
    """What the draft says otherwise than the release before of the same figures of the borough."""
    if before is None or before.latest is None:
        return ()
    made = [one for one in changes(before.latest, draft) if one.key.area == area.code and one.kind != "added"]
    made.sort(key=lambda one: KINDS.index(one.kind))
    return tuple(line(one, before.areas, before.catalogue) for one in made)


def _row(area: Area, data: IndicatorData, earlier: IndicatorData | None) -> CardRow:
    point = data.points[area.code, data.periods[-1]]
    own, london = sentences.leading(area, point, data), data.points[LONDON, point.period]
    value = own is point.value
    return CardRow(
        data.indicator.code,
        data.indicator.title,
        sentences.short_period(point.period),
        _printed(own, unit(data) if value else ""),
        interval(point) if value and own.is_shown else "",
        _printed(london.value if value else london.numerator, unit(data) if value else ""),
        _earlier(area, earlier),
        SHOWN if own.is_shown else own.short,
        (*sentences.cautions(own), *((point.note,) if point.note else ())),
    )


def _earlier(area: Area, data: IndicatorData | None) -> str:
    """What the earlier release led with for the borough."""
    if data is None or not data.periods:
        return ""
    point = data.points[area.code, data.periods[-1]]
    own = sentences.leading(area, point, data)
    return f"{_printed(own, unit(data) if own is point.value else '')} ({sentences.short_period(point.period)})"


def _printed(figure: Figure, words: str) -> str:
    if not figure.is_shown:
        return f"[{figure.state}]"
    return f"{figure.text}%" if words == "%" else f"{figure.text} {words}".strip()


def _of(data: IndicatorData, area: Area) -> Iterable[Point]:
    return (data.points[area.code, period] for period in data.periods)


def _is_hidden(figure: Figure) -> bool:
    return figure.state == Withheld.CONFIDENTIAL.value


def _hidden(cells: PublicCells, data: IndicatorData, area: Area) -> tuple[str, ...]:
    """The borough's rows that the draft does not show, by period: ``2024-25-Q1 (numerator)``."""
    found: dict[Period, set[str]] = {}
    for cell in cells.of_indicator(data.indicator.code):
        if cell.key.area == area.code and cell.withheld == Withheld.CONFIDENTIAL.value:
            found.setdefault(Period.parse(cell.key.period), set()).add(cell.key.measure)
    return tuple(
        f"{sentences.short_period(period)} ({' and '.join(sorted(found[period], reverse=True))})"
        for period in sorted(found)
    )
