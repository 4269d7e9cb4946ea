"""The audit: check certificates, then throw them away and attack what was published again, from public files alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.release.attack import attack
from site_builder.release.bases import HIDDEN, Edition
from site_builder.release.blocks import Block, take_apart
from site_builder.release.certificate import Proved, as_it_stands, parse_certificate
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, refusal
from site_builder.release.proofs import Proof
from site_builder.release.relations import publication
from site_builder.release.releases import edition_of, package_bytes, sealed_packages
from site_builder.release.sealing import findings_of
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.refusals import DisclosureRefusal, IntegrityRefusal


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at in one release, and what was found.

    ``printed`` and ``hidden``: its cells. ``open``: hidden figures of all releases so far that must stay open, and
    ``latent``: figures that are never displayed, likewise. ``sums``: printed sums that hold an unknown; ``blocks``: parts
    that share none. ``tables``: whole tables that show what is possible, ``clear``: figures that are plainly not small.
    ``earlier``: releases known before; ``missing``: whether there are more that were not at hand. ``sources``: others
    whose figures were known. ``attacked``: whether the attack was made, or the certificate checked alone.
    """

    release: str
    findings: tuple[Finding, ...]
    printed: int
    hidden: int
    open: int
    latent: int
    sums: int
    blocks: int
    tables: int
    clear: int
    earlier: int
    missing: bool
    sources: int
    attacked: bool


def audit(releases: Path, wanted: Sequence[str] = (), *, attacked: bool = True) -> tuple[Audit, ...]:
    """Check the certificate of every release of a folder, then throw it away and attack all of them again, or those
    wanted; with ``attacked`` false the certificates alone are checked.

    Needs nothing but the packages and their ledger. Raises IntegrityRefusal when a file or the chain differs, and
    DisclosureRefusal when a certificate does not prove its release.
    """
    packages = sealed_packages(releases)
    editions = tuple(one.edition for one in packages)
    for place, one in enumerate(packages):
        Proved(one.name, editions[: place + 1], one.certificate)
    chosen = [place for place, one in enumerate(packages) if not wanted or one.name in wanted]
    if attacked:
        return tuple(audit_one(packages[place].name, editions[: place + 1]) for place in chosen)
    return tuple(
        _counted(packages[place].name, editions[: place + 1], (), _in_order(packages[place].certificate.proofs()))
        for place in chosen
    )


def audit_one(name: str, editions: Sequence[Edition], *, missing: bool = False) -> Audit:
    """Attack the last of some editions, which all count as known."""
    result = attack(editions)
    found = findings_of(name, result.weaknesses)
    return _counted(name, editions, found, result.proofs, attacked=True, missing=missing)


def audit_alone(folder: Path) -> Audit:
    """Attack one package that has no other beside it. Its certificate is checked where it is the first of its chain.

    A file that is not that of the checksums is a finding; the attack is made all the same, since it may tell the place.
    Raises IntegrityRefusal when the package cannot be read at all.
    """
    findings: list[Finding] = []
    try:
        files = package_bytes(folder)
    except IntegrityRefusal as changed:
        findings += changed.findings
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    if DESCRIPTOR not in files:
        raise refusal(folder.name, "This is no package.", "Name the folder of a release.")
    edition = edition_of(files)
    wrong, first = _by_certificate(edition, {path: data for path, data in files.items() if path != CHECKSUMS})
    made = audit_one(edition.release, (edition,), missing=not first)
    findings += wrong
    told = {(one.rule, one.where) for one in findings}
    return replace(made, findings=(*findings, *(one for one in made.findings if (one.rule, one.where) not in told)))


def _by_certificate(edition: Edition, package: Mapping[str, bytes]) -> tuple[tuple[Finding, ...], bool]:
    """What is wrong with the certificate of a package that stands alone, and whether it speaks of no earlier release. A
    certificate of other files is held against these all the same: it tells where they were changed."""
    found: list[Finding] = []
    try:
        certificate = parse_certificate(package, edition.release)
    except IntegrityRefusal as refused:
        found += refused.findings
        try:
            certificate = as_it_stands(package)
        except (KeyError, ValueError):
            return tuple(found), False
    if certificate.head.get("ledger_head"):
        return tuple(found), False
    try:
        Proved(edition.release, (edition,), certificate)
    except (IntegrityRefusal, DisclosureRefusal) as refused:
        found += refused.findings
    return tuple(found), not found


def _in_order(proofs: Mapping[int, Proof]) -> tuple[Proof, ...]:
    return tuple(proofs[place] for place in sorted(proofs))


def _counted(
    name: str,
    editions: Sequence[Edition],
    findings: tuple[Finding, ...],
    proofs: Sequence[Proof],
    *,
    attacked: bool = False,
    missing: bool = False,
) -> Audit:
    blocks: Sequence[Block] = take_apart(publication(editions)).blocks
    marks = [cell.withheld for cell in editions[-1].cells]
    aims = [aim.target.printed for block in blocks for aim in block.aims]
    return Audit(
        name,
        findings,
        printed=marks.count(""),
        hidden=marks.count(HIDDEN),
        open=aims.count(True),
        latent=aims.count(False),
        sums=sum(len(block.rows) for block in blocks),
        blocks=len(blocks),
        tables=sum(len(proof.tables) for proof in proofs),
        clear=sum(len(proof.reasons) for proof in proofs),
        earlier=len(editions) - 1,
        missing=missing,
        sources=len({one.source for edition in editions for one in edition.told}),
        attacked=attacked,
    )
