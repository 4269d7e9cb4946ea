"""How an indicator is published over time, and the period of the cell that a return's figure becomes."""

from __future__ import annotations

from site_builder.vocabulary.indicators import Indicator, collected_by
from site_builder.vocabulary.periods import Period, PeriodKind, snapshot

QUARTERS_AND_YEAR, SNAPSHOTS, YEAR_OF_QUARTERS, YEAR = "quarters-and-year", "snapshots", "year-of-quarters", "year"


def grain_of(indicator: Indicator) -> str:
    """How an indicator is published over time at its finest: one of the four grains."""
    if collected_by(indicator) is PeriodKind.FINANCIAL_YEAR:
        return YEAR
    if indicator.cycle.window == "rolling-4-quarters":
        return YEAR_OF_QUARTERS
    return SNAPSHOTS if indicator.cycle.kind == PeriodKind.SNAPSHOT.value else QUARTERS_AND_YEAR


def cell_period(indicator: Indicator, period: Period) -> str:
    """The period of the cell that a return's figure becomes: the last day for a snapshot, else the return's period."""
    return str(snapshot(period.end)) if grain_of(indicator) == SNAPSHOTS else str(period)


def place_of(indicator: Indicator, period: Period) -> str:
    """The period of the figure beside which words of a return are printed: the year where only years are."""
    return period.year.id if grain_of(indicator) == YEAR_OF_QUARTERS else cell_period(indicator, period)
