"""Stage X: a return beside those of other authorities for the same period."""

# ruff: noqa: ARG001  (the rules among all are called with the same three arguments)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.confidential.folders import Counts, ReturnPackage
from site_builder.confidential.rules.beside import Beside
from site_builder.confidential.rules.flaws import Flaw
from site_builder.confidential.rules.time import comparable, period_before
from site_builder.confidential.rules.values import known_rows
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.funnels import Label
from site_builder.vocabulary.rules import rule

_PAIRS = 8
_OUT = (Label.OUT_LOW, Label.OUT_HIGH)
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


@rule("X801", Severity.QUERY, "Stands out, and did not before")
def stands_out(package: ReturnPackage, beside: Beside, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a rate or percentage lies beyond what chance and {name}'s usual variation explain (99.8 %
    limits, at least 20 authorities) although it was well inside (95 % limits) in the period before.
    Why it matters: It will be listed among the figures that stand out, and readers will ask why.
    Example: A team counts contacts as referrals since this quarter.
    How to fix: Compare with your source and correct it, or say in explanations.csv what happened.
    """
    period = package.particulars.period
    before = period_before(period)
    for indicator, row in known_rows(package, standards):
        area = row["area_code"]
        if (
            comparable(indicator, before, period)
            and beside.label(indicator, area, period) in _OUT
            and beside.label(indicator, area, before) is Label.WITHIN
        ):
            yield Flaw(
                f"{indicator.code} stands out from the rest of {HERE.name}, and was as usual in {before}.",
                "Correct it, or say in explanations.csv what happened.",
                row.line,
                "numerator",
                about=indicator.code,
                area=area,
            )


@rule("X803", Severity.QUERY, "The sum is not the published one")
def not_the_known_sum(package: ReturnPackage, beside: Beside, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the sum of all {areas}' figures for a year agrees with a total that somebody else has
    published, once every {area} has sent the whole year. Only real returns are compared.
    Why it matters: Readers hold the two beside each other.
    Example: One {area} counted families, all others {people}.
    How to fix: Compare your figures of the year with what you sent elsewhere. If they agree, say so in
    explanations.csv.
    """
    for code, source in beside.contradicted(package):
        yield Flaw(
            f"The {HERE.areas}' sum for {code} does not agree with {source}.",
            "Compare your figures of the year with what you sent there; correct or explain them.",
            field="numerator",
            about=code,
        )


@rule("X804", Severity.ERROR, "One figure from two places")
def two_sources(where: str) -> Iterator[Flaw]:
    """What it checks: Whether the same submitter's return for the same period lies in two places at once.
    Why it matters: Nobody could say which of the two is meant.
    Example: Two folders of returns are read together, and both hold {an_area}'s return of this quarter.
    How to fix: Keep the return in one of the two places.
    """
    yield Flaw(f"This return is also in {where}.", "Keep it in one place.", file="")


@rule("X802", Severity.ERROR, "The figures of another authority")
def same_as_another(package: ReturnPackage, others: Sequence[ReturnPackage], standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether half or more of the figures, small ones left aside, are those of another authority for
    the same period. The other one is never named.
    Why it matters: It is the wrong file, and another authority's figures would be published under this name.
    Example: Two forms were filled in side by side and saved under each other's name.
    How to fix: Look whether this is the right file, and fill in your own figures.
    """
    known = [indicator.code for indicator, _ in known_rows(package, standards)]
    own = {code: package.counts[code] for code in known if (package.counts[code][0] or 0) >= _LARGE}
    if any(_alike(own, other.counts) for other in others):
        yield Flaw(
            "Most figures equal those of another return for this period.",
            "Is this the right file? Fill in your own figures.",
        )


def _alike(own: Mapping[str, Counts], other: Mapping[str, Counts]) -> bool:
    beside = [(counts, other[code]) for code, counts in own.items() if code in other and other[code][0] is not None]
    same = sum(counts == theirs for counts, theirs in beside)
    return len(beside) >= _PAIRS and same * 2 >= len(beside)


RULES = (same_as_another,)
AMONG_ALL = (stands_out, not_the_known_sum)
OTHERS = (no_others, two_sources)
