"""The regressions agree with every vector to 1e-9, and with statsmodels where it is installed."""

from __future__ import annotations

import csv
import math
import random
from functools import cache
from pathlib import Path

import pytest

from site_builder.vocabulary.methods.regression import Case, Family, Fit, Prediction, fit, leave_one_out
from site_builder.vocabulary.methods.student import t_quantile, t_upper_tail

HERE = Path(__file__).parent
FAMILIES = {"quasibinomial_logit": Family.BINOMIAL, "quasipoisson_log_offset": Family.POISSON}
NAMES = {"dispersion": "phi", "deviance_explained": "explained", "predicted": "expected"}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cases() -> tuple[Case, ...]:
    found = rows("statistics_regression_inputs.csv")
    return tuple(Case(int(row["x"]), int(row["n"]), float(row["covariate"])) for row in found)


def whole(family: Family, some: tuple[Case, ...]) -> Fit:
    found = fit(family, some)
    assert isinstance(found, Fit)
    return found


@cache
def predicted(family: Family) -> tuple[Prediction | str, ...]:
    return leave_one_out(family, cases())


def quantity(model: str, which: str, name: str) -> float:
    family = FAMILIES[model]
    if which == "all rows":
        return float(getattr(whole(family, cases()), NAMES.get(name, name)))
    number = int(which.split()[1])
    case, made = cases()[number - 1], predicted(family)[number - 1]
    assert isinstance(made, Prediction)
    match name:
        case "eta":
            return made.fit.eta(case.covariate)
        case "se_eta":
            return made.fit.se_eta(case.covariate)
        case "dispersion":
            return made.fit.phi
        case _:
            return float(getattr(made, NAMES.get(name, name).removesuffix("95")))


@pytest.mark.parametrize(
    "row", rows("statistics_regression_expected.csv"), ids=lambda r: f"{r['model']}-{r['fit']}-{r['quantity']}"
)
def test_regressions(row: dict[str, str]) -> None:
    found = quantity(row["model"], row["fit"], row["quantity"])
    assert math.isclose(found, float(row["expected"]), rel_tol=1e-9)


def t_vectors() -> list[dict[str, str]]:
    return [row for row in rows("statistics_method_vectors.csv") if row["method"] == "t_quantile"]


@pytest.mark.parametrize("row", t_vectors(), ids=lambda r: r["case"])
def test_quantiles_of_students_distribution(row: dict[str, str]) -> None:
    found = t_quantile(float(row["parameters"].removeprefix("p=")), int(row["input"]))
    assert math.isclose(found, float(row["expected"]), rel_tol=1e-9)


def test_students_distribution_is_symmetric_and_its_tail_goes_back() -> None:
    assert t_quantile(0.5, 7) == 0
    for df in (1, 2, 5, 29, 143, 10_000):
        for probability in (0.6, 0.9, 0.975, 0.999):
            found = t_quantile(probability, df)
            assert t_quantile(1 - probability, df) == pytest.approx(-found)
            assert t_upper_tail(found, df) == pytest.approx(1 - probability, rel=1e-12)
    assert t_quantile(0.75, 1) == pytest.approx(1)  # Cauchy


@pytest.mark.parametrize(("probability", "df"), [(0.0, 5), (1.0, 5), (0.9, 0)])
def test_a_quantile_outside_its_domain_is_refused(probability: float, df: int) -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        t_quantile(probability, df)


# ---- silence


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize(
    ("some", "reason"),
    [
        ([(5, 50, 1.0), (6, 50, 2.0), (7, 50, 3.0)], "too-few"),
        ([(5, 50, 1.0)] * 6, "no-spread"),
        ([(0, 50, float(z)) for z in range(6)], "no-variation"),
    ],
)
def test_a_model_that_cannot_be_made_says_why(family: Family, some: list[tuple[int, int, float]], reason: str) -> None:
    assert fit(family, [Case(*one) for one in some]) == reason


