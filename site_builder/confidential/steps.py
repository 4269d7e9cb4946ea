"""The confidential side as one readable list of steps: from returns to a release that proves itself, or to no release.

Beside the readers of returns, the only module here that touches the disk. The proof is made by a process of its own
that is given the package and the earlier releases, and no folder of returns.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.confidential.checking import check_by
from site_builder.confidential.decisions import FOLDER, decisions_bytes, read_decisions
from site_builder.confidential.draft import Draft, draft, revised_cells, revised_slots, steps_so_far, unannounced
from site_builder.confidential.observations import Observations, observations_of
from site_builder.confidential.standards import Standards, load_standards
from site_builder.confidential.suppress.blocks import Rules
from site_builder.confidential.suppress.costs import SYNTHETIC_KEY, Costs, Levels, salt_of
from site_builder.confidential.suppress.exact import Effort
from site_builder.confidential.suppress.history import past_of
from site_builder.confidential.suppress.patterns import Attack, Bounds, Pattern, World
from site_builder.confidential.tabulate import Table, groups_of, tabulate
from site_builder.confidential.ties import Ties
from site_builder.confidential.twins import contradicted
from site_builder.release import package
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.disclosures import Statement
from site_builder.release.externals import known_facts, told_exactly, twins
from site_builder.release.identities import identities, undeclared
from site_builder.release.ledger import FILE as LEDGER
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.policy import DisclosurePolicy, EffectivePolicy, load_policy
from site_builder.release.reference import Populations, load_populations
from site_builder.release.releases import RELEASES, Note, State, load_national, load_release, package_bytes
from site_builder.release.sealing import editions_before
from site_builder.release.structure import Form, Structure
from site_builder.release.writing import package_files
from site_builder.vocabulary.findings import Finding, Location, Severity, blocks
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.periods import Period, PeriodKind, quarters
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal
from site_builder.vocabulary.releaseid import ReleaseId

KEY_FILE = "jitter.key"  # beside the decisions of a returns repository; a secret, never committed to a public place
COLLECTION = "datapackages/reference/collection.toml"
_REFUSED, _CHANGED = 3, 4  # how the process that makes the proof ends


@dataclass(frozen=True, slots=True)
class Outcome:
    """``folder``: where the release was written, None when the returns are not clean. ``findings``: what is to be said;
    they block exactly when there is no folder."""

    folder: Path | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Setting:
    """What a release is made with, beside the returns: standards, policy, pinned references, earlier releases."""

    root: Path
    id: ReleaseId
    published_on: date
    standards: Standards
    policy: DisclosurePolicy
    populations: Populations
    pins: Mapping[str, str]
    ledger: Ledger
    editions: tuple[Edition, ...]
    told: tuple[Statement, ...] = ()  # figures that others printed of the same counts

    def __repr__(self) -> str:
        return f"<Setting of {self.id}>"

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.root / RELEASES


def make_release(
    root: Path,
    returns_roots: Sequence[Path],
    release_id: str,
    published_on: date | None,
    visibility: Visibility,
    *,
    out: Path | None = None,
    resolve: bool = False,
    workers: int = 1,
) -> Outcome:
    """Make a release from the returns below ``returns_roots`` and write it, with a line of the ledger.

    ``published_on``: default the day in the ledger, else in the calendar. With ``out`` the package is written into that
    folder, which must not exist, and the ledger stays: for a draft, or to make a release again byte for byte.
    ``resolve`` searches the pattern again instead of taking the one decided earlier.

    Raises DisclosureRefusal (exit 3) when it would not be safe or a real return lies in public, IntegrityRefusal (4)
    when the release exists or an earlier one was changed, ConfigurationError (2) when a reference is missing.
    """
    setting = prepare(root, release_id, published_on, is_new=out is None)
    checked = check_by(setting.standards, root, returns_roots, visibility, workers=workers)
    if blocks(checked.findings):
        return Outcome(None, tuple(f for f in checked.findings if f.severity is not Severity.INFO))
    observations = observations_of(checked.packages, setting.standards)
    table = tabulate(observations, setting.standards, setting.populations, setting.id.period)
    setting = replace(setting, told=told_of(setting, observations, table))
    world = world_of(setting, observations, table, resolve=resolve)
    wrong = (*unannounced(table, world), *contradicted(setting.told, table))
    if wrong:
        return Outcome(None, wrong)
    made = draft(table, world, attacker(setting, world, table))
    odd = undeclared_ties(made, structure_of(setting, table.members, made.patterns, made.cells), setting.standards.ties)
    if odd:
        return Outcome(None, odd)
    files = proved(setting, draft_files(setting, observations, made))
    return Outcome(_put_down(setting, files, made, out), made.findings)


def prepare(root: Path, release_id: str, published_on: date | None, *, is_new: bool) -> Setting:
    """Everything a release needs beside returns. Only releases before it in the ledger count as known."""
    release = _release_id(release_id)
    whole = load_ledger(root / RELEASES)
    standards, policy = load_standards(root), load_policy(root)
    entry = next((one for one in whole.entries if one.id == release_id), None)
    if is_new and (entry is not None or (root / RELEASES / release_id).exists()):
        raise package.refusal(
            release_id,
            "This release exists already and is never overwritten.",
            "Choose a new id: a correction is numbered .1, .2 and so on.",
        )
    ledger = whole.before(release_id)
    if release.correction and all(one.id != str(ReleaseId(release.period)) for one in ledger.entries):
        raise mistake(COLLECTION, f"{release_id} corrects a release that does not exist.", "Name the period alone.")
    day = published_on or (entry.published_on if entry else _calendar_day(standards, release))
    pins = _pins(root)
    return Setting(
        root,
        release,
        day,
        standards,
        policy,
        load_populations(root, pins["populations"]),
        {**pins, "collection": standards.collection.version},
        ledger,
        editions_before(root / RELEASES, ledger),
    )


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


def undeclared_ties(made: Draft, structure: Structure, ties: Ties) -> tuple[Finding, ...]:
    """A question for each sum between indicators that holds wherever all is shown and that nobody declared."""
    chance = {(names[0], *sorted(names[1:])) for names in ties.chance}
    return tuple(undeclared(one) for one in identities(made.cells, structure) if one not in chance)


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
            _key(setting.root, observations.classification), _children(setting), _levels(setting.policy), groups
        ),
        groups=groups,
        bounds=Bounds(
            setting.policy.max_hidden_share,
            {code: indicator.floor for code, indicator in collected.items()},
            steps_so_far(past, table),
        ),
        past=past,
        revised=revised_slots(observations, setting.standards, past[-1].id if past else None),
        decided=decided,
        known=told_exactly(setting.told),
        effort=Effort(setting.policy.search["exact_seconds"], setting.policy.search["assumed_spread"]),
        families=setting.standards.ties.families(),
        nested=setting.standards.ties.nested(),
    )


def attacker(setting: Setting, world: World, table: Table) -> Attack:
    """The attack on indicators that are tied to one another: everything ever printed of them, and what would be now."""

    def weak(patterns: Mapping[str, Pattern], cells: PublicCells) -> Collection[CellKey]:
        before = [_narrowed(edition, patterns) for edition in setting.editions]
        now = Edition(
            str(setting.id),
            cells,
            structure_of(setting, table.members, patterns, cells),
            frozenset(revised_cells(cells, patterns, world)),
            setting.told,
        )
        return [weakness.key for weakness in attack([*before, _narrowed(now, patterns)]).weaknesses]

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


def draft_files(setting: Setting, observations: Observations, made: Draft) -> dict[str, bytes]:
    """The files of the package but for its proof. Real returns give a disclosure-controlled release."""
    synthetic = observations.classification is Classification.SYNTHETIC
    return package_files(
        setting.id,
        setting.published_on,
        Classification.SYNTHETIC if synthetic else Classification.DISCLOSURE_CONTROLLED,
        made.cells,
        structure_of(setting, made.table.members, made.patterns, made.cells),
        setting.policy,
        made.revised,
        [Note(note.area, note.indicator, note.period, note.text) for note in made.notes],
        [State(*row) for row in made.table.states.itertuples(index=False, name=None)],
        setting.standards.areas,
        list(setting.standards.catalogue.values()),
        setting.pins,
        setting.told,
        salt_of(_key(setting.root, observations.classification), str(setting.id)),
    )


def proved(setting: Setting, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with their proof, made by another process and checked here. Raises DisclosureRefusal without one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / str(setting.id)
        package.write_files(folder, files)
        _seal(folder, setting.releases)
        load_release(folder, setting.editions, setting.ledger)
        return package_bytes(folder)


def _seal(folder: Path, releases: Path) -> None:
    """Let a process that knows no returns make the proof. Raises the refusal with which it ended."""
    words = [sys.executable, "-m", "site_builder.release.sealing", str(folder), str(releases.resolve())]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  (our own module)
    if ended.returncode in (_REFUSED, _CHANGED):
        kind: Callable[..., DisclosureRefusal | IntegrityRefusal]
        kind = DisclosureRefusal if ended.returncode == _REFUSED else IntegrityRefusal
        raise kind(*(_finding(*json.loads(line)) for line in ended.stdout.splitlines()))
    if ended.returncode:
        raise RuntimeError("the process that makes the proof has failed")


def _finding(rule: str, file: str, problem: str, fix: str) -> Finding:
    return Finding(rule, Severity.ERROR, Location(file), problem, fix)


def _put_down(setting: Setting, files: Mapping[str, bytes], made: Draft, out: Path | None) -> Path:
    """Write the package, then the decisions and the line of the ledger."""
    folder = out if out is not None else setting.releases / str(setting.id)
    sealed = package.sha256(files[package.CHECKSUMS])
    ledger = setting.ledger.append(setting.id, sealed, setting.published_on) if out is None else None
    package.write_new(folder, files)
    marks = [mark for pattern in made.patterns.values() for mark in pattern.marks()]
    package.write_files(setting.root / FOLDER, {f"{setting.id}.csv": decisions_bytes(marks)})
    if ledger is not None:
        package.write_files(setting.releases, {LEDGER: ledger.to_bytes()})
    return folder


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
    found = {area.code: setting.populations.at(area.code, year, "0-17") for area in setting.standards.areas.boroughs}
    return {code: estimate[0] for code, estimate in found.items() if estimate is not None}


def _key(root: Path, classification: Classification) -> bytes:
    """The key of the costs' jitter: published for invented returns, a secret of the returns repository for real ones."""
    if classification is Classification.SYNTHETIC:
        return SYNTHETIC_KEY
    path = root / FOLDER / KEY_FILE
    if not path.is_file():
        raise mistake(f"{FOLDER}/{KEY_FILE}", "The secret key of the search is missing.", "Write random bytes into it.")
    return path.read_bytes()


def _release_id(text: str) -> ReleaseId:
    try:
        release = ReleaseId.parse(text)
    except ValueError:
        release = None
    if release is None or release.period.kind is not PeriodKind.FINANCIAL_QUARTER:
        raise mistake(COLLECTION, "This is not the id of a release.", "Write a quarter, such as 2024-25-Q2.")
    return release


def _calendar_day(standards: Standards, release: ReleaseId) -> date:
    days = [one.publishes for one in standards.collection.rounds if one.period == release.period]
    if not days or release.correction:
        raise mistake(COLLECTION, f"The calendar has no day for {release}.", "Name the day with --on.")
    return days[0]


def _pins(root: Path) -> dict[str, str]:
    """Which vintage of each reference a release is made with, from the collection calendar."""
    table = tomllib.loads((root / COLLECTION).read_text(encoding="utf-8"))
    pins = table.get("pins")
    if not isinstance(pins, dict) or "populations" not in pins:
        raise mistake(COLLECTION, "The vintage of the populations is not pinned.", "Name it under [pins].")
    return {str(name): str(vintage) for name, vintage in sorted(pins.items())}
