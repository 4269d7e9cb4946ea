"""The page of an indicator with its rows by value: the same figures, another order, and a warning what that order is worth."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from site_builder.published import addresses, phrases
from site_builder.published.compose.ranks import rank_block
from site_builder.published.compose.values import shown
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import IndicatorPage
from site_builder.published.pages_parts import BarRow, Choice
from site_builder.published.statistics import IndicatorData
from site_builder.published.unusual import beyond_chance, compared
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period

_LARGELY, _PARTLY = "This order is largely chance.", "Part of this order is chance."
_LITTLE = "Much of this spread is more than chance."
_UNKNOWN = "How much of this order is chance cannot be said."
_HALF = 2  # from this dispersion on chance makes less than half of the variance
_CLOSE = f"{HERE.areas_head} next to one another can rarely be told apart, so"
_UNRANKED = f"{_CLOSE} there are no rank numbers here."
_RANGED = f"{_CLOSE} a rank is given with its range alone, below the table."


def has_twin(data: IndicatorData) -> bool:
    """Whether the figures can be put in an order: two or more are shown, and they are no bare counts."""
    if data.headline is None or data.indicator.measure.kind is Kind.COUNT:
        return False
    return sum(shown(point, data).is_shown for point in data.at(data.headline)) > 1


def orders(data: IndicatorData, *, by_rate: bool) -> tuple[Choice, ...]:
    """The two orders, the one that is shown without a link; empty where there is only one."""
    if not has_twin(data):
        return ()
    a_to_z, ordered = addresses.indicator(data.indicator.code), addresses.by_rate(data.indicator.code)
    here, there = (ordered, a_to_z) if by_rate else (a_to_z, ordered)
    way = addresses.relative(here, f"{there}#{HERE.folder}")
    name = f"By {phrases.noun_of(data.indicator)}"
    return (Choice("A to Z", way if by_rate else ""), Choice(name, "" if by_rate else way))


def by_rate(inputs: Inputs, data: IndicatorData, page: IndicatorPage) -> IndicatorPage:
    """The twin of an indicator's page: rows from the highest value to the lowest, those without a value last, A to Z.

    Its address for search engines is that of the page A to Z. Raises ValueError for an indicator without such a twin.
    """
    period = data.headline
    if period is None or not has_twin(data):
        raise ValueError("these figures have no order by value")
    noun = phrases.noun_of(data.indicator)
    block, ranks = page.boroughs, rank_block(inputs, data, period)
    table = block.table._replace(
        caption=block.table.caption.removesuffix("A to Z") + f"by {noun}, those without one last",
        rows=_ordered(inputs, data, block.table.rows),
    )
    return replace(
        page,
        frame=replace(
            page.frame,
            title=f"{page.heading}, by {noun} ({data.indicator.code})",
            description=f"{page.heading} by {noun}: the same figures as A to Z, and what their order is worth.",
            head=page.frame.head._replace(linked=Markup("")),  # the page A to Z has it
        ),
        heading=f"{page.heading}, by {noun}",
        boroughs=block._replace(
            callout=(opening(inputs, data, period), _RANGED if ranks else _UNRANKED),
            orders=orders(data, by_rate=True),
            table=table,
        ),
        ranks=ranks,
        multiples=None,
    )


def opening(inputs: Inputs, data: IndicatorData, period: Period) -> str:
    """How much of an order is chance: little where most boroughs lie beyond the limits of chance, most of it where the
    figures spread hardly more than chance would spread them."""
    found = compared(inputs, data, period)
    if found is None:
        return _UNKNOWN
    if 2 * beyond_chance(found) > len(found.points):
        return _LITTLE
    funnel = found.limits.funnel
    return _PARTLY if funnel is None or funnel.phi >= _HALF else _LARGELY


def _ordered(inputs: Inputs, data: IndicatorData, rows: tuple[BarRow, ...]) -> tuple[BarRow, ...]:
    """Rows with a printed value from high to low, equal ones and those without a value A to Z."""
    period = data.headline
    if period is None:
        return rows
    values = {inputs.areas.by_code[area].name: shown(data.points[area, period], data) for area in data.areas}

    def place(row: BarRow) -> tuple[bool, float, str]:
        led = values[row.name]
        return (not led.is_shown, -float(led.plain) if led.is_shown else 0.0, row.name)

    return tuple(sorted(rows, key=place))
