"""Every vector of the methods that are built agrees to 1e-9; the methods that are not built yet are named."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from site_builder.vocabulary.methods import funnels, intervals, quantiles, trends
from site_builder.vocabulary.rounding import half_up

HERE = Path(__file__).parent
NOT_BUILT = {"neighbours", "quantile_group_fingertips", "rank_interval", "t_quantile", "xmr"}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split()]


def agrees(found: float, expected: str) -> bool:
    return math.isclose(found, float(expected), rel_tol=1e-9, abs_tol=1e-12)


INTERVALS: dict[str, Callable[[int, int, float], intervals.Interval]] = {
    "wilson_proportion": intervals.wilson,
    "exact_poisson_count": lambda x, _n, c: intervals.exact_poisson(x, c),
    "byar_count": lambda x, _n, c: intervals.byar(x, c),
}


@pytest.mark.parametrize("row", rows("statistics_vectors.csv"), ids=lambda r: "-".join(r.values())[:60])
def test_intervals(row: dict[str, str]) -> None:
    found = INTERVALS[row["statistic"]](int(row["x"]), int(row["n"] or 0), float(row["confidence"]))
    assert agrees(found.lower, row["lower"])
    assert agrees(found.upper, row["upper"])


def options(row: dict[str, str]) -> dict[str, str]:
    return dict(part.split("=") for part in row["parameters"].split(";") if part)


def round_half_up(row: dict[str, str]) -> str:
    chosen = options(row)
    x, n = numbers(row["input"])
    return half_up(x, n, int(chosen["multiplier"]), int(chosen["dp"]))


def difference(row: dict[str, str]) -> float:
    chosen = options(row)
    x1, n1, x2, n2 = numbers(row["input"])
    confidence = float(chosen["confidence"])
    if row["method"] == "difference_proportion":
        found = intervals.difference_of_proportions(x1, n1, x2, n2, confidence)
    else:
        found = intervals.difference_of_rates(x1, n1, x2, n2, int(chosen["multiplier"]), confidence)
    return float(getattr(found, row["output"]))


def trend(row: dict[str, str]) -> float | str:
    counts, totals = (numbers(part) for part in row["input"].split("|"))
    if row["method"] == "trend_proportion":
        found = trends.trend_of_proportions(counts, totals)
    else:
        found = trends.trend_of_rates(counts, totals, int(options(row)["multiplier"]))
    if row["output"] == "label":
        return found.verdict.value.replace("-", " ")
    value = found.chi2 if row["output"] == "chi2" else found.slope
    assert value is not None
    return value


def type7(row: dict[str, str]) -> float:
    return quantiles.quantile([float(v) for v in numbers(row["input"])], Fraction(options(row)["p"]))


def bands(row: dict[str, str]) -> str:
    values = [float(v) for v in numbers(row["input"])]
    cuts = quantiles.quartiles(values)
    return " ".join(str(quantiles.band(value, cuts)) for value in values)


def plain_funnel(row: dict[str, str]) -> float:
    words = dict(part.split("=") for part in row["input"].split())
    centre = float(Fraction(words["centre"]))
    return float(
        getattr(funnels.plain_limits(centre, int(words["n"]), float(options(row)["confidence"])), row["output"])
    )


def curve(row: dict[str, str]) -> float:
    chosen = options(row)
    found = funnels.plain_rate_curves(
        int(chosen["observed"] if "observed" in chosen else row["input"].split("=")[1]), float(chosen["p"])
    )
    return found.lower if row["output"] == "expected_at_upper_curve" else found.upper


@cache
def invented() -> tuple[tuple[int, int], ...]:
    return tuple((int(r["x"]), int(r["n"])) for r in rows("statistics_regression_inputs.csv"))


def overdispersion(row: dict[str, str]) -> float:
    chosen = options(row)
    winsorise = None if chosen["winsorise"] == "none" else Fraction(chosen["winsorise"])
    first, *more = row["input"].split()
    if "/" in first:
        points = tuple((int(x), int(n)) for x, n in (part.split("/") for part in row["input"].split()))
    else:
        points = invented()
    funnel = funnels.additive(points, None, funnels.Transform(chosen["transform"]), winsorise)
    assert isinstance(funnel, funnels.Funnel)
    output = row["output"]
    if output.startswith("limit_"):
        at = dict(part.split("=") for part in more)
        return float(getattr(funnel.limits(int(at["n"]), float(at["confidence"])), output[6:]))
    if output.startswith("z_"):
        x, n = points[int(output.rpartition("row")[2]) - 1]
        return funnel.adjusted_z(x, n) if "adjusted" in output else funnel.z(x, n)
    return float(getattr(funnel, output))


METHODS: dict[str, Callable[[dict[str, str]], float | str]] = {
    "round_half_up": round_half_up,
    "difference_proportion": difference,
    "difference_rate": difference,
    "trend_proportion": trend,
    "trend_rate": trend,
    "quantile_type7": type7,
    "band_closed_right": bands,
    "funnel_proportion": plain_funnel,
    "funnel_rate_curve": curve,
    "overdispersion": overdispersion,
}
VECTORS = rows("statistics_method_vectors.csv")


def test_every_method_is_built_or_named_as_not_built() -> None:
    assert {row["method"] for row in VECTORS} == METHODS.keys() | NOT_BUILT


@pytest.mark.parametrize(
    "row", [r for r in VECTORS if r["method"] not in NOT_BUILT], ids=lambda r: f"{r['case']}-{r['output']}"
)
def test_methods(row: dict[str, str]) -> None:
    found = METHODS[row["method"]](row)
    if isinstance(found, str):
        assert found == row["expected"]
    else:
        assert agrees(found, row["expected"])
