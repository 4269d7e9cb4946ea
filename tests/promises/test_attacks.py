"""Every known way to work out a hidden count, as a small publication in ``tests/attacks``: refused, or proved.

A folder holds one indicator; what ties two of them is looked at in ``tests/release/test_ties.py``.
"""

from __future__ import annotations

import json
import re
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
from site_builder.release.certificate import CERTIFICATE, WITNESSES, Certificate, Proved, certify
from site_builder.release.disclosures import FILE as DISCLOSURES
from site_builder.release.disclosures import Statement, Term, of_percentage, of_rate, parse, rounded, to_bytes
from site_builder.release.policy import EffectivePolicy
from site_builder.release.relations import publication
from site_builder.release.structure import WHOLE, Form, Structure, parse_structure
from site_builder.vocabulary.refusals import DisclosureRefusal

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "attacks").glob("*/attack.toml"))
ON_THE_LIST = range(1, 39)
NO_SUM = {  # attacks on words, files and people: what each is, and the test that stands guard
    22: ("The range of hidden counts", "published/test_statistics.py", "numerator_that_is_withheld_leaves_no_number"),
    23: ("A drawing", "published/test_geometry.py", "hidden_last_value_leaves_no_label_and_no_coordinate"),
    24: ("A sentence", "published/test_compose_borough.py", "hidden_figure_is_never_compared"),
    25: ("A file for machines", "promises/test_no_leak.py", "no_hidden_canary_stands_in_any_published_byte"),
    26: ("The digest of a return", "promises/test_no_leak.py", "no_digest_of_a_return_is_published"),
    27: ("A tally of hidden counts", "published/test_compose_releases.py", "protection_counts_nothing"),
    28: ("Two marks", "release/test_writing.py", "no_column_tells_why_a_figure_is_hidden"),
    29: ("The history and the log", "promises/test_no_leak.py", "crash_says_where_and_never_what"),
    31: ("The search on every candidate", "confidential/test_suppress.py", "costs_do_not_look_at_counts"),
}
TABLE = Path(__file__).parents[1] / "attacks/README.md"
MEASURES = {"n": "numerator", "d": "denominator", "complement": "complement"}


def key_of(area: str, period: str, measure: str) -> CellKey:
    """A key from words; ``London:two`` is London over the coverage set ``two``."""
    name, _, coverage = area.partition(":")
    letter, _, breakdown = measure.partition(":")
    return CellKey("TEST", 1, name, period, breakdown or WHOLE, MEASURES[letter], coverage or "all")


def cell_of(line: str) -> Cell:
    """A cell from ``area period measure value``."""
    area, period, measure, value = line.split()
    shown = value.isdigit()
    return Cell(key_of(area, period, measure), value if shown else "", "" if shown else value, "")


def told_of(number: int, line: str) -> tuple[Statement, ...]:
    """What else a reader knows, from words: ``rounded 60 10: A t n``, ``rate 0.5 62000 10000: A t n``,
    ``percentage 5.9: A t n of A t d``, ``sum 2 -: 1 A t n, -1 B t n``."""
    head, _, tail = line.partition(": ")
    form, *numbers = head.split()
    name = f"{number}: {line}"
    match form:
        case "percentage":
            part, whole = (key_of(*words.split()) for words in tail.split(" of "))
            return of_percentage(name, "somebody", numbers[0], part, whole)
        case "sum":
            terms = tuple(Term(key_of(*words.split()[1:]), int(words.split()[0])) for words in tail.split(", "))
            least, most = (None if text == "-" else int(text) for text in numbers)
            return (Statement(name, "somebody", terms, least, most),)
        case "rounded":
            ends = rounded(int(numbers[0]), int(numbers[1]))
        case "rate":
            ends = of_rate(numbers[0], int(numbers[1]), int(numbers[2]))
        case _:
            raise ValueError(form)
    return (Statement(name, "somebody", (Term(key_of(*tail.split()), 1),), *ends),)


def editions_of(case: Mapping[str, Any]) -> tuple[Edition, ...]:
    """What the releases of a case printed, the first one first."""
    policy = EffectivePolicy(case["threshold"], case["zeros"], case["min_hidden_per_line"])
    areas, coverage, years = (
        {name: tuple(members) for name, members in case[table].items()} for table in ("areas", "coverage", "years")
    )
    breakdowns = {"TEST": case["breakdowns"]} if "breakdowns" in case else {}
    form = Form(case["kind"], 1, case["grain"], policy)
    structure = Structure(areas, coverage, years, {"TEST": form}, breakdowns=breakdowns)
    structure = parse_structure(structure.to_bytes())
    return tuple(
        Edition(
            f"r{number}",
            PublicCells.of(cell_of(line) for line in edition["cells"].strip().splitlines()),
            structure,
            frozenset(key_of(*words.split()) for words in edition["revised"]),
            parse(to_bytes(one for line in edition.get("told", ()) for one in told_of(number, line))),
        )
        for number, edition in enumerate(case["edition"])
    )


def read(folder: Path) -> dict[str, Any]:
    """A case as written."""
    return tomllib.loads((folder / "attack.toml").read_text(encoding="utf-8"))


def found_by(result: AttackResult) -> set[str]:
    """Weaknesses in the words of a case."""
    short = {word: letter for letter, word in MEASURES.items()}
    return {
        f"{w.code} {w.key.area} {w.key.period} {short[w.key.measure]}"
        + ("" if w.key.breakdown == WHOLE else f":{w.key.breakdown}")
        for w in result.weaknesses
    }


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
    files = certify(name, {DISCLOSURES: to_bytes(())}, "", take_apart(publication(editions)).blocks, result.proofs)
    try:
        Proved(name, editions, Certificate(json.loads(files[CERTIFICATE]), files[WITNESSES]))
    except DisclosureRefusal:
        return False
    return True


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_attack_ends_as_expected(folder: Path) -> None:
    assert outcome(folder) == ""


def test_every_attack_of_the_list_is_covered_once() -> None:
    numbers = {int(folder.name[:2]) for folder in FOLDERS}
    assert (numbers & set(ON_THE_LIST)) | set(NO_SUM) == set(ON_THE_LIST)
    assert not numbers & set(NO_SUM)


@pytest.mark.parametrize("number", NO_SUM)
def test_what_is_no_sum_has_a_test_that_stands_guard(number: int) -> None:
    _, file, words = NO_SUM[number]
    assert re.search(rf"def test_\w*{words}", (Path(__file__).parents[1] / file).read_text(encoding="utf-8"))


def table() -> str:
    """Every attack with its outcome, as found by running it."""
    lines = [
        "# Attacks",
        "",
        "Each folder is a small publication with invented numbers, and says which figures can be worked out (D911), can be",
        "narrowed (D904), or cannot all be true (D912). This table is written by the tests from what the attack finds.",
        "",
        "| Attack | What the reader does | Outcome |",
        "|---|---|---|",
    ]
    for folder in FOLDERS:
        case = read(folder)
        found = sorted(found_by(attack(editions_of(case))))
        outcome = f"refused: {', '.join(found)}" if found else "proved"
        lines.append(f"| {folder.name} | {case['about']} | {outcome} |")
    for number, (what, file, words) in sorted(NO_SUM.items()):
        lines.append(f"| {number:02d} | {what} | no sum: `tests/{file}`, {words.replace('_', ' ')} |")
    return "\n".join([*lines, ""])


def test_the_table_of_attacks_is_what_the_attack_finds(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        TABLE.write_text(table(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table()


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
    patch.setattr(relations, "_lines", lambda *args: iter(()))


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
