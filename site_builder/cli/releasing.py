"""``release``: one release by its id, or every round of the calendar that is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from site_builder.confidential.steps import Outcome, make_release
from site_builder.release.ledger import Ledger, load_ledger
from site_builder.release.reference import load_collection
from site_builder.release.releases import RELEASES
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.releaseid import ReleaseId

Said = tuple[str, tuple[Finding, ...]]


def release_one(
    root: Path,
    returns: Sequence[Path],
    visibility: Visibility,
    release_id: str,
    on: date | None,
    draft: Path | None,
    resolve: bool,
) -> Said:
    """Make one release; what to say, and the findings when there are any."""
    made = make_release(root, returns, release_id, on, visibility, out=draft, resolve=resolve)
    return _told(release_id, made), made.findings


def release_due(
    root: Path, returns: Sequence[Path], visibility: Visibility, on: date | None = None, draft: Path | None = None
) -> Said:
    """Make every release of the calendar that is later than the newest one and has returns; usually none. With ``draft``
    make the next one only, into that folder: the latest quarter that is due, or a correction of the newest release."""
    ledger = load_ledger(root / RELEASES)
    periods = [r.period for r in load_collection(root).rounds if r.period.kind is PeriodKind.FINANCIAL_QUARTER]
    if draft is not None:
        name = str(following(ledger, due(ledger, periods, returns)))
        return release_one(root, returns, visibility, name, on, draft, resolve=False)
    told: list[str] = []
    findings: list[Finding] = []
    for period in due(ledger, periods, returns):
        made = make_release(root, returns, period.id, None, visibility)
        told.append(_told(period.id, made))
        findings += made.findings
    standing = len(ledger.standing)
    return "\n".join(told) or f"Nothing to release: no return is later than the {standing} that stand.", tuple(findings)


def due(ledger: Ledger, periods: Iterable[Period], returns: Sequence[Path]) -> tuple[Period, ...]:
    """The quarters after the newest release for which at least one return is here, in order."""
    newest = max((ReleaseId.parse(entry.id).period for entry in ledger.entries), default=None)
    later = [period for period in sorted(periods) if newest is None or newest < period]
    return tuple(period for period in later if any(any(root.glob(f"*/{period.id}")) for root in returns))


def following(ledger: Ledger, periods: Sequence[Period]) -> ReleaseId:
    """The release to come: of the last of the periods that are due, else the next correction of the newest release.
    Raises ConfigurationError when there is neither."""
    if periods:
        return ReleaseId(periods[-1])
    newest = max((ReleaseId.parse(entry.id) for entry in ledger.entries), default=None)
    if newest is None:
        raise mistake("release", "There is no return of a quarter yet.", "Fill in a return first.")
    return ReleaseId(newest.period, newest.correction + 1)


def _told(release_id: str, made: Outcome) -> str:
    if made.folder is None:
        return f"{release_id}: not made. The returns have open findings."
    return f"{release_id}: made and proved, {made.folder}."
