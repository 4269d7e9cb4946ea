"""Metadata of CSV on the Web beside the observations of every release."""

from __future__ import annotations

import json
from functools import partial

from site_builder.published import addresses
from site_builder.published.downloads.csvw import csvw
from site_builder.published.downloads.places import CSVW
from site_builder.published.making import Files, Making
from site_builder.release.releases import Release

_TABLE = "observations"


def files(making: Making) -> Files:
    """One file a release, where tools look for it: the table's name with an ending."""
    return {addresses.release_file(str(release.id), CSVW): partial(_of, release) for release in making.inputs.releases}


def _of(release: Release) -> bytes:
    return csvw(json.loads(release.files["datapackage.json"]), _TABLE)
