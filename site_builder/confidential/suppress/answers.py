"""What to do about figures that the attack could narrow: the exact search again with what that teaches, else step by
step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from site_builder.confidential.suppress import exact
from site_builder.confidential.suppress.blocks import Unit
from site_builder.confidential.suppress.cuts import Cut, Infeasible, Mark
from site_builder.confidential.suppress.exact import Found
from site_builder.confidential.suppress.greedy import IN_VAIN, hide_beside, repaired, rings
from site_builder.confidential.suppress.joint import agreed, is_broad, searched_again
from site_builder.confidential.suppress.patterns import Pattern, World
from site_builder.confidential.suppress.primary import may_hide
from site_builder.release.bases import REMAINDER
from site_builder.release.cells import CellKey

_EXACT_TRIES = 2 * IN_VAIN  # answers to one unit's weakness by the exact search

Tried = Counter[tuple[str, Unit]]  # how often a unit of an indicator has been answered


def answered(
    patterns: Mapping[str, Pattern], weak: Collection[CellKey], tried: Tried, world: World
) -> dict[str, Pattern] | None:
    """Patterns of indicators that hide the same units, wider, for keys that could be narrowed; None when too much would
    be hidden. Counts in ``tried`` what was answered."""
    bad = sorted({(key.indicator, unit, key.measure) for key in weak for unit in _units(patterns[key.indicator], key)})
    known = _taught(patterns, bad, tried)
    made = searched_again(patterns, known, world) if known else None
    if made is None:
        made = _widened(patterns, bad, tried)
    tried.update((code, unit) for code, unit, _ in bad)
    return None if made is None or is_broad(made, world) else made


def _taught(patterns: Mapping[str, Pattern], bad: Collection[tuple[str, Unit, str]], tried: Tried) -> Found | None:
    """What the exact search knew, with a mark or a cut for each weakness; None where that has been tried enough."""
    first = next(iter(patterns.values())).found
    if first is None or any(tried[code, unit] >= _EXACT_TRIES for code, unit, _ in bad):
        return None
    marks, cuts = set(first.marks), list(first.cuts)
    free = exact.free_units([pattern.case for pattern in patterns.values()])
    for code, unit, measure in bad:
        pattern = patterns[code]
        new = {mark for mark in _marks(pattern, unit, measure) if mark not in marks}
        marks |= new
        if not new:
            cut = _cut(pattern, unit, measure, free, tried[code, unit])
            if cut is None:
                return None
            cuts.append(cut)
    return replace(first, marks=frozenset(marks), cuts=tuple(cuts))


def _marks(pattern: Pattern, unit: Unit, measure: str) -> Iterator[Mark]:
    case = pattern.case
    for part in (measure,) if measure in case.parts() else case.parts():
        if measure != REMAINDER and not case.is_known(unit, part, pattern.hidden):
            yield Mark(case.block.indicator, unit, part, strict=True)


def _cut(pattern: Pattern, unit: Unit, measure: str, free: Collection[Unit], tried: int) -> Cut | None:
    """One more unit near the weak one is to be hidden; of a count never displayed by itself, the unit that it is in."""
    if measure == REMAINDER and unit in free and unit not in pattern.hidden:
        return Cut(((unit, 1.0),), 1.0)
    around = rings(pattern.case, unit, pattern.hidden)
    for ring in around[min(tried // IN_VAIN, len(around) - 1) :]:
        some = sorted(one for one in ring if one in free and one not in pattern.hidden)
        if some:
            return Cut(tuple((one, 1.0) for one in some), 1.0, unit if unit in pattern.hidden else None)
    return None


def _widened(
    patterns: Mapping[str, Pattern], bad: Iterable[tuple[str, Unit, str]], tried: Tried
) -> dict[str, Pattern] | None:
    """Further units hidden beside the weak ones, one by one."""
    made = dict(patterns)
    try:
        for code, pattern in patterns.items():
            case, own = pattern.case, {unit: measure for name, unit, measure in bad if name == code}
            start = pattern.hidden | {
                unit
                for unit, measure in own.items()
                if measure == REMAINDER
                and unit not in case.shown
                and may_hide(case.block.counts[unit], case.block.rules)
            }
            times = {unit: tried[code, unit] for unit in own}
            wider = start | hide_beside(case, pattern.costs, start, sorted(own), times)
            made[code] = replace(pattern, hidden=repaired(case, pattern.costs, wider), found=None)
        return agreed(made)
    except Infeasible:
        return None


def _units(pattern: Pattern, key: CellKey) -> list[Unit]:
    """The units of the present release on whose lines a cell that could be narrowed lies."""
    unit = Unit(key.area, key.period, key.coverage)
    if unit in pattern.case.block.counts:
        return [unit]
    return [one for one in pattern.case.block.counts if one.period == key.period and one.area == key.area] or [
        one for one in pattern.case.block.counts if one.area == key.area
    ]
