"""Comparisons with a publisher's figures as two tables: every row, and how many came out how."""

from __future__ import annotations

from site_builder.published.agreements import Outcome
from site_builder.published.inputs import Inputs
from site_builder.published.reconciliation import Reconciliation
from site_builder.release.tables import csv_bytes

ROWS = "reconciliation.csv"
SUMMARY = "reconciliation-summary.csv"
HEADER = (
    "check", "indicator", "measure", "area", "area_name", "period", "outcome", "ours", "ours_rounded", "theirs", "difference", "carried",
    "carried_from", "our_rate", "their_rate", "reason",
)  # fmt: skip
SUMMARY_HEADER = ("check", "indicator", "measure", "places", "outcome", "comparisons")


def reconciliation_csv(inputs: Inputs, made: Reconciliation) -> bytes:
    """Every row about a place of this site, and every row that differs, under HEADER. ``carried_from``: the area and year
    of each earlier figure that a total holds, ``carried`` the sum of these figures."""
    names = {**inputs.authorities, **{area.code: area.name for area in inputs.areas.all}}
    return csv_bytes(
        HEADER,
        (
            (
                row.check, row.indicator, row.measure, row.area, names.get(row.area, row.area), row.period,
                row.outcome.value, row.ours, row.rounded, row.theirs, row.difference,
                sum(count for _, _, count in row.carried) or "",
                " ".join(f"{area} {year}" for area, year, _ in row.carried), row.our_rate, row.their_rate, row.reason,
            )
            for row in made.rows
        ),
    )  # fmt: skip


def summary_csv(made: Reconciliation) -> bytes:
    """How many comparisons of each series came out how, under SUMMARY_HEADER; those of places elsewhere too."""
    return csv_bytes(
        SUMMARY_HEADER,
        (
            (*group, outcome.value, found[outcome])
            for group, found in made.tally.items()
            for outcome in Outcome
            if found[outcome]
        ),
    )
