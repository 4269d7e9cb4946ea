"""What stands at the addresses of a release that was withdrawn: when, and in a class, why; and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from site_builder.published import addresses
from site_builder.published.compose import embed
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_moved import MovedPage
from site_builder.published.pages_parts import NO_HEAD, Link
from site_builder.published.pages_site import ReleaseLine
from site_builder.release.withdrawals import Withdrawal
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

_HEADING = "This release was withdrawn"
_FILES = "Its files are gone. Please do not use or pass on a copy of them."


def withdrawn_pages(frames: Frames, inputs: Inputs, gone: Withdrawal) -> Mapping[str, Callable[[], MovedPage]]:
    """A page for each address that a page of the release can have had: its own, and those of indicators, charts and
    boroughs. Of its files nothing stays."""
    name = str(gone.id)
    twins = {path: path for path in (addresses.borough(area.slug) for area in inputs.areas.boroughs)}
    for code in sorted(set(inputs.catalogue) - set(inputs.package_of)):
        paths = (addresses.indicator(code), *(addresses.embed(code, view) for view in embed.VIEWS))
        twins |= dict.fromkeys(paths, addresses.indicator(code))
    every = {addresses.release_file(name, path): twin for path, twin in twins.items()}
    every |= dict.fromkeys((addresses.release(name), addresses.release_report(name)), addresses.RELEASES)
    return {path: partial(_page, frames, gone, path, twin) for path, twin in every.items()}


def told(gone: Withdrawal) -> str:
    """What happened, in two sentences."""
    days = f"published {day_in_words(gone.published_on)}, was withdrawn on {day_in_words(gone.withdrawn_on)}"
    return f"Release {gone.id}, {days}. {gone.reason.words}"


def line(gone: Withdrawal, path: str) -> ReleaseLine:
    """The release in the list of all. ``path``: of the page with the list."""
    return ReleaseLine(
        str(gone.id),
        False,
        gone.id.period.label,
        addresses.relative(path, addresses.release(str(gone.id))),
        day_in_words(gone.published_on),
        "Withdrawn",
        gone.version,
        f"Withdrawn on {day_in_words(gone.withdrawn_on)}. {gone.reason.words}",
    )


def _page(frames: Frames, gone: Withdrawal, path: str, twin: str) -> MovedPage:
    """``twin``: where the same page of the latest release stands; the list of releases where there is none."""
    invented = (ILLUSTRATIVE,) if gone.classification is Classification.SYNTHETIC else ()
    title = f"Release {gone.id}: withdrawn"
    frame = frames.frame(path, title, "Why this release is gone, and where to go on.", "data", notices=invented)
    on = [("Every release", addresses.RELEASES), ("Start page", addresses.HOME)]
    if twin != addresses.RELEASES:
        on.insert(0, ("The same page in the latest release", twin))
    return MovedPage(
        replace(frame, noindex=True, head=NO_HEAD),
        _HEADING,
        f"{told(gone)} {_FILES}",
        "",
        tuple(Link(words, addresses.relative(path, target)) for words, target in on),
    )
