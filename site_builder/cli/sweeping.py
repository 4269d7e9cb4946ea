"""``audit --site``: whether a built site shows what its releases show, and nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from site_builder.published.charts.draw import picture
from site_builder.published.written import load_written
from site_builder.release.releases import RELEASES, load_releases
from site_builder.release.sweep.known import Known
from site_builder.release.sweep.sweep import sweep
from site_builder.release.tables import csv_rows
from site_builder.release.withdrawals import load_withdrawals
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.frontmatter import mistake


def sweep_in_words(root: Path, site: Path) -> tuple[str, tuple[Finding, ...]]:
    """What to say of a built site, and the findings. Raises ConfigurationError when there is no site in that folder."""
    if not (site / "index.html").is_file():
        raise mistake("audit --site", "There is no built site in this folder.", "Name the folder that build wrote.")
    releases = load_releases(root / RELEASES)
    titles = [row["title"] for release in releases for row in csv_rows(release.files["indicators.csv"])]
    written = load_written(root)
    known = Known(
        ((str(release.id), release.cells) for release in releases),
        (*titles, *written.titles),
        written.words,
        written.prose,
        frozenset(str(gone.id) for gone in load_withdrawals(root / RELEASES)),
    )
    found = sweep(site, known, partial(picture, cache=None))
    if found:
        return "The site shows what no release does. Do not publish it.", found
    return (
        "Every file was opened, inside archives too. Each table and record has the figures of its release, hidden ones\n"
        "are blank with their mark, every number on a page or in a drawing stands in a download, and each picture is the\n"
        "one that its drawing gives.",
        (),
    )
