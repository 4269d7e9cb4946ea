"""Pages at old addresses: one that leads on, or one that says why nothing is there any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from site_builder.published import addresses
from site_builder.published.frames import Frames
from site_builder.published.pages_moved import MovedPage
from site_builder.published.pages_parts import NO_HEAD, Link
from site_builder.published.redirects import Redirect, findings
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.refusals import ConfigurationError

_ON = (
    ("Everything from A to Z", addresses.SEARCH),
    ("Indicators", addresses.INDICATORS),
    (HERE.areas_head, addresses.BOROUGHS),
    ("Start page", addresses.HOME),
)


def moved_pages(
    frames: Frames, redirects: tuple[Redirect, ...], live: Collection[str]
) -> Mapping[str, Callable[[], MovedPage]]:
    """A page for each old address. ``live``: every other path of the site.

    Raises ConfigurationError (A303) for an address that leads in a circle or nowhere, or is a page still."""
    if found := findings(redirects, live):
        raise ConfigurationError(*found)
    return {one.old: partial(moved, frames, one) for one in redirects}


def moved(frames: Frames, one: Redirect) -> MovedPage:
    """What stands at an old address. Search engines are sent on, or keep out where there is nothing to send them to."""
    title = f"{one.title}: {'this page has moved' if one.new else 'this page is gone'}"
    description = f"What stood at this address, and {'where it is now' if one.new else 'why it went'}."
    frame = frames.frame(one.old, title, description)
    canonical = f"{frames.settings.base_url}/{one.new.partition('#')[0]}" if one.new else ""
    target = addresses.relative(one.old, one.new)
    there = (Link(one.title, target),) if one.new else ()
    return MovedPage(
        replace(frame, canonical=canonical, noindex=not one.new or frame.noindex, head=NO_HEAD),
        "This page has moved" if one.new else "This page is gone",
        f"“{one.title}” stood here until {day_in_words(one.since)}. {one.reason}",
        target,
        (*there, *(Link(label, addresses.relative(one.old, path)) for label, path in _ON)),
    )
