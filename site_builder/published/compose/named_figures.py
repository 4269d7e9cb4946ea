"""Figures in the text of a report. An author names one, and the build writes what the packages print.

``{{fig N25a numerator london 2022-23}}`` stands for a figure: a series, a measure, an area as in addresses, a period.
The text is never run as a template.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from site_builder.published.compose.values import tag
from site_builder.published.documents.rules import no_such_figure
from site_builder.published.figures import Figure
from site_builder.published.phrases import united
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.periods import Period

NOT_YET = "[x] (no figures yet)"
MEASURES = ("numerator", "denominator", "value")
_ASKED = re.compile(r"\{\{\s*(fig\b[^{}]*?)\s*\}\}")


class Asked(NamedTuple):
    """A figure that a text asks for."""

    series: str
    measure: str
    area: str
    period: str


def filled(
    text: str, figures: Mapping[str, IndicatorData], areas: Areas, file: str, awaited: Collection[str] = ()
) -> str:
    """The text with each figure in the place of its placeholder. Raises ConfigurationError (A102) for a figure that is
    not there. ``figures``: by code of the series; ``file``: where the text stands; ``awaited``: series of the catalogue,
    of which a site may have no figures yet."""
    return _ASKED.sub(lambda match: str(printed(match[1], figures, areas, file, awaited)), text)


def printed(
    asked: str, figures: Mapping[str, IndicatorData], areas: Areas, file: str, awaited: Collection[str] = ()
) -> Markup:
    """What stands for a placeholder such as ``fig N25a value camden 2022-23``. Raises ConfigurationError (A102)."""
    words = asked.split()[1:]
    if len(words) != len(Asked._fields):
        raise no_such_figure(file, asked, "it needs a series, a measure, an area and a period.")
    one = Asked(*words)
    data = figures.get(one.series)
    if data is None and one.series in awaited:
        return escape(NOT_YET)
    if data is None:
        raise no_such_figure(file, asked, f"no series with figures is called {one.series}.")
    figure = _figure(one, data, areas, asked, file)
    words_of = _in_words(figure, data, one.measure)
    return words_of if not tag(data) else words_of + Markup(' <span class="tag small">{}</span>').format(tag(data))


def _figure(one: Asked, data: IndicatorData, areas: Areas, asked: str, file: str) -> Figure:
    area, periods = areas.by_slug.get(one.area), {str(period): period for period in data.periods}
    if one.measure not in MEASURES:
        raise no_such_figure(file, asked, f"the measure is none of {', '.join(MEASURES)}.")
    if area is None or area.code not in data.areas:
        raise no_such_figure(file, asked, f"{one.series} has no area called {one.area}.")
    period: Period | None = periods.get(one.period)
    if period is None:
        raise no_such_figure(file, asked, f"{one.series} has no period {one.period}.")
    point = data.points[area.code, period]
    return {"numerator": point.numerator, "denominator": point.denominator, "value": point.value}[one.measure]


def _in_words(figure: Figure, data: IndicatorData, measure: str) -> Markup:
    """The number with its unit and marks, or the letter that stands for it with its words."""
    if not figure.is_shown:
        return escape(f"[{figure.state}] ({figure.short.rstrip('.')})")
    text = united(figure.text, data.indicator) if measure == "value" else figure.text
    return escape(f"{text} [{figure.marks}]" if figure.marks else text)
