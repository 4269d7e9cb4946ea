"""An import, and the look before one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from site_builder.imports.steps import import_release, survey, write_import
from site_builder.imports.surveys import every_form, in_words
from site_builder.vocabulary.findings import Finding
from site_builder.vocabulary.frontmatter import mistake


def import_in_words(
    root: Path, source: str, files: Sequence[Path], mapping: Path, *, catalogue: bool = False
) -> tuple[str, tuple[Finding, ...]]:
    """Import a release and write its package, unless findings block it. ``catalogue``: definitions go among the indicators.
    Raises the refusal of a mapping that cannot be used."""
    result = import_release(mapping, files, root, source, catalogue=catalogue)
    if result.refusal:
        raise result.refusal
    if result.files:
        write_import(result, root)
    return f"Wrote {len(result.files)} files." if result.files else "", result.findings


def list_in_words(root: Path, paths: Sequence[Path]) -> tuple[str, tuple[Finding, ...]]:
    """What can be read, or where paths are given what they are. Raises ConfigurationError for a path without a file."""
    for path in paths:
        if not path.exists():
            raise mistake(path.name, "There is no such file or folder.", "Check the path.")
    if not paths:
        return every_form(), ()
    looks = survey(paths, root)
    return in_words(looks), tuple(finding for one in looks for finding in one.findings)
