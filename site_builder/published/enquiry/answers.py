"""Answers of boroughs to the questions of the site, found again by the words of the question. Nothing is scored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from site_builder.published.enquiry.bank import Bank, Question
from site_builder.release.releases import Release

FILE = "answers.csv"


class Answer(NamedTuple):
    """What a borough answered. ``evidence``: address of a public document, or empty."""

    area: str
    question: str
    text: str
    evidence: str
    day: date


def answers_of(release: Release | None) -> tuple[Answer, ...]:
    """The answers of a release, in order of area and day; none before the first release."""
    rows = release.texts.get(FILE, ()) if release else ()
    made = (
        Answer(row["area"], row["question"], row["answer"], row["evidence_url"], date.fromisoformat(row["answered_on"]))
        for row in rows
        if row["area"]
    )
    return tuple(sorted(made, key=lambda answer: (answer.area, answer.day, answer.question)))


def latest(some: Sequence[Answer], question: Question) -> tuple[Answer, ...]:
    """The latest answer of each borough to a question."""
    found = {answer.area: answer for answer in some if _alike(answer, question)}
    return tuple(found.values())


def others(some: Sequence[Answer], bank: Bank) -> tuple[Answer, ...]:
    """Answers to questions that are not in the bank, or not in these words."""
    return tuple(answer for answer in some if not any(_alike(answer, question) for question in bank.questions))


def _alike(answer: Answer, question: Question) -> bool:
    return _plain(answer.question) in (_plain(question.text), _plain(question.id))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
