"""``new``: put a fresh return on disk, or mend a damaged one. Never writes over figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from site_builder.confidential import newreturn
from site_builder.confidential.descriptions import classification_of, particulars_said
from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.rules.disclosure import no_classification, real_return_in_public
from site_builder.confidential.standards import DESCRIPTOR, Standards, load_standards
from site_builder.release.package import write_files
from site_builder.vocabulary.findings import Location
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal

RETURNS = "datapackages/returns"
_ROLE = "Data officer"
_SIGNED_OFF = f"Head of {HERE.subject}"


def make_folder(
    root: Path, submitter: str, period: str, visibility: Visibility, *, repair: bool
) -> tuple[str, tuple[str, ...]]:
    """The folder that was made or mended, from the root, and the names of the files written.

    A public or unknown plane takes synthetic returns only, so a new one there says that it is. Raises
    ConfigurationError for an unknown authority or period, and when a folder is there but no repair was asked for;
    DisclosureRefusal (D901) when a real return lies in a public or unknown plane and was to be mended there.
    """
    standards = load_standards(root)
    particulars = particulars_of(standards, submitter, period, visibility)
    label = f"{RETURNS}/{submitter}/{particulars.period.id}"
    folder = root / label
    if not repair:
        if folder.exists():
            raise mistake(label, "This return exists already.", "Edit it, or mend its description with --repair.")
        files = newreturn.new_return(standards, particulars)
    else:
        files = _repaired(standards, particulars, folder, label, visibility)
    write_files(folder, files)
    return label, tuple(sorted(files))


def particulars_of(standards: Standards, submitter: str, period: str, visibility: Visibility) -> Particulars:
    """The particulars of a fresh return: synthetic unless the plane is private. Raises ConfigurationError for an
    unknown submitter or period."""
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


def _repaired(
    standards: Standards, particulars: Particulars, folder: Path, label: str, visibility: Visibility
) -> dict[str, bytes]:
    if not folder.is_dir():
        raise mistake(label, "There is no return to mend.", "Make a new one without --repair.")
    said = _said(folder / DESCRIPTOR)
    if visibility is not Visibility.PRIVATE:
        _refuse_real(classification_of(said), visibility, label)
    present = {path.name: b"" for path in folder.iterdir() if path.is_file()}  # figures are neither opened nor changed
    return newreturn.repair(standards, particulars_said(particulars, said), present)


def _refuse_real(classification: Classification | None, visibility: Visibility, label: str) -> None:
    """Raises DisclosureRefusal for a real return, and for one that does not say what it is."""
    rule = no_classification if classification is None else real_return_in_public
    flaws = rule(classification) if classification is None else rule(classification, visibility)
    for flaw in flaws:
        raise DisclosureRefusal(rule.finding(Location(f"{label}/{flaw.file}"), flaw.problem, flaw.fix))


def _said(path: Path) -> dict[str, Any]:
    """What a damaged description still says, as far as it can be read."""
    try:
        said = json.loads(path.read_bytes())
    except (OSError, RecursionError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
