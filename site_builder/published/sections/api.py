"""The static interface for programs: an index, lists and leading figures of the latest release and of each national
package, the schemas that all of it follows, and the page that documents it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose.api import api_page
from site_builder.published.downloads.api import files_of_holding, holdings, schema_path
from site_builder.published.downloads.json import latest_json
from site_builder.published.downloads.places import files_of
from site_builder.published.downloads.schemas import VERSIONS_PATH, figures_schema, versions_schema
from site_builder.published.downloads.table import Row
from site_builder.published.making import Files, Making, Pages
from site_builder.published.statistics import IndicatorData


def pages(making: Making) -> Pages:
    """The page that documents the interface."""
    return {addresses.API: partial(api_page, making.frames, making.inputs, making.file)}


def files(making: Making) -> Files:
    """Schemas, indexes, lists, and the leading period of each indicator."""
    base = making.frames.settings.base_url
    made: dict[str, Callable[[], bytes]] = {
        schema_path(): partial(figures_schema, base),
        VERSIONS_PATH: partial(versions_schema, base),
    }
    ours = [(held, tree.inputs.areas) for tree in making.trees for held in holdings(tree.inputs)]
    nationals = ((held, making.inputs.areas) for held in holdings(making.inputs) if held.classification == "published")
    for held, areas in (*ours, *nationals):
        for name, give in files_of_holding(held, areas, base).items():
            made[held.folder + name] = give
        for code, data in held.figures.items():
            table = files_of(making.inputs, data).csv
            made[held.folder + held.file("latest", code)] = partial(_latest, making, data, table)
    return made


def _latest(making: Making, data: IndicatorData, table: str) -> bytes:
    """From the rows of the table that the site offers, so that the two cannot part."""
    return latest_json(data, _rows(making.file(table)))


def _rows(table: bytes) -> Iterator[Row]:
    rows = csv.reader(io.StringIO(table.decode()))
    next(rows)
    return map(tuple, rows)
