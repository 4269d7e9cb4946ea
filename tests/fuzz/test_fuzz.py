"""Spoilt returns, a few of every kind, the same each time; ``python -m tests.fuzz.many`` runs thousands.

The check ends with 0, 1 or 3, names places that exist, repeats nothing that was sent, and lets pass only what says the
same or holds other values that it may hold.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from site_builder.confidential.rules import file
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN
from site_builder.vocabulary.findings import Finding, Location
from site_builder.vocabulary.rules import Rule
from tests.confidential.house import build_house, table
from tests.fuzz.examine import HARMLESS, SLIPPED, UNCHANGED, VALID, Desk
from tests.fuzz.many import Tally, kinds, report, tally
from tests.fuzz.sent import Link

KINDS = kinds()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("fuzz")
    return Desk(build_house(root), root)


@pytest.mark.parametrize("kind", sorted(KINDS), ids="-".join)
def test_a_spoilt_return_is_caught_or_harmless(desk: Desk, kind: tuple[str, str]) -> None:
    @settings(
        max_examples=10,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def one(data: st.DataObject) -> None:
        outcome = KINDS[kind](desk, kind[1], data.draw)
        assert outcome.faults == (), outcome.lines

    one()


def test_the_good_return_is_clean(desk: Desk) -> None:
    assert desk.examine(desk.good)[:2] == (UNCHANGED, ())


@pytest.mark.parametrize(
    ("name", "old", "new", "how"),
    [
        (RETURN, b"\n", b"\r\n", HARMLESS),
        (RETURN, b"area_code", b"\xef\xbb\xbfarea_code", HARMLESS),
        (RETURN, b",reported,", b',"reported",', HARMLESS),
        (DESCRIPTOR, b"Performance team", b"Data officer", VALID),
        (DESCRIPTOR, b"name", b"n\\u0061me", HARMLESS),
        (RETURN, b"A new team", b"An old team", VALID),
        (RETURN, b"A new team", b"Team JS, 14", "caught by C413"),
        (EXPLANATIONS, b"summer", b"autumn", VALID),
        (RETURN, b"SG03", b"SG99", "caught by K506"),
    ],
)
def test_what_is_harmless_and_what_is_another_value(desk: Desk, name: str, old: bytes, new: bytes, how: str) -> None:
    assert old in desk.good[name]
    assert desk.examine({**desk.good, name: desk.good[name].replace(old, new)})[:2] == (how, ())


def test_a_gap_in_the_gates_would_be_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = desk.good[RETURN].replace(b"A new team", "A\u200b new team".encode())
    assert desk.examine({**desk.good, RETURN: unseen}).how == "caught by F207"
    monkeypatch.setattr(file, "_first_unseen", lambda line: None)
    outcome = desk.examine({**desk.good, RETURN: unseen})
    assert (outcome.how, outcome.faults) == (SLIPPED, ("nothing was said of it",))


def test_an_echo_and_a_wrong_place_would_be_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(desk.good[RETURN])
    body = desk.good[RETURN].replace(rows[1][4].encode(), b"104729x")
    monkeypatch.setattr("site_builder.confidential.rules.cells.oddity", lambda cell: cell.strip("x"))
    assert desk.examine({**desk.good, RETURN: body}).faults == ("C407 repeats what was sent",)
    monkeypatch.setattr(Rule, "finding", _beyond)
    assert any("names row 999" in fault for fault in desk.examine({**desk.good, RETURN: body}).faults)


def _beyond(rule: Rule, where: Location, problem: str, fix: str) -> Finding:
    return Finding(rule.code, rule.severity, replace(where, row=999), problem, fix)


def test_a_link_in_the_place_of_a_file_is_never_followed(desk: Desk) -> None:
    assert desk.examine({**desk.good, RETURN: Link("/etc/hostname")})[:2] == ("caught by S106", ())


def test_the_script_counts_what_it_runs() -> None:
    made = tally(12, 0)
    assert made.outcomes.total() == 12
    both = Tally()
    both.join(made)
    both.join(made)
    assert "24 in all" in report(both)
    assert report(both).endswith("\n0 faults")
