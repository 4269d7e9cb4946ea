"""A borough's own words with its returns."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from site_builder.published import sentences
from site_builder.published.compose.values import ILLUSTRATIVE_TAG, tag
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Row
from site_builder.published.phrases import count_word, listed
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period


def notes(inputs: Inputs, area: Area) -> tuple[Row, ...]:
    """One row an indicator: each of its notes once, with the periods that it stands beside."""
    rows = []
    for data in inputs.figures.values():
        if not data.source.national and (said := _said(data, area)):
            term = f"{data.indicator.title}{f' ({ILLUSTRATIVE_TAG.lower()})' if tag(data) else ''}"
            rows.append(Row(term, said[0] if len(said) == 1 else _list(said)))
    return tuple(rows)


def _said(data: IndicatorData, area: Area) -> list[str]:
    texts: dict[str, list[Period]] = {}
    for period in data.periods:
        if note := data.points[area.code, period].note:
            texts.setdefault(note, []).append(period)
    return [f"{text} ({_stretch(periods)})" for text, periods in texts.items()]


def _stretch(periods: Sequence[Period]) -> str:
    words = [sentences.short_period(period) for period in periods]
    return listed(words) if len(words) <= 2 else f"{words[0]} and {count_word(len(words) - 1)} later periods"


def _list(items: Sequence[str]) -> Markup:
    return Markup('<ul class="plain">{}</ul>').format(Markup().join(Markup("<li>{}</li>").format(one) for one in items))
