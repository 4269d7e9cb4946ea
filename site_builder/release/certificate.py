"""The certificate: a proof of safety that anybody can check with integer and fraction addition, without a solver."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from site_builder import __version__
from site_builder.release.bases import Edition
from site_builder.release.blocks import Block, take_apart
from site_builder.release.cells import CellKey
from site_builder.release.disclosures import FILE as DISCLOSURES
from site_builder.release.disclosures import parse
from site_builder.release.package import json_bytes, refusal, sha256
from site_builder.release.proofs import Proof, Reason, agrees, all_agree, lower_bound
from site_builder.release.relations import names_of, publication
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.rules import rule

FORMAT = "1"
CERTIFICATE, WITNESSES = "certificate.json", "witnesses.csv.gz"


@rule("D904", Severity.ERROR, "a hidden figure can be narrowed")
def narrowed(place: str, lines: Sequence[str] = ()) -> Finding:
    """What it checks: every hidden count could still be any value that the legend leaves open, for a reader who knows
    everything ever printed.

    Why it matters: a range that is narrower than the legend says can point at {a_person} as well as a number can.

    Example: {name}'s total less the {areas} that are shown leaves two counts that can only be one each.

    How to fix: hide another cell of one of the sums that the message names, or publish this figure by year only.
    """
    used = f" Sums used: {'; '.join(lines)}." if lines else ""
    return _finding("D904", place, f"A withheld figure can be narrowed.{used}", "Hide another cell of one of the sums.")


@rule("D911", Severity.ERROR, "a hidden figure can be worked out")
def worked_out(place: str, lines: Sequence[str] = ()) -> Finding:
    """What it checks: no hidden count, and no small count that is never displayed, has only one possible value.

    Why it matters: a figure that can be worked out is published, whatever the table says.

    Example: all {areas} but one are shown, and so is the total.

    How to fix: hide another cell of one of the sums that the message names, or publish this figure by year only.
    """
    used = f" Sums used: {'; '.join(lines)}." if lines else ""
    return _finding(
        "D911", place, f"A withheld figure can be worked out.{used}", "Hide another cell of one of the sums."
    )


@rule("D912", Severity.ERROR, "printed figures cannot all be true")
def contradiction(place: str, lines: Sequence[str] = ()) -> Finding:
    """What it checks: the printed figures agree with each other.

    Why it matters: a total that is not the sum of its parts misleads, and a proof about it proves nothing.

    Example: {an_area}'s year is printed with another value than its four quarters add up to.

    How to fix: look for a change that was not declared as a revision, then make the release again.
    """
    used = f" Check: {'; '.join(lines)}." if lines else ""
    return _finding("D912", place, f"These published figures cannot all be true.{used}", "Declare what was revised.")


@rule("D902", Severity.ERROR, "a small count is shown")
def small_shown(place: str, lines: Sequence[str] = ()) -> Finding:  # noqa: ARG001  (one shape for all four)
    """What it checks: no count from one to the threshold is printed in a package that is meant for the public.

    Why it matters: in a small place, a small number can tell who is meant.

    Example: a package that was edited after it had been made safe.

    How to fix: withdraw the package, and make the release again from the returns.
    """
    return _finding("D902", place, "A published table holds a number that must be withheld.", "Make the release again.")


@rule("D907", Severity.ERROR, "a release has no valid proof")
def unproved(place: str, lines: Sequence[str] = ()) -> Finding:
    """What it checks: the certificate attests every value of every hidden figure, by tables that agree with all that was
    printed.

    Why it matters: a release without a proof is only a hope.

    Example: a line of the list of witness tables was lost, or belongs to another release.

    How to fix: restore the package from the repository's history, or make the release again.
    """
    told = f" Sums that do not agree with it: {'; '.join(lines)}." if lines else ""
    return _finding("D907", place, f"The certificate does not prove this release.{told}", "Restore the package.")


RULES = (small_shown, narrowed, unproved, worked_out, contradiction)
BY_CODE = {"D902": small_shown, "D904": narrowed, "D911": worked_out, "D912": contradiction}


def _finding(code: str, place: str, problem: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, Location(place), problem, fix)


@dataclass(frozen=True, slots=True)
class Certificate:
    """``head``: what ``certificate.json`` says; ``witnesses``: the tables, as in ``witnesses.csv.gz``."""

    head: Mapping[str, Any]
    witnesses: bytes = field(repr=False)

    def proofs(self) -> dict[int, Proof]:
        """The proofs, by the place of the block. Raises ValueError when they cannot be read."""
        try:
            tables: dict[int, list[tuple[int, ...]]] = {}
            for row in csv_rows(gzip.decompress(self.witnesses)):
                tables.setdefault(int(row["block"]), []).append(tuple(map(int, row["values"].split())))
            return {
                block["id"]: Proof(tuple(tables.get(block["id"], ())), tuple(map(_reason, block["reasons"])))
                for block in self.head["blocks"]
            }
        except (KeyError, TypeError, AttributeError, ArithmeticError, OSError, EOFError, zlib.error) as error:
            raise ValueError("the proofs cannot be read") from error


@dataclass(frozen=True, slots=True, repr=False)
class Proved:
    """Everything printed up to a release, with a proof that each hidden figure stays open. Making one is the check, by
    addition alone; there is no other way to have one.

    It vouches for every edition in it: what stays open for a reader of all of them was open for a reader of fewer.
    Raises DisclosureRefusal when the certificate does not prove it, IntegrityRefusal (D913) when it cannot be read.
    """

    release: str
    editions: tuple[Edition, ...]
    certificate: Certificate

    def __post_init__(self) -> None:
        try:
            proofs = self.certificate.proofs()
        except ValueError as error:
            raise refusal(f"{self.release}/{WITNESSES}", "The proof cannot be read.", "Restore the package.") from error
        self._refuse_unless_proved(proofs)

    def vouches_for(self, edition: Edition) -> bool:
        """Whether an edition is one of those that were checked."""
        return any(edition is one for one in self.editions)

    def _refuse_unless_proved(self, proofs: Mapping[int, Proof]) -> None:
        release, head = self.release, self.certificate.head
        said = publication(self.editions)
        taken = take_apart(said)
        wrong = [small_shown(_place(release, key)) for key in said.small_shown]
        wrong += [contradiction(_place(release, key)) for key in taken.clashes]
        wrong += [worked_out(_place(release, t.key)) for t, value in taken.closed if t.printed or t.is_small(value)]
        wrong += [narrowed(_place(release, x.key), (x.name,)) for x in said.lines if x.is_weak]
        empty = Proof((), ())
        for number, block in enumerate(taken.blocks):
            if not proves(block, proofs.get(number, empty)):
                wrong.append(unproved(f"{release}: {block.name}", _broken(block, proofs.get(number, empty))))
        if head.get("release") != release or head.get("result") != "proved":
            wrong.append(unproved(release))
        if wrong:
            raise DisclosureRefusal(*wrong)


def proves(block: Block, proof: Proof) -> bool:
    """Whether every aim of a block is attested in full by tables that agree, or shown to be plainly not small.

    One table at least must agree: from figures that cannot all be true, anything could be shown.
    """
    if not proof.tables or {len(table) for table in proof.tables} != {len(block.unknowns)}:
        return False
    try:
        tables = np.array(proof.tables, dtype=np.int64)
    except OverflowError:
        return False
    if not all_agree(block, tables):
        return False
    clear = {reason.aim for reason in proof.reasons if _holds(block, reason)}
    for place, aim in enumerate(block.aims):
        seen = set((tables[:, aim.columns].sum(axis=1) + aim.known).tolist())
        wanted = set() if place in clear else set(range(aim.target.low, aim.target.high + 1))
        if not wanted <= seen or (aim.target.printed and len(seen) < 2):
            return False
    return True


def _broken(block: Block, proof: Proof) -> tuple[str, ...]:
    """The printed sums that the first table of a proof does not agree with, in words: where a figure was changed. None
    where the table is one of another block."""
    tables = [table for table in proof.tables[:1] if len(table) == len(block.unknowns)]
    return names_of(
        key
        for table in tables
        for row in block.rows
        if not agrees(replace(block, rows=(row,)), table)
        for key in row.keys
    )


def _holds(block: Block, reason: Reason) -> bool:
    if not 0 <= reason.aim < len(block.aims) or not all(0 <= row < len(block.rows) for row in reason.weights):
        return False
    aim = block.aims[reason.aim]
    bound = lower_bound(block, aim, reason.weights)
    return bound is not None and bound > aim.target.threshold


def certify(
    release: str, package: Mapping[str, bytes], head: str, blocks: Sequence[Block], proofs: Sequence[Proof]
) -> dict[str, bytes]:
    """The two files of a proof. ``package``: the release's other files; ``head``: the ledger's chain before it."""
    told = {
        "format": FORMAT,
        "release": release,
        "builder": __version__,
        "package_sha256": package_digest(package),
        "ledger_head": head,
        "attacker": {
            "integers": True,
            "knows": ["every earlier release", "the zero policy", "this program"],
            "external": sorted({one.source for one in parse(package[DISCLOSURES])}),
        },
        "blocks": [
            {
                "id": number,
                "name": block.name,
                "unknowns": len(block.unknowns),
                "sums": len(block.rows),
                "open": len(block.aims),
                "tables": len(proof.tables),
                "reasons": [
                    {"open": reason.aim, "weights": {str(row): str(w) for row, w in sorted(reason.weights.items())}}
                    for reason in proof.reasons
                ],
            }
            for number, (block, proof) in enumerate(zip(blocks, proofs, strict=True))
        ],
        "result": "proved",
    }
    rows = (
        (number, place, " ".join(map(str, table)))
        for number, proof in enumerate(proofs)
        for place, table in enumerate(proof.tables)
    )
    tables = csv_bytes(("block", "table", "values"), rows)
    # mtime 0: the same bytes on every day
    return {CERTIFICATE: json_bytes(told), WITNESSES: gzip.compress(tables, compresslevel=9, mtime=0)}


def package_digest(package: Mapping[str, bytes]) -> str:
    """The digest of a release's files other than the proof."""
    lines = (f"{sha256(package[path])}  {path}\n" for path in sorted(package) if path not in (CERTIFICATE, WITNESSES))
    return sha256("".join(lines).encode())


def parse_certificate(package: Mapping[str, bytes], release: str) -> Certificate:
    """The proof in a package. Raises IntegrityRefusal (D913) when it is of other files, or cannot be read."""
    try:
        certificate = as_it_stands(package)
        if certificate.head["format"] != FORMAT or certificate.head["package_sha256"] != package_digest(package):
            raise ValueError("of other files")
    except (KeyError, ValueError, TypeError) as error:
        raise refusal(
            f"{release}/{CERTIFICATE}", "The certificate does not belong to these files.", "Restore the package."
        ) from error
    return certificate


def as_it_stands(package: Mapping[str, bytes]) -> Certificate:
    """The proof in a package, whatever files it is of. Raises KeyError or ValueError when there is none to read."""
    return Certificate(json.loads(package[CERTIFICATE]), package[WITNESSES])


def _reason(entry: Mapping[str, Any]) -> Reason:
    return Reason(int(entry["open"]), {int(row): Fraction(weight) for row, weight in entry["weights"].items()})


def _place(release: str, key: CellKey) -> str:
    return f"{release}: {key.indicator}, {key.area}, {key.period}"
