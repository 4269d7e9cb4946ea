"""Take a release back that showed what must stay hidden. What it showed is kept in private; in public a line is left.

Nothing is lost on the way: the private copy is written first, then the public lists, and the package goes last.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.confidential.withdrawn import FIGURES, FOLDER, PACKAGE, about, figures_bytes, read_figures, shows_too
from site_builder.release import package
from site_builder.release.bases import Edition
from site_builder.release.ledger import FILE as LEDGER
from site_builder.release.ledger import load_ledger
from site_builder.release.releases import RECORD, RELEASES, Sealed, sealed_packages
from site_builder.release.texts import About
from site_builder.release.withdrawals import FILE as LIST
from site_builder.release.withdrawals import Reason, Withdrawal, load_withdrawals, withdrawals_bytes
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.releaseid import ReleaseId
from site_builder.vocabulary.rules import rule


@dataclass(frozen=True, slots=True)
class Gone:
    """``kept``: the private folder, below the root. ``also``: earlier releases that show one of the figures, the newest
    first. ``following``: the release that can take its place."""

    kept: Path
    also: tuple[str, ...]
    following: ReleaseId


@rule("D924", Severity.ERROR, "a withdrawal of real figures in a public place")
def not_in_public(release: str) -> Finding:
    """What it checks: a release of real figures is withdrawn in the private place where the returns lie.

    Why it matters: the withdrawal writes down what must not be seen, since later releases have to reckon with it.

    Example: a maintainer runs the command in a clone of the public repository.

    How to fix: run it in the returns repository, and carry the change of the public files over from there.
    """
    problem = "This release is of real figures, and this place is public, or we cannot tell."
    return Finding("D924", Severity.ERROR, Location(release), problem, "Withdraw it in the private place.")


RULES = (not_in_public,)


def withdraw(
    root: Path, release: str, version: str, figures: Path, reason: Reason, on: date, visibility: Visibility
) -> Gone:
    """Withdraw the newest release that stands. ``version``: the number it had; ``figures``: the list of those that must
    never be shown again.

    Raises IntegrityRefusal when it is not the newest or a file was changed, ConfigurationError for a list that is none or
    names what the release does not have, DisclosureRefusal for real figures in a place that is not private.
    """
    releases = root / RELEASES
    ledger = load_ledger(releases).withdraw(release)
    *earlier, last = sealed_packages(releases)
    kind = Classification(json.loads(last.files[package.DESCRIPTOR])["classification"])
    if kind is not Classification.SYNTHETIC and visibility is not Visibility.PRIVATE:
        raise DisclosureRefusal(not_in_public(release))
    wanted = read_figures(figures)
    _refuse_unknown(figures.name, wanted, last.edition)
    came = next(entry for entry in ledger.entries if entry.id == release).published_on
    if on < came:
        raise mistake("withdraw", "The day is before the release came.", "Give a later day with --on.")
    gone = Withdrawal(ReleaseId.parse(release), version, kind, came, on, reason, earlier[-1].name if earlier else "")
    order = [entry.id for entry in ledger.entries]
    listed = withdrawals_bytes(sorted((*load_withdrawals(releases), gone), key=lambda one: order.index(str(one.id))))
    _keep(root, last, wanted)
    package.write_files(releases, {LEDGER: ledger.to_bytes(), LIST: listed})
    (releases / f"{release}{RECORD}").unlink(missing_ok=True)
    shutil.rmtree(releases / release)
    also = tuple(one.name for one in reversed(earlier) if shows_too(one.edition, last.edition, wanted))
    return Gone(Path(FOLDER) / release, also, _following(release, order))


def _keep(root: Path, last: Sealed, wanted: Collection[About]) -> None:
    """Write down in private what the release showed. A copy that is there from a run that was broken off must be equal."""
    folder = root / FOLDER / last.name
    if not (folder / PACKAGE).is_dir():
        package.write_new(folder / PACKAGE, last.files)
    elif {path.name: path.read_bytes() for path in (folder / PACKAGE).iterdir()} != dict(last.files):
        raise package.refusal(f"{FOLDER}/{last.name}", "Another package is kept here.", "Move it away, and try again.")
    package.write_files(folder, {FIGURES: figures_bytes(wanted)})


def _refuse_unknown(file: str, wanted: Collection[About], edition: Edition) -> None:
    held = {about(c.key) for c in edition.cells}
    if unknown := sorted({one.indicator for one in wanted if one not in held}):
        raise mistake(
            file, f"A figure of {unknown[0]} in this list is none of the release.", "Look up its place and period."
        )


def _following(release: str, every: Collection[str]) -> ReleaseId:
    """The correction that has not been used."""
    period = ReleaseId.parse(release).period
    used = [one.correction for one in map(ReleaseId.parse, every) if one.period == period]
    return ReleaseId(period, max(used) + 1)
