"""Every known way to work out a hidden count, as a small publication in ``tests/attacks``: refused, or proved.

A folder holds one indicator; what ties two of them is looked at in ``tests/release/test_ties.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.release import blocks, relations
from site_builder.release.attack import AttackResult, attack
from site_builder.release.bases import Edition
from site_builder.release.blocks import take_apart
from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.certificate import Certificate
from site_builder.release.policy import EffectivePolicy
from site_builder.release.relations import publication
from site_builder.release.structure import Form, Structure, parse_structure
from site_builder.vocabulary.refusals import DisclosureRefusal

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "attacks").glob("*/attack.toml"))
ON_THE_LIST = range(1, 39)
NOT_EXPRESSIBLE = {
    3: "rates against a population are computed from shown counts only",
    4: "percentages are computed from shown counts only",
    7: "categories of one whole are not modelled yet",
    9: "rolling years are printed for financial years only, so no two overlap",
    10: "breakdowns are not published yet",
    11: "nested age bands are not published yet",
    16: "no rounded total is printed",
    17: "no rounded count is printed",
    18: "one printed form a figure: the sweep of the built site looks at it",
    19: "changes are shown between shown values only: a promise of the pages",
    20: "intervals stand beside shown counts only: a promise of the pages",
    21: "hidden rows are unranked: a promise of the pages",
    22: "order statistics are taken over shown values: a promise of the pages",
    23: "charts are drawn from shown values: a promise of the pages",
    24: "sentences are made from shown values: a promise of the pages",
    25: "machine-readable files are swept in the built site",
    26: "only published bytes are hashed: a matter of files, not of sums",
    27: "no tally of hidden counts is printed: a promise of the pages",
    28: "there is one mark for all hidden counts: a promise of the cells",
    29: "the history of a repository is no publication of ours",
    31: "what a search on every candidate table leaves open is a figure for the method page",
    32: "figures of other publishers are not facts of the attack yet",
    36: "no total holds a figure carried forward from an earlier quarter",
}
MEASURES = {"n": "numerator", "d": "denominator", "complement": "complement"}


def key_of(area: str, period: str, measure: str) -> CellKey:
    """A key from words; ``London:two`` is London over the coverage set ``two``."""
    name, _, coverage = area.partition(":")
    return CellKey("TEST", 1, name, period, "total", MEASURES[measure], coverage or "all")


def cell_of(line: str) -> Cell:
    """A cell from ``area period measure value``."""
    area, period, measure, value = line.split()
    shown = value.isdigit()
    return Cell(key_of(area, period, measure), value if shown else "", "" if shown else value, "")


def editions_of(case: Mapping[str, Any]) -> tuple[Edition, ...]:
    """What the releases of a case printed, the first one first."""
    policy = EffectivePolicy(case["threshold"], case["zeros"], case["min_hidden_per_line"])
    areas, coverage, years = (
        {name: tuple(members) for name, members in case[table].items()} for table in ("areas", "coverage", "years")
    )
    structure = Structure(areas, coverage, years, {"TEST": Form(case["kind"], 1, case["grain"], policy)})
    structure = parse_structure(structure.to_bytes())
    return tuple(
        Edition(
            f"r{number}",
            PublicCells.of(cell_of(line) for line in edition["cells"].strip().splitlines()),
            structure,
            frozenset(key_of(*words.split()) for words in edition["revised"]),
        )
        for number, edition in enumerate(case["edition"])
    )


def read(folder: Path) -> dict[str, Any]:
    """A case as written."""
    return tomllib.loads((folder / "attack.toml").read_text(encoding="utf-8"))


def found_by(result: AttackResult) -> set[str]:
    """Weaknesses in the words of a case."""
    short = {word: letter for letter, word in MEASURES.items()}
    return {f"{w.code} {w.key.area} {w.key.period} {short[w.key.measure]}" for w in result.weaknesses}


def outcome(folder: Path) -> str:
    """How a folder differs from what it expects, by the attack and by the certificate's check; empty when it does not."""
    case = read(folder)
    editions = editions_of(case)
    result = attack(editions)
    expected = set(case["expected"])
    found = found_by(result)
    if not expected:
        return f"refused: {sorted(found)}" if found or not checked(editions, result) else ""
    if not expected <= found:
        return f"not found: {sorted(expected - found)}; found: {sorted(found)}"
    return "the certificate's check lets it pass" if checked(editions, result) else ""


