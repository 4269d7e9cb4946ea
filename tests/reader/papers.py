"""The forms of papers for meetings: what is listed and why, since when, actions and their days, which release it is."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from typing import Any

from tests.reader.asked import changed
from tests.reader.reader import Place, Reader, form
from tests.reader.record import LONDON, MONTHS, kind_of, rows, short

_DAY = r"\d+ \w+ \d{4}"


def _day(text: str) -> str:
    year, month, day = map(int, text[:10].split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def _about(r: Reader) -> dict[str, Any]:
    path = r.record.root / "datapackages/releases" / r.record.release / "datapackage.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _actions(r: Reader, area: str) -> list[dict[str, str]]:
    path = r.record.root / "datapackages/releases" / r.record.release / "actions.csv"
    return [row for row in rows(path) if row["area"] == area]


@cache
def _on_cards(r: Reader) -> frozenset[str]:
    """The indicators of all score cards."""
    texts = (path.read_text(encoding="utf-8") for path in (r.record.root / "content/scorecards").glob("*.toml"))
    return frozenset(row["indicator"] for text in texts for row in tomllib.loads(text).get("rows", ()))


def _with_figures(r: Reader) -> list[str]:
    return [code for code in r.codes(national=False) if code in _on_cards(r)]


def _is_out(r: Reader, code: str, area: str) -> bool:
    return r.is_compared(area) and r.labels(code, r.record.headline(code)).get(area, "").startswith("out")


# ---- what is listed


@form(r"(?P<many>\w+) indicators? (?:is|are) listed")
def _listed(r: Reader, at: Place, m: re.Match[str]) -> None:
    released = _about(r)["created"][:10]
    late = {row["indicator"] for row in _actions(r, at.area) if row["state"] == "open" and row["due"] < released}
    found = [
        code
        for code in _with_figures(r)
        if _is_out(r, code, at.area)
        or r.direction(code, at.area) == "worsening"
        or r.record.states.get((at.area, code, r.drawn(code)[-1])) in ("late", "not-returned")
        or code in late
    ]
    assert r.number(m["many"]) == len(found)


@form(r"Unusual (?P<side>Higher|Lower): (?P<own>{u}) against London’s (?P<london>{u}), (?P<period>[^,]+)\.")
def _unusual(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert _is_out(r, at.code, at.area)
    assert r.labels(at.code, period)[at.area] == f"out {m['side'].lower()}"
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, at.area, period))
    assert m["london"] == r.with_unit(at.code, r.record.value(at.code, LONDON, period))
    assert m["period"] == short(period)


@form(r"On this side of the usual variation since (?P<period>{s})(?P<before> or before)?\.")
def _since(r: Reader, at: Place, m: re.Match[str]) -> None:
    series = r.record.series(at.code)
    side = r.labels(at.code, series[-1])[at.area].split(" ")[1]
    place = len(series) - 1
    while place and r.labels(at.code, series[place - 1]).get(at.area, "").endswith(side):
        place -= 1
    assert m["period"] == short(series[place])
    assert bool(m["before"]) is (place == 0 and len(series) > 1)
    assert len({kind_of(period) for period in series}) == 1


@form(r"Theme (?P<theme>.+): (?P<many>\w+) indicators stand out or changed clearly (?P<when>{w}): (?P<titles>“.+”)\.")
def _together(r: Reader, at: Place, m: re.Match[str]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (r.record.root / "content/themes").glob("*.md")]
    themes = {head["title"]: head["code"] for head in (tomllib.loads(text.split("+++")[1]) for text in texts)}
    period = r.period(m["when"])
    found = [
        code
        for code in _with_figures(r)
        if r.record.catalogue[code]["theme"] == themes[m["theme"]]
        and r.record.headline(code) == period
        and (_is_out(r, code, at.area) or _has_changed(r, code, at.area))
    ]
    assert re.findall(r"“(.+?)”", m["titles"]) == [r.title(code) for code in found]
    assert r.number(m["many"]) == len(found) >= 3


def _has_changed(r: Reader, code: str, area: str) -> bool:
    """Whether a figure changed clearly since the year before; not where one of the two is not shown."""
    try:
        return r.is_compared(area) and changed(r, code, area)[0] != 0
    except (AssertionError, StopIteration):
        return False


# ---- actions


@form(rf"Overdue An action was due on (?P<day>{_DAY}) and is open\.")
def _late(r: Reader, at: Place, m: re.Match[str]) -> None:
    told = [row for row in _actions(r, at.area) if row["indicator"] == at.code and row["state"] == "open"]
    assert m["day"] in [_day(row["due"]) for row in told if row["due"] < _about(r)["created"][:10]]


@form(rf"Due (?P<day>{_DAY}): (?P<text>.+)")
def _planned(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert (m["day"], True) in [
        (_day(row["due"]), row["action"].startswith(m["text"].rstrip(".")))
        for row in _actions(r, at.area)
        if row["state"] == "open"
    ]


@form(rf"Action: (?P<text>.+) \((?P<owner>[^()]+), due (?P<day>{_DAY}), (?P<state>overdue|open|done|dropped)\.\)")
def _action(r: Reader, at: Place, m: re.Match[str]) -> None:
    released = _about(r)["created"][:10]
    told = [
        (row["action"], row["owner_role"], _day(row["due"]), _state(row, released))
        for row in _actions(r, at.area)
        if row["indicator"] == at.code
    ]
    assert (m["text"], m["owner"], m["day"], m["state"]) in told


def _state(row: dict[str, str], released: str) -> str:
    return "overdue" if row["state"] == "open" and row["due"] < released else row["state"]


@form(r"(?:Commentary|Impact): Words about a hidden figure are left out\.")
def _left_out(r: Reader, at: Place, _: re.Match[str]) -> None:
    last = r.drawn(at.code)[-1]
    parts = [r.record.count(at.code, at.area, last), r.record.count(at.code, at.area, last, "denominator")]
    assert "c" in [one.mark for one in (*parts, r.record.value(at.code, at.area, last))]


# ---- which release


@form(rf"Release (?P<id>[\w.-]+), published (?P<day>{_DAY})\.")
def _release(r: Reader, _: Place, m: re.Match[str]) -> None:
    assert (m["id"], m["day"]) == (r.record.release, _day(_about(r)["created"]))


@form(r"Catalogue (?P<version>[\d.-]+)\.")
def _catalogue(r: Reader, _: Place, m: re.Match[str]) -> None:
    assert m["version"] == _about(r)["lsb:pins"]["collection"]
