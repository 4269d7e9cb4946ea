"""A population that a return gives for a rate, beside the published estimate that the rate divides by."""

from __future__ import annotations

from site_builder.confidential.folders import Row
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period

TOLERANCE = 0.005


def differing_population(row: Row, indicator: Indicator, period: Period, standards: Standards) -> int | None:
    """The published estimate when the denominator given for a rate differs from it by more than half a per cent; None
    when it does not, when none is given, and where no estimate is at hand."""
    series, given = indicator.measure.denominator_series, row.count("denominator")
    if not series or given is None or standards.populations is None:
        return None
    known = standards.populations.at(row["area_code"], period.population_year, series.rpartition("/")[2])
    return known[0] if known is not None and abs(given - known[0]) > TOLERANCE * known[0] else None
