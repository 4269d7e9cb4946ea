"""One score card of one borough: figures beside their past, words below each, what was heard, what is planned."""

from __future__ import annotations

from site_builder.published import addresses, board_words, sentences
from site_builder.published.cardrows import Earlier, Row, Rows, Shown
from site_builder.published.compose import papers
from site_builder.published.compose.borough import BOROUGHS
from site_builder.published.compose.indicator import state_of
from site_builder.published.compose.values import release_tag, unit, value
from site_builder.published.downloads.scorecard import card_file
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_papers import Before, CardLine, ScoreCardPage
from site_builder.published.pages_parts import File, Link
from site_builder.published.scorecards import KINDS, ScoreCard
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words

_QUESTIONS = 4
_NOTES = (
    f"The quarter before and the same quarter a year before stand beside the latest figure. {HERE.name} is pooled: all that was "
    "counted over all that it is out of. Counts stand alone.",
    "Direction is the trend over five comparable years; without them it is not comparable.",
)
_NO_ROWS = (
    "This card has no count. It holds the actions of the board that are about no one figure, and what was learned."
)


def scorecard(frames: Frames, inputs: Inputs, area: Area, card: ScoreCard) -> ScoreCardPage:
    """The card of a sub group, or of a service that reports each quarter."""
    path, tag = addresses.scorecard(area.slug, card.code), release_tag(inputs)
    made = Rows(inputs, area)
    rows = made.of(card)
    actions = [one for row in rows if not row.left_out for one in row.actions] if rows else list(made.loose())
    name = sentences.in_sentence(area)
    return ScoreCardPage(
        frame=frames.frame(
            path,
            f"{area.name}: score card, {card.title.lower()}",
            f"The quarterly score card on {card.title.lower()} of {name}, on one page.",
            section="boroughs",
            above=(BOROUGHS, (area.name, addresses.borough(area.slug))),
            notices=papers.notices(inputs),
        ),
        kicker=f"{area.name} · {KINDS[card.kind]} · Score card",
        heading=card.title,
        tag=tag,
        caption=f"{f'{tag}. ' if tag else ''}{area.name}, {card.title.lower()}: score card",
        lines=tuple(_line(inputs, row, path) for row in rows),
        empty=_NO_ROWS,
        notes=_NOTES if rows else (),
        heard=papers.heard(inputs, area, card.themes),
        plan=papers.planned(actions),
        plan_empty="No open actions.",
        questions=_questions(inputs, card),
        control=board_words.control(inputs),
        files=_files(inputs, area, card, path),
        onward=papers.onward(inputs, area, path),
    )


def _line(inputs: Inputs, row: Row, path: str) -> CardLine:
    shown, link = row.shown, papers.link_of(row.area, row, path, inputs)
    trial = f"On trial until {day_in_words(row.indicator.trial_until)}" if row.indicator.trial_until else ""
    words = papers.words_of(row)
    if shown is None:
        nothing, reason = Before(None, ""), state_of(row.indicator)[0]
        return CardLine(
            link, row.indicator.code, None, "", "", nothing, nothing, None, "", "", papers.status_of(None), "", reason,
            trial, words,
        )  # fmt: skip
    return CardLine(
        link=link,
        code=row.indicator.code,
        value=value(shown.own),
        unit=unit(shown.data) if shown.own is shown.point.value else "counted",
        period=sentences.short_period(shown.point.period),
        quarter=_before(shown.quarter_before),
        year=_before(shown.year_before),
        london=value(shown.london.value) if shown.london else None,
        inside=shown.london.partial.removesuffix(f" {HERE.areas}") if shown.london else "",
        target=_target(shown),
        status=papers.status_of(shown),
        direction=shown.direction,
        reason="",
        trial=trial,
        words=words,
    )


def _before(one: Earlier) -> Before:
    return Before(value(one.figure) if one.figure is not None else None, one.reason)


def _target(shown: Shown) -> str:
    if shown.target is None:
        return board_words.NO_TARGET
    words = board_words.target(shown.target, shown.data.indicator)
    other = shown.judged is not shown.point
    return f"{words} ({sentences.short_period(shown.judged.period)})" if other else words


def _questions(inputs: Inputs, card: ScoreCard) -> tuple[str, ...]:
    """Questions of the bank about the rows, standing local ones first; of its themes where it has no rows."""
    codes = {row.indicator for row in card.rows}
    about = [one for one in inputs.bank.questions if codes & set(one.indicators)]
    some = about if codes else [one for theme in card.themes for one in inputs.bank.of_theme(theme)]
    return tuple(one.text for one in sorted(some, key=lambda one: not one.local)[:_QUESTIONS])


def _files(inputs: Inputs, area: Area, card: ScoreCard, path: str) -> tuple[File, ...]:
    place = card_file(inputs, area, card)
    return (File("This card, CSV", addresses.relative(path, place), ""),) if place else ()


def link(area: Area, card: ScoreCard, path: str) -> Link:
    """To a card from another page."""
    return Link(card.title, addresses.relative(path, addresses.scorecard(area.slug, card.code)))
