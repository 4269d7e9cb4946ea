"""Who is in a total, in words: of one period, and of a series whose totals are not over the same boroughs."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published.figures import Figure
from site_builder.published.phrases import capital, listed, when, without
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.here import HERE

COLUMN = f"Who is in {HERE.name}’s figure"
UNEVEN = (
    f"{HERE.name}’s figures are not over the same {HERE.areas} in every period, so they are not compared across these."
)


def coverage(data: IndicatorData, total: Point) -> str:
    """How many areas are in a total: ``29 of 33 boroughs, 91% of under-18s``; of a publisher's, what it includes; why there
    is none where it is missing."""
    if total.value.state == "x":
        return total.value.short[:1].lower() + total.value.short[1:]
    if not data.source.national:
        return f"{total.coverage}, {total.share} of {HERE.ages_name}" if total.share else total.coverage
    if total.absent:
        return without(data.indicator, total)
    place = "authority" if total.area == ENGLAND else HERE.area
    if "e" in total.value.marks:
        return (
            f"includes an earlier figure for {'an authority' if total.area == ENGLAND else HERE.an_area} that sent none"
        )
    if total.area == ENGLAND and data.points[LONDON, total.period].absent:
        return "every authority that sent a figure"
    return f"every {place}"


def column(data: IndicatorData, total: Point) -> str:
    """The same, short, as a cell of a table beside the figure; empty where there is none, because that says why."""
    shown = total.value.is_shown or (total.value.state == "z" and total.numerator.is_shown)
    told = coverage(data, total) if data.source.national else total.coverage
    return capital(told) if shown else ""


def label(led: Figure, london: Point) -> str:
    """The direct label of London's line: ``London 68.7 (32 of 33)``."""
    return (
        f"{HERE.name} {led.text}{f' ({inside})' if (inside := london.partial.removesuffix(f' {HERE.areas}')) else ''}"
    )


def out_of_step(data: IndicatorData, london: Point) -> str:
    """A sentence about a London figure that a borough is missing from; empty for others."""
    if not london.absent:
        return ""
    return f"{HERE.name}’s figure {when(london.period)} is as published, {without(data.indicator, london)}. Nothing is compared with it."


def cautions(totals: Iterable[Point]) -> tuple[str, ...]:
    """What a reader of London's figures over time should know of who is in them."""
    shown = [total for total in totals if total.value.is_shown or total.numerator.is_shown]
    uneven = (UNEVEN,) if len({total.panel for total in shown}) > 1 else ()
    lacking = [when(total.period) for total in shown if total.absent]
    if not lacking:
        return uneven
    figures = f"{HERE.name}’s figure{'' if len(lacking) == 1 else 's'} {listed(lacking)}"
    return (
        *uneven,
        f"{HERE.areas_head} that sent nothing are missing from {figures}: the table of the trend says which.",
    )
