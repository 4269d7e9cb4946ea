"""Two drawings of a model: figures against the covariate with the line through them, and how far places lie from it by
size. Only printed figures come in; both are 320 by 200."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median_low

from site_builder.published import prediction_words as words
from site_builder.published.charts import geometry
from site_builder.published.charts.geometry import Scale, coordinate
from site_builder.published.pages_parts import Label
from site_builder.published.pages_predicted import DotPlot
from site_builder.published.predictions import Model, Residual
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.regression import predicted

_WIDTH, _HEIGHT, _MARGIN = 320.0, 200.0, 12.0
_LEFT, _DOT = 48.0, 4.0  # room for the labels of heights, and for half a dot
_STEPS = 20  # pieces of a curve
_MOST = 2.0  # as far from what is expected as a dot is drawn, in ways to the end of the interval


def relation(model: Model) -> DotPlot:
    """Each authority's figure against its covariate, the line of all, and the interval of a borough of middling size."""
    fit = model.fit
    if fit is None or not model.residuals:
        raise ValueError("a model that shows nothing has no drawing")
    times = model.data.indicator.measure.multiplier
    scores = [one.case.covariate for one in model.residuals]
    low, high = min(scores), max(scores)
    size = median_low(sorted(one.size for one in model.residuals if one.area in model.boroughs))
    places = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    curve = [(place, predicted(fit, size, place)) for place in places]
    of = geometry.scale(one.case.x / one.case.n * times for one in model.residuals)

    def at(place: float, count: float, people: float) -> tuple[str, str]:
        across = _LEFT + (place - low) / ((high - low) or 1.0) * (_WIDTH - _LEFT - _DOT)
        return coordinate(across, 1), coordinate(_HEIGHT * (1 - of.place(count / people * times)), 1)

    def dots(*, boroughs: bool) -> str:
        return _dots(
            at(one.case.covariate, one.case.x, one.case.n)
            for one in model.residuals
            if (one.area in model.boroughs) == boroughs
        )

    noun = model.covariate.noun
    return DotPlot(
        f"Figures of English authorities against {noun}",
        f"Dark dots are {HERE.name}’s {HERE.areas}. The line is {words.expectation(model.covariate)}; the shaded range is that of "
        f"{HERE.an_area} of middling size.",
        band=_band([(at(place, one.lower, size), at(place, one.upper, size)) for place, one in curve]),
        lines=_path([at(place, one.expected, size) for place, one in curve]),
        dashed="",
        usual=dots(boroughs=False),
        dark=dots(boroughs=True),
        heights=_heights(of),
        left=f"Less {noun}",
        right=f"More {noun}",
    )


def residuals(model: Model) -> DotPlot:
    """How far each authority lies from what the others lead one to expect, from the smallest to the largest."""
    sizes = [math.log(one.size) for one in model.residuals]
    low, high = min(sizes), max(sizes)

    def dots(some: Iterable[Residual]) -> str:
        return _dots(
            (coordinate(_within((math.log(one.size) - low) / ((high - low) or 1.0)), 0), _height(one.share))
            for one in some
        )

    return DotPlot(
        "How far English authorities lie from what is expected, from the smallest to the largest",
        f"The line is what is expected, the dashed lines are the two ends of the interval. {words.by_size(model)}",
        band="",
        lines=f"M0 {_height(0)}H{coordinate(_WIDTH)}",
        dashed="".join(f"M0 {_height(end)}H{coordinate(_WIDTH)}" for end in (1, -1)),
        usual=dots(one for one in model.residuals if one.is_inside),
        dark=dots(one for one in model.residuals if not one.is_inside),
        heights=(),
        left="Smaller",
        right="Larger",
    )


def _dots(points: Iterable[tuple[str, str]]) -> str:
    return "".join(f"M{coordinate(float(x), 0)} {coordinate(float(y), 0)}h.01" for x, y in points)


def _path(points: Sequence[tuple[str, str]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _band(ends: Sequence[tuple[tuple[str, str], tuple[str, str]]]) -> str:
    return _path([*(low for low, _ in ends), *(high for _, high in reversed(ends))]) + "z"


def _heights(of: Scale) -> tuple[Label, ...]:
    """The printed scale, each beside its height."""
    return tuple(Label("0", coordinate(_HEIGHT * (1 - tick.place) + 5, 1), "start", tick.words) for tick in of.ticks)


def _within(place: float) -> float:
    return _MARGIN + place * (_WIDTH - 2 * _MARGIN)


def _height(share: float) -> str:
    """The height of a dot; those far outside stand at the edge."""
    held = max(-_MOST, min(_MOST, share)) / _MOST
    return coordinate(_HEIGHT / 2 - held * (_HEIGHT / 2 - _MARGIN), 0)
