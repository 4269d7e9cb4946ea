"""Pieces of the words behind “Asked because”: a figure with its unit and period, and London's with its kind of average."""

from __future__ import annotations

from site_builder.published.enquiry.case import Case
from site_builder.published.figures import Figure
from site_builder.published.phrases import when, with_unit
from site_builder.published.points import Point
from site_builder.vocabulary.here import HERE


def told(case: Case, point: Point) -> str:
    """``41.7 per 10,000 in the year to 31 March 2024``."""
    return f"{with_unit(point, case.indicator)} {when(point.period)}"


def beside_london(case: Case) -> str:
    """``, against 35.2 per 10,000 in London (pooled, 32 of 33 boroughs)``, or ``(as published)`` where a publisher prints
    it; empty when London's is not shown, or lacks a borough so that nothing is compared with it."""
    london = case.london
    if not london.value.is_shown or london.absent:
        return ""
    average = "as published" if case.data.source.national else f"pooled, {london.coverage}"
    return f", against {with_unit(london, case.indicator)} in {HERE.name} ({average})"


def interval(lower: Figure, upper: Figure) -> str:
    """``95% interval 31.0 to 49.8``."""
    return f"95% interval {lower.text} to {upper.text}"


def side(direction: int) -> str:
    """Higher or lower."""
    return "higher" if direction > 0 else "lower"
