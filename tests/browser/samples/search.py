"""The search: its form, and an index of two kinds."""

from __future__ import annotations

import json

from site_builder.published import pages_site as ps
from site_builder.published.search import NAME, SAID
from tests.browser.samples.figures import AREAS

DATA = "assets/search-index.0123456789.js"
BOX = ps.SearchBox("index.html", "Indicator, borough or topic", "Search")


def data() -> bytes:
    """The index of the sample: one indicator, and every borough."""
    plan = ["Children on a child protection plan", "sg08", "SG08, from borough returns", "SG08|CPP"]
    boroughs = [[area.name, area.slug, ""] for area in AREAS.boroughs]
    kinds = [["Indicator", "indicators/", ".html", [plan]], ["Borough", "boroughs/", ".html", boroughs]]
    made = {"said": SAID, "joining": ["and"], "pairs": ["sg08"], "kinds": kinds}
    return f"const {NAME}=Object.freeze({json.dumps(made)});\n".encode()
