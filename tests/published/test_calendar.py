"""The calendar: states without a clock, every agreed indicator, and files that an independent parser reads (RFC 5545)."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from site_builder.published import addresses
from site_builder.published.compose.calendar import calendar_page
from site_builder.published.downloads.calendar import every_round, folded, of_borough
from site_builder.published.inputs import Inputs
from site_builder.published.rounds import RoundState, from_boroughs, in_order, state_of
from site_builder.release.reference import Collection, Late, Round
from site_builder.vocabulary.indicators import Status
from site_builder.vocabulary.periods import Period
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, words_of

BASE = "https://example.org"
DAY = date(2025, 7, 17)  # of the release in the repository
_NAME = re.compile(r"[A-Z][A-Z0-9-]*(?:;[A-Z-]+=[^;:\"]+)*\Z")


def parsed(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What stands before the events, and each event: name (with its parameters) to its text. Written from the grammar of
    RFC 5545 and sharing nothing with the writer. Raises AssertionError for what the grammar does not allow."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in physical)
    assert all(0 < len(line) <= 75 for line in physical)
    for part in physical:
        part.decode()  # no character is cut in two
    lines = re.sub(rb"\r\n[ \t]", b"", data[:-2]).decode().split("\r\n")
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    open_parts: list[str] = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert colon
        assert _NAME.match(name), line
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_parts.pop() == value
        else:
            into = events[-1] if open_parts[-1] == "VEVENT" else head
            assert name not in into, f"{name} stands twice"
            into[name] = _plain(value) if name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME") else value
    assert not open_parts
    return head, events


def _plain(text: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", text), "a comma or semicolon is not escaped"
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", text)
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def with_collection(*some: Round, late: tuple[Late, ...] = ()) -> Inputs:
    return dataclasses.replace(everything(), collection=Collection("1", some, late))


# ---- states


def round_in(opens: date, due: date, publishes: date | None, period: str = "2025-26-Q1") -> Round:
    return Round(Period.parse(period), opens, due, publishes)


@pytest.mark.parametrize(
    ("opens", "due", "publishes", "held", "state"),
    [
        (1, 30, 60, False, RoundState.ANNOUNCED), (0, 30, 60, False, RoundState.OPEN), (-30, 0, 60, False, RoundState.OPEN),
        (-30, -1, 60, False, RoundState.DUE), (-30, -1, 1, False, RoundState.DUE), (-30, -1, 0, False, RoundState.OVERDUE),
        (-90, -60, -30, False, RoundState.OVERDUE), (-90, -60, None, False, RoundState.DUE),
        (-90, -60, 0, True, RoundState.RECEIVED), (1, 30, None, False, RoundState.ANNOUNCED),
    ],
)  # fmt: skip
def test_a_round_stands_against_the_day_of_the_release(
    opens: int, due: int, publishes: int | None, held: bool, state: RoundState
) -> None:
    release = everything().latest
    assert release is not None
    assert release.published_on == DAY
    shown = None if publishes is None else DAY + timedelta(publishes)
    one = round_in(DAY + timedelta(opens), DAY + timedelta(due), shown)
    assert state_of(one, release, {one.period} if held else set()) is state
    assert state_of(one, None, {one.period}) is RoundState.ANNOUNCED


def test_p11_every_agreed_indicator_stands_in_the_calendar_once() -> None:
    inputs = everything()
    page = calendar_page(frames_of(inputs), inputs)
    told = " ".join(str(row.text) for cadence in page.cadences for row in cadence.groups)
    for one in inputs.catalogue.values():
        times = told.count(f'href="{addresses.indicator(one.code)}"')
        assert times == (1 if one.status is Status.AGREED else 0), one.code


def test_p49_what_is_announced_is_listed_with_its_first_period() -> None:
    inputs = everything()
    announced = {one.code for one in inputs.catalogue.values() if one.status is Status.ANNOUNCED}
    page = calendar_page(frames_of(inputs), inputs)
    assert {link.label.split()[0] for link, _ in page.announced} == announced != set()
    assert all(first for _, first in page.announced)
    (code,) = sorted(announced)[:1]
    known = dataclasses.replace(inputs.catalogue[code], expected_first_period="2026-27")
    later = dataclasses.replace(inputs, catalogue={**inputs.catalogue, code: known})
    assert ("2026-27") in [first for _, first in calendar_page(frames_of(later), later).announced]


def test_the_page_names_the_day_and_no_other_clock() -> None:
    inputs = everything()
    page = calendar_page(frames_of(inputs), inputs)
    assert page.asat == "As at 17 July 2025, the day of release 2024-25-Q4."
    assert len(page.rounds) == len(inputs.collection.rounds)
    assert {row.state for row in page.rounds} == {"Received", "Due"}
    assert all(row.href for row in page.rounds if row.state == "Received")
    assert [row.note for row in page.rounds if "Lambeth" in row.note] == [
        "Longer time: Lambeth, until 15 November 2024."
    ]
    assert not JUDGING.search(words_of(RENDERER.render(page)))


def test_before_the_first_release_nothing_is_due() -> None:
    inputs = national()
    page = calendar_page(frames_of(inputs), inputs)
    assert (page.asat, {row.state for row in page.rounds}) == ("", {"Announced"})
    head, events = parsed(every_round(inputs, BASE))
    assert head["VERSION"] == "2.0"
    assert all(event["DTSTAMP"].startswith(event["DTSTART;VALUE=DATE"]) for event in events)


# ---- files for calendar programs


def test_p11_the_calendar_of_all_rounds_is_valid_and_the_same_every_time() -> None:
    inputs = everything()
    data = every_round(inputs, BASE)
    assert data == every_round(inputs, BASE)
    head, events = parsed(data)
    assert head["VERSION"] == "2.0"
    assert head["PRODID"].startswith("-//")
    held = inputs.collection.rounds
    assert len(events) == sum(2 + (one.publishes is not None) for one in held)
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION"} <= set(event)
        assert event["DTSTAMP"] == "20250717T000000Z"
        first, after = (date.fromisoformat(event[f"{name};VALUE=DATE"]) for name in ("DTSTART", "DTEND"))
        assert after - first == timedelta(1)
        assert "As at 17 July 2025." in event["DESCRIPTION"]
    assert len({event["UID"] for event in events}) == len(events)
    by_uid = {event["UID"]: event for event in events}
    assert by_uid["due-quarterly-2024-25-q4@example.org"]["DTSTART;VALUE=DATE"] == "20250515"
    assert by_uid["release-yearly-2024-25@example.org"]["DTSTART;VALUE=DATE"] == "20250717"
    assert by_uid["due-school-yearly-ay2023-24@example.org"]["DTSTART;VALUE=DATE"] == "20241130"
    assert "SG01 Referrals to children" in by_uid["due-quarterly-2024-25-q4@example.org"]["DESCRIPTION"]


def test_an_event_keeps_its_name_when_its_day_moves() -> None:
    one = round_in(date(2025, 7, 1), date(2025, 8, 15), date(2025, 10, 16))
    names = [
        [event["UID"] for event in parsed(every_round(with_collection(each), BASE))[1]]
        for each in (one, dataclasses.replace(one, due=date(2025, 8, 29)))
    ]
    assert names[0] == names[1]


def test_a_boroughs_calendar_holds_what_it_sends_and_its_longer_time() -> None:
    inputs = everything()
    lambeth, camden = inputs.areas.by_slug["lambeth"], inputs.areas.by_slug["camden"]
    own = {event["UID"]: event for event in parsed(of_borough(inputs, BASE, lambeth))[1]}
    other = {event["UID"]: event for event in parsed(of_borough(inputs, BASE, camden))[1]}
    assert not set(own) & set(other)
    assert own["due-quarterly-2023-24-q3-lambeth@example.org"]["DTSTART;VALUE=DATE"] == "20241115"
    assert other["due-quarterly-2023-24-q3-camden@example.org"]["DTSTART;VALUE=DATE"] == "20240215"
    sent = [one for one in in_order(inputs.collection) if from_boroughs(inputs.catalogue.values(), one.period.kind)]
    assert len(own) == 3 * len(sent)
    told = " ".join(event["DESCRIPTION"] for event in own.values())
    assert all((one.code in told) is one.is_collected for one in inputs.catalogue.values() if one.code.startswith("SG"))


@pytest.mark.parametrize(
    "line", ["A:" + "x" * 73, "A:" + "x" * 74, "A:" + "é" * 200, "A:" + "x" * 72 + "€€", "A:", "A:" + "😀" * 40]
)
def test_a_long_line_is_folded_between_characters(line: str) -> None:
    made = folded(line)
    assert made.endswith(b"\r\n")
    assert all(len(part) <= 75 for part in made[:-2].split(b"\r\n"))
    for part in made.split(b"\r\n"):
        part.decode()
    assert made[:-2].replace(b"\r\n ", b"").decode() == line


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data.replace(b"\r\n", b"\n"), lambda data: data.replace(b"\r\n ", b""), lambda data: data[:-2],
        lambda data: data.replace(b"END:VEVENT\r\n", b"", 1), lambda data: data.replace(b"SUMMARY:", b"SUMMARY", 1),
        lambda data: data.replace(b"\\;", b";", 1), lambda data: data.replace(b"TRANSP:", b"SUMMARY:", 1),
    ],
)  # fmt: skip
def test_the_parser_refuses_what_is_not_allowed(spoilt: object) -> None:
    assert callable(spoilt)
    with pytest.raises((AssertionError, IndexError)):
        parsed(spoilt(every_round(everything(), BASE)))


# ---- read by a library


def test_a_library_reads_the_dates_of_the_collection(built_site: Path) -> None:
    """Every round by its own dates; in a borough's file with the longer time that it was given."""
    inputs = everything()
    late = {(one.submitter, one.period): one.until for one in inputs.collection.late}
    read = events(built_site / addresses.CALENDAR_ICS)
    asked = {day for one in inputs.collection.rounds for day in (one.opens, one.due, one.publishes) if day}
    assert set(read.values()) == asked
    assert len(read) == sum(3 if one.publishes else 2 for one in inputs.collection.rounds)
    for area in inputs.areas.boroughs:
        own = events(built_site / addresses.borough_calendar(area.slug))
        for one in inputs.collection.rounds:
            if from_boroughs(inputs.catalogue.values(), one.period.kind):
                due = late.get((area.slug, one.period), one.due)
                end = f"-{one.period.id.lower()}-{area.slug}"
                found = [
                    day for uid, day in own.items() if uid.startswith("due-") and uid.partition("@")[0].endswith(end)
                ]
                assert found == [due], (area.slug, one.period.id)


def events(path: Path) -> dict[str, date]:
    """The id and the day of each event. Raises AssertionError for one that does not last a day."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = {}
    for event in calendar.walk("VEVENT"):
        assert timedelta(days=1) == event.decoded("DTEND") - event.decoded("DTSTART")
        assert str(event["UID"]) not in found
        found[str(event["UID"])] = event.decoded("DTSTART")
    assert not calendar.errors
    return found
