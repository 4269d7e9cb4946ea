"""Papers of boroughs for meetings: score cards with their tables, the pages of two boards, packs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose.board import board
from site_builder.published.compose.pack import pack
from site_builder.published.compose.papers import BOARDS
from site_builder.published.compose.scorecard import scorecard
from site_builder.published.downloads.scorecard import card_csv, card_file
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page


def pages(making: Making) -> Pages:
    """Fifteen pages a borough: twelve cards, two boards, a pack."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {}
    for area in inputs.areas.boroughs:
        made[addresses.pack(area.slug)] = partial(pack, frames, inputs, area)
        for card in inputs.cards:
            made[addresses.scorecard(area.slug, card.code)] = partial(scorecard, frames, inputs, area, card)
        for name, _ in BOARDS if inputs.cards else ():
            made[addresses.board(area.slug, name)] = partial(board, frames, inputs, area, name)
    return made


def files(making: Making) -> Files:
    """The table of each card."""
    inputs = making.inputs
    return {
        path: partial(card_csv, inputs, area, card)
        for area in inputs.areas.boroughs
        for card in inputs.cards
        if (path := card_file(inputs, area, card))
    }
