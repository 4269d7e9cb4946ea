"""How cells hang together, as carried in a release."""

from __future__ import annotations

import json
from typing import Any

import pytest

from site_builder.release.policy import EffectivePolicy
from site_builder.release.structure import Form, Structure, parse_structure
from site_builder.vocabulary.refusals import IntegrityRefusal

POLICY = EffectivePolicy(5, "show", 2)
AREAS = {"L": ("A", "B", "C"), "I": ("A",)}


def structure(grain: str = "quarters-and-year", kind: str = "count") -> Structure:
    return Structure(AREAS, {"two": ("A", "C")}, {"Y": ("q1", "q2")}, {"T": Form(kind, 1, grain, POLICY)})


def test_a_structure_is_read_as_it_was_written() -> None:
    assert parse_structure(structure().to_bytes()) == structure()


def test_members_of_a_total() -> None:
    assert structure().members("L", "all") == ("A", "B", "C")
    assert structure().members("L", "two") == ("A", "C")
    assert structure().members("B", "all") == ("B",)
    with pytest.raises(KeyError):
        structure().members("L", "three")


@pytest.mark.parametrize(
    ("grain", "periods"),
    [
        ("quarters-and-year", ("q1", "q2")),
        ("year-of-quarters", ("q1", "q2")),
        ("year", ("Y",)),
        ("snapshots", ("Y",)),
    ],
)
def test_smallest_periods_of_a_year(grain: str, periods: tuple[str, ...]) -> None:
    assert structure(grain).base_periods("T", "Y") == periods
    assert structure(grain).base_periods("T", "q1") == ("q1",)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("count", ("numerator",)),
        ("rate", ("numerator",)),
        ("proportion", ("numerator", "complement")),
        ("ratio", ("numerator", "denominator")),
    ],
)
def test_parts_of_a_kind(kind: str, parts: tuple[str, ...]) -> None:
    assert Form(kind, 1, "year", POLICY).parts == parts


@pytest.mark.parametrize(
    "change",
    [{"format": "2"}, {"more": {}}, {"areas": None}, {"indicators": {"T": {}}}, {"years": {"Y": 4}}],
    ids=str,
)
def test_a_structure_that_is_not_understood_is_refused(change: dict[str, Any]) -> None:
    table = {**json.loads(structure().to_bytes()), **change}
    with pytest.raises(IntegrityRefusal):
        parse_structure(json.dumps(table).encode())


@pytest.mark.parametrize("made", [structure(grain="weeks"), structure(kind="spend")])
def test_unknown_kinds_and_grains_are_refused(made: Structure) -> None:
    with pytest.raises(IntegrityRefusal):
        parse_structure(made.to_bytes())


@pytest.mark.parametrize("data", [b"", b"[]", b"nothing", b"\xff"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(IntegrityRefusal):
        parse_structure(data)
