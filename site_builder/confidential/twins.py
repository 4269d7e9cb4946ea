"""Whether what others print of our counts is true of them: the proof may rest on nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.confidential.tabulate import Table
from site_builder.release.cells import KEY, CellKey
from site_builder.release.disclosures import Statement
from site_builder.vocabulary.findings import Finding, Location, Severity, in_order
from site_builder.vocabulary.rules import rule


@rule("D917", Severity.QUERY, "another publisher's figure differs from ours")
def differs(source: str, key: CellKey) -> Finding:
    """What it checks: a figure that another publisher prints of the same count agrees with the one that we print.

    Why it matters: readers will compare the two. And only figures of one definition may be used in the proof.

    Example: the department counts {a_person} once a year, the {area} counted every referral.

    How to fix: compare the definitions. If they are not quite the same, write in the indicator's file how far they may
    lie apart (external_tolerance), or take the series off its list (external).
    """
    return Finding(
        "D917",
        Severity.QUERY,
        Location(f"content/indicators/{key.indicator.lower()}"),
        f"{source} and our {key.indicator} {key.measure} differ for {key.area}, {key.period}. Same definition?",
        "Compare the definitions; see external and external_tolerance in the indicator's file.",
    )


RULES = (differs,)


def contradicted(told: Iterable[Statement], table: Table) -> tuple[Finding, ...]:
    """A finding for each count of which somebody prints something that is not so, in order.

    All counts are looked at, hidden ones too, and any difference stops the release: what goes into a proof never depends
    on what is hidden.
    """
    frame = table.frame
    frame = frame[frame["withheld"] == ""]
    keys = (CellKey(*row) for row in zip(*(frame[column].tolist() for column in KEY), strict=True))
    counts = dict(zip(keys, frame["value"].astype("int64").tolist(), strict=True))
    return in_order(differs(one.source, one.terms[0].key) for one in told if not _holds(one, counts))


def _holds(statement: Statement, counts: Mapping[CellKey, int]) -> bool:
    """Whether a statement is true, or speaks of a count that we do not have."""
    if any(term.key not in counts for term in statement.terms):
        return True
    value = sum(term.weight * counts[term.key] for term in statement.terms)
    return (statement.least is None or statement.least <= value) and (statement.most is None or value <= statement.most)
