"""Documents: reports, proposals, the handbook, common ground, yearly reviews, and the catalogue as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose import common_ground, handbook, proposal, release_report, report, review
from site_builder.published.downloads.catalogue import catalogue_csv
from site_builder.published.making import Files, Making, Pages
from site_builder.published.pages import Page


def pages(making: Making) -> Pages:
    """Every document."""
    frames, inputs = making.frames, making.inputs
    made: dict[str, Callable[[], Page]] = {addresses.REPORTS: partial(report.reports, frames, inputs)}
    for one in inputs.documents.reports:
        made[addresses.report(one.slug)] = partial(report.report, frames, inputs, making.drawn, one)
    made[addresses.PROPOSALS] = partial(proposal.proposals, frames, inputs)
    for asked in inputs.documents.proposals:
        made[addresses.proposal(asked.stem)] = partial(proposal.proposal, frames, inputs, asked)
    made[addresses.HANDBOOK] = partial(handbook.handbook, frames, inputs)
    made[addresses.COMMON_GROUND] = partial(common_ground.common_ground, frames, inputs)
    for year in review.years(inputs):
        made[addresses.review(year)] = partial(review.review, frames, inputs, year)
    for release in inputs.releases:
        made[addresses.release_report(str(release.id))] = partial(
            release_report.release_report, frames, inputs, release
        )
    return made


def files(making: Making) -> Files:
    """The catalogue."""
    return {addresses.CATALOGUE: partial(catalogue_csv, making.inputs.catalogue)}
