"""How to cite what the site shows: the words under *Cite this page*."""

from __future__ import annotations

from site_builder.published import addresses
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.points import Source
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import day_in_words


def site(frames: Frames, inputs: Inputs) -> str:
    """The whole site, by its latest release."""
    title, base = frames.settings.title, frames.settings.base_url
    if inputs.latest is None:
        return f"{title}, {base}/"
    name = str(inputs.latest.id)
    return (
        f"{title}, release {name}, published {day_in_words(inputs.latest.published_on)}, "
        f"{base}/{addresses.release(name)}"
    )


def page(frames: Frames, title: str, path: str) -> str:
    """A page of national figures, by what it is called and its address."""
    return f"{frames.settings.title}, “{title}”, {frames.settings.base_url}/{path}"


def indicator(frames: Frames, data: IndicatorData) -> str:
    """An indicator: a national one by its publisher and the page, another by the release, which does not change."""
    return _figures(frames, data, "", addresses.indicator(data.indicator.code))


def borough_indicator(frames: Frames, area: Area, data: IndicatorData) -> str:
    """One indicator of one borough."""
    national = addresses.borough_indicator(area.slug, data.indicator.code)
    return _figures(frames, data, f"{area.name}, ", national if data.source.national else addresses.borough(area.slug))


def borough(frames: Frames, inputs: Inputs, area: Area) -> str:
    """The page of a borough, which holds figures of several sources: each is named."""
    sources = dict.fromkeys(_source(data.source) for data in inputs.figures.values())
    return f"{frames.settings.title}, “{area.name}”, {'; '.join(sources)}; {_address(frames, addresses.borough(area.slug))}"


def journey(frames: Frames, heading: str, sources: str, path: str) -> str:
    """The steps of the journey in one place. ``sources``: lines of the publishers' releases."""
    return f"{sources}, as shown by {page(frames, heading, path)}"


def _figures(frames: Frames, data: IndicatorData, place: str, path: str) -> str:
    title, what = frames.settings.title, f"“{data.indicator.title}” ({data.indicator.code})"
    if data.source.national:
        return f"{data.source.credit}, as shown by {title}, {what}, {place}{_address(frames, path)}"
    target = _address(frames, addresses.release_file(data.source.release, path))
    return f"{title}, {what}, {place}{_source(data.source)}, {target}"


def _source(source: Source) -> str:
    if source.national:
        return source.credit
    return f"release {source.release}{', illustrative figures' if source.classification == 'synthetic' else ''}"


def _address(frames: Frames, path: str) -> str:
    return f"{frames.settings.base_url}/{path}"
