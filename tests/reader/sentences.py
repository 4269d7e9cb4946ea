"""The forms of the site's sentences, each with what must be true for it to stand. A form that is not here is not known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tests.reader import worked
from tests.reader.record import ENGLAND, LONDON, MONTHS, Record, Shown, in_words, is_year, kind_of

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
JUDGED = {
    ("increasing", "high-is-good"): "improving",
    ("increasing", "low-is-good"): "worsening",
    ("decreasing", "high-is-good"): "worsening",
    ("decreasing", "low-is-good"): "improving",
}
NOUNS = {"percent": "percentage", "rate": "rate", "count": "number", "ratio": "ratio"}
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_UNIT = rf"{_FIGURE}(?:%| per [\d,]+)?"
_WHEN = r"(?:in the year to \d+ \w+ \d{4}|at \d+ \w+ \d{4}|in \w+ to \w+ \d{4}|in the school year [\d-]+)"


class Place(NamedTuple):
    """Where a sentence stands: the indicator and the area that its page is about, either may be empty."""

    code: str
    area: str


@dataclass(frozen=True)
class Reader:
    """Reads sentences against a record."""

    record: Record

    # ---- words to figures

    def number(self, word: str) -> int:
        """``no`` to ``nine``, or digits."""
        word = word.lower()
        return WORDS.index(word) if word in WORDS else int(word.replace(",", ""))

    def period(self, words: str) -> str:
        """The id of a period from its words."""
        if found := re.fullmatch(r"in the year to 31 March (\d{4})", words):
            end = int(found[1])
            return f"{end - 1}-{end % 100:02}"
        if found := re.fullmatch(r"at (\d+) (\w+) (\d{4})", words):
            return f"{found[3]}-{MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
        if found := re.fullmatch(r"in (\w+) to \w+ (\d{4})", words):
            first, year = MONTHS.index(found[1]) + 1, int(found[2])
            start = year if first >= 4 else year - 1
            return f"{start}-{(start + 1) % 100:02}-Q{(first - 4) % 12 // 3 + 1}"
        raise AssertionError(f"no period: {words}")

    def with_unit(self, code: str, figure: Shown) -> str:
        """A value as a sentence prints it."""
        measure = self.record.measure(code)
        unit = {"percent": "%", "rate": f" per {measure['multiplier']:,}"}.get(measure["unit"], "")
        return f"{figure.said}{unit}"

    def name(self, area: str) -> str:
        """The name within a sentence."""
        name = self.record.areas[area]["name"]
        return f"the {name}" if name.startswith("City of") else name

    def area_of(self, name: str) -> str:
        """The code of a name."""
        plain = name.removeprefix("the ").removeprefix("The ")
        return next(code for code, row in self.record.areas.items() if row["name"] == plain)

    # ---- what is true

    def is_compared(self, area: str) -> bool:
        """Whether a place is large enough for comparisons."""
        return self.record.areas[area]["funnel"] == "true"

    def leading(self, code: str, area: str, period: str) -> Shown:
        """The figure that pages lead with."""
        value, count = self.record.value(code, area, period), self.record.count(code, area, period)
        is_rate = self.record.measure(code)["unit"] == "rate"
        counts = value.mark == "z" and count.text and is_rate
        small = area.startswith("E09") and not self.is_compared(area)
        return count if counts or small else value

    def labels(self, code: str, period: str) -> dict[str, str]:
        """Borough to its label in the funnel; empty where there is none."""
        record, kind = self.record, self.record.measure(code)["kind"]
        if kind == "count" or record.catalogue[code].get("compare", {}).get("funnel", "additive") != "additive":
            return {}
        inside = [
            (area, pair)
            for area in record.boroughs
            if self.is_compared(area)
            and record.value(code, area, period).text
            and (pair := record.pair(code, area, period)) is not None
        ]
        pairs = [(int(x), int(n)) for _, (x, n) in inside]
        whole = record.pair(code, LONDON, period)
        if len(pairs) < 20 or len({x / n for _, (x, n) in inside}) == 1:
            return {}
        centre = float(whole[0] / whole[1]) if whole else sum(x for x, _ in pairs) / sum(n for _, n in pairs)
        if centre <= 0 or (centre >= 1 and kind != "rate"):
            return {}
        labels, _ = worked.usual_variation(pairs, centre, kind)
        return {area: label for (area, _), label in zip(inside, labels, strict=True)}

    def direction(self, code: str, area: str) -> str:
        """The word of the trend test on the last five years, in the words that polarity allows; empty for none."""
        record, kind = self.record, self.record.measure(code)["kind"]
        years = [p for p in sorted(record.periods[code]) if is_year(p) or p.endswith("-03-31")]
        last = years[-5:]
        ends = [int(p[:4]) for p in last]
        if len(last) < 5 or len({kind_of(p) for p in last}) > 1 or ends != list(range(ends[0], ends[0] + 5)):
            return ""
        if self._redefined(code, last[0], last[-1]) or any(not record.value(code, area, p).text for p in last):
            return ""
        pairs: list[tuple[Fraction | None, Fraction]]
        if kind == "count":
            pairs = [(record.count(code, area, p).exact, Fraction(1)) for p in last]
        else:
            pairs = [record.pair(code, area, p) or (None, Fraction(1)) for p in last]
        if any(x is None for x, _ in pairs):
            return ""
        found = worked.trend([int(x) for x, _ in pairs if x is not None], [float(n) for _, n in pairs], kind)
        return JUDGED.get((found, record.catalogue[code].get("polarity", "no-judgement")), found)

    def _redefined(self, code: str, first: str, last: str) -> bool:
        starts = [
            str(version["from"]) for version in self.record.catalogue[code]["versions"][1:]
            if version["comparability"] != "full"
        ]  # fmt: skip
        began = first if kind_of(first) == "day" else f"{first[:4]}-04-01"
        ended = last if kind_of(last) == "day" else f"{int(last[:4]) + 1}-03-31"
        return any(began < start <= ended for start in starts)

    def figure_is(self, code: str, area: str, when: str, printed: str) -> None:
        """A printed figure, with or without its unit, is that of the place and period."""
        own = self.leading(code, area, self.period(when[:1].lower() + when[1:]))
        assert printed in (own.said, self.with_unit(code, own)), (code, area, when, printed, own)


Check = Callable[[Reader, Place, "re.Match[str]"], None]
FORMS: list[tuple[re.Pattern[str], Check]] = []


def form(pattern: str) -> Callable[[Check], Check]:
    """Register a form. ``{n}`` stands for a figure, ``{u}`` for one with its unit, ``{w}`` for a period."""
    full = pattern.replace("{n}", _FIGURE).replace("{u}", _UNIT).replace("{w}", _WHEN)
    full = full.replace("{W}", _WHEN.replace("(?:in", "(?:In", 1).replace("|at", "|At").replace("|in", "|In"))

    def add(check: Check) -> Check:
        FORMS.append((re.compile(full), check))
        return check

    return add


def read(reader: Reader, place: Place, sentence: str) -> bool:
    """Whether the sentence has a known form; AssertionError when it has and is not true."""
    known = False
    for pattern, check in FORMS:
        found = pattern.fullmatch(sentence)
        if found is not None:
            check(reader, place, found)
            known = True
    return known


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


@form(r"London(?: \((?P<inside>\d+) of 33 boroughs\))?: (?P<own>{u})\.")
def _beside_london(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, LONDON, period))
    if m["inside"]:
        coverage = r.record.cells[at.code, LONDON, period, "numerator"].coverage
        assert int(m["inside"]) == len(r.record.sets[coverage])


def _label_of(r: Reader, at: Place) -> str:
    return r.labels(at.code, r.record.headline(at.code))[at.area]


@form(r"The difference is within the usual variation between boroughs\.")
def _within(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert _label_of(r, at) == "within"


@form(r"(?P<name>.+) is towards the (?P<side>higher|lower) edge of the usual variation between boroughs\.")
def _edge(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower()
    assert _label_of(r, at) == f"edge {m['side']}"


@form(r"(?P<name>.+) stands out: the figure is (?P<side>higher|lower) than the usual variation between boroughs\.")
def _out(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower()
    assert _label_of(r, at) == f"out {m['side']}"


@form(r"(?P<name>.+) is (?P<side>higher than|lower than|similar to) London")
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
    r"(?:The other )?(?P<within>\w+) of the (?P<shown>\d+) boroughs with a published figure (?:is|are) within the usual "
    r"variation between boroughs\."
)
def _others(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert r.number(m["within"]) == _tally(r, at.code)["within"]
    assert int(m["shown"]) == sum(bool(r.record.value(at.code, area, period).text) for area in r.record.boroughs)


@form(r"Spread between boroughs \(phi\): (?P<phi>{n}), from (?P<many>\d+) boroughs\.")
def _phi(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = r.labels(at.code, r.record.headline(at.code))
    assert int(m["many"]) == len(labels)
    period, kind = r.record.headline(at.code), r.record.measure(at.code)["kind"]
    pairs = [r.record.pair(at.code, area, period) for area in labels]
    whole = r.record.pair(at.code, LONDON, period)
    known = [(int(pair[0]), int(pair[1])) for pair in pairs if pair]
    centre = float(whole[0] / whole[1]) if whole else sum(x for x, _ in known) / sum(n for _, n in known)
    _, phi = worked.usual_variation(known, centre, kind)
    assert abs(float(m["phi"]) - phi) <= 0.05 + 1e-9


# ---- over time


@form(
    r"(?P<name>.+?)’s? (?P<noun>rate|percentage|number|ratio|count|figure) is (?P<word>\w+): (?P<first>{n}) in (?P<from>\d{4}), "
    r"(?P<last>{n}) in (?P<to>\d{4})"
)
def _moving(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = r.area_of(m["name"])
    assert area in (LONDON, at.area)
    assert m["word"] == r.direction(at.code, area)
    shown = [p for p in r.record.series(at.code) if r.leading(at.code, area, p).text][-5:]
    assert m["first"] == r.leading(at.code, area, shown[0]).said
    assert m["last"] == r.leading(at.code, area, shown[-1]).said
    assert in_words(shown[0]).endswith(m["from"])
    assert in_words(shown[-1]).endswith(m["to"])


@form(r"No clear change in (?P<name>.+?)’s? (?P<noun>rate|percentage|number|ratio|count|figure) over five years")
def _still(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert r.direction(at.code, r.area_of(m["name"])) == "no clear change"


@form(
    r"(?P<name>.+?)’s? (?:rate|percentage|number|ratio|count|figure) was (?P<last>{n}) (?P<now>{w}) and (?P<before>{n}) "
    r"(?P<then>{w})"
)
def _two_points(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = r.area_of(m["name"])
    r.figure_is(at.code, area, m["now"], m["last"])
    r.figure_is(at.code, area, m["then"], m["before"])
    small = area.startswith("E09") and not r.is_compared(area)
    assert small or r.direction(at.code, area) == ""


@form(r"London was (?P<first>{n}) (?P<then>{w}) and (?P<last>{n}) (?P<now>{w})\.")
def _first_and_last(r: Reader, at: Place, m: re.Match[str]) -> None:
    r.figure_is(at.code, LONDON, m["then"], m["first"])
    r.figure_is(at.code, LONDON, m["now"], m["last"])


@form(r"England was (?P<own>{n})\.")
def _england_last(r: Reader, at: Place, m: re.Match[str]) -> None:
    last = [p for p in r.record.series(at.code) if r.leading(at.code, LONDON, p).text][-1]
    assert m["own"] == r.record.value(at.code, ENGLAND, last).said


@form(r"(?:(?P<name>.+): )?From (?P<first>{n}) (?P<then>{w}) to (?P<last>{n}) (?P<now>{w})\.")
def _from_to(r: Reader, at: Place, m: re.Match[str]) -> None:
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
    r"(?:(?P<hidden>\w+)(?P<kind> national)?(?: figures?)? (?:is|are) hidden to protect children)?(?:; )?"
    r"(?:(?P<missing>\w+)(?: national)?(?: figures?)? (?:is|are) not available)?\."
)
def _not_shown(r: Reader, at: Place, m: re.Match[str]) -> None:
    said = [r.number(m["hidden"] or "no"), r.number(m["missing"] or "no")]
    found = [_standing(r, at.area, national=one) for one in ((True,) if m["kind"] else (True, False))]
    assert said in [[one["hidden"], one["missing"]] for one in found]


@form(r"(?P<side>Higher|Lower): (?P<own>{u}) against London’s (?P<london>{u}), (?P<period>.+)\.")
def _exception(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = r.labels(at.code, r.record.headline(at.code))
    assert labels[at.area].endswith(m["side"].lower())
    assert m["own"] == r.with_unit(at.code, r.record.value(at.code, at.area, r.record.headline(at.code)))
    assert m["london"] == r.with_unit(at.code, r.record.value(at.code, LONDON, r.record.headline(at.code)))


# ---- lines beside figures


@form(r"(?P<own>{n})(?: \[[a-z]+\])?†?(?: (?:%|per [\d,]+|per person))?")
def _fact(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    known = set()
    for area in (at.area, LONDON, ENGLAND):
        known |= {r.record.value(at.code, area, period).said, r.record.count(at.code, area, period).said}
        known.add(r.record.count(at.code, area, period, "denominator").said)
    assert m["own"] in known


@form(
    r"(?:Rate per (?P<per>[\d,]+)(?: children)?(?: aged (?P<low>\d+) to (?P<high>\d+))?|Percentage|Number|Ratio), (?P<when>{w})"
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


_SHORT = {"hidden to protect children": "c", "too unreliable to show": "u", "does not apply": "z"}


@form(r"Not drawn: (?P<what>.+)\.")
def _gaps(r: Reader, at: Place, m: re.Match[str]) -> None:
    parts = re.findall(r"(?:, )?(.+?) \(([^()]+)\)", m["what"])
    assert "".join(re.findall(r"(?:, )?.+? \([^()]+\)", m["what"])) == m["what"]
    for names, reason in parts:
        for name in re.split(r", | and (?!Dagenham|Fulham|Chelsea)", names):
            figure = _named(r, at, name)
            assert figure.mark == _SHORT.get(reason, "x") or (reason not in _SHORT and figure.mark in "xz"), name


def _named(r: Reader, at: Place, name: str) -> Shown:
    """The figure of an area, or of a period of the page's area, that is named in a list."""
    known = {row["name"]: code for code, row in r.record.areas.items()}
    if name in known:
        return r.record.value(at.code, known[name], r.record.headline(at.code))
    period = next(p for p in r.record.series(at.code) if name in (p, short(p)))
    return r.leading(at.code, at.area, period)


def short(period: str) -> str:
    """A period where room is short."""
    if kind_of(period) == "year":
        return period
    words = in_words(period)
    return re.sub(r"([A-Z][a-z]{2})[a-z]*", r"\1", words)


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


@form(r"(?P<name>.+?) and London, (?P<first>.+) to (?P<last>.+)")
def _title(r: Reader, at: Place, m: re.Match[str]) -> None:
    series = r.record.series(at.code)
    assert (m["first"], m["last"]) == (short(series[0]), short(series[-1]))


@form(r"London’s (?:rate|percentage|number|ratio|figure)(?: compared with .+?)?, (?P<first>\d{4}) to (?P<last>\d{4})")
def _trend_title(r: Reader, at: Place, m: re.Match[str]) -> None:
    shown = [p for p in r.record.series(at.code) if r.leading(at.code, LONDON, p).text]
    assert in_words(shown[0]).endswith(m["first"])
    assert in_words(shown[-1]).endswith(m["last"])
