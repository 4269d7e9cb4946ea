"""Whatever the search returns, the attack accepts: on random small tables, released twice, with a late return and a
correction in between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.confidential.draft import Draft, draft, revised_cells, unannounced
from site_builder.confidential.grains import SNAPSHOTS
from site_builder.confidential.suppress.blocks import Rules
from site_builder.confidential.suppress.costs import Costs, Levels
from site_builder.confidential.suppress.history import Slot, past_of
from site_builder.confidential.suppress.patterns import Bounds, Pattern, World
from site_builder.confidential.tabulate import ALL, COLUMNS, Table, coverage_id
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.blocks import take_apart
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.certificate import Proved, certify, parse_certificate
from site_builder.release.disclosures import FILE, to_bytes
from site_builder.release.policy import EffectivePolicy
from site_builder.release.relations import publication
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.refusals import DisclosureRefusal
from tests.places import INNER_LONDON, OUTER_LONDON

INNER, OUTER = ("E09000091", "E09000092", "E09000093", "E09000094"), ("E09000095", "E09000096", "E09000097")
GROUPS = {INNER_LONDON: INNER, OUTER_LONDON: OUTER, LONDON: (*INNER, *OUTER)}
CODE, DAYS = "SG99", ("2024-06-30", "2024-09-30")
Counts = Mapping[tuple[str, str], tuple[int, int]]  # numerator and complement by borough and day


@dataclass(frozen=True)
class Story:
    """Two releases: the counts at each, who was late for the first, and what was corrected for the second."""

    nested: bool
    zeros: str
    first: Counts
    second: Counts
    late: str
    corrected: tuple[str, ...]

    @property
    def policy(self) -> EffectivePolicy:
        """What holds for the one indicator."""
        return EffectivePolicy(5, self.zeros, 2 if self.zeros == "show" else 3)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    areas, nested = GROUPS[LONDON], draw(st.booleans())
    zeros = draw(st.sampled_from(["show", "show", "hide"]))
    many = st.one_of(st.integers(6, 40), st.integers(6, 40), st.integers(0, 9))
    counts = {(area, day): (draw(many), draw(many)) for area in areas for day in DAYS}
    late = draw(st.sampled_from(["", "", "", *areas[:3]]))
    first = {slot: pair for slot, pair in counts.items() if slot[1] == DAYS[0] and slot[0] != late}
    corrected = tuple(sorted(draw(st.sets(st.sampled_from([area for area, _ in first]), max_size=2))))
    second = {**counts, **{(area, DAYS[0]): (draw(many), draw(many)) for area in corrected}}
    return Story(nested, zeros, first, second, late, corrected)


def table_of(story: Story, counts: Counts) -> Table:
    """Boroughs and totals, over those that reported."""
    rows: list[tuple[object, ...]] = []
    members: dict[str, tuple[str, ...]] = {}
    for day in sorted({day for _, day in counts}):
        here = {area: counts[area, day] for area, when in counts if when == day}
        places: list[tuple[tuple[str, ...], str, str]] = [((area,), area, ALL) for area in here]
        for total, everybody in GROUPS.items():
            inside = tuple(sorted(set(everybody) & here.keys()))
            coverage = ALL if len(inside) == len(everybody) else coverage_id(inside)
            members |= {coverage: inside} if coverage != ALL else {}
            places.append((inside, total, coverage))
        for inside, area, coverage in places:
            numerator, rest = (sum(here[one][part] for one in inside) for part in (0, 1))
            rows.append((CODE, 1, area, day, "total", "numerator", coverage, numerator, "", ""))
            if story.nested:
                rows.append((CODE, 1, area, day, "total", "denominator", coverage, numerator + rest, "", ""))
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "Int64"})
    return Table(frame, members, {CODE: SNAPSHOTS}, pd.DataFrame(), ())


def release(
    story: Story, number: int, counts: Counts, before: Sequence[Edition], revised: frozenset[Slot]
) -> Edition | None:
    """One release as the search makes it; None when there is no safe one."""
    table = table_of(story, counts)
    rules = Rules(5, story.zeros == "show", story.policy.min_hidden_per_line, parted=story.nested)
    costs = Costs(b"synthetic", dict.fromkeys(GROUPS[LONDON], 9_000), Levels(), GROUPS)
    past = tuple(past_of(one) for one in before)
    world = World({CODE: rules}, costs, GROUPS, Bounds(1.0), past, {CODE: revised})
    assert unannounced(table, world) == ()

    def edition(cells: PublicCells, more: Collection[CellKey]) -> Edition:
        used = set(cells.frame["coverage"])
        coverage = {name: codes for name, codes in table.members.items() if name in used}
        form = Form("proportion" if story.nested else "count", 1, SNAPSHOTS, story.policy)
        return Edition(f"r{number}", cells, Structure(GROUPS, coverage, {}, {CODE: form}), frozenset(more))

    def weak(patterns: Mapping[str, Pattern], cells: PublicCells) -> list[CellKey]:
        now = edition(cells, revised_cells(cells, patterns, world))
        return [one.key for one in attack([*before, now]).weaknesses]

    try:
        made: Draft = draft(table, world, weak)
    except DisclosureRefusal:
        return None
    return edition(made.cells, made.revised)


def is_accepted(editions: Sequence[Edition]) -> bool:
    """Whether the attack finds nothing, and a certificate of it passes its check."""
    result = attack(editions)
    files = {FILE: to_bytes(())}
    made = certify("r", files, "", take_apart(publication(editions)).blocks, result.proofs)
    Proved("r", tuple(editions), parse_certificate({**files, **made}, "r"))
    return not result.weaknesses


def test_two_releases_of_any_table_stand_up_to_the_attack() -> None:
    met: set[tuple[int, bool, bool]] = set()

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(stories())
    def look(story: Story) -> None:
        first = release(story, 1, story.first, (), frozenset())
        if first is None:
            return
        assert is_accepted([first])
        slots = frozenset((area, DAYS[0]) for area in story.corrected)
        second = release(story, 2, story.second, (first,), slots)
        met.add((1 if second is None else 2, bool(story.late), bool(story.corrected)))
        if second is not None:
            assert is_accepted([first, second])

    look()
    assert {(2, late, corrected) for late in (True, False) for corrected in (True, False)} <= met
