"""A figure against its own past: over five years, since the same period last year, among its own quarters."""

from __future__ import annotations

from site_builder.published.enquiry import moves, thresholds
from site_builder.published.enquiry.case import TREND, Case, Fired, Strength, trigger
from site_builder.published.enquiry.words import told
from site_builder.published.pattern import control
from site_builder.published.phrases import when
from site_builder.published.points import Point
from site_builder.published.series import over_time
from site_builder.published.trend_words import rules_in_words
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.trends import Trend


@trigger("increasing", "a rise over years", "the figure has clearly risen over five years, by a tenth or more")
def increasing(case: Case) -> Fired | None:
    """The trend test says so, and the last point lies a tenth or more above the first."""
    return _trend(case, Trend.INCREASING, 1, "risen")


@trigger("decreasing", "a fall over years", "the figure has clearly fallen over five years, by a tenth or more")
def decreasing(case: Case) -> Fired | None:
    """The trend test says so, and the last point lies a tenth or more below the first."""
    return _trend(case, Trend.DECREASING, -1, "fallen")


def _trend(case: Case, verdict: Trend, direction: int, verb: str) -> Fired | None:
    if case.data.trends[case.area.code].verdict is not verdict:
        return None
    points = moves.five_points(case.data, case.area.code)
    if moves.grown(points[0], points[-1], case.data) != (direction, True):
        return None
    because = f"the figure has {verb} over five years, from {told(case, points[0])} to {told(case, points[-1])}"
    return Fired(Strength.CHANGE, because, TREND, direction)


@trigger(
    "jump", "a jump", "the figure differs from the same period last year by more than a fifth, and by more than chance"
)
def jump(case: Case) -> Fired | None:
    """The change since the same period last year is a jump."""
    moved = moves.since_last_year(case.data, case.area.code, case.period)
    if moved is None or not moved.change.is_jump:
        return None
    because = (
        f"the figure changed from {told(case, moved.before)} to {told(case, moved.after)}: more than chance, and by more "
        "than a fifth"
    )
    return Fired(Strength.CHANGE, because, TREND, moved.direction)


@trigger(
    "unusual-quarter", "an unusual quarter", f"one of the last four quarters departs from the {HERE.area}’s own pattern"
)
def unusual_quarter(case: Case) -> Fired | None:
    """A rule of the control chart flags one of the last quarters; twelve in a row are needed."""
    run = over_time(case.data, case.area.code)
    pattern = control(case.area, case.data, run)
    last = len(run) - 1
    if pattern is None or (many := pattern.reaching(last)) < thresholds.QUARTERS:
        return None
    recent = range(last, last - thresholds.RECENT_QUARTERS, -1)
    place = next((place for place in recent if pattern.rules(place)), None)
    if place is None:
        return None
    because = (
        f"the figure was {_quarter(case, run[place])}, which departs from {many} quarters of the {HERE.area}’s own: "
        f"{rules_in_words(pattern.rules(place))}"
    )
    return Fired(Strength.CHANGE, because, TREND)


def _quarter(case: Case, point: Point) -> str:
    if point.value.is_shown:
        return told(case, point)
    return f"{point.numerator.text} {when(point.period)}"
