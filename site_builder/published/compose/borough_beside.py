"""What stands beside the title of a borough: what it is compared with, and the ways to its other pages."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup, escape

from site_builder.published import addresses, sentences
from site_builder.published.compose.compare import with_others
from site_builder.published.inputs import Inputs
from site_builder.published.phrases import count_word
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE


def beside(inputs: Inputs, area: Area, path: str) -> tuple[str | Markup, ...]:
    """The lines on London and on the neighbours, then the ways on. ``path``: the page that they stand on."""
    return (*_comparators(inputs, area, path), _further(area, path), with_others(area, path))


def _comparators(inputs: Inputs, area: Area, path: str) -> tuple[str | Markup, ...]:
    neighbours = inputs.neighbours.get(area.code, ())
    warning = sentences.closeness_warning(area, neighbours)
    if not area.funnel:
        return (warning,) if warning else ()
    return (
        f"Compared with {HERE.name}, and with the median of {count_word(len(neighbours))} statistical neighbours where at "
        f"least six have a figure. Figures from returns stand beside the nearest {HERE.name} neighbours: those of the same list "
        f"that are in {HERE.name}.",
        *((_neighbour_names(inputs, area, path),) if neighbours else ()),
        *((warning,) if warning else ()),
    )


def _further(area: Area, path: str) -> Markup:
    if "journey" not in HERE.sections:
        every = addresses.relative(path, addresses.profile(area.slug))
        return Markup('On one page: <a href="{}">every indicator by theme</a>.').format(every)
    return Markup(
        'On one page each: <a href="{}">every indicator by theme</a> and <a href="{}">the {}’s journey</a>.'
    ).format(
        addresses.relative(path, addresses.profile(area.slug)),
        addresses.relative(path, addresses.journey(area.slug)),
        HERE.person,
    )


def _neighbour_names(inputs: Inputs, area: Area, path: str) -> Markup:
    """Their names, closest first, and behind each run of them how close the department calls these."""
    runs = (
        Markup("{} ({})").format(
            Markup(", ").join(_neighbour(inputs, one, path) for one in some), band.replace("-", " ")
        )
        for band, some in groupby(inputs.neighbours[area.code], key=lambda one: one.closeness)
    )
    return Markup("Neighbours, closest first: {}.").format(Markup("; ").join(runs))


def _neighbour(inputs: Inputs, neighbour: Neighbour, path: str) -> Markup:
    other = inputs.areas.by_code.get(neighbour.area)
    if other is None:
        return escape(inputs.authorities[neighbour.area])
    return Markup('<a href="{}">{}</a>').format(addresses.relative(path, addresses.borough(other.slug)), other.name)
