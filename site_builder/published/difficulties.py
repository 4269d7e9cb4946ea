"""Difficulties in collecting indicators: those that maintainers keep in the catalogue, and those that boroughs sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from site_builder.release.releases import Release
from site_builder.vocabulary.indicators import Indicator

FILE = "challenges.csv"
STATES = ("open", "in-hand", "closed")  # in the order of the log


class Difficulty(NamedTuple):
    """One entry of the log. ``codes``: the indicators it is about, in order of the catalogue. ``area``: who sent it, empty
    for maintainers. ``slug``: its anchor, the first code and a number where that is taken."""

    day: date
    codes: tuple[str, ...]
    issue: str
    decision: str
    owner: str
    state: str
    source: str
    area: str = ""
    slug: str = ""


def difficulties(catalogue: Mapping[str, Indicator], release: Release | None) -> tuple[Difficulty, ...]:
    """The log: open ones first, then the oldest. What stands in several indicator files in the same words, of the same day
    and source, is one entry."""
    every = [*_kept(catalogue.values()), *_sent(release)]
    ordered = sorted(every, key=lambda one: (STATES.index(one.state), one.day, one.source, one.codes, one.area))
    return tuple(_named(ordered))


def _kept(indicators: Iterable[Indicator]) -> Iterator[Difficulty]:
    found: dict[Difficulty, list[str]] = {}
    for one in indicators:
        for kept in one.challenges:
            bare = Difficulty(kept.date, (), kept.issue, kept.decision, kept.owner_role, kept.state, kept.source)
            found.setdefault(bare, []).append(one.code)
    return (bare._replace(codes=tuple(codes)) for bare, codes in found.items())


def _sent(release: Release | None) -> Iterator[Difficulty]:
    for row in release.texts.get(FILE, ()) if release else ():
        yield Difficulty(
            date.fromisoformat(row["raised"]), (row["indicator"],), row["challenge"], row["action"], row["owner_role"],
            row["state"], "", row["area"],
        )  # fmt: skip


def _named(ordered: Iterable[Difficulty]) -> Iterator[Difficulty]:
    taken: dict[str, int] = {}
    for one in ordered:
        first = one.codes[0].lower()
        taken[first] = taken.get(first, 0) + 1
        yield one._replace(slug=first if taken[first] == 1 else f"{first}-{taken[first]}")
