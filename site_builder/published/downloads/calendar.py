"""The calendar of returns for calendar programs: iCalendar (RFC 5545), the same bytes from the same inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from site_builder import __version__
from site_builder.published import addresses
from site_builder.published.inputs import Inputs
from site_builder.published.rounds import OFTEN, asked, from_boroughs, in_order
from site_builder.release.reference import Round
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words

_OCTETS = 75  # of a line without its end, section 3.1
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Event(NamedTuple):
    """A whole day. ``uid``: before the sign @; it stays when the day moves."""

    uid: str
    day: date
    summary: str
    description: str


def every_round(inputs: Inputs, base_url: str) -> bytes:
    """All rounds: the day from which returns are taken, the last day, and the day of the release."""
    made = [event for one in in_order(inputs.collection) for event in _of_round(one, inputs)]
    return _calendar(f"Returns on {HERE.subject} in {HERE.name}", made, inputs, base_url)


def of_borough(inputs: Inputs, base_url: str, area: Area) -> bytes:
    """What one borough is to send, by when, with the longer time that it was given."""
    longer = {late.period: late.until for late in inputs.collection.late if late.submitter == area.slug}
    made: list[Event] = []
    for one in in_order(inputs.collection):
        own = from_boroughs(inputs.catalogue.values(), one.period.kind)
        if own:
            made += _events(_moved(one, longer.get(one.period)), own, area.name, area.slug)
    return _calendar(f"Returns of {area.name} on {HERE.subject}", made, inputs, base_url)


def _moved(one: Round, until: date | None) -> Round:
    return one if until is None else replace(one, due=until)


def _of_round(one: Round, inputs: Inputs) -> Iterator[Event]:
    return _events(one, asked(inputs.catalogue.values(), one.period.kind), "", "")


def _events(one: Round, wanted: Iterable[Indicator], who: str, slug: str) -> Iterator[Event]:
    group, period = OFTEN[one.period.kind][0], one.period
    about = f"{who}: {period.label}" if who else period.label
    what = f"For {period.label}: " + "; ".join(f"{each.code} {each.title}" for each in wanted)
    name = f"{group}-{period.id.lower()}{f'-{slug}' if slug else ''}"
    yield Event(f"opens-{name}", one.opens, f"Returns are taken: {about}", "")
    yield Event(f"due-{name}", one.due, f"Last day for the return: {about}", what)
    if one.publishes:
        yield Event(f"release-{name}", one.publishes, f"Release with the figures: {about}", "")


def _calendar(name: str, events: Iterable[Event], inputs: Inputs, base_url: str) -> bytes:
    host = urlsplit(base_url).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(inputs.content.settings.publisher)}//site_builder {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in sorted(events, key=lambda event: (event.day, event.uid)):
        lines += _lines(event, inputs, host, f"{base_url}/{addresses.CALENDAR}")
    return b"".join(folded(line) for line in (*lines, "END:VCALENDAR"))


def _lines(event: Event, inputs: Inputs, host: str, page: str) -> Iterator[str]:
    stamp = inputs.latest.published_on if inputs.latest else event.day
    told = (f"As at {day_in_words(stamp)}." if inputs.latest else "", event.description)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@{host}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(' '.join(filter(None, told)))}"
    yield f"URL:{page}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def folded(line: str) -> bytes:
    """A content line with its end, folded so that no line has more than 75 octets and no character is cut in two."""
    made, held = [b""], 0
    for character in line:
        octets = character.encode()
        if held + len(octets) > _OCTETS:
            made.append(b" ")
            held = 1
        made[-1] += octets
        held += len(octets)
    return b"\r\n".join(made) + b"\r\n"
