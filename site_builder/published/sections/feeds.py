"""Feeds: releases, what they revised, decisions, each borough, each indicator."""

from __future__ import annotations

from functools import partial

from site_builder.published import feeds
from site_builder.published.compose.news import News
from site_builder.published.making import Files, Making


def files(making: Making) -> Files:
    """Every feed with its archives."""
    settings = making.frames.settings
    made = [feeds.files(settings, one) for one in News(making.inputs).feeds()]
    return {path: partial(bytes, data) for some in made for path, data in some.items()}
