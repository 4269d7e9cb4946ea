"""What a reader of sentences knows: words for figures, periods and names, and what the record says of an indicator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tests.reader import worked
from tests.reader.record import LONDON, MONTHS, Record, Shown, ending, in_words, is_year, kind_of

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
_SHORT = r"(?:\d{4}-\d\d|\d+ [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} to [A-Z][a-z]{2} \d{4})"
_WHEN = r"(?:in the year to \d+ \w+ \d{4}|at \d+ \w+ \d{4}|in \w+ to \w+ \d{4}|in the school year [\d-]+)"


class Place(NamedTuple):
    """Where a sentence stands: the indicator and the area that its page or section is about, the kind of figures
    (``national`` or ``returns``; ``by-rate`` for a page in order of figures; the round of a page on one) and the theme. Any may be empty."""

    code: str
    area: str
    part: str = ""
    theme: str = ""


class Funnel(NamedTuple):
    """``inside``: borough to its counts. ``own``: whether the centre is London's figure. ``labels``, ``phi`` and
    ``between`` (tau squared) are empty and 0 where nothing is said of usual variation."""

    inside: dict[str, tuple[int, int]]
    centre: float
    own: bool
    labels: dict[str, str]
    phi: float
    between: float


@dataclass(frozen=True, eq=False)
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

    def when(self, period: str) -> str:
        """A period within a sentence, with its preposition."""
        return f"{'at' if kind_of(period) == 'day' else 'in'} {in_words(period)}"

    def noun(self, code: str) -> str:
        """The word for the value of an indicator."""
        return NOUNS[self.record.measure(code)["unit"]]

    def title(self, code: str) -> str:
        """The title of an indicator."""
        return str(self.record.catalogue[code]["title"])

    def codes(self, *, national: bool) -> list[str]:
        """The indicators with figures, in order of the catalogue."""
        return [
            c for c in self.record.catalogue if c in self.record.periods and (c in self.record.national) is national
        ]

    def drawn(self, code: str) -> list[str]:
        """The periods that a borough's page draws: quarters where there are any, else those of the headline's kind."""
        quarters = [p for p in self.record.periods[code] if kind_of(p) == "quarter"]
        return sorted(quarters, key=ending) or self.record.series(code)

    def pictured(self, code: str) -> list[str]:
        """The periods of small multiples: quarters where their values are worked out, else as the headline."""
        quarters = [p for p in self.drawn(code) if kind_of(p) == "quarter"]
        worked_out = quarters and self.record.value(code, LONDON, quarters[-1]).mark != "z"
        return quarters if worked_out else self.record.series(code)

    # ---- what is true

    def lacking(self, code: str, period: str) -> list[str]:
        """The boroughs that a publisher's London figure is printed without: they sent nothing, alone or with another, and
        no earlier figure stands for them."""
        record = self.record
        london = record.cells.get((code, LONDON, period, "numerator"))
        printed = record.cells.get((code, LONDON, period, "published"))
        if code not in record.national or "e" in "".join(one.status for one in (london, printed) if one):
            return []
        together = record.together.get((code, period), set())
        missing = []
        for area in record.boroughs:
            marks = {record.count(code, area, period).mark}
            if record.measure(code)["kind"] != "rate":
                marks.add(record.count(code, area, period, "denominator").mark)
            if record.value(code, area, period).mark == "x" and "x" in marks and area not in together:
                missing.append(area)
        return missing

    def without(self, code: str, period: str) -> str:
        """``without Barnet, which sent no figure but whose children are in the base``; empty for a whole London."""
        names = [self.record.areas[area]["name"] for area in self.lacking(code, period)]
        if not names:
            return ""
        of = listed(names) if len(names) <= 3 else f"{word(len(names))} boroughs"
        rate = self.record.measure(code)["kind"] == "rate"
        has_base = rate or any(
            self.record.count(code, area, period, "denominator").text for area in self.lacking(code, period)
        )
        base = " but whose children are in the base" if rate else " but whose base is counted"
        return f"without {of}, which sent no figure{base if has_base else ''}"

    def interval(self, code: str, area: str, period: str) -> tuple[float, float]:
        """The 95 % interval of a figure, in its unit."""
        pair, measure = self.record.pair(code, area, period), self.record.measure(code)
        assert pair is not None
        x, n = int(pair[0]), float(pair[1])
        ends = worked.wilson(x, n, worked.Z95) if measure["kind"] in ("proportion", "survey") else [
            end / n for end in worked.poisson(x, worked.Z95)
        ]  # fmt: skip
        return ends[0] * measure["multiplier"], ends[1] * measure["multiplier"]

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

    def funnel(self, code: str, period: str) -> Funnel:
        """The boroughs of a funnel with their counts, and what the funnel says of them."""
        return _funnel(self, code, period)

    def labels(self, code: str, period: str) -> dict[str, str]:
        """Borough to its label in the funnel; empty where there is none."""
        return _funnel(self, code, period).labels

    def direction(self, code: str, area: str) -> str:
        """The word of the trend test on the last five years, in the words that polarity allows; empty for none."""
        found = _verdict(self, code, area)
        return JUDGED.get((found, self.record.catalogue[code].get("polarity", "no-judgement")), found)

    def verdict(self, code: str, area: str) -> str:
        """The word of the trend test without any judgement; empty for none."""
        return _verdict(self, code, area)

    def five(self, code: str) -> list[str]:
        """The last five years of a series, or fewer."""
        return [p for p in sorted(self.record.periods[code]) if is_year(p) or p.endswith("-03-31")][-5:]

    def test_of_trend(self, code: str, area: str) -> str:
        """As ``verdict``, worked out."""
        record, kind = self.record, self.record.measure(code)["kind"]
        last = self.five(code)
        ends = [int(p[:4]) for p in last]
        if len(last) < 5 or len({kind_of(p) for p in last}) > 1 or ends != list(range(ends[0], ends[0] + 5)):
            return ""
        if area == LONDON and len({tuple(self.lacking(code, p)) for p in last}) > 1:
            return ""  # without other boroughs it is another London
        if self.redefined(code, last[0], last[-1]) or any(not record.value(code, area, p).text for p in last):
            return ""
        pairs: list[tuple[Fraction | None, Fraction]]
        if kind == "count":
            pairs = [(record.count(code, area, p).exact, Fraction(1)) for p in last]
        else:
            pairs = [record.pair(code, area, p) or (None, Fraction(1)) for p in last]
        if any(x is None for x, _ in pairs):
            return ""
        return worked.trend([int(x) for x, _ in pairs if x is not None], [float(n) for _, n in pairs], kind)

    def redefined(self, code: str, first: str, last: str) -> bool:
        """Whether a definition that is not fully comparable begins after the first period and up to the last."""
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


@cache
def _funnel(r: Reader, code: str, period: str) -> Funnel:
    record, kind = r.record, r.record.measure(code)["kind"]
    if kind == "count" or record.catalogue[code].get("compare", {}).get("funnel", "additive") != "additive":
        return Funnel({}, 0.0, False, {}, 0.0, 0.0)
    inside = {
        area: (int(pair[0]), int(pair[1]))
        for area in record.boroughs
        if r.is_compared(area)
        and record.value(code, area, period).text
        and (pair := record.pair(code, area, period)) is not None
    }
    pairs = list(inside.values())
    whole = None if r.lacking(code, period) else record.pair(code, LONDON, period)
    below = sum(n for _, n in pairs)
    centre = float(whole[0] / whole[1]) if whole else sum(x for x, _ in pairs) / below if below else 0.0
    few = len(pairs) < 20 or len({Fraction(x, n) for x, n in pairs}) == 1
    if few or centre <= 0 or (centre >= 1 and kind != "rate"):
        return Funnel(inside, centre, whole is not None, {}, 0.0, 0.0)
    labels, phi, between = worked.usual_variation(pairs, centre, kind)
    return Funnel(inside, centre, whole is not None, dict(zip(inside, labels, strict=True)), phi, between)


@cache
def _verdict(r: Reader, code: str, area: str) -> str:
    return r.test_of_trend(code, area)


def word(number: int) -> str:
    """A number within a sentence: a word up to nine, else digits with commas."""
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def listed(names: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def of(name: str) -> str:
    """The possessive of a name."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def near(printed: str, value: float) -> bool:
    """Whether a printed number is the value, rounded to its own places."""
    plain = printed.replace(",", "").replace("−", "-")
    places = len(plain.partition(".")[2])
    return abs(float(plain) - value) <= 0.5 * 10.0**-places + 1e-7 * max(1.0, abs(value))


Check = Callable[[Reader, Place, "re.Match[str]"], None]
FORMS: list[tuple[re.Pattern[str], Check]] = []


def form(pattern: str) -> Callable[[Check], Check]:
    """Register a form. ``{n}`` stands for a figure, ``{u}`` for one with its unit, ``{w}`` for a period
    (``{W}`` at the beginning), ``{s}`` for a short one."""
    full = pattern.replace("{n}", _FIGURE).replace("{u}", _UNIT).replace("{w}", _WHEN).replace("{s}", _SHORT)
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
