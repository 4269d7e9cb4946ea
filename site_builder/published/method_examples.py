"""Worked examples of the pages on methods: invented figures, worked out by the functions that work out the real ones.

Each is a placeholder whose name begins with ``example``. The places and counts are made up and round, and stand nowhere
else on the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from site_builder.published.phrases import count_word
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods import averages, control, differences, funnels, intervals, regression, trends
from site_builder.vocabulary.methods.reasons import Reason
from site_builder.vocabulary.rounding import half_up, half_up_float, half_up_fraction

_Result = TypeVar("_Result")

_SHARE, _LARGE_SHARE = (30, 40), (300, 400)
_RATE, _CHILDREN, _PER = 12, 8_000, 10_000
_HALFWAY = (49, 400)
_PLACES = tuple((count, 400) for count in range(52, 112, 3))
_SMALL = (14, 50)
_RISING, _WAVERING, _OF = (300, 330, 365, 400, 440), (300, 330, 365, 400, 310), 2_000
_QUARTERS = (20, 24, 22, 19, 23, 21, 25, 22, 20, 24, 21, 23, 38)
_NEIGHBOURS = (30, 31, 33, 35, 36, 38, 40, 41, 44, 95)
_POOLED = ((20, 100), (450, 900))
_DEPRIVED = tuple(regression.Case(400 + 20 * k + (25 if k % 2 else -25), 20_000, 10.0 + k) for k in range(20))
_ONE = 5  # the place of _DEPRIVED that the example looks at


def examples() -> Mapping[str, str]:
    """Every worked example: placeholder and printed figure."""
    parts = (_rounding(), _intervals(), _funnel(), _trend(), _change(), _chart(), _averages(), _prediction())
    return {f"example {name}": words for name, words in chain.from_iterable(part.items() for part in parts)}


def _rounding() -> dict[str, str]:
    x, n = _HALFWAY
    return {
        "halfway count": f"{x}",
        "halfway of": f"{n}",
        "halfway exact": half_up(x, n, 100, 2),
        "halfway printed": half_up(x, n, 100, 1),
    }


def _intervals() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, (x, n) in {"share": _SHARE, "large share": _LARGE_SHARE}.items():
        limits = intervals.wilson(x, n, 0.95)
        found |= {f"{name} count": f"{x}", f"{name} of": f"{n}", name: f"{half_up(x, n, 100, 1)}%"}
        found |= _range(name, intervals.Interval(100 * limits.lower, 100 * limits.upper), 1, "%")
    return found | {
        "rate count": f"{_RATE}",
        "rate of": f"{_CHILDREN:,}",
        "rate": half_up(_RATE, _CHILDREN, _PER, 1),
        **_range("rate", intervals.rate(_RATE, _CHILDREN, _PER, 0.95), 1),
    }


def _funnel() -> dict[str, str]:
    made = _made(funnels.additive(_PLACES, None, funnels.Transform.ARCSINE))
    plain = [funnels.outside_plain(x, n, made.centre, made.transform, 0.95) for x, n in _PLACES]
    wide = [made.label(x, n) for x, n in _PLACES]
    size = _PLACES[0][1]
    found = {
        "funnel places": count_word(made.areas),
        "funnel size": f"{size}",
        "funnel lowest": f"{half_up(*_PLACES[0], 100, 1)}%",
        "funnel highest": f"{half_up(*_PLACES[-1], 100, 1)}%",
        "funnel centre": f"{half_up_float(100 * made.centre, 1)}%",
        "funnel plain outside": f"{sum(map(bool, plain))}",
        "funnel wide edge": f"{sum(label is not funnels.Label.WITHIN for label in wide)}",
        "funnel phi": half_up_float(made.phi, 1),
        "funnel small size": f"{_SMALL[1]}",
        "funnel small": f"{half_up(*_SMALL, 100, 1)}%",
    }
    drawn = {
        "funnel plain": funnels.plain_limits(made.centre, size, 0.95),
        "funnel wide": made.limits(size, 0.95),
        "funnel small wide": made.limits(_SMALL[1], 0.95),
    }
    for name, limits in drawn.items():
        found |= _range(name, intervals.Interval(100 * limits.lower, 100 * limits.upper), 1, "%")
    return found


def _trend() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, counts in {"rising": _RISING, "wavering": _WAVERING}.items():
        verdict = trends.trend_of_proportions(counts, (_OF,) * len(counts)).verdict
        found[f"trend {name}"] = " | ".join(f"{half_up(x, _OF, 100, 1)}%" for x in counts)
        found[f"trend {name} verdict"] = verdict.value.replace("-", " ")
    return found | {"trend of": f"{_OF:,}"}


def _change() -> dict[str, str]:
    first, second = _RISING[0], _RISING[2]
    made = differences.between_proportions(first, _OF, second, _OF, 100)
    return {
        "change first": f"{half_up(first, _OF, 100, 1)}%",
        "change second": f"{half_up(second, _OF, 100, 1)}%",
        "change": half_up_float(made.difference, 1),
        "change verdict": "clear" if made.is_clear else "not clear",
        **_range("change", intervals.Interval(made.lower, made.upper), 1),
    }


def _chart() -> dict[str, str]:
    made = _made(control.chart([Fraction(count) for count in _QUARTERS]))
    return {
        "chart usual": ", ".join(map(str, _QUARTERS[:-1])),
        "chart last": f"{_QUARTERS[-1]}",
        "chart mean": half_up_float(made.mean, 1),
        "chart verdict": "outside" if control.Rule.OUTSIDE in made.flags[-1] else "inside",
        **_range("chart", intervals.Interval(made.lower, made.upper), 1),
    }


def _averages() -> dict[str, str]:
    values = [Fraction(value) for value in _NEIGHBOURS]
    (a, b), (c, d) = _POOLED
    mean = (Fraction(a, b) + Fraction(c, d)) / 2
    return {
        "neighbours": ", ".join(map(str, _NEIGHBOURS)),
        "neighbours far": f"{_NEIGHBOURS[-1]}",
        "neighbours median": half_up_fraction(_made(averages.neighbour_average(values)).value, 1),
        "neighbours mean": half_up_fraction(_made(averages.neighbour_average(values, "mean")).value, 1),
        "pooled first": f"{a} of {b}",
        "pooled first share": f"{half_up(a, b, 100, 1)}%",
        "pooled second": f"{c} of {d}",
        "pooled second share": f"{half_up(c, d, 100, 1)}%",
        "pooled sum": f"{a + c} of {b + d:,}",
        "pooled": f"{half_up(a + c, b + d, 100, 1)}%",
        "pooled mean": f"{half_up_fraction(100 * mean, 1)}%",
    }


def _prediction() -> dict[str, str]:
    case = _DEPRIVED[_ONE]
    made = regression.leave_one_out(regression.Family.POISSON, _DEPRIVED)[_ONE]
    if isinstance(made, str):
        raise TypeError(f"the worked example has no line: {made}")
    return {
        "predicted places": count_word(len(_DEPRIVED)),
        "predicted score": half_up_float(case.covariate, 0),
        f"predicted {HERE.people}": f"{case.n:,}",
        "predicted counted": f"{case.x}",
        "predicted expected": half_up_float(made.expected, 0),
        "predicted verdict": "inside" if made.lower <= case.x <= made.upper else "outside",
        **_range("predicted", intervals.Interval(made.lower, made.upper), 0),
    }


def _range(name: str, limits: intervals.Interval, dp: int, unit: str = "") -> dict[str, str]:
    return {
        f"{name} low": f"{half_up_float(limits.lower, dp)}{unit}",
        f"{name} high": f"{half_up_float(limits.upper, dp)}{unit}",
    }


def _made(found: _Result | Reason) -> _Result:
    """What a method made. Raises TypeError where it is silent: an example that teaches nothing is a mistake here."""
    if isinstance(found, Reason):
        raise TypeError(f"a worked example is silent: {found.value}")
    return found
