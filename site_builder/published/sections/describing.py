"""What catalogues of open data read: the data sets of the site in DCAT's terms, under two addresses."""

from __future__ import annotations

from functools import cache

from site_builder.published import addresses
from site_builder.published.dcat import catalogue_json
from site_builder.published.making import Files, Making


def files(making: Making) -> Files:
    """One catalogue, where readers of JSON-LD look for it and where others do."""

    @cache
    def made() -> bytes:
        return catalogue_json(making.frames.settings, making.inputs, making.file, making.inputs.revisions.versions)

    return {addresses.CATALOG: made, addresses.DATA_JSON: made}
