"""``new``: put a fresh return on disk, or mend a damaged one. Never writes over figures."""

from __future__ import annotations

import json
from pathlib import Path

from site_builder.confidential import newreturn
from site_builder.confidential.descriptions import particulars_said
from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.standards import DESCRIPTOR, Standards, load_standards
from site_builder.release.package import write_files
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification, Visibility

RETURNS = "datapackages/returns"
_ROLE = "Data officer"
_SIGNED_OFF = "Head of safeguarding"


def make_folder(
    root: Path, submitter: str, period: str, visibility: Visibility, *, repair: bool
) -> tuple[str, tuple[str, ...]]:
    """The folder that was made or mended, from the root, and the names of the files written.

    A public or unknown plane takes synthetic returns only, so a new one there says that it is. Raises
    ConfigurationError for an unknown authority or period, and when a folder is there but no repair was asked for.
    """
    standards = load_standards(root)
    particulars = _particulars_of(standards, submitter, period, visibility)
    label = f"{RETURNS}/{submitter}/{particulars.period.id}"
    folder = root / label
    if not repair:
        if folder.exists():
            raise mistake(label, "This return exists already.", "Edit it, or mend its description with --repair.")
        files = newreturn.new_return(standards, particulars)
    else:
        files = _repaired(standards, particulars, folder, label)
    write_files(folder, files)
    return label, tuple(sorted(files))


def _particulars_of(standards: Standards, submitter: str, period: str, visibility: Visibility) -> Particulars:
    if submitter not in standards.submitters:
        raise mistake(RETURNS, "Nobody of this name sends returns.", "Write it as in addresses, such as barnet.")
    try:
        parsed = Period.parse(period)
    except ValueError as error:
        raise mistake(RETURNS, "This is not a period.", "Write a quarter such as 2024-25-Q1.") from error
    private = visibility is Visibility.PRIVATE
    return Particulars(
        standards.submitters[submitter],
        parsed,
        Classification.CONFIDENTIAL if private else Classification.SYNTHETIC,
        standards.collection.version,
        _ROLE,
        _SIGNED_OFF,
    )


def _repaired(standards: Standards, particulars: Particulars, folder: Path, label: str) -> dict[str, bytes]:
    if not folder.is_dir():
        raise mistake(label, "There is no return to mend.", "Make a new one without --repair.")
    present = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    kept = _keeping(particulars, present.get(DESCRIPTOR, b""))
    return newreturn.repair(standards, kept, present)


def _keeping(particulars: Particulars, damaged: bytes) -> Particulars:
    """The particulars with what a damaged description still says of its free parts, as far as it can be read."""
    try:
        said = json.loads(damaged)
    except (RecursionError, ValueError):
        said = None
    return particulars_said(particulars, said if isinstance(said, dict) else {})
