"""What papers of a borough share: words below a row, the status of a target, actions, questions, notices."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from site_builder.published import addresses, board_words, said
from site_builder.published.cardrows import Row, Shown
from site_builder.published.compose.values import release_tag
from site_builder.published.frames import ILLUSTRATIVE
from site_builder.published.inputs import Inputs
from site_builder.published.pages_papers import Heard, Planned, TargetStatus, Words
from site_builder.published.pages_parts import Link, Notice
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.periods import day_in_words

BOARDS = (("operational", "Operational Board"), ("leadership", "Leadership Board"))


def notices(inputs: Inputs) -> tuple[Notice, ...]:
    """Papers hold figures and words of returns alone."""
    return (ILLUSTRATIVE,) if release_tag(inputs) else ()


def words_of(row: Row) -> Words:
    """What stands below a row."""
    return Words(
        row.card.success,
        board_words.commentary(row),
        board_words.impact(row),
        row.mark.value,
        board_words.actions(row),
    )


def status_of(shown: Shown | None) -> TargetStatus:
    """The status of a row against its target; nothing where there is no target."""
    if shown is None or shown.target is None:
        return TargetStatus("", "")
    return TargetStatus(shown.status.value if shown.status else "", board_words.state(shown))


def planned(some: Iterable[said.Action]) -> tuple[Planned, ...]:
    """Open actions by the day that they are due."""
    due = sorted((one for one in some if one.is_open), key=lambda one: (one.due, one.id))
    return tuple(Planned(day_in_words(one.due), one.text, one.owner, one.overdue) for one in due)


def heard(inputs: Inputs, area: Area, themes: Collection[str]) -> tuple[Heard, ...]:
    """What was heard on some themes from children, families and practitioners; each kind stands, whether heard or not."""
    some = [one for one in said.voices_of(inputs.latest, area.code) if one.theme in themes]
    return tuple(
        Heard(kind.capitalize(), tuple((one.how, one.heard, one.changed) for one in some if one.kind == kind))
        for kind in said.HEARD
    )


def link_of(area: Area, row: Row, path: str, inputs: Inputs) -> Link:
    """To the borough's page on an indicator, or to the indicator's where the borough has none."""
    code = row.indicator.code
    has = code in inputs.figures and inputs.figures[code].headline is not None
    target = addresses.borough_indicator(area.slug, code) if has else addresses.indicator(code)
    return Link(row.indicator.title, addresses.relative(path, target))


def onward(inputs: Inputs, area: Area, path: str) -> tuple[Link, ...]:
    """The other papers of the borough, what to ask, and all its figures."""
    places = (
        ("What to ask", addresses.challenge(area.slug)),
        (f"All figures of {area.name}", addresses.borough(area.slug)),
    )
    others = (Link(words, addresses.relative(path, place)) for words, place in places)
    own = addresses.relative(path, path)
    return tuple(link for link in (*of_meetings(inputs, area, path), *others) if link.href != own)


def of_meetings(inputs: Inputs, area: Area, path: str) -> tuple[Link, ...]:
    """The boards and the pack of a borough."""
    boards = [(name, addresses.board(area.slug, slug)) for slug, name in BOARDS] if inputs.cards else []
    places = (*boards, ("Pack: one sheet an indicator", addresses.pack(area.slug)))
    return tuple(Link(words, addresses.relative(path, place)) for words, place in places)


def papers(inputs: Inputs, area: Area, path: str) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Links to the boards, the pack and the cards of a borough, in groups with their names."""
    cards = tuple(
        Link(card.title, addresses.relative(path, addresses.scorecard(area.slug, card.code))) for card in inputs.cards
    )
    meetings = ("Boards and pack", of_meetings(inputs, area, path))
    return (meetings, ("Score cards", cards)) if cards else (meetings,)
