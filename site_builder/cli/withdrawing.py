"""``withdraw``: take a release back, and say what is left to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.confidential.withdrawing import withdraw
from site_builder.published.versions import version_of
from site_builder.release.releases import RELEASES, load_releases
from site_builder.release.withdrawals import Reason, load_withdrawals
from site_builder.vocabulary.planes import Visibility

_DONE = """{release} is withdrawn. Its package, its checksums and the record of its downloads are gone from {releases}.
What it showed is kept in {kept}, in private. Every later release needs it: commit it there, and keep a copy.

Now
1. Build the site and put it in place: each page of the release says that it was withdrawn.
2. Carry the ledger and {releases}/withdrawals.csv to the public repository, and remove {releases}/{release} and
   its record there. Then take them out of the history and out of every copy: RUNBOOK.md, from step 4 on.
3. Make {following} once the cause is mended. It can take the place of this one."""
_ALSO = """
These releases show one of the figures too, and no release is made until they are withdrawn, with the same list, in
this order: {names}."""


def withdraw_in_words(root: Path, release: str, figures: Path, reason: Reason, on: date, visibility: Visibility) -> str:
    """Withdraw a release. Raises what ``withdraw`` raises; nothing is changed then."""
    releases = load_releases(root / RELEASES)
    version = version_of(releases, load_withdrawals(root / RELEASES)).get(release, "")
    gone = withdraw(root, release, version, figures, reason, on, visibility)
    told = _DONE.format(release=release, releases=RELEASES, kept=gone.kept.as_posix(), following=gone.following)
    return told + (_ALSO.format(names=", ".join(gone.also)) if gone.also else "")
