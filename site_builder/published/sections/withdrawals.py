"""Releases that were withdrawn: a page at each of their addresses, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose.withdrawn import withdrawn_pages
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page
from site_builder.release.withdrawals import withdrawals_bytes


def pages(making: Making) -> Pages:
    """Nothing where no release was withdrawn."""
    made: dict[str, Callable[[], Page]] = {}
    for gone in making.inputs.withdrawals:
        made |= withdrawn_pages(making.frames, making.inputs, gone)
    return made


def files(making: Making) -> Files:
    """The list as it stands beside the ledger; none where nothing was withdrawn."""
    every = making.inputs.withdrawals
    return {addresses.WITHDRAWALS: partial(withdrawals_bytes, every)} if every else {}
