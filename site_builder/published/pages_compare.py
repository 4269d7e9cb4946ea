"""Pages that set boroughs beside each other: where to start, a matrix a theme, and a few boroughs side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import File, Frame, KeyItem, Link, Value, Variation


class MatrixLine(NamedTuple):
    """A theme in a list of matrices. ``links``: its pages; ``size``: how many indicators of each kind, in words."""

    links: tuple[Link, ...]
    size: str


class Onward(NamedTuple):
    """A page that answers another question of comparison, and the question."""

    link: Link
    line: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Where to start. ``steps``: how to compare fairly. ``boroughs``: a few boroughs side by side. ``matrices``: by theme.
    ``onward``: pages of the site that look at differences in another way; may be empty."""

    template: ClassVar[str] = "compare"
    answers: ClassVar[tuple[str, ...]] = ("lead", "few")
    frame: Frame
    heading: str
    lead: str
    steps: tuple[str, ...]
    boroughs: Onward
    matrices: tuple[MatrixLine, ...]
    onward: tuple[Onward, ...]


class MatrixHead(NamedTuple):
    """An indicator at the head of a column: ``small`` is its unit and period."""

    title: str
    href: str
    small: str


class MatrixCell(NamedTuple):
    """One figure. ``variation``: not compared where no word stands. ``note``: how many boroughs a total holds, or empty."""

    href: str
    value: Value
    variation: Variation
    note: str


class MatrixRow(NamedTuple):
    """An area. ``kind``: ``lon`` London, ``eng`` England, empty for a borough. ``cells``: one a column."""

    kind: str
    name: str
    href: str
    cells: tuple[MatrixCell, ...]


class Matrix(NamedTuple):
    """Figures of one kind. ``slug``: national or returns. ``tag``: illustrative, or empty; the caption begins with it.
    ``sub``: how many comparisons, and how many of them lie beyond usual variation. ``notes``: of the figures."""

    slug: str
    heading: str
    tag: str
    sub: str
    key: tuple[KeyItem, ...]
    caption: str
    heads: tuple[MatrixHead, ...]
    rows: tuple[MatrixRow, ...]
    notes: tuple[str, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Every borough on the indicators of a theme. ``empty``: what is said where no indicator has figures. ``onward``: the
    other matrix of the theme, the theme, a few boroughs side by side."""

    template: ClassVar[str] = "matrix"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    kicker: str
    heading: str
    lead: str
    matrices: tuple[Matrix, ...]
    empty: str
    onward: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CompareBoroughsPage:
    """Up to four boroughs beside London, chosen by the address; without script, where the same figures stand.

    ``data``: address of the data script from the root. ``picks``: label of each choice. ``choices``: slug and name of
    each borough. ``themes``: the same of each theme. ``plain``: what is said where script does not run. ``matrices``: as on the first page. ``boroughs``: a
    page each, A to Z.
    """

    template: ClassVar[str] = "compare_boroughs"
    answers: ClassVar[tuple[str, ...]] = ("lead",)
    frame: Frame
    heading: str
    lead: str
    data: str
    picks: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    plain: str
    matrices: tuple[MatrixLine, ...]
    boroughs: tuple[Link, ...]
