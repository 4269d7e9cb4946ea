"""What to ask of one borough: lines of enquiry, standing questions with answers, actions. Made to be printed."""

from __future__ import annotations

from site_builder.published import addresses, said, sentences
from site_builder.published.compose import papers
from site_builder.published.compose.borough import BOROUGHS
from site_builder.published.compose.enquiry import by_theme
from site_builder.published.compose.questions import UNANSWERED, bank_question
from site_builder.published.compose.values import release_tag, tag
from site_builder.published.downloads.places import area_files
from site_builder.published.enquiry.answers import answers_of, latest
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_enquiry import ActionLine, BankQuestion, ChallengePage
from site_builder.published.pages_parts import Link
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words


def challenge(frames: Frames, inputs: Inputs, area: Area) -> ChallengePage:
    """The page of questions of a borough."""
    path = addresses.challenge(area.slug)
    name = sentences.in_sentence(area)
    themes = by_theme(inputs, area, path)
    return ChallengePage(
        frame=frames.frame(
            path,
            f"{area.name}: what to ask",
            f"Lines of enquiry for {name}: which questions its figures give rise to, and why.",
            section="boroughs",
            above=(BOROUGHS, (area.name, addresses.borough(area.slug))),
            notices=(PARTLY_ILLUSTRATIVE,) if any(tag(data) for data in inputs.figures.values()) else (),
        ),
        kicker=area.name,
        heading=f"What to ask about {name}",
        lead="A figure does not say why. Each line below is a question that a published figure gives rise to, with the "
        "reason and the way to the evidence. Low figures are asked about like high ones.",
        local=(
            *(Link(theme.heading, f"#{theme.slug}") for theme in themes),
            Link("Standing questions", "#standing"),
            Link("Actions", "#actions"),
        ),
        themes=themes,
        themes_empty="No figure that is shown gives rise to a question.",
        standing_heading="Standing local questions",
        standing_sub=f"They are asked whatever the figures say. {HERE.an_area_head} may answer them with its return.",
        standing=_standing(inputs, area, path),
        actions_heading="Actions of the board",
        actions=actions_of(inputs, area, path),
        actions_empty="No actions were supplied.",
        onward=_onward(inputs, area, path),
    )


def _standing(inputs: Inputs, area: Area, path: str) -> tuple[BankQuestion, ...]:
    answers = [one for one in answers_of(inputs.latest) if one.area == area.code]
    made = []
    for one in inputs.bank.local:
        own = latest(answers, one)
        made.append(bank_question(inputs, one, own, path)._replace(unanswered="" if own else UNANSWERED))
    return tuple(made)


def actions_of(inputs: Inputs, area: Area, path: str) -> tuple[ActionLine, ...]:
    """The actions that came with the latest return: open ones first, then by day."""
    return tuple(_action(inputs, one, path) for one in said.actions_of(inputs.latest, area.code))


def _action(inputs: Inputs, one: said.Action, path: str) -> ActionLine:
    known = inputs.catalogue.get(one.indicator)
    return ActionLine(
        action=one.text,
        owner=one.owner,
        about=Link(f"{known.title} ({known.code})", addresses.relative(path, addresses.indicator(known.code)))
        if known
        else None,
        when=f"Raised {day_in_words(one.raised)}, due {day_in_words(one.due)}, {one.state}.",
        outcome=one.outcome,
        overdue=one.overdue,
        tag=release_tag(inputs),
    )


def _onward(inputs: Inputs, area: Area, path: str) -> tuple[Link, ...]:
    files = tuple(Link(f"{one.title}, CSV", addresses.relative(path, one.csv)) for one in area_files(inputs, area.slug))
    return (
        Link(f"All figures of {sentences.in_sentence(area)}", addresses.relative(path, addresses.borough(area.slug))),
        Link("All questions, and when they are asked", addresses.relative(path, addresses.QUESTIONS)),
        *papers.of_meetings(inputs, area, path),
        *files,
    )
