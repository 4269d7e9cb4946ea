"""The pages of boroughs: the list, and for each its own, its profile, journey, challenge and indicators."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose.borough import borough, boroughs
from site_builder.published.compose.borough_indicator import borough_indicator
from site_builder.published.compose.challenge import challenge
from site_builder.published.compose.journey import borough_journey
from site_builder.published.compose.profile import profile
from site_builder.published.making import Making, Pages
from site_builder.published.pages import Page
from site_builder.vocabulary.here import HERE


def pages(making: Making) -> Pages:
    """About a hundred pages a borough."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {addresses.BOROUGHS: partial(boroughs, frames, inputs)}
    for area in inputs.areas.boroughs:
        made[addresses.borough(area.slug)] = partial(borough, frames, inputs, area)
        made[addresses.profile(area.slug)] = partial(profile, frames, inputs, area)
        if "journey" in HERE.sections:
            made[addresses.journey(area.slug)] = partial(borough_journey, frames, inputs, area)
        made[addresses.challenge(area.slug)] = partial(challenge, frames, inputs, area)
        for code, one in inputs.figures.items():
            path = addresses.borough_indicator(area.slug, code)
            made[path] = partial(borough_indicator, frames, inputs, area, one)
    return made
