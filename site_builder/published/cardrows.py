"""The rows of a borough's score cards: each indicator at its latest period, beside its past, London and its target."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published import readiness, said, sentences, targets
from site_builder.published.enquiry.case import is_hidden
from site_builder.published.figures import Figure
from site_builder.published.inputs import Inputs
from site_builder.published.points import Point
from site_builder.published.scorecards import CardRow, ScoreCard
from site_builder.published.series import months_before, over_time
from site_builder.published.statistics import IndicatorData, redefined
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.periods import Period

QUARTER, YEAR = 3, 12  # months


class Earlier(NamedTuple):
    """A figure of an earlier period. ``figure`` is None where there is none that can be compared: then ``reason`` says why."""

    period: Period | None
    point: Point | None
    figure: Figure | None
    reason: str


class Shown(NamedTuple):
    """The figures of a row. ``own`` leads: the value of ``point``, or its count. ``london`` is None where it is not set
    beside. ``judged``: the point that the target is held against: that of the row, or of the year where a quarter has no
    value."""

    data: IndicatorData
    point: Point
    own: Figure
    quarter_before: Earlier
    year_before: Earlier
    london: Point | None
    target: targets.Target | None
    judged: Point
    status: targets.Status | None
    direction: str


class Row(NamedTuple):
    """One indicator of one borough on a card. ``shown``: None without figures. ``commentary``: None where none came;
    ``left_out``: whether words would be about a hidden figure, and are not published."""

    area: Area
    card: CardRow
    indicator: Indicator
    shown: Shown | None
    commentary: said.Commentary | None
    left_out: bool
    mark: readiness.Mark
    actions: tuple[said.Action, ...]


class Rows:
    """Makes the rows of one borough. What they share is looked up once."""

    def __init__(self, inputs: Inputs, area: Area) -> None:
        self.inputs, self.area = inputs, area
        self.actions = said.actions_of(inputs.latest, area.code)
        self._assessed = readiness.assessed(inputs.latest) if inputs.latest else {}

    def of(self, card: ScoreCard) -> tuple[Row, ...]:
        """The rows of a card in its order."""
        return tuple(self.row(one) for one in card.rows)

    def loose(self) -> tuple[said.Action, ...]:
        """Actions that are about no indicator: they stand on cards without rows."""
        return tuple(one for one in self.actions if not one.indicator)

    def row(self, card: CardRow) -> Row:
        """One indicator."""
        indicator = self.inputs.catalogue[card.indicator]
        data = self.inputs.figures.get(indicator.code)
        shown = self._shown(data) if data is not None and data.headline is not None else None
        return Row(
            self.area,
            card,
            indicator,
            shown,
            self._commentary(indicator, shown),
            shown is not None and is_hidden(shown.point),
            self.mark(indicator.code),
            tuple(one for one in self.actions if one.indicator == indicator.code),
        )

    def mark(self, code: str) -> readiness.Mark:
        """How ready a figure is for an audit, as the borough says; not assessed where it says nothing."""
        row = self._assessed.get((self.area.code, code))
        return readiness.mark_of(row) if row else readiness.Mark.NOT_ASSESSED

    def _commentary(self, indicator: Indicator, shown: Shown | None) -> said.Commentary | None:
        """What is said of the period shown, or of the year or day that ends with it."""
        if shown is None or is_hidden(shown.point):
            return None
        some = said.commentary_of(self.inputs.latest, self.area.code, indicator.code)
        exact = [one for one in some if one.period == shown.point.period]
        return next((one for one in (*exact, *some) if one.period.end == shown.point.period.end), None)

    def _shown(self, data: IndicatorData) -> Shown:
        area, indicator = self.area, data.indicator
        point = over_time(data, area.code)[-1]
        own = sentences.leading(area, point, data)
        beside = own is point.value and indicator.measure.kind is not Kind.COUNT
        london = data.points[LONDON, point.period]
        headline = data.points[area.code, data.headline] if data.headline else point
        judged = point if own is point.value else headline
        target = targets.in_force(self.inputs.targets, area.code, indicator.code, judged.period)
        return Shown(
            data,
            point,
            own,
            self._earlier(data, point.period, QUARTER),
            self._earlier(data, point.period, YEAR),
            london if beside and not london.absent else None,
            target,
            judged,
            targets.status_of(target, judged.value) if target and area.funnel else None,
            sentences.direction(area, data),
        )

    def _earlier(self, data: IndicatorData, period: Period, months: int) -> Earlier:
        found = months_before(data.periods, period, months)
        if found is None:
            return Earlier(None, None, None, "yearly" if months == QUARTER else "none yet")
        point = data.points[self.area.code, found]
        if redefined(data.indicator, found, period):
            return Earlier(found, point, None, "not comparable")
        return Earlier(found, point, sentences.leading(self.area, point, data), "")
