"""The catalogue as a reader narrows it down: choices by which its rows are kept, and the same as a table for programs."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published.compose.narrowing import narrowed
from site_builder.published.compose.values import shown, tag
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Filter
from site_builder.published.phrases import capital
from site_builder.published.reach import agencies_of
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Indicator

_LABELS = ("Theme", "Stage", "Tier", "Agency", "How often", "Status", "Where it comes from")


def filters(inputs: Inputs) -> tuple[tuple[Filter, ...], Mapping[str, str]]:
    """The choices, and for each indicator the classes of those that keep it."""
    held = {code: _facets(inputs, one) for code, one in inputs.catalogue.items()}
    return narrowed(_LABELS, held, [inputs.content.themes[code].title for code in inputs.content.settings.themes])


def _facets(inputs: Inputs, one: Indicator) -> tuple[tuple[str, ...], ...]:
    """Its words in the order of the labels; more than one agency may send it."""
    return (
        (inputs.content.themes[one.theme].title,),
        (_words(one.stage),),
        (_words(one.tier),),
        tuple(capital(agency.replace("'", "’")) for agency in sorted(agencies_of(one))),
        (_words(one.cycle.reported),),
        (_words(one.status.value),),
        (_words(one.provenance.value),),
    )


def _words(value: str) -> str:
    return capital(value.replace("-", " "))


def latest_file(inputs: Inputs) -> str:
    """Where the table stands. It holds London's latest figures, so its name says when some of them are invented."""
    invented = any(tag(data) for data in inputs.figures.values())
    return f"indicators/{file_name('latest', 'csv', 'synthetic' if invented else 'published')}"


_COLUMNS = (
    "indicator", "title", "theme", "stage", "tier", "agency", "reported", "status", "provenance", "polarity", "kind",
    "multiplier", "classification", "period", "value", "withheld",
)  # fmt: skip


def latest_csv(inputs: Inputs) -> bytes:
    """One row an indicator: its facets, and London's latest figure where there is one."""
    return csv_bytes(_COLUMNS, (_row(inputs, one) for one in inputs.catalogue.values()))


def _row(inputs: Inputs, one: Indicator) -> tuple[str, ...]:
    facets = (
        one.code, one.title, one.theme, one.stage, one.tier, one.agency, one.cycle.reported, one.status.value,
        one.provenance.value, one.polarity.value, one.measure.kind.value, str(one.measure.multiplier),
    )  # fmt: skip
    data = inputs.figures.get(one.code)
    if data is None or data.headline is None:
        return (*facets, "", "", "", "")
    led = shown(data.points[LONDON, data.headline], data)
    figure = (led.plain, "") if led.is_shown else ("", led.state)
    return (*facets, data.source.classification, str(data.headline), *figure)
