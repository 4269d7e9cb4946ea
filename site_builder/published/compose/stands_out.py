"""What stands out in London: beyond the usual variation on either side, by indicator and by borough, A to Z."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from site_builder.published import addresses, sentences
from site_builder.published import standing_words as words
from site_builder.published.compose.lists import in_order, notices
from site_builder.published.compose.values import tag, value, variation
from site_builder.published.downloads.standing_out import comparisons_file
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import File, Link
from site_builder.published.pages_standing import (
    StandingKind,
    StandingPlace,
    StandingRow,
    StandingSubject,
    StandingTheme,
    StandsOutPage,
)
from site_builder.published.phrases import capital
from site_builder.published.standing_out import Comparison, Subject, subjects, tally
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE

_PATH = addresses.STANDS_OUT
_KINDS = (("national", "National figures", ""), ("returns", f"Figures from {HERE.area} returns", "returns-"))
_PARTS = (("out-high", "stands out, higher"), ("out-low", "stands out, lower"),
          ("edge-high", "towards the higher edge"), ("edge-low", "towards the lower edge"))  # fmt: skip


def stands_out(frames: Frames, inputs: Inputs) -> StandsOutPage:
    """Every indicator's boroughs beyond the usual variation; national figures and those of returns apart."""
    held = subjects(inputs.figures.values(), inputs.areas)
    kinds = tuple(
        _kind(inputs, some, *names)
        for names, national in zip(_KINDS, (True, False), strict=True)
        if (some := [subject for subject in held if subject.data.source.national is national])
    )
    return StandsOutPage(
        frame=frames.frame(
            _PATH,
            "What stands out",
            f"Where {HERE.areas} lie beyond the usual variation between {HERE.areas}, on either side.",
            "compare",
            notices=notices(inputs),
        ),
        heading="What stands out",
        lead="Places differ, and most differences are usual. This page lists the others: higher and lower alike, A to Z "
        "and never by size. To stand out is neither praise nor blame. It is a reason to ask.",
        local=tuple(
            Link(label, f"#{slug}")
            for kind in kinds
            for label, slug in ((kind.heading, kind.slug), (kind.places_heading, f"{kind.slug}-places"))
        ),
        method=_method(),
        kinds=kinds,
        empty="There are no figures to compare yet.",
    )


def _method() -> tuple[str | Markup, ...]:
    link = Markup('<a href="{}">{}</a>').format(addresses.relative(_PATH, addresses.METHODS), "How we compare")
    return (
        f"Each {HERE.area} is held against {HERE.name}’s value: for national series as published, for returns pooled (all that was "
        f"counted over all that it is out of). What {HERE.areas} usually differ by, beyond chance, is measured for each indicator and period (phi says "
        f"how far the differences exceed chance). The adjusted z tells how many times its usual error {HERE.an_area} lies from {HERE.name}.",
        Markup("Beyond 3.09 (99.8%) it <b>stands out</b>; beyond 1.96 (95%) it is <b>towards the edge</b>. {}.").format(
            link
        ),
        f"Many indicators count some of the same {HERE.people}, so one reason can set {HERE.an_area} apart on several lines.",
    )


def _kind(inputs: Inputs, some: Sequence[Subject], slug: str, heading: str, prefix: str) -> StandingKind:
    counted = tally(some)
    marked = tag(some[0].data)
    return StandingKind(
        slug,
        heading,
        marked,
        tuple(filter(None, (words.found(counted), *words.by_chance(counted), words.not_made(counted)))),
        tuple(
            StandingTheme(
                theme.title,
                f"{f'{marked}. ' if marked else ''}{heading}, {theme.title.lower()}: {HERE.areas} beyond the usual variation",
                tuple(_subject(subject) for subject in held),
            )
            for theme in in_order(inputs)
            if (held := [subject for subject in some if subject.data.indicator.theme == theme.code])
        ),
        f"By {HERE.area}" if slug == "national" else f"Returns by {HERE.area}",
        tuple(_place(area, some, prefix) for area in inputs.areas.boroughs),
        File("Every comparison, CSV", addresses.relative(_PATH, comparisons_file(some[0].data.source)), ""),
    )


def _subject(subject: Subject) -> StandingSubject:
    indicator = subject.data.indicator
    return StandingSubject(
        indicator.code.lower(),
        indicator.code,
        indicator.title,
        addresses.relative(_PATH, addresses.indicator(indicator.code)),
        words.about(subject),
        tuple(_row(subject, one) for one in subject.beyond),
        words.nothing(subject),
    )


def _row(subject: Subject, one: Comparison) -> StandingRow:
    point = one.point
    return StandingRow(
        one.area.name,
        _link(subject, one.area),
        variation(point),
        value(point.value),
        value(point.numerator),
        value(point.denominator),
        words.signed(one.adjusted),
        words.since(one),
    )


def _link(subject: Subject, area: Area) -> str:
    return addresses.relative(_PATH, addresses.borough_indicator(area.slug, subject.data.indicator.code))


def _place(area: Area, some: Sequence[Subject], prefix: str) -> StandingPlace:
    beyond = [(subject, one) for subject in some for one in subject.beyond if one.area == area]
    href = addresses.relative(_PATH, addresses.borough(area.slug))
    return StandingPlace(f"{prefix}{area.slug}", area.name, href, _told(area, some, beyond))


def _told(area: Area, some: Sequence[Subject], beyond: Sequence[tuple[Subject, Comparison]]) -> str | Markup:
    if not area.funnel:
        return sentences.too_small(area)
    made = sum(one.area == area for subject in some for one in subject.made)
    compared = f"{made} of {len(some)} indicators compared."
    if not beyond:
        return f"Nothing stands out. {compared}"
    parts = [
        Markup("{}: {}.").format(capital(named), Markup("; ").join(links))
        for label, named in _PARTS
        if (links := [_named(subject, area) for subject, one in beyond if one.label == label])
    ]
    return Markup("{} {}").format(Markup(" ").join(parts), compared)


def _named(subject: Subject, area: Area) -> Markup:
    return Markup('<a href="{}">{}</a>').format(_link(subject, area), subject.data.indicator.title)
