"""A Parquet table, row by row, as a table of text would print it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

_ABOUT = {b"lsb:release", b"lsb:classification", b"lsb:licence", b"ARROW:schema"}


def columns(data: bytes) -> Iterator[dict[str, str]]:
    """The rows. Raises ValueError when it is no such table, or says more of itself than its release and licence."""
    try:
        table = pq.read_table(io.BytesIO(data))
    except pa.ArrowException as error:
        raise ValueError("not a table of columns") from error
    if set(table.schema.metadata or {}) - _ABOUT:
        raise ValueError("words where none belong")
    for row in table.to_pylist():
        yield {name: _text(value) for name, value in row.items()}


def _text(value: object) -> str:
    """A cell as text: a whole number without a point."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
