"""One theme: its objectives, what London's figures are and how boroughs are spread, what to ask, and whose figures came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from site_builder.published import addresses, phrases, sentences
from site_builder.published.articles import render_inline
from site_builder.published.charts import geometry
from site_builder.published.collected import Came, tally
from site_builder.published.compose.indicator import INDICATORS, state_of, unit_words
from site_builder.published.compose.lists import notices, of_theme
from site_builder.published.compose.questions import asked_in_theme
from site_builder.published.compose.values import number, over_time, shown, tag, unit, value
from site_builder.published.content import Theme
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.matrix import HEADINGS
from site_builder.published.pages_indicator import IndicatorGroup, IndicatorLine, ThemePage, ThemeRow, ThemeTable
from site_builder.published.pages_parts import Link, SmallSpread, Sparkline
from site_builder.published.statistics import IndicatorData, comparable_from
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.periods import Period

_SLUGS = {False: "returns", True: "national"}
_AWAITED = ("awaited", "Not collected yet")


def theme(frames: Frames, inputs: Inputs, one: Theme) -> ThemePage:
    """One theme: figures from returns, national figures, what is not collected yet; and beside them what to ask."""
    path = addresses.theme(one.code)
    held = [inputs.figures[i.code] for i in of_theme(inputs, one) if i.code in inputs.figures]
    tables = tuple(
        _table(inputs, one, [data for data in held if data.source.national is national], path)
        for national in _SLUGS
        if any(data.source.national is national for data in held)
    )
    lead, _, narrative = one.text.partition("\n\n")
    return ThemePage(
        frames.frame(
            path, one.title, f"{one.title}: indicators and questions to ask.", "indicators", (INDICATORS,),
            notices(inputs) if any(table.slug == "returns" for table in tables) else (),
        ),
        "Theme",
        one.title,
        " ".join(lead.split()),
        render_inline(narrative),
        tuple((aim.title, _short_links(inputs, aim.indicators, path)) for aim in one.objectives),
        Link(f"Compare every {HERE.area} on this theme", addresses.relative(path, addresses.matrix(one.code))),
        tables,
        _awaited(inputs, one, path),
        asked_in_theme(inputs, one.code, path),
        Link(f"All questions, and what {HERE.areas} answered", addresses.relative(path, f"{addresses.QUESTIONS}#{one.code.lower()}")),
    )  # fmt: skip


def _short_links(inputs: Inputs, codes: Iterable[str], path: str) -> tuple[Link, ...]:
    return tuple(
        Link(code, addresses.relative(path, addresses.indicator(code))) for code in codes if code in inputs.catalogue
    )


def _awaited(inputs: Inputs, one: Theme, path: str) -> IndicatorGroup | None:
    lines = tuple(
        _without_figures(indicator, path) for indicator in of_theme(inputs, one) if indicator.code not in inputs.figures
    )
    return IndicatorGroup(*_AWAITED, "", "", lines) if lines else None


def _without_figures(indicator: Indicator, path: str) -> IndicatorLine:
    href = addresses.relative(path, addresses.indicator(indicator.code))
    return IndicatorLine(
        indicator.code, indicator.title, href, unit_words(indicator), None, "", "", state_of(indicator)[0]
    )


# ---- a table of indicators with figures


def _table(inputs: Inputs, one: Theme, figures: Sequence[IndicatorData], path: str) -> ThemeTable:
    national, marked = figures[0].source.national, tag(figures[0])
    caption = f"{one.title}: {HEADINGS[national].lower()}"
    return ThemeTable(
        slug=_SLUGS[national],
        heading=HEADINGS[national],
        tag=marked,
        caption=f"{marked}. {caption}" if marked else caption,
        rows=tuple(_row(inputs, data, data.headline, path) for data in figures if data.headline is not None),
        came=Markup("") if national else _came(figures, path),
    )


def _row(inputs: Inputs, data: IndicatorData, period: Period, path: str) -> ThemeRow:
    led = shown(data.points[LONDON, period], data)
    lower, higher = _beyond(data, period)
    return ThemeRow(
        code=data.indicator.code,
        title=data.indicator.title,
        href=addresses.relative(path, addresses.indicator(data.indicator.code)),
        london=value(led),
        unit=unit(data) if led is data.points[LONDON, period].value else "counted",
        period=sentences.short_period(period),
        spark=_spark(inputs, data),
        spread=_spread(data, period),
        lower=lower,
        higher=higher,
    )


def _spark(inputs: Inputs, data: IndicatorData) -> Sparkline | None:
    """London over the periods that its page draws, within one definition."""
    series = over_time(data, LONDON)
    series = series[comparable_from(data.indicator, [point.period for point in series]) :]
    led = [shown(point, data) for point in series]
    words = sentences.trend_words(inputs.areas.by_code[LONDON], data, series)
    return geometry.sparkline([float(own.plain) if own.is_shown else None for own in led], words)


def _spread(data: IndicatorData, period: Period) -> SmallSpread | None:
    """How the boroughs' printed figures lie; None for counts, and with too few for a middle half."""
    cuts, london = data.quartiles.get(period), data.points[LONDON, period]
    drawn = {n: point.value.text for point in data.at(period) if (n := number(point)) is not None}
    if cuts is None or data.indicator.measure.kind is Kind.COUNT:
        return None
    low, high = min(drawn), max(drawn)
    words = f"{len([p for p in data.at(period) if p.value.is_shown])} {HERE.areas}, from {drawn[low]} to {drawn[high]}"
    return geometry.small_spread((low, high), (float(cuts[0]), float(cuts[2])), number(london), words)


def _beyond(data: IndicatorData, period: Period) -> tuple[str, str]:
    """How many boroughs lie beyond the usual variation on either side, in words; empty where none is compared."""
    if not isinstance(data.funnels[period], Funnel):
        return "", ""
    sides = Counter(point.variation.rpartition("-")[2] for point in data.at(period))
    return f"{sides['low']} lower", f"{sides['high']} higher"


def _came(figures: Sequence[IndicatorData], path: str) -> Markup:
    """Whose figures came, over all of them, with the link to the page that says it borough by borough."""
    found: Counter[Came] = Counter()
    for data in figures:
        if data.headline is not None:
            found.update(tally(data, data.headline))
    others = [f"{many:,} {state.value}" for state, many in found.items() if many and state is not Came.RETURNED]
    marked = tag(figures[0])
    words = (
        f"{f'{marked}: o' if marked else 'O'}f {found.total():,} figures, one for each {HERE.area} and indicator, "
        f"{found[Came.RETURNED]:,} were returned{f'; {phrases.listed(others)}' if others else ''}."
    )
    return Markup('{} <a href="{}">Whose figures came</a>').format(words, addresses.relative(path, addresses.COVERAGE))
