"""Folders of returns, and a return that has been read: its particulars and its rows, still as text.

Nothing here shows a cell: the ``repr`` of a row is its line, that of a return its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from site_builder.confidential.newreturn import Particulars
from site_builder.confidential.standards import EXPLANATIONS, RETURN
from site_builder.vocabulary.findings import Location

PLAIN_COUNT = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z", re.ASCII)
Counts = tuple[int | None, int | None]  # numerator and denominator
_KEPT = {".gitkeep", ".gitignore", "README.md"}  # may lie beside the folders of submitters and of periods


@dataclass(frozen=True, slots=True, order=True)
class Folder:
    """``<root>/<submitter>/<period>``; ``label`` is how messages name it."""

    label: str
    path: Path

    @property
    def submitter(self) -> str:
        """The name of the outer folder."""
        return self.path.parent.name

    @property
    def period(self) -> str:
        """The name of the inner folder."""
        return self.path.name

    def at(self, file: str, row: int | None = None, field: str | None = None, column: int | None = None) -> Location:
        """A place in one of the folder's files; the folder itself when ``file`` is empty."""
        return Location(f"{self.label}/{file}" if file else self.label, row, field, column)


class Row:
    """One row of a table of a return: its line in the file, and its cells by column."""

    __slots__ = ("_cells", "_counts", "line")

    def __init__(self, line: int, columns: Iterable[str], cells: Iterable[str]) -> None:
        self.line = line
        self._cells = dict(zip(columns, cells, strict=True))
        self._counts: dict[str, int | None] = {}  # read already: dozens of comparisons ask for the same ones

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def __repr__(self) -> str:
        return f"<Row on line {self.line}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._cells)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in order of the columns."""
        return tuple(self._cells.values())

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but spaces."""
        return not any(cell.strip() for cell in self._cells.values())

    def count(self, column: str) -> int | None:
        """The count of a cell; None when it is blank or not plainly written (stage C says which)."""
        if column not in self._counts:
            cell = self._cells[column]
            self._counts[column] = int(cell) if PLAIN_COUNT.match(cell) else None
        return self._counts[column]


@dataclass(frozen=True, repr=False)
class ReturnPackage:
    """A return that came through the gates: what it says of itself, its figures, its explanations and the optional
    ``texts`` by file, all as text."""

    folder: Folder
    particulars: Particulars
    rows: tuple[Row, ...]
    explanations: tuple[Row, ...]
    texts: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<ReturnPackage {self.folder.label}>"

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], Row]:
        """Area code and indicator to the row of both. Rows of other submitters' areas are left out, and those of which
        there are two: nobody can say which one is meant."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            if self.particulars.submitter.speaks_for(row["area_code"]):
                found.setdefault((row["area_code"], row["indicator"]), []).append(row)
        return {key: rows[0] for key, rows in found.items() if len(rows) == 1}

    @property
    def tables(self) -> Mapping[str, tuple[Row, ...]]:
        """Every table of the return by file name."""
        return {RETURN: self.rows, EXPLANATIONS: self.explanations, **self.texts}

    @cached_property
    def counts(self) -> Mapping[str, Counts]:
        """Of a borough's return: indicator to the numerator and denominator of its row in ``figures``."""
        return {code: (row.count("numerator"), row.count("denominator")) for (_, code), row in self.figures.items()}

    @property
    def file(self) -> str:
        """How messages name the table of figures."""
        return f"{self.folder.label}/{RETURN}"


def find_folders(returns_root: Path, root: Path) -> tuple[tuple[Folder, ...], tuple[str, ...]]:
    """The period folders below one returns root, in order, and the labels of strays that are not in any of them.

    Links are never followed: a linked folder is a stray. A root that does not exist has no folders.
    """
    folders: list[Folder] = []
    strays: list[str] = []
    for submitter in _entries(returns_root):
        if submitter.is_symlink() or not submitter.is_dir():
            if submitter.name not in _KEPT:
                strays.append(label(submitter, root))
            continue
        for period in _entries(submitter):
            if period.is_symlink() or not period.is_dir():
                if period.name not in _KEPT:
                    strays.append(label(period, root))
            else:
                folders.append(Folder(label(period, root), period))
    return tuple(sorted(folders)), tuple(sorted(strays))


def label(path: Path, root: Path) -> str:
    """A path as messages name it: relative to the checkout where it lies inside, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
