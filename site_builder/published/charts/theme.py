"""How true charts look before they are drawn: one font, no frame, and a stand-in colour for each token.

Vega is told colours such as ``#010101`` that no chart uses in earnest; after drawing they become variables of the
style sheet, so that one drawing serves light, dark, print and high contrast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FONT = "Liberation Sans"  # carried by vl-convert, so that widths do not depend on the machine
FONT_SIZE = 16
_TOKENS = ("ink", "ink-2", "rule-2", "grid", "london", "usual", "edge", "out", "band", "halo", "paper")


def _stand_in(place: int) -> str:
    return "#" + f"{place:02x}" * 3


STAND_INS: Mapping[str, str] = {token: _stand_in(place) for place, token in enumerate(_TOKENS, start=1)}


def colour(token: str) -> str:
    """The stand-in colour of a token. Raises KeyError on a token that charts do not use."""
    return STAND_INS[token]


def config() -> dict[str, Any]:
    """Vega-Lite configuration: no ground, no frame, our font and size."""
    text = {"font": FONT, "fontSize": FONT_SIZE, "color": colour("ink-2")}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "text": text,
        "axis": {"disable": True},
        "legend": {"disable": True},
        "title": {"font": FONT, "fontSize": FONT_SIZE},
    }
