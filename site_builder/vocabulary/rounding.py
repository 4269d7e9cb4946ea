"""Rounding, half-up on integers. The only place where a published number is rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def half_up(numerator: int, denominator: int, multiplier: int, dp: int) -> str:
    """``numerator / denominator * multiplier`` with exactly ``dp`` places, halves away from zero.

    ``denominator`` > 0. Exact: no binary fraction is involved. Raises ZeroDivisionError on a zero denominator.
    """
    scaled = abs(numerator) * multiplier * 10**dp
    digits = (2 * scaled + denominator) // (2 * denominator)
    return _place(digits, dp, negative=numerator < 0)


def half_up_fraction(value: Fraction, dp: int) -> str:
    """A fraction with exactly ``dp`` places, halves away from zero."""
    return half_up(value.numerator, value.denominator, 1, dp)


def half_up_float(value: float, dp: int) -> str:
    """A computed limit or statistic with exactly ``dp`` places, halves away from zero, read as its shortest decimal."""
    text = str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-dp), rounding=ROUND_HALF_UP))
    return text.lstrip("-") if not text.strip("-0.") else text


def half_up_to(value: int, base: int) -> int:
    """``value`` >= 0 to the nearest multiple of ``base``, halves up."""
    return (2 * value + base) // (2 * base) * base


def significant(value: float, figures: int) -> str:
    """A computed statistic with so many significant figures, halves away from zero, never in powers of ten."""
    exact = Decimal(repr(value))
    if not exact:
        return "0"
    place = Decimal(1).scaleb(exact.adjusted() - figures + 1)
    rounded = exact.quantize(place, rounding=ROUND_HALF_UP)
    if rounded.adjusted() > exact.adjusted():  # 9.9996 has become 10.000
        rounded = rounded.quantize(place.scaleb(1))
    return format(rounded, "f")


def _place(digits: int, dp: int, *, negative: bool) -> str:
    sign = "-" if negative and digits else ""
    if dp == 0:
        return f"{sign}{digits}"
    text = str(digits).rjust(dp + 1, "0")
    return f"{sign}{text[:-dp]}.{text[-dp:]}"
