"""What a reader knows of our counts beside our own cells: figures that others printed, and roundings of them.

A printed number with its precision is an interval. Everything here is worked out in fractions, and the narrowest
interval that a reader could justify is taken. All rounding is half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple

from site_builder.release.cells import KEY, CellKey
from site_builder.release.tables import csv_bytes, csv_rows

FILE = "disclosures.csv"
COLUMNS = ("statement", "source", *KEY, "weight", "least", "most")
IDENTITY = ("statement", *KEY)
HEAVIEST = 1_000_000  # the largest weight of a term: keeps every sum of a check far from where whole numbers end


class Term(NamedTuple):
    """A count, times a weight."""

    key: CellKey
    weight: int


class Statement(NamedTuple):
    """Counts, each times its weight, add up to ``least`` or more and to ``most`` or less; None where there is no bound.

    ``source``: who printed it, in words. ``name`` tells the statements of a release apart.
    """

    name: str
    source: str
    terms: tuple[Term, ...]
    least: int | None
    most: int | None


class Interval(NamedTuple):
    """The whole numbers that a printed figure leaves possible."""

    least: int
    most: int


def rounded(printed: int, base: int) -> Interval:
    """What a count rounded to a multiple of ``base`` can have been."""
    below = base // 2
    return Interval(printed - below, printed + base - below - 1)


def of_rate(printed: str, denominator: int, multiplier: int) -> Interval:
    """The numerators that give a printed rate over a public denominator."""
    rate, half = _precision(printed)
    return Interval(ceil(denominator * (rate - half) / multiplier), ceil(denominator * (rate + half) / multiplier) - 1)


def of_percentage(name: str, source: str, printed: str, part: CellKey, whole: CellKey) -> tuple[Statement, Statement]:
    """What a printed percentage says of two hidden counts: two sums, one for each end of its rounding."""
    percent, half = _precision(printed)
    return (
        _weighed(f"{name}, from", source, ((part, Fraction(100)), (whole, half - percent)), 0),
        _weighed(f"{name}, to", source, ((whole, percent + half), (part, Fraction(-100))), 1),
    )


def _weighed(name: str, source: str, terms: Sequence[tuple[CellKey, Fraction]], least: int) -> Statement:
    """A sum in whole weights. A ``least`` of 1 stands for more than nothing, since all terms are whole."""
    scale = lcm(*(weight.denominator for _, weight in terms))
    whole = tuple(Term(key, int(weight * scale)) for key, weight in terms)
    return Statement(name, source, whole, least, None)


def _precision(printed: str) -> tuple[Fraction, Fraction]:
    """A printed number and half of its last digit's worth. Raises ValueError for anything but digits and a point."""
    whole, _, decimals = printed.partition(".")
    if not (whole + decimals).isascii() or not (whole + decimals).isdigit():
        raise ValueError("not a printed number")
    return Fraction(printed), Fraction(1, 2 * 10 ** len(decimals))


def to_bytes(statements: Iterable[Statement]) -> bytes:
    """``disclosures.csv``: a row a term."""
    rows = (
        (one.name, one.source, *term.key, term.weight, _text(one.least), _text(one.most))
        for one in sorted(statements)
        for term in one.terms
    )
    return csv_bytes(COLUMNS, rows)


def parse(data: bytes) -> tuple[Statement, ...]:
    """The statements of a table. Raises ValueError or KeyError for one that cannot be read."""
    found: dict[str, Statement] = {}
    for row in csv_rows(data):
        names = (row["area"], row["period"], row["breakdown"], row["measure"], row["coverage"])
        term = Term(CellKey(row["indicator"], int(row["definition_version"]), *names), int(row["weight"]))
        if not 0 < abs(term.weight) <= HEAVIEST:
            raise ValueError("a weight that no check allows")
        ends = (_number(row["least"]), _number(row["most"]))
        one = found.setdefault(row["statement"], Statement(row["statement"], row["source"], (), *ends))
        if (one.source, one.least, one.most) != (row["source"], *ends):
            raise ValueError("two readings of one statement")
        found[one.name] = one._replace(terms=(*one.terms, term))
    return tuple(found[name] for name in sorted(found))


def _text(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def _number(text: str) -> int | None:
    return int(text) if text else None
