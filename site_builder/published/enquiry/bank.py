"""The bank of questions: what may be asked, of whom, about which indicators, and which triggers bring a question up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.vocabulary.here import HERE

ASKS = (HERE.people, "families", "practitioners", "partners", "board")


class Question(NamedTuple):
    """One question. ``theme``: code of its theme, empty for one that holds for every indicator. ``asks``: who can answer
    it. ``local``: a standing question that a borough may answer. ``when``: triggers that bring it up. ``favourable``:
    asked when a figure moves or lies in the direction that a source hopes for."""

    id: str
    theme: str
    text: str
    asks: tuple[str, ...]
    indicators: tuple[str, ...]
    local: bool
    when: tuple[str, ...]
    favourable: bool = False


class Pair(NamedTuple):
    """Two indicators of one source: when ``rises`` clearly rises while ``falls`` clearly falls, ``question`` is asked,
    for this ``reason``."""

    rises: str
    falls: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions in order of their files. ``general`` hold for every indicator."""

    questions: tuple[Question, ...] = ()
    general: tuple[Question, ...] = ()
    pairs: tuple[Pair, ...] = ()

    def of_indicator(self, code: str) -> tuple[Question, ...]:
        """The questions about an indicator."""
        return tuple(question for question in self.questions if code in question.indicators)

    def of_theme(self, code: str) -> tuple[Question, ...]:
        """The questions of a theme."""
        return tuple(question for question in self.questions if question.theme == code)

    @property
    def local(self) -> tuple[Question, ...]:
        """The standing questions that a borough may answer."""
        return tuple(question for question in self.questions if question.local)

    def asked(self, code: str, trigger: str, *, favourable: bool) -> tuple[Question, ...]:
        """What a trigger asks about an indicator: its own questions before the general ones. In the direction that is
        hoped for only what is meant for it."""
        if favourable:
            return _brought_up(self.general, trigger, favourable=True)
        return _brought_up(self.of_indicator(code), trigger) + _brought_up(self.general, trigger)


def _brought_up(some: Iterable[Question], trigger: str, *, favourable: bool = False) -> tuple[Question, ...]:
    return tuple(one for one in some if trigger in one.when and one.favourable is favourable)
