"""What ties indicators to one another, as ``datapackages/reference/ties.toml`` declares it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.names import Named, SumOf, Within

FILE = "datapackages/reference/ties.toml"
_KINDS = {"same": {"cells"}, "within": {"part", "whole"}, "sums": {"whole", "parts"}, "chance": {"cells", "reason"}}


@dataclass(frozen=True, slots=True)
class Ties:
    """``same``: names of one count. ``within``: a part and its whole. ``sums``: a whole and all of its parts.
    ``chance``: names of which the first has been the sum of the rest so far, though it need not be."""

    same: tuple[tuple[Named, ...], ...] = ()
    within: tuple[Within, ...] = ()
    sums: tuple[SumOf, ...] = ()
    chance: tuple[tuple[Named, ...], ...] = ()

    def families(self) -> tuple[frozenset[str], ...]:
        """Indicators that hold one count under several names, by code."""
        return tuple(frozenset(name.indicator for name in names) for names in self.same)

    def nested(self) -> tuple[frozenset[str], ...]:
        """Indicators of which one counts what lies inside another, by code."""
        pairs = [frozenset((one.part.indicator, one.whole.indicator)) for one in self.within]
        return (*pairs, *(frozenset(name.indicator for name in (one.whole, *one.parts)) for one in self.sums))


def load_ties(root: Path) -> Ties:
    """The ties of a checkout; none where there is no such file. Raises ConfigurationError."""
    path = root / FILE
    if not path.exists():
        return Ties()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if any(set(entry) != _KINDS[kind] for kind, entries in table.items() for entry in entries):
            raise ValueError("a key that is not known")
        return Ties(
            tuple(_names(entry["cells"]) for entry in table.get("same", ())),
            tuple(Within(_name(entry["part"]), _name(entry["whole"])) for entry in table.get("within", ())),
            tuple(SumOf(_name(entry["whole"]), _names(entry["parts"])) for entry in table.get("sums", ())),
            tuple(_names(entry["cells"]) for entry in table.get("chance", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise mistake(path.name, "The list of ties cannot be read.", "Mend it; see its head.") from error


def _name(cell: Mapping[str, Any]) -> Named:
    if set(cell) != {"indicator", "column"} or cell["column"] not in ("numerator", "denominator"):
        raise ValueError("not the name of a count")
    return Named(cell["indicator"], cell["column"])


def _names(cells: list[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(_name(cell) for cell in cells)
