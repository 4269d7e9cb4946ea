"""The page on what is actual and what is predicted, and what other pages say of it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from site_builder.published import addresses, citing, phrases
from site_builder.published import prediction_words as words
from site_builder.published.charts import geometry
from site_builder.published.charts.geometry import Scale, coordinate
from site_builder.published.charts.relation import relation, residuals
from site_builder.published.compose import definition
from site_builder.published.compose.values import value
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import PredictionNote
from site_builder.published.pages_parts import (
    NOT_COMPARED,
    DataBlock,
    File,
    KeyItem,
    Link,
    Row,
    Tools,
    Variation,
)
from site_builder.published.pages_predicted import (
    PredictedPage,
    PredictionBlock,
    Range,
    RangeRow,
    RangeTable,
)
from site_builder.published.predictions import HIGHER, LOWER, WITHIN, Expected, Model
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.regression import Family
from site_builder.vocabulary.rounding import half_up_float

_STANDING = {
    HIGHER: Variation("out", "up", "Higher", ""),
    WITHIN: Variation("usual", "dash", "Within", ""),
    LOWER: Variation("out", "down", "Lower", ""),
}
_NOT = (
    "No target, no standard to reach, no measure of how well anybody works, and no statement of cause. It sets a figure "
    "beside one thing that is known of a place; there are many others."
)
_FROM = (
    "Each authority is set beside the fit of all others. Its interval covers the chance in the figure, the usual "
    "distance of authorities from the line, and how sure the line itself is (Student’s t, 95%). It allows for one spread "
    "for all sizes, so it may be narrow for large counties and wide for small places."
)


def page(frames: Frames, inputs: Inputs) -> PredictedPage:
    """Every national series that is set beside a covariate."""
    path, models = addresses.PREDICTED, tuple(inputs.predictions.values())
    shown = tuple(model for model in models if model.is_shown)
    silent = tuple(model for model in models if not model.is_shown)
    return PredictedPage(
        frames.frame(
            path,
            "Actual and predicted",
            f"National figures of {HERE.name}’s {HERE.areas} beside what deprivation alone would lead one to expect.",
            "compare",
        ),
        "Actual and predicted",
        f"Figures of children’s services go along with how deprived a place is. Here each {HERE.area}’s figure stands beside "
        "what that alone would lead one to expect, going by all other English authorities.",
        (
            "What is expected here is not a target.",
            "It is what is usual for a place of that kind. Higher and lower are neither praise nor blame: use them to "
            "decide what to ask next.",
        ),
        (
            *(Link(model.data.indicator.title, f"#{_slug(model)}") for model in shown),
            *((Link("Not shown", "#silent"),) if silent else ()),
            Link("Get the data", "#data"),
        ),
        "Show intervals and what is expected",
        tuple(_block(inputs, model, path) for model in shown),
        tuple((_link(model, path), f"{phrases.capital(words.reasons(model))}.") for model in silent),
        _data(frames, inputs, models, path),
    )


def note(inputs: Inputs, code: str, path: str) -> PredictionNote | None:
    """What the page of an indicator says of it; None where nothing is declared."""
    model = inputs.predictions.get(code)
    if model is None:
        return None
    text = words.summary(model, inputs.areas.by_code) if model.is_shown else _silent(model)
    target = f"{addresses.PREDICTED}#{_slug(model) if model.is_shown else 'silent'}"
    return PredictionNote(words.heading(model), text, Link("Actual and predicted", addresses.relative(path, target)))


def attribution(inputs: Inputs, code: str) -> tuple[str, ...]:
    """The lines that must be printed with a national series, and with what it is set beside; each once."""
    model = inputs.predictions.get(code)
    more = model.covariate.attribution if model is not None else ()
    return tuple(dict.fromkeys((*inputs.package_of[code].attribution, *more)))


def of_borough(inputs: Inputs, area: Area, code: str) -> str:
    """What the page of an indicator of a borough says of it; empty where nothing is declared."""
    model = inputs.predictions.get(code)
    return words.sentence(area, model) if model is not None else ""


def _silent(model: Model) -> str:
    return f"We do not say {words.expectation(model.covariate)}: {words.reasons(model)}."


def _slug(model: Model) -> str:
    return model.data.indicator.code.lower()


def _link(model: Model, path: str) -> Link:
    indicator = model.data.indicator
    return Link(f"{indicator.code} {indicator.title}", addresses.relative(path, addresses.indicator(indicator.code)))


# ---- one indicator


def _block(inputs: Inputs, model: Model, path: str) -> PredictionBlock:
    indicator = model.data.indicator
    return PredictionBlock(
        _slug(model),
        words.heading(model),
        f"{phrases.measure_line(model.data, model.period)}.",
        _link(model, path),
        (
            KeyItem("band", "What one would expect, 95 times in 100"),
            KeyItem("low", "Expected"),
            KeyItem("dot", "The figure, within"),
            KeyItem("dark", "The figure, higher or lower"),
        ),
        _table(inputs, model, path),
        words.summary(model, inputs.areas.by_code),
        Tools("", model.data.source.credit, (Link("CSV", addresses.relative(path, addresses.PREDICTED_CSV)),)),
        _card(inputs, model),
        (relation(model), residuals(model)),
        (f"What besides {model.covariate.noun} could account for it?", *definition.questions(inputs, indicator)[:2]),
    )


def _table(inputs: Inputs, model: Model, path: str) -> RangeTable:
    indicator = model.data.indicator
    drawn = [(one.observed, one.expected.upper) for one in model.boroughs.values() if one.expected is not None]
    of = geometry.scale(float(figure.plain) for pair in drawn for figure in pair)
    return RangeTable(
        _slug(model),
        f"{indicator.title}: each {HERE.area} beside {words.expectation(model.covariate)}",
        "Actual",
        "Against what is expected",
        tuple(tick.words for tick in of.ticks),
        geometry.grid(of),
        tuple(_row(area, model, of, path) for area in inputs.areas.boroughs),
    )


def _row(area: Area, model: Model, of: Scale, path: str) -> RangeRow:
    one = model.boroughs[area.code]
    expected = one.expected
    href = addresses.relative(path, addresses.borough_indicator(area.slug, model.data.indicator.code))
    if expected is None:
        reason = words.SHORT.get(one.reason, "") if one.observed.is_shown else ""
        return RangeRow(area.name, href, value(one.observed), None, reason, "", "", NOT_COMPARED)
    return RangeRow(
        area.name,
        href,
        value(one.observed),
        _range(float(one.observed.plain), expected, of),
        "",
        f"{expected.lower.text} to {expected.upper.text}",
        expected.value.text,
        _STANDING[expected.standing],
    )


def _range(observed: float, expected: Expected, of: Scale) -> Range:
    low, high = (of.place(float(figure.plain)) * 100 for figure in (expected.lower, expected.upper))
    return Range(
        coordinate(low),
        coordinate(high - low),
        geometry.along(float(expected.value.plain), of),
        geometry.along(observed, of),
        _STANDING[expected.standing].shade,
    )


# ---- the model card


def _card(inputs: Inputs, model: Model) -> tuple[Row, ...]:
    fit, covariate = model.fit, model.covariate
    if fit is None:
        raise ValueError("a model that is shown has a fit")
    out = words.left_out(model, inputs.authorities)
    rows = (
        ("Figure", f"{model.data.indicator.code} {model.data.indicator.title}, {phrases.when(model.period)}."),
        ("Set beside", f"{covariate.measure}. {covariate.areas}. Source: {covariate.publisher}, {covariate.source}."),
        (
            "Authorities",
            f"{model.areas} of {HERE.country}’s authorities. {f'Left out: {out}.' if out else 'None is left out.'}",
        ),
        ("Kind of model", f"{phrases.capital(model.family.value)}. One covariate, named in the catalogue."),
        ("Line", _line(fit.b0, fit.b1, *fit.slope, model.family)),
        ("Share explained", f"{half_up_float(100 * fit.explained, 1)}% of the deviance between authorities."),
        (
            "Dispersion",
            f"{half_up_float(fit.phi, 1)}. It would be 1 if only chance were at work beside {covariate.noun}.",
        ),
        ("Interval", _FROM),
        ("Does it hold?", f"{words.covered(model)} {words.by_size(model)}"),
        ("Date", f"{model.data.source.line}. {_published(model)}"),
        ("What it is not", _NOT),
    )
    return tuple(Row(term, text) for term, text in rows)


def _line(b0: float, b1: float, lower: float, upper: float, family: Family) -> str:
    more = [half_up_float(100 * (math.exp(slope) - 1), 1) for slope in (b1, lower, upper)]
    what = "rate" if family is Family.POISSON else "odds"
    told = [half_up_float(number, 4) for number in (b0, b1, lower, upper)]
    return (
        f"Intercept {told[0]}, slope {told[1]} (95% interval {told[2]} to {told[3]}): with each point more the {what} "
        f"is {more[0]}% higher ({more[1]}% to {more[2]}%)."
    ).replace("-", "−")


def _published(model: Model) -> str:
    day = model.package.published_on
    return "The publisher’s day of publication is not recorded." if day == "unknown" else f"Published {day}."


# ---- files


def _data(frames: Frames, inputs: Inputs, models: Iterable[Model], path: str) -> DataBlock:
    lines = dict.fromkeys(line for model in models for line in attribution(inputs, model.data.indicator.code))
    return DataBlock(
        " ".join(("Free to reuse under the Open Government Licence v3.0.", *lines)),
        (
            File(
                f"Every {HERE.area}’s figure and what is expected, and each dot of the drawings, CSV",
                addresses.relative(path, addresses.PREDICTED_CSV),
                "",
            ),
            File("Every model, CSV", addresses.relative(path, addresses.PREDICTED_MODELS), ""),
        ),
        citing.page(frames, "Actual and predicted", path),
    )
