"""A chart is a drawing, a table of the same figures and one sentence; it cannot be made without all three."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from site_builder.published.pages_parts import DataTable


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart at two widths, with what it says.

    ``wide`` and ``narrow``: SVG for the page, colours as style-sheet variables. ``sentence``: what it shows, in words.
    ``table``: the same figures. ``spec``: the Vega-Lite file to download (UTF-8 JSON). ``svg``: the wide drawing as a
    file of its own, in light colours. Raises ValueError when a part is missing.
    """

    wide: Markup
    narrow: Markup
    sentence: str
    table: DataTable
    spec: bytes
    svg: bytes

    def __post_init__(self) -> None:
        if not (self.wide and self.narrow and self.spec and self.svg):
            raise ValueError("a chart needs its drawings")
        if not self.sentence.strip():
            raise ValueError("a chart needs a sentence that says what it shows")
        if not self.table.rows:
            raise ValueError("a chart needs the table of its figures")
