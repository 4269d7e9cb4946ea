"""What a board is told of first: computed from released figures and the day of the release, and from nothing else.

There is no clock. A figure that is not shown raises none of DECLINE, TARGET_MISSED and UNUSUAL: these would tell its size. An
indicator on trial raises none at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from site_builder.published.cardrows import Row
from site_builder.published.enquiry import moves
from site_builder.published.readiness import Mark
from site_builder.published.said import Action
from site_builder.published.sentences import change
from site_builder.published.statistics import IndicatorData
from site_builder.published.targets import Status
from site_builder.release.reference import catalogue_order
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period

LATE_STATES = ("late", "not-returned")
_TOGETHER = 3  # indicators of one theme in one period


class Code(Enum):
    """The kinds of exception, in the order in which they are printed."""

    DECLINE = "decline"
    TARGET_MISSED = "target-missed"
    UNUSUAL = "unusual"
    OVERDUE = "overdue"
    THEME = "theme"
    NOT_ASSURED = "not-assured"


_OF_FIGURES = (Code.DECLINE, Code.TARGET_MISSED, Code.UNUSUAL)


class Overdue(NamedTuple):
    """What is overdue about a row. ``returned``: the state of a return that came late or not, else empty; ``commentary``:
    whether none came for a row that is listed; ``actions``: open after their day."""

    returned: str
    commentary: bool
    actions: tuple[Action, ...]

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.returned or self.commentary or self.actions)


class Listed(NamedTuple):
    """A row with the exceptions that it raises, in order; ``codes`` may be empty. A row with any is listed."""

    row: Row
    codes: tuple[Code, ...]
    overdue: Overdue

    @property
    def is_listed(self) -> bool:
        """Whether a board is told of it."""
        return bool(self.codes)


class Together(NamedTuple):
    """Three or more indicators of one theme that each show something in the same period."""

    theme: str
    period: Period
    rows: tuple[Row, ...]


def listed(row: Row, published_on: date | None) -> Listed:
    """The exceptions of a row; none while its indicator is on trial on the day of the release, or before the first one."""
    nothing = Overdue("", commentary=False, actions=())
    if published_on is None or row.indicator.is_on_trial(published_on):
        return Listed(row, (), nothing)
    codes = [code for code in _OF_FIGURES if _RAISED[code](row)]
    late = _overdue(row, silent=bool(codes) and row.commentary is None and not row.left_out)
    codes += [Code.OVERDUE] if late else []
    codes += [Code.NOT_ASSURED] if codes and row.mark is Mark.NOT else []
    return Listed(row, tuple(codes), late)


def together(rows: Iterable[Row], published_on: date | None) -> tuple[Together, ...]:
    """Themes of which three or more indicators raise DECLINE or UNUSUAL, or changed clearly since the year before, in the
    same period; in order of theme and period, rows in order of the catalogue. An indicator on two cards counts once."""
    found: dict[tuple[str, Period], dict[str, Row]] = {}
    for row in rows:
        if row.shown is None or published_on is None or row.indicator.is_on_trial(published_on):
            continue
        if _declines(row) or _is_unusual(row) or is_clearly_changed(row.area, row.shown.data):
            headline = row.shown.data.headline
            assert headline is not None
            found.setdefault((row.indicator.theme, headline), {})[row.indicator.code] = row
    many = {key: some for key, some in found.items() if len(some) >= _TOGETHER}
    return tuple(
        Together(*key, tuple(many[key][code] for code in sorted(many[key], key=catalogue_order)))
        for key in sorted(many)
    )


def _declines(row: Row) -> bool:
    return row.shown is not None and change(row.area, row.shown.data) == "worsening"


def _misses(row: Row) -> bool:
    return row.shown is not None and row.shown.status in (Status.MISSED, Status.OUTSIDE)


def _is_unusual(row: Row) -> bool:
    if row.shown is None or not row.area.funnel or row.shown.data.headline is None:
        return False
    return row.shown.data.points[row.area.code, row.shown.data.headline].variation.startswith("out")


_RAISED = {Code.DECLINE: _declines, Code.TARGET_MISSED: _misses, Code.UNUSUAL: _is_unusual}


def is_clearly_changed(area: Area, data: IndicatorData) -> bool:
    """Whether the figure that leads changed by more than chance since the same period a year before."""
    if not area.funnel or data.headline is None:
        return False
    moved = moves.since_last_year(data, area.code, data.headline)
    return moved is not None and moved.direction != 0


def _overdue(row: Row, *, silent: bool) -> Overdue:
    state = ""
    if row.shown is not None:
        source, period = row.shown.data.source, row.shown.point.period
        state = source.states.get((row.area.code, row.indicator.code, str(period)), "")
    late: Sequence[Action] = [one for one in row.actions if one.overdue]
    return Overdue(state if state in LATE_STATES else "", silent, tuple(late))
