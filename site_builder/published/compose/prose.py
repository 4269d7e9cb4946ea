"""Pages of words: articles, decision records, the decision register, glossary; and squared London as links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.articles import render_article, render_inline
from site_builder.published.charts.tiles import TileFact, tile_map
from site_builder.published.content import Article, Content, DecisionRecord
from site_builder.published.documents.loading import Documents
from site_builder.published.frames import Frames
from site_builder.published.pages_parts import Link, TileMap
from site_builder.published.pages_prose import (
    ArticlePage,
    DecisionRow,
    DecisionsPage,
    Entry,
    GlossaryPage,
)
from site_builder.published.pictures import drawn
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.periods import day_in_words

ABOUT = ("About", "about/index.html")
METHODS = ("Methods", addresses.METHODS)
SUBMIT = ("Submit a return", addresses.SUBMITTING)
DECISIONS = ("Decisions", addresses.DECISIONS)
_ABOVE = {"about/methods/": (ABOUT, METHODS), "about/submitting/": (ABOUT, SUBMIT), "about/": (ABOUT,)}
NO_DOCUMENTS = Documents()
_OPEN = (Status.AWAITING, Status.DEFINITION_PENDING)


def article(
    frames: Frames, written: Article, values: Mapping[str, str | Markup], drawings: Mapping[str, str]
) -> ArticlePage:
    """A page of prose. ``values`` fill its placeholders; ``drawings`` stand where its images do."""
    file = "content/" + written.path.replace(".html", ".md")
    made = render_article(written.text, values, file)
    return ArticlePage(
        frames.frame(written.path, written.title, written.summary, above=_above(written.path)),
        written.title,
        written.summary,
        made.contents,
        drawn(made.body, file, drawings),
    )


def record(frames: Frames, decision: DecisionRecord) -> ArticlePage:
    """The page of a decision record."""
    path = addresses.decision(decision.stem)
    made = render_article(decision.text, {}, f"content/decisions/{decision.stem}.md")
    summary = f"Decision {decision.number:04d} of {day_in_words(decision.date)}, {decision.status}."
    return ArticlePage(
        frames.frame(path, decision.title, summary, above=(ABOUT, DECISIONS)),
        decision.title,
        summary,
        made.contents,
        made.body,
    )


def decisions(frames: Frames, content: Content, catalogue: Mapping[str, Indicator]) -> DecisionsPage:
    """The register: decisions on indicators and on the building of the site in one table, and what is still open."""
    path = addresses.DECISIONS
    dated = [*_of_indicators(catalogue.values()), *_of_records(content.decisions)]
    still_open = tuple(
        DecisionRow("", _to_indicator(path, i), i.status.value.replace("-", " "), i.provenance_note, i.agency, "")
        for i in catalogue.values()
        if i.status in _OPEN
    )
    return DecisionsPage(
        frames.frame(
            path,
            "Decisions",
            "What was decided, when, by whom and why.",
            above=(ABOUT,),
            feeds=(("Decisions", addresses.DECISIONS_FEED),),
        ),
        "Decisions",
        "What was decided on each indicator and on this site, when, by which body, and why. The latest stand first.",
        tuple(row for _, row in sorted(dated, key=lambda pair: (-pair[0].toordinal(), pair[1].about.label))),
        "Not yet settled",
        still_open,
    )


def _of_indicators(indicators: Iterable[Indicator]) -> Iterator[tuple[date, DecisionRow]]:
    for indicator in indicators:
        link = _to_indicator(addresses.DECISIONS, indicator)
        for made in indicator.decisions:
            row = DecisionRow(day_in_words(made.date), link, made.decided, made.reason, made.body, made.source)
            yield made.date, row


def _of_records(records: Iterable[DecisionRecord]) -> Iterator[tuple[date, DecisionRow]]:
    for made in records:
        link = Link(
            f"{made.number:04d} {made.title}", addresses.relative(addresses.DECISIONS, addresses.decision(made.stem))
        )
        yield made.date, DecisionRow(day_in_words(made.date), link, made.status, made.title + ".", "Maintainers", "")


def glossary(frames: Frames, content: Content) -> GlossaryPage:
    """Words used on the site."""
    return GlossaryPage(
        frames.frame(addresses.GLOSSARY, "Glossary", "Words used on this site, each in one sentence.", above=(ABOUT,)),
        "Glossary",
        "Words used on this site, each in one sentence.",
        tuple(Entry(addresses.anchor(e.term), e.term, _inline(e.text)) for e in content.glossary),
    )


def borough_finder(areas: Areas, address: Callable[[str], str]) -> TileMap:
    """Squared London as a map of links, the City in London's colour as in the mark. ``address``: slug to link."""
    return tile_map(
        f"Find your {HERE.area}",
        f"Map of {HERE.name} as squares, one for each {HERE.area}",
        f"Each square is {HERE.an_area}, roughly in place.",
        (
            TileFact(area.slug, area.tile, address(area.slug), area.name, "", "", "plain" if area.funnel else "hub", "")
            for area in areas.boroughs
            if area.tile
        ),
    )


def _to_indicator(path: str, indicator: Indicator) -> Link:
    return Link(f"{indicator.code} {indicator.title}", addresses.relative(path, addresses.indicator(indicator.code)))


def _above(path: str) -> tuple[tuple[str, str], ...]:
    if path == ABOUT[1]:
        return ()
    crumbs = next(crumbs for start, crumbs in _ABOVE.items() if path.startswith(start))
    return tuple(crumb for crumb in crumbs if crumb[1] != path)


def _inline(text: str) -> Markup:
    return Markup(str(render_inline(text)).removeprefix("<p>").removesuffix("</p>"))  # noqa: S704  (our own renderer's)
