"""What is left to do, as far as figures can tell: what stands out on either side, gaps. There is no score."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from site_builder.published import addresses, sentences
from site_builder.published.compose.values import tag
from site_builder.published.inputs import Inputs
from site_builder.published.pages_borough import TodoBlock
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import Period


class Held(NamedTuple):
    """One indicator of a borough at the period that pages lead with."""

    data: IndicatorData
    period: Period
    point: Point


def figures_of(inputs: Inputs, area: Area) -> tuple[Held, ...]:
    """The figures of a borough at the period that each indicator leads with, in order of the catalogue."""
    return tuple(
        Held(data, data.headline, data.points[area.code, data.headline])
        for data in inputs.figures.values()
        if data.headline is not None
    )


def todo(held: tuple[Held, ...], area: Area, path: str) -> tuple[TodoBlock, ...]:
    """The parts of the fourth heading, from the figures of a borough. ``path``: the page that they stand on."""
    out = [one for one in held if area.funnel and one.point.variation.startswith("out")]
    edge = [one for one in held if area.funnel and one.point.variation.startswith("edge")]
    return (
        TodoBlock(
            "What stands out",
            tuple(_exception(one, area, path) for one in out),
            "Nothing stands out." if area.funnel else "It is too small for anything to be said to stand out.",
        ),
        *((TodoBlock("Towards the edge", tuple(_exception(one, area, path) for one in edge), ""),) if edge else ()),
        TodoBlock("Gaps", tuple(_gaps(held, area)), "No figure is hidden or missing."),
    )


def _link(one: Held, area: Area, path: str) -> Markup:
    code = one.data.indicator.code
    href = addresses.relative(path, addresses.borough_indicator(area.slug, code))
    return Markup('<a href="{}">{}</a> <small>{}</small>').format(href, one.data.indicator.title, code)


def _marked(words: str) -> Markup:
    """The tag of invented figures behind an item of a list; nothing for others."""
    return Markup(' <span class="tag">{}</span>').format(words) if words else Markup("")


def _exception(one: Held, area: Area, path: str) -> Markup:
    words = sentences.exception(area, one.data, one.period)
    return Markup("{}. {}{}").format(_link(one, area, path), words, _marked(tag(one.data)))


def _gaps(held: tuple[Held, ...], area: Area) -> list[Markup]:
    """Figures that are not shown, by reason; national ones first, never mixed with others."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in held:
        own = sentences.leading(area, one.point, one.data)
        if not own.is_shown:
            found.setdefault((tag(one.data), own.short), []).append(one.data.indicator.title)
    return [
        Markup("{}: {}.{}").format(reason.rstrip("."), "; ".join(titles), _marked(words))
        for (words, reason), titles in sorted(found.items())
    ]
