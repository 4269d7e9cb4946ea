"""Statistical neighbours: for each authority ten others, closest first."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.imports.cells import Sheet
from site_builder.imports.mappings import Release
from site_builder.imports.neighbours import NeighbourRow, read_neighbours
from site_builder.imports.packages import neighbour_package
from site_builder.imports.releases import Context, Form, Made
from site_builder.vocabulary.findings import Finding, blocks


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, _mapping: str) -> Made:
    rows: list[NeighbourRow] = []
    findings: list[Finding] = []
    for table in release.tables:
        found, wrong = read_neighbours(table, sheets[table.name], release, context.places)
        rows += found
        findings += wrong
    return tuple(findings), {} if blocks(findings) else neighbour_package(rows, release)


FORM = Form(
    name="neighbours",
    says="A model of statistical neighbours: ten other authorities for each, and how close they are.",
    header=frozenset({"SN_1", "SN_1P", "SN_10", "SN_10P"}),
    needs="a mapping that says where the neighbours stand, and what the words for closeness mean",
    make=_make,
    sources=("dfe-neighbours",),
    folder="datapackages/reference/neighbours",
)
