"""From the figures of a borough to its lines of enquiry: each a question, why it is asked, and where the evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.published.enquiry import thresholds
from site_builder.published.enquiry.bank import Bank
from site_builder.published.enquiry.case import Around, Case, Evidence, Fired, Strength
from site_builder.published.enquiry.registry import ONLY_HIDDEN, TRIGGERS
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import Area


class Line(NamedTuple):
    """One line of enquiry. ``because``: a sentence that begins “Asked because”. ``question_id``: of the bank; empty for
    words of a pair. ``asks``: who can answer it, may be empty."""

    data: IndicatorData
    trigger: str
    strength: Strength
    question: str
    question_id: str
    asks: tuple[str, ...]
    because: str
    evidence: Evidence

    @property
    def invented(self) -> bool:
        """Whether it rests on invented figures."""
        return self.data.source.classification == "synthetic"


def lines(area: Area, around: Around, bank: Bank) -> tuple[Line, ...]:
    """Every line of a borough: strongest first, then in order of the catalogue."""
    cases = (Case(area, data, data.headline, around) for data in around.figures.values() if data.headline is not None)
    return tuple(sorted((line for case in cases for line in _of_case(case, bank)), key=lambda line: line.strength))


def shortlist(every: Iterable[Line]) -> tuple[Line, ...]:
    """The strongest line of each indicator, from lines strongest first: twelve at most. A few places are kept for figures
    from returns, so that national figures and these do not push one another out."""
    first: dict[str, Line] = {}
    for line in every:
        first.setdefault(line.data.indicator.code, line)
    loudest = tuple(first.values())
    national, returned = of_kind(loudest, national=True), of_kind(loudest, national=False)
    kept = returned[: max(thresholds.LINES_OF_RETURNS, thresholds.LINES - len(national))]
    return (*national[: thresholds.LINES - len(kept)], *kept)


def fired(case: Case) -> Iterator[tuple[str, Fired]]:
    """The triggers that a case fires, by name. A hidden figure fires one and no other."""
    for name, one in TRIGGERS.items():
        if case.is_hidden and name not in ONLY_HIDDEN:
            continue
        if one.compares and not case.area.funnel:
            continue
        found = one.fires(case)
        if found is not None:
            yield name, found


def _of_case(case: Case, bank: Bank) -> Iterator[Line]:
    """Each fired trigger with a question that no stronger one of this indicator has asked."""
    asked: set[str] = set()
    for name, found in sorted(fired(case), key=lambda pair: pair[1].strength):
        line = _line(case, name, found, bank, asked)
        if line is not None:
            asked.add(line.question)
            yield line


def _line(case: Case, name: str, found: Fired, bank: Bank, asked: set[str]) -> Line | None:
    because = f"Asked because {found.because}."
    if found.question:
        return Line(case.data, name, found.strength, found.question, "", (), because, found.evidence)
    favourable = case.is_favourable(found.direction)
    some = bank.asked(case.indicator.code, name, favourable=favourable)
    question = next((one for one in some if one.text not in asked), some[-1] if some else None)
    if question is None:
        return None
    return Line(case.data, name, found.strength, question.text, question.id, question.asks, because, found.evidence)


def of_kind(some: Sequence[Line], *, national: bool) -> tuple[Line, ...]:
    """The lines from national figures, or those from returns: the two are kept apart."""
    return tuple(line for line in some if line.data.source.national is national)
