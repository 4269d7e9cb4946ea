"""Regressions with one covariate beside statsmodels, each area's prediction beside a fit without it.

A share is given to statsmodels with ``var_weights``. A response of two columns with ``scale="X2"`` divides the dispersion
by the denominators once more there (seen in 0.15.0), which makes standard errors far too small.
"""

from __future__ import annotations

import math
from random import Random

import numpy as np
from scipy import stats
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from site_builder.vocabulary.methods.regression import Case as Area
from site_builder.vocabulary.methods.regression import Family, Fit, Prediction, fit, leave_one_out
from tests.oracles.comparisons import Answers, Case, Comparison


def england(random: Random) -> Case:
    """Areas around a line, with more variation than chance; the family; and which area is predicted."""
    level, slope, spread = random.uniform(-4, -1), random.uniform(-0.05, 0.08), random.choice((0, 0.1, 0.4))
    areas = []
    for _ in range(random.randint(8, 24)):
        n, covariate = random.randint(30, 50_000), random.uniform(5, 45)
        share = 1 / (1 + math.exp(-(level + slope * (covariate - 25) + random.gauss(0, spread))))
        areas.append(Area(round(n * share), n, covariate))
    return tuple(areas), random.choice(list(Family)), random.randrange(len(areas))


def modelled(areas: tuple[Area, ...], family: Family, place: int) -> Answers:
    """Coefficients, errors, dispersion and share explained of the whole; the prediction of one area."""
    whole, predicted = fit(family, areas), leave_one_out(family, areas)[place]
    assert isinstance(whole, Fit)
    assert isinstance(predicted, Prediction)
    main = (whole.b0, whole.b1, whole.se_b0, whole.se_b1, whole.phi, whole.explained)
    return *main, predicted.expected, predicted.lower, predicted.upper


def modelled_by_statsmodels(areas: tuple[Area, ...], family: Family, place: int) -> Answers:
    """The same from a general program, and the interval of a new observation worked out beside it."""
    whole, without = fitted(areas, family), fitted((*areas[:place], *areas[place + 1 :]), family)
    own, here = areas[place], np.array([1.0, areas[place].covariate])
    phi = without.pearson_chi2 / (len(areas) - 3)
    eta = float(here @ without.params)
    share = 1 / (1 + math.exp(-eta)) if family is Family.BINOMIAL else math.exp(eta)
    mu = own.n * share
    v = mu * (1 - share) if family is Family.BINOMIAL else mu
    variance = float(here @ without.normalized_cov_params @ here) * phi
    wide = float(stats.t.ppf(0.975, len(areas) - 3)) * math.sqrt(phi * v + variance * v * v)
    most = own.n if family is Family.BINOMIAL else math.inf
    errors = np.sqrt(np.diag(whole.normalized_cov_params) * whole.pearson_chi2 / (len(areas) - 2))
    return (
        *map(float, (*whole.params, *errors, whole.pearson_chi2 / (len(areas) - 2))),
        1 - float(whole.deviance / whole.null_deviance), mu, max(0.0, mu - wide), float(min(most, mu + wide)),
    )  # fmt: skip


def fitted(areas: tuple[Area, ...], family: Family):  # type: ignore[no-untyped-def]  # statsmodels has no types
    """A model of statsmodels, run until its last digits."""
    x, n, z = (np.array(column, dtype=float) for column in zip(*areas, strict=True))
    design = np.column_stack([np.ones(len(x)), z])
    if family is Family.BINOMIAL:
        return GLM(x / n, design, family=Binomial(), var_weights=n).fit(tol=1e-11, tol_criterion="params", maxiter=40)
    return GLM(x, design, family=Poisson(), offset=np.log(n)).fit(tol=1e-11, tol_criterion="params", maxiter=40)


COMPARISONS = (
    Comparison(
        "Regression and prediction", "statsmodels: `GLM` with `var_weights`, fitted without the area",
        england, modelled, modelled_by_statsmodels,
    ),
)  # fmt: skip
