"""The attack: what can a reader of everything ever printed work out about a hidden count?

It is given public facts only; there is no parameter through which a true count could enter. For every value that the
legend leaves open it looks for a whole-number table that agrees with everything printed and shows that value (a
witness). Where there is none, the figure can be narrowed and the publication is refused. Linear programs first (a block
of two nested families of sums gives whole numbers), integer programs where a solution is not whole. The solver is only
trusted to search: each table and each reason is checked again in whole numbers and fractions.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy

from site_builder.release.bases import Edition
from site_builder.release.blocks import Aim, Block, Taken, take_apart
from site_builder.release.cells import CellKey
from site_builder.release.proofs import MOST, Proof, Reason, agrees, lower_bound
from site_builder.release.relations import Publication, names_of, publication

_WHOLE = 1e-6
_WEIGHTS = range(-3, 4)
_DENOMINATOR = 10_000


@dataclass(frozen=True, slots=True)
class Weakness:
    """A figure that can be worked out (D911) or narrowed (D904), or figures that cannot all be true (D912).

    ``lines``: the printed sums that were used, in words, without a number.
    """

    code: str
    key: CellKey
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttackResult:
    """``weaknesses`` in order; ``proofs`` one for each block, in order, complete when there is no weakness."""

    weaknesses: tuple[Weakness, ...]
    proofs: tuple[Proof, ...]


def attack(editions: Sequence[Edition], known: Mapping[str, Sequence[tuple[int, ...]]] | None = None) -> AttackResult:
    """Attack everything printed in these editions, the earliest first.

    ``known``: tables found in an earlier attack on fewer open cells, by the name of the block; those that still agree
    save work and change no verdict.
    """
    said = publication(editions)
    taken = take_apart(said)
    weaknesses = [*_plain(said, taken)]
    proofs = []
    for block in taken.blocks:
        found, proof = attack_block(block, (known or {}).get(block.name, ()))
        weaknesses += found
        proofs.append(proof)
    return AttackResult(tuple(sorted(weaknesses, key=lambda w: (w.key, w.code))), tuple(proofs))


def _plain(said: Publication, taken: Taken) -> Iterable[Weakness]:
    """What needs no solver: small counts shown, sums that clash, targets known at once, lines with too few hidden."""
    for key in said.small_shown:
        yield Weakness("D902", key, ())
    for key in taken.clashes:
        yield Weakness("D912", key, names_of([key]))
    for target, value in taken.closed:
        if target.printed or (target.is_small(value)):
            yield Weakness("D911", target.key, ())
    for line in said.lines:
        if line.is_weak:
            yield Weakness("D904", line.key, (line.name,))


def attack_block(block: Block, known: Sequence[tuple[int, ...]] = ()) -> tuple[list[Weakness], Proof]:
    """Attack one block: its weaknesses, and the proof as far as it goes."""
    search = Search(block)
    search.keep(table for table in known if agrees(block, table))
    if not search.has_a_table():
        lines = names_of(key for row in block.rows for key in row.keys)
        keys = [aim.target.key for aim in block.aims] or [block.rows[0].keys[0]]
        return [Weakness("D912", key, lines) for key in keys], Proof((), ())
    weaknesses: list[Weakness] = []
    for place, aim in enumerate(block.aims):
        found = search.examine(place, aim)
        if found:
            weaknesses.append(found)
    return weaknesses, Proof(search.cover(), tuple(search.reasons))


class Search:
    """One block in the solver, with the tables found so far."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.reasons: list[Reason] = []
        self._tables: list[tuple[int, ...]] = []
        self._values: list[tuple[int, ...]] = []  # of each aim, in each table
        self._seen: list[set[int]] = [set() for _ in block.aims]
        self._random = random.Random(hashlib.sha256(repr((block.unknowns, block.rows)).encode()).digest())  # noqa: S311
        self._solver = _solver(block)
        self._first_aim = len(block.rows)

    def keep(self, tables: Iterable[tuple[int, ...]]) -> None:
        """Take tables that agree with everything printed, and note the values they attest."""
        for table in tables:
            values = tuple(aim.known + sum(table[column] for column in aim.columns) for aim in self.block.aims)
            self._tables.append(table)
            self._values.append(values)
            for seen, value in zip(self._seen, values, strict=True):
                seen.add(value)

    def examine(self, place: int, aim: Aim) -> Weakness | None:
        """Attest every open value of an aim, or show that it is plainly not small; else say how it fails."""
        target = aim.target
        for value in range(target.low, target.high + 1):
            if value in self._seen[place]:
                continue
            table = self._solve(place, value - aim.known)
            if table is not None:
                self.keep([table])
            elif self._is_clear(place, aim):
                self._spread(place, aim)
                break
            else:
                return Weakness(self._how(aim), target.key, self._lines(aim))
        if target.printed and len(self._seen[place]) < 2:
            return Weakness("D911", target.key, self._lines(aim))
        return None

    def has_a_table(self) -> bool:
        """Whether any table agrees with everything printed; the first one found is kept."""
        if not self._tables:
            self.keep(table for table in (self._run(whole=False) or self._run(whole=True),) if table)
        return bool(self._tables)

    def cover(self) -> tuple[tuple[int, ...], ...]:
        """A small choice of tables that still attests every open value that was found, greedily; in order."""
        clear = {reason.aim for reason in self.reasons}
        wanted = {
            (place, value)
            for place, aim in enumerate(self.block.aims)
            if place not in clear
            for value in range(aim.target.low, aim.target.high + 1)
            if value in self._seen[place]
        }
        for place in clear:  # two values of a printed one, so that it is not known exactly
            if self.block.aims[place].target.printed:
                wanted |= {(place, value) for value in sorted(self._seen[place])[:2]}
        attested = [{pair for pair in enumerate(values) if pair in wanted} for values in self._values]
        chosen: list[int] = []
        while wanted:
            best = max(range(len(attested)), key=lambda k: (len(attested[k] & wanted), -k))
            chosen.append(best)
            wanted -= attested[best]
        return tuple(sorted({self._tables[k] for k in chosen or [0]}))  # one at least: the figures can all be true

    def _solve(self, place: int, value: int) -> tuple[int, ...] | None:
        """A whole table in which the unknowns of an aim sum to a value; None when there is none."""
        row, solver, columns = self._first_aim + place, self._solver, len(self.block.unknowns)
        for column in range(columns):
            solver.changeColCost(column, float(self._random.choice(_WEIGHTS)))
        solver.changeRowBounds(row, float(value), float(value))
        try:
            table = self._run(whole=False)
            if table == ():
                table = self._run(whole=True)
        finally:
            solver.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf)
        return table or None

    def _run(self, *, whole: bool) -> tuple[int, ...] | None:
        """The solver's table, checked in whole numbers; empty when the solution is not whole, None when there is none."""
        solver = self._solver
        if whole:
            self._set_kind(highspy.HighsVarType.kInteger)
        try:
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            raw = list(solver.getSolution().col_value)
        finally:
            if whole:
                self._set_kind(highspy.HighsVarType.kContinuous)
        table = tuple(int(value + 0.5) for value in raw)
        near = all(abs(value - whole_one) < _WHOLE for value, whole_one in zip(raw, table, strict=True))
        return table if near and agrees(self.block, table) else ()

    def _set_kind(self, kind: highspy.HighsVarType) -> None:
        for column in range(len(self.block.unknowns)):
            self._solver.changeColIntegrality(column, kind)

    def _is_clear(self, place: int, aim: Aim) -> bool:
        """Whether the rows prove the aim to be above the threshold; the reason is then kept."""
        weights = self._bounding_weights(aim)
        bound = lower_bound(self.block, aim, weights)
        if bound is None or bound <= aim.target.threshold:
            return False
        self.reasons.append(Reason(place, weights))
        return True

    def _spread(self, place: int, aim: Aim) -> None:
        """Tables with the least and the greatest value of a printed aim, unless two values are attested already."""
        for sign in (1.0, -1.0):
            if aim.target.printed and len(self._seen[place]) < 2:
                self._aim_costs(aim, sign)
                self.keep(table for table in (self._run(whole=False) or self._run(whole=True),) if table)

    def _aim_costs(self, aim: Aim, sign: float) -> None:
        for column in range(len(self.block.unknowns)):
            self._solver.changeColCost(column, sign * (column in aim.columns))

    def _bounding_weights(self, aim: Aim, sign: float = 1.0) -> dict[int, Fraction]:
        """Weights of the rows that bound an aim from below, or from above with a sign of -1."""
        self._aim_costs(aim, sign)
        self._solver.run()
        duals = list(self._solver.getSolution().row_dual)[: self._first_aim]
        weights = ((row, Fraction(dual).limit_denominator(_DENOMINATOR)) for row, dual in enumerate(duals))
        return {row: weight for row, weight in weights if weight}

    def _how(self, aim: Aim) -> str:
        """D912 when no table agrees at all, D911 when only one value is possible, else D904."""
        ends = []
        for sign in (1.0, -1.0):
            self._aim_costs(aim, sign)
            table = self._run(whole=True)
            if table is None:
                return "D912"
            ends.append(None if not table else sum(table[column] for column in aim.columns))
        return "D911" if ends[0] is not None and ends[0] == ends[1] else "D904"

    def _lines(self, aim: Aim) -> tuple[str, ...]:
        """The printed sums that the bounds of an aim rest on, in words."""
        used = self._bounding_weights(aim).keys() | self._bounding_weights(aim, -1.0).keys()
        return names_of(key for row in used for key in self.block.rows[row].keys)


def _solver(block: Block) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the library annotates all but this
    for option, value in (
        ("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 1), ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-6),
    ):  # fmt: skip
        solver.setOptionValue(option, value)
    size = len(block.unknowns)
    solver.addVars(size, [float(floor) for floor in block.floors], [float(MOST)] * size)
    for row in block.rows:
        low = -highspy.kHighsInf if row.least is None else float(row.least)
        high = highspy.kHighsInf if row.most is None else float(row.most)
        solver.addRow(low, high, len(row.columns), list(row.columns), [float(weight) for weight in row.weights])
    for aim in block.aims:
        inf = highspy.kHighsInf
        solver.addRow(-inf, inf, len(aim.columns), list(aim.columns), [1.0] * len(aim.columns))
    return solver
