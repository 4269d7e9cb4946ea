"""``audit``: the attack on every release again, in a table that a statistician would sign."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from site_builder.release.ledger import FILE, load_ledger
from site_builder.release.releases import RELEASES
from site_builder.release.sealing import Audit, audit
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.frontmatter import mistake

_HEAD = ("release", "figures that must stay open", "sums known to a reader", "tables found", "result")


def audit_in_words(root: Path, wanted: Sequence[str]) -> tuple[str, tuple[Finding, ...]]:
    """The table and the findings. ``wanted``: release ids, or one folder of releases that may lie anywhere.

    Raises ConfigurationError when a release or folder is not there, IntegrityRefusal when a file or the chain differs.
    """
    folders = [Path(name) for name in wanted if (Path(name) / FILE).is_file()]
    releases = folders[0] if folders else root / RELEASES
    ids = [name for name in wanted if not (Path(name) / FILE).is_file()]
    known = {entry.id for entry in load_ledger(releases).entries}
    if not known or not set(ids) <= known:
        raise mistake(
            "audit", "There is no such release.", "Name a release of the ledger, or a folder with ledger.csv."
        )
    audits = audit(releases, ids)
    return table(audits), tuple(finding for one in audits for finding in one.findings)


def table(audits: Sequence[Audit]) -> str:
    """One line a release, and what it means."""
    rows = [
        (a.release, f"{a.open:,}", f"{a.sums:,}", f"{a.tables:,}", "NOT PROVED" if a.findings else "proved")
        for a in audits
    ]
    widths = [max(len(row[k]) for row in (_HEAD, *rows)) for k in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (_HEAD, *rows)
    ]
    if any(a.findings for a in audits):
        return "\n".join(lines)
    meaning = (
        "Each certificate was thrown away and the attack repeated from the packages alone, with every earlier release\n"
        "known. Every hidden figure could be any value that the legend allows, or is plainly not small."
    )
    return "\n".join([*lines, "", meaning])
