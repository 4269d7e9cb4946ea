"""``check --stub``: an empty row of explanations for each open query, so that only the words remain to be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_builder.confidential.docket import Docket, open_queries
from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.rules.flaws import EVERY_AREA
from site_builder.confidential.standards import EXPLANATIONS, WHOLE, TableSchema
from site_builder.release.package import write_files
from site_builder.release.tables import csv_bytes


class Asked(NamedTuple):
    """A return, and the rows of explanations that its open queries ask for: code, area, indicator, breakdown, no words."""

    package: ReturnPackage
    rows: tuple[tuple[str, ...], ...]


def asked_of(docket: Docket) -> Asked | None:
    """What a return is still asked; None when nothing."""
    package = docket.package
    if package is None:
        return None
    own = package.particulars.submitter.area
    rows = [
        (
            code,
            (own.code if own is not None else EVERY_AREA) if flaw.area == EVERY_AREA else flaw.area,
            flaw.about,
            WHOLE,
            "",
        )
        for code, flaw in open_queries(docket)
    ]
    return Asked(package, tuple(dict.fromkeys(rows))) if rows else None


def write_stubs(asked: Sequence[Asked], schema: TableSchema) -> int:
    """Add the rows to each return's explanations, below those that are there; how many were added."""
    for one in asked:
        standing = [row.cells for row in one.package.explanations]
        write_files(one.package.folder.path, {EXPLANATIONS: csv_bytes(schema.columns, [*standing, *one.rows])})
    return sum(len(one.rows) for one in asked)
