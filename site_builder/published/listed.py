"""Which releases programs outside may be told of: those that are published and not invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from site_builder.published.inputs import Inputs
from site_builder.release.releases import NationalPackage, Release
from site_builder.release.withdrawals import Withdrawal
from site_builder.vocabulary.planes import Classification


def listed(inputs: Inputs) -> tuple[Release, ...]:
    """The releases, oldest first, without invented ones and without a draft."""
    published = inputs.releases[:-1] if inputs.draft else inputs.releases
    return tuple(one for one in published if one.classification is not Classification.SYNTHETIC)


def with_withdrawn(releases: Iterable[Release], withdrawals: Sequence[Withdrawal]) -> Iterator[Release | Withdrawal]:
    """Releases with those that are gone in their places, oldest first."""
    yield from (gone for gone in withdrawals if not gone.after)
    for one in releases:
        yield one
        yield from (gone for gone in withdrawals if gone.after == str(one.id))


def day_of(package: NationalPackage) -> date | None:
    """The day on which the publisher brought it out, where that is known."""
    try:
        return date.fromisoformat(package.published_on)
    except ValueError:
        return None
