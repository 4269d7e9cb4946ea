"""The log of difficulties in collecting indicators, with filters that need no script."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses
from site_builder.published.compose.narrowing import narrowed
from site_builder.published.compose.values import ILLUSTRATIVE_TAG
from site_builder.published.difficulties import STATES, Difficulty, difficulties
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_london import ChallengeRow, ChallengesPage
from site_builder.published.pages_parts import Link
from site_builder.published.phrases import capital
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

_PATH = addresses.CHALLENGES


def challenges_page(frames: Frames, inputs: Inputs) -> ChallengesPage:
    """Open ones first, then the oldest."""
    release = inputs.latest
    every = difficulties(inputs.catalogue, release)
    invented = release is not None and release.classification is Classification.SYNTHETIC
    marked = ILLUSTRATIVE_TAG if invented else ""
    titles = {code: inputs.content.themes[code].title for code in inputs.content.settings.themes}
    held = {
        one.slug: (
            (_words(one.state),),
            sorted(titles[code] for code in _themes(inputs, [one])),
            sorted(map(_words, _agencies(inputs, [one]))),
        )
        for one in every
    }
    filters, marks = narrowed(("State", "Theme", "Agency"), held, [*map(_words, STATES), *titles.values()])
    return ChallengesPage(
        frame=frames.frame(
            _PATH,
            "Difficulties",
            "What makes figures hard to collect, and what is done about it.",
            "indicators",
            (("Indicators", addresses.INDICATORS),),
            (PARTLY_ILLUSTRATIVE,) if marked and any(one.area for one in every) else (),
        ),
        heading="What makes figures hard to collect",
        lead="Difficulties that were raised, and what was decided. Open ones stand first, then the oldest.",
        filters=filters,
        entries=tuple(_row(inputs, one, marks[one.slug], marked) for one in every),
        onward=Link("Everything that was decided", addresses.DECISIONS),
        empty="" if every else "No difficulty has been raised.",
    )


def _themes(inputs: Inputs, some: Sequence[Difficulty]) -> set[str]:
    return {inputs.catalogue[code].theme for one in some for code in one.codes if code in inputs.catalogue}


def _agencies(inputs: Inputs, some: Sequence[Difficulty]) -> set[str]:
    return {inputs.catalogue[code].agency for one in some for code in one.codes if code in inputs.catalogue}


def _words(choice: str) -> str:
    return capital(choice.replace("-", " "))


def _row(inputs: Inputs, one: Difficulty, marks: str, marked: str) -> ChallengeRow:
    noted = f"Noted {day_in_words(one.day)}, {one.state.replace('-', ' ')}."
    who = f"By {inputs.areas.by_code[one.area].name}. " if one.area else ""
    source = f" See {one.source}." if one.source else ""
    return ChallengeRow(
        one.slug,
        marks,
        tuple(_about(inputs, code) for code in one.codes),
        one.issue,
        one.decision,
        f"{noted} {who}For: {one.owner}.{source}",
        marked if one.area else "",
    )


def _about(inputs: Inputs, code: str) -> Link:
    known = inputs.catalogue.get(code)
    return Link(f"{code} {known.title}" if known else code, addresses.indicator(code) if known else "")
