"""A release before its proof: the cells as they would be printed, and the words and states that go with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from site_builder.confidential.grains import QUARTERS_AND_YEAR, cell_period
from site_builder.confidential.observations import Observations
from site_builder.confidential.standards import Standards
from site_builder.confidential.suppress import choose
from site_builder.confidential.suppress.blocks import TOTALS, Unit, blocks_of
from site_builder.confidential.suppress.coarsen import FULL, is_kept
from site_builder.confidential.suppress.history import Past, Slot, changed_without_notice
from site_builder.confidential.suppress.patterns import Attack, Pattern, World
from site_builder.confidential.tabulate import Note, Table
from site_builder.confidential.texts import codes_in
from site_builder.release.cells import CellKey, PublicCells
from site_builder.vocabulary.findings import Finding, Location, Severity, in_order
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.symbols import Withheld


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What a release would print, as its shape only. ``patterns`` say which cells are hidden and how finely each
    indicator is published; ``revised`` names the cells whose value is not the one that the release before showed."""

    table: Table
    patterns: Mapping[str, Pattern]
    cells: PublicCells
    notes: tuple[Note, ...]
    revised: tuple[CellKey, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"<Draft {len(self.cells)} cells>"


def revised_slots(
    observations: Observations, standards: Standards, since: Collection[str]
) -> dict[str, frozenset[Slot]]:
    """For each indicator the (borough, period) whose count was corrected after a release of ``since`` had shown it; the
    year of a quarter too, since a coarser table may know no quarters."""
    found: dict[str, set[Slot]] = {}
    for one in observations.corrections:
        if one.release not in since:
            continue
        period = Period.parse(one.period)
        for code in one.indicators:
            indicator = standards.collected[code]
            found.setdefault(code, set()).update(
                {(one.area, cell_period(indicator, period)), (one.area, period.year.id)}
            )
    return {code: frozenset(slots) for code, slots in sorted(found.items())}


def unannounced(table: Table, world: World) -> tuple[Finding, ...]:
    """Figures that differ from those of an earlier release although no correction says so, one finding a borough,
    indicator and period."""
    found = set()
    for block in blocks_of(table, world.rules, world.groups):
        revised = world.revised.get(block.indicator, frozenset())
        for unit in changed_without_notice(block, world.past, revised):
            if unit.area not in TOTALS:
                found.add((block.indicator, unit.area, unit.period))
    return in_order(
        Finding(
            "T706",
            Severity.ERROR,
            Location("datapackages/returns"),
            f"{code} of {area} for {period} is not the figure that was released, and no correction says so.",
            "Restore the return, or follow the steps for corrections.",
        )
        for code, area, period in found
    )


def draft(table: Table, world: World, attack: Attack) -> Draft:
    """Choose what to hide, let ``attack`` find fault until it finds none, and draw up what would be printed.

    Raises DisclosureRefusal when no safe pattern is found.
    """
    patterns = choose.prove(table, choose.choose(table, world), attack, world)
    cells = choose.printed(table, patterns)
    return Draft(
        table,
        patterns,
        cells,
        notes_beside(table.notes, cells),
        revised_cells(cells, patterns, world),
        choose.findings_of(patterns),
    )


def steps_so_far(past: Sequence[Past], table: Table) -> dict[str, str]:
    """How far down the ladder the latest release had come with each indicator: what is coarse stays coarse."""
    if not past:
        return {}
    found = {}
    for code in past[-1].cells.indicators():
        units = [Unit(key.area, key.period, key.coverage) for key, *_ in past[-1].cells.of_indicator(code)]
        if code in table.grains:
            found[code] = _rung(units, table.grains[code])
    return found


def _rung(units: Collection[Unit], grain: str) -> str:
    """The finest step at which all these units would be printed and none finer is left out."""
    has_boroughs = any(unit.area not in TOTALS for unit in units)
    has_quarters = any(Period.parse(unit.period).kind is not PeriodKind.FINANCIAL_YEAR for unit in units)
    if has_boroughs:
        return FULL if has_quarters or grain != QUARTERS_AND_YEAR else "year"
    return next(step for step in ("london", "inner-outer") if all(is_kept(unit, step, grain) for unit in units))


def notes_beside(notes: Sequence[Note], cells: PublicCells) -> tuple[Note, ...]:
    """Notes on figures that are printed or say why they are not; never on a hidden one, nor one that names it."""
    marks: dict[tuple[str, str, str], set[str]] = {}
    hidden: dict[tuple[str, str], list[Period]] = {}
    for key, _, withheld, _ in cells:
        marks.setdefault((key.area, key.indicator, key.period), set()).add(withheld)
        if withheld == Withheld.CONFIDENTIAL.value:
            hidden.setdefault((key.area, key.indicator), []).append(Period.parse(key.period))

    def is_safe(note: Note) -> bool:
        if Withheld.CONFIDENTIAL.value in marks.get((note.area, note.indicator, note.period), {"c"}):
            return False
        own = Period.parse(note.period)
        named = [code for code in codes_in(note.text, cells.indicators()) if code != note.indicator]
        about = (period for code in named for period in hidden.get((note.area, code), ()))
        return not any(period.start <= own.end and own.start <= period.end for period in about)

    return tuple(note for note in notes if is_safe(note))


def revised_cells(cells: PublicCells, patterns: Mapping[str, Pattern], world: World) -> tuple[CellKey, ...]:
    """Cells of the release before that add up a corrected count; not those that are printed with the same value."""
    if not world.past:
        return ()
    before = {key: value for key, value, withheld, _ in world.past[-1].cells if withheld in ("", "c")}
    found = []
    for key, value, withheld, _ in cells:
        slots = world.revised.get(key.indicator)
        if not slots or key not in before or withheld not in ("", "c") or (value and value == before[key]):
            continue
        block = patterns[key.indicator].case.block
        bases = block.bases(Unit(key.area, key.period, key.coverage))
        if any((base.area, base.period) in slots for base in bases):
            found.append(key)
    return tuple(sorted(found))
