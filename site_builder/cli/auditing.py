"""``audit``: the attack on every release again, in a table that a statistician would sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from site_builder.release.audits import Audit, audit, audit_alone
from site_builder.release.ledger import FILE, load_ledger
from site_builder.release.package import DESCRIPTOR, refusal
from site_builder.release.releases import RECORD, RELEASES, sealed_packages
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE

_ROWS: tuple[tuple[str, Callable[[Audit], str]], ...] = (
    ("figures printed", lambda a: f"{a.printed:,}"),
    ("figures hidden", lambda a: f"{a.hidden:,}"),
    ("earlier releases known", lambda a: "not at hand" if a.missing else f"{a.earlier:,}"),
    ("other publishers known", lambda a: f"{a.sources:,}"),
    ("hidden ones that must stay open", lambda a: f"{a.open:,}"),
    ("never displayed, likewise", lambda a: f"{a.latent:,}"),
    ("sums that a reader can use", lambda a: f"{a.sums:,}"),
    ("parts that share no unknown", lambda a: f"{a.blocks:,}"),
    ("whole tables that are possible", lambda a: f"{a.tables:,}"),
    ("shown to be above the threshold", lambda a: f"{a.clear:,}"),
    ("result", lambda a: "NOT PROVED" if a.findings else "proved" if not a.missing else "holds alone"),
)
_ATTACKED = (
    "Each certificate was checked and thrown away, and the attack repeated from the packages alone, with every earlier\n"
    "release known. Every hidden figure could be any value that the legend allows, or is plainly not small."
)
_CHECKED = (
    "The certificates were checked by addition alone. Every value that the legend allows for a hidden figure stands in a\n"
    "whole table that agrees with everything printed, or the figure is plainly not small."
)
_ALONE = (
    "The attack was made on this package alone, since the releases before it were not at hand. Every hidden figure in it\n"
    "could be any value that the legend allows, or is plainly not small. To know what all releases tell together, put\n"
    "them into one folder with ledger.csv, and name that folder."
)
_NONE_STANDS = "Every release was withdrawn. There is nothing to prove."
_LIMITS = f"Not looked at: facts that nobody declared, what {HERE.areas} know of themselves, and how likely a value is."


def audit_in_words(root: Path, wanted: Sequence[str], *, attacked: bool = True) -> tuple[str, tuple[Finding, ...]]:
    """The table and the findings. ``wanted``: release ids, one folder of releases, or one package that lies anywhere.

    With ``attacked`` false the certificates alone are checked. Raises ConfigurationError when a release or folder is not
    there, IntegrityRefusal when a file or the chain differs.
    """
    alone = [Path(name) for name in wanted if (Path(name) / DESCRIPTOR).is_file() and not (Path(name) / FILE).is_file()]
    if alone:
        audits = tuple(audit_alone(folder) for folder in alone)
        return table(audits), tuple(finding for one in audits for finding in one.findings)
    folders = [Path(name) for name in wanted if (Path(name) / FILE).is_file()]
    releases = folders[0] if folders else root / RELEASES
    ids = [name for name in wanted if not (Path(name) / FILE).is_file()]
    ledger = load_ledger(releases)
    if ledger.withdrawn and not ledger.standing and not ids:
        sealed_packages(releases)  # nor does a package lie there
        return _NONE_STANDS, ()
    if not ledger.standing or not set(ids) <= {entry.id for entry in ledger.standing}:
        gone = bool(set(ids) & {entry.id for entry in ledger.withdrawn})
        raise mistake(
            "audit",
            "This release was withdrawn." if gone else "There is no such release.",
            "Name a release of the ledger that stands, or a folder with ledger.csv.",
        )
    audits = audit(releases, ids, attacked=attacked)
    return table(audits), tuple(finding for one in audits for finding in one.findings)


def refuse_rewritten(releases: Path, before: Path) -> None:
    """Refuse a folder of releases in which a line of an earlier ledger, or a record of downloads, is changed or gone, unless
    its release was withdrawn.

    Raises IntegrityRefusal; ConfigurationError when there is no such folder, since nothing would be held against it."""
    if not before.is_dir():
        raise mistake("audit --before", "There is no such folder.", "Name the releases as they stood.")
    if not load_ledger(releases).continues(load_ledger(before)):
        raise refusal(
            FILE, "A release that was published is changed or gone.", "Restore it; a correction is a new one."
        )
    gone = {f"{entry.id}{RECORD}" for entry in load_ledger(releases).withdrawn}
    for path in sorted(path for path in before.glob(f"*{RECORD}") if path.name not in gone):
        kept = releases / path.name
        if not kept.is_file() or kept.read_bytes() != path.read_bytes():
            raise refusal(path.name, "The record of a release’s downloads is changed or gone.", "Restore it.")


def table(audits: Sequence[Audit]) -> str:
    """A column a release, and what it means."""
    rows = [("", *(one.release for one in audits)), *((words, *map(of, audits)) for words, of in _ROWS)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join((name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))))
        for name, *cells in rows
    ]
    if any(one.findings for one in audits):
        return "\n".join(lines)
    if any(one.missing for one in audits):
        return "\n".join([*lines, "", _ALONE, _LIMITS])
    return "\n".join([*lines, "", _ATTACKED if all(one.attacked for one in audits) else _CHECKED, _LIMITS])
