"""The exact search: the cheapest units to hide so that no count that must stay open can be narrowed.

A master program proposes a pattern, a reader's best guesses answer with cuts, until there is nothing to answer: then no
pattern is cheaper (Fischetti and Salazar-González, Management Science 47(7), 2001). Counts that turn out to need
protection only because they were hidden are marked, and the search goes on with all its cuts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.confidential.suppress.blocks import Unit
from site_builder.confidential.suppress.cuts import Cut, Infeasible, Mark
from site_builder.confidential.suppress.lines import line_cuts
from site_builder.confidential.suppress.master import Master, Stopped
from site_builder.confidential.suppress.primary import may_hide, primary
from site_builder.confidential.suppress.reader import COMPLEMENT, Case, failing_counts, value_of
from site_builder.confidential.suppress.separation import Separator

_ROUNDS = 60  # of the relaxed program; the whole one goes on from there
_PIVOTS_A_SECOND = 5_000  # what a second of the policy stands for, whatever the machine
_NODES = 5_000  # branches of one whole program


@dataclass(frozen=True, slots=True)
class Effort:
    """``seconds``: the policy's, turned into steps of the solver so that each machine stops at the same place.
    ``spread``: how far a hidden count may lie from the true one."""

    seconds: int = 60
    spread: int = 30

    @property
    def pivots(self) -> int:
        """Steps of the simplex method."""
        return self.seconds * _PIVOTS_A_SECOND


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """``hidden``: the units to hide. ``least``: nothing cheaper does, and the search's own look found no fault. What
    was learnt on the way is kept for the next search: ``marks`` and ``cuts``. Never to be published."""

    hidden: frozenset[Unit]
    least: bool
    marks: frozenset[Mark] = frozenset()
    cuts: tuple[Cut, ...] = ()

    def __repr__(self) -> str:
        return "<Found>"


def search(cases: Sequence[Case], costs: Mapping[Unit, int], effort: Effort, known: Found | None = None) -> Found:
    """The cheapest pattern for cases that hide the same units, totals shown wherever that is possible.

    ``known``: what an earlier search found, with marks and cuts that the attack has added. Raises Infeasible.
    """
    before = known or Found(frozenset(), least=True)
    found = []
    for part in components(cases):
        units = {unit for case in part for unit in case.block.counts}
        marks = frozenset(mark for mark in before.marks if mark.unit in units)
        cuts = tuple(cut for cut in before.cuts if {unit for unit, _ in cut.terms} <= units)
        found.append(_component(part, costs, effort, replace(before, marks=marks, cuts=cuts)))
    return Found(
        frozenset().union(*(one.hidden for one in found)),
        all(one.least for one in found),
        frozenset().union(*(one.marks for one in found)),
        tuple(cut for one in found for cut in one.cuts),
    )


def must_hide(cases: Iterable[Case]) -> frozenset[Unit]:
    """The units that are hidden in any case: by the primary rules in one of the cases, or in an earlier release."""
    return frozenset(unit for case in cases for unit in (primary(case.block) - case.shown) | case.hidden)


def hidden_in(case: Case, hidden: Collection[Unit]) -> frozenset[Unit]:
    """The units among ``hidden`` that a case has, may hide, and has a count to hide in: above a shown zero, a
    denominator."""
    return case.hidden | {
        unit
        for unit in hidden
        if unit in case.block.counts
        and unit not in case.shown
        and (may_hide(case.block.counts[unit], case.block.rules) or case.block.counts[unit].denominator)
    }


def components(cases: Sequence[Case]) -> list[tuple[Case, ...]]:
    """The cases in parts whose periods share no count."""
    groups: list[set[str]] = []
    for one in sorted({_periods(case, unit) for case in cases for unit in case.block.counts} | _told(cases)):
        joined = [group for group in groups if group & set(one)]
        groups = [group for group in groups if not group & set(one)] + [set(one).union(*joined)]
    made = (tuple(some for case in cases if (some := _within(case, group)).block.counts) for group in groups)
    return [some for some in made if some]


def _periods(case: Case, unit: Unit) -> tuple[str, ...]:
    return (unit.period, *case.block.slots(unit.period))


def _told(cases: Iterable[Case]) -> set[tuple[str, ...]]:
    return {tuple(sorted({base.period for base in one.bases})) for case in cases for one in case.printed}


def _within(case: Case, periods: Collection[str]) -> Case:
    counts = {unit: counts for unit, counts in case.block.counts.items() if unit.period in periods}
    return replace(
        case,
        block=replace(case.block, counts=counts),
        printed=tuple(one for one in case.printed if one.bases[0].period in periods),
        hidden=case.hidden & counts.keys(),
        shown=case.shown & counts.keys(),
    )


def _component(cases: Sequence[Case], costs: Mapping[Unit, int], effort: Effort, known: Found) -> Found:
    """The search in one component, with as many totals shown as possible."""
    must = must_hide(cases)
    if not must and not known.cuts:
        return Found(frozenset(), least=True)
    task = _Task(cases, costs, must, effort, known)
    for kept in kept_totals(cases, must):
        try:
            return task.run(kept)
        except Infeasible:
            continue
        except Stopped:
            return task.unfinished()
    if task.is_cautious:
        return task.unfinished()
    raise Infeasible


def kept_totals(cases: Iterable[Case], must: Collection[Unit]) -> list[frozenset[Unit]]:
    """The totals that are to be shown in any case, fewer at each step; the widest are given up last."""
    sizes = {
        unit: len(case.block.groups[unit.area])
        for case in cases
        for unit in case.block.counts
        if unit.area in case.block.groups and unit not in must
    }
    return [frozenset(unit for unit, own in sizes.items() if own > size) for size in (0, *sorted({*sizes.values()}))]


class _Task:
    """One component on its way. ``best``: the last whole pattern that the master proposed; ``marks``: see Mark."""

    def __init__(
        self, cases: Sequence[Case], costs: Mapping[Unit, int], must: frozenset[Unit], effort: Effort, known: Found
    ) -> None:
        self.best, self.marks = must, set(known.marks)
        self._cases, self._must, self._effort = cases, must, effort
        self._open = must | free_units(cases)
        self._costs = {unit: costs[unit] for unit in self._open}
        self._cuts = dict.fromkeys(known.cuts)
        self._separators: dict[tuple[str, str], Separator] = {}
        for case in cases:
            may = hidden_in(case, self._open)
            self._cuts |= dict.fromkeys(line_cuts(case, may))
            for part in case.parts():
                self._separators[case.block.indicator, part] = Separator(case, part, may, must)
                self.marks |= {Mark(case.block.indicator, unit, part) for unit in _small(case, part, must)}
        self._first = frozenset(self.marks)

    @property
    def is_cautious(self) -> bool:
        """Whether more was asked of a pattern than of any: counts that were found out to need protection."""
        return self.marks != self._first

    def unfinished(self) -> Found:
        """As far as it went."""
        return Found(self.best | self._must, False, frozenset(self.marks))

    def run(self, kept: Collection[Unit]) -> Found:
        """The cheapest pattern that shows ``kept``. Raises Infeasible, and Stopped at the end of the effort."""
        master = Master(self._costs, self._must, kept)
        master.add(self._cuts)
        while True:
            self._relax(master)
            self.best = self._whole(master)
            bad = self._failing(self.best)
            if not bad:
                return Found(self.best, True, frozenset(self.marks), tuple(self._cuts))
            new = {mark if mark not in self.marks else mark._replace(strict=True) for mark in bad} - self.marks
            if not new:
                raise Stopped
            self.marks |= new

    def _relax(self, master: Master) -> None:
        for _ in range(_ROUNDS):
            degrees = master.relaxed()
            if degrees is None:
                raise Infeasible
            if not self._answer(master, degrees):
                return

    def _whole(self, master: Master) -> frozenset[Unit]:
        while True:
            hidden = master.whole(_NODES)
            if hidden is None:
                raise Infeasible
            self.best = hidden
            if not self._answer(master, dict.fromkeys(hidden, 1.0)):
                return hidden

    def _answer(self, master: Master, degrees: Mapping[Unit, float]) -> int:
        """Give the master the cuts that follow from a pattern; how many are new. Raises Stopped."""
        found: dict[Cut, None] = {}
        for (indicator, part), separator in self._separators.items():
            marks = (mark for mark in self.marks if (mark.indicator, mark.part) == (indicator, part))
            goals = {goal for mark in marks for goal in separator.goals(mark)}
            found |= dict.fromkeys(separator.cuts(goals, degrees, self._effort.spread))
        self._cuts |= found
        if master.pivots + sum(one.pivots for one in self._separators.values()) > self._effort.pivots:
            raise Stopped
        return master.add(found)

    def _failing(self, hidden: frozenset[Unit]) -> set[Mark]:
        return {
            Mark(case.block.indicator, unit, part)
            for case in self._cases
            for unit, part in failing_counts(case, hidden_in(case, hidden))
        }


def free_units(cases: Sequence[Case]) -> frozenset[Unit]:
    """The units that may be hidden to protect others: in every case that has them, with a count to hide in one."""
    units = {unit for case in cases for unit in case.block.counts}
    having = {unit: [case for case in cases if unit in case.block.counts] for unit in units}
    return frozenset(
        unit
        for unit, some in having.items()
        if all(unit in hidden_in(case, {unit}) for case in some)
        and any(may_hide(case.block.counts[unit], case.block.rules) for case in some)
    )


def _small(case: Case, part: str, must: Collection[Unit]) -> Iterator[Unit]:
    """The counts that need protection from the start: small ones, but for a complement of zero, which may be known
    where zeros are shown."""
    for unit in hidden_in(case, must):
        value = value_of(case.block.counts[unit], part)
        known_zero = part == COMPLEMENT and value == 0 and case.block.rules.zeros_shown
        if value <= case.block.rules.threshold and not known_zero and not case.is_known(unit, part, must):
            yield unit
