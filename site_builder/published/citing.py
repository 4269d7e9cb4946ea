"""How to cite what the site shows: the words under *Cite this page*."""

from __future__ import annotations

from site_builder.published import addresses
from site_builder.published.downloads import citations
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Link
from site_builder.published.points import Source
from site_builder.published.settings import Settings
from site_builder.published.statistics import IndicatorData
from site_builder.release.releases import Release
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import day_in_words


def site(frames: Frames, inputs: Inputs) -> str:
    """The whole site, by its latest release."""
    if inputs.latest is None:
        return f"{frames.settings.title}, {frames.settings.base_url}/"
    return of_release(frames.settings, inputs.latest)


def of_release(settings: Settings, one: Release) -> str:
    """A release, which does not change."""
    name = str(one.id)
    published = day_in_words(one.published_on)
    return f"{settings.title}, release {name}, published {published}, {settings.base_url}/{addresses.release(name)}"


def page(frames: Frames, title: str, path: str) -> str:
    """A page of national figures, by what it is called and its address."""
    return f"{frames.settings.title}, “{title}”, {frames.settings.base_url}/{path}"


def indicator(frames: Frames, data: IndicatorData) -> str:
    """An indicator: a national one by its publisher and the page, another by the release, which does not change."""
    return _figures(frames, data, "", addresses.indicator(data.indicator.code))


def files_of_release(one: Release, path: str) -> tuple[Link, ...]:
    """The citation of a release in files, for the page at ``path``."""
    return _links(path, str(one.id), citations.BIBTEX, citations.CSL)


def files_of_indicator(data: IndicatorData, path: str) -> tuple[Link, ...]:
    """The citation of an indicator in files; none of a national one, whose publisher comes first."""
    if data.source.national:
        return ()
    return _links(path, data.source.release, *citations.indicator_files(data.indicator.code))


def borough_indicator(frames: Frames, area: Area, data: IndicatorData) -> str:
    """One indicator of one borough."""
    national = addresses.borough_indicator(area.slug, data.indicator.code)
    return _figures(frames, data, f"{area.name}, ", national if data.source.national else addresses.borough(area.slug))


def borough(frames: Frames, inputs: Inputs, area: Area) -> str:
    """The page of a borough, which holds figures of several sources: each is named."""
    sources = dict.fromkeys(_source(data.source) for data in inputs.figures.values())
    return f"{frames.settings.title}, “{area.name}”, {'; '.join(sources)}; {_address(frames.settings, addresses.borough(area.slug))}"


def journey(frames: Frames, heading: str, sources: str, path: str) -> str:
    """The steps of the journey in one place. ``sources``: lines of the publishers' releases."""
    return f"{sources}, as shown by {page(frames, heading, path)}"


def _figures(frames: Frames, data: IndicatorData, place: str, path: str) -> str:
    title, what = frames.settings.title, f"“{data.indicator.title}” ({data.indicator.code})"
    if data.source.national:
        return f"{data.source.credit}, as shown by {title}, {what}, {place}{_address(frames.settings, path)}"
    target = addresses.release_file(data.source.release, path)
    day = frames.published_on if frames.release_id == data.source.release else None
    published = f", published {day_in_words(day)}" if day else ""
    return f"{title}, {what}, {place}{_source(data.source)}{published}, {_address(frames.settings, target)}"


def _source(source: Source) -> str:
    if source.national:
        return source.credit
    return f"release {source.release}{', illustrative figures' if source.classification == 'synthetic' else ''}"


def _address(settings: Settings, path: str) -> str:
    return f"{settings.base_url}/{path}"


def _links(path: str, release: str, *files: str) -> tuple[Link, ...]:
    places = (addresses.relative(path, addresses.release_file(release, file)) for file in files)
    return tuple(Link(words, place) for words, place in zip(("BibTeX", "CSL-JSON"), places, strict=True))
