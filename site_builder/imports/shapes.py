"""How the rows of a publisher's table say when, where and what: the part in which publishers differ.

A table is wide (a column a measure) or long (a row a category, told by filters); a shape is asked the same of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.imports.cells import Cell, Sheet, Unreadable
from site_builder.imports.mappings import Table
from site_builder.imports.places import Located, Places
from site_builder.vocabulary.symbols import Withheld

Text = Callable[[str], str]  # the cell of a column by its name; empty for a column that is not there


class Marks(NamedTuple):
    """What symbols and remarks of a release mean, as its mapping says."""

    symbols: Mapping[str, Withheld]
    remarks: Mapping[str, str]


class Said(NamedTuple):
    """A cell, and what its publisher remarks beside it."""

    cell: Cell | Unreadable
    remark: str = ""


class At(NamedTuple):
    """Names of the columns that a finding points to: those of time, of the level of place, and of its code."""

    time: str
    level: str
    code: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns that every table of a publisher has, and how they are read.

    ``identity``: columns that are read here, or known and not needed. ``needed``: those of them that a table cannot do
    without. ``skips``: whether a row is of a level that the mapping leaves alone. ``year``: its time, None when it does
    not fit the mapping. ``place``: its place; None when the level and the columns disagree. ``cell``: a figure of it in
    a column; the last argument asks for a count.
    """

    identity: tuple[str, ...]
    at: At
    needed: Callable[[Table, Sheet], frozenset[str]]
    skips: Callable[[Table, Text], bool]
    year: Callable[[Table, Text], int | None]
    place: Callable[[Table, Text, Places], Located | None]
    cell: Callable[[Table, Text, str, Marks, bool], Said]
