"""Invented tables to measure the search with: keyed, so that each machine draws the same; they describe no place.

A count is a gamma-Poisson draw (negative binomial). Its mean is the indicator's level, times the size of the place, times
how far the place lies from others of its size, which stays with it over time. Levels are spread evenly on a logarithmic
scale, so that some indicators have hardly a small count and others hardly a large one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from site_builder.confidential.grains import QUARTERS_AND_YEAR, YEAR
from site_builder.confidential.suppress.blocks import Block, Counts, Rules, Unit
from site_builder.confidential.suppress.costs import SYNTHETIC_KEY, Costs, Levels
from site_builder.confidential.tabulate import ALL
from site_builder.vocabulary.areas import LONDON
from tests.places import INNER_LONDON, OUTER_LONDON

KEY = "benchmark-1"
BOROUGHS = tuple(f"E09{number:06}" for number in range(1, 34))
LONDON_GROUPS = {INNER_LONDON: BOROUGHS[:14], OUTER_LONDON: BOROUGHS[14:], LONDON: BOROUGHS}
_AUTHORITIES = tuple(f"E10{number:06}" for number in range(1, 154))
ENGLAND_GROUPS = {
    **{f"E12{place + 1:06}": _AUTHORITIES[place * 17 : (place + 1) * 17] for place in range(9)},
    "E92000001": _AUTHORITIES,
}
_RULES = Rules(threshold=5, zeros_shown=True, min_hidden_per_line=2, parted=False)
_LEVELS = (1.0, 60.0)  # mean count of an average place in a quarter, rarest and most common indicator
_SPREAD = 5.0  # gamma shape of how far places differ, and of how far a count strays from its mean

Groups = Mapping[str, tuple[str, ...]]


def london(number: int, of: int = 40, years: int = 3) -> Block:
    """One of ``of`` indicators: 33 boroughs, Inner, Outer and London by quarter and year."""
    return _block(f"L{number:02}", LONDON_GROUPS, _level(number, of), years, share=None)


def england(number: int, of: int = 10) -> Block:
    """One of ``of`` indicators: 153 authorities, 9 regions and England, one year."""
    return _block(f"E{number:02}", ENGLAND_GROUPS, _level(number, of), 0, share=None)


def proportion(number: int, of: int = 10, years: int = 3) -> Block:
    """One of ``of`` indicators: numerator and denominator, and with them the complement, by quarter and year."""
    return _block(f"P{number:02}", LONDON_GROUPS, _level(number, of), years, share=0.3 + 0.05 * (number % 9))


def tiny(number: int, parted: bool = False) -> Block:
    """Two places and their sum, four quarters and their year."""
    groups = {LONDON: BOROUGHS[:2]}
    return _block(f"T{number:02}", groups, _level(number % 5, 5) / 3, 1, share=0.5 if parted else None)


def costs_of(block: Block) -> dict[Unit, int]:
    """What it costs to hide each unit, by child populations that are invented too."""
    children = {area: 15_000 + 1_500 * place for place, area in enumerate(_widest(block.groups))}
    costs = Costs(SYNTHETIC_KEY, children, Levels(), block.groups)
    return {unit: costs.of(block, unit, ()) for unit in block.counts}


def _widest(groups: Groups) -> tuple[str, ...]:
    """The smallest places: those of the total that holds all."""
    return max(groups.values(), key=lambda inside: len(inside))


def _level(number: int, of: int) -> float:
    low, high = _LEVELS
    return float(low * (high / low) ** (number / max(of - 1, 1)))


def _block(code: str, groups: Groups, level: float, years: int, share: float | None) -> Block:
    """``years`` of quarters with their years; 0: one year without quarters."""
    seed = int.from_bytes(hashlib.sha256(f"{KEY} {code}".encode()).digest()[:8], "big")
    random, areas = np.random.default_rng(seed), _widest(groups)
    size = random.lognormal(0.0, 0.4, len(areas)) * random.gamma(_SPREAD, 1 / _SPREAD, len(areas))
    counts: dict[Unit, Counts] = {}
    for start in range(2020, 2020 + max(years, 1)):
        name = f"{start}-{(start + 1) % 100:02}"
        columns = [f"{name}-Q{quarter}" for quarter in range(1, 5)] if years else [name]
        mean = np.outer(size, np.ones(len(columns))) * level
        numerators = _drawn(random, mean)
        rest = None if share is None else _drawn(random, mean * (1 - share) / share)
        for period, chosen in [*((one, [place]) for place, one in enumerate(columns)), (name, range(len(columns)))]:
            _add(counts, groups, period, numerators[:, list(chosen)], None if rest is None else rest[:, list(chosen)])
    rules = Rules(_RULES.threshold, _RULES.zeros_shown, _RULES.min_hidden_per_line, parted=share is not None)
    grain = QUARTERS_AND_YEAR if years else YEAR
    return Block(code, 1, "total", grain, rules, dict(sorted(counts.items())), groups)


def _drawn(random: np.random.Generator, mean: NDArray[np.float64]) -> NDArray[np.int64]:
    return random.poisson(mean * random.gamma(_SPREAD, 1 / _SPREAD, mean.shape))


def _add(
    counts: dict[Unit, Counts], groups: Groups, period: str, above: NDArray[np.int64], rest: NDArray[np.int64] | None
) -> None:
    """Every place and total of one period."""
    areas = _widest(groups)
    for area, inside in ({area: (area,) for area in areas} | dict(groups)).items():
        rows = [areas.index(one) for one in inside]
        numerator = int(above[rows].sum())
        below = None if rest is None else numerator + int(rest[rows].sum())
        counts[Unit(area, period, ALL)] = Counts(numerator, below)
