"""What the exact search demands of a pattern, one linear condition after another."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.confidential.suppress.blocks import Unit


class Infeasible(Exception):
    """No further unit can be hidden, and a hidden one is still not safe. Holds no number and no key."""


class Cut(NamedTuple):
    """If ``unit`` is hidden (always, where it is None), the weights of the hidden ones among ``terms`` reach ``least``."""

    terms: tuple[tuple[Unit, float], ...]
    least: float
    unit: Unit | None = None


class Mark(NamedTuple):
    """A count that must be coverable by the values of the legend if it is hidden.

    ``strict``: by those that are open under any pattern, where its public floor depends on what else is hidden.
    """

    indicator: str
    unit: Unit
    part: str
    strict: bool = False
