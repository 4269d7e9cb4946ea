"""Coarser tables for an indicator of which too much would be hidden: years only, then no boroughs, then London alone."""

from __future__ import annotations

from dataclasses import replace

from site_builder.confidential.grains import QUARTERS_AND_YEAR, YEAR_OF_QUARTERS
from site_builder.confidential.suppress.blocks import TOTALS, Block, Unit
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.rules import rule

FULL, YEARS, HALVES, WHOLE_LONDON = "full", "year", "inner-outer", "london"
LADDER = (FULL, YEARS, HALVES, WHOLE_LONDON)
_WORDS = {YEARS: "years", HALVES: HERE.parts_name, WHOLE_LONDON: f"{HERE.name} as a whole"}


def rungs(grain: str, floor: str, start: str = FULL) -> tuple[str, ...]:
    """The steps open to an indicator, finest first: from its geographic floor or an earlier release's step on."""
    lowest = max(LADDER.index(start), LADDER.index(floor) if floor in LADDER else 0)
    steps = LADDER if grain == QUARTERS_AND_YEAR else tuple(step for step in LADDER if step != YEARS)
    return tuple(step for step in steps if LADDER.index(step) >= lowest)


def coarsened(block: Block, rung: str) -> Block:
    """The block as it is published at one step of the ladder."""
    grain = YEAR_OF_QUARTERS if block.grain == QUARTERS_AND_YEAR and rung != FULL else block.grain
    kept = {unit: counts for unit, counts in block.counts.items() if is_kept(unit, rung, block.grain)}
    return replace(block, grain=grain, counts=kept)


def is_kept(unit: Unit, rung: str, grain: str) -> bool:
    """Whether a unit is published at one step of the ladder. ``grain`` is the indicator's finest."""
    if rung == FULL:
        return True
    if grain == QUARTERS_AND_YEAR and Period.parse(unit.period).kind is not PeriodKind.FINANCIAL_YEAR:
        return False
    if rung == YEARS:
        return True
    return unit.area in TOTALS if rung == HALVES else unit.area == LONDON


@rule("D918", Severity.INFO, "Published from a coarser level up")
def coarser(indicator: str, rung: str) -> Finding:
    """What it checks: whether an indicator can be published as finely as it is collected without hiding more than the
    policy's share of its figures.

    Why it matters: a table that is mostly hidden tells little, and takes many shown figures with it.

    Example: notifications of private fostering are so few that only years can be shown.

    How to fix: nothing has to be done. A wider area or a longer window may be agreed in the indicator's file.
    """
    return Finding(
        "D918",
        Severity.INFO,
        Location(f"content/indicators/{indicator.lower()}"),
        f"{indicator} is published from {_WORDS[rung]} up; finer tables would be mostly hidden.",
        "Do nothing, or agree on a longer window in the indicator's file.",
    )


RULES = (coarser,)
