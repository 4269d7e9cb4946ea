"""Every printed or withheld count of a release as one Parquet table, for tools that read columns."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from site_builder.release.cells import COLUMNS
from site_builder.release.releases import Release

_ROWS = 100_000  # in one group
_NUMBERS = {"definition_version": pa.int64(), "value": pa.float64()}
_OPTIONAL = ("withheld", "obs_status")  # null when empty, as in the table that people read
_WORDS = pa.dictionary(pa.int32(), pa.string())


def parquet(release: Release) -> bytes:
    """The same columns, order and rows as ``observations.csv``. ``value`` is a number, null when withheld; words are
    dictionaries. The bytes are the same in one version of the library, the numbers in every version."""
    kind = release.classification.value
    rows = [(kind, *cell.key, cell.value, cell.withheld, cell.obs_status) for cell in release.cells]
    columns = list(zip(*rows, strict=True))
    arrays = [_array(name, column) for name, column in zip(("classification", *COLUMNS), columns, strict=True)]
    about = {"lsb:release": str(release.id), "lsb:classification": kind, "lsb:licence": "OGL-UK-3.0"}
    table = pa.table(arrays, names=["classification", *COLUMNS]).replace_schema_metadata(about)
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=_ROWS, compression="zstd", version="2.6")
    return out.getvalue()


def _array(name: str, column: tuple[str | int, ...]) -> pa.Array:
    if name == "definition_version":
        return pa.array(column, _NUMBERS[name])
    if name == "value":
        return pa.array([float(str(text)) if text else None for text in column], _NUMBERS[name])
    if name in _OPTIONAL:
        return pa.array([text or None for text in column]).cast(pa.string()).dictionary_encode().cast(_WORDS)
    return pa.array(column, pa.string()).dictionary_encode().cast(_WORDS)
