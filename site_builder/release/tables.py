"""Text tables of our own packages: CSV in, CSV out, and the fields of their schemas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, str]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with LF line ends and quotes only where needed, the same bytes on every machine."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def csv_rows(data: bytes) -> list[Row]:
    """The rows of one of our own tables. Raises ValueError when it is not UTF-8, or a row is too long or short."""
    try:
        header, *rows = csv.reader(io.StringIO(data.decode()), strict=True)
    except csv.Error as error:
        raise ValueError("the table is not CSV") from error
    return [dict(zip(header, row, strict=True)) for row in rows]


def field(name: str, type_: str, title: str, description: str, **constraints: Any) -> dict[str, Any]:
    """One field of a Table Schema. Constraints come from the schema, never from the data."""
    made: dict[str, Any] = {"name": name, "type": type_, "title": title, "description": description}
    if constraints:
        made["constraints"] = constraints
    return made
