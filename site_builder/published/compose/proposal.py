"""Proposals: the list by state, and one proposal with what is asked, who answered, and what came of it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from site_builder.published import addresses, phrases
from site_builder.published.compose.documents import (
    Cell,
    anchor,
    control,
    fact,
    prose,
    said,
    section,
    table,
    to_indicator,
)
from site_builder.published.documents.proposals import OVERDUE_DAYS, Proposal
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import DataTable, Row
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words

PROPOSALS = ("Proposals", addresses.PROPOSALS)
_KINDS = {
    "new": "A new indicator",
    "change": "A change of an indicator",
    "retire": "An indicator to retire",
    "question": "A question",
    "method": "A method",
}
_STATES = {
    "open": "Open for responses",
    "draft": "Drafts, not open yet",
    "closed": "Closed, not decided yet",
    "decided": "Decided",
}
_SAYING = (
    "Anybody may propose a new indicator, a change, one to retire, a question or a method: with a form of the "
    "repository, or as a file in content/proposals. Nobody has to give a name."
)
_DEFINITIONS = (
    "A changed definition takes effect only with a new version of the indicator, from the next round. Old figures keep the "
    "old definition."
)


def proposals(frames: Frames, inputs: Inputs) -> DocumentPage:
    """All proposals, by state."""
    path, found = addresses.PROPOSALS, inputs.documents.proposals
    states = tuple(
        section(
            heading, Part(table=_list(inputs, [one for one in found if one.status == state], heading, path), words=True)
        )
        for state, heading in _STATES.items()
        if any(one.status == state for one in found)
    )
    return DocumentPage(
        frames.frame(path, "Proposals", "What is proposed, until when one may answer, and what was decided.", "indicators"),
        "Consultation",
        "Proposals",
        "What may change here, until when you can say what you think, and what came of it.",
        tuple(fact(phrases.capital(state), number) for state, number in sorted(Counter(one.status for one in found).items())),
        (*(states or (section("Proposals", said("There is none.")),)), section("How to propose", said(_SAYING), said(_DEFINITIONS))),
        control(inputs, None, _as_at(inputs)),
    )  # fmt: skip


def _list(inputs: Inputs, some: list[Proposal], caption: str, path: str) -> DataTable:
    rows: list[tuple[Cell, ...]] = [
        (
            anchor(path, addresses.proposal(one.stem), f"{one.number:04d} {one.title}"),
            _KINDS[one.kind],
            _day(one.opens),
            _day(one.closes),
            phrases.capital(phrases.boroughs(len(one.responded))) if one.status != "draft" else "–",
            one.outcome.decided if one.outcome else _query(inputs, one) or "–",
        )
        for one in some
    ]
    return table(caption, ("Proposal", "Kind", "Opens", "Closes", "Responded", "Outcome"), rows)


def proposal(frames: Frames, inputs: Inputs, one: Proposal) -> DocumentPage:
    """One proposal."""
    path = addresses.proposal(one.stem)
    made = (
        section("The proposal", Part(prose=prose(one.text, one.file))),
        section("What we ask", Part(questions=one.questions)),
        section("What it affects", Part(rows=tuple(_affected(inputs, code, path) for code in one.affects))),
        _responses(inputs, one),
        _outcome(inputs, one, path),
    )
    return DocumentPage(
        frames.frame(path, f"Proposal {one.number:04d}: {one.title}", one.summary, "indicators", (PROPOSALS,)),
        f"Proposal {one.number:04d}, {one.status}",
        one.title,
        one.summary,
        (),
        made,
        control(
            inputs,
            None,
            Row("Kind", _KINDS[one.kind]),
            Row("Opens", _day(one.opens)),
            Row("Closes", _day(one.closes)),
            Row("State", _STATES[one.status]),
            _as_at(inputs),
        ),
    )


def _day(when: date | None) -> str:
    return day_in_words(when) if when else "Not set"


def _as_at(inputs: Inputs) -> Row:
    latest = inputs.latest
    return Row(
        "As at", f"{day_in_words(latest.published_on)}, the day of release {latest.id}" if latest else "No release yet"
    )


def _affected(inputs: Inputs, code: str, path: str) -> Row:
    if code in inputs.content.themes:
        title = inputs.content.themes[code].title
        return Row(code, anchor(path, addresses.theme(code), title))
    return Row(code, to_indicator(path, inputs.catalogue[code]))


def _responses(inputs: Inputs, one: Proposal) -> Section:
    """How many of each kind of organisation answered, in what words, and what was done. No person is named."""
    heading = "You said, we did"
    if one.status == "draft":
        return section(heading, said("It is not open, so nobody has been asked yet."))
    boroughs = phrases.listed([inputs.areas.by_slug[slug].name for slug in one.responded])
    who = f"{HERE.areas_head} that responded: {boroughs}." if boroughs else f"No {HERE.area} has responded yet."
    if not one.responses:
        return section(heading, said(who, "No response has been published."))
    tally = Counter(response.sender for response in one.responses)
    kinds = "; ".join(f"{kind}: {number}" for kind, number in sorted(tally.items()))
    rows = [(response.sender, response.said, response.did) for response in one.responses]
    columns = ("From a", "You said", "We did")
    return section(
        heading,
        said(who, f"Responses by kind of organisation: {kinds}."),
        Part(table=table(heading, columns, rows), words=True),
    )


def _outcome(inputs: Inputs, one: Proposal, path: str) -> Section:
    made = one.outcome
    if made is None:
        return section("Outcome", said(_query(inputs, one) or "Not decided yet."))
    record = next(record for record in inputs.content.decisions if record.stem == made.decision)
    link = anchor(path, addresses.decision(record.stem), f"{record.number:04d} {record.title}")
    rows = (
        Row("Decided", f"{made.decided}, {day_in_words(made.on)}"),
        Row("By", made.body),
        Row("Why", made.reason),
        Row("Record", link),
        *((Row("Change", Markup("<code>{}</code>").format(made.commit)),) if made.commit else ()),
    )
    return section("Outcome", Part(rows=rows))


def _query(inputs: Inputs, one: Proposal) -> str:
    """What the page asks its maintainers when a proposal is closed for long and nothing was decided; else empty."""
    if inputs.latest is None or not one.is_overdue(inputs.latest.published_on):
        return ""
    return f"Query: it closed more than {OVERDUE_DAYS} days before release {inputs.latest.id} and has no outcome."
