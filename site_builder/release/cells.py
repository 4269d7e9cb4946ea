"""PublicCells: one frame with a declared schema. What may be known by anybody, a row a cell."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from site_builder.vocabulary.symbols import Withheld

pd.options.mode.string_storage = "python"  # of texts: else it depends on which packages are there; and this is faster

KEY = ("indicator", "definition_version", "area", "period", "breakdown", "measure", "coverage")
COLUMNS = (*KEY, "value", "withheld", "obs_status")
# A national package has one version, no breakdown and no coverage sets: its table leaves those three columns out.
NATIONAL_COLUMNS = ("indicator", "area", "period", "measure", "value", "withheld", "obs_status")
_CONSTANT = {"definition_version": "1", "breakdown": "total", "coverage": "all"}
MEASURES = ("numerator", "denominator", "complement", "value", "published")

_WITHHELD = frozenset({"", *(reason.value for reason in Withheld)})


class CellKey(NamedTuple):
    """The key of one cell; ``coverage`` is ``all`` or the id of a set of reporting boroughs in structure.json."""

    indicator: str
    definition_version: int
    area: str
    period: str
    breakdown: str
    measure: str
    coverage: str

    @staticmethod
    def of_row(row: Mapping[str, str]) -> CellKey:
        """The key in a row of a table. Raises KeyError for a column that is missing, ValueError for a version that is no
        number."""
        indicator, version, *rest = (row[column] for column in KEY)
        return CellKey(indicator, int(version), *rest)


class Cell(NamedTuple):
    """One printed or withheld figure. ``value`` is the text as printed, empty exactly when ``withheld`` is filled."""

    key: CellKey
    value: str
    withheld: str
    obs_status: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PublicCells:
    """Cells in order of their key, in a private frame of text columns (``definition_version`` is an integer).

    Raises ValueError when a column is missing, a key stands twice, a mark is unknown, or a cell has both or neither
    of a value and a mark.
    """

    _frame: pd.DataFrame

    def __post_init__(self) -> None:
        frame = self._frame
        if tuple(frame.columns) != COLUMNS:
            raise ValueError("the columns of the cells are not those of the schema")
        if frame.duplicated(list(KEY)).any():
            raise ValueError("the key of a cell stands twice")
        if not set(frame["withheld"].unique()) <= _WITHHELD:
            raise ValueError("a cell is withheld for a reason that is not known")
        if ((frame["value"] == "") == (frame["withheld"] == "")).any():
            raise ValueError("a cell has both or neither of a value and a reason for withholding it")

    @staticmethod
    def of(cells: Iterable[Cell]) -> PublicCells:
        """Cells from values, put in order."""
        rows = [(*cell.key, cell.value, cell.withheld, cell.obs_status) for cell in sorted(cells)]
        return PublicCells.from_frame(pd.DataFrame(rows, columns=list(COLUMNS)))

    @staticmethod
    def from_frame(frame: pd.DataFrame) -> PublicCells:
        """Cells from a frame whose columns are COLUMNS, in any order of rows."""
        typed = frame.astype({column: "str" for column in COLUMNS if column != "definition_version"})
        typed = typed.astype({"definition_version": "int64"})
        return PublicCells(typed.sort_values(list(KEY), ignore_index=True))

    @staticmethod
    def read(data: bytes) -> PublicCells:
        """Cells from a table of observations; columns that a national package leaves out have their one value."""
        frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, na_filter=False)
        for column, value in _CONSTANT.items():
            if column not in frame.columns:
                frame = frame.assign(**{column: value})
        return PublicCells.from_frame(frame[list(COLUMNS)])

    @property
    def frame(self) -> pd.DataFrame:
        """A shallow copy; under copy-on-write, writing to it leaves the cells alone."""
        return self._frame.copy(deep=False)

    def __iter__(self) -> Iterator[Cell]:
        for row in zip(*(self._frame[column].tolist() for column in COLUMNS), strict=True):
            yield Cell(CellKey(*row[:7]), *row[7:])

    def __len__(self) -> int:
        return len(self._frame)

    def __repr__(self) -> str:
        return f"<PublicCells {len(self)} rows>"

    def of_indicator(self, code: str) -> PublicCells:
        """The cells of one indicator."""
        return self.of_indicators((code,))

    def of_indicators(self, codes: Collection[str]) -> PublicCells:
        """The cells of some indicators."""
        return PublicCells(self._frame[self._frame["indicator"].isin(list(codes))].reset_index(drop=True))

    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators that have cells, in order."""
        return tuple(sorted(self._frame["indicator"].unique()))
