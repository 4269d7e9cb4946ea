"""A number an authority, such as how deprived its neighbourhoods are."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.imports.cells import Sheet
from site_builder.imports.covariates import CovariateRow, read_covariate
from site_builder.imports.mappings import COVARIATE_COLUMNS, Release
from site_builder.imports.packages import covariate_package
from site_builder.imports.releases import Context, Form, Made
from site_builder.vocabulary.findings import Finding, blocks


def _make(release: Release, sheets: Mapping[str, Sheet], context: Context, _mapping: str) -> Made:
    rows: list[CovariateRow] = []
    findings: list[Finding] = []
    for table in release.tables:
        found, wrong = read_covariate(table, sheets[table.name], context.places)
        rows += found
        findings += wrong
    return tuple(findings), {} if blocks(findings) else covariate_package(rows, release)


def _check(release: Release) -> None:
    for table in release.tables:
        if table.covariate is None:
            raise ValueError("each table says which covariate it holds")
        if tuple(table.columns) != COVARIATE_COLUMNS:
            raise ValueError(f"a covariate needs the columns {', '.join(COVARIATE_COLUMNS)}, in that order")


FORM = Form(
    name="covariates",
    says="A table of one number an authority, such as an index of deprivation.",
    header=frozenset(),
    needs="a mapping that names its columns: such tables have no shape by which they are known",
    make=_make,
    sources=("imd",),
    folder="datapackages/reference/covariates",
    check=_check,
)
