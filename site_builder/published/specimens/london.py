"""Lists to narrow down, grids and small maps over all of London."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.published import pages_london as pl
from site_builder.published import pages_parts as pp
from site_builder.published import pages_site as ps
from site_builder.published.charts.squares import KINDS, squares
from site_builder.published.charts.tiles import small_squares
from site_builder.published.specimens.values import AT_HAND, LINK, TAG, Specimen, one
from site_builder.vocabulary.here import HERE

_GROUNDS = ("usual", "edge", "out", "c", "x", "z")


def london() -> Mapping[tuple[str, str], tuple[Specimen, ...]]:
    """Of the pages over all of London, of the list of indicators and of the search."""
    some, none = tuple(KINDS), tuple("c" for _ in range(5))
    filters = (pp.Filter("State", (("o1", "Open"), ("o2", "Closed"))), pp.Filter("Theme", (("o3", "A theme"),)))
    return {
        ("coverstrip", "coverstrip"): (Specimen((squares(some * 5),)), Specimen((squares(none),))),
        ("filters", "choices"): one(filters, "Show only"),
        ("grid", "grid"): one(_grid(), "part-indicatorlist"),  # the part that follows it on the page
        ("searchbox", "searchbox"): one(ps.SearchBox(AT_HAND, "What to look for", "Search")),
        ("smallmaps", "smallmaps"): one(_small_maps()),
    }


def _grid() -> pl.Grid:
    cells = (
        pl.GridCell("R", "returned", True, ""), pl.GridCell("R", "returned", True, "[c]"),
        pl.GridCell("L", "late in part", False, ""), pl.GridCell("N", "not returned", False, "[c]"),
    )  # fmt: skip
    key = (("R", "Returned", "A figure came."), ("L", "Late", "It came later."), ("N", "Not returned", "None came."))
    heads = tuple(pl.GridHead(f"X{number}", "An indicator", AT_HAND) for number in range(1, 5))
    return pl.Grid("Cells in every state", key, heads, (pl.GridRow(HERE.an_area_head, AT_HAND, cells),))


def _small_maps() -> pl.MapKind:
    grounds = tuple((ground, small_squares([(place, 0)])) for place, ground in enumerate(_GROUNDS))
    drawn = pl.SmallMap("x1", LINK, "Squares in every state.", grounds)
    return pl.MapKind("small", "Small maps", TAG, (pl.MapTheme("A theme", (drawn,)),))
