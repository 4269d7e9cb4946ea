"""Counts that stand in several indicators: what one of them shows is no secret in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from site_builder.release import relations
from site_builder.release.attack import attack
from site_builder.release.bases import Edition
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.policy import EffectivePolicy
from site_builder.release.structure import Form, Structure, parse_structure
from site_builder.vocabulary.names import Named, SumOf, Within
from site_builder.vocabulary.refusals import IntegrityRefusal

SAME = ((Named("ALL", "numerator"), Named("SHARE", "denominator")),)
WITHIN = (Within(Named("PART", "numerator"), Named("ALL", "numerator")),)
KINDS = {"ALL": "count", "SHARE": "proportion", "PART": "count"}
SHORT = {"n": "numerator", "d": "denominator"}


def structure(threshold: int = 5, line: int = 1) -> Structure:
    policy = EffectivePolicy(threshold, "show", line)
    forms = {code: Form(kind, 1, "snapshots", policy) for code, kind in KINDS.items()}
    return Structure({"L": ("A", "B")}, {}, {}, forms, SAME, WITHIN)


def key(words: str) -> CellKey:
    code, area, measure = words.split()
    return CellKey(code, 1, area, "t", "total", SHORT[measure], "all")


def edition(cells: Mapping[str, str], *revised: str, threshold: int = 5) -> Edition:
    """Cells by ``indicator area measure``."""
    rows = (Cell(key(words), *(("", "c") if value == "c" else (value, "")), "") for words, value in cells.items())
    return Edition("r", PublicCells.of(rows), structure(threshold), frozenset(key(words) for words in revised))


def weak(*editions: Edition) -> set[str]:
    return {f"{w.code} {w.key.indicator} {w.key.area} {w.key.measure}" for w in attack(editions).weaknesses}


def test_a_count_shown_under_another_name_is_worked_out() -> None:
    hidden = {"SHARE A n": "c", "SHARE A d": "c"}
    assert weak(edition(hidden)) == set()
    assert weak(edition({**hidden, "ALL A n": "40"})) == {"D911 SHARE A denominator"}
    assert weak(edition({**hidden, "ALL A n": "c"})) == set()


def test_the_rest_of_a_shown_whole_is_worked_out() -> None:
    """A numerator in one indicator and the denominator in another give the complement away."""
    assert weak(edition({"SHARE A n": "37", "ALL A n": "40", "SHARE A d": "c"})) == {
        "D911 SHARE A denominator",
        "D911 SHARE A complement",
    }


def test_two_indicators_safe_alone_are_joined() -> None:
    all_ = {"ALL A n": "c", "ALL B n": "c", "ALL L n": "18"}
    share = {"SHARE A n": "c", "SHARE A d": "c", "SHARE B n": "14", "SHARE B d": "c"}
    assert weak(edition(all_)) == weak(edition(share)) == set()
    assert "D904 ALL A numerator" in weak(edition({**all_, **share}))  # B holds the 14, which leaves no more than 4


def test_a_small_rest_of_a_part_is_a_small_count() -> None:
    assert weak(edition({"ALL A n": "9", "PART A n": "7"})) == {"D911 PART A remainder"}
    assert weak(edition({"ALL A n": "9", "PART A n": "9"})) == set()
    assert weak(edition({"ALL A n": "19", "PART A n": "7"})) == set()
    assert weak(edition({"ALL A n": "c", "PART A n": "c"})) == set()


def test_a_part_larger_than_its_whole_cannot_be_true() -> None:
    assert {found[:4] for found in weak(edition({"ALL A n": "9", "PART A n": "19"}))} == {"D912"}


def test_the_rest_of_a_total_is_looked_at_too() -> None:
    shown = {"ALL A n": "40", "ALL B n": "c", "ALL L n": "c", "PART A n": "20", "PART B n": "c", "PART L n": "c"}
    assert weak(edition(shown)) == set()
    assert "D911 PART L remainder" in weak(edition({"ALL L n": "60", "PART L n": "57"}))


def test_a_revision_makes_another_rest() -> None:
    first, second = edition({"ALL A n": "19", "PART A n": "c"}), edition({"ALL A n": "20", "PART A n": "c"}, "ALL A n")
    assert weak(first, second) == set()
    assert {found[:4] for found in weak(first, second._replace(revised=frozenset()))} == {"D912"}


def test_a_sum_of_others_is_worked_out() -> None:
    """ALL is here what the two others add up to."""
    sums = (SumOf(Named("ALL", "numerator"), (Named("PART", "numerator"), Named("SHARE", "numerator"))),)
    cells = {"ALL A n": "40", "PART A n": "c", "SHARE A n": "37", "SHARE A d": "60"}
    alone, tied = (replace(structure(), same=(), within=(), sums=some) for some in ((), sums))
    assert weak(edition(cells)._replace(structure=alone)) == set()
    assert weak(edition(cells)._replace(structure=parse_structure(tied.to_bytes()))) == {"D911 PART A numerator"}
    hidden = edition({**cells, "SHARE A n": "c", "SHARE A d": "c"})
    assert weak(hidden._replace(structure=tied)) == set()


def test_a_count_that_did_not_come_ties_nothing() -> None:
    cells = PublicCells.of(
        [Cell(key("SHARE A d"), "", "x", ""), Cell(key("SHARE A n"), "", "x", ""), Cell(key("ALL A n"), "40", "", "")]
    )
    assert weak(edition({})._replace(cells=cells)) == set()


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("links_of", {"SHARE A n": "c", "SHARE A d": "c", "ALL A n": "40"}),
        ("remainders", {"ALL A n": "9", "PART A n": "7"}),
    ],
)
def test_no_tie_is_unguarded(monkeypatch: pytest.MonkeyPatch, name: str, cells: dict[str, str]) -> None:
    assert weak(edition(cells)) != set()
    monkeypatch.setattr(relations, name, lambda edition, turns: iter(()))
    assert weak(edition(cells)) == set()


def test_ties_are_carried_by_a_package() -> None:
    assert parse_structure(structure().to_bytes()) == structure()
    assert structure().of_indicators(["ALL", "PART"]).within == WITHIN
    assert structure().of_indicators(["ALL", "PART"]).same == structure().of_indicators(["SHARE", "PART"]).within == ()


@pytest.mark.parametrize(("old", "new"), [('"SHARE",\n', '"OTHER",\n'), ('"denominator"', '"complement"')])
def test_a_tie_of_an_unknown_count_is_refused(old: str, new: str) -> None:
    data = structure().to_bytes().decode()
    assert old in data
    with pytest.raises(IntegrityRefusal):
        parse_structure(data.replace(old, new).encode())


def counted_out(cells: Mapping[str, str], threshold: int, most: int) -> bool:
    """Whether every hidden or implied count of two places may be any open value, by trying every table.

    A place holds n and c of the share and p of the part; n + c is the count of all, and p is no more than that.
    """
    found: dict[str, set[int]] = {}
    one_place = [(n, c, p) for n, c in product(range(most + 1), repeat=2) for p in range(n + c + 1)]
    places = {}
    for area in "AB":
        places[area] = [
            table
            for table in one_place
            if all(
                value >= 1 if cells[words] == "c" else value == int(cells[words])
                for words, value in _said(area, *table).items()
                if words in cells
            )
        ]
    for a, b in product(places["A"], places["B"]):
        said = _said("A", *a) | _said("B", *b)
        london = said["ALL A n"] + said["ALL B n"]
        if cells["ALL L n"] == (str(london) if cells["ALL L n"] != "c" else "c") and london:
            for words, value in {**said, "ALL L n": london}.items():
                found.setdefault(words, set()).add(value)
    return bool(found) and all(_open(words, values, cells, threshold) for words, values in found.items())


def _said(area: str, n: int, c: int, p: int) -> dict[str, int]:
    return {
        f"SHARE {area} n": n, f"SHARE {area} d": n + c, f"SHARE {area} c": c, f"ALL {area} n": n + c,
        f"PART {area} n": p, f"PART {area} rest": n + c - p,
    }  # fmt: skip


def _open(words: str, values: set[int], cells: Mapping[str, str], threshold: int) -> bool:
    if words in cells and cells[words] != "c":
        return True
    if words in cells and len(values) < 2:
        return False
    small = set(range(1, threshold + 1))
    floor = int(words in cells) + int(words == "ALL L n")
    return not values & small or set(range(max(1, floor), max(threshold, floor + 2) + 1)) <= values


def test_small_tables_counted_out_give_the_same_verdict() -> None:
    chance, verdicts = Random(8), []
    for _ in range(80):
        cells = _case(chance)
        expected = counted_out(cells, 1, most=9)
        assert (not weak(edition(cells, threshold=1))) is expected, cells
        verdicts.append(expected)
    assert {True, False} == set(verdicts)


def _case(chance: Random) -> dict[str, str]:
    """A true table of two places, small counts hidden and more at will; London's count is shown, so all is bounded."""
    truth: dict[str, int] = {}
    for area in "AB":
        n, c = chance.randint(0, 3), chance.randint(0, 3)
        truth |= _said(area, n, c, chance.randint(0, n + c))
    cells = {words: str(value) for words, value in truth.items() if words[-1] in "nd"}
    cells |= {"ALL L n": str(truth["ALL A n"] + truth["ALL B n"])}
    hide = {words for words, value in cells.items() if value == "1" or (value != "0" and chance.random() < 0.5)}
    return {words: "c" if words in hide - {"ALL L n"} else value for words, value in cells.items()}
