"""The attack's answers: tables that agree, values that are attested, tables of an earlier attack used again."""

from __future__ import annotations

from site_builder.release.attack import attack
from site_builder.release.blocks import take_apart
from site_builder.release.certificate import proves
from site_builder.release.proofs import Proof, agrees
from site_builder.release.relations import publication
from tests.release.test_relations import edition, key

OPEN = {key("A", "q1"): "c", key("B", "q1"): "c", key("L", "q1"): "20"}


def test_every_table_agrees_with_what_is_printed() -> None:
    said = [edition(OPEN)]
    (block,), (proof,) = take_apart(publication(said)).blocks, attack(said).proofs
    assert proof.tables
    assert all(agrees(block, table) for table in proof.tables)
    assert proves(block, proof)


def test_no_table_of_a_proof_is_idle() -> None:
    said = [edition(OPEN)]
    (block,), (proof,) = take_apart(publication(said)).blocks, attack(said).proofs
    for place in range(len(proof.tables)):
        assert not proves(block, Proof(proof.tables[:place] + proof.tables[place + 1 :], proof.reasons))


def test_tables_found_earlier_change_no_verdict() -> None:
    said = [edition(OPEN)]
    block = take_apart(publication(said)).blocks[0]
    known = {block.name: [(1, 19), (7, 7), (2,)]}
    assert attack(said, known).weaknesses == attack(said).weaknesses == ()
    tight = [edition({**OPEN, key("L", "q1"): "4"})]
    assert {w.code for w in attack(tight, known).weaknesses} >= {"D904"}


def test_the_same_facts_give_the_same_tables() -> None:
    assert attack([edition(OPEN)]) == attack([edition(dict(reversed(OPEN.items())))])


def test_a_weakness_names_the_sums_it_rests_on() -> None:
    found = attack([edition({**OPEN, key("L", "q1"): "4"})]).weaknesses
    assert {line for w in found for line in w.lines} == {"T numerator, L, q1"}
