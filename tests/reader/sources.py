"""The forms of sentences about the data itself: where it comes from, what protects it, what boroughs say, what agrees."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from tests.reader.reader import Place, Reader, form, listed, word
from tests.reader.record import LONDON, MONTHS, half_up, rows, short

_DAY = r"\d+ \w+ \d{4}"
_URL = r"https://[^ ]+"


def _day(text: str) -> str:
    year, month, day = map(int, text.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def _head(r: Reader, at: Place) -> Mapping[str, Any]:
    return r.record.catalogue[at.code]


# ---- where it comes from


@form(r"Source: (?P<what>.+)\.")
def _source(r: Reader, at: Place, m: re.Match[str]) -> None:
    if m["what"].startswith("Ministry"):
        path = r.record.root / "datapackages/reference/covariates/imd-2019/datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        told = package["lsb:attribution"][-1].rstrip(".") + ", upper-tier local authorities"
        assert m["what"] == told
    else:
        assert m["what"] == "; ".join(_head(r, at)["sources"])


_PUBLICATIONS = {
    "ons-mye-cin-2024": "Children in need, reporting year 2024",
    "ons-mye-cla-2023": "Children looked after in England including adoptions, reporting year 2023",
}


@form(
    rf"(?P<what>.+), as shown by London Safeguarding Benchmarks, “(?P<title>.+)” \((?P<code>\w+)\), (?:(?P<name>[^,]+), )?(?P<url>{_URL})"
)
def _cited(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert (m["title"], m["code"]) == (r.title(at.code), at.code)
    place = f"boroughs/{r.record.areas[at.area]['slug']}" if m["name"] else "indicators"
    assert m["name"] in (None, r.record.areas[at.area]["name"])
    assert m["url"].endswith(f"/{place}/{at.code.lower()}.html")
    assert at.code in r.record.national
    assert m["what"] == f"Department for Education, {_PUBLICATIONS[r.record.vintage[at.code]]}"


@form(
    rf"London Safeguarding Benchmarks, “(?P<title>.+)” \((?P<code>\w+)\), (?:(?P<name>[^,]+), )?release (?P<id>[\w.-]+), illustrative figures, "
    rf"published (?P<day>{_DAY}), (?P<url>{_URL})"
)
def _cited_release(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert (m["title"], m["code"], m["id"]) == (r.title(at.code), at.code, r.record.release)
    assert m["name"] in (None, r.record.areas[at.area]["name"])
    assert m["day"] == _day(rows(r.record.root / "datapackages/releases/ledger.csv")[-1]["published_on"])
    page = f"boroughs/{r.record.areas[at.area]['slug']}" if m["name"] else f"indicators/{at.code.lower()}"
    assert m["url"].endswith(f"/releases/{r.record.release}/{page}.html")
    assert at.code not in r.record.national


@form(rf"Boroughs, in release (?P<id>[\w.-]+), published (?P<day>{_DAY})\.")
def _release(r: Reader, at: Place, m: re.Match[str]) -> None:
    last = rows(r.record.root / "datapackages/releases/ledger.csv")[-1]
    assert (m["id"], m["day"]) == (last["id"], _day(last["published_on"]))
    assert at.code not in r.record.national


@form(r"(?:NI \d+|LAIT \S.*|DfE \w+|Fingertips \d+)(?:, .+)?")
def _crosswalk(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m[0] == ", ".join(_head(r, at)["crosswalk"])


@form(r"A (?P<side>higher|lower) figure is what is hoped for \((?P<source>.+)\)\.")
def _polarity(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert _head(r, at)["polarity"] == {"higher": "high-is-good", "lower": "low-is-good"}[m["side"]]
    assert _head(r, at)["polarity_source"] == m["source"]


@form(rf"(?P<day>{_DAY}), (?P<body>London datasets steering group): (?P<decided>[\w-]+)\.")
def _decided(r: Reader, at: Place, m: re.Match[str]) -> None:
    told = [(_day(str(one["date"])), one["body"], one["decided"]) for one in _head(r, at)["decisions"]]
    assert (m["day"], m["body"], m["decided"]) in told


@form(rf"(?P<day>{_DAY}), (?P<state>open|closed): (?P<issue>.+)")
def _difficulty(r: Reader, at: Place, m: re.Match[str]) -> None:
    held = _head(r, at)["challenges"]
    texts = [
        [str(value) if not isinstance(value, date) else _day(str(value)) for value in one.values()] for one in held
    ]
    assert any({m["day"], m["state"], m["issue"]} <= set(text) for text in texts)


@form(rf"1, from {_DAY}: .+")
def _versions(r: Reader, at: Place, m: re.Match[str]) -> None:
    told = [f"{one['number']}, from {_day(str(one['from']))}: {one['text']}" for one in _head(r, at)["versions"]]
    assert m[0] == "".join(told)


@form(r"Rate per (?P<per>[\d,]+)")
def _rate(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["per"] == f"{r.record.measure(at.code)['multiplier']:,}"


@form(r"(?P<many>\d+) indicators in (?P<themes>\w+) themes; (?P<shown>\d+) have figures\.")
def _catalogue(r: Reader, _: Place, m: re.Match[str]) -> None:
    heads = r.record.catalogue
    themes = {head["theme"] for head in heads.values()}
    found = (len(heads), len(themes), len(r.record.periods))
    assert (int(m["many"]), r.number(m["themes"]), int(m["shown"])) == found


@form(r"(?P<kind>National figures|Figures from borough returns), (?P<theme>.+): boroughs beyond the usual variation")
def _beyond(r: Reader, _: Place, m: re.Match[str]) -> None:
    themes = {head["title"].lower(): head["code"] for head in _themes(r)}
    codes = r.codes(national=m["kind"].startswith("National"))
    here = [code for code in codes if r.record.catalogue[code]["theme"] == themes[m["theme"]]]
    labels = [label for code in here for label in r.labels(code, r.record.headline(code)).values()]
    assert set(labels) - {"within"}


def _themes(r: Reader) -> list[dict[str, Any]]:
    paths = sorted((r.record.root / "content/themes").glob("*.md"))
    return [tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1]) for path in paths]


@form(r"(?P<many>\d+) indicators in (?P<themes>\w+) themes, one line each: (?P<name>.+), London, .+\.")
def _profile(r: Reader, at: Place, m: re.Match[str]) -> None:
    held = [code for theme in _themes(r) for one in theme.get("objectives", []) for code in one["indicators"]]
    assert (int(m["many"]), r.number(m["themes"])) == (len(held), len(_themes(r)))
    assert m["name"] == r.name(at.area)


# ---- what protects it


@form(
    r"Counts from 1 to (?P<most>\d+) are hidden, and others where a small one could be worked out; a zero is "
    r"(?P<zero>printed as 0|hidden too)(?P<coarse>; it is published by year only, though sent by quarter)?\."
)
def _hidden(r: Reader, at: Place, m: re.Match[str]) -> None:
    policy = tomllib.loads((r.record.root / "datapackages/reference/disclosure.toml").read_text(encoding="utf-8"))
    own = _head(r, at).get("disclosure", {})
    zeros = [cell.value for key, cell in r.record.cells.items() if key[0] == at.code and cell.value == "0"]
    assert int(m["most"]) == own.get("threshold", policy["threshold"])
    assert (m["zero"] == "hidden too") is (own.get("zeros", policy["zeros"]) == "hide" or bool(own.get("sensitive")))
    assert m["zero"] != "hidden too" or not zeros
    quarters = any("-Q" in period for period in r.record.periods[at.code])
    assert not (m["coarse"] and quarters)


# ---- what boroughs say


@cache
def _said(r: Reader, area: str) -> list[dict[str, str]]:
    folder = r.record.root / "datapackages/releases" / r.record.release
    names = (
        "notes.csv",
        "commentary.csv",
        "answers.csv",
        "actions.csv",
        "challenges.csv",
        "voice.csv",
        "revisions.csv",
    )
    return [row for name in names for row in rows(folder / name) if area in row.values()]


@form(rf"(?P<text>.+\.) \((?P<when>(?:{{s}}|{_DAY})(?:(?:,| and) (?:{{s}}|\w+ later periods))*)\)")
def _note(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = [row for row in _said(r, at.area) if any(value.endswith(m["text"]) for value in row.values() if value)]
    days = [_day(row["answered_on"]) for row in found if row.get("answered_on")]
    periods = [short(row["period"]) for row in found if row.get("period")]
    told = listed(periods) if len(periods) < 3 else f"{periods[0]} and {word(len(periods) - 1)} later periods"
    assert m["when"] in (told, *days, *periods[:1])


@form(rf"(?P<name>[A-Z][\w ]+), (?P<day>{_DAY}): (?P<text>.+)")
def _answer(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"] == r.record.areas[at.area]["name"]
    told = [(_day(row["answered_on"]), row["answer"]) for row in _said(r, at.area) if row.get("answered_on")]
    assert any(day == m["day"] and answer.startswith(m["text"]) for day, answer in told)


@form(rf"Raised (?P<raised>{_DAY})(?:, due (?P<due>{_DAY}))?, (?P<state>[\w -]+)\.")
def _action(r: Reader, at: Place, m: re.Match[str]) -> None:
    told = [
        (_day(row["raised"]), _day(row["due"]) if row.get("due") else None, row["state"].replace("-", " "))
        for row in _said(r, at.area)
        if row.get("raised")
    ]
    assert (m["raised"], m["due"], m["state"]) in told


@form(r"(?P<many>\w+) standing questions?: unanswered")
def _standing(r: Reader, at: Place, m: re.Match[str]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((r.record.root / "content/questions").glob("*.toml"))]
    asked = [one for text in texts for one in tomllib.loads(text).get("question", []) if one.get("local")]
    answered = {row["question"] for row in _said(r, at.area) if row.get("question")}
    assert r.number(m["many"]) == sum(one["text"] not in answered for one in asked)


# ---- what agrees with the publisher


@cache
def _recomputed(r: Reader) -> Counter[str]:
    """Each printed rate and percentage of an authority beside the one that its counts give."""
    found: Counter[str] = Counter()
    for (code, area, period, which), cell in r.record.cells.items():
        if which != "published" or area.startswith(("E12", "E13", "E92")):
            continue
        cells = [cell, r.record.cells.get((code, area, period, "numerator"))]
        rate = r.record.measure(code)["kind"] == "rate"
        if not rate:
            cells.append(r.record.cells.get((code, area, period, "denominator")))
        if "c" in [one.withheld for one in cells if one]:
            found["hidden"] += 1
        elif cell.value and (pair := r.record.pair(code, area, period)):
            ours = half_up(pair[0] / pair[1] * r.record.measure(code)["multiplier"], r.record.measure(code)["dp"])
            found["equal" if Fraction(ours) == Fraction(cell.value) else "other"] += 1
    return found


@cache
def _joint(r: Reader) -> dict[tuple[str, str, str], str]:
    """Where two boroughs are published together: series, period and measure to the code of both."""
    return {
        (code, period, which): area
        for code, area, period, which in r.record.cells
        if " / " in area and set(area.split(" / ")) <= set(r.record.boroughs)
    }


def _parts(r: Reader, code: str, period: str, which: str) -> list[str]:
    both = _joint(r).get((code, period, which), "")
    return [*(area for area in r.record.boroughs if area not in both.split(" / ")), *([both] if both else [])]


@cache
def _added(r: Reader) -> Counter[str]:
    """Each printed count of London beside the sum of its boroughs, to the nearest ten."""
    found: Counter[str] = Counter()
    for (code, area, period, which), cell in r.record.cells.items():
        if area != LONDON or which == "published" or code not in r.record.national:
            continue
        parts = [r.record.cells.get((code, one, period, which)) for one in _parts(r, code, period, which)]
        whole = sum(int(one.value) for one in parts if one and one.value)
        if {one.withheld for one in (cell, *parts) if one} - {"", "x", "z"}:
            found["hidden"] += 1
        else:
            found["equal" if cell.value and (whole + 5) // 10 * 10 == int(cell.value) else "other"] += 1
    return found


@form(
    r"Of (?P<all>{n}) (?P<what>values of authorities in England|years of London totals), (?P<equal>{n}) are equal, "
    r"(?P<other>none|{n}) differs?, and (?P<hidden>{n}) are not compared, because a figure is hidden\."
)
def _agrees(r: Reader, _: Place, m: re.Match[str]) -> None:
    found = _recomputed(r) if m["what"].startswith("values") else _added(r)
    said = tuple(int(m[key].replace(",", "").replace("none", "0")) for key in ("all", "equal", "other", "hidden"))
    assert said == (found.total(), found["equal"], found["other"], found["hidden"])
