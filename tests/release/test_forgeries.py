"""Packages that a forger has sealed with care: every checksum right, and still no proof."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest

from site_builder.release.attack import attack
from site_builder.release.audits import audit
from site_builder.release.bases import Edition
from site_builder.release.blocks import Block, take_apart
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.certificate import proves
from site_builder.release.policy import EffectivePolicy, load_policy
from site_builder.release.proofs import MOST, Proof, Reason
from site_builder.release.relations import publication
from site_builder.release.releases import load_releases
from site_builder.release.structure import Form, Structure
from site_builder.vocabulary.refusals import IntegrityRefusal, Refusal
from tests.release.sealed import IDS, ROOT, reseal, two_releases

AREAS = {"I": ("A", "B"), "O": ("C", "D"), "L": ("A", "B", "C", "D")}
BREAK = 2**64  # where sums of an array of 64-bit numbers begin again


def edition(cells: Mapping[str, str], *revised: str, threshold: int = 5, zeros: str = "show", line: int = 1) -> Edition:
    """Cells of one period by area."""
    form = Form("count", 1, "snapshots", EffectivePolicy(threshold, zeros, line))
    rows = (Cell(_key(area), *(("", "c") if value == "c" else (value, "")), "") for area, value in cells.items())
    structure = Structure(AREAS, {}, {}, {"T": form})
    return Edition("r", PublicCells.of(rows), structure, frozenset(_key(area) for area in revised))


def _key(area: str) -> CellKey:
    return CellKey("T", 1, area, "t", "total", "numerator", "all")


def only_block(said: Edition) -> Block:
    (block,) = take_apart(publication([said])).blocks
    return block


def codes(*editions: Edition) -> set[str]:
    return {f"{w.code} {w.key.area}" for w in attack(editions).weaknesses}


def test_numbers_too_large_for_their_array_prove_nothing() -> None:
    """Four hidden counts of 6 together: none can be 4. In sums that begin again at 2^64 they could."""
    block = only_block(edition({"A": "c", "B": "c", "C": "c", "D": "c", "L": "6"}))
    assert {place.target.high for place in block.aims} == {5}
    large = 2**63 - 1
    tables = []
    for place, value in product(range(4), range(1, 6)):
        rest = (6 - value - 2 * large) % BREAK  # the last count, so that the sum begins again at 6
        others = [large, large, rest] if rest <= large else [large, large, rest - large]
        table = [*others[:place], value, *others[place:]]
        tables.append(tuple(table))
    assert not proves(block, Proof(tuple(tables), ()))
    assert not proves(block, Proof(((BREAK, 1, 1, 1),), ()))


def test_a_count_beyond_every_public_bound_is_no_witness() -> None:
    block = only_block(edition({"A": "c", "B": "c", "I": "c"}))
    tables = tuple((first, second) for first in range(1, 7) for second in range(1, 7))
    assert proves(block, Proof(tables, ()))
    assert not proves(block, Proof((*tables, (MOST + 1, 1)), ()))


def test_nothing_follows_from_figures_that_cannot_all_be_true() -> None:
    """From a contradiction any bound can be shown, so a proof needs one table at least."""
    said = edition({"A": "c", "B": "c", "C": "20", "D": "30", "I": "9", "O": "50", "L": "80"})
    assert {found[:4] for found in codes(said)} == {"D912"}
    for block in take_apart(publication([said])).blocks:
        assert not proves(block, Proof((), tuple(Reason(place, {}) for place in range(len(block.aims)))))


def test_totals_that_contradict_each_other_are_found_where_nothing_is_hidden() -> None:
    assert codes(edition({"I": "10", "O": "20", "L": "30"})) == set()
    assert {found[:4] for found in codes(edition({"I": "10", "O": "20", "L": "25"}))} == {"D912"}


def test_hidden_counts_that_are_small_together_are_as_good_as_shown() -> None:
    group = {"A": "c", "B": "c", "C": "9", "D": "9", "L": "23"}
    assert codes(edition(group, zeros="hide")) == {"D904 L"}
    assert codes(edition({**group, "L": "24"}, zeros="hide")) == set()
    assert codes(edition({**group, "L": "24"})) == set()


def test_a_stricter_policy_holds_for_what_was_hidden_before() -> None:
    """Two counts of 7 together: either may be 1 to 5, neither may be 7."""
    cells = {"A": "c", "B": "c", "C": "9", "D": "9", "L": "25"}
    now = edition(cells, threshold=7)
    assert codes(edition(cells)) == set()
    assert codes(now) == codes(edition(cells), now) == {"D904 A", "D904 B"}


def test_a_count_never_displayed_and_then_printed_is_printed() -> None:
    """What is plainly not small may be known while it is not displayed, but not once a mark stands for it."""
    known = {"A": "40", "I": "90"}
    assert codes(edition(known)) == set()
    assert codes(edition(known), edition({**known, "B": "c"})) == {"D911 B"}


def test_a_total_alone_may_be_revised() -> None:
    first, second = edition({"I": "40", "O": "60", "L": "100"}), {"I": "41", "O": "60", "L": "101"}
    assert codes(first, edition(second, "I", "L")) == set()
    assert {found[:4] for found in codes(first, edition(second, "L"))} == {"D912"}
    assert {found[:4] for found in codes(first, edition(second))} == {"D912"}


def test_a_total_listed_beside_boroughs_that_are_not_moves_nothing() -> None:
    """Otherwise a list of revisions could make a reader forget."""
    first = edition({"A": "c", "B": "c", "I": "20"})
    second = edition({"A": "c", "B": "12", "I": "c"}, "I")
    assert "D911 A" in codes(first, second)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return two_releases(tmp_path / "releases")


def milder(folder: Path) -> None:
    path = folder / IDS[1] / "structure.json"
    table = json.loads(path.read_bytes())
    table["indicators"]["T1"]["policy"]["threshold"] = 1
    path.write_text(json.dumps(table), encoding="utf-8")


def another_reason(folder: Path) -> None:
    path = folder / IDS[1] / "certificate.json"
    head = json.loads(path.read_bytes())
    head["blocks"][0]["reasons"] = [{"open": "first", "weights": {}}]
    path.write_text(json.dumps(head), encoding="utf-8")


@pytest.mark.parametrize("forge", [milder, another_reason])
def test_a_forgery_with_right_checksums_is_refused(releases: Path, forge: Callable[[Path], None]) -> None:
    forge(releases)
    reseal(releases)
    for look in (load_releases, audit):
        with pytest.raises(Refusal):
            look(releases)


def test_an_audit_finds_a_package_that_is_not_the_one_in_the_ledger(releases: Path) -> None:
    ledger = (releases / "ledger.csv").read_bytes()
    (releases / IDS[0] / "README.md").write_text("Other words.\n", encoding="utf-8")
    reseal(releases)
    (releases / "ledger.csv").write_bytes(ledger)
    with pytest.raises(IntegrityRefusal):
        audit(releases)


def test_an_audit_wants_every_package(releases: Path) -> None:
    shutil.rmtree(releases / IDS[0])
    with pytest.raises(IntegrityRefusal):
        audit(releases, [IDS[1]])


def test_no_indicator_is_held_to_less_than_the_policy() -> None:
    policy = load_policy(ROOT)
    kept = {
        (threshold, zeros, line): policy.is_kept_by(EffectivePolicy(threshold, zeros, line))
        for threshold, zeros, line in product((1, 5, 7), ("show", "hide"), (1, 2, 3))
    }
    assert {key for key, is_kept in kept.items() if is_kept} == set(product((5, 7), ("show", "hide"), (2, 3)))
