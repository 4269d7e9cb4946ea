"""Version numbers: a case for each reason of each kind, and none that is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from site_builder.published.changes import changes
from site_builder.published.versions import Level, redefined, step, version_of
from site_builder.release.cells import Cell, PublicCells
from site_builder.release.releases import Release, load_releases
from site_builder.vocabulary.releaseid import ReleaseId
from tests.factories import BOROUGHS, ROOT, cell

A, B = BOROUGHS[:2]
DAY, LATER = "2024-06-30", "2024-09-30"
HEAD = "indicator,definition_version,title,kind,unit,multiplier,numerator,denominator,polarity\n"
ROW = "T1,1,Children seen,count,count,1,children,,no-judgement\n"
PLACES = {A: "Aa,Local authority,P1", B: "Bb,Local authority,P1"}
BASE = [cell(A, DAY, "12"), cell(B, DAY, "30")]


def release(
    cells: Sequence[Cell], name: str = "2024-25-Q2", catalogue: str = HEAD + ROW, areas: Mapping[str, str] | None = None
) -> Release:
    """What a version number is worked out from. ``areas``: by code, the rest of the row."""
    rows = (areas or PLACES).items()
    places = "area,name,level,region\n" + "".join(f"{code},{rest}\n" for code, rest in rows)
    files = {"indicators.csv": catalogue.encode(), "areas.csv": places.encode()}
    return cast(Release, SimpleNamespace(id=ReleaseId.parse(name), cells=PublicCells.of(cells), notes=(), files=files))


OLD = release(BASE, "2024-25-Q1")


def other(one: Cell, **key: Any) -> Cell:
    return one._replace(key=one.key._replace(**key))


TWO = HEAD + ROW + ROW.replace("T1", "T2")
CASES = {
    "indicator gone": (
        release([*BASE, other(BASE[0], indicator="T2")], "2024-25-Q1", TWO), release(BASE), Level.MAJOR, "T2 is gone"
    ),
    "breakdown gone": (
        release([*BASE, other(BASE[0], breakdown="age 1 to 4")], "2024-25-Q1"), release(BASE), Level.MAJOR,
        "T1 age 1 to 4 is gone",
    ),
    "area gone": (OLD, release(BASE[:1]), Level.MAJOR, f"{B} is gone"),
    "period gone": (
        release([*BASE, other(BASE[0], period=LATER)], "2024-25-Q1"), release(BASE), Level.MAJOR, "one period is gone"
    ),
    "figure gone": (
        release([*BASE, other(BASE[0], measure="denominator")], "2024-25-Q1"), release(BASE), Level.MAJOR,
        "one figure is gone",
    ),
    "indicator renamed": (
        OLD, release(BASE, catalogue=HEAD + ROW.replace("Children seen", "Children met")), Level.MAJOR, "T1 is renamed"
    ),
    "indicator redefined": (
        OLD, release(BASE, catalogue=HEAD + ROW.replace("T1,1", "T1,2")), Level.MAJOR, "T1 is redefined"
    ),
    "area renamed": (OLD, release(BASE, areas=PLACES | {B: "Other,Local authority,P1"}), Level.MAJOR, "Bb is renamed"),
    "area of another part": (
        OLD, release(BASE, areas=PLACES | {B: "Bb,Local authority,P2"}), Level.MAJOR, "Bb is in another part"
    ),
    "area of another level": (
        OLD, release(BASE, areas=PLACES | {B: "Bb,Regional,P1"}), Level.MAJOR, "Bb is on another level"
    ),
    "areas of another part, in a correction": (
        OLD, release(BASE, "2024-25-Q1.1", areas={code: row.replace("P1", "P2") for code, row in PLACES.items()}),
        Level.MAJOR, "Aa and Bb are in another part",
    ),
    "indicator judged another way": (
        OLD, release(BASE, catalogue=HEAD + ROW.replace("no-judgement", "low-is-good")), Level.MAJOR,
        "T1 is judged another way",
    ),
    "period added": (OLD, release([*BASE, other(BASE[0], period=LATER)]), Level.MINOR, "one period is new"),
    "indicator added": (OLD, release([*BASE, other(BASE[0], indicator="T2")]), Level.MINOR, "T2 is new"),
    "revised": (OLD, release([cell(A, DAY, "13"), BASE[1]]), Level.MINOR, "one count is revised"),
    "hidden": (OLD, release([cell(A, DAY, "c"), BASE[1]]), Level.MINOR, "one count is no longer shown, or for another reason"),
    "marked": (
        OLD, release([BASE[0]._replace(obs_status="p"), BASE[1]]), Level.MINOR, "one count is marked otherwise"
    ),
    "corrected": (
        OLD, release([cell(A, DAY, "13"), BASE[1]], "2024-25-Q1.1"), Level.PATCH, "it is a correction"
    ),
    "corrected by taking away": (OLD, release(BASE[:1], "2024-25-Q1.1"), Level.MAJOR, f"{B} is gone"),
    "words alone": (OLD, release(BASE, catalogue=HEAD + ROW.replace("children,", "girls,")), Level.PATCH, "no figure differs"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_reason_gives_its_kind(name: str) -> None:
    old, new, level, why = CASES[name]
    taken = step(old, new, changes(old, new))
    assert taken.level is level
    assert taken.why[0] == why


def test_a_total_over_other_boroughs_is_not_gone() -> None:
    old = release([cell(A, DAY, "12", coverage="n32"), BASE[1]], "2024-25-Q1")
    assert step(old, release(BASE), changes(old, release(BASE))).level is Level.PATCH


def test_numbers_count_on_from_the_weightiest_place() -> None:
    more = [*BASE, other(BASE[0], period=LATER)]
    found = version_of(
        [
            OLD,
            release(more, "2024-25-Q2"),
            release([cell(A, DAY, "13"), *more[1:]], "2024-25-Q2.1"),
            release([cell(A, DAY, "14"), *more[1:]], "2024-25-Q3"),
            release(BASE, "2024-25-Q4"),
            release([cell(A, DAY, "15"), BASE[1]], "2024-25-Q4.1"),
        ]
    )
    assert list(found.values()) == ["1.0.0", "1.1.0", "1.1.1", "1.2.0", "2.0.0", "2.0.1"]
    assert version_of([]) == {}


def test_what_a_catalogue_says_otherwise_is_named() -> None:
    new = release(BASE, catalogue=HEAD + "T1,2,Children met,count,count,1,girls,,low-is-good\n")
    assert [(one.field, one.old, one.new) for one in redefined(OLD, new)] == [
        ("title", "Children seen", "Children met"),
        ("definition_version", "1", "2"),
        ("polarity", "no-judgement", "low-is-good"),
        ("numerator", "children", "girls"),
    ]


def test_the_committed_releases_have_these_numbers() -> None:
    assert version_of(load_releases(ROOT / "datapackages/releases")) == {
        "2023-24-Q4": "1.0.0",
        "2024-25-Q2": "1.1.0",
        "2024-25-Q2.1": "1.1.1",
        "2024-25-Q4": "1.2.0",
    }