def checked(editions: tuple[Edition, ...], result: AttackResult) -> bool:
    """Whether the check without a solver accepts the tables that the attack found."""
    name = editions[-1].release
    certificate = Certificate({"release": name, "result": "proved"}, dict(enumerate(result.proofs)))
    try:
        certificate.refuse_unless_it_proves(name, editions)
    except DisclosureRefusal:
        return False
    return True


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_attack_ends_as_expected(folder: Path) -> None:
    assert outcome(folder) == ""


def test_every_attack_of_the_list_is_covered_once() -> None:
    numbers = {int(folder.name[:2]) for folder in FOLDERS}
    assert (numbers & set(ON_THE_LIST)) | set(NOT_EXPRESSIBLE) == set(ON_THE_LIST)
    assert not numbers & set(NOT_EXPRESSIBLE)


def test_every_refused_case_of_the_list_has_a_proved_twin() -> None:
    refused = {folder.name[:2] for folder in FOLDERS if read(folder)["expected"]}
    proved = {folder.name[:2] for folder in FOLDERS if folder.name.endswith("-fixed")}
    assert {number for number in refused if int(number) in ON_THE_LIST} <= proved


def test_a_message_names_no_number_of_the_table() -> None:
    for folder in FOLDERS:
        case = read(folder)
        values = {line.split()[3] for e in case["edition"] for line in e["cells"].strip().splitlines()}
        words = {
            word
            for weakness in attack(editions_of(case)).weaknesses
            for line in weakness.lines
            for word in line.replace(",", "").split()
        }
        assert not words & {value for value in values if value.isdigit()}, folder.name


def _no_sums_of_areas(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Structure, "members", lambda self, area, coverage: (f"{area}/{coverage}",))


def _no_years(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Structure, "base_periods", lambda self, code, period: (period,))


def _no_complement(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Form, "parts", ("numerator", "denominator"))


def _no_revisions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relations, "_turned", lambda edition: set())


def _no_memory(patch: pytest.MonkeyPatch) -> None:
    whole = relations.publication
    for module in ("attack", "certificate"):
        patch.setattr(f"site_builder.release.{module}.publication", lambda editions: whole(editions[-1:]))
    patch.setitem(globals(), "publication", lambda editions: whole(editions[-1:]))


def _no_floors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relations, "_hide", lambda *args: None)


def _no_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relations, "_lines", lambda edition: iter(()))


def _no_latent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(relations, "_latent", lambda *args: iter(()))


def _no_coverage(patch: pytest.MonkeyPatch) -> None:
    whole = Structure.members
    patch.setattr(Structure, "members", lambda self, area, coverage: whole(self, area, "all"))


MUTATIONS = (
    _no_sums_of_areas,
    _no_years,
    _no_complement,
    _no_revisions,
    _no_memory,
    _no_floors,
    _no_lines,
    _no_latent,
    _no_coverage,
)


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_no_relation_is_unguarded(mutate: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        assert any(outcome(folder) for folder in FOLDERS)


def _blocks() -> Iterator[blocks.Block]:
    for folder in FOLDERS:
        yield from take_apart(publication(editions_of(read(folder)))).blocks


def test_blocks_hold_each_unknown_once() -> None:
    for block in _blocks():
        assert len(set(block.unknowns)) == len(block.unknowns) == len(block.floors)
        assert all(max(row.columns) < len(block.unknowns) for row in block.rows)
