"""Questions that stand whatever the figures say."""

from __future__ import annotations

from site_builder.published.enquiry.case import ABOUT, Case, Fired, Strength, trigger


@trigger("always", "every figure", "the figure is not hidden, whatever it says", compares=False)
def always(case: Case) -> Fired | None:  # noqa: ARG001 - every trigger is given its case
    """Fires for every figure that is not hidden."""
    return Fired(Strength.STANDING, "it is a standing question", ABOUT)
