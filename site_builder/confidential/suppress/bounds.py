"""How far each hidden count could move for a reader who knows every printed one: linear programs on highspy.

The search's own look at a pattern, quick and with the true counts at hand. Whether a pattern is safe is decided by the
attack on the public facts, which is written apart from this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy

from site_builder.confidential.suppress.blocks import Base

MOST = 1_000_000.0  # no count of a return is larger; keeps every program bounded


@dataclass(frozen=True, slots=True)
class Known:
    """A printed sum: these unknown counts add up to ``value`` (known ones already taken away)."""

    bases: tuple[Base, ...]
    value: int


def solver() -> highspy.Highs:
    """A solver that answers the same each time."""
    made: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the library has no annotation
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 1)):
        made.setOptionValue(option, value)
    return made


class Reach:
    """Ranges of sums of unknown counts. ``floors`` maps each unknown count to its least value.

    The points met while one range is sought serve for the others, since every one of them agrees with all that is
    printed. Raises ValueError when no point does.
    """

    def __init__(self, floors: Mapping[Base, int], known: Iterable[Known]) -> None:
        self._index = {base: place for place, base in enumerate(sorted(floors))}
        self._solver = solver()
        for base in self._index:
            self._solver.addVar(float(floors[base]), MOST)
        for one in known:
            places = [self._index[base] for base in one.bases]
            self._solver.addRow(float(one.value), float(one.value), len(places), places, [1.0] * len(places))
        self._points: list[Sequence[float]] = []

    def spans(self, bases: Sequence[Base], least: int, most: int) -> tuple[int, int]:
        """Lowest and highest value of a sum; either may be given as soon as it is at or beyond ``least`` or ``most``."""
        places = [self._index[base] for base in bases]
        seen = [sum(point[place] for place in places) for point in self._points]
        low = min(seen, default=float("inf"))
        high = max(seen, default=float("-inf"))
        if low > least:
            low = self._extreme(places, 1.0)
        if high < most:
            high = self._extreme(places, -1.0)
        return int(low + 0.5), int(high + 0.5)

    def _extreme(self, places: Sequence[int], sign: float) -> float:
        for place in places:
            self._solver.changeColCost(place, sign)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("no table agrees with what is printed")
        point = list(self._solver.getSolution().col_value)
        for place in places:
            self._solver.changeColCost(place, 0.0)
        self._points.append(point)
        return float(sum(point[place] for place in places))
