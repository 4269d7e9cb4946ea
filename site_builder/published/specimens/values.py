"""Invented values that several specimens are made of: every state of a value, a link, a key, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.published import figures
from site_builder.published import pages_parts as pp

TAG = "Illustrative"
AT_HAND = "_parts.html"


class Specimen(NamedTuple):
    """What a macro is given. ``inside``: the element that its drawing needs around it, or empty."""

    given: tuple[object, ...]
    inside: str = ""


def one(*given: object, inside: str = "") -> tuple[Specimen, ...]:
    return (Specimen(given, inside),)


def states() -> Mapping[str, pp.Value]:
    """Every state of a value by name: with each reason, each mark, and with a caution."""
    missing = (*figures.MISSING_SHORT.values(), figures.MISSING_OTHER)
    return {
        "reported": pp.Value("reported", "41.7"),
        "true zero": pp.Value("zero", "0"),
        "hidden": pp.HIDDEN,
        **{f"missing: {words}": pp.Value("x", reason=words) for words in missing},
        "does not apply": pp.Value("z", reason=figures.NOT_APPLICABLE),
        "low": pp.Value("low", reason=figures.LOW),
        "unreliable": pp.Value("u", reason=figures.UNRELIABLE),
        **{f"marked {mark}": pp.Value("reported", "41.7", marks=mark) for mark in "preb"},
        "with caution": pp.Value("reported", "41.7", caution=True),
    }


LINK = pp.Link("A link", AT_HAND)
KEY = tuple(
    pp.KeyItem(kind, f"Swatch {kind}")
    for kind in (
        "usual", "edge", "out", "london", "interval", "dot", "dark", "c", "x", "low", "u", "z", "band", "chance", "dashes",
        "circle", "diamond", "square", "neighbours",
    )
)  # fmt: skip
TOOLS = pp.Tools(TAG, "Release 2000-01-Q4", (LINK,))
TABLE = pp.DataTable("Every state", ("State", "Value"), tuple(states().items()))
FILES = (pp.File("A table, CSV", AT_HAND, "1 KB"),)
