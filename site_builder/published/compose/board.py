"""The pages of the two boards: what is listed first, and for the Operational Board every row of every card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_builder.published import addresses, board_words, sentences
from site_builder.published.cardrows import Rows
from site_builder.published.compose import papers, scorecard
from site_builder.published.compose.borough import BOROUGHS
from site_builder.published.compose.indicator import state_of
from site_builder.published.compose.values import release_tag, unit, value
from site_builder.published.downloads.scorecard import card_file
from site_builder.published.exceptions import Listed, Together, listed, together
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_papers import BoardCard, BoardPage, BoardRow, FlagLine, Planned
from site_builder.published.pages_parts import File
from site_builder.published.phrases import capital, count_word
from site_builder.published.scorecards import ScoreCard
from site_builder.vocabulary.areas import Area

OPERATIONAL, LEADERSHIP = (slug for slug, _ in papers.BOARDS)
_LEADS = {
    OPERATIONAL: "All score cards with all their rows; what the board is told of stands first. High figures are told of like "
    "low ones, and none of it is a verdict.",
    LEADERSHIP: "What the Operational Board passes on, and nothing else. High figures are told of like low ones, and none of "
    "it is a verdict.",
}


class Found(NamedTuple):
    """What both boards of a borough rest on. ``cards``: each with its rows; ``listed``: each row with an exception once."""

    cards: tuple[tuple[ScoreCard, tuple[Listed, ...]], ...]
    listed: tuple[Listed, ...]
    themes: tuple[Together, ...]
    loose: tuple[Planned, ...]


def found(inputs: Inputs, area: Area) -> Found:
    """The exceptions of a borough."""
    made, day = Rows(inputs, area), inputs.latest.published_on if inputs.latest else None
    cards = tuple((card, tuple(listed(row, day) for row in made.of(card))) for card in inputs.cards)
    once = {one.row.indicator.code: one for _, some in cards for one in some if one.is_listed}
    order = [code for code in inputs.catalogue if code in once]
    every = (one.row for _, some in cards for one in some)
    overdue = [one for one in made.loose() if one.overdue]
    return Found(cards, tuple(once[code] for code in order), together(every, day), papers.planned(overdue))


def board(frames: Frames, inputs: Inputs, area: Area, name: str) -> BoardPage:
    """The page of one board: ``operational`` or ``leadership``."""
    path, tag, all_of = addresses.board(area.slug, name), release_tag(inputs), found(inputs, area)
    heading = dict(papers.BOARDS)[name]
    return BoardPage(
        frame=frames.frame(
            path,
            f"{area.name}: {heading}",
            f"What the {heading} of {sentences.in_sentence(area)} is told of this quarter.",
            section="boroughs",
            above=(BOROUGHS, (area.name, addresses.borough(area.slug))),
            notices=papers.notices(inputs),
        ),
        kicker=area.name,
        heading=heading,
        tag=tag,
        lead=_LEADS[name],
        listed_heading=_heading(all_of),
        listed=tuple(_flag(inputs, area, one, path) for one in all_of.listed),
        themes=tuple((board_words.LABELS[_THEME], board_words.together(one, inputs)) for one in all_of.themes),
        loose=all_of.loose,
        nothing="Nothing to report.",
        cards_caption=f"{f'{tag}. ' if tag else ''}{area.name}: every row of every score card, those that are listed first",
        cards=_cards(inputs, area, all_of, path) if name == OPERATIONAL else (),
        control=board_words.control(inputs),
        files=_files(inputs, area, path) if name == OPERATIONAL else (),
        onward=papers.onward(inputs, area, path),
    )


_THEME = next(code for code in board_words.LABELS if code.value == "theme")


def _heading(all_of: Found) -> str:
    many = len(all_of.listed)
    if not many:
        return "No indicator is listed"
    return f"{capital(count_word(many))} indicator{' is' if many == 1 else 's are'} listed"


def _flag(inputs: Inputs, area: Area, one: Listed, path: str) -> FlagLine:
    return FlagLine(
        one.row.indicator.code.lower(),
        papers.link_of(area, one.row, path, inputs),
        tuple((board_words.LABELS[code], words) for code, words in board_words.reasons(one)),
        papers.words_of(one.row),
    )


def _cards(inputs: Inputs, area: Area, all_of: Found, path: str) -> tuple[BoardCard, ...]:
    return tuple(
        BoardCard(
            scorecard.link(area, card, path),
            tuple(_row(inputs, area, one, path) for one in _flags_first(some)),
            "No count: see the card.",
        )
        for card, some in all_of.cards
    )


def _files(inputs: Inputs, area: Area, path: str) -> tuple[File, ...]:
    places = ((card, card_file(inputs, area, card)) for card in inputs.cards)
    return tuple(File(f"{card.title}, CSV", addresses.relative(path, place), "") for card, place in places if place)


def _flags_first(some: Sequence[Listed]) -> list[Listed]:
    return sorted(some, key=lambda one: not one.is_listed)


def _row(inputs: Inputs, area: Area, one: Listed, path: str) -> BoardRow:
    shown = one.row.shown
    return BoardRow(
        link=papers.link_of(area, one.row, path, inputs),
        value=value(shown.own) if shown else None,
        unit=(unit(shown.data) if shown.own is shown.point.value else "counted") if shown else "",
        period=sentences.short_period(shown.point.period) if shown else "",
        direction=shown.direction if shown else "",
        status=papers.status_of(shown),
        mark=one.row.mark.value,
        reason="" if shown else state_of(one.row.indicator)[0],
        flags=tuple(board_words.LABELS[code] for code in one.codes),
    )
