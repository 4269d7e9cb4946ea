"""Whether figures that speak of the same thing agree: a printed rate with its counts, a printed total with its parts.

Pure functions of counts and printed text. A difference is given only where no figure that takes part is hidden: a
margin beside a hidden figure would narrow it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from site_builder.vocabulary.rounding import half_up, half_up_to
from site_builder.vocabulary.symbols import Withheld

ROUNDED_TO = 10  # counts of regions and England are printed to the nearest 10
BELOW, ABOVE = 5, 4  # so a printed count R stands for one of R-5 to R+4
RATE_TOLERANCE = Decimal("0.1")
MAX_CARRY_YEARS = 2

JOINT = " / "  # between the codes of authorities that are published together

Count = int | Withheld


class Agreement(Enum):
    """How two figures compare."""

    EQUAL = "equal"
    CARRIED = "carried"
    MISSING = "missing"
    HIDDEN = "hidden"
    ROUNDING = "rounding"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a comparison. ``difference`` is the total less its parts, None when it may not be printed.

    ``carried`` names each part without a figure whose earlier figure explains the total, with that figure's year.
    """

    agreement: Agreement
    difference: int | None = None
    carried: tuple[tuple[str, int], ...] = ()


def rate_agrees(numerator: int, denominator: int, multiplier: int, dp: int, printed: str, *, exact: bool) -> bool:
    """Whether a printed rate is the one that its counts give, rounded half-up to ``dp`` places.

    ``exact``: the counts are exact, as for authorities. Otherwise they are to the nearest 10, and the printed rate may
    come from the counts before that rounding: within 0.1, or one printed unit where whole numbers are printed.
    A count over a population, per ``multiplier``; the denominator is exact.
    """
    shown = _decimal(printed)
    if shown is None or denominator <= 0:
        return False
    ours = Decimal(half_up(numerator, denominator, multiplier, dp))
    return ours == shown if exact else abs(ours - shown) <= max(RATE_TOLERANCE, Decimal(1).scaleb(-dp))


def share_agrees(numerator: int, denominator: int, dp: int, printed: str, *, exact: bool) -> bool:
    """Whether a printed percentage is the one that its two counts give, rounded half-up to ``dp`` places.

    ``exact`` as in ``rate_agrees``. Otherwise both counts are to the nearest 10, and the printed percentage must lie in
    ``[(n - 5) / (d + 4), (n + 4) / (d - 5)]`` with the ends rounded: all that exact counts behind them could give.
    """
    shown = _decimal(printed)
    if shown is None or denominator <= 0:
        return False
    if exact:
        return Decimal(half_up(numerator, denominator, 100, dp)) == shown
    low = Decimal(half_up(max(numerator - BELOW, 0), denominator + ABOVE, 100, dp))
    high = Decimal(half_up(numerator + ABOVE, max(denominator - BELOW, 1), 100, dp))
    return low <= shown <= high


def compare_total(
    total: Count, parts: Mapping[str, Count], earlier: Mapping[str, Sequence[tuple[int, int]]], year: int
) -> Comparison:
    """A printed total, to the nearest 10, against the exact counts of its parts in one ``year``.

    ``parts`` maps each part to its count or the reason why there is none; a composite is one part. ``earlier`` maps a
    part to its (year, count) pairs; the latest that is at most two years old is tried for a part that is not available.
    Any part, or the total, withheld for another reason than not available or not applicable makes the comparison
    hidden, before all else, and no difference is given.
    """
    open_reasons = (Withheld.NOT_AVAILABLE, Withheld.NOT_APPLICABLE)
    reasons = [count for count in (total, *parts.values()) if isinstance(count, Withheld)]
    if any(reason not in open_reasons for reason in reasons):
        return Comparison(Agreement.HIDDEN)
    if isinstance(total, Withheld):
        return Comparison(Agreement.MISSING)
    present = sum(count for count in parts.values() if isinstance(count, int))
    absent = sorted(part for part, count in parts.items() if count is Withheld.NOT_AVAILABLE)
    difference = total - half_up_to(present, ROUNDED_TO)
    if difference == 0:
        return Comparison(Agreement.EQUAL, 0)
    if absent:
        return _with_carried(total, present, absent, earlier, year)
    return Comparison(Agreement.ROUNDING if abs(difference) == ROUNDED_TO else Agreement.UNEXPLAINED, difference)


def parts_of(members: Sequence[str], counts: Mapping[str, Count]) -> dict[str, Count]:
    """The parts of a total: each member's count, but one part for members that are published together.

    ``counts`` maps area codes to counts, joint codes included. A member without any count is not available.
    """
    joint = {code for code in counts if JOINT in code and set(code.split(JOINT)) <= set(members)}
    inside = {member for code in joint for member in code.split(JOINT)}
    parts = {code: counts[code] for code in sorted(joint)}
    return parts | {m: counts.get(m, Withheld.NOT_AVAILABLE) for m in members if m not in inside}


def _with_carried(
    total: int, present: int, absent: Sequence[str], earlier: Mapping[str, Sequence[tuple[int, int]]], year: int
) -> Comparison:
    difference = total - half_up_to(present, ROUNDED_TO)
    latest = {part: _latest(earlier.get(part, ()), year) for part in absent}
    found = {part: pair for part, pair in latest.items() if pair is not None}
    carried_sum = present + sum(count for _, count in found.values())
    if found and half_up_to(carried_sum, ROUNDED_TO) == total:
        return Comparison(Agreement.CARRIED, difference, tuple((part, found[part][0]) for part in sorted(found)))
    return Comparison(Agreement.MISSING, difference)


def _latest(pairs: Sequence[tuple[int, int]], year: int) -> tuple[int, int] | None:
    return max(((y, count) for y, count in pairs if year - MAX_CARRY_YEARS <= y < year), default=None)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
