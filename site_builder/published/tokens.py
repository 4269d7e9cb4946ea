"""The colours of the style sheet by name: read from ``templates/assets/site.css``, their one home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_DECLARATION = re.compile(r"--([a-z0-9-]+):(#[0-9a-f]{6})\b")
_LIGHT = re.compile(r"^:root\{(.*?)^\}", re.DOTALL | re.MULTILINE)
_DARK = re.compile(r"^@media screen and \(prefers-color-scheme:dark\)\{:root\{(.*?)^\}\}", re.DOTALL | re.MULTILINE)


class Tokens(NamedTuple):
    """Colours as ``#rrggbb`` by token, in light and in dark."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


def read_tokens(css: str) -> Tokens:
    """The tokens of a style sheet. Raises ValueError when a scheme is missing or the two name different tokens."""
    light, dark = (_declared(pattern, css) for pattern in (_LIGHT, _DARK))
    if set(light) != set(dark):
        raise ValueError("the light and the dark scheme do not name the same colours")
    return Tokens(light, dark)


def _declared(pattern: re.Pattern[str], css: str) -> dict[str, str]:
    found = pattern.search(css)
    if found is None:
        raise ValueError("the style sheet lacks a colour scheme")
    return dict(_DECLARATION.findall(found.group(1)))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21, by the formula of WCAG 2.2 (relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
