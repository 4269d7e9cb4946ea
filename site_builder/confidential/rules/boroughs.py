"""Stage X: a return beside those of other authorities for the same period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.rules.values import known_rows
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule

_PAIRS = 8
_LARGE = 10  # smaller numerators agree by chance


@rule("X800", Severity.INFO, "No other returns here")
def no_others() -> Iterator[Flaw]:
    """What it checks: Whether returns of other authorities for the period are here.
    Why it matters: Without them, comparisons between authorities cannot be made.
    Example: A place that holds the returns of one authority only.
    How to fix: Nothing to do; the maintainers compare before the release.
    """
    yield Flaw(
        "Comparisons with other authorities were not made here.",
        "Do nothing: the maintainers make them.",
    )


@rule("X802", Severity.ERROR, "The figures of another authority")
def same_as_another(package: ReturnPackage, others: Sequence[ReturnPackage], standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether half or more of the figures, small ones left aside, are those of another authority for
    the same period. The other one is never named.
    Why it matters: It is the wrong file, and another authority's figures would be published under this name.
    Example: Two forms were filled in side by side and saved under each other's name.
    How to fix: Look whether this is the right file, and fill in your own figures.
    """
    if any(_alike(package, other, standards) for other in others):
        yield Flaw(
            "Most figures equal those of another return for this period.",
            "Is this the right file? Fill in your own figures.",
        )


def _alike(package: ReturnPackage, other: ReturnPackage, standards: Standards) -> bool:
    pairs = same = 0
    for indicator, row in known_rows(package, standards):
        beside = other.figures.get(indicator.code)
        numerator = row.count("numerator")
        if beside is None or numerator is None or numerator < _LARGE or beside.count("numerator") is None:
            continue
        pairs += 1
        same += all(row.count(column) == beside.count(column) for column in ("numerator", "denominator"))
    return pairs >= _PAIRS and same * 2 >= pairs


RULES = (same_as_another,)
OTHERS = (no_others,)
