"""Counts by their names in the indicators, and what ties them to one another."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """A count by the name it has in one indicator."""

    indicator: str
    measure: str


class Within(NamedTuple):
    """A count that is part of another one, of the same place and period."""

    part: Named
    whole: Named


class SumOf(NamedTuple):
    """A count that is others added up, of the same place and period, with nothing left over."""

    whole: Named
    parts: tuple[Named, ...]
