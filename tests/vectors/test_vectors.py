"""Every vector agrees to 1e-9, every text is equal, and no row and no file is left unread."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from site_builder.vocabulary.methods import (
    averages,
    control,
    funnels,
    intervals,
    quantiles,
    ranks,
    reasons,
    student,
    trends,
)
from site_builder.vocabulary.rounding import half_up

HERE = Path(__file__).parent
FILES = {  # rows in each; the regressions are read beside this file
    "statistics_vectors.csv": 51,
    "statistics_method_vectors.csv": 272,
    "statistics_regression_inputs.csv": 32,
    "statistics_regression_expected.csv": 52,
}


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
    found = ranks.bands([Fraction(v) for v in numbers(row["input"])], None)
    assert isinstance(found, ranks.Bands)
    return " ".join(map(str, found.quarters))


def plain_funnel(row: dict[str, str]) -> float:
    words = dict(part.split("=") for part in row["input"].split())
    centre = float(Fraction(words["centre"]))
    return float(
        getattr(funnels.plain_limits(centre, int(words["n"]), float(options(row)["confidence"])), row["output"])
    )


def curve(row: dict[str, str]) -> float:
    """A count lies on the plain curves of a rate where one of its exact limits is what is expected."""
    chosen = options(row)
    observed = int(chosen["observed"] if "observed" in chosen else row["input"].split("=")[1])
    found = intervals.exact_poisson(observed, 1 - 2 * float(chosen["p"]))
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


def xmr(row: dict[str, str]) -> float | str:
    """The vectors rest on all points, however many."""
    values, screen, output = numbers(row["input"]), options(row)["screen"] == "true", row["output"]
    found = control.limits(values, screen)
    charted = control.chart(values, baseline=len(values), screen=screen)
    if output.startswith("flag_"):
        rule = control.Rule(output.removeprefix("flag_").replace("_", "-"))
        flags = control.flags(values, found)
        assert isinstance(charted, control.Reason) or charted.flags == flags
        return " ".join(str(i) for i, broken in enumerate(flags, 1) if rule in broken) or "-"
    edge = {"mean": found.mean, "lower": found.mean - found.reach, "upper": found.mean + found.reach}[output]
    assert charted is control.Reason.ALL_EQUAL or getattr(charted, output) == float(edge)
    return float(edge)


def rank_interval(row: dict[str, str]) -> str:
    chosen = options(row)
    assert chosen["kind"] == "proportion"
    pairs = [(int(x), int(n)) for x, n in (part.split("/") for part in row["input"].split())]
    limits = [intervals.wilson(x, n, float(chosen["confidence"])) for x, n in pairs]
    values = [Fraction(x, n) for x, n in pairs]
    found = ranks.rank_ranges(values, limits, high_is_good=chosen["order"] == "descending")
    return " ".join(f"{one.first}-{one.last}" for one in found if one)


def neighbours(row: dict[str, str]) -> float | str:
    values = [None if part in ("c", "x") else Fraction(part) for part in row["input"].split()]
    found = averages.neighbour_average(values, "median", int(options(row)["minimum"]))
    if isinstance(found, reasons.Reason):
        return "-"
    return str(found.used) if row["output"] == "used" else float(found.value)


def fifths(row: dict[str, str]) -> str:
    chosen = options(row)
    values = [Fraction(v) for v in numbers(row["input"])]
    found = ranks.fifths(values, int(chosen["k"]), invert=chosen["invert"] == "true")
    assert not isinstance(found, reasons.Reason)
    return " ".join(map(str, found))


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
    "xmr": xmr,
    "rank_interval": rank_interval,
    "neighbours": neighbours,
    "quantile_group_fingertips": fifths,
    "t_quantile": lambda row: student.t_quantile(float(options(row)["p"]), int(row["input"])),
}
VECTORS = rows("statistics_method_vectors.csv")


def test_every_method_has_its_vectors_and_every_row_its_method() -> None:
    assert {row["method"] for row in VECTORS} == METHODS.keys()
    assert {row["statistic"] for row in rows("statistics_vectors.csv")} == INTERVALS.keys()


def test_no_file_and_no_row_is_left_unread() -> None:
    """A row cut short, or run on past the head, would be read in part."""
    assert {path.name for path in HERE.glob("*.csv")} == FILES.keys()
    for name, expected in FILES.items():
        found = rows(name)
        assert len(found) == expected
        assert all(None not in row and None not in row.values() for row in found)


@pytest.mark.parametrize("row", VECTORS, ids=lambda r: f"{r['case']}-{r['output']}")
def test_methods(row: dict[str, str]) -> None:
    found = METHODS[row["method"]](row)
    if isinstance(found, str):
        assert found == row["expected"]
    else:
        assert agrees(found, row["expected"])
