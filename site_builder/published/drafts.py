"""A draft release: a package like any other, proved by itself, that stands in no ledger and is never published."""

from __future__ import annotations

import json
from pathlib import Path

from site_builder.release.certificate import Proved
from site_builder.release.ledger import load_ledger
from site_builder.release.package import DESCRIPTOR
from site_builder.release.releases import (
    NATIONAL,
    RELEASES,
    Release,
    load_releases,
    package_bytes,
    release_of,
    sealed_package,
)
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.planes import Classification, Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.rules import rule


def with_draft(root: Path, folder: Path, visibility: Visibility) -> tuple[Release, ...]:
    """The releases that stand before a draft, and the draft as the newest one.

    A draft of a release that stands already takes its place. Raises DisclosureRefusal when it is of real returns and the
    place is not known to be private, or is not proved; IntegrityRefusal when a file was changed.
    """
    said = json.loads(package_bytes(folder)[DESCRIPTOR])
    if said.get("classification") != Classification.SYNTHETIC.value and visibility is not Visibility.PRIVATE:
        raise DisclosureRefusal(not_for_the_public(folder.name))
    ledger = load_ledger(root / RELEASES).before(str(said.get("lsb:release")))
    standing = {entry.id for entry in ledger.entries}
    before = tuple(one for one in load_releases(root / RELEASES) if str(one.id) in standing)
    draft = sealed_package(folder, ledger)
    name = draft.edition.release  # its folder may be called anything
    editions = (*(one.edition for one in before), draft.edition)
    return (*before, release_of(draft._replace(name=name), Proved(name, editions, draft.certificate)))


@rule("D920", Severity.ERROR, "a draft of real returns in a public place")
def not_for_the_public(folder: str) -> Finding:
    """What it checks: a draft that was made of real returns is looked at in a place that is known to be private.

    Why it matters: nobody has signed a draft, and a figure that was shown once is known for ever.

    Example: a preview is built in the public repository from a draft that a maintainer copied there.

    How to fix: delete the draft here. Build the preview in the private place where the returns lie.
    """
    problem = "This draft is of real returns, and this place is public, or we cannot tell."
    return Finding(
        "D920", Severity.ERROR, Location(folder), problem, "Delete it here; look at it in the private place."
    )


@rule("D921", Severity.ERROR, "a real return among the inputs of the site")
def real_return(file: str) -> Finding:
    """What it checks: nothing among the releases and national packages says that it is confidential.

    Why it matters: the site prints what it is made of. A return holds true counts, however small.

    Example: the folder of a return was copied in among the releases.

    How to fix: remove the folder. If it has been pushed to a public place, go to the runbook at once.
    """
    problem = "This package says that it is confidential; a site is made of releases and open data alone."
    return Finding("D921", Severity.ERROR, Location(file), problem, "Remove it, and tell the maintainers now.")


def refuse_real_returns(root: Path) -> None:
    """Raises DisclosureRefusal when a package that calls itself confidential lies among the inputs of a site."""
    for folder in (RELEASES, NATIONAL):
        for path in sorted((root / folder).rglob(DESCRIPTOR)):
            try:
                said = json.loads(path.read_bytes())
            except (OSError, RecursionError, ValueError):
                continue  # whoever loads it says what is wrong with it
            if isinstance(said, dict) and said.get("classification") == Classification.CONFIDENTIAL.value:
                raise DisclosureRefusal(real_return(path.relative_to(root).as_posix()))


RULES = (not_for_the_public, real_return)
