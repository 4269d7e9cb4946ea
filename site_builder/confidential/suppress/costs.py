"""What hiding a unit costs: from public attributes only, never from a count, so that the pattern tells nothing more."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log

from site_builder.confidential.suppress.blocks import Block, Unit
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.periods import Period, PeriodKind, financial_year, quarter, snapshot

SYNTHETIC_KEY = b"synthetic"  # published on purpose: invented returns have nothing to protect


@dataclass(frozen=True, slots=True)
class Levels:
    """Weights by level, and what remains of a cost when the same cell was hidden a year before."""

    quarter: float = 1.0
    year: float = 2.0
    half: float = 20.0  # Inner and Outer London
    london: float = 50.0
    memory: float = 0.5
    spread: float = 0.05  # of the jitter


@dataclass(frozen=True, slots=True)
class Costs:
    """``children`` maps areas to child populations, ``before`` names units hidden in earlier releases."""

    key: bytes
    children: Mapping[str, int]
    levels: Levels
    groups: Mapping[str, tuple[str, ...]]

    def of(self, block: Block, unit: Unit, before: Collection[tuple[str, str]]) -> int:
        """1000 (1 + ln children) times level, memory and jitter. ``before``: (area, period) hidden so far."""
        children = sum(self.children.get(area, 1) for area in self.groups.get(unit.area, (unit.area,)))
        memory = self.levels.memory if (unit.area, year_before(unit.period)) in before else 1.0
        weight = 1000 * (1 + log(max(children, 1))) * self._level(unit) * memory * self._jitter(block, unit)
        return int(weight + 0.5)

    def _level(self, unit: Unit) -> float:
        if unit.area == LONDON:
            return self.levels.london
        if unit.area in self.groups:
            return self.levels.half
        is_year = Period.parse(unit.period).kind is PeriodKind.FINANCIAL_YEAR
        return self.levels.year if is_year else self.levels.quarter

    def _jitter(self, block: Block, unit: Unit) -> float:
        """1 plus or minus 5 %, keyed, so that nobody without the key can run the search again."""
        words = "|".join(str(word) for word in block.key(unit, "numerator"))
        digest = hmac.new(self.key, words.encode(), "sha256").digest()
        return 1 + self.levels.spread * (2 * int.from_bytes(digest[:8], "big") / 2**64 - 1)


def salt_of(key: bytes, release: str) -> str:
    """What only the holder of the key can work out of a release: the salt of its package."""
    return hmac.new(key, f"salt|{release}".encode(), "sha256").hexdigest()


def year_before(period: str) -> str:
    """The same period a year earlier."""
    parsed = Period.parse(period)
    if parsed.kind is PeriodKind.FINANCIAL_QUARTER:
        return quarter(parsed.year.start.year - 1, parsed.part).id
    if parsed.kind is PeriodKind.FINANCIAL_YEAR:
        return financial_year(parsed.start.year - 1).id
    return str(snapshot(parsed.start.replace(year=parsed.start.year - 1)))
