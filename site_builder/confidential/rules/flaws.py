"""What a rule of returns yields: words and a place within one return. The rule's code and the folder are added later."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.confidential.standards import RETURN

WHOLE_RETURN = "*"
EVERY_AREA = "*"  # a supplier may explain one indicator for all of its areas at once


class Flaw(NamedTuple):
    """One thing that is wrong. ``about`` is the indicator that an explanation would have to name, ``area`` the area
    code; both stay as they are when the whole return is meant."""

    problem: str
    fix: str
    row: int | None = None
    field: str | None = None
    column: int | None = None
    about: str = WHOLE_RETURN
    file: str = RETURN
    area: str = EVERY_AREA


def listed(words: list[str] | tuple[str, ...], last: str = "or") -> str:
    """Words in a sentence: ``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
