"""What surrounds a table when it is made safe: rules, costs, what was told before and elsewhere, and who attacks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from site_builder.confidential.decisions import FOLDER, read_decisions
from site_builder.confidential.draft import revised_cells, revised_slots, steps_so_far
from site_builder.confidential.observations import Observations
from site_builder.confidential.setting import Setting, key_of
from site_builder.confidential.suppress.blocks import Rules
from site_builder.confidential.suppress.costs import Costs, Levels
from site_builder.confidential.suppress.exact import Effort
from site_builder.confidential.suppress.history import past_of
from site_builder.confidential.suppress.patterns import Attack, Bounds, Pattern, World
from site_builder.confidential.tabulate import Table, groups_of
from site_builder.confidential.withdrawn import narrowed_beyond
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.disclosures import Statement
from site_builder.release.externals import known_facts, told_exactly, twins
from site_builder.release.policy import DisclosurePolicy, EffectivePolicy
from site_builder.release.releases import load_national
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period, PeriodKind, quarters
from site_builder.vocabulary.planes import Classification


def told_of(setting: Setting, observations: Observations, table: Table) -> tuple[Statement, ...]:
    """What others printed of these counts; nothing of invented ones, which are about nobody.

    Raises ConfigurationError when the list of known facts cannot be read.
    """
    if observations.classification is Classification.SYNTHETIC:
        return ()
    keys, collected = table.counted(), setting.standards.collected
    return (
        *twins(collected, load_national(setting.root), keys),
        *known_facts(setting.root, collected, keys),
    )


def world_of(setting: Setting, observations: Observations, table: Table, *, resolve: bool) -> World:
    """The search's surroundings: rules, costs, limits, what earlier releases told, and what was decided earlier."""
    past = tuple(past_of(edition) for edition in setting.editions)
    collected, groups = setting.standards.collected, groups_of(setting.standards.areas)
    decided = {} if resolve else read_decisions(setting.root / FOLDER / f"{setting.id}.csv")
    return World(
        rules={
            code: _rules(setting.policy.effective(indicator.disclosure, code), indicator.measure.kind)
            for code, indicator in collected.items()
        },
        costs=Costs(
            key_of(setting.root, observations.classification), _children(setting), _levels(setting.policy), groups
        ),
        groups=groups,
        bounds=Bounds(
            setting.policy.max_hidden_share,
            {code: indicator.floor for code, indicator in collected.items()},
            steps_so_far(past, table),
        ),
        past=past,
        revised=revised_slots(observations, setting.standards, setting.since if past else ()),
        decided=decided,
        known=told_exactly(setting.told),
        effort=Effort(setting.policy.search["exact_seconds"], setting.policy.search["assumed_spread"]),
        families=setting.standards.ties.families(),
        nested=setting.standards.ties.nested(),
        withdrawn=setting.seen.figures,
    )


def world_seen(setting: Setting, observations: Observations, world: World) -> World:
    """The same as seen by a reader of the last release, where that was withdrawn: what is revised since."""
    last = setting.seen.editions[-1:]
    names = [edition.release for edition in last]
    if names == [edition.release for edition in setting.editions[-1:]]:
        return world
    return replace(world, past=tuple(map(past_of, last)), revised=revised_slots(observations, setting.standards, names))


def attacker(setting: Setting, world: World, seen: World, table: Table) -> Attack:
    """The attack on indicators that are tied to one another: everything ever printed of them, and what would be now. A
    reader who knows withdrawn releases too, ``seen``, may narrow nothing more than by those alone."""

    def weak(patterns: Mapping[str, Pattern], cells: PublicCells) -> Collection[CellKey]:
        def of(editions: Collection[Edition]) -> list[Edition]:
            return [_narrowed(edition, patterns) for edition in editions]

        structure = structure_of(setting, table.members, patterns, cells)
        revised = frozenset(revised_cells(cells, patterns, world))
        now = Edition(str(setting.id), cells, structure, revised, setting.told)
        weak = [weakness.key for weakness in attack(of([*setting.editions, now])).weaknesses]
        if weak or len(setting.seen.editions) == len(setting.editions):
            return weak
        then = now._replace(revised=frozenset(revised_cells(cells, patterns, seen)))
        return narrowed_beyond(of(setting.seen.editions), of([then])[0])

    return weak


def structure_of(
    setting: Setting, members: Mapping[str, tuple[str, ...]], patterns: Mapping[str, Pattern], cells: PublicCells
) -> Structure:
    """How the printed cells hang together."""
    frame = cells.frame
    used = set(frame["coverage"].unique())
    periods = [Period.parse(text) for text in sorted(frame["period"].unique())]
    years = [period for period in periods if period.kind is PeriodKind.FINANCIAL_YEAR]
    policy, catalogue = setting.policy, setting.standards.catalogue
    whole = Structure(
        areas=groups_of(setting.standards.areas),
        coverage={name: codes for name, codes in members.items() if name in used},
        years={year.id: tuple(quarter.id for quarter in quarters(year)) for year in years},
        indicators={
            code: Form(
                catalogue[code].measure.kind.value,
                catalogue[code].version,
                pattern.case.block.grain,
                policy.effective(catalogue[code].disclosure, code),
            )
            for code, pattern in sorted(patterns.items())
        },
        same=setting.standards.ties.same,
        within=setting.standards.ties.within,
        sums=setting.standards.ties.sums,
    )
    return whole.of_indicators(patterns)


def _narrowed(edition: Edition, codes: Collection[str]) -> Edition:
    return edition._replace(
        cells=edition.cells.of_indicators(codes),
        structure=edition.structure.of_indicators(codes),
        revised=frozenset(key for key in edition.revised if key.indicator in codes),
        told=tuple(one for one in edition.told if all(term.key.indicator in codes for term in one.terms)),
    )


def _rules(policy: EffectivePolicy, kind: Kind) -> Rules:
    return Rules(policy.threshold, policy.zeros == "show", policy.min_hidden_per_line, parted=kind is Kind.PROPORTION)


def _levels(policy: DisclosurePolicy) -> Levels:
    costs = policy.costs
    return Levels(costs["borough-quarter"], costs["borough-year"], costs["inner-outer"], costs["london"])


def _children(setting: Setting) -> dict[str, int]:
    year = setting.id.period.population_year
    found = {area.code: setting.populations.at(area.code, year, HERE.ages) for area in setting.standards.areas.boroughs}
    return {code: estimate[0] for code, estimate in found.items() if estimate is not None}
