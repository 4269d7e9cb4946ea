"""Which releases programs outside may be told of: those that are published and not invented."""

from __future__ import annotations

from datetime import date

from site_builder.published.inputs import Inputs
from site_builder.release.releases import NationalPackage, Release
from site_builder.vocabulary.planes import Classification


def listed(inputs: Inputs) -> tuple[Release, ...]:
    """The releases, oldest first, without invented ones and without a draft."""
    published = inputs.releases[:-1] if inputs.draft else inputs.releases
    return tuple(one for one in published if one.classification is not Classification.SYNTHETIC)


def day_of(package: NationalPackage) -> date | None:
    """The day on which the publisher brought it out, where that is known."""
    try:
        return date.fromisoformat(package.published_on)
    except ValueError:
        return None
