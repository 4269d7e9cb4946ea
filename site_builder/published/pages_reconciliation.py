"""The page that sets our figures beside a publisher's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from site_builder.published.pages_parts import DataTable, File, Frame, Row


class CheckBlock(NamedTuple):
    """One kind of comparison. ``summary``: how many came out how, or None without any; ``differing``: those that differ,
    or None. ``said``: one sentence on the outcome."""

    slug: str
    heading: str
    text: str
    said: str
    summary: DataTable | None
    differing: DataTable | None


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    """Three comparisons with a publisher's figures. ``outcomes``: what each class means. ``source``: the lines that must be
    printed with national figures."""

    template: ClassVar[str] = "reconciliation"
    frame: Frame
    heading: str
    lead: str
    checks: tuple[CheckBlock, ...]
    outcomes: tuple[Row, ...]
    files: tuple[File, ...]
    source: str
