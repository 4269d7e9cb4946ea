"""Whether figures of two indicators may be compared at all."""

from __future__ import annotations

from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period

KIND, PERIOD, VERSION = "another kind of figure", "another period", "another definition"


def unlike(ours: IndicatorData, theirs: IndicatorData, period: Period) -> str:
    """Why figures of two indicators cannot be compared in a period: KIND, PERIOD or VERSION; empty when they can."""
    mine, other = ours.indicator.measure, theirs.indicator.measure
    if (mine.kind, mine.multiplier) != (other.kind, other.multiplier):
        return KIND
    if period not in ours.periods or period not in theirs.periods:
        return PERIOD
    return VERSION if _is_before(ours.indicator, period) or _is_before(theirs.indicator, period) else ""


def _is_before(indicator: Indicator, period: Period) -> bool:
    """Whether a period begins before the definition that is in force, and the two do not join."""
    last = indicator.versions[-1]
    return len(indicator.versions) > 1 and last.comparability != "full" and period.start < last.start
