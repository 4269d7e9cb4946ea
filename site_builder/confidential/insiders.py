"""What a borough could work out about the others, if it took its own counts away from what is printed.

Every figure that a borough sent is known to it. They are added to what any reader knows, and the attack is made again on
the hidden figures of the other boroughs. The answer rests on true counts, so it stays where they are: it enters no
package and no proof, and it says who and where, never how many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from site_builder.confidential.grains import cell_period
from site_builder.confidential.observations import Observations
from site_builder.confidential.standards import WHOLE, Standards
from site_builder.release.attack import Search
from site_builder.release.bases import COMPLEMENT, DENOMINATOR, NUMERATOR, Base, Count, Edition
from site_builder.release.blocks import Aim, Block, Taken, take_apart
from site_builder.release.cells import CellKey
from site_builder.release.proofs import Proof, agrees
from site_builder.release.relations import Fact, Publication, Told, publication
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import rule


class Insight(NamedTuple):
    """Boroughs that pool what they know could work out a figure of another one (``exact``), or rule out some of the
    values that the legend leaves open."""

    who: tuple[str, ...]
    indicator: str
    area: str
    period: str
    exact: bool


@dataclass(frozen=True, slots=True, repr=False)
class Inside:
    """Everything printed, taken apart, with the tables that prove it safe and the true value of what is hidden.

    Only what a search needs; its text shows nothing.
    """

    taken: Taken
    tables: Sequence[NDArray[np.int64]]  # of each block, one a line
    truth: Mapping[Base, int]

    def __repr__(self) -> str:
        return f"<Inside {len(self.taken.blocks)} blocks>"

    def boroughs(self) -> tuple[str, ...]:
        """The boroughs of which a hidden or never displayed count is known from a return."""
        return tuple(sorted({base.area for base in self.truth}))

    def indicators(self) -> tuple[str, ...]:
        """The indicators with a count of some borough that must stay open."""
        aims = (aim for block in self.taken.blocks for aim in block.aims)
        return tuple(sorted({aim.target.key.indicator for aim in aims if _is_of_one(aim)}))


@rule("D915", Severity.ERROR, f"{HERE.an_area} could work out another one's hidden figure")
def insider(who: str, place: str) -> Finding:
    """What it checks: whether {an_area} that knows its own figures could take them away from a total and be left with a
    hidden figure of another {area}. For indicators that are not sensitive it is a question, not an error.

    Why it matters: colleagues next door may know whom a small count is about.

    Example: two {areas} are hidden below a total that is shown, and each of them knows one of the two.

    How to fix: ask for more hidden figures in each total (min_hidden_per_line in the indicator's file), or publish the
    indicator for wider areas or longer periods.
    """
    return Finding(
        "D915",
        Severity.ERROR,
        Location(place),
        f"{who} can work out this withheld figure of another {HERE.area} by taking away what is known there.",
        "Hide more in each total of the indicator, or publish it more coarsely.",
    )


RULES = (insider,)


def look_inside(
    editions: Sequence[Edition], proofs: Mapping[int, Proof], observations: Observations, standards: Standards
) -> Inside:
    """What an audit of insiders starts from: all editions, the proofs of the last, and the returns that they print.

    Raises ConfigurationError when a return disagrees with what was printed of it. Of a figure that was revised, only the
    newest value stands in the returns; what was hidden before stays unknown here.
    """
    taken = take_apart(publication(editions))
    bases = [*taken.known, *(base for block in taken.blocks for base in block.unknowns)]
    truth = _truth(bases, observations, standards)
    if any(truth.get(base, value) != value for base, value in taken.known.items()):
        raise _other_returns()
    hidden = {base: value for base, value in truth.items() if base not in taken.known}
    return Inside(taken, [_tables(block, proofs.get(n)) for n, block in enumerate(taken.blocks)], hidden)


def _is_of_one(aim: Aim) -> bool:
    """Whether the count that must stay open is of one borough, and no total of several."""
    return all(base.area == aim.target.key.area for base in aim.target.bases)


def _tables(block: Block, proof: Proof | None) -> NDArray[np.int64]:
    tables = proof.tables if proof else ()
    return np.array(tables, dtype=np.int64).reshape(-1, len(block.unknowns))


def _truth(bases: Collection[Base], observations: Observations, standards: Standards) -> dict[Base, int]:
    """The value of each base that stands in a return, at its newest turn."""
    sent = _counts(observations, standards)
    newest: dict[Count, Base] = {}
    for base in bases:
        count = Count(base.indicator, base.area, base.period, base.category, base.part)
        newest[count] = max(base, newest.get(count, base), key=lambda one: one.turn)
    return {base: sent[count] for count, base in newest.items() if count in sent}


def _counts(observations: Observations, standards: Standards) -> dict[Count, int]:
    """The smallest counts of all returns, under the period of their cell."""
    frame, found = observations.frame, {}
    columns = ("area", "indicator", "period", "numerator", "denominator")
    for area, code, period, numerator, denominator in zip(*(frame[c].tolist() for c in columns), strict=True):
        place = (str(code), str(area), cell_period(standards.collected[code], Period.parse(period)), WHOLE)
        if isinstance(numerator, int):
            found[Count(*place, NUMERATOR)] = numerator
        if isinstance(denominator, int):
            found[Count(*place, DENOMINATOR)] = denominator
            found[Count(*place, COMPLEMENT)] = denominator - numerator
    return found


def alone(inside: Inside) -> tuple[Insight, ...]:
    """What each borough could work out or narrow by itself, in order."""
    return tuple(sorted(one for borough in inside.boroughs() for one in _insights(inside, (borough,))))


def in_pairs(inside: Inside, codes: Collection[str], before: Iterable[Insight]) -> tuple[Insight, ...]:
    """What two boroughs together could work out or narrow of these indicators, beyond what one of them could alone, which
    is ``before``."""
    single: dict[str, set[tuple[str, str, str, bool]]] = {}
    for one in before:
        single.setdefault(one.who[0], set()).add(one[1:])
    found: list[Insight] = []
    for pair in combinations(inside.boroughs(), 2):
        already = single.get(pair[0], set()) | single.get(pair[1], set())
        found += (one for one in _insights(inside, pair, codes) if one[1:] not in already)
    return tuple(sorted(found))


def _insights(inside: Inside, who: tuple[str, ...], codes: Collection[str] | None = None) -> set[Insight]:
    """What some boroughs together could work out or narrow; only blocks in which each of them knows something."""
    found: dict[tuple[str, str, str], bool] = {}
    for number, block in enumerate(inside.taken.blocks):
        own = {base: inside.truth[base] for base in block.unknowns if base.area in who and base in inside.truth}
        if {base.area for base in own} == set(who):
            seen = _as_seen(block, inside.taken.known, own, who, codes)
            for key, exact in _of_block(block, seen, inside.tables[number]):
                place = (key.indicator, key.area, key.period)
                found[place] = found.get(place, False) or exact
    return {Insight(who, *place, exact) for place, exact in found.items()}


def _as_seen(
    block: Block,
    known: Mapping[Base, int],
    own: Mapping[Base, int],
    who: Collection[str],
    codes: Collection[str] | None,
) -> Taken:
    """A block taken apart again by somebody who knows some of it, with the counts of other boroughs to be kept open."""
    targets = tuple(
        aim.target
        for aim in block.aims
        if _is_of_one(aim) and aim.target.key.area not in who and (codes is None or aim.target.key.indicator in codes)
    )
    if not targets:
        return Taken({}, (), (), ())
    facts = {**own} | {base: known[base] for target in targets for base in target.bases if base in known}
    told = (
        Told(row.keys[0], tuple(zip((block.unknowns[c] for c in row.columns), row.weights, strict=True)), *row[2:4])
        for row in block.rows
    )
    said = Publication(
        tuple(Fact(_key_of(base), (base,), value) for base, value in facts.items()),
        targets,
        dict(zip(block.unknowns, block.floors, strict=True)),
        (),
        (),
        (),
        told=tuple(told),
    )
    taken = take_apart(said)
    if taken.clashes:
        raise _other_returns()
    return taken


def _of_block(block: Block, taken: Taken, tables: NDArray[np.int64]) -> Iterator[tuple[CellKey, bool]]:
    """Figures that are known exactly or can be narrowed. ``tables``: those that prove the whole block."""
    for target, value in taken.closed:
        if target.printed or target.is_small(value):
            yield target.key, True
    place = {base: column for column, base in enumerate(block.unknowns)}
    for part in taken.blocks:
        if part.aims:
            yield from _attacked(part, tables[:, [place[base] for base in part.unknowns]])


def _attacked(part: Block, tables: NDArray[np.int64]) -> Iterator[tuple[CellKey, bool]]:
    """The attack on what is left of a block. Tables that agree with it still attest what they show, so the solver is
    asked only about counts for which some value of the legend is not among them."""
    left = tables[_fitting(part, tables)]
    doubtful = [number for number, aim in enumerate(part.aims) if not _is_open(aim, left)]
    if not doubtful:
        return
    search = Search(part)
    chosen = sorted({place for number in doubtful for place in _telling(part.aims[number], left)})
    search.keep(table for table in map(tuple, left[chosen].tolist()) if agrees(part, table))
    if not search.has_a_table():
        raise _other_returns()
    for number in doubtful:
        weakness = search.examine(number, part.aims[number])
        if weakness is not None:
            yield part.aims[number].target.key, weakness.code == "D911"


def _fitting(part: Block, tables: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tables agree with all that is known of a part."""
    fits = [(tables >= np.array(part.floors, dtype=np.int64)).all(axis=1)]
    for row in part.rows:
        totals = tables[:, row.columns] @ np.array(row.weights, dtype=np.int64)
        if row.least is not None:
            fits.append(totals >= row.least)
        if row.most is not None:
            fits.append(totals <= row.most)
    fitting: NDArray[np.bool_] = np.logical_and.reduce(fits)
    return fitting


def _is_open(aim: Aim, tables: NDArray[np.int64]) -> bool:
    """Whether tables show every value that the legend leaves open."""
    return len(_telling(aim, tables)) == aim.target.high - aim.target.low + 1


def _telling(aim: Aim, tables: NDArray[np.int64]) -> list[int]:
    """The places of the first tables to show each value that the legend leaves open."""
    values, first = np.unique(tables[:, aim.columns].sum(axis=1) + aim.known, return_index=True)
    return [int(place) for place in first[(values >= aim.target.low) & (values <= aim.target.high)]]


def sensitive_among(editions: Sequence[Edition], least: int) -> frozenset[str]:
    """The indicators that each total was to hide as much of as of a sensitive one: ``least`` figures or more."""
    forms = {code: form for edition in editions for code, form in edition.structure.indicators.items()}
    return frozenset(code for code, form in forms.items() if form.policy.min_hidden_per_line >= least)


def findings_of(
    release: str, insights: Iterable[Insight], sensitive: Collection[str], areas: Areas
) -> tuple[Finding, ...]:
    """A finding for each figure that somebody could work out: an error where the indicator is sensitive, a question
    elsewhere, a remark for two boroughs that would have to pool what they know."""
    found = []
    for one in insights:
        if one.exact:
            who = " and ".join(areas.by_code[code].name for code in one.who)
            place = f"{release}: {one.indicator}, {areas.by_code[one.area].name}, {one.period}"
            severity = Severity.ERROR if one.indicator in sensitive else Severity.QUERY
            said: Finding = insider(who, place)
            found.append(
                Finding(said.rule, Severity.INFO if len(one.who) > 1 else severity, said.where, said.problem, said.fix)
            )
    return tuple(found)


def _key_of(base: Base) -> CellKey:
    return CellKey(base.indicator, base.version, base.area, base.period, base.category, base.part, "all")


def _other_returns() -> ConfigurationError:
    refusal: ConfigurationError = mistake(
        "--returns",
        "These returns are not those that the releases were made of.",
        "Name the returns as they stand now.",
    )
    return refusal
