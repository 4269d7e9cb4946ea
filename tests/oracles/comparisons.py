"""Each statistical method beside an oracle: the same question answered slowly, or by somebody else's library.

A module of ``tests/oracles/methods/`` holds ``COMPARISONS``; a new method is a new entry there.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import mpmath

HERE = Path(__file__).parent
TABLE = HERE / "README.md"
GENERATED = 1000
DIGITS = 40
HEADROOM, CLOSEST = 3, 1e-14  # the last digits differ between machines
Case = tuple[Any, ...]
Answers = Sequence[Any]  # numbers, which may differ a little, or anything else, which may not


@dataclass(frozen=True)
class Comparison:
    """``draw``: one case from chance; ``edges``: cases that always run. ``ours`` and ``theirs``: a case's answers, as
    many on both sides. ``floor``: numbers nearer to 0 than this are compared as if they were this far from it.
    ``within``: the greatest difference allowed."""

    method: str
    oracle: str
    draw: Callable[[Random], Case]
    ours: Callable[..., Answers]
    theirs: Callable[..., Answers]
    edges: Sequence[Case] = ()
    floor: float = 1e-3
    within: float = 1e-9

    @property
    def name(self) -> tuple[str, str]:
        """What the table calls it."""
        return self.method, self.oracle

    @property
    def cases(self) -> list[Case]:
        """The edges, and a thousand cases that are the same each time."""
        random = Random(self.method)
        return [*self.edges, *(self.draw(random) for _ in range(GENERATED))]


@cache
def registry() -> tuple[Comparison, ...]:
    """All comparisons, by module and in the order written there."""
    names = sorted(path.stem for path in (HERE / "methods").glob("*.py"))
    modules = [importlib.import_module(f"tests.oracles.methods.{name}") for name in names]
    return tuple(comparison for module in modules for comparison in module.COMPARISONS)


def difference(ours: object, theirs: object, floor: float) -> float:
    """The relative difference of two answers; infinite when they are not numbers and not equal."""
    if not isinstance(ours, float) or not isinstance(theirs, (float, mpmath.mpf)):
        return 0.0 if ours == theirs else math.inf
    if ours == theirs:
        return 0.0
    if not math.isfinite(ours) or not (theirs or floor):
        return math.inf
    with mpmath.workdps(DIGITS):
        return float(abs(ours - mpmath.mpf(theirs)) / max(abs(mpmath.mpf(theirs)), mpmath.mpf(floor)))


@cache
def measured(name: Hashable) -> float:
    """The worst difference of a comparison over all its cases; the case is named when it is not one to accept."""
    comparison = next(one for one in registry() if one.name == name)
    worst = 0.0
    with mpmath.workdps(DIGITS):
        for case in comparison.cases:
            ours, theirs = comparison.ours(*case), comparison.theirs(*case)
            for found, true in zip(ours, theirs, strict=True):
                apart = difference(found, true, comparison.floor)
                assert apart <= comparison.within, f"{name} {case}: {found} where {true} is right"
                worst = max(worst, apart)
    return worst


def decade(worst: float) -> str:
    """A difference as a bound that holds on other machines too: a power of ten, or ``equal``."""
    if not worst:
        return "equal"
    return f"< 1e{math.ceil(math.log10(max(worst * HEADROOM, CLOSEST))):+03d}"


def row(comparison: Comparison, bound: str) -> str:
    """One line of the table."""
    return f"| {comparison.method} | {comparison.oracle} | {len(comparison.cases):,} | {bound} |"


def table(bounds: Sequence[str]) -> str:
    """The whole file, given one bound for each comparison."""
    lines = [
        "# Oracles",
        "",
        "Each statistical method of `site_builder/vocabulary/methods/` beside a slow or a foreign answer to the same question,",
        "over a thousand cases drawn by chance and the edges: none, all, one, ten million. Nothing here is needed to make the",
        "site. This table is written by the tests (`pytest tests/oracles/test_methods.py --update-golden -n 0`) from what they",
        "measure: a bound on the worst relative difference, the next power of ten with room for other machines. Answers that",
        "are words, ranks or fractions are equal. Differences, which may be near 0, are relative to 0.001 at least.",
        "",
        "| Method | Oracle | Cases | Worst relative difference |",
        "|---|---|---|---|",
        *(row(comparison, bound) for comparison, bound in zip(registry(), bounds, strict=True)),
        "",
        'Left out on purpose: statsmodels\' binomial regression of a response with two columns and `scale="X2"`. In version',
        "0.15.0 its dispersion is far too small; shares with `var_weights` are right.",
    ]
    return "\n".join([*lines, ""])
