"""The search: hide what must be hidden, then further cells until nothing can be narrowed, then show what need not be.

A pattern that cannot be completed is no pattern: ``Infeasible`` makes the caller publish a coarser table instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from site_builder.confidential.suppress.blocks import Unit
from site_builder.confidential.suppress.cuts import Infeasible
from site_builder.confidential.suppress.lines import is_thin, lines_through
from site_builder.confidential.suppress.primary import may_hide, primary
from site_builder.confidential.suppress.reader import COMPLEMENT, Case, failing, value_of

_ALREADY_BROAD = 0.3  # of its cost, for a unit that leaves no line with too few hidden
IN_VAIN = 3  # times that a unit's own lines did not help


def search(case: Case, costs: Mapping[Unit, int], *, tidy: bool = True) -> frozenset[Unit]:
    """The units to hide. ``costs`` has one for each unit of the block. Raises Infeasible."""
    must = (primary(case.block) - case.shown) | case.hidden
    hidden = repaired(case, costs, must)
    return shown_again(case, costs, must, hidden) if tidy else hidden


def repaired(case: Case, costs: Mapping[Unit, int], start: Collection[Unit]) -> frozenset[Unit]:
    """``start`` with further units hidden until the search's own look finds nothing to narrow. Raises Infeasible."""
    hidden = broad_lines(case, costs, set(start))
    tried: Counter[Unit] = Counter()
    while bad := failing(case, hidden):
        hidden = broad_lines(case, costs, hidden | hide_beside(case, costs, hidden, bad, tried))
        tried.update(bad)
    return frozenset(hidden)


def hide_beside(
    case: Case,
    costs: Mapping[Unit, int],
    hidden: Collection[Unit],
    bad: Iterable[Unit],
    tried: Mapping[Unit, int] | None = None,
) -> set[Unit]:
    """For each unit that is not safe, the cheapest further one on its lines, first of all on those that hold it tight.

    A unit for which this was ``tried`` in vain is given room one line further away. Raises Infeasible.
    """
    chosen: set[Unit] = set()
    for unit in bad:
        around = rings(case, unit, hidden)
        skipped = min((tried or {}).get(unit, 0) // IN_VAIN, len(around) - 1)
        if not any(ring & chosen for ring in around[: skipped + 1]):
            chosen.add(_first_free(case, costs, set(hidden) | chosen, around[skipped:]))
    return chosen


def rings(case: Case, unit: Unit, hidden: Collection[Unit]) -> tuple[set[Unit], ...]:
    """Where to look for a further unit, nearest first: lines that hold the unit tight, its lines, lines that cross
    them in a hidden unit."""
    own = lines_through(case, unit)
    tight = [line for line in own if _holds_tight(case, line, unit, hidden)]
    near = [line for other in {o for line in own for o in line if o in hidden} for line in lines_through(case, other)]
    return tuple({other for line in lines for other in line} for lines in (tight, own, near))


def _first_free(case: Case, costs: Mapping[Unit, int], hidden: Collection[Unit], rings: Iterable[set[Unit]]) -> Unit:
    """The cheapest unit of the first ring that has one to hide. Raises Infeasible when none has."""
    for ring in rings:
        try:
            return _cheapest(case, costs, hidden, ring)
        except Infeasible:
            continue
    raise Infeasible


def broad_lines(case: Case, costs: Mapping[Unit, int], hidden: set[Unit]) -> set[Unit]:
    """``hidden`` with the cheapest further units, so that every line with a hidden count has enough of them in each
    part. Raises Infeasible."""
    changed = True
    while changed:
        changed = False
        for line in case.block.lines:
            while is_thin(case, line, hidden):
                hidden = hidden | {_cheapest(case, costs, hidden, line)}
                changed = True
    return hidden


def shown_again(
    case: Case, costs: Mapping[Unit, int], must: Collection[Unit], hidden: frozenset[Unit]
) -> frozenset[Unit]:
    """The same pattern without the secondary units that it does not need, the most expensive ones tried first."""
    kept = set(hidden)
    for unit in sorted(hidden - set(must), key=lambda one: (-costs[one], one)):
        fewer = kept - {unit}
        thin = any(is_thin(case, line, fewer) for line in lines_through(case, unit))
        if not thin and not failing(case, fewer):
            kept = fewer
    return frozenset(kept)


def hidden_share(case: Case, hidden: Collection[Unit]) -> float:
    """The largest share of borough units hidden among the units of one length of period."""
    shares = []
    boroughs = [unit for unit in case.block.counts if unit.area not in case.block.groups]
    for length in {len(unit.period) for unit in boroughs}:
        some = [unit for unit in boroughs if len(unit.period) == length]
        shares.append(sum(unit in hidden for unit in some) / len(some))
    return max(shares, default=0.0)


def _holds_tight(case: Case, line: Collection[Unit], unit: Unit, hidden: Collection[Unit]) -> bool:
    """Whether one printed line by itself keeps a hidden part of it below the largest value that the legend leaves."""
    total, *parts = line
    if unit == total:
        return False
    for part in case.parts():
        if not case.is_known(total, part, hidden) or case.is_known(unit, part, hidden):
            continue
        unknown = [one for one in parts if not case.is_known(one, part, hidden)]
        told = sum(value_of(case.block.counts[one], part) for one in parts if one not in unknown)
        room = value_of(case.block.counts[total], part) - told
        others = (len(unknown) - 1) * int(case.block.rules.zeros_shown and part != COMPLEMENT)
        if room - others < case.block.rules.threshold:
            return True
    return False


def _cheapest(case: Case, costs: Mapping[Unit, int], hidden: Collection[Unit], among: Iterable[Unit]) -> Unit:
    """The unit to hide next, of those that may be hidden."""
    free = [
        unit
        for unit in among
        if unit not in hidden and unit not in case.shown and may_hide(case.block.counts[unit], case.block.rules)
    ]
    if not free:
        raise Infeasible

    def price(unit: Unit) -> tuple[float, Unit]:
        after = {*hidden, unit}
        broad = not any(is_thin(case, line, after) for line in lines_through(case, unit))
        return costs[unit] * (_ALREADY_BROAD if broad else 1.0), unit

    return min(free, key=price)
