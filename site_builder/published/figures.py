"""How a number is worded, rounded and marked. Every number that a reader sees is a ``Figure``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Kind, Measure
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction
from site_builder.vocabulary.symbols import Withheld, worst

REPORTED = "reported"
FEW = 20  # a percentage of ours needs this many in its denominator
SMALL_BASE = 50
FEW_EVENTS = 10
_NUMBER = re.compile(r"(-?\d+)(?:\.(\d+))?\Z", re.ASCII)

HIDDEN_SHORT = f"Hidden to protect {HERE.people}"
_HIDDEN = f"Hidden to protect {HERE.people}: this figure is small, or a small figure could be worked out from it."
HIDDEN_LONG = {"show": f"{_HIDDEN} It does not mean zero.", "hide": f"{_HIDDEN} It may be zero."}
NOT_APPLICABLE = "Does not apply"
LOW = "Above zero, but rounds to zero."
UNRELIABLE = "Too unreliable to show"
UNRELIABLE_LONG = f"Based on very few {HERE.people}; read with care. The counts are shown, not a percentage."
MISSING_SHORT = {
    "not-returned": "No return received",
    "late": "Return late",
    "not-collected": "Not collected here",
    "not-due": "Not due yet",
}
MISSING_OTHER = "Not available"
CAUTIONS = {
    "small-base": "Based on fewer than 50.",
    "few": f"Based on very few {HERE.people}; read with care.",
    "few-events": "Fewer than 10 events: the range is wide.",
    "partial": f"Not all {HERE.areas} are in this average.",
    "missing-below": f"{HERE.an_area_head} that sent no figure is in the base of this average, and not above the line.",
    "carried": f"Estimated: includes an earlier figure for {HERE.an_area} that sent none.",
    "other-population": "Uses the population of an earlier year.",
}
BESIDE = ("partial", "missing-below", "carried")  # said in words beside the name of a total, so without a dagger


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or the reason why there is none.

    ``text``: as printed on a page (``41.7``, ``1,234``); ``plain``: the same digits for machine files; both empty
    unless ``state`` is ``reported``. ``state``: reported, c, x, z, low or u. ``value``: exact, None unless reported.
    ``short``, ``long``: words that stand for a number that is not shown. ``marks``: letters of the observation's
    status in alphabetical order (``b e p r``). ``caution``: codes of CAUTIONS. A hidden figure has no marks.
    """

    text: str
    plain: str
    state: str
    value: Fraction | None = None
    short: str = ""
    long: str = ""
    marks: str = ""
    caution: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether a number is printed."""
        return self.state == REPORTED

    @property
    def is_zero(self) -> bool:
        """Whether this is a true zero."""
        return self.value == 0

    @property
    def mark(self) -> str:
        """The letter of machine files beside an empty value; empty beside a number."""
        return "" if self.is_shown else self.state

    @property
    def withheld(self) -> Withheld | None:
        """Why there is no number."""
        return None if self.is_shown else Withheld(self.state)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for figures of one area and period. ``zeros``: show or hide, the indicator's policy for small counts.
    ``missing``: the short words for x; ``missing_long``: its sentence."""

    zeros: str = "show"
    missing: str = MISSING_OTHER
    missing_long: str = "Not available."


def withheld(reason: Withheld, wording: Wording, marks: str = "") -> Figure:
    """A figure that is not shown, in the words for its reason."""
    match reason:
        case Withheld.CONFIDENTIAL:
            return Figure("", "", "c", None, HIDDEN_SHORT, HIDDEN_LONG[wording.zeros])
        case Withheld.NOT_AVAILABLE:
            return Figure("", "", "x", None, wording.missing, wording.missing_long, marks)
        case Withheld.NOT_APPLICABLE:
            return Figure("", "", "z", None, NOT_APPLICABLE, f"{NOT_APPLICABLE} here.", marks)
        case Withheld.LOW:
            return Figure("", "", "low", None, LOW, LOW, marks)
        case Withheld.UNRELIABLE:
            return Figure("", "", "u", None, UNRELIABLE, UNRELIABLE_LONG, marks)


