"""The committed inputs read once for tests that look at pages, with and without releases."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from site_builder.published.build import Builder
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.render import Renderer
from site_builder.published.statistics import IndicatorData
from site_builder.release.policy import load_policy
from site_builder.vocabulary.planes import Classification

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates")
JUDGING = re.compile(
    r"\b(better|worse|best|worst|good|bad|fail\w*|poor|top|bottom|league|significant\w*|performance)\b", re.IGNORECASE
)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")


@cache
def everything() -> Inputs:
    """All packages of the repository."""
    return load_inputs(ROOT)


@cache
def builder() -> Builder:
    """What builds the site of all of them."""
    return Builder(ROOT, everything(), load_policy(ROOT))


@cache
def national() -> Inputs:
    """The national packages alone, before the first release."""
    whole = everything()
    bare = dataclasses.replace(whole, releases=())
    return with_figures(bare, {code: one for code, one in whole.figures.items() if one.source.national})


def with_figures(inputs: Inputs, figures: Mapping[str, IndicatorData]) -> Inputs:
    """The inputs with other statistics in the place of their own."""
    made = dataclasses.replace(inputs)
    made.__dict__["figures"] = dict(figures)
    return made


def frames_of(inputs: Inputs) -> Frames:
    """Frames as the build makes them."""
    latest = inputs.latest
    dated = (str(latest.id), latest.published_on) if latest else None
    return Frames.of(inputs.content.settings, inputs.areas, RENDERER.assets, dated)


def words_of(html: bytes) -> str:
    """What a page says, without its markup."""
    return re.sub(r"<[^>]+>", " ", html.decode().partition("<main")[2])


def numbers(sentence: str) -> list[str]:
    """The numbers of a sentence, without commas."""
    return [found.replace(",", "") for found in NUMBER.findall(sentence)]


@cache
def as_real() -> Inputs:
    """The invented releases under the name of real ones: what programs would be told of those."""
    whole = everything()
    real = tuple(
        dataclasses.replace(one, classification=Classification.DISCLOSURE_CONTROLLED) for one in whole.releases
    )
    return dataclasses.replace(whole, releases=real)
