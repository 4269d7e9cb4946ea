"""Invented values for the page of components: each macro once, and each that prints a figure in every state.

Nothing here comes from a release. ``specimens`` holds, by part and macro, what the macro is given.
"""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published.specimens.drawings import drawings
from site_builder.published.specimens.london import london
from site_builder.published.specimens.papers import papers
from site_builder.published.specimens.tables import tables
from site_builder.published.specimens.values import AT_HAND, TAG, Specimen, states
from site_builder.published.specimens.words import in_every_state, words
from site_builder.vocabulary.areas import Area

__all__ = ["AT_HAND", "TAG", "Specimen", "specimens", "states"]


def specimens(area: Area) -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    """By part and macro. ``area``: a borough, for drawings that need its place on the map."""
    return {**words(), **in_every_state(), **tables(), **london(), **papers(), **drawings(area)}
