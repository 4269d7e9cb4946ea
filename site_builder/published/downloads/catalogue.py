"""The catalogue as a table: definitions and where each indicator stands, and no figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.indicators import Indicator

_COLUMNS: Mapping[str, Callable[[Indicator], object]] = {
    "indicator": lambda i: i.code,
    "title": lambda i: i.title,
    "theme": lambda i: i.theme,
    "agency": lambda i: i.agency,
    "stage": lambda i: i.stage,
    "tier": lambda i: i.tier,
    "question": lambda i: i.question,
    "status": lambda i: i.status.value,
    "source": lambda i: i.source,
    "provenance": lambda i: i.provenance.value,
    "provenance_note": lambda i: i.provenance_note,
    "polarity": lambda i: i.polarity.value,
    "polarity_source": lambda i: i.polarity_source,
    "kind": lambda i: i.measure.kind.value,
    "numerator": lambda i: i.measure.numerator,
    "denominator": lambda i: i.measure.denominator,
    "multiplier": lambda i: i.measure.multiplier,
    "unit": lambda i: i.measure.unit,
    "period_kind": lambda i: i.cycle.kind,
    "collected": lambda i: i.cycle.collected,
    "reported": lambda i: i.cycle.reported,
    "smallest_area": lambda i: i.floor,
    "definition_version": lambda i: i.version,
    "in_force_from": lambda i: i.versions[-1].start.isoformat(),
    "aliases": lambda i: "; ".join(i.aliases),
    "crosswalk": lambda i: "; ".join(i.crosswalk),
}


def catalogue_csv(catalogue: Mapping[str, Indicator]) -> bytes:
    """One row an indicator, in order of the catalogue."""
    return csv_bytes(list(_COLUMNS), [[of(one) for of in _COLUMNS.values()] for one in catalogue.values()])
