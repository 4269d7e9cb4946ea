"""Pages over many indicators: the first page, the lists, the themes, and what stands out in London."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose import home, lists, predicted
from site_builder.published.compose.catalogue import latest_csv, latest_file
from site_builder.published.compose.journey import london_journey
from site_builder.published.compose.questions import questions_page
from site_builder.published.compose.stands_out import stands_out
from site_builder.published.compose.theme import theme
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page
from site_builder.vocabulary.here import HERE


def pages(making: Making) -> Pages:
    """One page of each, and one a theme."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {
        addresses.HOME: partial(home.home, frames, inputs, making.file),
        addresses.INDICATORS: partial(lists.indicators, frames, inputs),
        addresses.THEMES: partial(lists.themes, frames, inputs),
        addresses.STANDS_OUT: partial(stands_out, frames, inputs),
        addresses.QUESTIONS: partial(questions_page, frames, inputs),
    }
    if "journey" in HERE.sections:
        made[addresses.JOURNEY] = partial(london_journey, frames, inputs)
    if "predicted" in HERE.sections:
        made[addresses.PREDICTED] = partial(predicted.page, frames, inputs)
    return made | {
        addresses.theme(code): partial(theme, frames, inputs, one) for code, one in inputs.content.themes.items()
    }


def files(making: Making) -> Files:
    """The catalogue as a table."""
    return {latest_file(making.inputs): partial(latest_csv, making.inputs)}
