"""The figures beside the title of an indicator's page: London, England, the change in London, and what was counted."""

from __future__ import annotations

from decimal import Decimal

from site_builder.published import phrases
from site_builder.published.compose.values import unit, value
from site_builder.published.pages_parts import Fact, Value
from site_builder.published.statistics import IndicatorData, tested_years
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period

MOST = 4


def facts(data: IndicatorData, period: Period) -> tuple[Fact, ...]:
    """At most four: London's and England's value, the counts behind London's, and how it has changed."""
    london, noun = data.points[LONDON, period], phrases.noun_of(data.indicator)
    note = f" ({london.coverage})" if london.coverage else ""
    made = [Fact(f"{HERE.name} {noun}{note}", value(london.value), unit(data), london=True)]
    england = data.points.get((ENGLAND, period))
    if england is not None and england.value.state != "x":
        made.append(Fact(f"{HERE.country} {noun}", value(england.value), unit(data), london=False))
    if data.indicator.measure.kind is not Kind.COUNT:
        made.append(Fact(f"{_counted(data.indicator)}, {HERE.name}", value(london.numerator), "", london=False))
    if (moved := change(data, period)) is not None:
        made.append(moved)
    if data.indicator.measure.kind is not Kind.COUNT and data.indicator.measure.has_collected_denominator:
        made.append(Fact(f"Out of, {HERE.name}", value(london.denominator), "", london=False))
    return tuple(made[:MOST])


def change(data: IndicatorData, period: Period) -> Fact | None:
    """London's printed figure less the printed one at the start of the years that its trend is tested over, which are of
    one definition and one set of boroughs; with the word of that test. None where there is no such test, or ``period`` is
    not its last year."""
    word = phrases.change_word(data.trends[LONDON].verdict, data.indicator.polarity)
    if not word:
        return None
    first, last = (data.points[LONDON, year] for year in tested_years(data))
    if last.period != period or not (first.value.is_shown and last.value.is_shown):
        return None
    moved = Decimal(last.value.plain) - Decimal(first.value.plain)
    signed = f"{abs(moved):,}" if not moved else f"{moved:+,}".replace("-", "−")
    named = "points" if data.indicator.measure.unit == "percent" else unit(data)
    return Fact(
        f"Change in {HERE.name} since {first.period.end.year}: {word}",
        Value("reported" if moved else "zero", signed),
        named,
        london=False,
    )


def _counted(indicator: Indicator) -> str:
    words = indicator.measure.numerator
    return words if len(words) <= 48 else "Counted"
