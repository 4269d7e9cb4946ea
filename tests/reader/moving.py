"""The forms of sentences about one borough over its quarters, and about the steps of the child's journey."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

from tests.reader import worked
from tests.reader.reader import Place, Reader, form, listed, near
from tests.reader.record import LONDON, Cell, half_up, kind_of, short

# ---- control charts

_RULES = {
    "far": "outside its limits",
    "rising": "one of seven or more in a row that rise or fall",
    "near": "one of two in three that lie near a limit",
    "side": "one of seven or more in a row on one side of the mean",
}


def _values(r: Reader, at: Place) -> list[Fraction | None]:
    found = []
    for period in r.drawn(at.code):
        own = r.leading(at.code, at.area, period)
        found.append(own.exact if own.text else None)
    return found


def _stretch(r: Reader, at: Place) -> tuple[int, list[Fraction]]:
    """The first place and the values of the latest run of figures that are shown."""
    values = _values(r, at)
    end = max(place for place, value in enumerate(values) if value is not None)
    start = end
    while start and values[start - 1] is not None:
        start -= 1
    return start, [value for value in values[start : end + 1] if value is not None]


@form(r"Quarter to quarter, figures between (?P<low>{n}) and (?P<high>{n}) are usual here; the mean is (?P<mean>{n})\.")
def _usual(r: Reader, at: Place, m: re.Match[str]) -> None:
    _, values = _stretch(r, at)
    mean, reach, _ = worked.control(values)
    assert near(m["mean"], float(mean))
    assert near(m["low"], max(0.0, float(mean - reach)))
    measure, high = r.record.measure(at.code), float(mean + reach)
    share = measure["kind"] in ("proportion", "survey")
    assert near(m["high"], min(float(measure["multiplier"]), high) if share else high)


@form(r"The limits are dashed, because they rest on (?P<many>\w+) quarters and move until there are 12\.")
def _trial(r: Reader, at: Place, m: re.Match[str]) -> None:
    _, values = _stretch(r, at)
    assert r.number(m["many"]) == len(values)
    assert 8 <= len(values) < 12


@form(r"Marked with a ring: (?P<what>.+)\.|No quarter departs from this pattern\.")
def _rings(r: Reader, at: Place, m: re.Match[str]) -> None:
    start, values = _stretch(r, at)
    _, _, broken = worked.control(values)
    alike: dict[str, list[str]] = {}
    for place, rules in enumerate(broken):
        if rules:
            words = listed(_RULES[rule] for rule in _RULES if rule in rules)
            alike.setdefault(words, []).append(short(r.drawn(at.code)[start + place]))
    told = "; ".join(f"{listed(periods)} ({words})" for words, periods in alike.items())
    assert (m["what"] or "") == told


@form(
    r"No limits are drawn: (?P<why>most quarters are percentages of fewer than 50|fewer than eight quarters .+|every .+)\."
)
def _no_limits(r: Reader, at: Place, m: re.Match[str]) -> None:
    values = _values(r, at)
    if not any(value is not None for value in values):
        assert m["why"].startswith("fewer")
        return
    start, run = _stretch(r, at)
    periods = r.drawn(at.code)[start : start + len(run)]
    bases = [r.record.count(at.code, at.area, p, "denominator").exact or 0 for p in periods]
    if m["why"].startswith("fewer"):
        assert len(run) < 8
    elif m["why"].startswith("every"):
        assert len(set(run)) == 1
    else:
        assert len(run) >= 8
        assert 2 * sum(base < 50 for base in bases) > len(bases)


# ---- one figure and why it is not shown


@form(r"Not available: (?P<name>.+) did not provide this figure for (?P<when>.+)\.")
def _not_provided(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert m["name"].lower() == r.name(at.area).lower()
    assert m["when"] == r.when(period).split(" ", 1)[1]
    assert r.record.value(at.code, at.area, period).mark == "x"


@form(r"Not available: there is no population estimate to divide by\.")
def _no_people(r: Reader, at: Place, _: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    assert r.record.count(at.code, at.area, period).text
    assert r.record.population(at.code, at.area, period) is None


@form(r"(?P<when>{W}), (?:(?P<name>London) counted )?(?P<own>{n})(?: were counted)?\.")
def _counted(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = LONDON if m["name"] else at.area
    period = r.period(m["when"][:1].lower() + m["when"][1:])
    assert period == r.record.headline(at.code)
    assert m["own"] == r.record.count(at.code, area, period).said


@form(r"(?:Illustrative: )?London’s (?P<noun>\w+): (?P<own>{n}) (?P<when>{w})")
def _once(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["noun"] == r.noun(at.code)
    r.figure_is(at.code, LONDON, m["when"], m["own"])
    shown = [p for p in r.drawn(at.code) if r.leading(at.code, LONDON, p).text]
    sets = [(r.record.cells[at.code, LONDON, p, "numerator"].coverage, r.lacking(at.code, p)) for p in shown]
    assert len(shown) == 1 or sets[-1] != sets[-2]  # sums over other boroughs are not set side by side


@form(r"(?:It|(?P<name>.+)) is too small to be compared: only its counts are shown, and many of them are hidden\.")
def _too_small(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert not r.is_compared(at.area)
    assert not m["name"] or m["name"].lower() == r.name(at.area).lower()


@form(r"It is too small for anything to be said to stand out\.")
def _nothing_said(r: Reader, at: Place, _: re.Match[str]) -> None:
    assert not r.is_compared(at.area)


@form(r"† Based on fewer than (?P<many>\d+)\.|† Fewer than (?P<events>\d+) events: the range is wide\.")
def _caution(r: Reader, at: Place, m: re.Match[str]) -> None:
    pairs = _pairs(r, at)
    if m["many"]:
        assert int(m["many"]) == 50
        assert any(n < 50 for _, n in pairs)
    else:
        assert int(m["events"]) == 10
        assert any(x < 10 for x, _ in pairs)


def _pairs(r: Reader, at: Place) -> list[tuple[Fraction, Fraction]]:
    """Counts and denominators that a page shows: of its indicator, of a theme, or of one area's journey."""
    if not at.code and not at.theme:
        steps = [Fraction(cell.value) for cell in _steps(r, _where(r, at)).values() if cell and cell.value]
        return [(step, step) for step in steps]
    codes = [at.code] if at.code else [c for c in r.record.periods if r.record.catalogue[c]["theme"] == at.theme]
    areas = [at.area, LONDON] if at.code and at.area != LONDON else [*r.record.areas]
    return [
        pair
        for code in codes
        for p in r.record.periods[code]
        for area in areas
        if (pair := r.record.pair(code, area, p))
    ]