def test_nothing_but_events_is_no_variation_for_a_share_alone() -> None:
    some = [Case(50, 50, float(z)) for z in range(6)]
    assert fit(Family.BINOMIAL, some) == "no-variation"
    assert isinstance(fit(Family.POISSON, some), Fit)


@pytest.mark.parametrize("family", Family)
def test_events_on_one_side_alone_do_not_settle(family: Family) -> None:
    """Separation: the slope that fits is without limit."""
    apart = [Case(50 if z == 0 else 0, 50, float(z)) for z in range(8)]
    assert fit(family, apart) == "not-settled"
    assert all(found in ("not-settled", "no-variation") for found in leave_one_out(family, apart))


@pytest.mark.parametrize("case", [Case(3, 0, 1.0), Case(-1, 5, 1.0), Case(6, 5, 1.0)])
def test_a_case_that_cannot_be_is_refused(case: Case) -> None:
    with pytest.raises(ValueError, match="positive denominator"):
        fit(Family.BINOMIAL, [case] * 5)


def test_predictions_stay_within_what_can_be() -> None:
    some = [*cases(), Case(0, 1, 0.0), Case(1, 1, 0.3)]
    for family in Family:
        for case, made in zip(some, leave_one_out(family, some), strict=True):
            assert isinstance(made, Prediction)
            assert 0 <= made.lower <= made.expected <= made.upper
            assert family is Family.POISSON or made.upper <= case.n


def test_where_a_fit_begins_does_not_matter() -> None:
    for family in Family:
        made = predicted(family)[4]
        assert isinstance(made, Prediction)
        alone = whole(family, (*cases()[:4], *cases()[5:]))
        assert made.fit.b1 == pytest.approx(alone.b1, rel=1e-11)
        assert made.fit.phi == pytest.approx(alone.phi, rel=1e-11)


def test_the_order_and_the_zero_of_the_covariate_do_not_matter() -> None:
    for family in Family:
        one = whole(family, cases())
        moved = whole(family, tuple(reversed([c._replace(covariate=c.covariate + 100) for c in cases()])))
        assert moved.b1 == pytest.approx(one.b1, rel=1e-10)
        assert moved.explained == pytest.approx(one.explained, rel=1e-10)
        assert moved.slope.lower < moved.b1 < moved.slope.upper


# ---- against the field's own programs


def test_statsmodels_agrees() -> None:
    """With ``var_weights``: a response of two columns with ``scale="X2"`` gives another dispersion there."""
    api = pytest.importorskip("statsmodels.api")
    numpy = pytest.importorskip("numpy")
    draw = random.Random(7)
    for _ in range(60):
        some = _drawn(draw)
        x, n, z = (numpy.array(column, dtype=float) for column in zip(*some, strict=True))
        design = api.add_constant(z)
        models = {
            Family.BINOMIAL: api.GLM(x / n, design, family=api.families.Binomial(), var_weights=n),
            Family.POISSON: api.GLM(x, design, family=api.families.Poisson(), offset=numpy.log(n)),
        }
        for family, model in models.items():
            ours, theirs = whole(family, some), model.fit(scale="X2", tol=1e-14, maxiter=200)
            pairs = [
                (ours.b0, theirs.params[0]), (ours.b1, theirs.params[1]), (ours.se_b0, theirs.bse[0]),
                (ours.se_b1, theirs.bse[1]), (ours.phi, theirs.pearson_chi2 / (len(some) - 2)),
            ]  # fmt: skip
            for found, expected in pairs:
                assert math.isclose(found, float(expected), rel_tol=1e-8, abs_tol=1e-10)


def _drawn(draw: random.Random) -> tuple[Case, ...]:
    found = []
    for _ in range(draw.randint(12, 60)):
        n, z = draw.randint(30, 5000), draw.uniform(5, 45)
        share = 1 / (1 + math.exp(3 - 0.04 * z + draw.gauss(0, 0.3)))
        found.append(Case(round(n * share), n, z))
    return tuple(found)
