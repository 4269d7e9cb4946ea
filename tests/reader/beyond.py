"""The forms of sentences about funnels, what stands out, and how many comparisons were made."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from math import floor

from tests.reader import worked
from tests.reader.reader import Funnel, Place, Reader, form, listed, near, word
from tests.reader.record import LONDON, is_year, short

_FUNNEL_NOUN = r"[Pp]ercentage|[Rr]ate|[Nn]umber|[Rr]atio"


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _here(r: Reader, at: Place) -> Funnel:
    return r.funnel(at.code, r.record.headline(at.code))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _boroughs(number: int) -> str:
    return f"{word(number)} borough{'s' if number != 1 else ''}"


# ---- one funnel


@form(r".+ (?:lies|lie) beyond the 99\.8% limits(?:[,;].+)?\.")
def _names(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = _here(r, at).labels
    out = sorted(r.record.areas[area]["name"] for area, label in labels.items() if label.startswith("out"))
    edge = sum(label.startswith("edge") for label in labels.values())
    told = f"{listed(out)} {'lies' if len(out) == 1 else 'lie'}" if out else "No borough lies"
    rest = ""
    if edge:
        more = " more" if out else ""
        joined = ", and" if out else ";"
        rest = f"{joined} {word(edge)}{more} {'lies' if edge == 1 else 'lie'} between these and the 95% limits"
    assert labels
    assert m[0] == f"{told} beyond the 99.8% limits{rest}."


@form(r"Of (?P<of>\w+) boroughs, (?P<many>\w+) (?P<verb>is|are) outside the 95% limits of chance alone\.")
def _chance(r: Reader, at: Place, m: re.Match[str]) -> None:
    found, kind = _here(r, at), r.record.measure(at.code)["kind"]
    apart = [worked.against(x, n, kind, found.centre) != "similar" for x, n in found.inside.values()]
    assert (r.number(m["of"]), r.number(m["many"])) == (len(apart), sum(apart))
    assert (m["verb"] == "is") is (sum(apart) == 1)


@form(r"About (?P<many>\w+) of (?P<of>\w+) would be beyond the 95% limits in an ordinary year\.")
def _ordinary(r: Reader, at: Place, m: re.Match[str]) -> None:
    number = len(_here(r, at).labels)
    assert (r.number(m["many"]), r.number(m["of"])) == (_nearest(Fraction(94, 1000) * number), number)


@form(
    r"Spread between boroughs: phi (?P<phi>{n}), tau squared (?P<tau>{n}) on the (?P<scale>arcsine|square root) scale, "
    r"N (?P<many>\d+)\."
)
def _spread(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = _here(r, at)
    shares = r.record.measure(at.code)["kind"] in ("proportion", "survey")
    assert near(m["phi"], found.phi)
    assert float(f"{found.between:.4g}") == float(m["tau"])
    assert m["scale"] == ("arcsine" if shares else "square root")
    assert int(m["many"]) == len(found.labels)


@form(r"Spread between boroughs \(phi\): (?P<phi>{n}), from (?P<many>\d+) boroughs\.")
def _phi(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = _here(r, at)
    assert int(m["many"]) == len(found.labels)
    assert near(m["phi"], found.phi)


@form(r"The centre is (?P<what>London’s figure|the figures of these boroughs together)\.")
def _centre(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert (m["what"] == "London’s figure") is _here(r, at).own


@form(
    r"(?P<how>Most|All) differences (?P<whose>from London|between boroughs) are no more than usual|.+ lies? beyond the usual variation"
)
def _conclusion(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = _here(r, at).labels
    beyond = sum(label != "within" for label in labels.values())
    assert labels
    if m["how"]:
        assert (m["whose"] == "from London") is _here(r, at).own
        assert (m["how"] == "All") is (beyond == 0)
        assert 2 * beyond <= len(labels)
    else:
        assert m[0] == f"{_capital(_boroughs(beyond))} {'lies' if beyond == 1 else 'lie'} beyond the usual variation"
        assert 2 * beyond > len(labels)


@form(
    rf"(?P<tag>Illustrative: )?(?P<noun>{_FUNNEL_NOUN}) of each borough by its size, with the limits of usual variation"
)
def _drawn(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["noun"].lower() == r.noun(at.code)
    assert bool(m["tag"]) is (at.code not in r.record.national)


@form(
    r"(?P<unit>Rate per (?P<per>[\d,]+)(?: children aged (?P<ages>\d+ to \d+))?|Percentage|Ratio), by "
    r"(?P<by>number of children|the number it is out of), (?P<when>{w})"
)
def _by_size(r: Reader, at: Place, m: re.Match[str]) -> None:
    _unit(r, at.code, m)
    assert r.period(m["when"]) == r.record.headline(at.code)
    assert (m["by"] == "number of children") is (r.record.measure(at.code)["kind"] == "rate")


def _unit(r: Reader, code: str, m: re.Match[str]) -> None:
    measure = r.record.measure(code)
    assert m["unit"].split()[0].lower() == r.noun(code)
    if m["per"]:
        assert int(m["per"].replace(",", "")) == measure["multiplier"]
    if m["ages"]:
        assert measure["denominator_series"].endswith("/" + m["ages"].replace(" to ", "-"))


@form(
    r"(?:Illustrative(?:\.|:) )?(?P<title>.+): (?P<what>limits at the size of each borough|how little the order tells), "
    r"(?P<when>{w})"
)
def _tables(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["title"] == r.title(at.code)
    assert r.period(m["when"]) == r.record.headline(at.code)


@form(
    r"(?:Illustrative(?:\.|:) )?(?P<title>.+): (?P<unit>Rate per (?P<per>[\d,]+)(?: children aged (?P<ages>\d+ to \d+))?"
    r"|Percentage|Ratio|Number), (?P<when>{w}), by borough, (?P<order>A to Z|by (?P<noun>\w+), those without one last)"
)
def _caption(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["title"] == r.title(at.code)
    _unit(r, at.code, m)
    assert r.period(m["when"]) == r.record.headline(at.code)
    assert m["noun"] == (r.noun(at.code) if at.part == "by-rate" else None)


@form(r"(?P<names>.+): left out, too small to be compared\.")
def _small(r: Reader, at: Place, m: re.Match[str]) -> None:
    period = r.record.headline(at.code)
    small = [a for a in r.record.boroughs if not r.is_compared(a) and r.record.value(at.code, a, period).text]
    assert m["names"] == listed(sorted(r.record.areas[a]["name"] for a in small))


# ---- ranks


@form(
    r"Bands part the boroughs in quarters, .+: (?P<o1>\w) up to (?P<first>{n}), (?P<o2>\w) up to (?P<second>{n}), "
    r"(?P<o3>\w) up to (?P<third>{n}), (?P<o4>\w) above\."
)
def _bands(r: Reader, at: Place, m: re.Match[str]) -> None:
    period, kind = r.record.headline(at.code), r.record.measure(at.code)["kind"]
    values = []
    for area in r.record.boroughs:
        own, pair = r.record.value(at.code, area, period), r.record.pair(at.code, area, period)
        few = pair is not None and kind in ("proportion", "survey") and pair[1] < 20
        if r.is_compared(area) and own.exact is not None and pair and not few:
            values.append(own.exact)
    values.sort()
    for place, printed in ((1, m["first"]), (2, m["second"]), (3, m["third"])):
        spot = Fraction(place * (len(values) - 1), 4)
        low, part = values[floor(spot)], spot - floor(spot)
        cut = low if not part else low + part * (values[floor(spot) + 1] - low)
        assert near(printed, float(cut))
    high = r.record.catalogue[at.code]["polarity"] == "high-is-good"
    assert m["o1"] + m["o2"] + m["o3"] + m["o4"] == ("DCBA" if high else "ABCD")


@form(r"Chance alone would move each borough between the two ranks of its row; 1st is the (?P<side>\w+) figure\.")
def _first(r: Reader, at: Place, m: re.Match[str]) -> None:
    high = r.record.catalogue[at.code]["polarity"] == "high-is-good"
    assert m["side"] == ("highest" if high else "lowest")


# ---- all comparisons of a page


def _subjects(r: Reader, at: Place) -> list[str]:
    codes = r.codes(national=at.part == "national")
    return [c for c in codes if not at.theme or r.record.catalogue[c]["theme"] == at.theme]


def _labels(r: Reader, at: Place) -> Counter[str]:
    return Counter(
        label.split()[0] for code in _subjects(r, at) for label in r.labels(code, r.record.headline(code)).values()
    )


@form(r"(?P<made>{n}) comparisons are made here, on (?P<on>\w+) indicators\.")
def _made(r: Reader, at: Place, m: re.Match[str]) -> None:
    held = [code for code in _subjects(r, at) if r.labels(code, r.record.headline(code))]
    assert (r.number(m["made"]), r.number(m["on"])) == (_labels(r, at).total(), len(held))


@form(
    r"(?P<beyond>\w+) lies? beyond the 95% limit; (?P<out>\w+) of these lies? beyond the 99\.8% limit and stands? out\."
)
def _beyond(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = _labels(r, at)
    assert (r.number(m["beyond"]), r.number(m["out"])) == (labels["edge"] + labels["out"], labels["out"])


@form(
    r"By chance alone about (?P<edge>{n}) of (?P<made>{n}) would lie beyond the 95% limit and about (?P<out>{n}) beyond the "
    r"99\.8% limit, on one side or the other\."
)
def _by_chance(r: Reader, at: Place, m: re.Match[str]) -> None:
    made = _labels(r, at).total()
    expected = (_nearest(Fraction(made, 20)), made, _nearest(Fraction(made, 500)))
    assert (r.number(m["edge"]), r.number(m["made"]), r.number(m["out"])) == expected


@form(
    r"Simulated for 33 ordinary boroughs, the limits catch about 9\.4% and 1\.1%, which comes to about (?P<edge>{n}) and "
    r"(?P<out>{n}) here\."
)
def _simulated(r: Reader, at: Place, m: re.Match[str]) -> None:
    made = _labels(r, at).total()
    expected = (_nearest(made * Fraction(94, 1000)), _nearest(made * Fraction(11, 1000)))
    assert (r.number(m["edge"]), r.number(m["out"])) == expected


_UNMADE = {
    "c": "hidden to protect children",
    "x": "not available",
    "z": "where the figure does not apply",
    "u": "too unreliable to show",
    "counts": "of figures printed without both counts",
    "small": "of a place too small to be compared",
    "count": "of counts, which are higher in larger places",
    "few": "of indicators for which too few boroughs have a figure",
}


def _unmade(r: Reader, code: str) -> Counter[str]:
    period, found = r.record.headline(code), Counter[str]()
    labels = r.labels(code, period)
    for area in set(r.record.boroughs) - set(labels):
        own = r.record.value(code, area, period)
        if not labels:
            found["count" if r.record.measure(code)["kind"] == "count" else "few"] += 1
        elif not r.is_compared(area):
            found["small"] += 1
        else:
            found["counts" if own.text else own.mark] += 1
    return found


@form(r"(?P<all>{n}) could not be made: (?P<parts>.+)\.")
def _not_made(r: Reader, at: Place, m: re.Match[str]) -> None:
    found = sum((_unmade(r, code) for code in _subjects(r, at)), Counter[str]())
    assert r.number(m["all"]) == found.total()
    assert m["parts"] == listed(f"{found[reason]} {words}" for reason, words in _UNMADE.items() if found[reason])


@form(r"(?P<where>Stands out|Towards the) (?P<side>higher|lower)(?P<edge> edge)?: (?P<titles>.+)\.")
def _titles(r: Reader, at: Place, m: re.Match[str]) -> None:
    _titled(r, at, m)


@form(r"Stands out, (?P<side>higher|lower): (?P<titles>.+)\.")
def _titles_out(r: Reader, at: Place, m: re.Match[str]) -> None:
    _titled(r, at, m)


def _titled(r: Reader, at: Place, m: re.Match[str]) -> None:
    wanted = f"{'edge' if m[0].startswith('Towards') else 'out'} {m['side']}"
    codes = [c for c in _subjects(r, at) if r.labels(c, r.record.headline(c)).get(at.area) == wanted]
    assert sorted(m["titles"].split("; ")) == sorted(r.title(code) for code in codes)


@form(r"(?P<made>\d+) of (?P<of>\d+) indicators compared\.")
def _compared(r: Reader, at: Place, m: re.Match[str]) -> None:
    codes = _subjects(r, at)
    made = sum(at.area in r.labels(code, r.record.headline(code)) for code in codes)
    assert (int(m["made"]), int(m["of"])) == (made, len(codes))


# ---- matrices


@form(r"(?P<made>{n}) figures are compared with the usual variation between boroughs\.")
def _matrix_made(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert r.number(m["made"]) == _labels(r, at).total()


@form(r"(?P<all>\w+) lies? beyond it: (?P<edge>\w+) towards the edge, and (?P<out>\w+) standing out\.")
def _matrix_beyond(r: Reader, at: Place, m: re.Match[str]) -> None:
    labels = _labels(r, at)
    said = [r.number(m[key].replace("none", "no")) for key in ("all", "edge", "out")]
    assert said == [labels["edge"] + labels["out"], labels["edge"], labels["out"]]


@form(
    r"If every borough were an ordinary one, (?P<edge>about \w+|hardly any) would lie beyond it and "
    r"(?P<out>about \w+|hardly any) would stand out\."
)
def _matrix_chance(r: Reader, at: Place, m: re.Match[str]) -> None:
    made = _labels(r, at).total()
    for said, share in ((m["edge"], 94), (m["out"], 11)):
        number = _nearest(made * Fraction(share, 1000))
        assert said == (f"about {word(number)}" if number else "hardly any")


@form(r"Nothing stands out\.")
def _nothing(r: Reader, at: Place, _: re.Match[str]) -> None:
    parts = (at.part,) if at.part else ("national", "returns")
    codes = [code for part in parts for code in r.codes(national=part == "national")]
    labels = {r.labels(code, r.record.headline(code)).get(at.area, "within") for code in codes}
    if at.part:
        assert labels == {"within"}
    else:  # a borough's page, which tells of what is towards the edge by itself
        assert not any(label.startswith("out") for label in labels)


@form(r"(?P<made>\w+) (?P<kind>national )?indicators?(?: and (?P<returned>\w+))? from borough returns \(illustrative\)")
def _theme(r: Reader, at: Place, m: re.Match[str]) -> None:
    counts = {
        (
            sum(r.record.catalogue[c]["theme"] == theme for c in r.codes(national=True)),
            sum(r.record.catalogue[c]["theme"] == theme for c in r.codes(national=False)),
        )
        for theme in {head["theme"] for head in r.record.catalogue.values()}
    }
    made = r.number(m["made"])
    assert ((made, r.number(m["returned"])) if m["kind"] else (0, made)) in counts


# ---- small multiples


@form(
    r"The (?P<noun>percentage|rate|number|ratio) is (?P<word>\w+) in (?P<many>\w+) boroughs?"
    r"(?: and (?P<other>\w+) in (?P<more>\w+))?|No borough’s (?P<still>\w+) shows a clear change"
)
def _moves(r: Reader, at: Place, m: re.Match[str]) -> None:
    words = Counter(r.direction(at.code, area) for area in r.record.boroughs)
    words.pop("", None)
    moved = Counter({key: number for key, number in words.items() if key != "no clear change"})
    assert (m["noun"] or m["still"]) == r.noun(at.code)
    said = Counter({m["word"]: r.number(m["many"])} if m["word"] else {})
    if m["other"]:
        said[m["other"]] = r.number(m["more"])
    assert said == moved
    assert words


@form(r"(?P<unit>Rate per (?P<per>[\d,]+)|Percentage|Ratio), (?P<first>{s}) to (?P<last>{s})\.")
def _over(r: Reader, at: Place, m: re.Match[str]) -> None:
    series = r.pictured(at.code)
    assert m["unit"].split()[0].lower() == r.noun(at.code)
    assert m["per"] in (None, f"{r.record.measure(at.code)['multiplier']:,}")
    assert (m["first"], m["last"]) == (short(series[0]), short(series[-1]))


TENTHS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)  # where a scale may end, in tenths of a power of ten


@form(r"Every square has the same scale, from 0 to (?P<top>{n}); the red line is London\.")
def _scale(r: Reader, at: Place, m: re.Match[str]) -> None:
    areas = [LONDON, *(area for area in r.record.boroughs if r.is_compared(area))]
    shown = [r.record.value(at.code, area, period).text for area in areas for period in r.pictured(at.code)]
    highest = max(Fraction(text) for text in shown if text)
    ends = [Fraction(digit) * Fraction(10) ** power for power in range(-5, 6) for digit in TENTHS]
    assert Fraction(m["top"].replace(",", "")) == min(end for end in ends if end >= highest)


@form(r"Lines stop where a figure is hidden or missing\.")
def _gaps(r: Reader, at: Place, _: re.Match[str]) -> None:
    assert any(not r.record.value(at.code, a, p).text for a in r.record.boroughs for p in r.pictured(at.code))


@form(r"(?P<names>.+) has no line: too small to be compared\.")
def _no_line(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert m["names"] == listed(r.record.areas[a]["name"] for a in r.record.boroughs if not r.is_compared(a))


@form(r"No figure of (?P<names>.+) is shown\.")
def _empty(r: Reader, at: Place, m: re.Match[str]) -> None:
    empty = [
        area
        for area in r.record.boroughs
        if r.is_compared(area) and not any(r.record.value(at.code, area, p).text for p in r.pictured(at.code))
    ]
    assert m["names"] == listed(r.record.areas[area]["name"] for area in empty)


@form(
    r"(?P<unit>Rate per (?P<per>[\d,]+)|Percentage|Number|Ratio), (?P<how>at 31 March each year|each year|at the end of each quarter)"
)
def _steps(r: Reader, at: Place, m: re.Match[str]) -> None:
    series = r.pictured(at.code)
    assert m["unit"].split()[0].lower() == r.noun(at.code)
    assert m["per"] in (None, f"{r.record.measure(at.code)['multiplier']:,}")
    marches = all(period.endswith("-03-31") for period in series)
    how = "each year" if is_year(series[-1]) else "at 31 March each year" if marches else "at the end of each quarter"
    assert m["how"] == how
