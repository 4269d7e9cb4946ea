"""Proposals in ``content/proposals/``: what is asked, until when, who answered, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.published.documents.heads import checked, day, head_of, known, one_of
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE

FOLDER = "content/proposals"
KINDS = ("new", "change", "retire", "question", "method")
STATES = ("draft", "open", "closed", "decided")
SENDERS = ("borough", "partner agency", "national body", "voluntary organisation", "public")  # kinds, never persons
DECIDED = ("included", "kept", "changed", "not-included", "deferred")
OVERDUE_DAYS = 90
_NEEDED = ("title", "summary", "kind", "opens", "closes", "status", "affects", "questions")
_ALLOWED = ("responded", "responses", "outcome")
_NAME = re.compile(r"(\d{4})-[a-z0-9-]+")


class Response(NamedTuple):
    """What one kind of organisation said, and what was done: ``you said, we did``."""

    sender: str
    said: str
    did: str


class Outcome(NamedTuple):
    """What was decided. ``decision``: the record, by the name of its file; ``commit``: the change, or empty."""

    decided: str
    on: date
    body: str
    reason: str
    decision: str
    commit: str


class Proposal(NamedTuple):
    """A proposal. ``opens`` and ``closes``: None for a draft that has no day yet. ``affects``: codes of indicators and
    themes. ``responded``: slugs of boroughs that answered. ``text``: Markdown."""

    stem: str
    file: str
    number: int
    title: str
    summary: str
    kind: str
    opens: date | None
    closes: date | None
    status: str
    affects: tuple[str, ...]
    questions: tuple[str, ...]
    responded: tuple[str, ...]
    responses: tuple[Response, ...]
    outcome: Outcome | None
    text: str

    def is_overdue(self, published_on: date) -> bool:
        """Whether it closed more than 90 days before a release and nothing was decided: a query to its maintainers."""
        return self.outcome is None and self.closes is not None and (published_on - self.closes).days > OVERDUE_DAYS


def load_proposals(
    root: Path, codes: Collection[str], areas: Areas, decisions: Collection[str]
) -> tuple[Proposal, ...]:
    """Every proposal in order of number. ``codes``: of indicators and themes; ``decisions``: names of decision records.
    Raises ConfigurationError (A101) for a key, kind, state, code or borough that is not known, and for a state that its
    days or its outcome contradict."""
    made = tuple(_proposal(root, path, codes, areas, decisions) for path in sorted((root / FOLDER).glob("*.md")))
    numbers = [one.number for one in made]
    for one, number in zip(made, range(1, len(made) + 1), strict=True):
        if one.number != number:
            raise mistake(one.file, f"The numbers {numbers} have a gap or stand twice.", "Number them in order.")
    return made


def _proposal(root: Path, path: Path, codes: Collection[str], areas: Areas, decisions: Collection[str]) -> Proposal:
    name, head, text = head_of(root, path, _NEEDED, _ALLOWED)
    numbered = _NAME.fullmatch(path.stem)
    if numbered is None:
        raise mistake(name, "The name of the file has no number.", "Call it 0004-a-few-words.md.")
    made = Proposal(
        path.stem,
        name,
        int(numbered[1]),
        head["title"],
        head["summary"],
        one_of(head["kind"], KINDS, name, "The kind"),
        _day_or_none(head["opens"], name, "opens"),
        _day_or_none(head["closes"], name, "closes"),
        one_of(head["status"], STATES, name, "The status"),
        known(head["affects"], codes, name, "It affects indicators or themes"),
        tuple(head["questions"]),
        known(head.get("responded", ()), [a.slug for a in areas.boroughs], name, f"{HERE.areas_head} responded"),
        tuple(_response(row, name) for row in head.get("responses", ())),
        _outcome(head["outcome"], name, decisions) if "outcome" in head else None,
        text,
    )
    _agree(made)
    return made


def _agree(one: Proposal) -> None:
    """A state and what it needs: an open or later one two days in order, a decided one alone an outcome."""
    if one.status != "draft" and (one.opens is None or one.closes is None):
        raise mistake(one.file, f"It is {one.status} and lacks a day.", "Give opens and closes, or make it a draft.")
    if one.opens and one.closes and one.opens >= one.closes:
        raise mistake(one.file, "It closes before it opens.", "Put opens and closes in order.")
    if (one.status == "decided") != (one.outcome is not None):
        raise mistake(one.file, f"It is {one.status}, which its outcome contradicts.", "A decided one alone has one.")
    if one.status == "draft" and (one.responded or one.responses):
        raise mistake(one.file, "A draft has responses.", "Open it, or take them out.")
    if not one.questions:
        raise mistake(one.file, "It asks nothing.", "Write at least one question.")


def _day_or_none(value: Any, file: str, what: str) -> date | None:
    return None if value == "" else day(value, file, what)


def _response(row: Mapping[str, Any], file: str) -> Response:
    checked(row, ("from", "said", "did"), (), file, "A response")
    return Response(one_of(row["from"], SENDERS, file, "A response is from"), row["said"], row["did"])


def _outcome(row: Mapping[str, Any], file: str, decisions: Collection[str]) -> Outcome:
    checked(row, ("decided", "on", "body", "reason", "decision"), ("commit",), file, "The outcome")
    known((row["decision"],), decisions, file, "The outcome names decision records")
    return Outcome(
        one_of(row["decided"], DECIDED, file, "The outcome"), day(row["on"], file, "on"), row["body"], row["reason"],
        row["decision"], row.get("commit", ""),
    )  # fmt: skip
