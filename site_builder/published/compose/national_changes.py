"""What a publisher revised between two of its releases: a page that stands once there are two of one source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from site_builder.published import addresses
from site_builder.published.changes import Change, changes
from site_builder.published.compose.documents import Cell, control, numbered, said, section, slug, table, to_indicator
from site_builder.published.compose.values import value
from site_builder.published.figures import printed
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import File
from site_builder.published.phrases import listed
from site_builder.published.revisions import hidden_in, may_be_told, sorted_out
from site_builder.release.releases import NationalPackage

_MOST = 200  # revised figures of one pair that stand on the page; the packages hold all

Pair = tuple[NationalPackage, NationalPackage]


def vintages(nationals: Sequence[NationalPackage]) -> tuple[Pair, ...]:
    """Each release of a source with the one that followed it. ``nationals`` in order of source and release."""
    return tuple((old, new) for old, new in pairwise(nationals) if old.source == new.source)


def national_changes(frames: Frames, inputs: Inputs) -> DocumentPage:
    """The page, a section a pair."""
    path = addresses.NATIONAL_CHANGES
    above = (("Data", addresses.DATA), ("Releases", addresses.RELEASES), ("What changed", addresses.CHANGES))
    return DocumentPage(
        frames.frame(path, "Revisions by publishers", "What publishers revised between two of their releases.", "data", above),
        "Revisions",
        "What publishers revised",
        "Figures that a publisher printed in two of its releases, and not the same both times.",
        (),
        numbered(_pair(inputs, pair, path) for pair in reversed(vintages(inputs.nationals))),
        control(inputs, None),
    )  # fmt: skip


def _pair(inputs: Inputs, pair: Pair, path: str) -> Section:
    old, new = pair
    newest = [one for one in inputs.nationals if one.source == new.source][-1]
    found = sorted_out(may_be_told(changes(old, new), hidden_in(newest)), old)
    gone = sorted(set(old.cells.indicators()) - set(new.cells.indicators()))
    words = [f"Release {new.release} of {new.publisher} against release {old.release}."]
    words += [f"New periods: {listed(found.periods)}."] if found.periods else []
    words += [f"No longer in it: {listed(gone)}."] if gone else []
    words += [f"{heading}: {len(keys):,} figures." for heading, keys in found.named.items()]
    words += [] if found.revised else ["No printed figure was changed."]
    if len(found.revised) > _MOST:
        words.append(f"Of {len(found.revised):,} revised figures the first {_MOST} stand here.")
    parts = [said(*words)]
    if found.revised:
        rows = (_row(inputs, one, path) for one in found.revised[:_MOST])
        columns = ("Area", "Indicator", "Period", "What", "Before", "Now")
        parts.append(Part(table=table(f"Revised in {new.title}", columns, rows), words=True))
    files = tuple(
        File(f"{one.title}, release {one.release}", addresses.relative(path, _observations(one)), "") for one in pair
    )
    made = section(new.title, *parts, Part(files=files))
    return made._replace(slug=slug(f"{new.source} {new.release}"))


def _observations(one: NationalPackage) -> str:
    return addresses.national_file(one.source, one.release, "observations.csv")


def _row(inputs: Inputs, one: Change, path: str) -> tuple[Cell, ...]:
    key = one.key
    known = inputs.catalogue.get(key.indicator)
    return (
        inputs.areas.by_code[key.area].name if key.area in inputs.areas.by_code else inputs.authorities.get(key.area, key.area),
        to_indicator(path, known) if known else key.indicator,
        key.period,
        key.measure,
        value(printed(one.old_value)),
        value(printed(one.new_value)),
    )  # fmt: skip
