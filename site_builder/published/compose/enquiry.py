"""Lines of enquiry as pages print them: the short list of a borough's page, and all of them by theme."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses
from site_builder.published.compose.values import ILLUSTRATIVE_TAG
from site_builder.published.enquiry.case import Evidence, Strength
from site_builder.published.enquiry.lines import Line, lines, of_kind, shortlist
from site_builder.published.inputs import Inputs
from site_builder.published.pages_enquiry import Enquiries, EnquiryGroup, EnquiryLine, ThemeEnquiries
from site_builder.published.pages_parts import Link
from site_builder.published.phrases import capital, listed
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE

_KINDS = (("National figures", True), (f"Figures from {HERE.area} returns", False))


def enquiries(inputs: Inputs, area: Area, path: str) -> Enquiries:
    """The short list of a borough's page."""
    some = shortlist(lines(area, inputs.around, inputs.bank))
    return Enquiries(
        "Lines of enquiry",
        _groups(some, area, path),
        "No figure that is shown gives rise to a question.",
        Link("All lines of enquiry, by theme, to print", addresses.relative(path, addresses.challenge(area.slug))),
    )


def by_theme(inputs: Inputs, area: Area, path: str) -> tuple[ThemeEnquiries, ...]:
    """All lines that a figure gives rise to, by theme; standing questions are told apart."""
    every = [one for one in lines(area, inputs.around, inputs.bank) if one.strength is not Strength.STANDING]
    found = []
    for code in inputs.content.settings.themes:
        some = [one for one in every if one.data.indicator.theme == code]
        if some:
            found.append(ThemeEnquiries(code.lower(), inputs.content.themes[code].title, _groups(some, area, path)))
    return tuple(found)


def asked_of(asks: Sequence[str]) -> str:
    """Who can answer: ``Ask practitioners and families.``; empty for nobody in particular."""
    return f"Ask {listed([_WHO.get(one, one) for one in asks])}." if asks else ""


_WHO = {"board": "the board"}


def _groups(some: Sequence[Line], area: Area, path: str) -> tuple[EnquiryGroup, ...]:
    made = []
    for heading, national in _KINDS:
        kind = of_kind(some, national=national)
        if kind:
            tag = ILLUSTRATIVE_TAG if kind[0].invented else ""
            made.append(EnquiryGroup(heading, tag, tuple(_line(one, area, path) for one in kind)))
    return tuple(made)


def _line(one: Line, area: Area, path: str) -> EnquiryLine:
    indicator = one.data.indicator
    href = addresses.relative(path, _address(one.evidence, area, indicator.code))
    return EnquiryLine(
        capital(one.question), one.because, Link(f"{indicator.title} ({indicator.code})", href), asked_of(one.asks)
    )


def _address(evidence: Evidence, area: Area, code: str) -> str:
    """The page and the place on it."""
    match evidence.page:
        case "indicator":
            return f"{addresses.indicator(code)}#{evidence.fragment or area.slug}"
        case "borough-indicator":
            return f"{addresses.borough_indicator(area.slug, code)}#{evidence.fragment}"
        case _:
            return addresses.CHANGES
