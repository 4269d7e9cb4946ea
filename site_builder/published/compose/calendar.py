"""When returns are taken, due and shown, what is sent how often, and what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.collected import rounds
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_london import Cadence, CalendarPage, RoundRow
from site_builder.published.pages_parts import File, Link, Row
from site_builder.published.phrases import capital
from site_builder.published.rounds import MEANING, OFTEN, asked, in_order, state_of
from site_builder.release.reference import Round
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.periods import Period, PeriodKind, day_in_words

_PATH = addresses.CALENDAR
_PARTNERS = "From partner agencies; releases do not hold these yet."
_LATER = "Longer time: {}, until {}."
_RECORDED = {
    "monthly": ", recorded each month",
    "quarterly": ", recorded each quarter",
    "termly": ", recorded each term",
}


def calendar_page(frames: Frames, inputs: Inputs) -> CalendarPage:
    """The rounds of collection.toml as they stand against the release shown, and every indicator's cycle."""
    held, release = rounds(inputs.figures), inputs.latest
    return CalendarPage(
        frame=frames.frame(
            _PATH, "Calendar", "When returns are taken, due and published, and what is still to come.", "data"
        ),
        heading="Calendar of returns and releases",
        lead=_lead(inputs),
        asat=f"As at {day_in_words(release.published_on)}, the day of release {release.id}." if release else "",
        rounds=tuple(_round(one, inputs, held) for one in in_order(inputs.collection)),
        states=tuple(Row(capital(state.value), words) for state, words in MEANING.items()),
        cadences=tuple(
            made for kind in OFTEN if (made := _cadence(kind, asked(inputs.catalogue.values(), kind))) is not None
        ),
        announced=tuple(
            (_link(one), one.expected_first_period or "The first period is not known yet.")
            for one in inputs.catalogue.values()
            if one.status is Status.ANNOUNCED
        ),
        files=(File("Every round, for a calendar program (ICS)", addresses.CALENDAR_ICS, ""),),
        boroughs=tuple(Link(area.name, addresses.borough_calendar(area.slug)) for area in inputs.areas.boroughs),
    )


def _lead(inputs: Inputs) -> str:
    """When the last release came and the next one comes, as far as the calendar says."""
    latest = inputs.latest
    told = "When returns are taken, and when their figures come."
    if latest is None:
        return told
    ahead = sorted(r.publishes for r in inputs.collection.rounds if r.publishes and r.publishes > latest.published_on)
    coming = f"comes on {day_in_words(ahead[0])}" if ahead else "has no date yet"
    return f"{told} The latest release came on {day_in_words(latest.published_on)}; the next {coming}."


def _round(one: Round, inputs: Inputs, held: Collection[Period]) -> RoundRow:
    names = {area.slug: area.name for area in inputs.areas.boroughs}
    later = [
        _LATER.format(names.get(late.submitter, late.submitter), day_in_words(late.until))
        for late in inputs.collection.late
        if late.period == one.period
    ]
    return RoundRow(
        _label(one.period),
        addresses.coverage_in(one.period.id) if one.period in held else "",
        day_in_words(one.opens),
        day_in_words(one.due),
        day_in_words(one.publishes) if one.publishes else "",
        capital(state_of(one, inputs.latest, held).value),
        " ".join(([] if one.publishes else [_PARTNERS]) + later),
    )


def _label(period: Period) -> str:
    return f"Calendar year {period}" if period.kind is PeriodKind.CALENDAR_YEAR else capital(period.label)


def _cadence(kind: PeriodKind, wanted: Sequence[Indicator]) -> Cadence | None:
    if not wanted:
        return None
    slug, heading = OFTEN[kind]
    return Cadence(
        slug, heading, tuple(_group(group, wanted) for group in sorted({one.collection_group for one in wanted}))
    )


def _group(group: str, wanted: Sequence[Indicator]) -> Row:
    told = (_told(one) for one in wanted if one.collection_group == group)
    return Row(capital(group.replace("-", " ")), Markup("<br>").join(told))


def _told(one: Indicator) -> Markup:
    """The indicator, who sends it, and how often it is recorded where that is not how often it is sent."""
    who = HERE.areas if one.is_collected else one.agency
    often = _RECORDED.get(one.cycle.collected, "") if one.cycle.collected != one.cycle.reported else ""
    said = Markup('<a href="{}">{} {}</a> <small>from {}{}</small>')
    return said.format(addresses.indicator(one.code), one.code, one.title, who, often)


def _link(one: Indicator) -> Link:
    return Link(f"{one.code} {one.title}", addresses.indicator(one.code))
