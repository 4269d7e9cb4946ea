"""A publisher's total that some of its boroughs are not in, so that it cannot be compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from site_builder.published.points import Point, Work
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind


def checked(work: Work, total: Point, members: Iterable[Point]) -> Point:
    """A printed total of a publisher's, with the boroughs that sent it nothing. The same point where all are in it,
    with their own figure, an earlier one that the publisher put in, or one published together with another's."""
    if not work.source.national or not total.value.is_shown or "e" in total.value.marks:
        return total
    inside = tuple(members)
    out = [one for one in inside if _sent_nothing(work, one)]
    if not out:
        return total
    below = any(one.denominator.is_shown for one in out)
    caution = (*total.value.caution, "missing-below" if below else "partial")
    return replace(
        total,
        value=replace(total.value, caution=caution),
        coverage=f"{len(inside) - len(out)} of {len(inside)} {HERE.areas}",
        panel=f"without {' '.join(sorted(one.area for one in out))}",
        absent=tuple(sorted(work.areas.by_code[one.area].name for one in out)),
    )


def _sent_nothing(work: Work, borough: Point) -> bool:
    """Whether a count of a borough is not available, in a row of its own or in one that it shares."""
    rate = work.indicator.measure.kind is Kind.RATE  # divided by people, whom no borough sends
    counts = (borough.numerator.state, "" if rate else borough.denominator.state)
    return borough.value.state == "x" and "x" in counts and (borough.area, str(borough.period)) not in work.joint
