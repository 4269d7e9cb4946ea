"""From a figure to what a template prints, and the small marks beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.published.charts.caption import Caption
from site_builder.published.figures import BESIDE, Figure
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import NOT_COMPARED, VARIATIONS, Value, Variation
from site_builder.published.points import Point
from site_builder.published.series import over_time as over_time
from site_builder.published.statistics import IndicatorData

ILLUSTRATIVE_TAG = "Illustrative"
_UNITS = {"rate": "per {multiplier}", "percent": "%", "count": "", "ratio": "per person", "score": "of 3"}


class Drawn(NamedTuple):
    """What drawing a chart needs: the folder of drawings, and the light colours by token."""

    cache: Path | None
    light: Mapping[str, str]


def value(figure: Figure) -> Value:
    """A figure as a template prints it."""
    if figure.is_shown:
        # an earlier year's population is told by the mark [e] already
        dagger = any(code not in ("other-population", *BESIDE) for code in figure.caution)
        return Value("zero" if figure.is_zero else "reported", figure.text, figure.marks, dagger)
    return Value(figure.state, marks=figure.marks, caution=False, reason=figure.short)


def interval(point: Point) -> str:
    """The 95 % interval in words, the letter of a withheld one, or empty where none is worked out."""
    if point.limits:
        return f"{point.lower.text} to {point.upper.text}"
    return "" if point.value.is_shown or point.value.state == "z" else f"[{point.value.state}]"


def variation(point: Point) -> Variation:
    """How unusual a borough's value is; not compared where there is no funnel."""
    return VARIATIONS.get(point.variation, NOT_COMPARED)


def shade(point: Point) -> str:
    """The tone of a borough's bar or mark: usual where nothing else is known."""
    return variation(point).shade or "usual"


def ground(point: Point, data: IndicatorData) -> str:
    """The ground of a borough’s square on a map: how unusual its figure is, else plain, or the state that stands for it."""
    led = shown(point, data)
    return variation(point).shade or ("plain" if led.is_shown else led.state if led.state in "cxz" else "x")


def unit(data: IndicatorData) -> str:
    """The unit behind a value, short: ``per 10,000``, ``%``."""
    measure = data.indicator.measure
    return _UNITS.get(measure.unit, "").format(multiplier=f"{measure.multiplier:,}")


def tag(data: IndicatorData) -> str:
    """The tag beside invented figures; empty for others."""
    return ILLUSTRATIVE_TAG if data.source.classification == "synthetic" else ""


def release_tag(inputs: Inputs) -> str:
    """The tag beside what came with invented returns; empty for others, and before the first release."""
    latest = inputs.latest
    return ILLUSTRATIVE_TAG if latest and latest.classification.value == "synthetic" else ""


def caption(data: IndicatorData, sub: str) -> Caption:
    """The words that go with a drawing of an indicator as a file. ``sub``: measure and period."""
    indicator = data.indicator
    return Caption(f"{indicator.title} ({indicator.code})", sub, data.source.credit, invented=bool(tag(data)))


def number(point: Point) -> float | None:
    """A shown value for a drawing, as printed; None when it is not shown."""
    return float(point.value.plain) if point.value.is_shown else None


def shown(point: Point, data: IndicatorData) -> Figure:
    """The figure that leads: the value, or the count where a quarter's rate is not worked out."""
    counts_only = point.value.state == "z" and point.numerator.is_shown and data.indicator.measure.unit == "rate"
    return point.numerator if counts_only else point.value
