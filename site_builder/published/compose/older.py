"""What stands above the pages of a release that is not the newest."""

from __future__ import annotations

from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import Link, Notice
from site_builder.release.releases import Release
from site_builder.vocabulary.periods import day_in_words


def corrected_by(inputs: Inputs, one: Release) -> Release | None:
    """The first release that corrects this one; None where none does."""
    return next(
        (r for r in inputs.releases if r.id.period == one.id.period and r.id.correction > one.id.correction), None
    )


def older(inputs: Inputs, one: Release, latest: str, more: str = "") -> tuple[Notice, ...]:
    """The notice of an older release; none for the newest. ``latest``: address of the same page in the newest one;
    ``more``: a sentence for this page alone."""
    newest = inputs.latest
    if newest is None or newest.id == one.id:
        return ()
    link = Link(f"The same page in release {newest.id}", latest)
    fixed = corrected_by(inputs, one)
    corrected = (
        f"Release {fixed.id} corrected it on {day_in_words(fixed.published_on)}. " if fixed else "It does not change. "
    )
    text = (
        f"This is release {one.id}, published {day_in_words(one.published_on)}. {corrected}There is a newer one. {more}"
    )
    return (Notice("Corrected" if fixed else "Older release", text.rstrip(), link),)
