"""Whose figures came: one of six states for each borough, indicator and period, and who answered in each round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from site_builder.published.figures import Figure
from site_builder.published.statistics import IndicatorData
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Indicator, collected_by
from site_builder.vocabulary.periods import Period, PeriodKind, quarters


class Came(Enum):
    """The six states of a cell: each borough is in exactly one of them for each indicator and period."""

    RETURNED = "returned"
    LATE = "late"
    NOT_COLLECTED = "not collected"
    NOT_APPLICABLE = "not applicable"
    NOT_RETURNED = "not returned"
    NOT_DUE = "not due"


_OF_RELEASE = {
    "reported": Came.RETURNED,
    "unreliable": Came.RETURNED,
    "late": Came.LATE,
    "not-yet-available": Came.LATE,
    "not-collected": Came.NOT_COLLECTED,
    "not-applicable": Came.NOT_APPLICABLE,
    "not-returned": Came.NOT_RETURNED,
    "withheld": Came.RETURNED,  # it came; the borough asks that it is not shown
    "not-due": Came.NOT_DUE,
}
_INCOMPLETE = "incomplete"
# which state of its quarters a year has that is not whole: the first of these
_WEIGHT = (Came.NOT_RETURNED, Came.LATE, Came.NOT_DUE, Came.NOT_COLLECTED, Came.NOT_APPLICABLE, Came.RETURNED)
_SILENT = ("not-returned", "late", "not-due")  # the borough said nothing
_FIGURES = ("reported", "unreliable")
SENT = (*_FIGURES, "withheld")  # a figure came, whether or not it may be shown


class Slot(NamedTuple):
    """What one borough sent of one indicator. ``word``: the state in the words of the release. ``in_part``: of a year,
    whether some quarters came. ``hidden``: whether a figure of it is hidden to protect children."""

    came: Came
    word: str
    in_part: bool
    hidden: bool


class Response(NamedTuple):
    """Who answered in one round. ``late``: how many of those without an answer may still send it."""

    period: Period
    figures: int
    commentary: int
    silent: int
    late: int

    @property
    def of(self) -> int:
        """How many were asked."""
        return self.figures + self.commentary + self.silent


def senders(release: Release, period: str) -> frozenset[str]:
    """The boroughs that sent any figure for a period, as the release says."""
    return frozenset(state.area for state in release.coverage if state.period == period and state.state in SENT)


def slot_of(data: IndicatorData, area: str, period: Period) -> Slot:
    """What a borough sent of an indicator for a period; not due where the release holds no word about it."""
    word = _word(data, area, period)
    hidden = any(one.state == "c" for one in _figures(data, area, period))
    if word != _INCOMPLETE:
        return Slot(_OF_RELEASE[word], word, in_part=False, hidden=hidden)
    parts = {_OF_RELEASE[_word(data, area, quarter)] for quarter in quarters(period)}
    came = min(parts, key=_WEIGHT.index)
    return Slot(came, word, in_part=Came.RETURNED in parts and came is not Came.RETURNED, hidden=hidden)


def _word(data: IndicatorData, area: str, period: Period) -> str:
    return data.source.states.get((area, data.indicator.code, str(period)), "not-due")


def _figures(data: IndicatorData, area: str, period: Period) -> tuple[Figure, ...]:
    point = data.points.get((area, period))
    return (point.numerator, point.denominator, point.value) if point else ()


def tally(data: IndicatorData, period: Period) -> Mapping[Came, int]:
    """How many boroughs are in each of the six states; together all 33."""
    found = Counter(slot_of(data, area, period).came for area in data.boroughs)
    return {state: found[state] for state in Came}


def inside_london(data: IndicatorData, period: Period) -> str:
    """Who is in London's figure, as the page of the indicator says: ``31 of 33 boroughs``; empty for a
    period that is not published by itself."""
    point = data.points.get((LONDON, period))
    return point.coverage if point else ""


def round_of(indicator: Indicator, period: Period) -> Period | None:
    """The round in which the figure of a period is sent; None for a year that is added up from its quarters."""
    kind = collected_by(indicator)
    if kind is PeriodKind.FINANCIAL_QUARTER and period.kind is PeriodKind.SNAPSHOT:
        return next((one for one in quarters(period.year) if one.end == period.end), None)
    if kind is PeriodKind.FINANCIAL_YEAR and period.kind is PeriodKind.SNAPSHOT:
        return period.year
    return period if period.kind is kind else None


def rounds(figures: Mapping[str, IndicatorData]) -> dict[Period, dict[str, Period]]:
    """Every round that the release holds, the latest first: by code the period of the figure that was sent in it."""
    ours = {code: data for code, data in figures.items() if not data.source.national}
    told = next((data.source.states for data in ours.values()), {})
    found: dict[Period, dict[str, Period]] = {}
    for code, text in sorted({(code, period) for _, code, period in told if code in ours}):
        period = Period.parse(text)
        if (one := round_of(ours[code].indicator, period)) is not None:
            found.setdefault(one, {})[code] = period
    return {one: {code: found[one][code] for code in ours if code in found[one]} for one in sorted(found, reverse=True)}


def response(period: Period, states: Mapping[str, Iterable[str]]) -> Response:
    """Who answered in a round. ``states``: by borough the words of the release about what was due in it. An answer
    without any figure is commentary only."""
    answers = Counter(_answer(set(words)) for words in states.values())
    silent = answers["late"] + answers["silent"]
    return Response(period, answers["figures"], answers["commentary"], silent, answers["late"])


def _answer(words: set[str]) -> str:
    if words & set(_FIGURES):
        return "figures"
    if words - set(_SILENT):
        return "commentary"
    return "late" if "late" in words else "silent"


def responses(figures: Mapping[str, IndicatorData]) -> tuple[Response, ...]:
    """Who answered in each round that the release holds, the latest first."""
    return tuple(_response(figures, period, held) for period, held in rounds(figures).items())


def _response(figures: Mapping[str, IndicatorData], period: Period, held: Mapping[str, Period]) -> Response:
    some = next(figures[code] for code in held)
    words = {area: [_word(figures[code], area, one) for code, one in held.items()] for area in some.boroughs}
    return response(period, words)


def responded(one: Response) -> str:
    """``24 of 33 responded: 20 with figures, 4 with commentary only; 9 did not``; parts that are none are left out."""
    kinds = ((one.figures, "with figures"), (one.commentary, "with commentary only"))
    parts = ", ".join(f"{many} {how}" for many, how in kinds if many)
    out = f"; {one.silent} did not" if one.silent else ""
    leave = f" ({one.late} may still send it)" if one.late else ""
    return f"{one.figures + one.commentary} of {one.of} responded{f': {parts}' if parts else ''}{out}{leave}"
