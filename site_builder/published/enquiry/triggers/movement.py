"""A figure against its own past: over five years, since the same period last year, among its own quarters."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published.enquiry import moves, thresholds
from site_builder.published.enquiry.case import TREND, Case, Fired, Strength, trigger
from site_builder.published.enquiry.words import told
from site_builder.published.phrases import listed, when
from site_builder.published.points import Point
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods import control
from site_builder.vocabulary.methods.trends import Trend

_RULES = {
    control.Rule.OUTSIDE: "beyond its usual limits",
    control.Rule.TREND: "part of seven or more in a row that rise or fall",
    control.Rule.TWO_OF_THREE: "one of two among three that lie far to one side",
    control.Rule.ONE_SIDE: "part of seven or more in a row on one side of the mean",
}


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
    "unusual-quarter", "an unusual quarter", "one of the last four quarters departs from the borough’s own pattern"
)
def unusual_quarter(case: Case) -> Fired | None:
    """A rule of the control chart flags one of the last quarters; twelve in a row are needed."""
    run = moves.quarters_in_a_row(case.data, case.area.code)
    chart = _chart(case, run)
    if not isinstance(chart, control.Chart):
        return None
    flagged = [
        place for place, rules in enumerate(chart.flags) if rules and place >= len(run) - thresholds.RECENT_QUARTERS
    ]
    if not flagged:
        return None
    place = flagged[-1]
    rules = listed([_RULES[rule] for rule in control.Rule if rule in chart.flags[place]])
    because = f"the figure was {_quarter(case, run[place])}, which departs from {len(run)} quarters of the borough’s own: {rules}"
    return Fired(Strength.CHANGE, because, TREND)


def _chart(case: Case, run: Sequence[Point]) -> control.Chart | control.Reason | None:
    values = [value for point in run if (value := moves.charted(point, case.data)) is not None]
    if len(values) < thresholds.QUARTERS:
        return None
    shares = case.indicator.measure.kind is Kind.PROPORTION
    bases = [int(point.denominator.value or 0) for point in run] if shares else None
    return control.chart(values, bases=bases)


def _quarter(case: Case, point: Point) -> str:
    if point.value.is_shown:
        return told(case, point)
    return f"{point.numerator.text} {when(point.period)}"
