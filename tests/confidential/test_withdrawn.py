"""What a withdrawn release showed: what counts as lost, what must not be narrowed with it, and what is never shown again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds as Limits
from scipy.optimize import LinearConstraint, milp

from site_builder.confidential.draft import draft
from site_builder.confidential.suppress.blocks import Rules
from site_builder.confidential.suppress.costs import Costs, Levels
from site_builder.confidential.suppress.patterns import Bounds, Pattern, World
from site_builder.confidential.withdrawn import (
    FIGURES,
    FOLDER,
    PACKAGE,
    about,
    figures_bytes,
    load_seen,
    narrowed_beyond,
    read_figures,
    refuse_shown,
    revised_since,
    shows_too,
)
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.ledger import Ledger
from site_builder.release.structure import Form, Structure
from site_builder.release.texts import About
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.refusals import ConfigurationError, DisclosureRefusal
from site_builder.vocabulary.releaseid import ReleaseId
from tests.confidential.test_sequences import CODE, DAYS, GROUPS, Story, release, stories, table_of
from tests.release.sealed import IDS, SECOND, add, cells, files, key
from tests.release.sealed import STRUCTURE as THREE

A, B, C, L = "E09000001", "E09000002", "E09000003", LONDON
DAY = date(2024, 7, 1)


def of(table: Mapping[str, str]) -> Edition:
    return Edition("r", cells({"p1": table}), THREE, frozenset())


def at(*areas: str) -> tuple[CellKey, ...]:
    return tuple(key(area, "p1") for area in areas)


def test_a_figure_that_only_a_withdrawn_one_gives_away_is_narrowed() -> None:
    seen = of({A: "7", B: "c", C: "c", L: "40"})
    now = of({A: "c", B: "c", C: "20", L: "40"})
    assert attack([now]).weaknesses == ()  # who never saw it knows no more than that the two are 20 together
    assert narrowed_beyond([seen], now) == at(B)


def test_what_a_withdrawn_release_gave_away_by_itself_is_no_target() -> None:
    shown = of({A: "7", B: "c", C: "c", L: "40"})
    assert narrowed_beyond([shown], of({A: "c", B: "c", C: "c", L: "40"})) == ()
    worked_out = of({A: "c", B: "12", C: "20", L: "40"})
    assert narrowed_beyond([worked_out], of({A: "c", B: "c", C: "20", L: "40"})) == ()


def test_what_was_narrowed_may_not_be_worked_out_later() -> None:
    seen = of({A: "c", B: "c", C: "36", L: "40"})  # two of 1 to 3: less than the legend says, and not known
    assert {(one.key, one.code) for one in attack([seen]).weaknesses} >= {(key(A, "p1"), "D904")}
    assert narrowed_beyond([seen], of({A: "c", B: "c", C: "36", L: "40"})) == ()
    assert set(narrowed_beyond([seen], of({A: "c", B: "3", C: "36", L: "40"}))) >= set(at(A))


def test_figures_that_cannot_all_be_true_vouch_for_nothing() -> None:
    one, other = of({A: "30", B: "c", C: "c", L: "40"}), of({A: "31", B: "c", C: "c", L: "40"})
    assert "D912" in {weakness.code for weakness in attack([one, other]).weaknesses}
    assert narrowed_beyond([one, other], of({A: "30", B: "c", C: "c", L: "40"})) != ()


def test_another_number_that_was_shown_earlier_is_no_harm() -> None:
    gone = of({A: "3", B: "c", C: "20", L: "40"})
    figures = frozenset({about(key(A, "p1"))})
    assert shows_too(of({A: "3", B: "12", C: "20", L: "35"}), gone, figures)
    assert not shows_too(of({A: "9", B: "12", C: "20", L: "41"}), gone, figures)


def test_a_release_that_shows_a_figure_again_is_refused_without_its_number() -> None:
    figures = {About(A, "T1", "p1")}
    refuse_shown("r", cells({"p1": {A: "c", B: "9"}}), figures)
    with pytest.raises(DisclosureRefusal) as refused:
        refuse_shown("r", cells({"p1": {A: "8765"}}), figures)
    assert [one.rule for one in refused.value.findings] == ["D923"]
    assert "8765" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "indicator,area,period\n", "indicator,area\nT1,A\n", "indicator,area,period\nT1,A\n", "\xff"]
)
def test_a_list_of_figures_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="latin-1")
    with pytest.raises(ConfigurationError):
        read_figures(tmp_path / "list.csv")
    with pytest.raises(ConfigurationError):
        read_figures(tmp_path / "none.csv")


def test_a_list_as_a_spreadsheet_saves_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"\xef\xbb\xbfindicator,area,period\r\nT1,E09000001,p1\r\n")
    assert read_figures(tmp_path / "list.csv") == {About(A, "T1", "p1")}


def test_a_release_that_followed_a_withdrawn_one_and_is_withdrawn_too_keeps_what_it_revised(tmp_path: Path) -> None:
    ledger, _ = _one_of_two_withdrawn(tmp_path)
    assert load_seen(tmp_path, ledger, ()).editions[0].revised == frozenset()
    for path, data in revised_since(IDS[0], [key(B, "p1")]).items():
        (tmp_path / path).write_bytes(data)
    assert load_seen(tmp_path, ledger, ()).editions[0].revised == {key(B, "p1")}


def test_everything_that_readers_saw_is_read_in_its_order(tmp_path: Path) -> None:
    ledger, kept = _one_of_two_withdrawn(tmp_path)
    seen = load_seen(tmp_path, ledger, ())
    assert [one.release for one in seen.editions] == [IDS[0]]
    assert seen.editions[0].cells.frame.equals(cells({"p1": SECOND}).frame)
    assert seen.figures == {About(A, "T1", "p1")}
    (kept / FIGURES).unlink()
    with pytest.raises(ConfigurationError):
        load_seen(tmp_path, ledger, ())


def test_no_release_is_made_while_what_was_shown_is_not_at_hand(tmp_path: Path) -> None:
    ledger, kept = _one_of_two_withdrawn(tmp_path)
    kept.rename(tmp_path / "elsewhere")
    with pytest.raises(DisclosureRefusal, match="D922"):
        load_seen(tmp_path, ledger, ())


def test_a_release_that_stands_and_shows_the_same_stops_everything(tmp_path: Path) -> None:
    ledger, _ = _one_of_two_withdrawn(tmp_path)
    other = Edition(IDS[1], cells({"p1": SECOND}), THREE, frozenset())
    ledger = ledger.append(ReleaseId.parse(IDS[1]), "0" * 64, ledger.entries[0].published_on)
    with pytest.raises(DisclosureRefusal, match="D923"):
        load_seen(tmp_path, ledger, [other])
    hidden = Edition(IDS[1], cells({"p1": {**SECOND, A: "c"}}), THREE, frozenset())
    for path, data in revised_since(IDS[1], [key(B, "p1")]).items():
        (tmp_path / path).write_bytes(data)
    assert load_seen(tmp_path, ledger, [hidden]).editions[1].revised == {key(B, "p1")}


def _one_of_two_withdrawn(root: Path) -> tuple[Ledger, Path]:
    releases = root / "datapackages/releases"
    add(releases, 0, files(0, {"p1": SECOND}))
    folder = root / FOLDER / IDS[0]
    folder.mkdir(parents=True)
    (releases / IDS[0]).rename(folder / PACKAGE)
    (folder / FIGURES).write_bytes(figures_bytes({About(A, "T1", "p1")}))
    return Ledger().append(ReleaseId.parse(IDS[0]), "0" * 64, DAY).withdraw(IDS[0]), folder


def after(story: Story, seen: Edition, lost: Collection[About], helped: list[CellKey]) -> Edition | None:
    """The release that follows one that was withdrawn; None when there is no safe one. ``helped``: gathers what only a
    reader of the withdrawn one could have narrowed on the way."""
    table = table_of(story, story.first)
    rules = Rules(5, story.zeros == "show", story.policy.min_hidden_per_line, parted=story.nested)
    costs = Costs(b"synthetic", dict.fromkeys(GROUPS[LONDON], 9_000), Levels(), GROUPS)
    world = World({CODE: rules}, costs, GROUPS, Bounds(1.0), withdrawn=frozenset(lost))

    def edition(printed: PublicCells) -> Edition:
        used = set(printed.frame["coverage"])
        coverage = {name: codes for name, codes in table.members.items() if name in used}
        form = Form("proportion" if story.nested else "count", 1, "snapshots", story.policy)
        return Edition("r2", printed, Structure(GROUPS, coverage, {}, {CODE: form}), frozenset())

    def weak(_: Mapping[str, Pattern], printed: PublicCells) -> Sequence[CellKey]:
        now = edition(printed)
        plain = [one.key for one in attack([now]).weaknesses]
        helped.extend(more := () if plain else narrowed_beyond([seen], now))
        return plain or more

    try:
        made = draft(table, world, weak)
        refuse_shown("r2", made.cells, lost)
    except DisclosureRefusal:
        return None
    return edition(made.cells)


def spans(editions: Sequence[Edition]) -> Mapping[str, tuple[int, int]]:
    """By another solver, of each hidden borough of the last edition the least and the greatest count that agrees with all
    that is printed. Zeros are shown, so what is hidden is 1 or more."""
    areas = GROUPS[LONDON]
    rows, values = [], []
    low = np.zeros(len(areas))
    for one in editions:
        for cell in one.cells:
            inside = GROUPS.get(cell.key.area, (cell.key.area,))
            if cell.value:
                members = one.structure.coverage.get(cell.key.coverage, inside)
                rows.append([float(area in members) for area in areas])
                values.append(float(cell.value))
            elif cell.key.area in areas:
                low[areas.index(cell.key.area)] = 1
    hidden = [c.key.area for c in editions[-1].cells if c.withheld == "c" and c.key.area in areas]
    found = {}
    for area in hidden:
        ends = []
        for sign in (1.0, -1.0):
            aim = np.array([sign * (one == area) for one in areas])
            fixed = [LinearConstraint(np.array(rows), values, values)] if rows else []
            made = milp(aim, constraints=fixed, integrality=np.ones(len(areas)), bounds=Limits(low, 10_000))
            assert made.success
            ends.append(round(sign * made.fun))
        found[area] = (ends[0], ends[1])
    return found


def narrowed_by(before: Sequence[Edition], now: Edition) -> Iterator[str]:
    """Hidden boroughs whose count a reader of both knows better than he may, and not so from the earlier one alone."""
    marks = now._replace(cells=PublicCells.from_frame(now.cells.frame.query("value == ''")))
    alone, both = spans([*before, marks]), spans([*before, now])
    for area, (least, most) in both.items():
        open_ = least > 5 or (least <= 1 and most >= 5)
        if not (open_ and least < most) and both[area] != alone[area]:
            yield area


def test_nothing_is_narrowed_with_a_withdrawn_release_in_hand() -> None:
    made: list[Edition] = []
    helped: list[CellKey] = []

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(stories(), st.integers(0, 6))
    def look(story: Story, choice: int) -> None:
        story = replace(story, nested=False, zeros="show")  # what the second solver knows
        first = release(story, 1, story.first, (), frozenset())
        shown = [c.key for c in first.cells if c.value not in ("", "0") and c.key.area not in GROUPS] if first else []
        assume(shown)
        assert first is not None
        lost = {about(shown[choice % len(shown)])}
        now = after(story, first, lost, helped)
        if now is not None:
            made.append(now)
            assert not [c for c in now.cells if c.value and about(c.key) in lost]
            assert not list(narrowed_by([], now))
            assert not list(narrowed_by([first], now))

    look()
    assert (len(made) > 10, bool(helped)) == (True, True)


def test_the_second_solver_finds_what_is_narrowed() -> None:
    """The oracle above can fail: it finds the count that the first test of this module is about."""
    form = THREE.indicators["T1"]
    structure = Structure({L: GROUPS[L]}, {}, {}, {"T1": form})
    one, two, *rest = GROUPS[L]
    others = dict.fromkeys(rest[1:], "30")
    total = str(40 + 30 * len(rest[1:]))
    seen = Edition(
        "r", cells({DAYS[0]: {one: "7", two: "c", rest[0]: "c", **others, L: total}}), structure, frozenset()
    )
    now = Edition(
        "r", cells({DAYS[0]: {one: "c", two: "c", rest[0]: "20", **others, L: total}}), structure, frozenset()
    )
    assert list(narrowed_by([], now)) == []
    assert list(narrowed_by([seen], now)) == [two]
