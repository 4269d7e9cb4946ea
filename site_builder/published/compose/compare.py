"""Where to start comparing, and the page that sets a few boroughs side by side."""

from __future__ import annotations

from collections.abc import Container

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.compose.lists import notices
from site_builder.published.compose.matrix import COMPARE, size_words
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.matrix import HEADINGS, pages
from site_builder.published.pages_compare import CompareBoroughsPage, ComparePage, MatrixLine, Onward
from site_builder.published.pages_parts import Link
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE

_STEPS = (
    f"Take one measure at a time, and see that both figures are of one period and one definition. {HERE.areas_head} stand A to Z here, "
    "because part of any order of figures is chance.",
    f"Ask whether a difference is more than usual. A figure that stands out lies beyond the usual variation between {HERE.areas}; "
    "a difference within it says little.",
    "Then ask why: need, thresholds, recording, or small numbers. Look back over the years, and at the places that are most "
    "like this one, before drawing a conclusion.",
)
_SIDE_BY_SIDE = f"A few {HERE.areas} side by side"
_ONWARD = (
    (addresses.MAP, f"Map of {HERE.name}", f"Which parts of {HERE.name} lie beyond the usual variation?"),
    (addresses.STANDS_OUT, "What stands out", f"Where do {HERE.areas} lie beyond the usual variation, and since when?"),
    (addresses.PREDICTED, "Actual and predicted", "Is a figure what the make-up of a place leads one to expect?"),
    (
        addresses.RECONCILIATION,
        "Reconciliation",
        f"Do the {HERE.areas}’ own figures agree with those that are published?",
    ),
    (addresses.JOURNEY, f"The {HERE.person}’s journey", f"Where along the way do {HERE.areas} differ?"),
    (addresses.QUESTIONS, "Questions to ask", "What should one ask about a figure that differs?"),
)
_PICKS = ("First", "Second", "Third", "Fourth")
_PLAIN = (
    f"Choosing {HERE.areas} on this page needs script. Without it the same figures stand in the matrices that follow, where every "
    f"{HERE.area} has a row, and on the page of each {HERE.area}."
)


def start(frames: Frames, inputs: Inputs, paths: Container[str]) -> ComparePage:
    """Where to start. ``paths``: those of the site; a page that it lacks is not offered."""
    path = addresses.COMPARE
    return ComparePage(
        frames.frame(
            path,
            "Compare",
            f"How to compare {HERE.name}’s {HERE.areas} on this site.",
            "compare",
            notices=notices(inputs),
        ),
        f"Compare {HERE.areas}",
        f"Every figure stands beside {HERE.name}’s and beside the usual variation between {HERE.areas}. Start from a measure, from a "
        f"few {HERE.areas}, or from a whole theme.",
        _STEPS,
        Onward(
            Link(_SIDE_BY_SIDE, addresses.relative(path, addresses.COMPARE_BOROUGHS)),
            f"Up to four {HERE.areas} beside {HERE.name} on every measure. The address holds the choice, so it can be sent on.",
        ),
        _matrices(inputs, path),
        tuple(
            Onward(Link(label, addresses.relative(path, target)), line)
            for target, label, line in _ONWARD
            if target in paths
        ),
    )


def compare_boroughs(frames: Frames, inputs: Inputs, data: str) -> CompareBoroughsPage:
    """A few boroughs side by side. ``data``: where the data script stands."""
    path = addresses.COMPARE_BOROUGHS
    return CompareBoroughsPage(
        frames.frame(
            path,
            _SIDE_BY_SIDE,
            f"Up to four {HERE.areas} of {HERE.name} beside {HERE.name} on every measure that has figures.",
            "compare",
            (COMPARE,),
            notices(inputs),
        ),
        _SIDE_BY_SIDE,
        f"Every measure that has figures, with {HERE.name}’s, the 95% interval, and whether a difference is more than usual.",
        data,
        _PICKS,
        tuple((area.slug, area.name) for area in inputs.areas.boroughs),
        tuple((code.lower(), inputs.content.themes[code].title) for code in inputs.content.settings.themes),
        _PLAIN,
        _matrices(inputs, path),
        tuple(
            Link(area.name, addresses.relative(path, addresses.borough(area.slug))) for area in inputs.areas.boroughs
        ),
    )


def with_others(area: Area, path: str) -> Markup:
    """The link from a borough's page to the comparison with it chosen."""
    href = addresses.relative(path, addresses.compare_with(area.slug))
    return Markup('<a href="{}">Compare with others</a>').format(href)


def _matrices(inputs: Inputs, path: str) -> tuple[MatrixLine, ...]:
    lines = []
    for code in inputs.content.settings.themes:
        name, sheets = inputs.content.themes[code].title, pages(inputs, code)
        held = tuple(part for some in sheets.values() for part in some)
        links = tuple(
            Link(name if target == addresses.matrix(code) else HEADINGS[False], addresses.relative(path, target))
            for target in sheets
        )
        lines.append(MatrixLine(links, size_words(held)))
    return tuple(lines)
