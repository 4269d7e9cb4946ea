"""Questions that stand whatever the figures say."""

from __future__ import annotations

from site_builder.published.enquiry.case import ABOUT, Case, Fired, Strength, is_firm, trigger


@trigger("always", "every figure", "the figure is printed and rests on enough, whatever it says", compares=False)
def always(case: Case) -> Fired | None:
    """Fires for every printed figure that does not rest on fewer than twenty."""
    if not is_firm(case.point):
        return None
    return Fired(Strength.STANDING, "it is a standing question", ABOUT)
