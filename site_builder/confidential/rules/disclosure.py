"""Stage D: what must not be here at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.standards import DESCRIPTOR
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification, Visibility, may_open
from site_builder.vocabulary.rules import rule

MOST_ROWS = 200
ALLOWED = (Classification.CONFIDENTIAL, Classification.SYNTHETIC)
_CHILD_LEVEL = re.compile(
    r"(dob|date_?of_?birth|birth_?date|(child|pupil|person|client|case|la_child|unique)_?(id|ref|reference|number)|id|upn"
    r"|uln|nhs(_?(no|number))?|ni_?(no|number)|name|(child|pupil|full|first|last|given|family)_?name|forename|surname"
    r"|post_?code|address|gender|sex|ethnicity)\Z"
)


@rule("D901", Severity.ERROR, "A real return in a public place")
def real_return_in_public(classification: Classification, visibility: Visibility) -> Iterator[Flaw]:
    """What it checks: Whether a return that is marked confidential lies in a place that is known to be private. Its
    figures are not opened to find out.
    Why it matters: Small counts can point at single {people}, and what has been public once stays public.
    Example: A real return is put into the public repository, or into a copy whose remote is not on the list.
    How to fix: Stop and do not push. If you have pushed, tell the maintainers at once: the runbook says how to remove
    it from the history and from copies.
    """
    if not may_open(classification, visibility):
        yield Flaw(
            "This is a real return, and this place is public, or we cannot tell.",
            "Stop: do not push it. If you have, tell the maintainers now.",
            file=DESCRIPTOR,
        )


@rule("D903", Severity.ERROR, f"Rows about single {HERE.people}")
def child_level(header: Sequence[str], rows: int, most: int = MOST_ROWS) -> Iterator[Flaw]:
    """What it checks: Whether a column is named as those of case systems are (a birth date, a name, a number of a
    {person}), or there are more than 200 rows and
    more than the sender can owe.
    Why it matters: A return holds sums. A list of {people} must never be sent, not even to a private place.
    Example: The extract behind the figures was saved under the name of the return.
    How to fix: Do not push it. Delete the file, sum the figures, and fill in a fresh form. If you have pushed it, tell
    the maintainers now.
    """
    named = any(_CHILD_LEVEL.match("_".join(cell.replace("-", " ").casefold().split())) for cell in header)
    if named or rows > most:
        yield Flaw(
            f"This looks like rows about single {HERE.people}.",
            "Do not push it. If you already have, tell the maintainers now.",
            row=1 if named else None,
        )


@rule("D905", Severity.ERROR, "The classification is missing")
def no_classification(classification: Classification | None) -> Iterator[Flaw]:
    """What it checks: Whether datapackage.json says that the return is confidential or synthetic.
    Why it matters: A return that does not say what it is must be kept as if it were real, and is not opened.
    Example: The word is misspelt.
    How to fix: Write `"classification": "confidential"` for a real return, `"synthetic"` for an invented one.
    """
    if classification not in ALLOWED:
        yield Flaw(
            "The description does not say whether this is confidential or synthetic. It is treated as confidential.",
            "Write one of the two in datapackage.json, under classification.",
            file=DESCRIPTOR,
        )


@rule("D906", Severity.ERROR, "Invented and real returns together")
def mixed(classifications: Sequence[Classification]) -> Iterator[Flaw]:
    """What it checks: Whether the returns of one run are all real or all invented.
    Why it matters: A total of invented and real figures would be taken for a real one.
    Example: Last year's synthetic returns are still there when the first real one arrives.
    How to fix: Keep the two kinds in different places and name one of them with `--returns`.
    """
    if len(set(classifications)) > 1:
        yield Flaw(
            "Invented and real returns stand side by side.",
            "Remove one kind, or name only one returns folder.",
            file="",
        )


RULES = (real_return_in_public, child_level, no_classification, mixed)
