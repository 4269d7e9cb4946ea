"""How far reporting reaches in a borough: social care, children’s services, or the partnership. A word, never a score.

Three levels of reporting, as London's boroughs told them apart in 2007: social care alone; children's services, when
education reports too; the partnership, when three agencies or more beyond these two do.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.published.phrases import count_word, listed
from site_builder.vocabulary.indicators import Indicator

SOCIAL_CARE = frozenset({"children's social care", "early help", "local authority designated officer"})
EDUCATION = frozenset({"education", "special educational needs and disability"})
# an "and" within one name
_WHOLE = frozenset({"special educational needs and disability", "child and adolescent mental health services"})
ENOUGH_BEYOND = 3


def agencies_of(indicator: Indicator) -> frozenset[str]:
    """Who sends an indicator: each agency by its plain name, without the team in brackets."""
    plain = indicator.agency.partition(" (")[0]
    return frozenset({plain} if plain in _WHOLE else plain.split(" and "))


def level(agencies: frozenset[str]) -> str:
    """How far reporting reaches: ``social care``, ``children’s services``, ``partnership``, or empty when social care
    does not report."""
    if not agencies & SOCIAL_CARE:
        return ""
    if not agencies & EDUCATION:
        return "social care"
    return "partnership" if len(_beyond(agencies)) >= ENOUGH_BEYOND else "children’s services"


def reach(came: Iterable[Indicator], *, invented: bool) -> str:
    """The level in a sentence, with the agencies behind it. ``came``: the indicators that were returned; ``invented``:
    whether the returns are. Empty when none were."""
    agencies = frozenset(one for indicator in came for one in agencies_of(indicator))
    if not agencies:
        return ""
    beyond = sorted(_beyond(agencies))
    parts = [name for name, some in (("social care", SOCIAL_CARE), ("education", EDUCATION)) if agencies & some]
    if beyond:
        many = f"{count_word(len(beyond))} {'agency' if len(beyond) == 1 else 'agencies'}"
        parts.append(f"{many} beyond these ({listed(beyond)})" if parts else f"{many} ({listed(beyond)})")
    said = f"{level(agencies) or 'other agencies'}, with figures of {listed(parts)}."
    return f"{'Illustrative: b' if invented else 'B'}readth of reporting: {said}"


def _beyond(agencies: frozenset[str]) -> frozenset[str]:
    return agencies - SOCIAL_CARE - EDUCATION
