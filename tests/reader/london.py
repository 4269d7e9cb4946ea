"""The forms of sentences about who sent what, when, and what makes it hard."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date

from tests.reader.reader import Place, Reader, form
from tests.reader.record import MONTHS, ending, kind_of, rows

_DAY = r"\d+ \w+ \d{4}"
_FIGURE = {"reported", "unreliable"}
_SILENT = {"late", "not-due", "not-returned"}


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _slots(r: Reader, period: str) -> dict[str, set[str]]:
    """By borough the words of the release about what was asked for in the round of a period: a year holds what is sent
    once a year, a quarter what is sent each quarter and the counts of its last day."""
    found: dict[str, set[str]] = defaultdict(set)
    for (area, code, at), state in r.record.states.items():
        yearly = r.record.catalogue[code]["period"]["reported"] == "annual"
        day = kind_of(at) == "day" and ending(at)[:2] == ending(period)[:2]
        if (at == period or day) and yearly is (kind_of(period) == "year"):
            found[area].add(state)
    return found


@form(
    r"(?P<when>{W}), (?P<came>\d+) of (?P<of>\d+) responded(?:: (?P<figures>\d+) with figures)?(?:[,:] (?P<words>\d+) with "
    r"commentary only)?(?:; (?P<silent>\d+) did not(?: \((?P<late>\d+) may still send it\))?)?\."
)
def _responded(r: Reader, _: Place, m: re.Match[str]) -> None:
    period = r.period(m["when"][:1].lower() + m["when"][1:])
    kinds: Counter[str] = Counter()
    for states in _slots(r, period).values():
        kinds[
            "figures" if states & _FIGURE else "words" if states - _SILENT else "late" if "late" in states else "no"
        ] += 1
    told = [int(m[name] or 0) for name in ("came", "of", "figures", "words", "silent", "late")]
    silent = kinds["late"] + kinds["no"]
    assert told == [33 - silent, 33, kinds["figures"], kinds["words"], silent, kinds["late"]]


@form(rf"As at (?P<day>{_DAY}), the day of release (?P<release>[\w.-]+)\.")
def _as_at(r: Reader, _: Place, m: re.Match[str]) -> None:
    path = r.record.root / "datapackages/releases" / r.record.release / "datapackage.json"
    created = json.loads(path.read_text(encoding="utf-8"))["created"][:10]
    assert (m["day"], m["release"]) == (_words(date.fromisoformat(created)), r.record.release)


@form(rf"The latest release came on (?P<day>{_DAY}); the next (?:has no date yet|comes on (?P<next>{_DAY}))\.")
def _comes(r: Reader, _: Place, m: re.Match[str]) -> None:
    path = r.record.root / "datapackages/releases" / r.record.release / "datapackage.json"
    created = date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["created"][:10])
    rounds = (r.record.root / "datapackages/reference/collection.toml").read_text(encoding="utf-8")
    days = sorted(date.fromisoformat(day) for day in re.findall(r"^publishes = (\S+)$", rounds, re.MULTILINE))
    ahead = [_words(day) for day in days if day > created]
    assert (m["day"], m["next"]) == (_words(created), ahead[0] if ahead else None)


@form(rf"Noted (?P<day>{_DAY}), (?P<state>open|in hand|closed)\.")
def _noted(r: Reader, at: Place, m: re.Match[str]) -> None:
    kept = [(one["date"], one["state"]) for one in r.record.catalogue[at.code].get("challenges", ())]
    path = r.record.root / "datapackages/releases" / r.record.release / "challenges.csv"
    sent = [
        (date.fromisoformat(row["raised"]), row["state"].replace("-", " "))
        for row in rows(path)
        if row["indicator"] == at.code
    ]
    assert (m["day"], m["state"]) in [(_words(day), state) for day, state in (*kept, *sent)]


@form(r"See (?P<what>.+, \d+ \w+ \d{4}, [\d.]+)\.")
def _minuted(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["what"] in [one["source"] for one in r.record.catalogue[at.code]["challenges"]]


@form(r"Whose figures came (?P<when>{w}), boroughs A to Z")
def _round(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert r.period(m["when"]).lower() == at.part
