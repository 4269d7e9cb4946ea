"""The forms of sentences about what deprivation alone would lead one to expect."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import exp
from typing import NamedTuple

import numpy as np

from tests.reader import worked
from tests.reader.reader import Place, Reader, form, listed, near, of, word

_ALONE = "what deprivation alone would lead one to expect"


class Cases(NamedTuple):
    """Authorities with counts, denominators and deprivation, and those left out by reason."""

    areas: list[str]
    x: np.ndarray[tuple[int], np.dtype[np.float64]]
    n: np.ndarray[tuple[int], np.dtype[np.float64]]
    c: np.ndarray[tuple[int], np.dtype[np.float64]]
    out: dict[str, list[str]]


@cache
def cases(r: Reader, code: str) -> Cases:
    """Who enters the fit of an indicator in the period that pages lead with."""
    record, period, kind = r.record, r.record.headline(code), r.record.measure(code)["kind"]
    kept: list[tuple[str, float, float, float]] = []
    out: dict[str, list[str]] = {}
    for area in sorted(record.names):
        parts = ("numerator", "published") if kind == "rate" else ("numerator", "denominator", "published")
        cells = [record.cells.get((code, area, period, part)) for part in parts]
        marks = {cell.withheld for cell in cells if cell} - {""}
        pair = record.pair(code, area, period)
        if not any(cells):
            continue
        if "z" in marks or "c" in marks:
            out.setdefault("z" if "z" in marks else "c", []).append(area)
        elif marks or pair is None:
            out.setdefault("x", []).append(area)
        elif area not in record.deprivation:
            out.setdefault("new", []).append(area)
        else:
            kept.append((area, float(pair[0]), float(pair[1]), record.deprivation[area]))
    areas, x, n, c = zip(*kept, strict=True)
    return Cases(list(areas), np.array(x), np.array(n), np.array(c), out)


@cache
def whole(r: Reader, code: str) -> worked.Fitted:
    """The fit of all authorities."""
    held = cases(r, code)
    return worked.fit(held.x, held.n, held.c, r.record.measure(code)["kind"])


@cache
def expected(r: Reader, code: str, area: str) -> tuple[float, float, float]:
    """The expected count of an authority and its interval, by the fit of all others."""
    held, kind = cases(r, code), r.record.measure(code)["kind"]
    place = held.areas.index(area)
    x, n, c = (np.delete(column, place) for column in (held.x, held.n, held.c))
    return worked.foreseen(worked.fit(x, n, c, kind), float(held.n[place]), float(held.c[place]), kind)


def is_told(r: Reader, code: str) -> bool:
    """Whether a model explains enough, and clearly."""
    low, high = worked.slope(whole(r, code))
    return whole(r, code).explained >= 0.1 and not low <= 0 <= high


def verdict(r: Reader, code: str, area: str) -> str:
    """higher, lower or within; empty where nothing is expected."""
    held = cases(r, code)
    if area not in held.areas or not is_told(r, code) or "predict" not in r.record.catalogue[code]:
        return ""
    x, n = (float(column[held.areas.index(area)]) for column in (held.x, held.n))
    if n < (1000 if r.record.measure(code)["kind"] == "rate" else 20):
        return ""
    _, low, high = expected(r, code, area)
    return "higher" if x > high else "lower" if x < low else "within"


# ---- one borough


@form(
    rf"(?P<whose>.+) (?P<noun>rate|percentage) (?P<when>{{w}}) was (?P<own>{{u}}): (?P<side>within|higher than|lower than) "
    rf"{_ALONE} \((?P<mean>{{u}}), 95% interval (?P<low>{{n}}) to (?P<high>{{n}})\)\."
)
def _sentence(r: Reader, at: Place, m: re.Match[str]) -> None:
    name = of(r.name(at.area))
    assert (m["whose"].lower(), m["noun"]) == (name.lower(), r.noun(at.code))
    assert r.period(m["when"]) == r.record.headline(at.code)
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, at.area, r.record.headline(at.code)))
    assert m["side"].split()[0] == verdict(r, at.code, at.area)
    are_expected(r, at, m)


def are_expected(r: Reader, at: Place, m: re.Match[str]) -> None:
    """The mean, low and high of a sentence are what the others lead one to expect of the place."""
    held = cases(r, at.code)
    scale = r.record.measure(at.code)["multiplier"] / float(held.n[held.areas.index(at.area)])
    mean, unit = re.fullmatch(r"([\d,.]+)(.*)", m["mean"]).groups()  # type: ignore[union-attr]
    assert m["own"].endswith(unit)
    for printed, count in zip((mean, m["low"], m["high"]), expected(r, at.code, at.area), strict=True):
        assert near(printed, count * scale)


def _too_little(r: Reader, code: str) -> str:
    found = []
    if whole(r, code).explained < 0.1:
        share = 100 * whole(r, code).explained
        found.append(f"deprivation explains {share:.1f}% of the differences between authorities, and we ask for 10%")
    low, high = worked.slope(whole(r, code))
    if low <= 0 <= high:
        found.append("it is not clear whether the figure rises or falls with deprivation")
    return "; ".join(found)


@form(rf"We do not say {_ALONE}(?: of (?P<name>.+?))?: (?P<why>.+)\.")
def _silence(r: Reader, at: Place, m: re.Match[str]) -> None:
    if not m["name"]:
        assert m["why"] == _too_little(r, at.code)
        return
    assert m["name"] == r.name(at.area)
    reasons = {
        "c": "the figure is hidden to protect children",
        "x": "there is no figure",
        "z": "it does not apply there",
        "new": "there is no measure of deprivation for this place",
    }
    held = cases(r, at.code)
    left_out = next((reasons[reason] for reason, some in held.out.items() if at.area in some), "")
    if left_out or at.area not in held.areas:
        assert m["why"] == (left_out or reasons["x"])
    elif m["why"] == "it is too small to be compared":
        assert not r.is_compared(at.area)
    else:
        assert m["why"] == _too_little(r, at.code)


# ---- all boroughs


def _verdicts(r: Reader, code: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"higher": [], "lower": [], "within": []}
    for area in r.record.boroughs:
        if side := verdict(r, code, area):
            found[side].append(area)
    return found


@form(r"Given deprivation alone, (?P<what>.+) than expected|Deprivation alone says too little to expect anything")
def _heading(r: Reader, at: Place, m: re.Match[str]) -> None:
    if not m["what"]:
        assert not is_told(r, at.code)
        return
    found = _verdicts(r, at.code)
    high, low = len(found["higher"]), len(found["lower"])
    first = f"{word(high or low)} borough{' is' if (high or low) == 1 else 's are'}"
    if high and low:
        assert m["what"] == f"{first} higher and {word(low)} lower"
    elif high or low:
        assert m["what"] == f"{first} {'higher' if high else 'lower'}"
    else:
        assert m["what"] == "no borough is higher or lower"


@form(rf"(?P<side>Higher|Lower) than {_ALONE}: (?P<names>.+)\.")
def _outside(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = _verdicts(r, at.code)[m["side"].lower()]
    assert m["names"] == listed(sorted(r.name(area) for area in found))


@form(rf"(?P<many>All|\d+ of) the (?P<of>\w+) boroughs compared lies? within (?P<what>it|{_ALONE})\.")
def _inside(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = {side: len(some) for side, some in _verdicts(r, at.code).items()}
    within = found["within"]
    assert r.number(m["of"]) == sum(found.values())
    assert m["many"] == (f"{within} of" if within != sum(found.values()) else "All")
    assert (m["what"] == "it") is bool(found["higher"] or found["lower"])


# ---- the model card


@form(r"(?P<code>[A-Z]+\d\w*) (?P<title>.+), (?P<when>{w})\.")
def _card(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["code"] == at.code
    assert m["title"] == r.title(at.code)
    assert r.period(m["when"]) == r.record.headline(at.code)


@form(r"(?P<many>\d+) of England’s authorities\.")
def _authorities(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert int(m["many"]) == len(cases(r, at.code).areas)


_LEFT_OUT = {
    "c": "figure hidden to protect children",
    "x": "no figure",
    "z": "does not apply there",
    "new": "newer than the measure of deprivation",
}


@form(r"Left out: (?P<what>.+)\.")
def _left_out(r: Reader, at: Place, m: re.Match[str]) -> None:
    out = cases(r, at.code).out
    groups = {
        f"{listed(sorted(r.record.names[area] for area in some))} ({_LEFT_OUT[reason]})" for reason, some in out.items()
    }
    assert set(m["what"].split("; ")) == groups


@form(
    r"Intercept (?P<b0>−?{n}), slope (?P<b1>−?{n}) \(95% interval (?P<low>−?{n}) to (?P<high>−?{n})\): with each point more "
    r"the (?P<noun>\w+) is (?P<more>{n})% (?P<side>higher|lower) \((?P<least>{n})% to (?P<most>{n})%\)\."
)
def _line(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = whole(r, at.code)
    ends = worked.slope(found)
    assert m["noun"] == r.noun(at.code)
    assert (m["side"] == "higher") is bool(found.b[1] > 0)
    assert near(m["b0"], float(found.b[0]))
    assert near(m["b1"], float(found.b[1]))
    assert near(m["low"], ends[0])
    assert near(m["high"], ends[1])
    times: Callable[[float], float] = lambda slope: 100 * (exp(slope) - 1)  # noqa: E731
    for printed, slope in zip((m["more"], m["least"], m["most"]), (float(found.b[1]), *ends), strict=True):
        assert near(printed, abs(times(slope)))


@form(r"(?P<share>{n})% of the deviance between authorities\.")
def _deviance(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert near(m["share"], 100 * whole(r, at.code).explained)


@form(r"(?P<phi>{n})\.")
def _phi(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert near(m["phi"], whole(r, at.code).phi)


def _insides(r: Reader, code: str) -> list[tuple[float, bool]]:
    held = cases(r, code)
    found = []
    for area, x, n in zip(held.areas, held.x, held.n, strict=True):
        _, low, high = expected(r, code, area)
        found.append((float(n), bool(low <= x <= high)))
    return sorted(found)


@form(r"(?P<many>\d+) of (?P<of>\d+) English authorities \((?P<share>{n})%\) lie within their intervals\.")
def _covered(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = _insides(r, at.code)
    inside = sum(one for _, one in found)
    assert (int(m["many"]), int(m["of"])) == (inside, len(found))
    assert near(m["share"], 100 * inside / len(found))


@form(r"By size, these are (?P<a>\d+ of \d+) small, (?P<b>\d+ of \d+) middling and (?P<c>\d+ of \d+) large ones\.")
def _by_size(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = _insides(r, at.code)
    third = -(-len(found) // 3)
    parts = [found[start : start + third] for start in range(0, len(found), third)]
    assert [m["a"], m["b"], m["c"]] == [f"{sum(one for _, one in some)} of {len(some)}" for some in parts]


@form(r"Deprivation explains (?P<rest>.+)\.")
def _not_shown(r: Reader, at: Place, m: re.Match[str]) -> None:
    silent = [code for code, head in r.record.catalogue.items() if "predict" in head and not is_told(r, code)]
    codes = [at.code] if at.code else silent
    assert f"deprivation explains {m['rest']}" in [_too_little(r, code) for code in codes]


@form(r"(?P<title>.+): each borough beside what deprivation alone would lead one to expect")
def _caption(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["title"] == r.title(at.code)
    assert is_told(r, at.code)
