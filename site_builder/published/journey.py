"""The child's journey through help and protection: its steps in one year, and where children come back.

Counts are those that the national series print; nothing else enters. A ratio says how many of one step there were for
every 100 of another in the same year. The children of one step are not those of the next, so a ratio may pass 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from site_builder.published.figures import Figure, Wording, from_counts, withheld
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.indicators import Kind, Measure
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Withheld

Part = Literal["numerator", "denominator"]


class Step(NamedTuple):
    """A step of the path: the indicator whose numerator or denominator counts it. ``noun``: the word within a sentence."""

    slug: str
    title: str
    noun: str
    code: str
    part: Part


STEPS = (
    Step("referrals", "Referrals", "referrals", "N07", "numerator"),
    Step("assessments", "Assessments completed", "completed assessments", "N15", "denominator"),
    Step("enquiries", "Section 47 enquiries", "section 47 enquiries", "N08a", "numerator"),
    Step("conferences", "Initial conferences", "initial child protection conferences", "N08b", "numerator"),
    Step("plans-started", "Plans started", "plans started", "N09a", "numerator"),
    Step("plans-ended", "Plans ended", "plans ended", "N09b", "numerator"),
)


class Return(NamedTuple):
    """A way back to an earlier step: the indicator of those who return, and the step that they return to. ``short``: the
    words where room is short; ``noun``: within a sentence."""

    slug: str
    title: str
    short: str
    noun: str
    code: str
    to: str


RETURNS = (
    Return(
        "re-referrals",
        "Re-referrals within 12 months",
        "re-referrals",
        "re-referrals within 12 months",
        "N13",
        "referrals",
    ),
    Return(
        "second-plans",
        "Second or later plans",
        "second or later plans",
        "second or later plans",
        "N17",
        "plans-started",
    ),
)
# A ratio of two steps is shown as a percentage is, with the same least denominator.
PER_100 = Measure(Kind.PROPORTION, "a step", "another step", "", 100, "per 100", 1)
_NO_SERIES = Wording(missing_long="Not available: the series of this step is not held.")


class Stage(NamedTuple):
    """A step with its count. ``before``: for every 100 of the step before; ``first``: for every 100 of the first step;
    both None at the first step."""

    step: Step
    counted: Figure
    before: Figure | None
    first: Figure | None


class Back(NamedTuple):
    """Those who came back: how many, out of how many, and their share as the publisher prints it."""

    back: Return
    counted: Figure
    out_of: Figure
    share: Figure


class Journey(NamedTuple):
    """The steps of one area in one period, in order, and the ways back."""

    area: Area
    period: Period
    stages: tuple[Stage, ...]
    backs: tuple[Back, ...]


def period_of(figures: Mapping[str, IndicatorData]) -> Period | None:
    """The latest period that every step held has in common; None where no step is held, or none is common."""
    held = [set(figures[step.code].periods) for step in STEPS if step.code in figures]
    common = set.intersection(*held) if held else set()
    return max(common) if common else None


def journey(figures: Mapping[str, IndicatorData], area: Area, period: Period) -> Journey:
    """The journey in an area. A step or way back whose series is not held is not available."""
    counts = [_count(figures, step, area, period) for step in STEPS]
    stages = [Stage(STEPS[0], counts[0], None, None)]
    for number, step in enumerate(STEPS[1:], 1):
        ratios = (per_100(counts[number], counts[number - 1]), per_100(counts[number], counts[0]))
        stages.append(Stage(step, counts[number], *ratios))
    return Journey(area, period, tuple(stages), tuple(_back(figures, one, area, period) for one in RETURNS))


def per_100(counted: Figure, of: Figure) -> Figure:
    """How many there were for every 100 of another step: only where both counts are printed, and the other is 20 or
    more. It is hidden where either is hidden."""
    if of.state == "low" and counted.state != "c":
        return withheld(Withheld.NOT_AVAILABLE, Wording())
    return from_counts(counted, of, PER_100, Wording())


def _count(figures: Mapping[str, IndicatorData], step: Step, area: Area, period: Period) -> Figure:
    if step.code not in figures:
        return withheld(Withheld.NOT_AVAILABLE, _NO_SERIES)
    point = figures[step.code].points[area.code, period]
    return point.numerator if step.part == "numerator" else point.denominator


def _back(figures: Mapping[str, IndicatorData], back: Return, area: Area, period: Period) -> Back:
    data = figures.get(back.code)
    if data is None or period not in data.periods:
        none = withheld(Withheld.NOT_AVAILABLE, _NO_SERIES)
        return Back(back, none, none, none)
    point = data.points[area.code, period]
    return Back(back, point.numerator, point.denominator, point.value)