# ---- the child's journey

_STEPS = (
    ("referrals", "N07", "numerator"),
    ("completed assessments", "N15", "denominator"),
    ("section 47 enquiries", "N08a", "numerator"),
    ("initial child protection conferences", "N08b", "numerator"),
    ("plans started", "N09a", "numerator"),
    ("plans ended", "N09b", "numerator"),
)
_BACKS = (("re-referrals within 12 months", "N13", "referrals"), ("second or later plans", "N17", "plans started"))


def _year(r: Reader) -> str:
    return max(set.intersection(*(r.record.periods[code] for _, code, _ in _STEPS)))


def _where(r: Reader, at: Place) -> str:
    return at.area or LONDON


def _steps(r: Reader, area: str) -> dict[str, Cell | None]:
    return {noun: r.record.cells.get((code, area, _year(r), part)) for noun, code, part in _STEPS}


def _per_100(r: Reader, area: str) -> dict[str, str]:
    found, first = {}, None
    for noun, cell in _steps(r, area).items():
        if noun == "referrals":
            first = cell
        elif cell and cell.value and first and first.value and int(first.value) >= 20:
            found[noun] = half_up(Fraction(int(cell.value) * 100, int(first.value)), 1)
    return found


@form(r"For every 100 referrals in (?P<name>.+), (?P<own>{n}) plans were started")
def _started(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"] == r.name(_where(r, at))
    assert m["own"] == f"{Fraction(_per_100(r, _where(r, at))['plans started']).__float__():,.1f}"


@form(r"(?P<when>{W}), for every 100 referrals in (?P<name>.+) there were (?P<what>.+)\.")
def _flow(r: Reader, at: Place, m: re.Match[str]) -> None:
    area = _where(r, at)
    assert r.period(m["when"][:1].lower() + m["when"][1:]) == _year(r)
    assert m["name"] == r.name(area)
    assert m["what"] == listed(f"{ratio} {noun}" for noun, ratio in _per_100(r, area).items())


@form(r"Of (?P<of>referrals|plans started), (?P<own>{n})% were (?P<noun>.+?)(?: \((?P<x>{n}) of (?P<n>{n})\))?\.")
def _came_back(r: Reader, at: Place, m: re.Match[str]) -> None:
    noun, code, to = next(one for one in _BACKS if one[0] == m["noun"])
    area, year = _where(r, at), _year(r)
    assert (m["of"], m["noun"]) == (to, noun)
    assert m["own"] == r.record.value(code, area, year).said
    counts = (r.record.count(code, area, year).said, r.record.count(code, area, year, "denominator").said)
    assert (m["x"] or "", m["n"] or "") == (counts if all(counts) else ("", ""))


@form(
    r"Bars in order from (?P<first>{n}) (?P<noun>referrals) to (?P<last>{n}) (?P<end>.+), with two arrows for those who "
    r"came back\."
)
def _bars(r: Reader, at: Place, m: re.Match[str]) -> None:
    shown = [(f"{int(cell.value):,}", noun) for noun, cell in _steps(r, _where(r, at)).items() if cell and cell.value]
    assert shown[0] == (m["first"], m["noun"])
    assert shown[-1] == (m["last"], m["end"])


@form(r"(?P<many>One count is|Some counts are) hidden to protect children\.")
def _hidden(r: Reader, at: Place, m: re.Match[str]) -> None:
    hidden = sum(cell is not None and cell.withheld == "c" for cell in _steps(r, _where(r, at)).values())
    assert hidden > 0
    assert (m["many"] == "One count is") is (hidden == 1)


@form(r"So it is for (?P<nouns>.+)\.")
def _so_it_is(r: Reader, at: Place, m: re.Match[str]) -> None:
    cells = _steps(r, at.area)
    cells |= {noun: r.record.cells.get((code, at.area, _year(r), "numerator")) for noun, code, _ in _BACKS}
    marks = {noun: cell.withheld if cell else "x" for noun, cell in cells.items() if not (cell and cell.value)}
    groups = [listed(noun for noun in marks if marks[noun] == mark) for mark in dict.fromkeys(marks.values())]
    assert m["nouns"] in groups


@form(r"Counts (?P<when>{w}), and how many for every 100 of the step before\.")
def _counts(r: Reader, _: Place, m: re.Match[str]) -> None:
    assert r.period(m["when"]) == _year(r)


@form(r"(?P<what>Steps|Children who came back) in (?P<name>.+), (?P<when>{w})")
def _captions(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"] == r.name(_where(r, at))
    assert r.period(m["when"]) == _year(r)


# ---- lists of a borough's page


_GAPS = {
    "Hidden to protect children": "c",
    "No population estimate": "people",
    "No return received": "not-returned",
    "Not available": "x",
    "Not collected here": "not-collected",
    "Return late": "late",
    "Too unreliable to show": "u",
}


@form(rf"(?P<what>{'|'.join(_GAPS)}): (?!.+ did not provide )(?P<titles>[A-Z].+)\.")
def _without(r: Reader, at: Place, m: re.Match[str]) -> None:
    held = []
    for national in (True, False):
        codes = [code for code in r.codes(national=national) if _gap(r, code, at.area) == _GAPS[m["what"]]]
        held.append(sorted(r.title(code) for code in codes))
    assert sorted(m["titles"].split("; ")) in held


def _gap(r: Reader, code: str, area: str) -> str:
    """Why there is no figure in the period that pages lead with; empty where there is one."""
    period = r.record.headline(code)
    mark = r.leading(code, area, period).mark
    state = r.record.states.get((area, code, period), "")
    if mark == "x" and r.record.count(code, area, period).text:
        return "people"
    return state if mark == "x" and state in _GAPS.values() else mark


@form(r"Neighbours, closest first: (?P<names>.+)\.")
def _neighbours(r: Reader, at: Place, m: re.Match[str]) -> None:
    close = r.record.closeness[at.area]
    runs = itertools.groupby(r.record.neighbours[at.area], key=lambda code: close[code].replace("-", " "))
    told = [f"{', '.join(r.record.names[code] for code in some)} ({band})" for band, some in runs]
    assert m["names"] == "; ".join(told)


@form(r"(?P<many>\w+)(?: of the)? 10 neighbours are “not close”: few places are like (?P<name>.+), so .+\.")
def _not_close(r: Reader, at: Place, m: re.Match[str]) -> None:
    far = len(r.record.neighbours[at.area]) if m["many"] == "All" else r.number(m["many"])
    assert far == sum(close == "not-close" for close in r.record.closeness[at.area].values())
    assert len(r.record.neighbours[at.area]) == 10
    assert m["name"] == r.name(at.area)


@form(
    r"(?:(?:Illustrative(?:\.|:) )?(?P<title>.+): )?(?P<name>.+?) and its statistical neighbours(?P<order>, closest first)?"
)
def _and_neighbours(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["name"].lower() == r.name(at.area).lower() or m["name"] == r.record.areas[at.area]["name"]
    assert bool(m["title"]) is bool(m["order"])
    assert m["title"] in (None, r.title(at.code))


@form(r"Places most like it by the department’s model of (?P<year>\d{4}), closest first: .+\.")
def _model(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert (r.record.root / "datapackages/reference/neighbours" / m["year"]).is_dir()
    assert m["year"] == max(path.name for path in (r.record.root / "datapackages/reference/neighbours").iterdir())
    assert kind_of(r.record.headline(at.code))
