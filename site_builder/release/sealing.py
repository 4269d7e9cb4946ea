"""Make the proof of a package from the package and the releases before it, and nothing else.

``python -m site_builder.release.sealing FOLDER RELEASES`` is what the release command starts as a process of its own:
it is given no folder of returns, so a proof cannot carry what it protects.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from site_builder.release.attack import Weakness, attack
from site_builder.release.bases import Edition
from site_builder.release.blocks import take_apart
from site_builder.release.certificate import BY_CODE, CERTIFICATE, WITNESSES, certify
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, checksums, read, write_files
from site_builder.release.relations import publication
from site_builder.release.releases import edition_of, package_bytes, refuse_another_package
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.refusals import DisclosureRefusal, Refusal


def seal(folder: Path, releases: Path) -> None:
    """Add the certificate, its tables and the list of checksums to an unsealed package.

    Raises DisclosureRefusal, with a finding for each figure that could be narrowed or worked out.
    """
    package = read(folder)
    names = [path.name for path in sorted(folder.iterdir()) if path.name not in (CERTIFICATE, WITNESSES, CHECKSUMS)]
    files = {name: package.files.get(name) or (folder / name).read_bytes() for name in names}
    name = str(json.loads(files[DESCRIPTOR])["lsb:release"])
    ledger = load_ledger(releases).before(name)
    editions = (*editions_before(releases, ledger), edition_of(files))
    result = attack(editions)
    if result.weaknesses:
        raise DisclosureRefusal(*findings_of(name, result.weaknesses))
    blocks = take_apart(publication(editions)).blocks
    proof = certify(name, files, ledger.head, blocks, result.proofs)
    write_files(folder, {**proof, CHECKSUMS: checksums({**files, **proof})})


def editions_before(releases: Path, ledger: Ledger) -> tuple[Edition, ...]:
    """What the releases of a ledger that stand printed, the first one first. Raises IntegrityRefusal when a package is
    another."""
    found = []
    for entry in ledger.standing:
        files = package_bytes(releases / entry.id)
        refuse_another_package(files, entry)
        found.append(edition_of(files))
    return tuple(found)


def findings_of(name: str, weaknesses: Sequence[Weakness]) -> tuple[Finding, ...]:
    """Weaknesses in words, without a number."""
    return tuple(
        BY_CODE[w.code](f"{name}: {w.key.indicator} {w.key.measure}, {w.key.area}, {w.key.period}", w.lines)
        for w in weaknesses
    )


def main(words: Sequence[str]) -> int:
    """Seal a package; the exit code says how it ended: 0 sealed, 3 refused, 4 a file differs."""
    folder, releases = words
    try:
        seal(Path(folder), Path(releases))
    except Refusal as refusal:
        for finding in refusal.findings:
            sys.stdout.write(json.dumps([finding.rule, finding.where.file, finding.problem, finding.fix]) + "\n")
        return 3 if isinstance(refusal, DisclosureRefusal) else 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
