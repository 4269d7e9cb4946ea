"""The counts behind the returns, borough by borough, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from site_builder.confidential.rules.time import two_counts, two_proportions
from site_builder.vocabulary.periods import Period
from tests.synthetic.draws import count, effect, some_of, source
from tests.synthetic.profiles import PROFILES, SEASONS, Profile

_EXTRA = 0.03  # variation from period to period beyond chance
_CALM = 3.0  # a change beyond this many standard errors is drawn again: a check would ask about it
_TRIES = 40
_FEW = 20  # a share of so many or more is never none or all

Counts = tuple[int, int | None]  # numerator, and denominator where one is collected


@dataclass
class Borough:
    """One borough's invented counts. ``children`` is its population aged 0 to 17."""

    key: str
    area: str
    children: int
    made: dict[tuple[str, str], Counts] = field(default_factory=dict)

    def at(self, code: str, period: Period, before: Period | None) -> Counts:
        """Numerator and denominator of an indicator; ``before`` is the period whose figure must not differ wildly."""
        known = self.made.get((code, period.id))
        if known is None:
            known = self.made[code, period.id] = self._drawn(code, period, before)
        return known

    def _drawn(self, code: str, period: Period, before: Period | None) -> Counts:
        earlier = self.made.get((code, before.id)) if before else None
        drawn = self._once(code, period, before, 0)
        for attempt in range(1, _TRIES):
            if _calm(drawn, earlier, PROFILES[code]):
                break
            drawn = self._once(code, period, before, attempt)
        return drawn

    def _once(self, code: str, period: Period, before: Period | None, attempt: int) -> Counts:
        profile = PROFILES[code]
        random = source(self.key, self.area, code, period.id, *([attempt] if attempt else []))
        whole = self._whole(code, period, before)
        if whole is None:
            whole = count(random, self._mean(code, period), _EXTRA)
        if profile.share is None:
            return whole, None
        share = _shifted(profile.share, log(effect(0.25, self.key, self.area, code, "share")))
        if profile.ratio:
            return count(random, whole * profile.share, _EXTRA), whole
        part = some_of(random, whole, share)
        if whole >= _FEW and profile.share > 0.1:
            part = min(max(part, 1), whole - 1)
        return part, whole

    def _whole(self, code: str, period: Period, before: Period | None) -> int | None:
        profile = PROFILES[code]
        if profile.same_as:
            return self.at(profile.same_as, period, before)[0]
        if profile.within:
            outer = self.at(profile.within, period, before)[0]
            return some_of(source(self.key, self.area, code, period.id, "within"), outer, profile.part)
        return None

    def _mean(self, code: str, period: Period) -> float:
        profile = PROFILES[code]
        season = SEASONS[period.part - 1] if profile.seasonal and period.part else 1.0
        drift = exp(source(self.key, self.area, code, "drift").gauss(0.0, 0.03) * (period.start.year - 2023))
        size = profile.fixed * exp(0.3 * log(self.children / 57_000)) + profile.per_10k * self.children / 10_000
        return size * season * drift * effect(profile.spread, self.key, self.area, code)


def boroughs(key: str, children: Mapping[str, int], areas: Sequence[str]) -> dict[str, Borough]:
    """The boroughs of these codes, none of whose figures are drawn yet."""
    return {area: Borough(key, area, children[area]) for area in areas}


def _shifted(share: float, shift: float) -> float:
    """A share moved on the scale of its log odds."""
    odds = share / (1 - share) * exp(shift)
    return odds / (1 + odds)


def _calm(now: Counts, before: Counts | None, profile: Profile) -> bool:
    if before is None:
        return True
    (x1, d1), (x2, d2) = now, before
    if profile.share is None or profile.ratio or not d1 or not d2:
        return abs(two_counts(x1, x2)) < _CALM
    return abs(two_proportions((x1, d1), (x2, d2))) < _CALM