def printed(text: str, marks: str = "", caution: tuple[str, ...] = ()) -> Figure:
    """A figure from the digits that a release or a publisher printed. Raises ValueError when they are no number."""
    return Figure(thousands(text), text, REPORTED, read(text), "", "", marks, caution)


def padded(text: str, dp: int) -> str:
    """A publisher's digits with noughts added up to ``dp`` places; never fewer places than it printed."""
    whole, _, places = text.partition(".")
    return f"{whole}.{places.ljust(dp, '0')}" if max(dp, len(places)) else whole


def of_cell(value: str, mark: str, status: str, wording: Wording) -> Figure:
    """The figure of one public cell: its printed digits, or the reason beside the empty value."""
    return withheld(Withheld(mark), wording, status) if mark else printed(value, status)


def from_counts(numerator: Figure, denominator: Figure, measure: Measure, wording: Wording) -> Figure:
    """The rate, percentage or ratio of two figures; for a count, the count itself.

    It takes the worst state of its inputs. No cases at all is ``z``; a percentage of fewer than 20 is ``u``; a value
    above zero that prints as zeros is ``low``; a true zero stays 0.
    """
    if measure.kind is Kind.COUNT:
        return numerator
    marks = "".join(sorted(set(numerator.marks + denominator.marks)))
    reason = worst(numerator.withheld, denominator.withheld)
    if reason is not None:
        source = numerator if numerator.withheld is reason else denominator
        return replace(source, marks=source.marks and marks, caution=())
    n, x = denominator.value, numerator.value
    assert n is not None
    assert x is not None
    if n == 0:
        return withheld(Withheld.NOT_APPLICABLE, wording, marks)
    if measure.kind in SHARES and n < FEW:
        return withheld(Withheld.UNRELIABLE, wording, marks)
    caution = tuple(dict.fromkeys((*numerator.caution, *denominator.caution, *_cautions(x, n, measure.kind))))
    return exact(x / n * measure.multiplier, measure.dp, wording, marks, caution)


def exact(value: Fraction, dp: int, wording: Wording, marks: str = "", caution: tuple[str, ...] = ()) -> Figure:
    """An exact value printed with ``dp`` places; ``low`` when it is not zero but prints as zeros."""
    plain = half_up_fraction(value, dp)
    if value and not plain.strip("-0."):
        return withheld(Withheld.LOW, wording, marks)
    return Figure(thousands(plain), plain, REPORTED, value, "", "", marks, caution)


def limit(value: float, dp: int) -> Figure:
    """A limit of an interval, with the places of its value. A limit that prints as zeros is printed so."""
    plain = half_up_float(value, dp)
    return Figure(thousands(plain), plain, REPORTED, read(plain))


def no_limit(value: Figure) -> Figure:
    """What stands for a limit that is not computed: the state of its value, or ``z`` beside a value that has none."""
    if value.is_shown:
        return Figure("", "", "z", None, "No range", "No range is worked out for this figure.")
    return replace(value, caution=())


def read(plain: str) -> Fraction:
    """The exact number of printed digits. Raises ValueError when they are no plain decimal number."""
    match = _NUMBER.match(plain)
    if match is None:
        raise ValueError("not a plain decimal number")
    whole, places = match.groups(default="")
    return Fraction(int(whole + places), 10 ** len(places)) if places else Fraction(int(whole))


def thousands(plain: str) -> str:
    """Commas between thousands; places after the point stay as they are."""
    whole, point, places = plain.partition(".")
    sign = "-" if plain.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{places}"


def _cautions(x: Fraction, n: Fraction, kind: Kind) -> tuple[str, ...]:
    if kind in SHARES:
        return ("small-base",) if n < SMALL_BASE else ()
    return ("few-events",) if kind is Kind.RATE and x < FEW_EVENTS else ()
