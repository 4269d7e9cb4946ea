"""All documents of a checkout, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.published.content import Content
from site_builder.published.documents.proposals import Proposal, load_proposals
from site_builder.published.documents.registers import (
    Duty,
    LocalIndicator,
    SourceRow,
    load_duties,
    load_local,
    load_sources,
)
from site_builder.published.documents.reports import Report, load_reports
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Documents:
    """What documents are made from, besides figures. All empty where nobody wrote any."""

    reports: tuple[Report, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    local: tuple[LocalIndicator, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    duties: tuple[Duty, ...] = ()


def load_documents(root: Path, content: Content, areas: Areas, catalogue: Mapping[str, Indicator]) -> Documents:
    """The documents of a checkout. Raises ConfigurationError: A101 for what is not known, A103 for typed figures."""
    decisions = [one.stem for one in content.decisions]
    return Documents(
        load_reports(root, areas),
        load_proposals(root, {*catalogue, *content.themes}, areas, decisions),
        load_local(root, areas, catalogue),
        load_sources(root, {one.agency for one in catalogue.values()}),
        load_duties(root, catalogue),
    )
