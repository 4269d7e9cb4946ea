"""Every comparison with the usual variation as a table: a row an indicator and borough; invented figures apart."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published import addresses
from site_builder.published.coverage import coverage
from site_builder.published.downloads.table import file_name
from site_builder.published.points import Source
from site_builder.published.standing_out import Comparison, Subject
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.rounding import half_up_float, significant

HEADER = (
    "release", "classification", "indicator", "definition_version", "area", "area_name", "period", "numerator",
    "denominator", "value", f"{HERE.key}_value", f"{HERE.key}_coverage",
    "areas_compared", "phi", "tau2", "z", "z_adjusted", "variation", "since",
)  # fmt: skip


def comparisons_file(source: Source) -> str:
    """Where the comparisons of national figures, or of a release's, stand."""
    name = file_name("standing-out", "csv", source.classification)
    return f"data/{name}" if source.national else addresses.release_file(source.release, f"csv/{name}")


def comparisons_csv(some: Iterable[Subject]) -> bytes:
    """Every comparison made, indicators in the order given and boroughs A to Z."""
    return csv_bytes(
        HEADER,
        (
            _row(subject, subject.funnel, one)
            for subject in some
            if isinstance(subject.funnel, Funnel)
            for one in subject.made
        ),
    )


def _row(subject: Subject, funnel: Funnel, one: Comparison) -> tuple[str, ...]:
    indicator, source, point = subject.data.indicator, subject.data.source, one.point
    london = subject.data.points[LONDON, subject.period]
    return (
        source.release, source.classification, indicator.code, str(indicator.version), one.area.code, one.area.name,
        str(subject.period), point.numerator.plain, point.denominator.plain, point.value.plain,
        london.value.plain, coverage(subject.data, london), str(funnel.areas), half_up_float(funnel.phi, 1),
        significant(funnel.tau2, 4), half_up_float(one.z, 2), half_up_float(one.adjusted, 2), one.label,
        str(one.since) if one.since else "",
    )  # fmt: skip
