"""What one should know about the data itself: restated, hidden, absent, redefined, not ready, unlike the national one."""

from __future__ import annotations

from site_builder.published.enquiry.case import ABOUT, CHANGES, COMPARED, Case, Fired, Strength, trigger
from site_builder.published.phrases import listed, when
from site_builder.published.series import over_time
from site_builder.published.statistics import last_break
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period, day_in_words


@trigger(
    "revised",
    "a restated figure",
    "a count is restated by more than a tenth, and by five or more, since the last release",
    compares=False,
)
def revised(case: Case) -> Fired | None:
    """The last release printed a count otherwise."""
    found = case.around.restated.get(case.key)
    if found is None:
        return None
    because = f"the count {found.period} was {found.old} in the release before, and is {found.new} now"
    return Fired(Strength.QUALITY, because, CHANGES)


@trigger(
    "differs-from-national",
    "a figure unlike the national one",
    "the returned figure and the national one for the same differ without a reason",
    compares=False,
)
def differs_from_national(case: Case) -> Fired | None:
    """An unexplained difference. Invented figures are never set beside real ones."""
    found = case.around.differing.get(case.key)
    if found is None or case.data.source.classification == "synthetic":
        return None
    because = f"the return says {found.ours} {found.period}, and the national figure is {found.theirs}"
    return Fired(Strength.QUALITY, because, COMPARED)


@trigger("hidden", "a hidden figure", f"the figure is hidden to protect {HERE.people}", compares=False)
def hidden(case: Case) -> Fired | None:
    """Nothing else is asked about a hidden figure."""
    if not case.is_hidden:
        return None
    return Fired(Strength.QUALITY, f"the figure {when(case.period)} is hidden to protect {HERE.people}", COMPARED)


@trigger("not-returned", "no return", "no return came", compares=False)
def not_returned(case: Case) -> Fired | None:
    """The return of the period, or of a part of it, did not come."""
    return _absent(case, "not-returned", "no return came")


@trigger("late", "a late return", "the return came too late", compares=False)
def late(case: Case) -> Fired | None:
    """The return of the period, or of a part of it, came after the release was made."""
    return _absent(case, "late", "the return came too late for the release")


@trigger(
    "not-collected", "a figure that is not collected", f"the {HERE.area} does not collect the figure", compares=False
)
def not_collected(case: Case) -> Fired | None:
    """The borough says that it does not collect the figure for the period, or for a part of it."""
    return _absent(case, "not-collected", "the figure was not collected")


def _absent(case: Case, state: str, words: str) -> Fired | None:
    if case.point.value.state != "x":
        return None
    parts = _whole(case, state) or _parts(case, state)
    if not parts:
        return None
    return Fired(Strength.QUALITY, f"{words} for {listed([_named(period) for period in parts])}", COMPARED)


def _whole(case: Case, state: str) -> list[Period]:
    return [case.period] if case.state == state else []


def _parts(case: Case, state: str) -> list[Period]:
    """The periods inside an incomplete one that are in this state."""
    if case.state != "incomplete":
        return []
    inside = [p for p in case.data.periods if case.period.start <= p.start and p.end <= case.period.end]
    states = case.data.source.states
    return [p for p in inside if states.get((*case.key, str(p))) == state]


def _named(period: Period) -> str:
    """A period inside a sentence: months keep their capital."""
    return when(period).removeprefix("in ").removeprefix("at ")


@trigger("break", "a new definition", "the definition changed within the years shown", compares=False)
def redefined(case: Case) -> Fired | None:
    """A version of the definition that is not fully comparable begins within the years shown."""
    periods = [point.period for point in over_time(case.data, case.area.code)]
    version = last_break(case.indicator, periods)
    if version is None:
        return None
    return Fired(Strength.QUALITY, f"the definition changed on {day_in_words(version.start)}", ABOUT)


@trigger(
    "not-ready",
    "a figure that is not ready",
    f"the {HERE.area} rates the source of the figure as not ready for audit",
    compares=False,
)
def not_ready(case: Case) -> Fired | None:
    """One of the six aspects of audit-readiness is at none."""
    if case.key not in case.around.unready:
        return None
    return Fired(Strength.QUALITY, f"the {HERE.area} rates the source of this figure as not ready for audit", COMPARED)
