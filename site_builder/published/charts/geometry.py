"""Coordinates of what macros draw: scales, bars, spines, sparklines. Pure; only shown values ever come in.

A scale starts at zero and ends at a round number above the largest *shown* value, so that no drawing depends on a
figure that is hidden. Coordinates are strings with at most two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from site_builder.published.pages_parts import Bar, SmallSpread, Sparkline, Spine
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction

# the end of a scale in tenths of a power of ten, and its steps: close enough together that a drawing is well filled
_ROUND = ((10, 5), (12, 6), (15, 3), (20, 4), (25, 5), (30, 3), (40, 4), (50, 5), (60, 3), (80, 4))


class Tick(NamedTuple):
    """A printed mark of a scale: ``place`` from 0 to 1 along, and its words."""

    place: float
    words: str


class Scale(NamedTuple):
    """From 0 to ``top``, with evenly spaced ticks from the origin to the end."""

    top: float
    ticks: tuple[Tick, ...]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1; held inside the scale."""
        return min(max(value / self.top, 0.0), 1.0)


def coordinate(value: float, places: int = 2) -> str:
    """A coordinate without trailing zeros."""
    text = half_up_float(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale(values: Iterable[float]) -> Scale:
    """The scale of shown values, intervals included: ends at 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten.

    Without a value above zero it ends at 1.
    """
    highest = max((Fraction(repr(value)) for value in values), default=Fraction(0))
    return _ticked(*_round_up(highest if highest > 0 else Fraction(1)))


def with_room(of: Scale, values: Iterable[float], room: float) -> Scale:
    """The scale, one tick longer where one of these values lies within the share ``room`` at its end."""
    if all(of.place(value) <= 1 - room for value in values):
        return of
    steps = len(of.ticks) - 1
    return _ticked(Fraction(repr(of.top)) * (steps + 1) / steps, steps + 1)


def _ticked(top: Fraction, steps: int) -> Scale:
    places = _places(top / steps)
    return Scale(
        float(top),
        tuple(
            Tick(step / steps, _thousands(half_up_fraction(top * step / steps, places))) for step in range(steps + 1)
        ),
    )


def _round_up(highest: Fraction) -> tuple[Fraction, int]:
    power = 0
    while Fraction(10) ** (power + 1) < highest:
        power += 1
    while Fraction(10) ** power >= highest:
        power -= 1
    for tenths, steps in (*_ROUND, (100, 5)):
        if tenths * Fraction(10) ** (power - 1) >= highest:
            return tenths * Fraction(10) ** (power - 1), steps
    raise AssertionError("ten times the power is never below the value")


def _places(step: Fraction) -> int:
    places = 0
    while (step * 10**places).denominator != 1:
        places += 1
    return places


def _thousands(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def grid(of: Scale) -> str:
    """The path of a bar's inner lines, 0 to 100 along and 30 high."""
    return "".join(f"M{coordinate(tick.place * 100)} 0V30" for tick in of.ticks[1:-1])


def along(value: float, of: Scale) -> str:
    """Where a value stands from 0 to 100."""
    return coordinate(of.place(value) * 100)


def bar(
    value: float, of: Scale, shade: str, interval: tuple[float, float] | None = None, *, open_end: bool = False
) -> Bar:
    """The bar of one shown value, with the ends of its interval where it has one."""
    low, high = (along(interval[0], of), along(interval[1], of)) if interval else ("", "")
    return Bar(shade, along(value, of), low, high, open_end)


_SPINE_BAND = 30.0  # width of the middle half of boroughs, of 100: each row is scaled to it
_SPINE_EDGE = 3.0


def spine(
    value: float,
    london: float,
    quartiles: tuple[float, float],
    *,
    neighbours: float | None = None,
    interval: tuple[float, float] | None = None,
    shade: str = "usual",
) -> Spine | None:
    """One borough against London, which stands at 50. None when the middle half has no width to scale by."""
    lower, upper = quartiles
    if not upper > lower:
        return None
    unit = _SPINE_BAND / (upper - lower)

    def at(number: float) -> float:
        return min(max(50 + (number - london) * unit, _SPINE_EDGE), 100 - _SPINE_EDGE)

    free = 50 + (value - london) * unit
    beyond = "left" if free < _SPINE_EDGE else "right" if free > 100 - _SPINE_EDGE else ""
    return Spine(
        (coordinate(at(lower)), coordinate(at(upper) - at(lower))),
        "50",
        coordinate(at(neighbours)) if neighbours is not None else "",
        coordinate(at(value)),
        coordinate(at(interval[0])) if interval else "",
        coordinate(at(interval[1])) if interval else "",
        shade,
        beyond,
    )


_SPARK = (80.0, 24.0, 4.0)  # width, height, margin


def sparkline(values: Sequence[float | None], words: str) -> Sparkline | None:
    """A small line from the first period to the last; None where nothing is shown. None with fewer than two figures."""
    shown = [value for value in values if value is not None]
    if len(shown) < 2:
        return None
    width, height, margin = _SPARK
    low, high = min(shown), max(shown)
    span = high - low or 1.0
    step = (width - 2 * margin) / (len(values) - 1)
    middle = high == low
    points = [
        None
        if value is None
        else (
            margin + step * place,
            height / 2 if middle else height - margin - (value - low) / span * (height - 2 * margin),
        )
        for place, value in enumerate(values)
    ]
    last = next(point for point in reversed(points) if point is not None)
    return Sparkline("".join(pieces(points)), coordinate(last[0], 1), coordinate(last[1], 1), words)


def small_spread(
    ends: tuple[float, float], quartiles: tuple[float, float], london: float | None, words: str
) -> SmallSpread | None:
    """The middle half of boroughs and London on a line from the lowest to the highest of them, or London where it lies
    further out. None when all are alike. ``ends``: lowest and highest as printed."""
    drawn = [*ends, *quartiles] if london is None else [*ends, *quartiles, london]
    low, high = min(drawn), max(drawn)
    if low == high:
        return None

    def at(number: float) -> str:
        return coordinate(2 + (number - low) / (high - low) * 96, 1)

    band = f"M{at(quartiles[0])} 5H{at(quartiles[1])}V19H{at(quartiles[0])}z"
    return SmallSpread(band, f"M{at(london)} 2V22" if london is not None else "", words)


def pieces(points: Sequence[tuple[float, float] | None], breaks: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Paths of a line that stops at gaps, and before each place in ``breaks``. A lone point makes no path."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, point in enumerate(points):
        if point is None or place in breaks:
            runs.append([])
        if point is not None:
            runs[-1].append(point)
    return tuple(
        "M" + "L".join(f"{coordinate(x, 1)} {coordinate(y, 1)}" for x, y in run) for run in runs if len(run) > 1
    )
