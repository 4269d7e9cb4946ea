"""Lists of indicators: all by theme, and the themes."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published import addresses, phrases
from site_builder.published.compose.catalogue import filters, latest_file
from site_builder.published.compose.indicator import INDICATORS, state_of, unit_words
from site_builder.published.compose.values import shown, tag, value
from site_builder.published.content import Theme
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import (
    IndicatorGroup,
    IndicatorLine,
    IndicatorsPage,
    ThemeLine,
    ThemesPage,
)
from site_builder.published.pages_parts import Link, Notice
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator


def indicators(frames: Frames, inputs: Inputs) -> IndicatorsPage:
    """Every indicator under its theme."""
    path = addresses.INDICATORS
    returns = (
        f"The others come from {HERE.area} returns, which are invented for now."
        if notices(inputs)
        else f"The others come from {HERE.area} returns."
    )
    choices, marks = filters(inputs)
    return IndicatorsPage(
        frames.frame(
            path, "Indicators", "Every indicator by theme, with what it counts.", "indicators", notices=notices(inputs)
        ),
        "Indicators",
        f"{len(inputs.catalogue)} indicators in {_numberof_themes(inputs)} themes; {len(inputs.figures)} have figures. "
        f"Codes that begin with N are national series and real. {returns}",
        choices,
        tuple(
            IndicatorGroup(
                theme.code.lower(),
                theme.title,
                addresses.relative(path, addresses.theme(theme.code)),
                "",
                tuple(line._replace(marks=marks[line.code]) for line in _lines(inputs, of_theme(inputs, theme), path)),
            )
            for theme in in_order(inputs)
        ),
        (
            Link("Every definition, CSV", addresses.relative(path, addresses.CATALOGUE)),
            Link(f"The list with {HERE.name}’s latest figures, CSV", addresses.relative(path, latest_file(inputs))),
        ),
    )


def themes(frames: Frames, inputs: Inputs) -> ThemesPage:
    """The themes."""
    return ThemesPage(
        frames.frame(addresses.THEMES, "Themes", "The themes of the indicators.", "indicators", (INDICATORS,)),
        "Themes",
        f"{phrases.capital(_numberof_themes(inputs))} themes group the indicators. They are a reconstruction: the "
        "framework of 2008 has not come down to us.",
        theme_lines(inputs, addresses.THEMES),
    )


def theme_lines(inputs: Inputs, path: str) -> tuple[ThemeLine, ...]:
    """The themes as a list of links."""
    return tuple(
        ThemeLine(
            one.title,
            addresses.relative(path, addresses.theme(one.code)),
            one.objectives[0].title + "." if one.objectives else "",
            f"{len(of_theme(inputs, one))} indicators",
        )
        for one in in_order(inputs)
    )


def notices(inputs: Inputs) -> tuple[Notice, ...]:
    """The notice of a page that holds figures of both kinds; none before there are invented ones."""
    return (PARTLY_ILLUSTRATIVE,) if any(tag(data) for data in inputs.figures.values()) else ()


def in_order(inputs: Inputs) -> tuple[Theme, ...]:
    """The themes in the order of the settings."""
    return tuple(inputs.content.themes[code] for code in inputs.content.settings.themes)


def _numberof_themes(inputs: Inputs) -> str:
    return phrases.count_word(len(inputs.content.settings.themes))


def of_theme(inputs: Inputs, one: Theme) -> list[Indicator]:
    """The indicators of a theme, in the order of the catalogue."""
    return [indicator for indicator in inputs.catalogue.values() if indicator.theme == one.code]


def _lines(inputs: Inputs, held: Iterable[Indicator], path: str) -> tuple[IndicatorLine, ...]:
    return tuple(_line(inputs, indicator, path) for indicator in held)


def _line(inputs: Inputs, indicator: Indicator, path: str) -> IndicatorLine:
    href = addresses.relative(path, addresses.indicator(indicator.code))
    data = inputs.figures.get(indicator.code)
    if data is None or data.headline is None:
        return IndicatorLine(
            indicator.code, indicator.title, href, unit_words(indicator), None, "", "", state_of(indicator)[0]
        )
    led = shown(data.points[LONDON, data.headline], data)
    return IndicatorLine(
        indicator.code,
        indicator.title,
        href,
        unit_words(indicator),
        value(led),
        phrases.capital(phrases.when(data.headline)),
        tag(data),
        "",
    )
