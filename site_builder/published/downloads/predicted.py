"""What is actual and what is predicted, as two tables: a row a borough and each other place in a model, and a row a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from site_builder.published.predictions import MODEL, Borough, Model, Residual
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction

BOROUGHS = (
    "release", "classification", "indicator", "period", "area", "area_name", "numerator", "denominator", "value",
    "withheld", "covariate", "covariate_value", "expected", "lower_95", "upper_95", "standing", "not_expected_because",
    "share_of_interval",
)  # fmt: skip
MODELS = (
    "release", "classification", "indicator", "period", "covariate", "family", "areas", "left_out", "intercept",
    "slope", "slope_lower_95", "slope_upper_95", "dispersion", "deviance_explained", "inside", "shown", "not_shown_because",
)  # fmt: skip
_PLACES = 6  # of coefficients


def boroughs_csv(models: Iterable[Model], names: Mapping[str, str]) -> bytes:
    """Every borough's figure and what is expected of it, digits as on the page; then each other authority that a model
    draws, so that every dot of its drawings has a row.

    ``names``: of places by code. ``share_of_interval``: how far a place lies from what is expected, as a share of the way
    to the end of its interval.
    """
    return csv_bytes(BOROUGHS, ((*_model(model), *row) for model in models for row in _rows(model, names)))


def _rows(model: Model, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    drawn = {one.area: one for one in model.residuals}
    for code, borough in sorted(model.boroughs.items()):
        yield (*_of_borough(model, borough, names[code]), _share(drawn.get(code)))
    for code, other in sorted(drawn.items()):
        if code not in model.boroughs:
            yield (*_of_other(model, other, names[code]), _share(other))


def _share(one: Residual | None) -> str:
    return half_up_float(one.share, 2) if one else ""


def _of_other(model: Model, one: Residual, name: str) -> tuple[str, ...]:
    measure, case, expected = model.data.indicator.measure, one.case, one.expected
    value = half_up_fraction(Fraction(case.x, case.n) * measure.multiplier, measure.dp)
    covariate = half_up_fraction(model.covariate.values[one.area], 3)
    return (
        one.area, name, str(case.x), str(case.n), value, "", model.covariate.id, covariate,
        expected.value.plain, expected.lower.plain, expected.upper.plain,
        "not-compared" if one.reason else expected.standing, one.reason,
    )  # fmt: skip


def models_csv(models: Iterable[Model]) -> bytes:
    """The card of each model as one row; those that are not shown too."""
    return csv_bytes(MODELS, ((*_model(model), *_of_model(model)) for model in models))


def _model(model: Model) -> tuple[str, ...]:
    source = model.data.source
    return source.release, source.classification, model.data.indicator.code, str(model.period)


def _of_borough(model: Model, one: Borough, name: str) -> tuple[str, ...]:
    value = model.covariate.values.get(one.area)
    expected = one.expected
    limits = (expected.value.plain, expected.lower.plain, expected.upper.plain) if expected else ("", "", "")
    return (
        one.area, name, one.numerator.plain, one.denominator.plain, one.observed.plain, one.observed.mark,
        model.covariate.id, half_up_fraction(value, 3) if value is not None else "", *limits,
        expected.standing if expected else "not-compared", " ".join(model.reasons) if one.reason == MODEL else one.reason,
    )  # fmt: skip


def _of_model(model: Model) -> tuple[str, ...]:
    out = sum(len(some) for some in model.left_out.values())
    found = model.fit
    numbers: tuple[str, ...] = ("",) * 6
    if found is not None:
        coefficients = (found.b0, found.b1, found.slope.lower, found.slope.upper)
        numbers = (
            *(half_up_float(number, _PLACES) for number in coefficients),
            half_up_float(found.phi, 1),
            half_up_float(found.explained, 3),
        )
    inside = str(model.inside) if model.is_shown else ""
    shown = "true" if model.is_shown else "false"
    return (
        model.covariate.id, model.family.value, str(model.areas), str(out), *numbers, inside, shown,
        " ".join(model.reasons),
    )  # fmt: skip
