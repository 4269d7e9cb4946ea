"""Words of score cards and boards, each a pure function of printed figures and of the day of the release."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published import said, sentences
from site_builder.published.cardrows import Row, Shown
from site_builder.published.exceptions import Code, Listed, Together
from site_builder.published.inputs import Inputs
from site_builder.published.phrases import capital, count_word, listed, united, when, with_unit
from site_builder.published.standing_out import since
from site_builder.published.statistics import tested_years
from site_builder.published.targets import AT_LEAST, BETWEEN, Status, Target, is_within_chance
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words

LABELS: Mapping[Code, str] = {
    Code.DECLINE: "Decline",
    Code.TARGET_MISSED: "Target missed",
    Code.UNUSUAL: "Unusual",
    Code.OVERDUE: "Overdue",
    Code.THEME: "Theme",
    Code.NOT_ASSURED: "Not assured",
}
NO_TARGET = "none agreed"
NO_STATUS = "cannot be shown"
_RETURN = {"late": "The return {} came too late.", "not-returned": "No return came {}."}


def target(one: Target, indicator: Indicator) -> str:
    """``at most 15%``, ``10 to 14%``."""
    if one.kind == BETWEEN:
        return f"{one.value} to {united(one.upper, indicator)}"
    return f"{'at least' if one.kind == AT_LEAST else 'at most'} {united(one.value, indicator)}"


def chance(shown: Shown) -> str:
    """A note where the interval of the figure includes the target."""
    if shown.target is None or shown.status is None:
        return ""
    inside = is_within_chance(shown.target, shown.judged.lower, shown.judged.upper)
    return "The target lies within the 95% interval." if inside else ""


def reasons(one: Listed) -> tuple[tuple[Code, str], ...]:
    """Each exception of a row with its size, and since when."""
    found = [(code, _REASONS[code](one.row)) for code in one.codes if code in _REASONS]
    late = [(Code.OVERDUE, words) for words in _overdue(one)]
    assured = [(Code.NOT_ASSURED, f"The {HERE.area} rates the source of this figure as not ready for audit.")]
    return (*found, *late, *(assured if Code.NOT_ASSURED in one.codes else ()))


def _decline(row: Row) -> str:
    data = _shown(row).data
    first, last = (data.points[row.area.code, period] for period in tested_years(data))
    return (
        f"Worsening over five years: from {with_unit(first, row.indicator)} {when(first.period)} to "
        f"{with_unit(last, row.indicator)} {when(last.period)}."
    )


def _missed(row: Row) -> str:
    shown = _shown(row)
    assert shown.target is not None
    how = "outside" if shown.status is Status.OUTSIDE else "against"
    words = target(shown.target, row.indicator)
    told = f"{with_unit(shown.judged, row.indicator)} {when(shown.judged.period)}, {how} a target of {words}."
    return f"{told} {note}" if (note := chance(shown)) else told


def _unusual(row: Row) -> str:
    data = _shown(row).data
    assert data.headline is not None
    first, before = since(data, data.points[row.area.code, data.headline])
    began = f"{sentences.short_period(first)}{' or before' if before else ''}"
    return f"{sentences.exception(row.area, data, data.headline)} On this side of the usual variation since {began}."


_REASONS = {Code.DECLINE: _decline, Code.TARGET_MISSED: _missed, Code.UNUSUAL: _unusual}


def _overdue(one: Listed) -> list[str]:
    late, words = one.overdue, []
    if late.returned:
        period = when(_shown(one.row).point.period)
        words.append(_RETURN[late.returned].format(f"for {period.split(' ', 1)[1]}"))
    words += ["No commentary was supplied."] if late.commentary else []
    return words + [f"An action was due on {day_in_words(action.due)} and is open." for action in late.actions]


def together(one: Together, inputs: Inputs) -> str:
    """A theme of which several indicators show something."""
    titles = listed([f"“{row.indicator.title}”" for row in one.rows])
    return (
        f"{inputs.content.themes[one.theme].title}: {count_word(len(one.rows))} indicators stand out or changed clearly "
        f"{when(one.period)}: {titles}."
    )


def control(inputs: Inputs) -> tuple[str, ...]:
    """Release, version of the catalogue, next review and marking, for every paper."""
    release = inputs.latest
    if release is None:
        return ("No release yet.", "Marking: public.")
    following = (one.publishes for one in inputs.collection.rounds if one.publishes)
    review = min((day for day in following if day > release.published_on), default=None)
    marking = "illustrative, every figure is invented" if release.classification.value == "synthetic" else "public"
    return (
        f"Release {release.id}, published {day_in_words(release.published_on)}.",
        f"Catalogue {release.pins['collection']}.",
        f"Next review: {day_in_words(review)}." if review else "Next review: with the next release.",
        f"Marking: {marking}.",
    )


def commentary(row: Row) -> str:
    """The borough's words on a row. Beside a hidden figure nothing is said, whether or not something was supplied."""
    return _said(row, row.commentary.text if row.commentary else "", said.NO_COMMENTARY)


def impact(row: Row) -> str:
    """What difference the borough says was made."""
    return _said(row, row.commentary.impact if row.commentary else "", said.NO_IMPACT)


def actions(row: Row) -> tuple[str, ...]:
    """The actions about a row, each with its owner and its day."""
    return () if row.left_out else tuple(_action(one) for one in row.actions)


def _said(row: Row, text: str, absent: str) -> str:
    return f"{said.LEFT_OUT}." if row.left_out else text or f"{absent}."


def _action(one: said.Action) -> str:
    state = "overdue" if one.overdue else one.state
    ended = f" {one.outcome}" if one.outcome else ""
    return f"{one.text} ({one.owner}, due {day_in_words(one.due)}, {state}.){ended}"


def state(shown: Shown) -> str:
    """The status of a figure against its target, or why there is none."""
    if shown.target is None:
        return ""
    return capital(shown.status.value) if shown.status else NO_STATUS


def _shown(row: Row) -> Shown:
    if row.shown is None:
        raise ValueError("a row without figures raises no exception of figures")
    return row.shown
