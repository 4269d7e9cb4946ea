"""The catalogue as a reader narrows it down: choices by which its rows are kept, and the same as a table for programs."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published.compose.values import shown, tag
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import Filter
from site_builder.published.phrases import capital
from site_builder.published.reach import agencies_of
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.indicators import Indicator

CHOICES = 80  # rules in the style sheet of this page; one for each choice
_LABELS = ("Theme", "Stage", "Tier", "Agency", "How often", "Status", "Where it comes from")


def filters(inputs: Inputs) -> tuple[tuple[Filter, ...], Mapping[str, str]]:
    """The choices, and for each indicator the classes of those that keep it. Raises ValueError when there are more
    choices than the style sheet has rules."""
    held = {code: _facets(inputs, one) for code, one in inputs.catalogue.items()}
    options: list[tuple[int, str]] = []
    for place in range(len(_LABELS)):
        found = (word for facets in held.values() for word in facets[place])
        options += [(place, word) for word in (dict.fromkeys(found) if place == 0 else sorted(set(found)))]
    if len(options) > CHOICES:
        raise ValueError("the style sheet of filters has too few rules")
    marks = {option: f"o{number}" for number, option in enumerate(options, start=1)}
    made = tuple(
        Filter(label, tuple((marks[place, word], word) for at, word in options if at == place))
        for place, label in enumerate(_LABELS)
    )
    kept = {
        code: " ".join(marks[place, word] for place, words in enumerate(facets) for word in words)
        for code, facets in held.items()
    }
    return made, kept


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


def catalogue_file(inputs: Inputs) -> str:
    """Where the table stands. It holds London's latest figures, so its name says when some of them are invented."""
    invented = any(tag(data) for data in inputs.figures.values())
    return f"indicators/{file_name('latest', 'csv', 'synthetic' if invented else 'published')}"


_COLUMNS = (
    "indicator", "title", "theme", "stage", "tier", "agency", "reported", "status", "provenance", "polarity", "kind",
    "multiplier", "classification", "period", "value", "withheld",
)  # fmt: skip


def catalogue_csv(inputs: Inputs) -> bytes:
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
