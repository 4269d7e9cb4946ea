"""What stands around the figures of a site: restated counts, marks of audit-readiness, pairs, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.published.changes import Change, changes
from site_builder.published.enquiry import thresholds
from site_builder.published.enquiry.bank import Bank
from site_builder.published.enquiry.case import Around, Differing, Restated
from site_builder.published.figures import read, thousands
from site_builder.published.phrases import when
from site_builder.published.predictions import Expected
from site_builder.published.readiness import Mark, assessed, mark_of
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Neighbour
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.periods import Period

Key = tuple[str, str]


def around_of(
    areas: Areas,
    figures: Mapping[str, IndicatorData],
    neighbours: Mapping[str, Sequence[Neighbour]],
    releases: Sequence[Release],
    bank: Bank,
    *,
    predicted: Mapping[Key, Expected] | None = None,
    differing: Mapping[Key, Differing] | None = None,
) -> Around:
    """All of it. ``releases`` in order; the last is shown, and the one before tells what was restated. ``predicted`` and
    ``differing`` as in ``Around``."""
    made = changes(releases[-2], releases[-1]) if len(releases) > 1 else ()
    return Around(
        areas,
        figures,
        neighbours,
        bank.pairs,
        restated(made),
        unready(releases[-1]) if releases else frozenset(),
        predicted or {},
        differing or {},
    )


def restated(made: Sequence[Change]) -> dict[Key, Restated]:
    """The latest period of each figure whose count changed enough to be asked about; both counts are printed."""
    found: dict[Key, tuple[Period, Restated]] = {}
    for change in made:
        key = change.key
        if change.kind != "revised" or key.measure != "numerator" or key.breakdown != "total" or not _is_large(change):
            continue
        period, at = Period.parse(key.period), (key.area, key.indicator)
        if at not in found or found[at][0] < period:
            text = Restated(when(period), thousands(change.old_value), thousands(change.new_value))
            found[at] = (period, text)
    return {at: text for at, (_, text) in found.items()}


def _is_large(change: Change) -> bool:
    old, new = read(change.old_value), read(change.new_value)
    apart = abs(new - old)
    return apart > thresholds.RESTATED_SHARE * old and apart >= thresholds.RESTATED_CASES


def unready(release: Release) -> frozenset[Key]:
    """The figures whose source a borough rates as not ready, by its latest word."""
    return frozenset(at for at, row in assessed(release).items() if mark_of(row) is Mark.NOT)
