"""The files of drawings: charts of indicators with the table of a funnel, the steps of the journey, pictures for sharing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from site_builder.published import addresses, phrases, social
from site_builder.published.charts.caption import Told
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.draw import picture, standalone
from site_builder.published.charts.paints import painted
from site_builder.published.compose.journey import drawn_steps
from site_builder.published.compose.values import Drawn, caption
from site_builder.published.downloads.funnel import funnel_csv
from site_builder.published.downloads.journey import journey_files
from site_builder.published.downloads.places import Files, FunnelFiles, files_of, funnel_files, spread_files
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import IndicatorPage
from site_builder.published.render import Renderer
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE

Made = dict[str, Callable[[], bytes]]


class Drawings:
    """The drawings of a site as files. ``page_of``: the page of an indicator by its code, made once."""

    def __init__(
        self, frames: Frames, inputs: Inputs, renderer: Renderer, drawn: Drawn, page_of: Callable[[str], IndicatorPage]
    ) -> None:
        self._frames = frames
        self.inputs = inputs
        self._renderer = renderer
        self._drawn = drawn
        self._page_of = page_of

    @property
    def files(self) -> Made:
        """Every file by its path."""
        made: Made = {}
        for code, one in self.inputs.figures.items():
            page = self._page_of(code)
            if page.trend is not None:
                made |= self._chart(page.trend.chart, files_of(self.inputs, one))
            if page.funnel is not None and one.headline is not None:
                places = funnel_files(self.inputs, one)
                made |= self._chart(page.funnel.chart, places)
                made[places.csv] = partial(funnel_csv, self.inputs, one, one.headline)
            made |= self._spread(page, one)
        return made | self._journeys() | self._cards()

    def _chart(self, chart: Chart, places: Files | FunnelFiles) -> Made:
        return {
            places.svg: partial(bytes, chart.svg),
            places.spec: partial(bytes, chart.spec),
            places.png: partial(picture, chart.svg, self._drawn.cache),
        }

    def _spread(self, page: IndicatorPage, one: IndicatorData) -> Made:
        """The line of all boroughs and the map."""
        block, places = page.boroughs, spread_files(self.inputs, one)
        if one.headline is None:
            return {}
        words = caption(one, phrases.measure_line(one, one.headline))
        made: Made = {}
        if block.strip is not None:
            given = (block.strip, block.strip.wide, "wide", "s")
            told = Told(block.strip.title, block.strip.desc, words)
            made[places.strip] = partial(self._macro, "parts/strip.html", "drawing", given, told)
        told = Told(f"{HERE.areas_head} as squares: {words.heading}", words.sub, words)
        made[places.map] = partial(self._macro, "parts/tilemap.html", "squares", (block.finder,), told)
        return made

    def _journeys(self) -> Made:
        made: Made = {}
        for area in (self.inputs.areas.by_code[LONDON], *self.inputs.areas.boroughs):
            if drawn_steps(self.inputs, area) is not None:
                places = journey_files(area.slug)
                made[places.svg] = partial(self._journey, area)
                made[places.png] = partial(self._pictured, partial(self._journey, area))
        return made

    @cache  # noqa: B019  (drawings live as long as their site)
    def _journey(self, area: Area) -> bytes:
        drawn = drawn_steps(self.inputs, area)
        if drawn is None:
            raise ValueError("there are no steps to draw")
        chart, words = drawn
        given = (chart, chart.wide, "wide", "j")
        return self._macro("parts/journey.html", "stepsdrawing", given, Told(chart.title, chart.desc, words))

    def _cards(self) -> Made:
        """The pictures that are shown where a page is shared, one a kind of page."""
        made: Made = {}
        for kind in social.KINDS:
            drawing = partial(social.card, self._frames.mark, self._frames.settings.title, kind, self._drawn.light)
            made[addresses.card(kind, "svg")] = drawing
            made[addresses.card(kind)] = partial(self._pictured, drawing)
        return made

    def _pictured(self, svg: Callable[[], bytes]) -> bytes:
        return picture(svg(), self._drawn.cache)

    def _macro(self, part: str, macro: str, given: tuple[object, ...], told: Told) -> bytes:
        light = self._drawn.light
        return standalone(painted(self._renderer.drawn(part, macro, *given), light), told, light)
