"""What an indicator's page says besides its figures: definition, method, provenance, decisions, questions, its twin."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from site_builder.published import addresses
from site_builder.published.articles import render_inline
from site_builder.published.compose.values import tag
from site_builder.published.difficulties import difficulties
from site_builder.published.figures import FEW, HIDDEN_LONG
from site_builder.published.inputs import Inputs
from site_builder.published.pages_indicator import AboutBlock
from site_builder.published.pages_parts import Link, Row, Twin
from site_builder.published.protection import sentence
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.rounding import half_up_float
from site_builder.vocabulary.symbols import Polarity

_INTERVALS = {
    "wilson": "Wilson’s method, from the figures shown here.",
    "byar": "Byar’s method, exact below ten events, from the figures shown here.",
}
HOPED = {  # by polarity
    "high-is-good": "A higher figure is what is hoped for",
    "low-is-good": "A lower figure is what is hoped for",
    "no-judgement": "Neither high nor low is a judgement",
}
_WITHOUT_DIRECTION = {
    "LAIT dictionary": "the LAIT dictionary sets no direction",
    "No published source sets a direction": "no published source sets a direction",
}
_UNSETTLED = (Status.AWAITING, Status.DEFINITION_PENDING, Status.NOT_INCLUDED, Status.ANNOUNCED)
_ITEM = re.compile(r"^(?:\d+\.|-)\s+", re.MULTILINE)


def about(inputs: Inputs, indicator: Indicator, data: IndicatorData | None) -> AboutBlock:
    """Definition and method in rows."""
    version = indicator.versions[-1]
    rows = [
        Row("What it measures", render_inline(indicator.prose["What it measures"])),
        Row("What is counted", indicator.measure.numerator),
        Row("Divided by", indicator.measure.denominator or "Nothing: it is a count."),
        *_methods(indicator, data),
        *_marks(data),
        *_protection(inputs, indicator),
        Row("Which way", way_of(indicator)),
        *_supplied(inputs, indicator, data),
        Row("Where it comes from", provenance_of(indicator)),
        *_history(inputs, indicator),
        *_revisions(indicator, data),
        *_reported(inputs, indicator),
    ]
    changed = "in force" if len(indicator.versions) == 1 else "the latest, in force"
    told = f"Definition, version {version.number}, {changed} since {day_in_words(version.start)}."
    return AboutBlock("No definition is in force." if indicator.status in _UNSETTLED else told, tuple(rows))


def questions(inputs: Inputs, indicator: Indicator) -> tuple[str, ...]:
    """The questions of the catalogue, then those of the bank, one string each and each once."""
    items = _ITEM.split(indicator.prose["Questions to ask"])
    own = (" ".join(item.split()) for item in items if item.strip())
    return tuple(dict.fromkeys((*own, *(one.text for one in inputs.bank.of_indicator(indicator.code)))))


def twin(
    inputs: Inputs, indicator: Indicator, path: str, page: Callable[[str], str] = addresses.indicator
) -> Twin | None:
    """The same subject from another source, or None. ``page``: the page of a code that the links lead to."""
    others = [link.series for link in indicator.national if link.series in inputs.figures]
    if indicator.is_national:
        others = [code for code in indicator.crosswalk if code in inputs.figures]
    if not others:
        return None
    links = tuple(
        Link(f"{code} {inputs.catalogue[code].title}", addresses.relative(path, page(code))) for code in others
    )
    if indicator.is_national:
        invented = any(tag(inputs.figures[code]) for code in others)
        ending = "stand apart, and are invented for now" if invented else "stand apart"
        text = f"{HERE.areas_head}’ own returns on the same subject {ending}."
        return Twin(f"From {HERE.area} returns.", text, links)
    text = "The figures that the Department for Education publishes on the same subject are real, and stand apart."
    return Twin("National figures.", text, links)


def _methods(indicator: Indicator, data: IndicatorData | None) -> list[Row]:
    rows = []
    if indicator.compare.interval in _INTERVALS:
        rows.append(Row("95% interval", _INTERVALS[indicator.compare.interval]))
    funnel = data.funnels.get(data.headline) if data and data.headline else None
    if isinstance(funnel, Funnel):
        words = (
            f"What {HERE.areas} differ by in an ordinary year, allowing for their size. Spread between {HERE.areas} (phi): "
            f"{half_up_float(funnel.phi, 1)}, from {funnel.areas} {HERE.areas}. About three in thirty lie beyond the 95% "
            "limits without any reason."
        )
        rows.append(Row("Usual variation", words))
    return rows


def _marks(data: IndicatorData | None) -> list[Row]:
    if data is None:
        return []
    states = {point.value.state for point in data.points.values()} | {p.numerator.state for p in data.points.values()}
    rows = []
    if "c" in states:
        rows.append(Row("[c]", HIDDEN_LONG[data.source.zeros]))
    if "x" in states:
        rows.append(Row("[x]", "Not available: the figure was not returned, or is not collected there."))
    if "z" in states:
        rows.append(Row("[z]", "Does not apply here."))
    if "u" in states:
        rows.append(
            Row("[u]", f"Too unreliable to show: the percentage would rest on fewer than {FEW} {HERE.people} or cases.")
        )
    return rows


def _revisions(indicator: Indicator, data: IndicatorData | None) -> list[Row]:
    """The way to the page of revisions, for an indicator from returns."""
    if data is None or data.source.national:
        return []
    way = addresses.relative(addresses.indicator(indicator.code), addresses.revisions(indicator.code))
    return [Row("Revisions", Markup('<a href="{}">What each release printed</a>').format(way))]


def _protection(inputs: Inputs, indicator: Indicator) -> list[Row]:
    release = inputs.latest
    form = release.structure.indicators.get(indicator.code) if release else None
    if release is None or form is None:
        return []
    return [Row("Small figures", sentence(form, release.cells.of_indicator(indicator.code)))]


def way_of(indicator: Indicator) -> str:
    """Which way a source says one should hope the figure moves, if any."""
    words = HOPED[indicator.polarity.value]
    if indicator.polarity is Polarity.NO_JUDGEMENT and indicator.polarity_source in _WITHOUT_DIRECTION:
        return f"{words}: {_WITHOUT_DIRECTION[indicator.polarity_source]}."
    return f"{words} ({indicator.polarity_source})." if indicator.polarity_source else f"{words}."


def _supplied(inputs: Inputs, indicator: Indicator, data: IndicatorData | None) -> list[Row]:
    if data is None:
        return [Row("Agency", indicator.agency)]
    if data.source.national:
        package = inputs.package_of[indicator.code]
        return [Row("Published by", f"{package.publisher}. {package.title}."), Row("Agency", indicator.agency)]
    release = inputs.latest
    dated = f", published {day_in_words(release.published_on)}" if release else ""
    return [
        Row("Supplied by", f"{HERE.areas_head}, in release {data.source.release}{dated}."),
        Row("Agency", indicator.agency),
    ]


def provenance_of(indicator: Indicator) -> str:
    """Where the wording comes from, and how sure we are of it."""
    sources = f"Source: {'; '.join(indicator.sources)}." if indicator.sources else ""
    return f"{indicator.provenance_note} {sources}".strip()


def _history(inputs: Inputs, indicator: Indicator) -> list[Row]:
    rows = []
    if len(indicator.versions) > 1:
        rows.append(
            Row("Versions", _lines([f"{v.number}, from {day_in_words(v.start)}: {v.text}" for v in indicator.versions]))
        )
    if indicator.decisions:
        told = [f"{day_in_words(d.date)}, {d.body}: {d.decided}. {d.reason}" for d in indicator.decisions]
        rows.append(Row("Decisions", _lines(told)))
    if difficult := _difficulties(inputs, indicator):
        rows.append(Row("Difficulties", Markup("<br>").join(difficult)))
    if indicator.crosswalk:
        rows.append(Row("In other lists", ", ".join(indicator.crosswalk)))
    return rows


def _reported(inputs: Inputs, indicator: Indicator) -> list[Row]:
    """The written reports that hold its figures."""
    path = addresses.indicator(indicator.code)
    link = Markup('<a href="{}">{}</a>')
    told = [
        link.format(addresses.relative(path, addresses.report(one.slug)), one.title)
        for one in inputs.documents.reports
        if indicator.code in one.series
    ]
    return [Row("In a report", Markup(", ").join(told))] if told else []


def _difficulties(inputs: Inputs, indicator: Indicator) -> list[Markup]:
    """Those of the catalogue in full, those that a borough sent by its name; each with a link to the log."""
    here, made = addresses.indicator(indicator.code), []
    for one in difficulties(inputs.catalogue, inputs.latest):
        if indicator.code in one.codes:
            way = addresses.relative(here, f"{addresses.CHALLENGES}#{one.slug}")
            told = f"{day_in_words(one.day)}, {one.state}: {one.issue} {one.decision}"
            of = f"Raised by {inputs.areas.by_code[one.area].name}." if one.area else told
            made.append(Markup('{} <a href="{}">In the log</a>').format(of, way))
    return made


def _lines(texts: list[str]) -> Markup:
    return Markup("<br>").join(escape(text) for text in texts)
