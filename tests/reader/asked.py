"""The forms of “Asked because”: each reason to ask, worked out again from the record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from fractions import Fraction
from functools import wraps

from tests.reader import foreseen, worked
from tests.reader.reader import Check, Place, Reader, form
from tests.reader.reader import near as near_to
from tests.reader.record import ENGLAND, LONDON, ending, kind_of


def asked(pattern: str) -> Callable[[Check], Check]:
    """Register a reason: the check is given the indicator that the line names."""

    def add(check: Check) -> Check:
        @wraps(check)
        def line(r: Reader, at: Place, m: re.Match[str]) -> None:
            assert m["subject"] == r.title(m["code"])
            check(r, at._replace(code=m["code"]), m)

        form(rf"(?P<subject>.+) \((?P<code>\w+)\) Asked because {pattern}\.")(line)
        return check

    return add


def _told(r: Reader, at: Place, printed: str, when: str, period: str = "") -> None:
    wanted = period or r.record.headline(at.code)
    assert r.period(when) == wanted
    assert printed == r.with_unit(at.code, r.record.value(at.code, at.area, wanted))


def _london(r: Reader, at: Place, printed: str, coverage: str) -> None:
    period = r.record.headline(at.code)
    assert printed == r.with_unit(at.code, r.record.value(at.code, LONDON, period))
    if at.code in r.record.national:
        assert coverage == "as published"
        return
    cell = r.record.cells[at.code, LONDON, period, "numerator"]
    inside = 33 if cell.coverage == "all" else len(r.record.sets[cell.coverage])
    assert coverage == f"pooled, {inside} of 33 boroughs"


@asked(
    r"the figure was (?P<own>{u}) (?P<when>{w})(?:, against (?P<london>{u}) in London \((?P<coverage>[^)]+)\))?: "
    r"(?P<side>higher|lower) than the usual variation between boroughs, beyond its (?P<level>95|99\.8)% limit"
)
def _beyond(r: Reader, at: Place, m: re.Match[str]) -> None:
    _told(r, at, m["own"], m["when"])
    if r.lacking(at.code, r.record.headline(at.code)):
        assert m["london"] is None
    else:
        _london(r, at, m["london"], m["coverage"])
    label = r.labels(at.code, r.record.headline(at.code))[at.area]
    assert label == f"{'edge' if m['level'] == '95' else 'out'} {m['side']}"


@asked(
    r"the figure has (?P<verb>risen|fallen) over five years, from (?P<first>{u}) (?P<then>{w}) to (?P<last>{u}) (?P<now>{w})"
)
def _trend(r: Reader, at: Place, m: re.Match[str]) -> None:
    years = r.five(at.code)
    _told(r, at, m["first"], m["then"], years[0])
    _told(r, at, m["last"], m["now"], years[-1])
    assert r.verdict(at.code, at.area) == {"risen": "increasing", "fallen": "decreasing"}[m["verb"]]
    first, last = (r.record.value(at.code, at.area, period).exact for period in (years[0], years[-1]))
    assert first is not None
    assert last is not None
    assert 10 * abs(last - first) >= first
    assert (last > first) is (m["verb"] == "risen")


def _year_before(r: Reader, code: str, period: str) -> str:
    year, month, _ = ending(period)
    return next(
        p for p in r.record.periods[code] if kind_of(p) == kind_of(period) and ending(p)[:2] == (year - 1, month)
    )


def changed(r: Reader, code: str, area: str) -> tuple[int, bool]:
    """The change of an indicator since the year before the period that pages lead with."""
    now = r.record.headline(code)
    before = _year_before(r, code, now)
    kind = r.record.measure(code)["kind"]
    pairs = []
    for period in (before, now):
        assert r.record.value(code, area, period).text
        top = r.record.count(code, area, period).exact
        pair = (top, Fraction(1)) if kind == "count" and top is not None else r.record.pair(code, area, period)
        assert pair is not None
        pairs.append((int(pair[0]), int(pair[1])))
    assert not r.redefined(code, before, now)
    return worked.change(pairs[0], pairs[1], kind)


@asked(
    r"the figure changed from (?P<first>{u}) (?P<then>{w}) to (?P<last>{u}) (?P<now>{w}): more than chance, and by more than "
    r"a fifth"
)
def _jump(r: Reader, at: Place, m: re.Match[str]) -> None:
    _told(r, at, m["first"], m["then"], _year_before(r, at.code, r.record.headline(at.code)))
    _told(r, at, m["last"], m["now"])
    assert changed(r, at.code, at.area)[1]


@asked(
    r"“(?P<up>.+?)” rose from (?P<a>{u}) (?P<a_when>{w}) to (?P<b>{u}) (?P<b_when>{w}), while “(?P<down>.+?)” fell from "
    r"(?P<c>{u}) (?P<c_when>{w}) to (?P<d>{u}) (?P<d_when>{w})"
)
def _opposite(r: Reader, at: Place, m: re.Match[str]) -> None:
    text = (r.record.root / "content/questions/pairs.toml").read_text(encoding="utf-8")
    falls = next(code for code in r.record.periods if r.title(code) == m["down"] and _alike(r, code, at.code))
    assert (at.code, falls) in [(pair["rises"], pair["falls"]) for pair in tomllib.loads(text)["pair"]]
    assert m["up"] == r.title(at.code)
    for code, side, before, after in ((at.code, 1, "a", "b"), (falls, -1, "c", "d")):
        there = at._replace(code=code)
        _told(r, there, m[before], m[f"{before}_when"], _year_before(r, code, r.record.headline(code)))
        _told(r, there, m[after], m[f"{after}_when"])
        assert changed(r, code, at.area)[0] == side


def _alike(r: Reader, one: str, other: str) -> bool:
    return (one in r.record.national) is (other in r.record.national)


@asked(
    r"the figure was (?P<own>{u}) (?P<when>{w}) \(95% interval (?P<from>{n}) to (?P<to>{n})\), while (?P<many>\d+) (?P<kind>statistical|nearest London) neighbours with a "
    r"figure lie between (?P<low>{n}) and (?P<high>{n})(?P<unit>%| per [\d,]+)?"
)
def _apart(r: Reader, at: Place, m: re.Match[str]) -> None:
    _told(r, at, m["own"], m["when"])
    period, national = r.record.headline(at.code), at.code in r.record.national
    shares = r.record.measure(at.code)["kind"] in ("proportion", "survey")
    near, far = [], 0
    for area in r.record.neighbours[at.area]:
        own = r.record.value(at.code, area, period)
        if (not national and area not in r.record.boroughs) or not own.text:
            continue
        far += own.exact is not None and r.record.closeness[at.area][area] == "not-close"
        base = r.record.count(at.code, area, period, "denominator").exact
        if not (shares and base is not None and base < 20):
            near.append(own)
    near.sort(key=lambda one: Fraction(one.text))
    assert (m["kind"] == "statistical") is national
    assert (int(m["many"]), m["low"], m["high"]) == (len(near), near[0].said, near[-1].said)
    assert (m["unit"] or "") == m["own"].removeprefix(r.record.value(at.code, at.area, period).said)
    assert len(near) >= 6
    assert far <= 4
    ends = [Fraction(m[end].replace(",", "")) for end in ("from", "to")]
    assert ends[0] > Fraction(near[-1].text) or ends[1] < Fraction(near[0].text)
    for printed, end in zip((m["from"], m["to"]), r.interval(at.code, at.area, period), strict=True):
        assert near_to(printed, end)


@asked(
    r"the figure was (?P<own>{u}) (?P<when>{w}): (?P<side>higher|lower) than deprivation alone would lead one to expect, "
    r"which is (?P<mean>{u}) \(95% interval (?P<low>{n}) to (?P<high>{n})\)"
)
def _predicted(r: Reader, at: Place, m: re.Match[str]) -> None:
    _told(r, at, m["own"], m["when"])
    assert foreseen.verdict(r, at.code, at.area) == m["side"]
    foreseen.are_expected(r, at, m)


@asked(r"the figure (?P<when>{w}) is hidden to protect children")
def _hidden(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.period(m["when"])
    assert period == r.record.headline(at.code)
    parts = (r.record.count(at.code, at.area, period), r.record.count(at.code, at.area, period, "denominator"))
    assert "c" in [figure.mark for figure in (*parts, r.record.value(at.code, at.area, period))]


@asked(
    r"(?P<what>no return came|the figure was not collected|the return came too late for the release) for (?P<when>.+)"
)
def _absent(r: Reader, at: Place, m: re.Match[str]) -> None:
    state = {"no": "not-returned", "the": "not-collected"}[m["what"].split()[0]]
    state = "late" if "late" in m["what"] else state
    headline = r.record.headline(at.code)
    assert r.record.value(at.code, at.area, headline).mark == "x"
    start = int(headline[:4])
    inside = [
        p for p in sorted(r.record.periods[at.code], key=ending) if (start, 4, 1) <= ending(p) <= ending(headline)
    ]
    missing = [p for p in inside if r.record.states.get((at.area, at.code, p)) == state]
    whole = [headline] if headline in missing else [p for p in missing if p != headline]
    names = [r.when(period).split(" ", 1)[1] for period in whole]
    assert re.split(r", (?=\w+ to)| and (?=\w+ to)", m["when"]) == names


@asked(
    r"(?:0 of (?P<share>{n})|none among (?P<rate>{n}) children) were reported (?P<when>{w}), against (?P<london>{u}) in London "
    r"\((?P<coverage>[^)]+)\): at London’s (?P<noun>share|rate) about (?P<about>{n}) would be usual"
)
def _zero(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.period(m["when"])
    assert period == r.record.headline(at.code)
    _london(r, at, m["london"], m["coverage"])
    own, london = r.record.pair(at.code, at.area, period), r.record.pair(at.code, LONDON, period)
    assert own is not None
    assert london is not None
    assert own[0] == 0
    assert m["noun"] == ("rate" if r.record.measure(at.code)["kind"] == "rate" else "share")
    assert m[m["noun"]] == f"{int(own[1]):,}"
    usual = london[0] / london[1] * own[1]
    assert m["about"] == f"{int(usual + Fraction(1, 2)):,}"
    assert usual >= 10


@asked(r"it is a standing question")
def _standing(r: Reader, at: Place, _: re.Match[str]) -> None:
    assert r.record.value(at.code, at.area, r.record.headline(at.code)).mark != "c"
    assert at.area not in (LONDON, ENGLAND)
