"""Sentences about the child's journey, each a pure function of its figures. No number is clipped, and none judges."""

from __future__ import annotations

from site_builder.published.figures import CAUTIONS, HIDDEN_LONG, Figure
from site_builder.published.journey import Back, Journey, Stage
from site_builder.published.phrases import capital, listed, when
from site_builder.published.sentences import in_sentence
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE

NOT_THE_SAME = (
    f"These are steps in the same year, not the same {HERE.people} followed from one to the next. So there may be more than 100 "
    "of one step for every 100 of another, and that is no error."
)
LEAST = "A ratio is worked out only where both counts are printed and the step it is out of has 20 or more."
ROUNDED = f"{HERE.name}’s counts stand as the publisher prints them, rounded to the nearest 10."


def heading(of: Journey) -> str:
    """The conclusion: plans started for every 100 referrals, where that is shown."""
    started = next(stage for stage in of.stages if stage.step.slug == "plans-started")
    where = in_sentence(of.area)
    if started.first is None or not started.first.is_shown:
        return f"Steps in the same year in {where}"
    return f"For every 100 referrals in {where}, {started.first.text} plans were started"


def flow(of: Journey) -> str:
    """How many of each later step there were for every 100 of the first; empty where none can be told."""
    told = [f"{stage.first.text} {stage.step.noun}" for stage in of.stages if stage.first and stage.first.is_shown]
    if not told:
        return ""
    return f"{capital(when(of.period))}, for every 100 referrals in {in_sentence(of.area)} there were {listed(told)}."


def came_back(of: Journey) -> str:
    """Those who came back to an earlier step, with their counts; empty where none can be told."""
    return " ".join(_came_back(of, back) for back in of.backs if back.share.is_shown)


def _came_back(of: Journey, back: Back) -> str:
    to = next(stage.step for stage in of.stages if stage.step.slug == back.back.to)
    counts = f" ({back.counted.text} of {back.out_of.text})" if back.counted.is_shown and back.out_of.is_shown else ""
    return f"Of {to.noun}, {back.share.text}% were {back.back.noun}{counts}."


def not_shown(of: Journey) -> tuple[str, ...]:
    """Which counts are not shown and why, one sentence a reason."""
    reasons: dict[str, list[str]] = {}
    counts = [(stage.step.noun, stage.counted) for stage in of.stages] + [(b.back.noun, b.counted) for b in of.backs]
    for noun, count in counts:
        if not count.is_shown:
            words = HIDDEN_LONG["show"] if count.state == "c" else f"{count.short.rstrip('.')}."
            reasons.setdefault(f"[{count.state}] {words}", []).append(noun)
    return tuple(f"{words} So it is for {listed(nouns)}." for words, nouns in reasons.items())


def cautions(of: Journey) -> tuple[str, ...]:
    """What a dagger beside a figure means."""
    shown = [figure for stage in of.stages for figure in _figures(stage)] + [back.share for back in of.backs]
    codes = dict.fromkeys(code for figure in shown for code in figure.caution if code in CAUTIONS)
    return tuple(f"† {CAUTIONS[code]}" for code in codes)


def _figures(stage: Stage) -> tuple[Figure, ...]:
    return tuple(figure for figure in (stage.counted, stage.before, stage.first) if figure is not None)


def notes(of: Journey) -> tuple[str, ...]:
    """What a reader should know: not the same children, why a ratio is missing, how counts are rounded."""
    rounded = (ROUNDED,) if of.area.code == LONDON else ()
    return (NOT_THE_SAME, LEAST, *rounded, *not_shown(of), *cautions(of))


def described(of: Journey) -> str:
    """The drawing in words: first and last count that are shown, and how many are hidden."""
    shown = [stage for stage in of.stages if stage.counted.is_shown]
    hidden = sum(stage.counted.state == "c" for stage in of.stages)
    ends = (
        f" from {shown[0].counted.text} {shown[0].step.noun} to {shown[-1].counted.text} {shown[-1].step.noun}"
        if shown
        else ""
    )
    kept = f" {_hidden(hidden)}" if hidden else ""
    return f"Bars in order{ends}, with two arrows for those who came back.{kept} The table below holds every figure."


def _hidden(number: int) -> str:
    return (
        f"One count is hidden to protect {HERE.people}."
        if number == 1
        else f"Some counts are hidden to protect {HERE.people}."
    )
