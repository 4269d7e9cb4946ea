"""The catalogue as one document to print: every indicator by theme, with its definition and where it stands."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from site_builder.published import addresses
from site_builder.published.articles import render_inline
from site_builder.published.compose.definition import provenance_of, way_of
from site_builder.published.compose.documents import anchor, control, heading_to
from site_builder.published.compose.indicator import INDICATORS, state_of, unit_words
from site_builder.published.compose.lists import in_order
from site_builder.published.content import Theme
from site_builder.published.crosswalk import crossing
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import Row
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.periods import day_in_words

_FLOORS = {"borough": f"each {HERE.area}", "inner-outer": f"{HERE.parts_name} only", "london": f"{HERE.name} only"}
_AGES = re.compile(r"/(female-)?(\d+)-(\d+)$")
_WINDOWS = {
    "none": "",
    "rolling-4-quarters": ", over four quarters together",
    "pooled-3-years": ", over three years together",
    "year-to-date": ", each quarter since April",
}


def handbook(frames: Frames, inputs: Inputs) -> DocumentPage:
    """The handbook. It holds definitions and no figures, so nothing in it is invented."""
    path = addresses.HANDBOOK
    themes = [_theme(inputs, one, path) for one in in_order(inputs)]
    sections = tuple(one._replace(number=f"{place}.") for place, one in enumerate(themes, 1))
    return DocumentPage(
        frames.frame(
            path, "Handbook of indicators", "Every indicator: definition, who is counted, provenance and versions.",
            "indicators", (INDICATORS,),
        ),
        "Handbook",
        "Handbook of indicators",
        f"All {len(inputs.catalogue)} indicators with what is counted, what it is divided by, who is in and who is out, "
        "where the wording comes from and since when it holds. It holds no figures.",
        (),
        sections,
        control(inputs, None),
    )  # fmt: skip


def _theme(inputs: Inputs, one: Theme, path: str) -> Section:
    """A theme: links to its indicators, then each of them."""
    held = [indicator for indicator in inputs.catalogue.values() if indicator.theme == one.code]
    links = (anchor(path, f"{path}#{i.code.lower()}", f"{i.code} {i.title}") for i in held)
    listed = Markup('<ul class="plain">{}</ul>').format(
        Markup().join(Markup("<li>{}</li>").format(link) for link in links)
    )
    return Section(one.code.lower(), "", one.title, (Part(prose=listed), *(_part(inputs, i, path) for i in held)))


def _part(inputs: Inputs, indicator: Indicator, path: str) -> Part:
    return Part(
        indicator.code.lower(),
        heading_to(path, addresses.indicator(indicator.code), f"{indicator.code} {indicator.title}"),
        rows=tuple(row for row in rows(inputs, indicator, path) if row.text),
    )


def rows(inputs: Inputs, indicator: Indicator, path: str) -> tuple[Row, ...]:
    """What the handbook says of an indicator."""
    cycle, measure = indicator.cycle, indicator.measure
    often = f"Collected {cycle.collected}, reported {cycle.reported}{_WINDOWS[cycle.window]}"
    return (
        Row("Definition", render_inline(indicator.prose["What it measures"])),
        Row("Counted", measure.numerator),
        Row("Divided by", measure.denominator or "Nothing: it is a count."),
        Row("Value", unit_words(indicator)),
        Row("Who is in", _inside(indicator)),
        Row("What it leaves out", render_inline(indicator.prose["What it cannot tell you"])),
        Row("Which way", way_of(indicator)),
        Row("Frequency", often if indicator.status is not Status.NOT_INCLUDED else "Not collected"),
        Row("Agency", indicator.agency),
        Row("Status", _status(inputs, indicator)),
        Row("Provenance", provenance_of(indicator)),
        Row("Versions", Markup("<br>").join(escape(line) for line in _versions(indicator))),
        Row("In other lists", _crosswalk(inputs, indicator, path)),
    )


def _inside(indicator: Indicator) -> str:
    """In which places and at which ages people are counted, and how small an area is shown."""
    who = _AGES.search(indicator.measure.denominator_series)
    base = f" The base is {'girls' if who[1] else 'people'} aged {who[2]} to {who[3]}." if who else ""
    return f"{HERE.all_areas}; smallest area shown: {_FLOORS[indicator.floor]}.{base}"


def _status(inputs: Inputs, indicator: Indicator) -> str:
    if indicator.code in inputs.figures:
        return "National series, shown as published." if indicator.is_national else "Agreed, and collected."
    return " ".join(state_of(indicator))


def _versions(indicator: Indicator) -> list[str]:
    return [
        f"{v.number}, from {day_in_words(v.start)}: {v.text}"
        + (f" Comparable with the one before: {v.comparability}." if v.number > 1 else "")
        for v in indicator.versions
    ]


def _crosswalk(inputs: Inputs, indicator: Indicator, path: str) -> Markup:
    lines = []
    for name in indicator.crosswalk:
        one = crossing(name, inputs.catalogue)
        said = anchor(path, f"{path}#{one.code.lower()}", name) if one.code else escape(name)
        lines.append(Markup("{} ({})").format(said, one.listed or "unverified"))
    return Markup("<br>").join(lines)
