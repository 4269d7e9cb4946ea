"""The forms of sentences about values, comparisons and change, each with what must be true for it to stand."""

from __future__ import annotations

import re

from tests.reader import worked
from tests.reader.reader import Place, Reader, form
from tests.reader.record import ENGLAND, LONDON, ending, in_words, short

# ---- a value and what it is compared with


@form(r"(?P<when>{W}), London’s figure for “(?P<title>.+)” was (?P<own>{u})(?: \((?P<x>{n})(?: of (?P<n>{n}))?\))?\.")
def _london_lead(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["title"] == r.record.catalogue[at.code]["title"]
    when = m["when"][:1].lower() + m["when"][1:]
    assert r.period(when) == r.record.headline(at.code)
    r.figure_is(at.code, LONDON, when, m["own"])
    _counts(r, at.code, LONDON, r.period(when), m["x"], m["n"])


def _counts(r: Reader, code: str, area: str, period: str, x: str | None, n: str | None) -> None:
    if x is not None:
        assert x == r.record.count(code, area, period).said
    if n is not None:
        assert n == r.record.count(code, area, period, "denominator").said


@form(r"Figures of (?P<inside>\d+) of (?P<of>\d+) boroughs are in it\.")
def _coverage(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    coverage = r.record.cells[at.code, LONDON, period, "numerator"].coverage
    assert (int(m["inside"]), int(m["of"])) == (len(r.record.sets[coverage]), 33)


@form(r"England’s was (?P<own>{u})\.")
def _england(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, ENGLAND, r.record.headline(at.code)))


@form(
    r"(?P<when>{W}), (?P<what>the count for )?“(?P<title>.+)” stood at (?P<own>{u}) in (?P<name>.+?)"
    r"(?: \((?P<x>{n})(?: of (?P<n>{n})| counted)\))?\."
)
def _borough(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["title"] == r.record.catalogue[at.code]["title"]
    assert m["name"] == r.name(at.area)
    when = m["when"][:1].lower() + m["when"][1:]
    period = r.period(when)
    assert period == r.record.headline(at.code)
    own = r.record.count(at.code, at.area, period) if m["what"] else r.record.value(at.code, at.area, period)
    assert m["own"] in (own.said, r.with_unit(at.code, own))
    assert bool(m["what"]) is (r.leading(at.code, at.area, period) != r.record.value(at.code, at.area, period))
    _counts(r, at.code, at.area, period, m["x"], m["n"])


@form(r"London(?: \((?:(?P<inside>\d+) of 33 boroughs|as published, (?P<without>.+))\))?: (?P<own>{u})\.")
def _beside_london(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, LONDON, period))
    assert (m["without"] or "") == r.without(at.code, period)
    if m["inside"]:
        coverage = r.record.cells[at.code, LONDON, period, "numerator"].coverage
        assert int(m["inside"]) == len(r.record.sets[coverage])


def _label_of(r: Reader, at: Place) -> str:
    return r.labels(at.code, r.record.headline(at.code))[at.area]


@form(r"The (?P<what>difference|figure) is within the usual variation between boroughs\.")
def _within(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert _label_of(r, at) == "within"
    assert (m["what"] == "figure") is bool(r.lacking(at.code, r.record.headline(at.code)))


@form(r"(?P<name>.+) is towards the (?P<side>higher|lower) edge of the usual variation between boroughs\.")
def _edge(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower()
    assert _label_of(r, at) == f"edge {m['side']}"


@form(r"(?P<name>.+) stands out: the figure is (?P<side>higher|lower) than the usual variation between boroughs\.")
def _out(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower()
    assert _label_of(r, at) == f"out {m['side']}"


_VARIES = {
    ", within the usual variation": "within",
    ", towards the edge of the usual variation": "edge",
    ", and stands out": "out",
}


@form(rf"(?P<name>.+) is (?P<side>higher than|lower than|similar to) London(?P<varies>{'|'.join(_VARIES)})?")
def _comparators(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower()
    period, kind = r.record.headline(at.code), r.record.measure(at.code)["kind"]
    own, london = r.record.pair(at.code, at.area, period), r.record.share(at.code, LONDON, period)
    if london is None:
        london = r.record.value(at.code, LONDON, period).exact
    assert own is not None
    assert london is not None
    target = float(london / int(r.record.measure(at.code)["multiplier"]))
    assert worked.against(int(own[0]), float(own[1]), kind, target) == m["side"].split()[0]
    label = r.labels(at.code, period).get(at.area, "")
    assert _VARIES.get(m["varies"] or "", "") == ("" if m["side"] == "similar to" else label.split(" ")[0])


# ---- how many stand out


def _tally(r: Reader, code: str) -> dict[str, int]:
    labels = list(r.labels(code, r.record.headline(code)).values())
    return {label: labels.count(label) for label in {"within", "edge higher", "edge lower", "out higher", "out lower"}}


@form(
    r"(?:(?P<one>\w+) boroughs? stands? out as (?P<side>higher|lower)(?: and (?P<two>\w+) as lower)?|No borough stands out)"
)
def _heading(r: Reader, at: Place, m: re.Match[str]) -> None:
    tally = _tally(r, at.code)
    assert sum(tally.values())
    said = {"higher": 0, "lower": 0}
    if m["one"]:
        said[m["side"]] = r.number(m["one"])
    if m["two"]:
        said["lower"] = r.number(m["two"])
    assert said == {"higher": tally["out higher"], "lower": tally["out lower"]}


@form(r"(?P<edge>\w+)(?: more)? (?:is|are) towards the edge\.")
def _edges(r: Reader, at: Place, m: re.Match[str]) -> None:
    tally = _tally(r, at.code)
    assert r.number(m["edge"]) == tally["edge higher"] + tally["edge lower"]


@form(
    r"(?:The other )?(?P<within>\w+) of the (?P<compared>\d+) boroughs compared (?:is|are) within the usual "
    r"variation between boroughs\."
)
def _others(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert r.number(m["within"]) == _tally(r, at.code)["within"]
    assert int(m["compared"]) == sum(_tally(r, at.code).values())


# ---- over time


def _noun(r: Reader, code: str, area: str) -> str:
    """What is drawn: counts of a small place, and where quarters have no rate."""
    last = next(p for p in reversed(r.drawn(code)) if r.leading(code, area, p).text)
    counted = r.leading(code, area, last) != r.record.value(code, area, last)
    if area == LONDON:
        return "count" if counted else r.noun(code)
    counted |= not r.is_compared(area) or r.record.measure(code)["kind"] == "count"
    return "count" if counted else r.noun(code)


@form(
    r"(?P<name>.+?)’s? (?P<noun>rate|percentage|number|ratio|count) is (?P<word>\w+): (?P<first>{n}) in (?P<from>\d{4}), "
    r"(?P<last>{n}) in (?P<to>\d{4})"
)
def _moving(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = r.area_of(m["name"])
    assert area in (LONDON, at.area)
    assert m["word"] == r.direction(at.code, area)
    assert m["noun"] == _noun(r, at.code, area)
    shown = [p for p in r.record.series(at.code) if r.leading(at.code, area, p).text][-5:]
    assert m["first"] == r.leading(at.code, area, shown[0]).said
    assert m["last"] == r.leading(at.code, area, shown[-1]).said
    assert in_words(shown[0]).endswith(m["from"])
    assert in_words(shown[-1]).endswith(m["to"])


@form(r"No clear change in (?P<name>.+?)’s? (?P<noun>rate|percentage|number|ratio|count|figure) over five years")
def _still(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = r.area_of(m["name"])
    assert area in (LONDON, at.area)
    assert m["noun"] == _noun(r, at.code, area)
    assert r.direction(at.code, area) == "no clear change"


@form(
    r"(?P<name>.+?)’s? (?P<noun>rate|percentage|number|ratio|count) was (?P<last>{n}) (?P<now>{w}) and (?P<before>{n}) "
    r"(?P<then>{w})"
)
def _two_points(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = r.area_of(m["name"])
    r.figure_is(at.code, area, m["now"], m["last"])
    r.figure_is(at.code, area, m["then"], m["before"])
    assert ending(r.period(m["now"])) > ending(r.period(m["then"]))
    assert m["noun"] == _noun(r, at.code, area)
    small = area.startswith("E09") and not r.is_compared(area)
    assert small or r.direction(at.code, area) == ""


@form(
    r"London was (?:(?P<first>{n}) (?P<then>{w}) and )?(?P<last>{n}) (?P<now>{w})(?: \((?P<inside>\d+) of 33 boroughs\))?\."
)
def _first_and_last(r: Reader, at: Place, m: re.Match[str]) -> None:
    if m["first"]:
        r.figure_is(at.code, LONDON, m["then"], m["first"])
        assert _inside(r, at.code, r.period(m["then"])) == _inside(r, at.code, r.period(m["now"]))
    r.figure_is(at.code, LONDON, m["now"], m["last"])
    inside = _inside(r, at.code, r.period(m["now"]))
    assert int(m["inside"] or 33) == len(inside)


def _inside(r: Reader, code: str, period: str) -> list[str]:
    """The boroughs inside London's figure of a period."""
    if code in r.record.national:
        out = r.lacking(code, period)
        return [area for area in r.record.boroughs if area not in out]
    cell = r.record.cells[code, LONDON, period, "numerator"]
    return r.record.boroughs if cell.coverage == "all" else sorted(r.record.sets[cell.coverage])


@form(r"London’s figure (?P<when>{w}) is as published, (?P<without>without .+)\.")
def _out_of_step(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["without"] == r.without(at.code, r.period(m["when"]))


@form(
    r"Boroughs that sent nothing are missing from London’s figures? (?P<when>.+): the table of the trend says which\."
)
def _lacking(r: Reader, at: Place, m: re.Match[str]) -> None:
    said = [r.period(one) for one in re.findall(r"(?:in|at) .+?(?=, | and |$)", m["when"])]
    drawn = [p for p in r.drawn(at.code) if r.leading(at.code, LONDON, p).text]
    assert said == [period for period in drawn if r.lacking(at.code, period)]


@form(r"England was (?P<own>{n})\.")
def _england_last(r: Reader, at: Place, m: re.Match[str]) -> None:
    last = [p for p in r.record.series(at.code) if r.leading(at.code, LONDON, p).text][-1]
    assert m["own"] == r.record.value(at.code, ENGLAND, last).said


@form(r"(?:(?P<name>.+): )?From (?P<first>{n}) (?P<then>{w}) to (?P<last>{n}) (?P<now>{w})\.")
def _from_to(r: Reader, at: Place, m: re.Match[str]) -> None:
    shown = [p for p in r.drawn(at.code) if r.leading(at.code, at.area, p).text]
    assert m["name"] in (None, r.record.areas[at.area]["name"])
    assert (r.period(m["then"]), r.period(m["now"])) == (shown[0], shown[-1])
    r.figure_is(at.code, at.area, m["then"], m["first"])
    r.figure_is(at.code, at.area, m["now"], m["last"])


# ---- a borough's page


def _standing(r: Reader, area: str, *, national: bool) -> dict[str, int]:
    tally = {"compared": 0, "out": 0, "edge": 0, "hidden": 0, "missing": 0}
    for code in r.record.periods:
        if (code in r.record.national) is not national:
            continue
        period = r.record.headline(code)
        label = r.labels(code, period).get(area, "") if r.is_compared(area) else ""
        own = r.record.value(code, area, period) if r.is_compared(area) else r.record.count(code, area, period)
        tally["compared"] += bool(label)
        tally["out"] += label.startswith("out")
        tally["edge"] += label.startswith("edge")
        tally["hidden"] += own.mark == "c"
        tally["missing"] += own.mark == "x"
    return tally


@form(
    r"(?P<whose>Illustrative figures: o|O)f (?P<compared>\w+) (?P<kind>national )?indicators? with a comparison, (?P<name>.+?) "
    r"(?:stands out on (?P<out>\w+)(?: and )?)?(?:is towards the edge on (?P<edge>\w+)|is within the usual variation on each)?\."
)
def _lead(r: Reader, at: Place, m: re.Match[str]) -> None:
    stands = _standing(r, at.area, national=bool(m["kind"]))
    assert m["name"] == r.name(at.area)
    said = {key: r.number(m[key] or "no") for key in ("compared", "out", "edge")}
    assert said == {key: stands[key] for key in said}


@form(
    r"(?:Illustrative figures: )?(?:(?P<hidden>\w+)(?P<kind> national)?(?: figures?)? (?:is|are) hidden to protect children)?(?:; )?"
    r"(?:(?P<missing>\w+)(?P<other> national)?(?: figures?)? (?:is|are) not available)?\."
)
def _not_shown(r: Reader, at: Place, m: re.Match[str]) -> None:
    said = [r.number(m["hidden"] or "no"), r.number(m["missing"] or "no")]
    found = _standing(r, at.area, national=bool(m["kind"] or m["other"]))
    assert said == [found["hidden"], found["missing"]]


@form(r"(?P<side>Higher|Lower): (?P<own>{u})(?: against London’s (?P<london>{u}))?, (?P<period>[^,]+)\.")
def _exception(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = r.labels(at.code, r.record.headline(at.code))
    assert labels[at.area].endswith(m["side"].lower())
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, at.area, r.record.headline(at.code)))
    if r.lacking(at.code, r.record.headline(at.code)):
        assert m["london"] is None
    else:
        assert m["london"] == r.with_unit(at.code, r.record.value(at.code, LONDON, r.record.headline(at.code)))
    assert m["period"] == short(r.record.headline(at.code))


# ---- lines beside figures


@form(r"(?P<own>{n})†?(?: \[[a-z]+\])?(?: (?:%|per (?P<per>[\d,]+)|per person))?")
def _fact(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert m["per"] in (None, f"{r.record.measure(at.code)['multiplier']:,}")
    known = set()
    for area in (at.area, LONDON, ENGLAND):
        known |= {r.record.value(at.code, area, period).said, r.record.count(at.code, area, period).said}
        known.add(r.record.count(at.code, area, period, "denominator").said)
    assert m["own"] in known


@form(
    r"(?:Rate per (?P<per>[\d,]+)(?: children)?(?: aged (?P<low>\d+) to (?P<high>\d+))?|Percentage|Number|Ratio), (?P<when>{w})\.?"
)
def _measure(r: Reader, at: Place, m: re.Match[str]) -> None:
    measure = r.record.measure(at.code)
    assert r.period(m["when"]) == r.record.headline(at.code)
    if m["low"]:
        assert measure["denominator_series"].endswith(f"/{m['low']}-{m['high']}")
    if m["per"]:
        assert int(m["per"].replace(",", "")) == measure["multiplier"]


@form(r"The upright line is London, (?P<own>{n})\.")
def _upright(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["own"] == r.record.value(at.code, LONDON, r.record.headline(at.code)).said


@form(
    r"The figures of (?P<many>\d+) boroughs run from (?P<low>{n}) to (?P<high>{n})(?:, against (?P<london>{n}) for London)?\."
)
def _range(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    shown = [one for area in r.record.boroughs if (one := r.record.value(at.code, area, period)).text]
    shown.sort(key=lambda one: float(one.text))
    assert (int(m["many"]), m["low"], m["high"]) == (len(shown), shown[0].said, shown[-1].said)
    if m["london"]:
        assert m["london"] == r.record.value(at.code, LONDON, period).said


_REASONS = {
    "hidden to protect children": "c",
    "too unreliable to show": "u",
    "does not apply": "z",
    "no return received": "not-returned",
    "not collected here": "not-collected",
    "return late": "late",
    "not available": "x",
}


def _why(r: Reader, code: str, page: str, area: str, period: str) -> str:
    """The mark of a figure that is not shown, or the state of a return that did not come."""
    on_its_own_page = period in r.drawn(code) and area == page
    mark = (r.leading if on_its_own_page else r.record.value)(code, area, period).mark
    state = r.record.states.get((area, code, period), "")
    return state if mark == "x" and state in _REASONS.values() and area not in (LONDON, ENGLAND) else mark


@form(r"Not drawn: (?P<what>.+)\.")
def _gaps(r: Reader, at: Place, m: re.Match[str]) -> None:
    parts = re.findall(r"(?:, )?(.+?) \(([^()]+)\)", m["what"])
    assert "".join(re.findall(r"(?:, )?.+? \([^()]+\)", m["what"])) == m["what"]
    for names, reason in parts:
        told = re.split(r", | and (?!Dagenham|Fulham|Chelsea)", names)
        held = [_why(r, at.code, at.area, *_named(r, at, name)) for name in told]
        assert set(held) == {_REASONS[reason]}
        assert len(set(told)) == len(told) == _many(r, at, told[0], _REASONS[reason])


def _many(r: Reader, at: Place, name: str, reason: str) -> int:
    """How many boroughs, or periods of the page's area, have no figure for a reason."""
    if name in [row["name"] for row in r.record.areas.values()]:
        period = r.record.headline(at.code)
        return sum(_why(r, at.code, at.area, area, period) == reason for area in r.record.boroughs)
    return sum(_why(r, at.code, at.area, at.area, period) == reason for period in r.drawn(at.code))


def _named(r: Reader, at: Place, name: str) -> tuple[str, str]:
    """The area and period of a gap: a list names one or the other."""
    known = {row["name"]: code for code, row in r.record.areas.items()}
    if name in known:
        return known[name], r.record.headline(at.code)
    return at.area, next(p for p in r.drawn(at.code) if name in (p, short(p)))


@form(
    r"By the estimate for the middle of (?P<year>\d{4}), (?P<people>{n}) children aged 0 to 17 live in (?P<name>.+)\."
)
def _children(r: Reader, at: Place, m: re.Match[str]) -> None:
    known = {
        year: people
        for vintage in sorted(r.record.people)
        for (area, year, ages), people in r.record.people[vintage].items()
        if area == at.area and ages == "0-17"
    }
    assert (int(m["year"]), m["people"]) == (max(known), f"{known[max(known)]:,}")
    assert m["name"] == r.name(at.area)


@form(
    r"(?P<illustrative>Illustrative: )?(?P<came>\d+) of (?P<due>\d+) indicators were returned for their latest period\."
)
def _breadth(r: Reader, at: Place, m: re.Match[str]) -> None:
    states = [
        r.record.states.get((at.area, code, r.record.headline(code)), "not-returned")
        for code in r.record.periods
        if code not in r.record.national
    ]
    due = [state for state in states if state not in ("not-applicable", "not-due")]
    assert (int(m["came"]), int(m["due"])) == (due.count("reported"), len(due))


@form(
    r"Compared with London, and with the median of (?P<many>\w+) statistical neighbours where at least six have a figure\."
)
def _compared_with(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert r.number(m["many"]) == len(r.record.neighbours[at.area])


@form(r"(?:Illustrative\. )?(?P<title>.+): (?P<name>.+?)(?P<beside> and London)?, (?P<first>{s}) to (?P<last>{s})")
def _title(r: Reader, at: Place, m: re.Match[str]) -> None:
    series = r.drawn(at.code)
    assert (m["first"], m["last"]) == (short(series[0]), short(series[-1]))
    assert (m["title"], m["name"]) == (r.title(at.code), r.record.areas[at.area]["name"])
    rates = all(r.leading(at.code, at.area, p) == r.record.value(at.code, at.area, p) for p in series)
    assert bool(m["beside"]) is (rates and r.is_compared(at.area) and r.record.measure(at.code)["kind"] != "count")


@form(
    r"(?:Illustrative: )?London’s (?P<noun>rate|percentage|number|ratio|count)(?: compared with .+?)?, (?P<first>\d{4}) to (?P<last>\d{4})"
)
def _trend_title(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["noun"] == _noun(r, at.code, LONDON)
    shown = [p for p in r.drawn(at.code) if r.leading(at.code, LONDON, p).text]
    assert in_words(shown[0]).endswith(m["first"])
    assert in_words(shown[-1]).endswith(m["last"])
