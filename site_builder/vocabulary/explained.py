"""What a rule says of itself, in the words of the place: its docstring stands in the code before any place is known."""

from __future__ import annotations

import re

from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rules import Rule

_WORD = re.compile(r"\{([a-zA-Z_]+)\}")
_WORDS = {
    name: getattr(HERE, name)
    for name in (
        "name", "country", "area", "areas", "an_area", "an_area_head", "people", "person", "a_person",
    )
} | {"AREA": HERE.area_key.upper()}  # fmt: skip


def parts_of(one: Rule) -> dict[str, str]:
    """The four parts of a rule under their headings. Raises ValueError when one is missing, KeyError for a word in braces
    that no place has."""
    return {heading: _WORD.sub(lambda match: _WORDS[match[1]], text) for heading, text in one.parts.items()}
