"""What placeholders of the pages on methods stand for: the numbers that the program itself uses, never typed again.

Names begin with ``method``; the worked examples of the same pages are in ``method_examples``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from site_builder.published.enquiry import thresholds
from site_builder.published.figures import FEW
from site_builder.published.method_examples import examples
from site_builder.published.phrases import count_word
from site_builder.published.predictions import LEAST_AREAS, LEAST_EXPLAINED
from site_builder.release.reconciliation import MAX_CARRY_YEARS
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.methods import averages, control, differences, funnels, intervals, trends
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction


def placeholders(catalogue: Iterable[Indicator], boroughs: int) -> Mapping[str, str]:
    """The numbers of the methods and the worked examples. ``boroughs``: how many authorities London has."""
    counts = {
        "few": FEW,
        "exact below": intervals.EXACT_BELOW,
        "areas funnel": funnels.MINIMUM_ADDITIVE,
        "neighbours": averages.ENOUGH,
        "not close": thresholds.NOT_CLOSE,
        "trend years": trends.POINTS,
        "jump cases": differences.JUMP_CASES,
        "chart least": control.MINIMUM,
        "chart baseline": control.BASELINE,
        "chart run": control.RUN,
        "chart base": control.SMALL_BASE,
        "predicted areas": LEAST_AREAS,
        "carry years": MAX_CARRY_YEARS,
        "boroughs": boroughs,
    }
    shares = {
        "jump share": differences.JUMP_SHARE,
        "caught 95": funnels.CAUGHT_95,
        "caught 998": funnels.CAUGHT_998,
        "trimmed": funnels.WINSORISED,
    }
    floors = [one.aggregate for one in catalogue]
    told = {
        **{name: count_word(number) for name, number in counts.items()},
        **{name: f"{half_up_fraction(100 * Fraction(share), 0)}%" for name, share in shares.items()},
        "predicted share": f"{half_up_float(100 * LEAST_EXPLAINED, 0)}%",
        "london least": _floor({one.min_boroughs for one in floors}),
        f"london least {HERE.people}": f"{_floor({round(100 * one.min_population) for one in floors})}%",
    }
    return {**{f"method {name}": words for name, words in told.items()}, **examples()}


def _floor(least: set[int]) -> str:
    """A number that holds for every indicator, or its range."""
    low, high = min(least), max(least)
    return count_word(low) if low == high else f"{count_word(low)} to {count_word(high)}"
