"""Pages of words: articles, decision records, the decision register, glossary, search, not found."""

from __future__ import annotations

import re
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
from site_builder.published.pages_site import NotFoundPage, SearchGroup, SearchPage
from site_builder.published.pictures import drawn
from site_builder.vocabulary.areas import Areas
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
        tuple(Entry(_slug(e.term), e.term, _inline(e.text)) for e in content.glossary),
    )


def search(
    frames: Frames,
    content: Content,
    catalogue: Mapping[str, Indicator],
    areas: Areas,
    documents: Documents = NO_DOCUMENTS,
) -> SearchPage:
    """A to Z of everything that has a page, with lay words beside indicators."""
    path = addresses.SEARCH
    found = {
        "Indicators": [
            (i.title, addresses.indicator(i.code), ", ".join((i.code, *i.aliases))) for i in catalogue.values()
        ],
        "Boroughs": [(a.name, addresses.borough(a.slug), "") for a in areas.boroughs],
        "Topics": [
            *((t.title, addresses.theme(t.code), "Theme") for t in content.themes.values()),
            *((a.title, a.path, "") for a in content.articles),
            ("What stands out", addresses.STANDS_OUT, "Outliers, unusual figures, funnel"),
            ("The child’s journey", addresses.JOURNEY, "Steps, path, flow, pathway"),
            ("Map of London", addresses.MAP, "Tile map, squares, parts of London"),
            ("Whose figures came", addresses.COVERAGE, "Coverage, response rate, not returned, missing"),
            ("Calendar", addresses.CALENDAR, "Dates, deadlines, due, rounds"),
            ("Readiness for audit", addresses.READINESS, "Data quality, local systems"),
            ("Difficulties", addresses.CHALLENGES, "Challenges of collection"),
            ("How the indicators hang together", addresses.MODEL, "Model, tiers, environment, outcomes"),
            ("Glossary", addresses.GLOSSARY, "Words used on this site"),
            ("Decisions", addresses.DECISIONS, ""),
            ("Rules of the check", addresses.RULES, ""),
            ("Releases", addresses.RELEASES, ""),
            ("All data", addresses.DATA, "Downloads, files, CSV, JSON"),
            ("Reports", addresses.REPORTS, ""),
            *((one.title, addresses.report(one.slug), ", ".join(one.aliases)) for one in documents.reports),
            ("Proposals", addresses.PROPOSALS, "Consultation, changes"),
            *((one.title, addresses.proposal(one.stem), "Proposal") for one in documents.proposals),
            ("Handbook of indicators", addresses.HANDBOOK, "Definitions, catalogue"),
            ("Common ground", addresses.COMMON_GROUND, "Local indicators"),
            *(
                (("Actual and predicted", addresses.PREDICTED, "Deprivation, expected figures"),)
                if any(i.predict for i in catalogue.values())
                else ()
            ),
        ],
    }
    return SearchPage(
        frames.frame(path, "Search", "Indicators, boroughs and topics from A to Z.", section="search"),
        "Find an indicator, a borough or a topic",
        "Everything on this site from A to Z. Use your browser’s own search on this page to find a word.",
        tuple(
            SearchGroup(
                _slug(kind),
                kind,
                tuple(
                    (Link(title, addresses.relative(path, target)), also)
                    for title, target, also in sorted(entries, key=lambda entry: entry[0].casefold())
                ),
            )
            for kind, entries in found.items()
        ),
    )


def not_found(frames: Frames, areas: Areas) -> NotFoundPage:
    """The page for an address that leads nowhere."""
    base = frames.settings.base_url
    return NotFoundPage(
        frames.absolute("Page not found", "This address leads nowhere."),
        "This page is not here",
        "The address may be mistyped, or the page may have moved. These lead on:",
        tuple(
            Link(label, f"{base}/{target}")
            for label, target in (
                ("Everything from A to Z", addresses.SEARCH),
                ("Indicators", addresses.INDICATORS),
                ("Boroughs", addresses.BOROUGHS),
                ("Start page", addresses.HOME),
            )
        ),
        borough_finder(areas, lambda slug: f"{base}/{addresses.borough(slug)}"),
    )


def borough_finder(areas: Areas, address: Callable[[str], str]) -> TileMap:
    """Squared London as a map of links, the City in London's colour as in the mark. ``address``: slug to link."""
    return tile_map(
        "Find your borough",
        "Map of London as squares, one for each borough",
        "Each square is a borough, roughly in place.",
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


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
